import type { PartMessages } from '../localization.messages.js';
import { strange } from '../localization.pseudo.js';
import { messages as english } from './en.settings.js';

/** What the elements say in the pseudo-locale, for tests and stories. */
export const messages = strange(english) as PartMessages<'settings'>;
