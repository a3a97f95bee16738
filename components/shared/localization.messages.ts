import type { messages as cases } from './locales/en.cases.js';
import type { messages as inboxes } from './locales/en.inboxes.js';
import type { messages as settings } from './locales/en.settings.js';

/** What the words are taken apart into: `cases` for every page, the others for the elements that ask for them. */
export interface Sources {
  readonly cases: typeof cases;
  readonly inboxes: typeof inboxes;
  readonly settings: typeof settings;
}

/** A part of the words that is fetched by itself. */
export type WordsPart = keyof Sources;

type Keeps<Text extends string, Part extends string> = Text extends `${string}${Part}${string}`
  ? `${string}${Part}${string}`
  : string;

/** A text that fills in the same as the English one, and has at least the form `other` where that is counted. */
type Translated<Text extends string> = Keeps<Text, '{0}'> &
  Keeps<Text, '{1}'> &
  Keeps<Text, '{2}'> &
  Keeps<Text, 'other {'>;

type Translation<Source extends Readonly<Record<string, string>>> = {
  readonly [Id in keyof Source]: Translated<Source[Id]>;
};

/** The words of one part, by id, in one language. */
export type PartMessages<Part extends WordsPart> = Translation<Sources[Part]>;

/**
 * All that the elements say, by id, in one language.
 *
 * `{0}`, `{1}` … stand for what is filled in. A counted phrase has a form for each plural category of the language
 * (`Intl.PluralRules`), in which `#` stands for the number: `one {# reply} other {# replies}`.
 */
export type CaseMessages = Translation<typeof cases & typeof inboxes & typeof settings>;
