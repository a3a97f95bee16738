// Written by `npm run localize`: a locale is added by its file in locales/.
import type { CaseMessages } from './localization.messages.js';

/** The locales that come with Casement besides English, fetched when they are wanted. */
export const builtInLocales: Readonly<
  Record<string, (() => Promise<{ readonly messages: CaseMessages }>) | undefined>
> = {
  ar: () => import('./locales/ar.js'),
  de: () => import('./locales/de.js'),
  'en-XA': () => import('./locales/en-XA.js'),
  es: () => import('./locales/es.js'),
  fr: () => import('./locales/fr.js'),
  it: () => import('./locales/it.js'),
};
