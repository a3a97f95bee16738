#!/usr/bin/env node
import { access, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { readConfig, type Config } from '../server/cli/config.js';
import type { MountTools } from '../server/cli/serve.js';
import { untilTold } from '../server/cli/signals.js';
import { PlainError } from '../server/embedded/plain-error.js';
import { cast } from './cast.js';
import { openDemo, tenant } from './open-demo.js';

/** Starts the server with the pages of Larkwell Fibre on the same port, and loads their cases at the first start. */
async function start(options: readonly string[]): Promise<void> {
  const unknown = options.filter((option) => option !== '--empty');
  if (unknown.length > 0) throw new PlainError(`npm start takes --empty alone, not ${unknown.join(' ')}.`);
  const config = readConfig(process.env);
  const server = await openDemo(config, {
    notice: (text) => console.log(text),
    prepare: (tools) => loadSampleData(config, tools, options.includes('--empty')),
  });
  // Before the welcome: whoever reads it may stop us at once, and the database would go on.
  const stopped = untilTold();
  console.log(welcome(server.url, server.where));
  await stopped;
  await server.stop();
}

/** Once per data folder, so that what has been done with the cases since stays. */
async function loadSampleData(config: Config, { engine }: MountTools, empty: boolean): Promise<void> {
  const mark = join(config.dataFolder, 'first-start');
  const started = await access(mark).then(
    () => true,
    () => false,
  );
  if (started || !engine) return;
  const { sampleData } = await import('./sample-data/sample-data.js');
  // Empty of cases: without accounts nobody could add one.
  const now = new Date();
  const { cases = [], ...accounts } = sampleData(now);
  await engine.seed(tenant, empty ? accounts : { ...accounts, cases });
  const { shareSamples } = await import('./sample-data/sharing.js');
  await shareSamples(engine, tenant);
  const { fillInboxes } = await import('./sample-data/inboxes.js');
  await fillInboxes(engine, tenant, now);
  await writeFile(mark, `${new Date().toISOString()}${empty ? ' empty' : ''}\n`);
}

function welcome(url: string, where: string): string {
  const people = cast.map(({ name, note }) => `  ${name.padEnd(16)} ${note}`);
  return [
    '',
    'Larkwell Fibre, an invented company with Casement on its pages, is open:',
    '',
    `  ${url}/desk       what waits in the inboxes, for Lena Moss of Finance (React)`,
    `  ${url}/account    a customer's account with its open cases (plain HTML)`,
    `  ${url}/cases      all cases, the list beside the detail`,
    `  ${url}/settings   the lists and switches, for Ada Whitlock, the administrator`,
    `  ${url}/portal     what a customer sees, on a phone too (Vue)`,
    '',
    'The strip at the top of each page signs you in as one of these, another one in each tab:',
    '',
    ...people,
    '',
    `The data is in ${where}. Ctrl-C stops the server.`,
  ].join('\n');
}

try {
  await start(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof PlainError ? error.message : error);
  process.exitCode = 1;
}
