import { sql, type RawBuilder } from 'kysely';

import type { Actor } from '../../backend.js';
import type { CaseRow, SummaryRow } from '../case-record.js';
import type { Executor } from '../context.js';
import { organisationOf } from '../organisation-of.js';
import type { CaseFacts, HistoryStart } from '../policy/facts.js';
import { hasHistoryStart, historyStart } from '../policy/history-start.js';
import type { Scope } from '../scope.js';

/** CO-19, CU-06: the condition on `notes as n` that leaves what the actor may read of a case. */
export function readableNotes({ kind }: Actor, start: HistoryStart | null): RawBuilder<boolean> {
  if (kind === 'agent') return sql<boolean>`true`;
  return start
    ? sql<boolean>`(n.visibility = 'public' and n.seq > ${start.after}::bigint)`
    : sql<boolean>`n.visibility = 'public'`;
}

/** The same for `history as h`, whose lines of notes have joined `notes as n`. The case itself has always begun. */
export function readableLines(start: HistoryStart | null): RawBuilder<boolean> {
  if (!start) return sql<boolean>`true`;
  return sql<boolean>`(h.kind = 'creation' or case when h.note_id is null then h.at >= ${start.from}::timestamptz
    else n.seq > ${start.after}::bigint end)`;
}

/** The cases of which the actor does not read the beginning, by id. */
export async function startsOf(
  db: Executor,
  { actor, settings, grants }: Scope,
): Promise<ReadonlyMap<string, HistoryStart>> {
  const starts = new Map<string, HistoryStart>();
  if (!hasHistoryStart(grants)) return starts;
  const late = grants.filter(({ history }) => history);
  const idsOf = (of: 'case' | 'project') =>
    late.filter(({ unit }) => unit === of).map(({ unitId }) => unitId);
  const rows: readonly CaseFacts[] = await db
    .selectFrom('cases')
    .select([
      'tenant',
      'id',
      'status',
      'project_id as projectId',
      'customer_id as customerId',
      'requester_id as requesterId',
      'assignee_id as assigneeId',
      'department_id as departmentId',
      organisationOf('cases').as('organisationId'),
    ])
    .where('tenant', '=', actor.tenant)
    .where(
      sql<boolean>`(id = any(${idsOf('case')}::text[]) or project_id = any(${idsOf('project')}::text[]))`,
    )
    .execute();
  for (const facts of rows) {
    const start = historyStart(actor, facts, settings, grants);
    if (start) starts.set(facts.id, start);
  }
  return starts;
}

/** When a case last changed for a customer, as a column of `cases as c`: to whom it begins later, not before that. */
export function updatedSince(starts: ReadonlyMap<string, HistoryStart>): RawBuilder<unknown> {
  if (starts.size === 0) return sql`c.public_updated_at`;
  const moments = JSON.stringify(Object.fromEntries([...starts].map(([id, { from }]) => [id, from])));
  return sql`greatest(c.public_updated_at, (${moments}::jsonb ->> c.id)::timestamptz)`;
}

/** The rows as if what was written before had not been: its notes uncounted and unquoted, its changes untold. */
export async function sinceStart<Row extends SummaryRow & Partial<CaseRow>>(
  db: Executor,
  rows: readonly Row[],
  starts: ReadonlyMap<string, HistoryStart>,
): Promise<readonly Row[]> {
  const late = rows.flatMap(({ id, tenant }) => {
    const start = starts.get(id);
    return start ? [{ id, tenant, after: start.after }] : [];
  });
  if (late.length === 0) return rows;
  const { rows: counts } = await sql<{ id: string; replies: number }>`
    select s.id, (select count(*)::integer from notes n where n.tenant = s.tenant and n.case_id = s.id
      and n.visibility = 'public' and n.seq > s.after) as replies
    from jsonb_to_recordset(${JSON.stringify(late)}::jsonb) as s(id text, tenant text, after bigint)`.execute(
    db,
  );
  const replies = new Map(counts.map((one) => [one.id, one.replies]));
  return rows.map((row) => {
    const start = starts.get(row.id);
    if (!start) return row;
    const isBefore = (at: string | null | undefined) => Date.parse(at ?? '') <= Date.parse(start.from);
    return {
      ...row,
      reply_count: replies.get(row.id) ?? 0,
      public_updated_at: isBefore(row.public_updated_at) ? instantOf(start.from) : row.public_updated_at,
      ...(isBefore(row.closed_at) && { closed_text: null }),
      ...(isBefore(row.reopened_at) && { reopened_text: null }),
    };
  });
}

/** One row. */
export async function rowSinceStart<Row extends CaseRow>(
  db: Executor,
  row: Row,
  start: HistoryStart | null,
): Promise<Row> {
  if (!start) return row;
  const [shown = row] = await sinceStart(db, [row], new Map([[row.id, start]]));
  return shown;
}

/** As every answer writes it; the database writes it otherwise in JSON. */
function instantOf(moment: string): string {
  return new Date(moment).toISOString();
}

/** A new conversation that begins now: after every note written so far. */
export async function newHistoryStart(
  db: Executor,
  tenant: string,
  caseId: string,
  at: string,
): Promise<HistoryStart> {
  const { last } = await db
    .selectFrom('notes')
    .select((eb) => eb.fn.coalesce(eb.fn.max('seq'), sql<number>`0`).as('last'))
    .where('tenant', '=', tenant)
    .where('case_id', '=', caseId)
    .executeTakeFirstOrThrow();
  return { from: at, after: Number(last) };
}
