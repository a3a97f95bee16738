import type { PartMessages } from '../localization.messages.js';

// Names and other texts of people stand between U+2068 and U+2069, so that they keep their own direction.

/** What the elements say in Arabic. */
export const messages: PartMessages<'inboxes'> = {};
