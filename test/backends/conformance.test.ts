import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { createShoebox } from '../../demo/own-backend/shoebox.js';
import { larkwellTickets } from '../../demo/third-party-api/larkwell.js';
import { createTicketsApi } from '../../demo/third-party-api/tickets-api.js';
import { createApp } from '../../server/app.js';
import { chooseBackend } from '../../server/backends/open-backend.js';
import { jwtAuthenticator } from '../../server/middleware/authenticate.js';
import type { TokenClaims } from '../../server/sign-token.js';
import { testSecret, tokenFor } from '../support/app.js';
import { askedOf, failuresOf, skipsOf } from '../support/conformance.js';
import { aTrackerWorld } from '../support/request-tracker-world.js';

describe('the contract, within what is declared', { timeout: 300_000 }, () => {
  it('is kept by Request Tracker', async () => {
    const { app, as, agent1, agent2, engineer1, aCustomer } = await aTrackerWorld();
    const [customer, otherCustomer] = [await aCustomer(), await aCustomer()];
    const administrator = await as({
      sub: 'person_agent2',
      email: agent2.email,
      roles: ['system-administrator'],
    });
    const askers = {
      agent: agent1.caller,
      administrator,
      customer: customer.caller,
      'other-customer': otherCustomer.caller,
      'other-department': engineer1.caller,
    };
    const results = await askedOf(app, askers, {
      customer: customer.user,
      otherCustomer: otherCustomer.user,
      patience: 5_000,
    });
    expect(failuresOf(results)).toEqual([]);
    expect(skipsOf(results)).toMatchObject({ 'events.delivered': 'not declared: events' });
  });

  it('is kept by an API that was not made for it, through its mapping', async () => {
    const { app, as } = await aPigeonhole();
    const [agent, administrator, customer, otherCustomer] = await Promise.all([
      as('nadia-brandt@larkwell.example', { roles: ['customer-service'] }),
      as('ada-whitlock@larkwell.example', { roles: ['system-administrator'] }),
      as('eleanor-finch@example.org', { kind: 'customer', customer: 'c-1018' }),
      as('rafael-costa@example.org', { kind: 'customer', customer: 'c-1033' }),
    ]);
    const askers = { agent, administrator, customer, 'other-customer': otherCustomer };
    const results = await askedOf(app, askers, { patience: 5_000 });
    expect(failuresOf(results)).toEqual([]);
    expect(skipsOf(results)).toMatchObject({ 'events.delivered': 'not declared: events' });
  });

  it('is kept by the smallest adapter there can be, which is read alone', async () => {
    const written = (no: number) => new Date(Date.UTC(2026, 0, no)).toISOString();
    const slips = Array.from({ length: 9 }, (_, place) => ({
      no: place + 1,
      account: place % 2 === 0 ? 'c-1' : 'c-2',
      title: `Slip ${place + 1}`,
      done: place > 6,
      written: written(place + 1),
      remarks: [
        { no: 1, text: 'Said to them.', secret: false },
        { no: 2, text: 'Said among us.', secret: true },
      ],
    }));
    const backend = createShoebox(slips);
    const app = createApp({ backend, authenticate: jwtAuthenticator({ secret: testSecret }) });
    const tenant = 'default';
    const sign = async (claims: Omit<TokenClaims, 'tenant'>) => ({
      token: await tokenFor({ tenant, ...claims }),
    });
    const results = await askedOf(app, {
      agent: await sign({ sub: 'ann', kind: 'agent', roles: ['customer-service'] }),
      customer: await sign({ sub: 'cara', kind: 'customer', customer: 'c-1' }),
      'other-customer': await sign({ sub: 'otto', kind: 'customer', customer: 'c-2' }),
    });
    expect(failuresOf(results)).toEqual([]);
    const passed = results.filter(({ outcome }) => outcome === 'passed').map(({ id }) => id);
    for (const id of [
      ...['reads.getCase', 'reads.listNotes', 'reads.version', 'errors.unknown-ids', 'filters.customer'],
      ...['paging.to-the-end', 'paging.limit', 'paging.cursor', 'totals.cases'],
      ...['leaks.list', 'leaks.read', 'leaks.total', 'internal.notes', 'internal.timeline', 'internal.case'],
    ])
      expect(passed).toContain(id);
    expect(skipsOf(results)).toMatchObject({
      'cases.create': 'not declared: createCases',
      'versions.stale': 'not declared: createCases, editCases, versions',
      'views.private': '--without administrator',
    });
  });
});

/** The worked example of the demonstration, without a port. */
async function aPigeonhole() {
  const name = 'tickets.mapping.json';
  const text = await readFile(join(import.meta.dirname, '../../demo/third-party-api', name), 'utf8');
  const api = createTicketsApi({ data: larkwellTickets(new Date()), key: 'the key' });
  const environment: Record<string, string> = {
    PIGEONHOLE_URL: 'http://pigeonhole.test/v2',
    PIGEONHOLE_KEY: 'the key',
  };
  const choice = await chooseBackend(
    { kind: 'mapped-rest', name, text, at: [] },
    {
      secrets: { env: (variable) => environment[variable], file: () => undefined },
      fetch: async (input, init) => api.fetch(new Request(input, init)),
    },
  );
  const app = createApp({ backend: choice.open(), authenticate: jwtAuthenticator({ secret: testSecret }) });
  return {
    app,
    as: async (email: string, claims: Partial<TokenClaims>) => {
      const sub = email.split('@')[0] ?? email;
      return { token: await tokenFor({ sub, tenant: 'default', kind: 'agent', email, ...claims }) };
    },
  };
}
