import { sql } from 'kysely';

import type { Case } from '../../../src/contract/cases.js';
import type { PersonRef } from '../../../src/contract/common.js';
import type { Note } from '../../../src/contract/notes.js';
import { inTransaction, now, type EngineContext, type Executor } from '../context.js';
import { isOutage } from '../failures.js';
import { shownPerson } from '../masks.js';
import { readSettings } from '../settings.js';
import { NoticeRefused, NoticeUnanswered, type NoticeChannel, type NoticeMessage } from './channel.js';
import { compose } from './compose.js';
import { announceGrants, settleGrants } from './grant-state.js';
import { waitAfter, type NoticeOutcome, type NoticesOptions } from './options.js';
import { isAddress } from './preferences.js';
import { readableProject } from './project-reader.js';
import { findReader, noticeAllowed, readableNote, type Reader } from './reader.js';
import { plainReason } from './reason.js';
import { localeFor, noticeRules } from './rules.js';
import { signUnsubscribe } from './token.js';

/** A notice this process has in hand. */
export interface ClaimedNotice {
  readonly tenant: string;
  readonly id: string;
  readonly event: NoticeMessage['event'];
  readonly channel: string;
  readonly unit: 'case' | 'project';
  readonly unit_id: string;
  readonly grant_id: string | null;
  readonly about_id: string | null;
  readonly recipient_id: string;
  readonly by_id: string | null;
  readonly attempts: number;
  /** Those of them that say nothing about the message. */
  readonly uncounted: number;
  readonly created_at: string;
}

// Longer than any channel takes: whoever holds it longer has ended without saying so.
const HELD_SECONDS = 180;
const DAY = 86_400_000;

/** Takes some notices that are due into hand; no other process gets them meanwhile. */
export async function claim(context: EngineContext, most: number): Promise<readonly ClaimedNotice[]> {
  const at = now(context);
  const { rows } = await sql<ClaimedNotice>`
    update notices n set claimed_until = ${at}::timestamptz + make_interval(secs => ${HELD_SECONDS}), attempts = n.attempts + 1
    from (select tenant, id from notices
      where state = 'waiting' and due_at <= ${at}::timestamptz
        and (claimed_until is null or claimed_until <= ${at}::timestamptz)
      order by due_at limit ${most} for update skip locked) due
    where n.tenant = due.tenant and n.id = due.id
    returning n.tenant, n.id, n.event, n.channel, n.unit, n.unit_id, n.grant_id, n.about_id, n.recipient_id, n.by_id,
      n.attempts, n.uncounted, n.created_at`.execute(context.db);
  return rows;
}

/** When the next notice can be taken, or what was postponed is planned again; `null` while nothing waits. */
export async function nextDue(db: Executor): Promise<string | null> {
  const { rows } = await sql<{ due: string | null }>`
    select least((select min(greatest(due_at, claimed_until)) from notices where state = 'waiting'),
      (select min(due_at) from postponed_notices where set_aside_at is null)) as due`.execute(db);
  return rows[0]?.due ?? null;
}

/** Sends one notice, if it may still be sent, and writes down what became of it. */
export async function deliver(
  context: EngineContext,
  options: NoticesOptions,
  notice: ClaimedNotice,
): Promise<void> {
  const channel = options.channels.find(({ name }) => name === notice.channel);
  const message = channel ? await tryToWrite(context, options, channel, notice) : 'no_channel';
  if (!channel || typeof message === 'string') {
    // Nobody is told what is not theirs; that an address is missing somebody should know.
    const state = message === 'no_address' || message === 'no_channel' ? 'failed' : 'dropped';
    return finish(context, options, notice, {
      state,
      reason: typeof message === 'string' ? message : 'no_channel',
    });
  }
  try {
    await channel.send(message);
  } catch (error) {
    return finish(context, options, notice, afterFailure(context, options, notice, error));
  }
  return finish(context, options, notice, { state: 'sent', reason: null });
}

/** What cannot be written is an attempt as well: it is given up like what cannot be sent, and throws for the log. */
async function tryToWrite(
  context: EngineContext,
  options: NoticesOptions,
  channel: NoticeChannel,
  notice: ClaimedNotice,
): ReturnType<typeof write> {
  try {
    return await write(context, options, channel, notice);
  } catch (error) {
    const outcome = afterFailure(context, options, notice, error);
    // Where not even this can be written down, it is taken up again once nobody has it in hand any more.
    await finish(context, options, notice, { ...outcome, reason: 'unwritable' }).catch(() => undefined);
    throw error;
  }
}

