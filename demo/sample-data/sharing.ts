import { randomUUID } from 'node:crypto';

import type { Engine } from '../../server/engine/engine.js';
import type { NewGrantee } from '../../src/contract/grants.js';
import { actorOf } from './acting.js';

/** Who shared what with whom; found by its subject. */
const shares: readonly { readonly by: string; readonly subject: string; readonly with: NewGrantee }[] = [
  {
    by: 'marisol-vega',
    subject: 'Collective invoice for both shops',
    with: { kind: 'person', id: 'daniel-vega' },
  },
  {
    by: 'nadia-brandt',
    subject: 'Charged twice in October',
    with: { kind: 'department', id: 'technical', level: 'restricted' },
  },
];

/** Switches sharing between departments on, and shares what Larkwell's people have shared so far. */
export async function shareSamples(engine: Engine, tenant: string): Promise<void> {
  const context = { actor: actorOf('ada-whitlock', tenant) };
  const { version } = await engine.getSettings(context);
  await engine.updateSettings(
    {
      sharing: {
        departmentRoles: ['customer-service', 'system-administrator'],
        organisations: true,
        receipts: { enabled: true },
      },
    },
    { ...context, version },
  );
  for (const { by, subject, with: grantee } of shares) {
    const actor = actorOf(by, tenant);
    const { items } = await engine.listCases({ q: subject, limit: 1 }, { actor });
    if (!items[0]) continue;
    await engine.createGrants(
      items[0].id,
      { grantees: [grantee] },
      { actor, idempotencyKey: randomUUID(), fingerprint: subject },
    );
  }
}
