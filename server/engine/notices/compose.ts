import type { Case } from '../../../src/contract/cases.js';
import type { NoticeEvent, NoticeLocale, NoticeRules } from '../../../src/contract/notices.js';
import type { Choice, Settings } from '../../../src/contract/settings.js';
import { fill, wordsFor } from './templates.js';
import { words } from './words.js';

/** What a notice tells of, as its recipient may read it. */
export interface NoticeContent {
  readonly event: NoticeEvent;
  readonly locale: NoticeLocale;
  readonly recipient: string;
  readonly by: string | null;
  /** Whose template counts. */
  readonly department: string | null;
  readonly record?: Case | undefined;
  readonly project?: string | undefined;
  readonly text?: string | undefined;
  readonly grant?: { readonly level: string; readonly expiresAt: string | null } | undefined;
  readonly settings: Settings;
  readonly rules: NoticeRules;
  readonly link: string | null;
  readonly unsubscribe: string | null;
}

/** A notice in words. */
export interface WrittenNotice {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly sms: string;
}

// In no text: it cannot be typed, and what is stored has none.
const LINK = '\u0001';
const nothing = '—';

/** Writes a notice: plain text, and the same as HTML in which everything that was filled in is text. */
export function compose(content: NoticeContent): WrittenNotice {
  const { locale, department, event, link, unsubscribe } = content;
  const { frame } = words[locale];
  const template = wordsFor(content.rules, event, locale, department);
  const values = valuesOf(content);
  const valueOf = (name: string) => (name === 'link' ? LINK : (values[name] ?? nothing).replaceAll(LINK, ''));
  const oneLine = (text: string) =>
    fill(text, valueOf)
      .replaceAll(LINK, link ?? '')
      .replace(/[\s\u2028\u2029]+/g, ' ')
      .trim();
  const body = fill(template.text, valueOf)
    .replace(/\r\n?/g, '\n')
    // Without a link nothing is left of the place where it would stand.
    .replaceAll(LINK, link === null ? '' : LINK)
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  const end = unsubscribe === null ? '' : `\n\n-- \n${frame.unsubscribe}\n${unsubscribe}`;
  return {
    subject: oneLine(template.subject).slice(0, 250),
    text: `${body.replaceAll(LINK, link ?? '')}${end}\n`,
    html: htmlOf(body, content),
    sms: oneLine(template.sms),
  };
}

function valuesOf(content: NoticeContent): Readonly<Record<string, string>> {
  const { record, locale, settings, grant } = content;
  const { frame } = words[locale];
  const values: Record<string, string | undefined> = {
    'recipient.name': content.recipient,
    'by.name': content.by ?? frame.somebody,
    'project.name': content.project,
    'note.text': content.text,
    'grant.level': grant?.level,
    'grant.expires': dateOf(grant?.expiresAt ?? null, locale),
    ...(record && caseValues(record, settings, locale)),
  };
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => (entry[1] ?? '') !== ''),
  );
}

/** What the recipient is shown of the case; a field that is hidden from them is not in the record. */
function caseValues(
  record: Partial<Case>,
  settings: Settings,
  locale: NoticeLocale,
): Record<string, string | undefined> {
  const { frame } = words[locale];
  const status =
    record.status === 'open' || record.status === 'closed' ? frame[record.status] : record.status;
  return {
    'case.number': record.number === undefined ? undefined : `#${record.number}`,
    'case.subject': record.subject,
    'case.description': record.description,
    'case.status': status,
    'case.type': labelOf(record.type, settings.caseTypes),
    'case.priority': labelOf(record.priority, settings.priorities),
    'case.deadline': dateOf(record.deadline ?? null, locale),
    'case.customer': record.customer?.name,
    'case.requester': record.requester?.name,
  };
}

function labelOf(id: string | null | undefined, list: readonly Choice[]): string | undefined {
  return id == null ? undefined : (list.find((choice) => choice.id === id)?.label ?? id);
}

function dateOf(moment: string | null, locale: NoticeLocale): string | undefined {
  const time = moment === null ? Number.NaN : Date.parse(moment);
  if (Number.isNaN(time)) return undefined;
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(time);
}

function htmlOf(body: string, { locale, link, unsubscribe }: NoticeContent): string {
  const anchor = link === null ? '' : `<a href="${escaped(link)}">${escaped(link)}</a>`;
  const paragraphs = body
    .split(/\n{2,}/)
    .map((part) => `<p dir="auto">${escaped(part).replaceAll('\n', '<br>').replaceAll(LINK, anchor)}</p>`);
  const { frame } = words[locale];
  const end =
    unsubscribe === null
      ? ''
      : `<hr><p><small>${escaped(frame.unsubscribe)} <a href="${escaped(unsubscribe)}">${escaped(frame.confirmButton)}</a></small></p>`;
  const direction = locale === 'ar' ? 'rtl' : 'ltr';
  return `<!doctype html><html lang="${locale}" dir="${direction}"><head><meta charset="utf-8"></head><body>${paragraphs.join('')}${end}</body></html>`;
}

/** As text within HTML, between tags and in quotes. */
export function escaped(text: string): string {
  const marks: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (mark) => marks[mark] ?? mark);
}
