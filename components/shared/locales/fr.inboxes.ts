import type { PartMessages } from '../localization.messages.js';

/** What the elements say in French. */
export const messages: PartMessages<'inboxes'> = {};
