// Starts the pages of the demonstration on a case system that is not ours, and that system with it:
//   npm run start:on request-tracker        Request Tracker, as the tests have it in memory
//   npm run start:on zoho-desk              Zoho Desk, as the tests have it in memory
//   npm run start:on live-request-tracker   a Request Tracker of its own on this machine; on Debian it is installed first
// With ids of customers behind it, such as c-1018, it has their cases alone. The ticket system of `npm run start:third-party`
// is the third.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type * as demo from '../../../demo/open-demo.js';
import { people } from '../../../demo/sample-data/people.js';
import { readConfig } from '../../../server/cli/config.js';
import { untilTold } from '../../../server/cli/signals.js';
import { fillWithLarkwell } from '../../support/larkwell/fill.js';
import { vendors } from '../../support/larkwell/vendors.js';

// As it is built: the scripts of the pages are beside it.
const { openDemo } = (await import(
  new URL('../../../dist/demo/open-demo.js', import.meta.url).href
)) as typeof demo;

async function start(wanted = '', ...customers: readonly string[]): Promise<void> {
  const begin = Object.hasOwn(vendors, wanted) ? vendors[wanted] : undefined;
  if (!begin) throw new Error(`Name a case system: ${Object.keys(vendors).join(', ')}.`);
  const stopped = untilTold();
  const folder = await mkdtemp(join(tmpdir(), 'casement-on-'));
  const vendor = await begin();
  const { name, backend } = vendor;
  const config = readConfig(
    { CASEMENT_DATA: folder, ...process.env },
    { path: 'the demonstration', content: { backend }, text: JSON.stringify({ backend }, null, 2) },
  );
  const server = await openDemo(config, {
    customerIds: vendor.customers && Object.fromEntries(vendor.customers),
  });
  await fillWithLarkwell({
    ...vendor,
    baseUrl: server.url,
    tokenFor: (id) => server.sign({ ...claimsFor(id), tenant: 'default' }, '10m'),
    isWanted: ({ customerId }) => customers.length === 0 || customers.includes(customerId),
  });
  vendor.live();
  console.log(
    [
      '',
      `Larkwell Fibre keeps its cases in ${name}:`,
      '',
      `  ${server.url}/account    a customer's account with its open cases, unchanged`,
      `  ${server.url}/cases      all cases, the list beside the detail`,
      `  ${server.url}/desk       what waits, where there are inboxes`,
      `  ${server.url}/portal     what a customer sees`,
      '',
      'Ctrl-C stops both.',
    ].join('\n'),
  );
  await stopped;
  await server.stop();
  await vendor.stop();
  await rm(folder, { recursive: true, force: true });
}

/** Of everybody, also of whom the strip does not offer. */
function claimsFor(wanted: string) {
  const person = people.find(({ id }) => id === wanted);
  if (!person) throw new Error(`Nobody is called ${wanted}.`);
  const { id, name, email, kind, roles = [], customer } = person;
  return { sub: id, name, email, kind, roles: [...roles], ...(customer !== undefined && { customer }) };
}

await start(...process.argv.slice(2));
