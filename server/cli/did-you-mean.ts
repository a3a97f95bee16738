/** The known word that a mistyped one was probably meant to be. */
export function didYouMean(given: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  // One slip in three letters is a slip; more is another word.
  let least = Math.max(1, Math.floor(given.length / 3)) + 1;
  for (const word of known) {
    const slips = distance(given.toLowerCase(), word.toLowerCase());
    if (slips < least) [best, least] = [word, slips];
  }
  return best;
}

/** How many letters have to be put in, left out or changed. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const changed = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
