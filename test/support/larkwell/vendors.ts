import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { getRequestListener } from '@hono/node-server';

import { startRequestTracker } from '../../live/request-tracker/start.mjs';
import { createFakeRequestTracker } from '../fake-request-tracker/fake.js';
import { createFakeZohoDesk } from '../fake-zoho-desk/fake-zoho-desk.js';
import { createVendorClock } from './clock.js';
import type { Place } from './fill.js';
import { addLarkwellPeople, larkwellTrackerOptions } from './request-tracker.js';
import { larkwellDesk } from './zoho-desk.js';

/** A case system on a port of its own, with Larkwell's people and no cases yet. */
export interface Vendor extends Omit<Place, 'baseUrl' | 'fetch' | 'tokenFor'> {
  readonly name: string;
  /** As `backend` stands in `casement.config.json`. */
  readonly backend: { readonly kind: string };
  /** From now on it is as late there as it is. */
  readonly live: () => void;
  readonly stop: () => Promise<void>;
}

/** The case systems that are started for a test or to be looked at. */
export const vendors: Readonly<Record<string, () => Promise<Vendor>>> = {
  async 'request-tracker'() {
    const clock = createVendorClock();
    const tracker = createFakeRequestTracker(clock.now);
    const { url, stop } = await listen((request) => tracker.fetch(request));
    return {
      ...clock,
      name: 'Request Tracker, as the tests have it in memory',
      backend: { kind: 'request-tracker', ...larkwellTrackerOptions(url) },
      departments: await addLarkwellPeople(url, fetch),
      stop,
    };
  },

  async 'zoho-desk'() {
    const clock = createVendorClock();
    const { world, options, customers, people, departments } = larkwellDesk(clock.now);
    const desk = createFakeZohoDesk(world);
    const { url, stop } = await listen((request) => desk.app.fetch(request));
    const backend = { kind: 'zoho-desk', ...options, baseUrl: `${url}/api/v1`, accountsUrl: url };
    return {
      ...clock,
      name: 'Zoho Desk, as the tests have it in memory',
      backend,
      customers,
      people,
      departments,
      stop,
    };
  },

  async 'live-request-tracker'() {
    const [port, databasePort] = [await freePort(), await freePort()];
    const { url, stop } = await startRequestTracker({ port, databasePort });
    return {
      name: `a Request Tracker at ${url} (root, password)`,
      backend: { kind: 'request-tracker', ...larkwellTrackerOptions(url) },
      departments: await addLarkwellPeople(url, fetch),
      live: () => undefined,
      stop,
    };
  },
};

async function listen(answer: (request: Request) => Response | Promise<Response>) {
  const listener = getRequestListener(answer);
  const server = createServer((request, response) => void listener(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function freePort(): Promise<number> {
  const { url, stop } = await listen(() => new Response());
  await stop();
  return Number(new URL(url).port);
}
