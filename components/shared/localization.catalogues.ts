// Written by `npm run localize`: a locale is added by its file in locales/.
import type { CaseMessages } from './localization.messages.js';

/** The locales that come with Casement besides English, fetched when they are wanted. */
export const builtInLocales: Readonly<
  Record<string, (() => Promise<{ readonly messages: CaseMessages }>) | undefined>
> = {
  ar: () => import('./locales/ar.js'),
  'en-XA': () => import('./locales/en-XA.js'),
  it: () => import('./locales/it.js'),
};
