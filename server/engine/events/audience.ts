import { sql } from 'kysely';

import type { CaseEvent } from '../../../src/contract/events.js';
import type { Actor, PositionedEvent } from '../../backend.js';
import type { Executor } from '../context.js';
import { entriesOfCase } from '../inboxes/case-entries.js';
import { organisationOf } from '../organisation-of.js';
import {
  standing,
  type CaseFacts,
  type HistoryStart,
  type LiveGrant,
  type NamedGrant,
  type PolicySettings,
} from '../policy/facts.js';
import { hasHistoryStart, historyStart } from '../policy/history-start.js';
import { seesView } from '../policy/views.js';
import { maskedFields } from '../policy/masks.js';
import { isVisible } from '../policy/visibility.js';
import { isGrantee } from '../scope.js';
import { assembleSettings } from '../settings-defaults.js';
import { judgeInbox, loadMembers, noMembers, type InboxMembers } from './inbox-audience.js';
import { selectLiveGrants } from './live-grants.js';
import type { OutboxRow } from './outbox-reader.js';
import { formatPosition, type Position } from './position.js';
import { judgeProject, loadProjects, noProjects, type CurrentProjects } from './project-audience.js';

/** A row of the outbox, with what decides about it. */
export interface JudgedRow extends Position {
  readonly tenant: string;
  /** What it is to an actor; `null` when it is not for them. One and the same object for all to whom it says the same. */
  to(actor: Actor): PositionedEvent | null;
}

/** What decides about a row that is about a case. */
interface Ruling {
  readonly facts: CaseFacts;
  readonly grants: readonly NamedGrant[];
  /** Of the note it is about, in the order of writing. */
  readonly place: number | undefined;
}

/**
 * Reads what decides about some rows as it stands now: the cases' facts, the live grants on them, the tenants'
 * switches. One question each, however many readers are then judged by them.
 */
export async function judgeRows(
  db: Executor,
  rows: readonly OutboxRow[],
  now: string,
): Promise<readonly JudgedRow[]> {
  const cases = rows.filter((row) => row.case_id !== null);
  const others = rows.filter((row) => row.project !== null || row.inbox !== null);
  if (cases.length + others.length === 0)
    return rows.map((row) => judged(row, undefined, undefined, noMembers, noProjects));
  const tenants = [...new Set([...cases, ...others].map((row) => row.tenant))];
  const ids = [...new Set(cases.map((row) => row.case_id ?? ''))];
  const facts = ids.length === 0 ? new Map<string, CaseFacts>() : await loadFacts(db, tenants, ids);
  const before = cases.flatMap((row) => row.before ?? []);
  const grants = await loadGrants(db, tenants, [...facts.values(), ...before], now);
  const places = await loadNotePlaces(db, cases, grants);
  const settings = await loadSwitches(db, tenants);
  const members = await loadMembers(db, rows);
  const projects = await loadProjects(db, rows, now);

  return rows.map((row) => {
    const key = keyOf(row.tenant, row.case_id ?? '');
    const current = row.case_id === null ? undefined : facts.get(key);
    const switches = settings.get(row.tenant) ?? assembleSettings(1, {});
    const place = places.get(keyOf(row.tenant, row.note_id ?? ''));
    const ruling = current && { facts: current, grants: grants.get(key) ?? [], place };
    return judged(row, switches, ruling, members, projects);
  });
}

function judged(
  row: OutboxRow,
  switches: PolicySettings | undefined,
  ruling: Ruling | undefined,
  members: InboxMembers,
  projects: CurrentProjects,
): JudgedRow {
  const { tenant, xid, seq } = row;
  const position = formatPosition(row);
  const shown: PositionedEvent = { position, event: toEvent(row) };
  const { customerId: _, ...rest } = shown.event;
  const nameless: PositionedEvent = { position, event: rest };
  const hidden: PositionedEvent = { position, event: toHidden(row) };
  const ofProject =
    row.project &&
    judgeProject(row.project, projects.find(tenant, row.project.id), switches, { shown, hidden });
  const ofInbox = row.inbox && judgeInbox(row, row.inbox, position, members, seesCase);
  function seesCase(actor: Actor): 'own' | 'seen' | null {
    if (!ruling || !switches) return null;
    const { facts, grants } = ruling;
    if (!isVisible(actor, facts, switches, grantsTo(actor, grants))) return null;
    return standing(actor, facts, switches) === null ? 'seen' : 'own';
  }
  function to(actor: Actor): PositionedEvent | null {
    if (tenant !== actor.tenant) return null;
    if (ofProject) return ofProject(actor);
    if (ofInbox) return ofInbox(actor);
    if (row.case_id === null) return concerns(row, actor) ? shown : null;
    if (!ruling || !switches || (row.internal && actor.kind === 'customer')) return null;
    const { facts, grants, place } = ruling;
    const own = grantsTo(actor, grants);
    if (isVisible(actor, facts, switches, own)) {
      const start = historyStart(actor, facts, switches, own);
      if (start && isBefore(start, row.at, place)) return null;
      return maskedFields(actor, facts, switches, own).has('customer') ? nameless : shown;
    }
    // It has left this actor's view: the id they know, and nothing more.
    const before = row.before && [...own, ...grantsTo(actor, row.before.ended ?? [])];
    const lost = row.before !== null && isVisible(actor, row.before, switches, before ?? []);
    return lost ? hidden : null;
  }
  return { tenant, xid, seq, to };
}

