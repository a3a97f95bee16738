import type { NoticeLink } from '../../backend.js';
import { notFound, type EngineContext } from '../context.js';
import { readSettings } from '../settings.js';
import { endPreference } from './preferences.js';
import { localeFor, noticeRules } from './rules.js';
import { readUnsubscribe } from './token.js';

/** CO-13: whose notices a link ends; `null` for one that was not signed here. */
export async function readNoticeLink(
  { db, notices }: EngineContext,
  token: string,
): Promise<NoticeLink | null> {
  const claims = notices && (await readUnsubscribe(token, notices.secret));
  if (!claims) return null;
  const { tenant, personId } = claims;
  const person = await db
    .selectFrom('people')
    .select('locale')
    .where('tenant', '=', tenant)
    .where('id', '=', personId)
    .executeTakeFirst();
  const rules = noticeRules(await readSettings(db, tenant));
  return { tenant, personId, locale: localeFor(person?.locale ?? null, rules) };
}

/** CO-13: ends the notices that a link is about. */
export async function endNotices(context: EngineContext, token: string): Promise<void> {
  const claims = context.notices && (await readUnsubscribe(token, context.notices.secret));
  if (!claims) throw notFound();
  await endPreference(context, claims);
}
