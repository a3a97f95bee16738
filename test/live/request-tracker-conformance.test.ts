import { expect, test } from 'vitest';

import { allCases } from '../../server/cli/conformance/all-cases.js';
import { lineOf } from '../../server/cli/conformance/report.js';
import type { Role } from '../../server/cli/conformance/roles.js';
import { runCases } from '../../server/cli/conformance/run.js';
import { World } from '../../server/cli/conformance/world.js';
import { aTrackerWorld, liveUrl } from '../support/request-tracker-world.js';

test('a live Request Tracker keeps the contract within what is declared', async () => {
  expect(liveUrl).toBeDefined();
  const { app, as, seen, agent1, agent2, engineer1, aCustomer } = await aTrackerWorld({
    // A page of a hundred tickets takes it long on a machine that does other things.
    timeoutMs: 60_000,
  });
  const [customer, other] = [await aCustomer(), await aCustomer()];
  const roles = ['system-administrator'];
  const administrator = await as({ sub: 'person_agent2', email: agent2.email, roles });
  const tokens: Partial<Record<Role, string>> = {
    agent: agent1.caller.token,
    administrator: administrator.token,
    customer: customer.caller.token,
    'other-customer': other.caller.token,
    'other-department': engineer1.caller.token,
  };
  const world = new World({
    wire: {
      baseUrl: 'http://gateway.test',
      fetch: async (input: RequestInfo | URL, init?: RequestInit) => app.fetch(new Request(input, init)),
      timeout: 120_000,
    },
    tokenOf: (role) => Promise.resolve(tokens[role] ?? ''),
    without: ['co-worker'],
    customer: customer.user,
    otherCustomer: other.user,
    patience: 5_000,
  });
  const results = await runCases(allCases, world, (result) => console.log(lineOf(result, 40)));
  expect(results.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
  // To sign in costs a password hash, which is slow by design: once for each person, and for no other request.
  const signIns = seen.filter(({ path }) => path.endsWith('/NoAuth/Login.html'));
  console.log(`${seen.length} requests to Request Tracker; ${signIns.length} of them signed somebody in.`);
  expect(signIns.length).toBeLessThanOrEqual(Object.keys(tokens).length);
  expect(seen.filter(({ headers }) => headers.has('authorization'))).toEqual([]);
});
