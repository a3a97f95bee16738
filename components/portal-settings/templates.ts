import { msg, str } from '@lit/localize';

import { noticePlaceholders } from '../../src/contract/notice-placeholders.js';
import type { NoticeEvent, NoticeTemplate } from '../../src/contract/notices.js';
import { requiredText, tooLongText, type FieldErrors, type Sentence } from '../shared/field-errors.js';
import { caseDetailLabel } from './portal-words.js';

/** The longest that may be sent, in characters. */
export const templateLimits = { subject: 200, text: 5000, sms: 300 } as const;
export type TemplateText = keyof typeof templateLimits;

/** The texts of a template, in the order they are shown. */
export const templateTexts = Object.keys(templateLimits) as readonly TemplateText[];

const placeholder = /\{\{([^{}]*)\}\}/g;

/** What a template is for: no two are for the same. */
export type TemplatePlace = Pick<NoticeTemplate, 'department' | 'event' | 'locale'>;

export function templateKey({ department, event, locale }: TemplatePlace): string {
  return [department ?? '', event, locale].join('|');
}

/** Under which name an error about a text of a template stands. */
export function templateError(template: TemplatePlace, text: TemplateText): string {
  return `templates.${templateKey(template)}.${text}`;
}

/** What one begins with: nothing that belongs to a language. */
export function newTemplate(place: TemplatePlace): NoticeTemplate {
  const { department, event, locale } = place;
  const about = event === 'message' ? '{{project.name}}' : '{{case.number}} {{case.subject}}';
  const said = event === 'message' || event === 'reply' ? ['{{note.text}}'] : [];
  const link = event === 'message' ? [] : ['{{link}}'];
  const text = ['{{recipient.name}},', `{{by.name}}: ${about}`, ...said, ...link].join('\n\n');
  return { department, event, locale, subject: about, text };
}

/**
 * DE-33: what is wrong with the texts, as the server would say it: placeholders that there are not, that are not closed,
 * or that show a field which some readers of notices may not see.
 */
export function checkTemplates(
  templates: readonly NoticeTemplate[],
  maskedFor: (template: NoticeTemplate) => ReadonlySet<string>,
): FieldErrors {
  const errors: Record<string, Sentence> = {};
  for (const template of templates) {
    const masked = maskedFor(template);
    for (const part of templateTexts) {
      const wrong = checkText(template.event, part, template[part] ?? '', masked);
      if (wrong) errors[templateError(template, part)] = wrong;
    }
  }
  return errors;
}

function checkText(
  event: NoticeEvent,
  part: TemplateText,
  text: string,
  masked: ReadonlySet<string>,
): Sentence | undefined {
  if (!text.trim()) return part === 'sms' ? undefined : () => requiredText(part === 'subject' ? part : '');
  const limit = templateLimits[part];
  if (text.length > limit) return () => tooLongText(limit);
  const known = noticePlaceholders[event];
  for (const [whole, found = ''] of text.matchAll(placeholder)) {
    const name = found.trim();
    const shows = Object.hasOwn(known, name) ? known[name] : undefined;
    if (!shows)
      return () =>
        msg(str`There is no placeholder ${whole} here. Choose one of those below.`, {
          id: 'portal.template.unknown',
        });
    const hidden = shows.find((field) => masked.has(field));
    if (hidden !== undefined)
      return () =>
        msg(str`${whole} shows ${caseDetailLabel(hidden)}, which some of its readers may not see.`, {
          id: 'portal.template.masked',
        });
  }
  return /\{\{|\}\}/.test(text.replace(placeholder, ''))
    ? () =>
        msg('A placeholder is not closed: write it with two braces on each side.', {
          id: 'portal.template.open',
        })
    : undefined;
}

/** Puts values in the place of placeholders, once: what a value says is never looked through again. */
export function fill(text: string, valueOf: (name: string) => string | undefined): string {
  return text.replace(placeholder, (whole, name: string) => valueOf(name.trim()) ?? whole);
}
