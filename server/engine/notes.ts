import { sql } from 'kysely';

import type { Attachment } from '../../src/contract/attachments.js';
import type { Page } from '../../src/contract/common.js';
import type {
  FieldChange,
  NewNote,
  Note,
  NoteAction,
  NoteQuery,
  NoteVisibility,
  TimelineEntry,
  TimelineQuery,
} from '../../src/contract/notes.js';
import type { CallContext, WriteContext } from '../backend.js';
import { moveVersion, requireRight, requireState } from './case-change.js';
import {
  factsOf,
  findCase,
  lockCase,
  maskedOf,
  personOf,
  startOf,
  toPerson,
  type CaseRow,
} from './case-record.js';
import { openRow } from './case-status.js';
import { checkAttachments, claimAttachments } from './claim-attachments.js';
import { inTransaction, now, type EngineContext, type Executor, type Tx } from './context.js';
import { decodeCursor, encodeCursor, isInstant } from '../input/cursor.js';
import { writeLine, writeNote, type Deed } from './history.js';
import { claimKey, keepResult } from './idempotency.js';
import { shownChanges, shownPerson, tellingLines, withoutMaskedFiles } from './masks.js';
import { announce, type OutgoingEvent } from './outbox.js';
import { refusedFeature } from './policy/portal.js';
import { seesDepartmentSharing } from './policy/sharing.js';
import { loadScope, type Scope } from './scope.js';
import { limits } from './settings-defaults.js';
import { readableLines, readableNotes } from './sharing/history-start.js';
import { FieldErrors } from '../input/validation.js';

/** The reason of a reopening that nobody chose: a customer's reply did it. */
const REPLY_REASON = 'customer-reply';

/** CC-24: the notes of a case, those of closing and reopening among them. */
export async function listNotes(
  { db, ...context }: EngineContext,
  caseId: string,
  query: NoteQuery,
  { actor }: CallContext,
): Promise<Page<Note>> {
  const scope = await loadScope(db, actor, now({ db, ...context }));
  const record = await findCase(db, caseId, scope);
  const readable = readableNotes(actor, startOf(record, scope));
  const { list, direction, cursor, limit } = paging('notes', query);
  let page = selectNotes(db)
    .where('n.tenant', '=', actor.tenant)
    .where('n.case_id', '=', caseId)
    .where(readable);
  if (cursor) page = page.where(beyond('n', direction, cursor));
  const rows = await page
    .orderBy('n.at', direction)
    .orderBy('n.seq', direction)
    .limit(limit + 1)
    .execute();
  const masked = maskedOf(record, scope);
  return {
    items: rows.slice(0, limit).map((row) => withoutMaskedFiles(toNote(row), masked, actor)),
    next: nextOf(list, rows, limit),
    ...(await total()),
  };

  async function total(): Promise<{ total?: number }> {
    if (query.count !== 'true') return {};
    return db
      .selectFrom('notes as n')
      .select((eb) => eb.fn.countAll<number>().as('total'))
      .where('n.tenant', '=', actor.tenant)
      .where('n.case_id', '=', caseId)
      .where(readable)
      .executeTakeFirstOrThrow();
  }
}

/** Notes and changes of a case in one line of time. */
export async function listTimeline(
  { db, ...context }: EngineContext,
  caseId: string,
  query: TimelineQuery,
  { actor }: CallContext,
): Promise<Page<TimelineEntry>> {
  const scope = await loadScope(db, actor, now({ db, ...context }));
  return readTimeline(db, await findCase(db, caseId, scope), query, scope);
}

