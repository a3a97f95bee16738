import { sql } from 'kysely';

import type { Attachment } from '../../src/contract/attachments.js';
import { AttachmentTooLarge } from '../attachments/store.js';
import { BackendError } from '../backend-error.js';
import type { CallContext, Download, Upload, WriteContext } from '../backend.js';
import { quotaReached, roomLeft, STORED_BYTES, takeRoom } from './attachment-quota.js';
import { findCase, maskedOf, startOf } from './case-record.js';
import { inTransaction, notFound, now, type EngineContext } from './context.js';
import { claimKey, findKey, keepResult } from './idempotency.js';
import { readsAnInbox } from './inboxes/worked-inboxes.js';
import { newId } from './ids.js';
import { forgetUpload, keepUpload, writeDownUpload } from './loose-files.js';
import { cleanFileName, endingOf, mediaTypeOf } from './media-types.js';
import { isPortalOpen, refusedFeature } from './policy/portal.js';
import { decideTenant } from './policy/tenant.js';
import { loadScope, type Scope } from './scope.js';
import { limits } from './settings-defaults.js';
import { newStorageKey } from './storage-key.js';
import { isStorable } from '../input/text.js';

const UNCLAIMED_HOURS = 24;

/** Stores a file that only its uploader sees until a case or note names it. */
export async function uploadAttachment(
  context: EngineContext,
  upload: Upload,
  call: WriteContext,
): Promise<Attachment> {
  const { actor } = call;
  const scope = await loadScope(context.db, actor, now(context));
  await requireUploader(context, scope);
  const answered = await findKey<Attachment>(context.db, call);
  if (answered?.replay) return answered.result;
  const name = checkName(upload.name);
  const room = await roomLeft(context, actor.tenant);
  const file = { tenant: actor.tenant, key: newStorageKey(actor.tenant) };
  await writeDownUpload(context, file);
  let kept = false;
  try {
    const size = await store(context, file.key, upload, room);
    const attachment = { id: newId('file'), name, size, mediaType: mediaTypeOf(name) };
    return await inTransaction(context, async (tx) => {
      kept = false;
      const at = now(context);
      const key = await claimKey<Attachment>(tx, call, at);
      if (key.replay) return key.result;
      await takeRoom(tx, context, actor.tenant, size);
      await tx
        .insertInto('attachments')
        .values({
          tenant: actor.tenant,
          id: attachment.id,
          name,
          size,
          media_type: attachment.mediaType,
          storage_key: file.key,
          uploaded_by: actor.id,
          uploaded_at: at,
        })
        .execute();
      await keepUpload(tx, file);
      await keepResult(tx, call, attachment);
      kept = true;
      return attachment;
    });
  } catch (error) {
    kept = false;
    throw error;
  } finally {
    if (!kept) await forgetUpload(context, file);
  }
}

export async function getAttachment(
  context: EngineContext,
  id: string,
  call: CallContext,
): Promise<Attachment> {
  return toAttachment(await find(context, id, call));
}

export async function downloadAttachment(
  context: EngineContext,
  id: string,
  call: CallContext,
): Promise<Download> {
  const row = await find(context, id, call);
  const content = await context.attachments.get(row.storage_key);
  if (!content) throw notFound();
  return { attachment: toAttachment(row), content };
}

/** Gives up uploads that no note has named within a day: the sweep deletes their files. */
export async function purgeUnclaimed(context: EngineContext): Promise<void> {
  const before = new Date(context.clock().getTime() - UNCLAIMED_HOURS * 3_600_000).toISOString();
  await sql`
    with purged as (
      delete from attachments where case_id is null and uploaded_at < ${before}::timestamptz
      returning tenant, storage_key, uploaded_at, size),
    given_back as (
      update counters c set value = c.value - p.size
      from (select tenant, sum(size) as size from purged group by tenant) p
      where c.tenant = p.tenant and c.name = ${STORED_BYTES})
    insert into loose_files (tenant, storage_key, since) select tenant, storage_key, uploaded_at from purged`.execute(
    context.db,
  );
}

/** Who may put a note or case somewhere may upload: agents of a case role or of an inbox, customers who submit, and grantees. */
async function requireUploader({ db }: EngineContext, { actor, settings, grants }: Scope): Promise<void> {
  const unticked = actor.kind === 'customer' ? refusedFeature('attach', settings) : null;
  const verdict = unticked ?? decideTenant(actor, 'createCase', settings);
  const portal = !unticked && actor.kind === 'customer' && isPortalOpen(settings);
  if (verdict.allowed || portal || (!unticked && grants.length > 0)) return;
  if (await readsAnInbox(db, actor)) return;
  throw new BackendError('forbidden', { rule: verdict.rule, detail: verdict.reason ?? '' });
}

function checkName(given: string): string {
  const name = cleanFileName(given);
  const ending = endingOf(name);
  if (ending === '' || !limits.attachmentExtensions.includes(ending) || name === ending) {
    throw new BackendError('validation_failed', {
      errors: [
        {
          field: 'name',
          code: 'blocked_type',
          message: `Files of this kind are not accepted. Accepted: ${limits.attachmentExtensions.join(', ')}.`,
        },
      ],
    });
  }
  return name;
}

async function store(
  { attachments, attachmentQuota }: EngineContext,
  key: string,
  upload: Upload,
  room: number,
): Promise<number> {
  try {
    const { size } = await attachments.put(key, upload.content, Math.min(room, limits.attachmentBytes));
    return size;
  } catch (error) {
    if (!(error instanceof AttachmentTooLarge)) throw error;
    if (attachmentQuota !== undefined && room < limits.attachmentBytes) throw quotaReached(attachmentQuota);
    throw new BackendError('too_large', {
      limit: error.limit,
      limitName: 'attachment',
      detail: error.message,
    });
  }
}

async function find({ db, ...context }: EngineContext, id: string, { actor }: CallContext) {
  if (!isStorable(id)) throw notFound();
  const row = await db
    .selectFrom('attachments as a')
    .leftJoin('notes as n', (join) => join.onRef('n.tenant', '=', 'a.tenant').onRef('n.id', '=', 'a.note_id'))
    .select([
      'a.id',
      'a.name',
      'a.size',
      'a.media_type',
      'a.storage_key',
      'a.uploaded_by',
      'a.case_id',
      'n.visibility',
      'n.seq',
    ])
    .where('a.tenant', '=', actor.tenant)
    .where('a.id', '=', id)
    .executeTakeFirst();
  if (!row) throw notFound();
  if (row.case_id === null) {
    if (row.uploaded_by !== actor.id) throw notFound();
    return row;
  }
  const scope = await loadScope(db, actor, now({ db, ...context }));
  const record = await findCase(db, row.case_id, scope);
  if (maskedOf(record, scope).has('attachments')) throw notFound();
  const start = startOf(record, scope);
  if (start && row.seq !== null && row.seq <= start.after) throw notFound();
  if (row.visibility === 'internal' && actor.kind === 'customer') throw notFound();
  return row;
}

type Row = Awaited<ReturnType<typeof find>>;

function toAttachment(row: Row): Attachment {
  return { id: row.id, name: row.name, size: row.size, mediaType: row.media_type };
}
