import type {
  Candidate,
  CandidateQuery,
  Grant,
  GrantChange,
  GrantList,
  GrantsAnswer,
  NewGrantee,
  NewGrants,
} from '../../../src/contract/grants.js';
import type { Page } from '../../../src/contract/common.js';
import type { CallContext, GuardedContext, WriteContext } from '../../backend.js';
import { BackendError } from '../../backend-error.js';
import { allow, refuse } from '../../engine/policy/verdict.js';
import { FieldErrors } from '../../input/validation.js';
import { encodePlace, readPlace } from '../cursors.js';
import { readTicket, requireRight, seeTicket, type Desk, type Seen } from './desk.js';
import { levelOf, shareLevels, shareTypes, verdictsOf, type ShareLevel } from './sight.js';
import { isId, type DeskTicket } from './wire.js';

/** A department that has a ticket, at a level. */
export interface Share {
  readonly id: string;
  readonly level: ShareLevel;
}

/** With whom a ticket is shared: the whole list is what Zoho reads and takes. */
export async function listGrants(desk: Desk, caseId: string, context: CallContext): Promise<GrantList> {
  const seen = await seeTicket(desk, caseId, context);
  requireRight(desk, seen, 'listGrantees');
  const verdicts = verdictsOf(seen.viewer, seen.ticket, seen.access, false);
  const no = refuse('backend.capability', 'Zoho Desk shares with departments alone.');
  return {
    items: await grantsOf(desk, seen),
    next: null,
    share: {
      department: verdicts['share'] ?? no,
      person: no,
      customer: no,
      organisation: no,
    },
  };
}

async function grantsOf(desk: Desk, { viewer, ticket, access }: Seen): Promise<Grant[]> {
  const verdicts = verdictsOf(viewer, ticket, access, false);
  const no = refuse('backend.capability', 'Shares of Zoho Desk do not end by themselves.');
  return Promise.all(
    (ticket.sharedDepartments ?? []).map(async ({ id, name, type }) => ({
      id: `${ticket.id}-${id}`,
      version: levelOf(type),
      unit: 'case',
      unitId: ticket.id,
      grantee: { kind: 'department', id, name: name ?? (await desk.directory.departmentName(id)) },
      level: levelOf(type),
      // Zoho keeps neither beside the share.
      givenBy: null,
      givenAt: null,
      expiresAt: null,
      notified: 'off',
      permissions: {
        revoke: verdicts['unshare'] ?? allow('grant.department'),
        changeLevel: verdicts['changeLevel'] ?? allow('grant.department'),
        changeExpiry: no,
      },
    })),
  );
}

/** Gives the ticket to every department that is named, or to none. */
export function createGrants(
  desk: Desk,
  caseId: string,
  input: NewGrants,
  context: WriteContext,
): Promise<GrantsAnswer> {
  return desk.kept.once(context, async () => {
    const seen = await seeTicket(desk, caseId, context);
    requireRight(desk, seen, 'share');
    const { ticket } = seen;
    const fields = new FieldErrors();
    if (input.unit === 'project') fields.add('unit', 'invalid', 'This is a case.');
    const wanted = await checkShares(desk, input.grantees, ticket.departmentId ?? '', fields, 'grantees');
    fields.throwIfAny();
    const held = sharesOf(ticket);
    const ignored = input.grantees.flatMap(({ id }, index) => {
      const isTwice = input.grantees.findIndex((each) => each.id === id) !== index;
      const code = held.some((share) => share.id === id) ? 'already_shared' : isTwice ? 'duplicate' : null;
      return code === null ? [] : [{ field: `grantees.${index}`, code }];
    });
    const added = wanted.filter(({ id }) => !held.some((share) => share.id === id));
    if (added.length > 0) await writeShares(desk, ticket.id, [...held, ...added]);
    const after = await readTicket(desk, ticket.id);
    const grants = await grantsOf(desk, { ...seen, ticket: after });
    const named = [...new Set(input.grantees.map(({ id }) => id))];
    return { items: named.flatMap((id) => grants.filter(({ grantee }) => grantee.id === id)), ignored };
  });
}

function sharesOf({ sharedDepartments }: DeskTicket): Share[] {
  return (sharedDepartments ?? []).map(({ id, type }) => ({ id, level: levelOf(type) }));
}

/** The departments that are named, each once; every bad name is told at its place. */
export async function checkShares(
  desk: Desk,
  grantees: readonly NewGrantee[],
  ownerId: string,
  fields: FieldErrors,
  path: string,
): Promise<Share[]> {
  if (grantees.length === 0) return [];
  const departments = await desk.directory.departments();
  const shares = new Map<string, Share>();
  for (const [index, { kind, id, level = 'full', expiresAt }] of grantees.entries()) {
    const at = fields.below(`${path}.${index}`);
    if (kind !== 'department') at.add('kind', 'invalid', 'Zoho Desk shares with departments alone.');
    else if (id === ownerId) at.add('id', 'self_share', 'The case belongs to this department.');
    else if (!departments.some((department) => department.id === id))
      at.add('id', 'not_found', 'There is no such department.');
    if (!isLevel(level)) at.add('level', 'unknown_value', 'There is no such level.');
    if (expiresAt) at.add('expiresAt', 'unknown_field', 'Shares of Zoho Desk do not end by themselves.');
    if (!shares.has(id) && isLevel(level)) shares.set(id, { id, level });
  }
  return [...shares.values()];
}

