import { expect, it } from 'vitest';

import { allCases } from '../../server/cli/conformance/all-cases.js';
import type { Role } from '../../server/cli/conformance/roles.js';
import { runCases } from '../../server/cli/conformance/run.js';
import { World } from '../../server/cli/conformance/world.js';
import { tokenFor } from '../support/app.js';
import { aDeskScene } from '../support/fake-zoho-desk/scene.js';

it('Zoho Desk keeps the contract, as far as it declares to', async () => {
  const { app, agents } = await aDeskScene({ rememberSeconds: 60 });
  const people: Record<Role, Parameters<typeof tokenFor>[0]> = {
    agent: { sub: 'a', tenant: 't', kind: 'agent', email: agents.lea.emailId, roles: ['customer-service'] },
    administrator: {
      sub: 'b',
      tenant: 't',
      kind: 'agent',
      email: agents.chief.emailId,
      roles: ['system-administrator'],
    },
    customer: { sub: 'c', tenant: 't', kind: 'customer', email: 'cara@aldermill.example' },
    'other-customer': { sub: 'd', tenant: 't', kind: 'customer', email: 'eve@brook.example' },
    'co-worker': { sub: 'e', tenant: 't', kind: 'customer', email: 'dan@aldermill.example' },
    'other-department': {
      sub: 'f',
      tenant: 't',
      kind: 'agent',
      email: agents.ben.emailId,
      roles: ['customer-service'],
    },
  };
  const world = new World({
    wire: {
      baseUrl: 'http://gateway.example',
      fetch: async (input, init) => app.fetch(new Request(input, init)),
      timeout: 60_000,
    },
    tokenOf: (role) => tokenFor(people[role]),
    patience: 5_000,
  });
  const results = await runCases(allCases, world);
  const failed = results.filter(({ outcome }) => outcome === 'failed');
  expect(failed).toEqual([]);
  const passed = new Set(
    results.flatMap(({ id, outcome }) => (outcome === 'passed' ? [id.split('.')[0]] : [])),
  );
  expect([...passed].sort()).toEqual(
    [
      ...['attachments', 'bulk', 'cases', 'errors', 'export', 'filters', 'idempotency', 'internal', 'leaks'],
      ...[
        'notes',
        'paging',
        'reads',
        'session',
        'sharing',
        'sight',
        'status',
        'timeline',
        'totals',
        'versions',
      ],
    ].sort(),
  );
  const skipped = results.flatMap((one) => (one.outcome === 'skipped' ? [`${one.id}: ${one.reason}`] : []));
  for (const line of skipped)
    expect(line).toMatch(
      /declared|may keep no views|may have two winners|events|inboxes|projects|says that it has none/,
    );
});
