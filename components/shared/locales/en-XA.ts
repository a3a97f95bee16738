// Written by `npm run localize`: the words are in the parts.
import type { CaseMessages } from '../localization.messages.js';
import { messages as cases } from './en-XA.cases.js';
import { messages as inboxes } from './en-XA.inboxes.js';
import { messages as settings } from './en-XA.settings.js';

/** All that the elements say, of every part. */
export const messages: CaseMessages = { ...cases, ...inboxes, ...settings };
