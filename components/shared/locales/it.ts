// Written by `npm run localize`: the words are in the parts.
import type { CaseMessages } from '../localization.messages.js';
import { messages as cases } from './it.cases.js';
import { messages as inboxes } from './it.inboxes.js';
import { messages as settings } from './it.settings.js';

/** All that the elements say, of every part. */
export const messages: CaseMessages = { ...cases, ...inboxes, ...settings };
