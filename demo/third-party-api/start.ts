#!/usr/bin/env node
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';

import { readConfig } from '../../server/cli/config.js';
import { openHttpServer } from '../../server/cli/http-server.js';
import { untilTold } from '../../server/cli/signals.js';
import { PlainError } from '../../server/embedded/plain-error.js';
import { openDemo } from '../open-demo.js';
import { larkwellTickets } from './larkwell.js';
import { createTicketsApi } from './tickets-api.js';

const mapping = fileURLToPath(new URL('tickets.mapping.json', import.meta.url));

/** Starts a ticket system of somebody else's, and the pages of Larkwell Fibre on it: no database is opened. */
async function start(): Promise<void> {
  const key = randomBytes(24).toString('base64url');
  const tickets = createTicketsApi({ data: larkwellTickets(new Date()), key });
  const api = await openHttpServer(tickets.fetch, { port: 0, host: '127.0.0.1' }, readConfig({}));
  const environment = {
    ...process.env,
    PIGEONHOLE_URL: `http://127.0.0.1:${api.port}/v2`,
    PIGEONHOLE_KEY: key,
    CASEMENT_BACKEND: 'mapped-rest',
    CASEMENT_BACKEND_CONFIG: mapping,
  };
  const server = await openDemo(readConfig(environment));
  console.log(
    [
      '',
      'Larkwell Fibre keeps its cases in Pigeonhole, a ticket system that knows nothing of Casement:',
      '',
      `  ${server.url}/account    a customer's account with its open cases, unchanged`,
      `  ${server.url}/cases      all cases, the list beside the detail`,
      `  ${server.url}/portal     what a customer sees`,
      '',
      `The cases are in ${server.where}, in memory. The mapping is ${mapping}.`,
      'Ctrl-C stops both.',
    ].join('\n'),
  );
  await untilTold();
  await server.stop();
  await api.drain(1_000);
}

try {
  await start();
} catch (error) {
  console.error(error instanceof PlainError ? error.message : error);
  process.exitCode = 1;
}
