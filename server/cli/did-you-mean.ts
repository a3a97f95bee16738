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

/** How many letters have to be put in, left out, changed, or swapped with the next one. */
function distance(one: string, other: string): number {
  let before: number[] = [];
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const changed = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      const swaps = one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      const swapped = i > 1 && j > 1 && swaps ? (before[j - 2] ?? 0) + 1 : Infinity;
      next.push(Math.min(changed, swapped, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    [before, row] = [row, next];
  }
  return row[other.length] ?? 0;
}
