import { countsOf } from './report.js';
import type { Result } from './run.js';

/** The results as a JUnit file, a suite for each group of cases. */
export function junitOf(results: readonly Result[], baseUrl: string): string {
  const groups = new Map<string, Result[]>();
  for (const result of results) {
    const group = result.id.split('.')[0] ?? '';
    groups.set(group, [...(groups.get(group) ?? []), result]);
  }
  const suites = [...groups].map(([group, members]) => suiteOf(group, members, baseUrl));
  const whole = element('testsuites', { name: 'casement conformance', ...numbers(results) }, suites);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${whole}`;
}

function suiteOf(group: string, results: readonly Result[], baseUrl: string): string {
  const { skipped, ...rest } = numbers(results);
  return element(
    'testsuite',
    { name: group, hostname: baseUrl, ...rest, skipped },
    results.map((result) => caseOf(group, result)),
  );
}

function caseOf(group: string, result: Result): string {
  const { id, title, seconds } = result;
  const attributes = { classname: group, name: `${id}: ${title}`, time: seconds.toFixed(3) };
  if (result.outcome === 'skipped')
    return element('testcase', attributes, [element('skipped', { message: result.reason }, [])]);
  if (result.outcome === 'passed') return element('testcase', attributes, []);
  const { asked, came, says } = result;
  const words = escaped(`asked: ${asked}\ncame: ${came}\ncontract: ${says}`);
  return element('testcase', attributes, [
    element('failure', { message: says, type: 'conformance' }, [words]),
  ]);
}

function numbers(results: readonly Result[]) {
  const { failed, skipped } = countsOf(results);
  const time = results.reduce((sum, { seconds }) => sum + seconds, 0).toFixed(3);
  return { tests: results.length, failures: failed, errors: 0, skipped, time };
}

function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  content: readonly string[],
): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(String(value))}"`);
  const start = `<${name}${written.join('')}`;
  return content.length === 0 ? `${start}/>\n` : `${start}>\n${content.join('')}</${name}>\n`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
};

/** Text that XML can hold: what it can not, such as control characters, is shown as a question mark. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '?')
    .replace(/[&<>"\n]/g, (character) => entities[character] ?? character);
}
