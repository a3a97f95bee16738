import { sql } from 'kysely';

import type { CaseLink } from '../../src/contract/cases.js';
import type { NoteVisibility } from '../../src/contract/notes.js';
import { toJson, type Tx } from './context.js';
import { takeNumbers } from './counters.js';
import { newId } from './ids.js';
import { searchLexemes } from './search.js';

/** A case that comes with its past. */
export interface BulkCase {
  readonly externalReference: string;
  readonly customerId: string;
  readonly subject: string;
  readonly description: string;
  readonly type: string | null;
  readonly priority: string | null;
  readonly priorityRank: number | null;
  readonly deadline: string | null;
  readonly contactMethod: string | null;
  readonly tags: readonly string[];
  readonly links?: readonly CaseLink[];
  readonly requesterId: string | null;
  readonly assigneeId: string | null;
  readonly departmentId: string | null;
  readonly createdBy: string | null;
  readonly createdAt: string;
  /** From the oldest to the newest. */
  readonly entries: readonly BulkEntry[];
}

export interface BulkEntry {
  readonly kind: 'note' | 'closure' | 'reopening';
  readonly by: string | null;
  readonly at: string;
  readonly visibility: NoteVisibility;
  readonly subject: string | null;
  readonly reason: string | null;
  readonly text: string;
}

/**
 * Inserts many cases with notes, history and events in a few statements, and gives the external references that were
 * new: one that another import has brought in meanwhile stays as it is.
 */
export async function insertCases(
  tx: Tx,
  tenant: string,
  cases: readonly BulkCase[],
  at: string,
): Promise<ReadonlySet<string>> {
  if (cases.length === 0) return new Set();
  const first = await takeNumbers(tx, tenant, cases.length);
  const rows = cases.map((item, index) => withRows(tenant, item, first + index));
  const { rows: created } = await sql<{ external_reference: string }>`
    insert into cases (tenant, id, number, status, customer_id, subject, description, type, priority, priority_rank,
      initial_priority, deadline, contact_method, tags, links, requester_id, assignee_id, department_id, external_reference,
      created_by, created_at, updated_at, public_updated_at, changed_by, changed_at, closed_by, closed_at, closed_reason, closed_note_id,
      reopened_by, reopened_at, reopened_reason, reopened_note_id, reply_count, search)
    select ${tenant}, r.id, r.number, r.status, r."customerId", r.subject, r.description, r.type, r.priority,
      r."priorityRank", r.priority, r.deadline, r."contactMethod",
      array(select jsonb_array_elements_text(r.tags)), coalesce(r.links, '[]'::jsonb), r."requesterId", r."assigneeId", r."departmentId",
      r."externalReference", r."createdBy", r."createdAt", r."updatedAt", r."publicUpdatedAt", r."changedBy", r."changedAt",
      r."closedBy", r."closedAt", r."closedReason", r."closedNote",
      r."reopenedBy", r."reopenedAt", r."reopenedReason", r."reopenedNote", r."replyCount",
      array_to_tsvector(array(select jsonb_array_elements_text(r.lexemes)))
    from jsonb_to_recordset(${toJson(rows.map(({ row }) => row))}::jsonb) as r (
      id text, number bigint, status text, "customerId" text, subject text, description text, type text, priority text,
      "priorityRank" integer, deadline date, "contactMethod" text, tags jsonb, links jsonb, "requesterId" text, "assigneeId" text,
      "departmentId" text, "externalReference" text, "createdBy" text, "createdAt" timestamptz(3),
      "updatedAt" timestamptz(3), "publicUpdatedAt" timestamptz(3), "changedBy" text, "changedAt" timestamptz(3),
      "closedBy" text, "closedAt" timestamptz(3), "closedReason" text, "closedNote" text,
      "reopenedBy" text, "reopenedAt" timestamptz(3), "reopenedReason" text, "reopenedNote" text,
      "replyCount" integer, lexemes jsonb)
    on conflict (tenant, external_reference) do nothing
    returning external_reference`.execute(tx);
  const references = new Set(created.map((row) => row.external_reference));
  const fresh = rows.filter(({ row }) => references.has(row.externalReference));
  await insertNotes(
    tx,
    tenant,
    fresh.flatMap(({ notes }) => notes),
  );
  await insertLines(
    tx,
    tenant,
    fresh.flatMap(({ lines }) => lines),
  );
  await insertEvents(
    tx,
    tenant,
    fresh.map(({ row }) => ({ caseId: row.id, customerId: row.customerId })),
    at,
  );
  return references;
}

