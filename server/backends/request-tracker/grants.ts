import type { Page, Verdict } from '../../../src/contract/common.js';
import type {
  Candidate,
  CandidateQuery,
  Grant,
  GrantChange,
  GrantList,
  GrantsAnswer,
  NewGrants,
} from '../../../src/contract/grants.js';
import { BackendError } from '../../backend-error.js';
import type { CallContext, GuardedContext, WriteContext } from '../../backend.js';
import { refuse } from '../../engine/policy/verdict.js';
import { FieldErrors } from '../../input/validation.js';
import { encodePlace, readPlace } from '../cursors.js';
import { caseOf, readTicket, summaryOf, type Ticket } from './case-record.js';
import { requireVerdict } from './case-rights.js';
import { denied, put } from './changes.js';
import { readerOf, type Desk, type Reader } from './desk.js';
import { checkedGrantees, departmentsOf, groupsOf, watchersToSend, type Department } from './grantees.js';
import { levelOf, roleOf, type ShareRole } from './levels.js';
import { requireAgent } from './names.js';
import type { Ref, TicketRow } from './wire.js';

const shareRoles = ['AdminCc', 'Cc'] as const;

/** Which departments a case is shared with, as far as they work a queue. */
export async function listGrants(desk: Desk, caseId: string, context: CallContext): Promise<GrantList> {
  const { reader, ticket } = await open(desk, caseId, context);
  const share = rightsOf(desk, reader, ticket.row)['share'];
  return {
    items: await grantsOf(desk, reader, ticket),
    next: null,
    share: Object.fromEntries(
      (['person', 'department', 'customer', 'organisation'] as const).map((kind) => [
        kind,
        kind === 'department' && share
          ? share
          : refuse('backend.capability', 'Request Tracker cannot do this.'),
      ]),
    ),
  };
}

/** Puts the groups of the departments on the ticket: all of them, or nobody. */
export function createGrants(
  desk: Desk,
  caseId: string,
  { grantees }: NewGrants,
  call: WriteContext,
): Promise<GrantsAnswer> {
  return desk.answers.once(call, async () => {
    const { reader, ticket } = await open(desk, caseId, call);
    const { status } = summaryOf(desk, reader, ticket.row);
    if (status === 'closed') {
      throw new BackendError('case_closed', { current: await caseOf(desk, reader, ticket) });
    }
    requireVerdict(rightsOf(desk, reader, ticket.row)['share']);
    const fields = new FieldErrors();
    const checked = await checkedGrantees(desk, reader, grantees, fields, 'grantees');
    fields.throwIfAny();
    const ignored: GrantsAnswer['ignored'] = [];
    const wanted = new Map<string, { department: Department; role: ShareRole }>();
    checked.forEach((each, index) => {
      const { id } = each.department.group;
      const code = wanted.has(id) ? 'duplicate' : roleIn(ticket.row, id) ? 'already_shared' : undefined;
      if (code !== undefined) ignored.push({ field: `grantees.${index}`, code });
      if (!wanted.has(id)) wanted.set(id, { ...each, role: roleIn(ticket.row, id) ?? each.role });
    });
    const now = await setGroups(desk, reader, ticket, (row, role) => [
      ...row[role],
      ...[...wanted.values()]
        .filter((each) => each.role === role && roleIn(row, each.department.group.id) === undefined)
        .map(({ department }) => groupRef(department.group.id)),
    ]);
    const items = await grantsOf(desk, reader, now);
    const asked = [...wanted.values()].map(({ department }) =>
      items.find(({ grantee }) => grantee.id === department.queue.id),
    );
    if (asked.some((grant) => grant === undefined)) throw denied();
    return { items: asked.filter((grant) => grant !== undefined), ignored };
  });
}

/** Moves a group from one role to the other. */
export async function updateGrant(
  desk: Desk,
  id: string,
  { level, expiresAt }: GrantChange,
  call: GuardedContext,
): Promise<Grant> {
  const { reader, ticket, grant, group } = await openGrant(desk, id, call);
  requireVerdict(grant.permissions['changeLevel']);
  if (call.version !== grant.version) throw new BackendError('version_conflict', { current: grant });
  const fields = new FieldErrors();
  const role = level === undefined ? undefined : roleOf(level);
  if (level !== undefined && !role) fields.add('level', 'unknown_value', 'There is no such level.');
  if (expiresAt != null) fields.add('expiresAt', 'unknown_field', 'Shares do not end by themselves here.');
  fields.throwIfAny();
  if (!role || level === grant.level) return grant;
  const now = await setGroups(desk, reader, ticket, (row, each) => {
    const others = row[each].filter((ref) => ref.id !== group || ref.type !== 'group');
    return each === role ? [...others, groupRef(group)] : others;
  });
  const changed = (await grantsOf(desk, reader, now)).find((each) => each.grantee.id === grant.grantee.id);
  if (!changed || changed.level !== level) throw denied();
  return changed;
}

