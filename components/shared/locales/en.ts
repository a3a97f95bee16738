// Written by `npm run localize`: the words are in the parts.
import { messages as cases } from './en.cases.js';
import { messages as inboxes } from './en.inboxes.js';
import { messages as settings } from './en.settings.js';

/** All that the elements say, of every part. */
export const messages = { ...cases, ...inboxes, ...settings };
