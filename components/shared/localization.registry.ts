import type { CaseMessages } from './localization.messages.js';

/** Where the words of a locale come from: the words themselves, or what fetches them when they are wanted. */
export type CaseLocaleSource =
  CaseMessages | (() => Promise<CaseMessages | { readonly messages: CaseMessages }>);

/** What hosts have brought, by language tag. */
export const broughtLocales = new Map<string, CaseLocaleSource>();

/** The providers, whose `dir` counts for what they hold. */
export const providers = new WeakSet<Element>();

/** The `lang` and `dir` that were put on elements here, to be told from a host's own. */
export const placed = new WeakMap<Element, { lang?: string; dir?: string }>();