/** Takes a group off the ticket. */
export async function revokeGrant(desk: Desk, id: string, context: CallContext): Promise<void> {
  const { reader, ticket, grant, group } = await openGrant(desk, id, context);
  requireVerdict(grant.permissions['revoke']);
  const now = await setGroups(desk, reader, ticket, (row, role) =>
    row[role].filter((ref) => ref.id !== group || ref.type !== 'group'),
  );
  if (roleIn(now.row, group) !== undefined) throw denied();
}

/** The departments a case can be shared with, by name. */
export async function listCandidates(
  desk: Desk,
  { kind, caseId, q = '', limit = 25, cursor, projectId }: CandidateQuery,
  context: CallContext,
): Promise<Page<Candidate>> {
  if (caseId === undefined || projectId !== undefined) {
    await readerOf(desk, context);
    requireAgent(context.actor);
  }
  if (kind !== 'department' || caseId === undefined) return { items: [], next: null };
  const { reader, ticket } = await open(desk, caseId, context);
  const grants = await grantsOf(desk, reader, ticket);
  const list = JSON.stringify(['candidates', caseId, q]);
  const start = readPlace(list, cursor, 0);
  const begins = q.toLowerCase().split(/\s+/).filter(Boolean);
  const departments = (await departmentsOf(desk, reader))
    .map(({ queue }) => queue)
    .filter(({ id }) => id !== ticket.row.Queue?.id)
    .filter(({ name }) => {
      const words = name.toLowerCase().split(/\s+/);
      return begins.every((begin) => words.some((word) => word.startsWith(begin)));
    })
    .sort((one, other) => one.name.localeCompare(other.name));
  return {
    items: departments.slice(start, start + limit).map(({ id, name }) => ({
      kind,
      id,
      name,
      grantId: grants.find(({ grantee }) => grantee.id === id)?.id ?? null,
    })),
    next: start + limit < departments.length ? encodePlace(list, start + limit) : null,
  };
}

async function open(desk: Desk, caseId: string, context: CallContext) {
  const reader = await readerOf(desk, context);
  const ticket = await readTicket(desk, reader, caseId);
  requireAgent(context.actor);
  return { reader, ticket };
}

/** A grant is known by its ticket and its group. */
async function openGrant(desk: Desk, id: string, context: CallContext) {
  const [, caseId = '', group = ''] = /^(\d+)-(\d+)$/.exec(id) ?? [];
  const { reader, ticket } = await open(desk, caseId, context);
  const grant = (await grantsOf(desk, reader, ticket)).find((each) => each.id === id);
  if (!grant) throw new BackendError('not_found');
  return { reader, ticket, grant, group };
}

function rightsOf(desk: Desk, reader: Reader, row: TicketRow): Record<string, Verdict> {
  return summaryOf(desk, reader, row).permissions;
}

function roleIn(row: TicketRow, group: string): ShareRole | undefined {
  return shareRoles.find((role) => groupsOf(row, role).some(({ id }) => id === group));
}

function groupRef(id: string): Ref {
  return { id, type: 'group' };
}

async function grantsOf(desk: Desk, reader: Reader, { row, version }: Ticket): Promise<Grant[]> {
  const departments = await departmentsOf(desk, reader);
  const rights = rightsOf(desk, reader, row);
  return shareRoles.flatMap((role) =>
    groupsOf(row, role).flatMap(({ id }) => {
      const department = departments.find(({ group }) => group.id === id);
      const level = levelOf(role);
      if (!department || level === undefined) return [];
      const { unshare, changeLevel } = rights;
      return {
        id: `${row.id}-${id}`,
        version,
        unit: 'case',
        unitId: row.id,
        grantee: { kind: 'department', id: department.queue.id, name: department.queue.name },
        level,
        givenBy: null,
        givenAt: null,
        expiresAt: null,
        permissions: {
          ...(unshare && { revoke: unshare }),
          ...(changeLevel && { changeLevel }),
          changeExpiry: refuse('backend.capability', 'Request Tracker cannot do this.'),
        },
      };
    }),
  );
}

const mostTries = 4;

/**
 * Watchers are written as whole lists: what somebody else added since they were read would be lost, so each try is for the
 * ticket as it was read, and reads it again.
 */
async function setGroups(
  desk: Desk,
  reader: Reader,
  ticket: Ticket,
  listOf: (row: TicketRow, role: ShareRole) => readonly Ref[],
): Promise<Ticket> {
  let now = ticket;
  for (let tried = 0; tried < mostTries; tried += 1) {
    const { row, version } = now;
    const changed = shareRoles
      .map((role) => [role, watchersToSend(listOf(row, role))] as const)
      .filter(([role, list]) => !sameMembers(list, watchersToSend(row[role])));
    if (changed.length === 0) return now;
    const answer = await put(desk, reader, `/ticket/${row.id}`, Object.fromEntries(changed), version);
    now = await readTicket(desk, reader, row.id);
    if (answer !== 'stale') return now;
  }
  throw new BackendError('version_conflict', { current: await caseOf(desk, reader, now) });
}

function sameMembers(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((each) => other.includes(each));
}