/** CU-06: what happened before a customer's conversation began is not told afterwards either. */
function isBefore(start: HistoryStart, at: string, place: number | undefined): boolean {
  return place === undefined ? Date.parse(at) < Date.parse(start.from) : place <= start.after;
}

/** What is about no case reaches everybody, but for views that are somebody's own. */
function concerns(row: OutboxRow, actor: Actor): boolean {
  return row.view === null || seesView(actor, row.view);
}

function toHidden(row: OutboxRow): CaseEvent {
  if (row.project !== null) return { kind: 'project.hidden', projectId: row.project.id, at: row.at };
  return { kind: 'case.hidden', ...(row.case_id !== null && { caseId: row.case_id }), at: row.at };
}

function toEvent(row: OutboxRow): CaseEvent {
  return {
    kind: row.kind,
    ...(row.case_id !== null && { caseId: row.case_id }),
    ...(row.customer_id !== null && { customerId: row.customer_id }),
    ...(row.note_id !== null && { noteId: row.note_id }),
    ...(row.view !== null && { viewId: row.view.id }),
    ...(row.project !== null && { projectId: row.project.id }),
    at: row.at,
  };
}

async function loadFacts(db: Executor, tenants: string[], ids: string[]): Promise<Map<string, CaseFacts>> {
  const rows = await db
    .selectFrom('cases as c')
    .select([
      'tenant',
      'id',
      'status',
      'project_id as projectId',
      'customer_id as customerId',
      'requester_id as requesterId',
      'assignee_id as assigneeId',
      'department_id as departmentId',
      organisationOf('c').as('organisationId'),
      entriesOfCase().as('entries'),
    ])
    .where('tenant', 'in', tenants)
    .where('id', 'in', ids)
    .execute();
  return new Map(rows.map((row) => [keyOf(row.tenant, row.id), row]));
}

async function loadGrants(
  db: Executor,
  tenants: string[],
  facts: readonly CaseFacts[],
  now: string,
): Promise<Map<string, NamedGrant[]>> {
  const cases = [...new Set(facts.map(({ id }) => id))];
  const projects = [...new Set(facts.flatMap(({ projectId }) => projectId ?? []))];
  const rows = await selectLiveGrants(db, tenants, now)
    .select(['history_from', 'history_after'])
    .where(
      sql<boolean>`(unit = 'case' and unit_id = any(${cases}::text[])
        or unit = 'project' and unit_id = any(${projects}::text[]))`,
    )
    .execute();
  const byUnit = new Map<string, NamedGrant[]>();
  for (const { history_from: from, history_after: after, ...grant } of rows) {
    const history = from === null || after === null ? null : { from, after };
    const key = unitKey(grant.tenant, grant.unit, grant.unitId);
    const others = byUnit.get(key) ?? [];
    others.push({ ...grant, history });
    byUnit.set(key, others);
  }
  const byCase = new Map<string, NamedGrant[]>();
  if (rows.length === 0) return byCase;
  for (const { tenant, id, projectId } of facts) {
    const found = [
      ...(byUnit.get(unitKey(tenant, 'case', id)) ?? []),
      ...(projectId === null ? [] : (byUnit.get(unitKey(tenant, 'project', projectId)) ?? [])),
    ];
    // A case that has just changed its project is asked about in both.
    const key = keyOf(tenant, id);
    if (found.length > 0) byCase.set(key, [...new Set([...(byCase.get(key) ?? []), ...found])]);
  }
  return byCase;
}

/** CU-06: the places of the notes that rows are about, where somebody does not read a case from its beginning. */
async function loadNotePlaces(
  db: Executor,
  rows: readonly OutboxRow[],
  grants: ReadonlyMap<string, readonly NamedGrant[]>,
): Promise<ReadonlyMap<string, number>> {
  const asked = rows.filter(
    (row) => row.note_id !== null && hasHistoryStart(grants.get(keyOf(row.tenant, row.case_id ?? '')) ?? []),
  );
  if (asked.length === 0) return new Map();
  const places = await db
    .selectFrom('notes')
    .select(['tenant', 'id', 'seq'])
    .where('tenant', 'in', [...new Set(asked.map(({ tenant }) => tenant))])
    .where('id', 'in', [...new Set(asked.map(({ note_id }) => note_id ?? ''))])
    .execute();
  return new Map(places.map(({ tenant, id, seq }) => [keyOf(tenant, id), seq]));
}

function unitKey(tenant: string, unit: string, id: string): string {
  return JSON.stringify([tenant, unit, id]);
}

async function loadSwitches(db: Executor, tenants: string[]): Promise<Map<string, PolicySettings>> {
  const rows = await db
    .selectFrom('settings')
    .select(['tenant', 'version', 'data'])
    .where('tenant', 'in', tenants)
    .execute();
  return new Map(rows.map((row) => [row.tenant, assembleSettings(row.version, row.data)]));
}

function grantsTo(actor: Actor, grants: readonly NamedGrant[]): readonly LiveGrant[] {
  return grants.filter((grant) => isGrantee(actor, grant));
}

function keyOf(tenant: string, id: string): string {
  return JSON.stringify([tenant, id]);
}