/** Another attempt, or none any more. What was away is waited for; what was said to this message is counted. */
function afterFailure(
  context: EngineContext,
  { attempts: most = 8, unansweredFor = DAY, ...options }: NoticesOptions,
  notice: ClaimedNotice,
  error: unknown,
): Outcome {
  const reason = reasonOf(error);
  if (error instanceof NoticeRefused) return { state: 'failed', reason };
  const age = context.clock().getTime() - Date.parse(notice.created_at);
  const uncounted = isOutage(error) || (error instanceof NoticeUnanswered && age < unansweredFor);
  if (!uncounted && notice.attempts - notice.uncounted >= most) return { state: 'failed', reason };
  return { state: 'waiting', reason, wait: waitAfter(notice.attempts, options), uncounted };
}

/** The message as it is to be sent at this moment, or why not. */
async function write(
  context: EngineContext,
  options: NoticesOptions,
  channel: NoticeChannel,
  notice: ClaimedNotice,
): Promise<NoticeMessage | 'person' | 'hidden' | 'ended' | 'unwanted' | 'no_address'> {
  const { tenant, event, unit, unit_id: unitId, recipient_id: personId } = notice;
  const { db } = context;
  const reader = await findReader(db, tenant, personId);
  if (!reader) return 'person';
  if (channel.needsAddress && !isAddress(reader.actor.email)) return 'no_address';
  if (event !== 'share' && (await hasLeft(db, notice))) return 'unwanted';
  const grant =
    notice.grant_id === null ? undefined : await grantOf(db, tenant, notice.grant_id, now(context));
  if (grant === null) return 'ended';
  const read = await readFor(context, notice, reader);
  if (!read) return 'hidden';
  const settings = await readSettings(db, tenant);
  const rules = noticeRules(settings);
  if (channel.needsWebhook && rules.webhook === null) return 'unwanted';
  const locale = localeFor(reader.locale, rules);
  const link = read.record ? linkTo(options.caseUrl, tenant, read.record) : null;
  const unsubscribe = await unsubscribeLink(options, notice);
  const received = grant?.grantee_kind === 'department' ? grant.grantee_id : null;
  const written = compose({
    event,
    locale,
    recipient: reader.actor.name,
    by: read.by,
    department: received ?? read.department,
    record: read.record,
    project: read.project,
    text: read.text,
    grant: grant && { level: grant.level, expiresAt: grant.expires_at },
    settings,
    rules,
    link,
    unsubscribe,
  });
  const { id, name, kind, email } = reader.actor;
  return {
    id: notice.id,
    tenant,
    event,
    locale,
    to: { id, name, kind, email },
    ...written,
    about: unit === 'case' ? { caseId: unitId } : { projectId: unitId },
    link,
    unsubscribe,
    webhook: rules.webhook,
  };
}

interface ReadForNotice {
  readonly by: string | null;
  readonly department: string | null;
  readonly record?: Case;
  readonly project?: string;
  readonly text?: string;
}

/** What the recipient may read of it now; `null` where that is nothing. */
async function readFor(
  context: EngineContext,
  notice: ClaimedNotice,
  { actor }: Reader,
): Promise<ReadForNotice | null> {
  const { tenant, unit_id: unitId, about_id: aboutId, by_id: byId } = notice;
  if (notice.unit === 'project')
    return aboutId === null ? null : readableProject(context, actor, unitId, aboutId);
  const readable = await noticeAllowed(context, actor, unitId);
  if (!readable) return null;
  const { record, masked } = readable;
  const department = record.department?.id ?? null;
  if (notice.event !== 'reply') {
    const by = shownPerson(await personOf(context.db, tenant, byId), masked, actor);
    return { record, department, by: by?.name ?? null };
  }
  const note: Note | null = aboutId === null ? null : await readableNote(context, actor, unitId, aboutId);
  // CU-05: whatever became of the note meanwhile, an internal one is sent to nobody.
  if (note?.visibility !== 'public') return null;
  return { record, department, text: note.text, by: note.by?.name ?? null };
}

