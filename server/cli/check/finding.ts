/** What one look at the surroundings found. */
export interface Finding {
  /** `wrong`: the server would not work; `look`: it works, and somebody should know. */
  readonly state: 'ok' | 'look' | 'wrong';
  readonly what: string;
  readonly words: string;
}

export const ok = (what: string, words: string): Finding => ({ state: 'ok', what, words });
export const look = (what: string, words: string): Finding => ({ state: 'look', what, words });
export const wrong = (what: string, words: string): Finding => ({ state: 'wrong', what, words });

/** The findings as a plain table. */
export function tableOf(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ what }) => what.length));
  return findings
    .map(({ state, what, words }) => {
      const [first = '', ...rest] = words.split('\n');
      const indent = ' '.repeat(width + 11);
      return [
        `  ${state.toUpperCase().padEnd(6)} ${what.padEnd(width)}  ${first}`,
        ...rest.map((line) => `${indent}${line.trim()}`),
      ].join('\n');
    })
    .join('\n');
}
