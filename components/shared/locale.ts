import { LOCALE_STATUS_EVENT } from '@lit/localize';

let inUse: string | undefined;

/** The BCP 47 tag by which words, dates, numbers, lists and plurals are written now, on the whole page. */
export function currentLocale(): string {
  return (inUse ??= asTheReader('en'));
}

/** Takes a locale into use whose words are there, and has every element drawn again. */
export function takeLocale(locale: string): string {
  inUse = locale;
  const detail = { status: 'ready', readyLocale: locale };
  dispatchEvent(new CustomEvent(LOCALE_STATUS_EVENT, { detail }));
  return locale;
}

/** A language as the reader's own settings have it: dates in "English" look as their browser writes them. */
export function asTheReader(language: string): string {
  // Node 20 has no navigator.
  return globalThis.navigator?.languages.find((tag) => tag.startsWith(`${language}-`)) ?? language;
}

const formatters: Record<string, unknown> = {};

/**
 * A formatter of `Intl`, such as `formatter(Intl.NumberFormat, 'en-GB')`. It is kept: to make one takes as long as hundreds of
 * uses. The offset is part of what it is kept by, for those who travel with an open page.
 */
export function formatter<T, Options>(
  kind: new (locale: string, options?: Options) => T,
  locale: string,
  options?: Options,
): T {
  const key = kind.name + locale + new Date().getTimezoneOffset() + JSON.stringify(options);
  return (formatters[key] ??= new kind(locale, options)) as T;
}

/** A number as the reader writes it. */
export function formatNumber(value: number, locale = currentLocale()): string {
  return formatter(Intl.NumberFormat, locale).format(value);
}

/** Names one after the other: "Type, Priority and Tags". */
export function formatList(items: readonly string[]): string {
  return formatter(Intl.ListFormat, currentLocale()).format(items);
}

/**
 * One form of a counted phrase, by the rules of the language: `plural(3, 'one {# reply} other {# replies}')`.
 *
 * The forms are named as in CLDR (`zero`, `one`, `two`, `few`, `many`, `other`); `#` stands for the number.
 */
export function plural(count: number, forms: string, locale = currentLocale()): string {
  const form = (name: string) => new RegExp(`\\b${name} {([^}]*)`).exec(forms)?.[1];
  const words = form(formatter(Intl.PluralRules, locale).select(count)) ?? form('other') ?? forms;
  return words.replaceAll('#', formatNumber(count, locale));
}