async function insertNotes(tx: Tx, tenant: string, notes: readonly object[]): Promise<void> {
  if (notes.length === 0) return;
  await sql`
    insert into notes (tenant, id, case_id, visibility, subject, text, by_id, at)
    select ${tenant}, r.id, r."caseId", r.visibility, r.subject, r.text, r.by, r.at
    from jsonb_to_recordset(${toJson(notes)}::jsonb) as r (
      id text, "caseId" text, visibility text, subject text, text text, by text, at timestamptz(3))`.execute(
    tx,
  );
}

async function insertLines(tx: Tx, tenant: string, lines: readonly object[]): Promise<void> {
  if (lines.length === 0) return;
  await sql`
    insert into history (tenant, id, case_id, kind, note_id, reason, by_id, at)
    select ${tenant}, r.id, r."caseId", r.kind, r."noteId", r.reason, r.by, r.at
    from jsonb_to_recordset(${toJson(lines)}::jsonb) as r (
      id text, "caseId" text, kind text, "noteId" text, reason text, by text, at timestamptz(3))`.execute(tx);
}

async function insertEvents(tx: Tx, tenant: string, events: readonly object[], at: string): Promise<void> {
  if (events.length === 0) return;
  await sql`
    insert into outbox (tenant, kind, case_id, customer_id, at)
    select ${tenant}, 'case.created', r."caseId", r."customerId", ${at}::timestamptz
    from jsonb_to_recordset(${toJson(events)}::jsonb) as r ("caseId" text, "customerId" text)`.execute(tx);
}

function withRows(tenant: string, item: BulkCase, number: number) {
  const id = newId('case');
  const entries = item.entries.map((entry) => ({ ...entry, id: newId('note') }));
  const status = entries.findLast(({ kind }) => kind !== 'note');
  const shown = entries.findLast(({ kind, visibility }) => kind !== 'note' || visibility === 'public');
  const closed = status?.kind === 'closure' ? status : undefined;
  const reopened = status?.kind === 'reopening' ? status : undefined;
  const { entries: _, ...values } = item;
  return {
    row: {
      ...values,
      id,
      number,
      status: closed ? 'closed' : 'open',
      updatedAt: entries.at(-1)?.at ?? item.createdAt,
      publicUpdatedAt: shown?.at ?? item.createdAt,
      changedBy: status?.by ?? item.createdBy,
      changedAt: status?.at ?? item.createdAt,
      closedBy: closed?.by,
      closedAt: closed?.at,
      closedReason: closed?.reason,
      closedNote: closed?.id,
      reopenedBy: reopened?.by,
      reopenedAt: reopened?.at,
      reopenedReason: reopened?.reason,
      reopenedNote: reopened?.id,
      replyCount: entries.filter(({ visibility }) => visibility === 'public').length,
      lexemes: searchLexemes(tenant, `${item.subject}\n${item.description}`),
    },
    notes: entries.map(({ kind: _kind, reason: _reason, ...note }) => ({ ...note, caseId: id })),
    lines: [
      { id: newId('line'), caseId: id, kind: 'creation', by: item.createdBy, at: item.createdAt },
      ...entries.map(({ id: noteId, kind, reason, by, at }) => ({
        id: newId('line'),
        caseId: id,
        kind,
        noteId,
        reason,
        by,
        at,
      })),
    ],
  };
}
