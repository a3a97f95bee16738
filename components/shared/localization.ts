import { updateWhenLocaleChanges } from '@lit/localize';
import type { ReactiveElement } from 'lit';

import { asTheReader, currentLocale, takeLocale } from './locale.js';
import type * as Runtime from './localization.runtime.js';
import { broughtLocales, languageAround, providers, type CaseLocaleSource } from './localization.registry.js';

export type { CaseLocaleSource } from './localization.registry.js';
export type { CaseMessages } from './localization.messages.js';
export { litTemplates } from './localization.templates.js';

type Warn = (message: string) => void;

let speaker: object | undefined;
let wanted: string | undefined;
let inUse = Promise.resolve('');
let latest = 0;
let runtime: typeof Runtime | undefined;
let pageWatch: MutationObserver | undefined;

/**
 * Shows every element of the page in another locale, at once and while running.
 *
 * A locale there are no words for falls back to the closest language, else to English, and `console.warn` says so; what
 * was shown stays when words cannot be fetched. Never rejects.
 *
 * @param locale - A BCP 47 tag (`it`, `ar-EG`); nothing for the language of the page again.
 * @returns The locale in use afterwards: another one than asked for when there are no words for it, or when a later
 *   call has won.
 */
export function setCaseLocale(locale?: string): Promise<string> {
  speaker = locale ? setCaseLocale : undefined;
  return locale ? use(locale, console.warn) : followPage(document.documentElement);
}

/**
 * Brings a locale of the host's own, or other words for one that is built in. Call it before the locale is used.
 *
 * @param locale - Its BCP 47 tag.
 * @param source - All the words, or a function that fetches them the first time the locale is used.
 *
 * @example
 * ```ts
 * addCaseLocale('pt', () => import('./casement.pt.js'));
 * ```
 */
export function addCaseLocale(locale: string, source: CaseLocaleSource): void {
  broughtLocales.set(locale, source);
  // What was asked for in vain may be there now.
  wanted = undefined;
}

/** The words in use, once they are there; loaded again when `more` of them are wanted than a page in English needs. */
export function wordsInUse(more: boolean): Promise<string> {
  if (more && runtime && wanted !== undefined) inUse = load(wanted);
  return inUse;
}

/** Speaks as a provider says while it is in the page; where it says nothing, as the page around it does. */
export function speakAs(provider: Element, locale: string | undefined, warn: Warn): Promise<string> {
  providers.add(provider);
  if (locale) speaker = provider;
  else if (speaker === provider) speaker = undefined;
  return locale ? use(locale, warn) : followPage(provider);
}

/** Why the policy refuses, in the reader's language where that is not English and the rule is known. */
export function ruleText(rule: string | undefined): string | undefined {
  return rule && runtime?.ruleText(rule);
}

/** What is wrong with a field, in the reader's language where that is not English and the code is known. */
export function fieldCodeText(code: string): string | undefined {
  return runtime?.fieldCodeText(code);
}

/** A class decorator: draws the element again when the locale changes, and gives it its language and direction. */
export function localized() {
  return (element: { addInitializer(initializer: (host: ReactiveElement) => void): void }): void =>
    element.addInitializer((host) => {
      updateWhenLocaleChanges(host);
      host.addController({
        hostConnected() {
          pageWatch ??= watchPage();
          void followPage(host);
        },
        hostUpdate() {
          runtime?.place(host);
        },
      });
    });
}

function followPage(element: Element): Promise<string> {
  return speaker ? inUse : use(asTheReader(languageAround(element)));
}

function use(locale: string, warn?: Warn): Promise<string> {
  if (locale !== wanted) {
    wanted = locale;
    inUse = load(locale, warn);
  }
  return inUse;
}

async function load(locale: string, warn?: Warn): Promise<string> {
  // A page in English needs nothing more, and most are.
  if (!runtime && !broughtLocales.size && /^en(-(?!XA)[A-Z]{2})?$/.test(locale)) return takeLocale(locale);
  // The same locale is loaded again when more of its words are wanted.
  const own = ++latest;
  try {
    runtime = await import('./localization.runtime.js');
    return await runtime.use(locale, () => locale === wanted && own === latest, warn);
  } catch (error) {
    if (locale === wanted) wanted = undefined;
    console.warn(`casement: the locale "${locale}" could not be loaded.`, error);
    return currentLocale();
  }
}

function watchPage(): MutationObserver {
  const watch = new MutationObserver(() => void followPage(document.documentElement));
  watch.observe(document.documentElement, { attributeFilter: ['lang'] });
  return watch;
}