/** One page of the history of a case, as the actor of the scope may read it. */
export async function readTimeline(
  db: Executor,
  record: CaseRow,
  query: TimelineQuery,
  scope: Scope,
): Promise<Page<TimelineEntry>> {
  const { actor } = scope;
  const { list, direction, cursor, limit } = paging('timeline', query);
  const masked = maskedOf(record, scope);
  // A customer sees that a case was closed or reopened, but no line of an internal note.
  const readable =
    actor.kind === 'agent'
      ? sql<boolean>`true`
      : sql<boolean>`(h.kind not in ('note', 'forward') or n.visibility = 'public') and h.kind not in ('project-move', 'inbox')`;
  let lines = db
    .selectFrom('history as h')
    .leftJoin('notes as n', (join) => join.onRef('n.tenant', '=', 'h.tenant').onRef('n.id', '=', 'h.note_id'))
    .where('h.tenant', '=', actor.tenant)
    .where('h.case_id', '=', record.id)
    .where(readable)
    .where(tellingLines(masked))
    .where(readableLines(startOf(record, scope)));
  if (!seesDepartmentSharing(actor, factsOf(record), scope.settings)) {
    lines = lines.where('h.kind', 'not in', ['department-sharing', 'access-preview']);
  }
  // CU-25
  if (actor.kind === 'customer' && refusedFeature('listGrantees', scope.settings))
    lines = lines.where('h.kind', '<>', 'sharing');
  if (query.kind?.length) lines = lines.where('h.kind', 'in', query.kind);
  let page = lines.select([
    'h.id',
    'h.seq',
    'h.kind',
    'h.at',
    'h.reason',
    'n.visibility',
    'n.subject',
    'n.text',
    'n.action',
    shownChanges(masked).$castTo<FieldChange[] | null>().as('changes'),
    personOf('h', 'by_id').as('by'),
    attachmentsOf(
      sql`h.tenant`,
      sql`h.case_id`,
      sql`case when h.kind = 'creation' then '' else h.note_id end`,
    ).as('attachments'),
  ]);
  if (cursor) page = page.where(beyond('h', direction, cursor));
  const rows = await page
    .orderBy('h.at', direction)
    .orderBy('h.seq', direction)
    .limit(limit + 1)
    .execute();
  const counted =
    query.count === 'true'
      ? await lines.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
      : {};
  const items = rows.slice(0, limit).map((row): TimelineEntry => {
    const words = row.visibility === 'public' || (row.visibility !== null && actor.kind === 'agent');
    return {
      id: row.id,
      kind: row.kind,
      by: shownPerson(toPerson(row.by), masked, actor),
      at: row.at,
      ...(row.reason !== null && !masked.has('closure') && { reason: row.reason }),
      ...(row.changes !== null && { changes: row.changes }),
      ...(words && { visibility: row.visibility ?? 'internal', subject: row.subject, text: row.text ?? '' }),
      ...(words && row.action && { action: row.action }),
      ...((words || row.kind === 'creation') &&
        !masked.has('attachments') && { attachments: row.attachments }),
    };
  });
  return { items, next: nextOf(list, rows, limit), ...counted };
}

/** CC-35 to CC-37: adds a note to an open case. A customer's reply may reopen a closed one, when the settings say so. */
export async function createNote(
  context: EngineContext,
  caseId: string,
  input: NewNote,
  call: WriteContext,
): Promise<Note> {
  return inTransaction(context, async (tx) => {
    const at = now(context);
    const key = await claimKey<Note>(tx, call, at);
    const { row, scope } = await lockCase(tx, caseId, call.actor, at);
    requireNoteRight(row, scope, input);
    const masked = maskedOf(row, scope);
    if (key.replay) return withoutMaskedFiles(key.result, masked, call.actor);
    requireState(row, scope, noteAction(input));
    const fields = new FieldErrors();
    const checked = await checkNote(tx, input, scope, fields);
    fields.throwIfAny();
    const noteId = await addNote(tx, row, scope, checked, at);
    const note = await readNote(tx, scope.actor.tenant, noteId);
    await keepResult(tx, call, note);
    return withoutMaskedFiles(note, masked, call.actor);
  });
}

/** What of a case the note takes the right to do. */
export function noteAction({ visibility }: NewNote): 'reply' | 'addInternalNote' {
  return visibility === 'public' ? 'reply' : 'addInternalNote';
}

export function requireNoteRight(row: CaseRow, scope: Scope, input: NewNote): void {
  requireRight(row, scope, noteAction(input));
  if (input.attachmentIds?.length) requireRight(row, scope, 'attach');
}

/** Writes a checked note on a locked case, with its line and its event; gives its id. */
export async function addNote(
  tx: Tx,
  row: CaseRow,
  scope: Scope,
  { attachments, ...written }: CheckedNote,
  at: string,
): Promise<string> {
  const { visibility } = written;
  const deed: Deed = { tenant: scope.actor.tenant, caseId: row.id, by: scope.actor.id, at };
  const noteId = await writeNote(tx, deed, written);
  await claimAttachments(tx, deed.tenant, attachments, { caseId: row.id, noteId });
  await writeLine(tx, deed, { kind: 'note', noteId });
  const event = { caseId: row.id, customerId: row.customer_id };
  const events: OutgoingEvent[] = [
    { kind: 'note.created', ...event, noteId, internal: visibility === 'internal' },
  ];
  const reopens = row.status === 'closed';
  if (reopens) {
    await openRow(tx, deed, REPLY_REASON, null, 0);
    events.push({ kind: 'case.reopened', ...event });
  }
  await tx
    .updateTable('cases')
    .set((eb) => ({
      ...(reopens ? moveVersion(scope, at) : { updated_at: at }),
      ...(visibility === 'public' && { public_updated_at: at }),
      reply_count: eb('reply_count', '+', visibility === 'public' ? 1 : 0),
    }))
    .where('tenant', '=', deed.tenant)
    .where('id', '=', row.id)
    .execute();
  await announce(tx, deed.tenant, at, events);
  return noteId;
}

