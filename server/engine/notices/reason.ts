const LONGEST = 300;

/** What the other side said, as it is kept: in one line, and not without end. */
export function plainReason(said: string): string {
  const line = said.replace(/[\0-\x1f\x7f]+/g, ' ').trim();
  return line === '' ? 'unknown' : line.slice(0, LONGEST);
}
