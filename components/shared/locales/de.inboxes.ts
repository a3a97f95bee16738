import type { PartMessages } from '../localization.messages.js';

/** What the elements say in German. */
export const messages: PartMessages<'inboxes'> = {};