export type CheckedNote = Awaited<ReturnType<typeof checkNote>>;

/** What is wrong with a note goes to `fields`; the result is meant only where nothing is. */
export async function checkNote(tx: Tx, input: NewNote, { actor, settings }: Scope, fields: FieldErrors) {
  let subject: string | null = null;
  const mandatory = input.action === undefined;
  if (actor.kind === 'agent')
    subject = fields.choice('subject', input.subject, settings.noteSubjects, mandatory);
  else if (input.subject) fields.add('subject', 'invalid', 'A reply has no subject.');
  const text = fields.text('text', input.text, limits.noteText, true);
  const action = input.action ? checkAction(input.action, input.visibility, fields) : null;
  const attachments = await checkAttachments(tx, actor, input.attachmentIds, fields);
  return { visibility: input.visibility, subject, text, action, attachments };
}

/** What became of an action of the host is for agents, whatever it says. */
function checkAction(given: NoteAction, visibility: NoteVisibility, fields: FieldErrors): NoteAction {
  if (visibility !== 'internal') fields.add('action', 'invalid', 'Such a note is internal.');
  const reference = fields.line('action.reference', given.reference, 200, false);
  return {
    id: fields.line('action.id', given.id, 200, true),
    label: fields.line('action.label', given.label, 200, true),
    outcome: given.outcome,
    ...(reference !== '' && { reference }),
  };
}

/** A note that was just written. */
export async function readNote(db: Executor, tenant: string, id: string): Promise<Note> {
  return toNote(
    await selectNotes(db).where('n.tenant', '=', tenant).where('n.id', '=', id).executeTakeFirstOrThrow(),
  );
}

function selectNotes(db: Executor) {
  return db
    .selectFrom('notes as n')
    .select([
      'n.id',
      'n.seq',
      'n.case_id',
      'n.visibility',
      'n.subject',
      'n.text',
      'n.action',
      'n.at',
      personOf('n', 'by_id').as('by'),
      attachmentsOf(sql`n.tenant`, sql`n.case_id`, sql`n.id`).as('attachments'),
    ]);
}

type NoteRow = Awaited<ReturnType<ReturnType<typeof selectNotes>['executeTakeFirstOrThrow']>>;

function toNote(row: NoteRow): Note {
  return {
    id: row.id,
    caseId: row.case_id,
    visibility: row.visibility,
    subject: row.subject,
    text: row.text,
    by: toPerson(row.by),
    at: row.at,
    attachments: row.attachments,
    ...(row.action && { action: row.action }),
  };
}

type Fragment = ReturnType<typeof sql<unknown>>;

/** The files of a note, or of the case itself where `noteId` is empty text. */
function attachmentsOf(tenant: Fragment, caseId: Fragment, noteId: Fragment) {
  return sql<Attachment[]>`(select coalesce(jsonb_agg(jsonb_build_object(
      'id', a.id, 'name', a.name, 'size', a.size, 'mediaType', a.media_type) order by a.position), '[]'::jsonb)
    from attachments a where a.tenant = ${tenant} and a.case_id = ${caseId} and coalesce(a.note_id, '') = ${noteId})`;
}

/** Lines of one case follow each other by time, and where that is equal by the order they were written in. */
function paging(noun: string, query: NoteQuery) {
  const direction = query.order ?? 'desc';
  const list = `${noun}:${direction}`;
  const cursor = decodeCursor(
    list,
    query.cursor,
    ({ value, id }) => isInstant(value) && typeof id === 'number',
  );
  return { list, direction, cursor, limit: query.limit ?? 25 } as const;
}

function beyond(alias: 'n' | 'h', direction: 'asc' | 'desc', cursor: { value: unknown; id: unknown }) {
  const sign = sql.raw(direction === 'asc' ? '>' : '<');
  return sql<boolean>`(${sql.ref(`${alias}.at`)}, ${sql.ref(`${alias}.seq`)}) ${sign} (${cursor.value}::timestamptz, ${cursor.id}::bigint)`;
}

function nextOf(list: string, rows: readonly { at: string; seq: number }[], limit: number): string | null {
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return last ? encodeCursor(list, { value: last.at, id: last.seq }) : null;
}
