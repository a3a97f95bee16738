import type { WordsPart } from './localization.messages.js';

/** The parts of the words that the elements of this page need. */
export const wantedParts = new Set<WordsPart>(['cases']);