function isLevel(level: string): level is ShareLevel {
  return (shareLevels as readonly string[]).includes(level);
}

/**
 * Writes the whole list, and reads it again: Zoho has no guard, so a share that somebody gave or took at the same moment shows
 * only there.
 */
export async function writeShares(desk: Desk, ticketId: string, shares: readonly Share[]): Promise<void> {
  const sharedDepartments = shares.map(({ id, level }) => ({ id, type: shareTypes[level] }));
  await desk.client.write('PATCH', `/tickets/${ticketId}`, { json: { sharedDepartments } });
  const after = sharesOf(await readTicket(desk, ticketId));
  const same =
    after.length === shares.length &&
    shares.every(({ id, level }) => after.some((each) => each.id === id && each.level === level));
  if (!same) {
    throw new BackendError('version_conflict', {
      detail: 'The shares of the case were changed by somebody else at the same time. Look at them again.',
      by: null,
      at: null,
    });
  }
}

/** The case and department an id of a grant speaks of. */
async function find(desk: Desk, id: string, context: CallContext) {
  const [caseId = '', departmentId = '', ...more] = id.split('-');
  if (!isId(caseId) || !isId(departmentId) || more.length > 0) throw new BackendError('not_found');
  const seen = await seeTicket(desk, caseId, context);
  requireRight(desk, seen, 'listGrantees');
  const share = sharesOf(seen.ticket).find((each) => each.id === departmentId);
  // Whether it ever was, Zoho does not say.
  if (!share) throw new BackendError('gone', { by: null, at: null });
  return { seen, share };
}

export async function updateGrant(
  desk: Desk,
  id: string,
  change: GrantChange,
  context: GuardedContext,
): Promise<Grant> {
  const { seen, share } = await find(desk, id, context);
  requireRight(desk, seen, 'changeLevel');
  const one = async (of: Seen) =>
    (await grantsOf(desk, of)).find(({ grantee }) => grantee.id === share.id) as Grant;
  if (context.version !== share.level)
    throw new BackendError('version_conflict', { by: null, at: null, current: await one(seen) });
  const fields = new FieldErrors();
  const { level, expiresAt } = change;
  if (expiresAt) fields.add('expiresAt', 'unknown_field', 'Shares of Zoho Desk do not end by themselves.');
  if (level !== undefined && !isLevel(level)) fields.add('level', 'unknown_value', 'There is no such level.');
  fields.throwIfAny();
  if (level === undefined || level === share.level) return one(seen);
  const shares = sharesOf(seen.ticket).map((each) =>
    each.id === share.id ? { ...each, level: level as ShareLevel } : each,
  );
  await writeShares(desk, seen.ticket.id, shares);
  return one({ ...seen, ticket: await readTicket(desk, seen.ticket.id) });
}

export async function revokeGrant(desk: Desk, id: string, context: CallContext): Promise<void> {
  const { seen, share } = await find(desk, id, context);
  requireRight(desk, seen, 'unshare');
  const rest = sharesOf(seen.ticket).filter((each) => each.id !== share.id);
  await writeShares(desk, seen.ticket.id, rest);
}

/** The departments a case can be shared with, by name. */
export async function listCandidates(
  desk: Desk,
  query: CandidateQuery,
  context: CallContext,
): Promise<Page<Candidate>> {
  const { kind, caseId, q = '', limit = 25, cursor } = query;
  const viewer = await desk.viewers.of(context);
  if (kind !== 'department' || viewer.kind === 'customer') return { items: [], next: null };
  const seen = caseId === undefined ? undefined : await seeTicket(desk, caseId, context);
  if (seen) requireRight(desk, seen, 'share');
  const held = new Set(sharesOf(seen?.ticket ?? ({} as DeskTicket)).map(({ id }) => id));
  const found = (await desk.directory.departments())
    .filter(({ id, name }) => id !== seen?.ticket.departmentId && beginsWords(name ?? '', q))
    .sort((a, b) => (a.name ?? '').localeCompare(b.name ?? ''));
  const list = `zoho-candidates:${caseId ?? ''}:${q}`;
  const start = readPlace(list, cursor, 0);
  return {
    items: found.slice(start, start + limit).map(({ id, name }) => ({
      kind,
      id,
      name: name ?? id,
      grantId: held.has(id) ? `${seen?.ticket.id ?? ''}-${id}` : null,
    })),
    next: start + limit < found.length ? encodePlace(list, start + limit) : null,
    ...(query.count === 'true' && { total: found.length }),
  };
}

/** Whether each word of a question begins a word of the name. */
export function beginsWords(name: string, question: string): boolean {
  const words = name.toLowerCase().split(/[\s.@_-]+/);
  return question
    .toLowerCase()
    .split(/[\s.@_-]+/)
    .filter(Boolean)
    .every((wanted) => words.some((word) => word.startsWith(wanted)));
}
