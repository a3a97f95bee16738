import type { NoticeLocale, NoticeRules } from '../../../src/contract/notices.js';
import { noticeLocales } from '../../../src/contract/notices.js';

/** What a tenant starts with: no department is told of anything. */
export const defaultNotices: NoticeRules = { locale: 'en', departments: {}, templates: [], webhook: null };

/** The rules as stored, completed by what was added since. */
export function noticeRules({
  notices,
}: {
  readonly notices?: Partial<NoticeRules> | undefined;
}): NoticeRules {
  return { ...defaultNotices, ...notices };
}

/** DE-31: whether the agents of a department are told of what is shared with it. */
export function tellsDepartment(rules: NoticeRules, department: string, of: 'onShare' | 'onReply'): boolean {
  const own = Object.hasOwn(rules.departments, department) ? rules.departments[department] : undefined;
  return own?.[of] === true;
}

/** The language for a person: their own where notices are written in it, otherwise the tenant's. */
export function localeFor(wanted: string | null, rules: NoticeRules): NoticeLocale {
  const language = wanted?.toLowerCase().split(/[-_]/)[0];
  return noticeLocales.find((locale) => locale === language) ?? rules.locale;
}
