import { noticePlaceholders } from '../../../src/contract/notice-placeholders.js';
import type {
  NoticeEvent,
  NoticeLocale,
  NoticeRules,
  NoticeTemplate,
} from '../../../src/contract/notices.js';
import type { FieldErrors } from '../../input/validation.js';
import { words, type NoticeWords } from './words.js';

const placeholder = /\{\{([^{}]*)\}\}/g;

/** The words for one notice: the tenant's own in this language, for the department or for all, otherwise the usual ones. */
export function wordsFor(
  rules: NoticeRules,
  event: NoticeEvent,
  locale: NoticeLocale,
  department: string | null,
): NoticeWords {
  const usual = words[locale][event];
  const own = rules.templates.filter((one) => one.event === event && one.locale === locale);
  const found =
    own.find((one) => one.department === department) ?? own.find((one) => one.department === null);
  return found ? { subject: found.subject, text: found.text, sms: found.sms ?? usual.sms } : usual;
}

/** Puts values in the place of placeholders, once: what a value says is never looked through again. */
export function fill(template: string, valueOf: (name: string) => string): string {
  return template.replace(placeholder, (_, name: string) => valueOf(name.trim()));
}

/**
 * DE-33: refuses placeholders that there are not, and those of fields that some reader of the notice may not see.
 * `maskedFor` names these.
 */
export function checkTemplates(
  templates: readonly NoticeTemplate[],
  maskedFor: (template: NoticeTemplate) => ReadonlySet<string>,
  fields: FieldErrors,
): void {
  const seen = new Set<string>();
  for (const [index, template] of templates.entries()) {
    const at = `notices.templates.${index}`;
    const { department, event, locale } = template;
    const key = JSON.stringify([department, event, locale]);
    if (seen.has(key)) {
      fields.add(at, 'duplicate', 'Another template is for the same department, event and language.');
    }
    seen.add(key);
    fields.line(`${at}.subject`, template.subject, 200, true);
    fields.text(`${at}.text`, template.text, 5_000, true);
    if (template.sms !== undefined && template.sms !== null)
      fields.line(`${at}.sms`, template.sms, 300, true);
    const masked = maskedFor(template);
    for (const part of ['subject', 'text', 'sms'] as const) {
      const text = template[part] ?? '';
      checkText(`${at}.${part}`, text, noticePlaceholders[event], masked, fields);
    }
  }
}

function checkText(
  field: string,
  text: string,
  known: Readonly<Record<string, readonly string[]>>,
  masked: ReadonlySet<string>,
  fields: FieldErrors,
): void {
  for (const [whole, found = ''] of text.matchAll(placeholder)) {
    const name = found.trim();
    const shows = Object.hasOwn(known, name) ? known[name] : undefined;
    if (!shows) {
      const choices = Object.keys(known).map((one) => `{{${one}}}`);
      fields.add(
        field,
        'unknown_value',
        `There is no placeholder ${whole} here. There are: ${choices.join(', ')}.`,
      );
      return;
    }
    const hidden = shows.find((one) => masked.has(one));
    if (hidden !== undefined) {
      fields.add(field, 'invalid', `${whole} shows a field that some of its readers may not see.`);
      return;
    }
  }
  if (/\{\{|\}\}/.test(text.replace(placeholder, ''))) {
    fields.add(field, 'invalid', 'A placeholder is not closed: write it as {{case.number}}.');
  }
}
