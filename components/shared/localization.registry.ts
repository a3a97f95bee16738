import type { CaseMessages } from './localization.messages.js';

/** Where the words of a locale come from: the words themselves, or what fetches them when they are wanted. */
export type CaseLocaleSource =
  | CaseMessages
  | (() => Promise<CaseMessages | { readonly messages: CaseMessages }>);

/** What hosts have brought, by language tag. */
export const broughtLocales = new Map<string, CaseLocaleSource>();

/** The providers, whose `dir` counts for what they hold. */
export const providers = new WeakSet<Element>();

/** The `lang` and `dir` that were put on one element, and for which locale. */
export interface Placed {
  locale?: string;
  lang?: string;
  dir?: string;
}

/** The `lang` and `dir` that were put on elements here, to be told from a host's own. */
export const placed = new WeakMap<Element, Placed>();

/** The nearest `lang`, through shadow roots; what was put on the element here does not count. */
export function languageAround(element: Element): string {
  const own = placed.get(element)?.lang === undefined;
  const found = (own ? element : element.parentElement)?.closest<HTMLElement>('[lang]');
  if (found) return found.lang || 'en';
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? languageAround(root.host) : 'en';
}
