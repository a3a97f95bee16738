// Written by `npm run localize`: a locale is added by its files in locales/.
import type { PartMessages, WordsPart } from './localization.messages.js';

type Parts = { readonly [Part in WordsPart]: () => Promise<{ readonly messages: PartMessages<Part> }> };

/** The locales that come with Casement besides English, part by part, fetched when they are wanted. */
export const builtInLocales: Readonly<Record<string, Parts | undefined>> = {
  ar: {
    cases: () => import('./locales/ar.cases.js'),
    inboxes: () => import('./locales/ar.inboxes.js'),
    settings: () => import('./locales/ar.settings.js'),
  },
  de: {
    cases: () => import('./locales/de.cases.js'),
    inboxes: () => import('./locales/de.inboxes.js'),
    settings: () => import('./locales/de.settings.js'),
  },
  'en-XA': {
    cases: () => import('./locales/en-XA.cases.js'),
    inboxes: () => import('./locales/en-XA.inboxes.js'),
    settings: () => import('./locales/en-XA.settings.js'),
  },
  es: {
    cases: () => import('./locales/es.cases.js'),
    inboxes: () => import('./locales/es.inboxes.js'),
    settings: () => import('./locales/es.settings.js'),
  },
  fr: {
    cases: () => import('./locales/fr.cases.js'),
    inboxes: () => import('./locales/fr.inboxes.js'),
    settings: () => import('./locales/fr.settings.js'),
  },
  it: {
    cases: () => import('./locales/it.cases.js'),
    inboxes: () => import('./locales/it.inboxes.js'),
    settings: () => import('./locales/it.settings.js'),
  },
};
