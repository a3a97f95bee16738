import type { PartMessages } from '../localization.messages.js';

/** What the elements say in Spanish. */
export const messages: PartMessages<'inboxes'> = {};
