#!/usr/bin/env node
import { access, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { readConfig, type Config } from '../server/cli/config.js';
import { startServer, type MountTools } from '../server/cli/serve.js';
import { untilTold } from '../server/cli/signals.js';
import { PlainError } from '../server/embedded/plain-error.js';
import { BillingLedger } from './billing.js';
import { cast } from './cast.js';
import { larkwellPages } from './host.js';

const tenant = 'default';

/** Starts the server with the pages of Larkwell Fibre on the same port, and loads their cases at the first start. */
async function start(options: readonly string[]): Promise<void> {
  const unknown = options.filter((option) => option !== '--empty');
  if (unknown.length > 0) throw new PlainError(`npm start takes --empty alone, not ${unknown.join(' ')}.`);
  // The pages hand a token to whoever asks, so they answer on this machine only and sign with their own secret.
  const config = { ...readConfig(process.env), host: '127.0.0.1', jwksUrl: undefined };
  const server = await startServer({
    ...config,
    notice: (text) => console.log(text),
    async mount(app, tools) {
      await loadSampleData(config, tools, options.includes('--empty'));
      app.route(
        '/',
        larkwellPages({
          ledger: await BillingLedger.open(join(config.dataFolder, 'larkwell-billing.json')),
          sign: (claims) => tools.sign({ ...claims, tenant }, '10m'),
          stopping: tools.stopping,
        }),
      );
    },
  });
  console.log(welcome(server.url, server.where));
  await untilTold();
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
