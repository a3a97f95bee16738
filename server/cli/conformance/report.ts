import type { Result } from './run.js';

/** How many of each outcome. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export function countsOf(results: readonly Result[]): Counts {
  const of = (outcome: Result['outcome']) => results.filter((result) => result.outcome === outcome).length;
  return { passed: of('passed'), failed: of('failed'), skipped: of('skipped') };
}

/** One line of the table, with what went wrong below it. `width` is that of the longest id. */
export function lineOf(result: Result, width: number): string {
  const { id, title, outcome } = result;
  const why = outcome === 'skipped' ? ` (${result.reason})` : '';
  const line = `  ${outcome.toUpperCase().padEnd(7)}  ${id.padEnd(width)}  ${title}${why}`;
  if (result.outcome !== 'failed') return line;
  const { asked, came, says } = result;
  const rows = [
    ['asked', asked],
    ['came', came],
    ['contract', says],
  ] as const;
  const shown = rows.filter(([, text]) => text !== '');
  return [line, ...shown.map(([name, text]) => `           ${name.padEnd(9)}${indented(text)}`)].join('\n');
}

function indented(text: string): string {
  return text.trim().replaceAll('\n', `\n${' '.repeat(20)}`);
}

/** What stands below the table. */
export function summaryOf(results: readonly Result[]): string {
  const { passed, failed, skipped } = countsOf(results);
  const seconds = results.reduce((sum, result) => sum + result.seconds, 0);
  return `${passed} passed, ${failed} failed, ${skipped} skipped in ${seconds.toFixed(1)} s`;
}
