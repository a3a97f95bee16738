import type { messages } from './locales/en.js';

type Source = typeof messages;

type Keeps<Text extends string, Part extends string> = Text extends `${string}${Part}${string}`
  ? `${string}${Part}${string}`
  : string;

/** A text that fills in the same as the English one, and has at least the form `other` where that is counted. */
type Translated<Text extends string> = Keeps<Text, '{0}'> &
  Keeps<Text, '{1}'> &
  Keeps<Text, '{2}'> &
  Keeps<Text, 'other {'>;

/**
 * All that the elements say, by id, in one language.
 *
 * `{0}`, `{1}` … stand for what is filled in. A counted phrase has a form for each plural category of the language
 * (`Intl.PluralRules`), in which `#` stands for the number: `one {# reply} other {# replies}`.
 */
export type CaseMessages = { readonly [Id in keyof Source]: Translated<Source[Id]> };
