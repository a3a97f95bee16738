import type { PartMessages } from '../localization.messages.js';

/** What the elements say in Italian. */
export const messages: PartMessages<'inboxes'> = {};