async function personOf(db: Executor, tenant: string, id: string | null): Promise<PersonRef | null> {
  if (id === null) return null;
  const row = await db
    .selectFrom('people')
    .select(['id', 'name', 'kind'])
    .where('tenant', '=', tenant)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

/** CO-12: whether they have said since that they want none. */
async function hasLeft(
  db: Executor,
  { tenant, unit, unit_id, recipient_id }: ClaimedNotice,
): Promise<boolean> {
  const row = await db
    .selectFrom('notice_preferences')
    .select('replies')
    .where('tenant', '=', tenant)
    .where('unit', '=', unit)
    .where('unit_id', '=', unit_id)
    .where('person_id', '=', recipient_id)
    .executeTakeFirst();
  return row?.replies === false;
}

/** A grant in force; `null` once it has ended. */
async function grantOf(db: Executor, tenant: string, id: string, at: string) {
  const row = await db
    .selectFrom('grants')
    .select(['level', 'expires_at', 'grantee_kind', 'grantee_id'])
    .where('tenant', '=', tenant)
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .where(sql<boolean>`(expires_at is null or expires_at > ${at}::timestamptz)`)
    .executeTakeFirst();
  return row ?? null;
}

function linkTo(caseUrl: string | undefined, tenant: string, { id, number }: Case): string | null {
  if (caseUrl === undefined) return null;
  const values: Record<string, string> = { id, number: String(number), tenant };
  return caseUrl.replace(/\{(id|number|tenant)\}/g, (_, name: string) =>
    encodeURIComponent(values[name] ?? ''),
  );
}

async function unsubscribeLink(
  { publicUrl, secret }: NoticesOptions,
  { tenant, unit, unit_id: unitId, recipient_id: personId }: ClaimedNotice,
): Promise<string | null> {
  if (publicUrl === undefined) return null;
  const token = await signUnsubscribe({ tenant, unit, unitId, personId }, secret);
  return `${publicUrl.replace(/\/+$/, '')}/v1/notices/unsubscribe?token=${token}`;
}

interface Outcome {
  readonly state: 'sent' | 'failed' | 'dropped' | 'waiting';
  readonly reason: string | null;
  /** Until the next attempt, in milliseconds. */
  readonly wait?: number;
  /** The attempt says nothing about the message. */
  readonly uncounted?: boolean;
}

/** Writes down what became of it, unless another process has it in hand by now. */
async function finish(
  context: EngineContext,
  { onAttempt }: NoticesOptions,
  notice: ClaimedNotice,
  { state, reason, wait = 0, uncounted = false }: Outcome,
): Promise<void> {
  const at = now(context);
  // Whoever is to hear of it is woken below: most of it changes nothing that is shown.
  const quietly = { ...context, wake: () => undefined };
  const told = await inTransaction(quietly, async (tx) => {
    const row = await tx
      .selectFrom('notices')
      .select(['grant_id', 'attempts', 'state'])
      .where('tenant', '=', notice.tenant)
      .where('id', '=', notice.id)
      .forUpdate()
      .executeTakeFirst();
    if (row?.state !== 'waiting' || row.attempts !== notice.attempts) return undefined;
    // The case was given back while this one was found to have been taken away: it is looked at again.
    const again = state === 'dropped' && row.grant_id !== notice.grant_id;
    const due = new Date(Date.parse(at) + wait).toISOString();
    await tx
      .updateTable('notices')
      .set({
        state: again ? 'waiting' : state,
        reason: reason === null ? null : plainReason(reason),
        claimed_until: null,
        ...(uncounted && { uncounted: notice.uncounted + 1 }),
        ...(state === 'waiting' || again ? { due_at: due } : { done_at: at }),
      })
      .where('tenant', '=', notice.tenant)
      .where('id', '=', notice.id)
      .execute();
    if (row.grant_id === null) return [];
    const changed = await settleGrants(tx, notice.tenant, [row.grant_id]);
    await announceGrants(tx, notice.tenant, changed, at);
    return changed;
  });
  if (told === undefined) return;
  const outcome: NoticeOutcome = state === 'waiting' ? 'retried' : state;
  onAttempt?.(notice.channel, outcome);
  if (told.length > 0) context.wake();
}

/** What the other side said, for whoever wrote the message. It may quote the recipient's address, and is never logged. */
function reasonOf(error: unknown): string {
  const { response, message } = error as { response?: unknown; message?: unknown };
  const said = typeof response === 'string' && response !== '' ? response : message;
  return typeof said === 'string' ? said : 'unknown';
}
