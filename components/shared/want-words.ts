import type { WordsPart } from './localization.messages.js';
import { wordsInUse } from './localization.js';
import { wantedParts } from './wanted-parts.js';

/**
 * Asks for words that not every page needs, in whatever locale is in use now and later. A part of an element that is
 * fetched waits for its words too, so that nobody sees English first; they never keep it from being shown.
 */
export async function wantWords(part: WordsPart): Promise<void> {
  const more = !wantedParts.has(part);
  wantedParts.add(part);
  await wordsInUse(more);
}
