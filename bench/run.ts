// Measures what the README claims, prints a table and writes it as JSON.
//   npm run bench                every measurement
//   npm run bench -- http sdk    only these
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { availableParallelism, totalmem } from 'node:os';
import { join } from 'node:path';

import { browser } from './browser.js';
import { events } from './events.js';
import { http } from './http.js';
import { sdk } from './sdk.js';
import type { Figure } from './support/measure.js';

const root = join(import.meta.dirname, '..');
const measurements = { http, sdk, events, browser };
type Name = keyof typeof measurements;

/** What one run wrote down. */
interface Report {
  readonly date: string;
  readonly machine: string;
  readonly figures: Partial<Record<Name, readonly Figure[]>>;
}

async function main(names: readonly string[]): Promise<void> {
  const unknown = names.filter((name) => !Object.hasOwn(measurements, name));
  if (unknown.length > 0) {
    console.error(`There is no ${unknown.join(', ')}: there are ${Object.keys(measurements).join(', ')}.`);
    process.exitCode = 2;
    return;
  }
  const file = join(root, 'bench/results.json');
  const earlier = await readFile(file, 'utf8').then(
    (text) => (JSON.parse(text) as Report).figures,
    () => ({}),
  );
  const figures: Partial<Record<Name, readonly Figure[]>> = { ...earlier };
  for (const name of (names.length > 0 ? names : Object.keys(measurements)) as Name[]) {
    console.log(`${name}:`);
    figures[name] = await measurements[name]();
  }
  const report: Report = {
    date: new Date().toISOString().slice(0, 10),
    machine: `${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`,
    figures,
  };
  await mkdir(join(root, 'bench'), { recursive: true });
  await writeFile(file, `${JSON.stringify(report, undefined, 2)}\n`);
  console.log(`\n${table(report)}`);
}

/** The table as it stands in the README. */
function table({ date, machine, figures }: Report): string {
  const rows = Object.values(figures)
    .flat()
    .map(({ area, what, value, unit, ratio, against }) => {
      const compared = ratio === undefined ? '' : `${ratio.toFixed(2)} × ${against}`;
      return `| ${area} | ${what} | ${shown(value, unit)} | ${compared} |`;
    });
  return [`${date}, ${machine}`, '', '| | | | |', '| --- | --- | ---: | --- |', ...rows].join('\n');
}

function shown(value: number, unit: Figure['unit']): string {
  const digits = value < 10 ? 2 : value < 100 ? 1 : 0;
  const number = value.toLocaleString('en', {
    maximumFractionDigits: unit === 'nodes' || unit === 'lost' ? 0 : digits,
  });
  return unit === 'lost' || unit === 'nodes' ? number : `${number} ${unit}`;
}

await main(process.argv.slice(2));
