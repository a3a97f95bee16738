import type { LocaleModule } from '@lit/localize';

import type { CaseMessages } from './localization.messages.js';

type Templates = LocaleModule['templates'];

/**
 * Words as `@lit/localize` wants them, for a page that configures it itself: it then speaks for the elements too, and
 * takes their words into its own templates.
 *
 * @example
 * ```ts
 * import { messages } from 'casement/locales/it.js';
 * export const templates = { ...own, ...litTemplates(messages) };
 * ```
 */
export function litTemplates(messages: Partial<CaseMessages>): Templates {
  return Object.fromEntries(Object.entries(messages).map(([id, text]) => [id, toTemplate(text)]));
}

/** "Case #{0} added." in the form of lit-localize's `str`. */
function toTemplate(text: string): Templates[string] {
  const parts = text.split(/\{(\d)\}/);
  if (parts.length === 1) return text;
  const strings = parts.filter((_, index) => index % 2 === 0);
  return {
    strTag: true,
    strings: Object.assign(strings, { raw: strings }),
    values: parts.filter((_, index) => index % 2 === 1).map(Number),
  };
}
