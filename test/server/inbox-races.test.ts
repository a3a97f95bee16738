import { afterAll, beforeAll, describe, it } from 'vitest';

import type { Database } from '../../server/engine/sql/database.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { openTestDatabase } from '../support/database.js';
import { allRights, anInbox, aDesk, setInboxRules } from '../support/inbox-desk.js';
import { aRacer, race, raceKinds, raceRounds, type Track } from '../support/inbox-races.js';
import type { SamplePerson } from '../support/sample-tenant.js';

// PGlite has one connection: there is no race, and every round goes like the twelfth before it.
const rounds = process.env['CASEMENT_TEST_ENGINE'] === 'pglite' ? 12 : 30;

let database: Database;
let world: TestApp;
let track: Track;

beforeAll(async () => {
  database = await openTestDatabase();
  world = await createTestApp(database);
  const { tenant } = await aDesk(world);
  // Nobody has to take before they complete: else there would be no race for the end.
  await setInboxRules(tenant, { requireOwnership: false });
  const racer = (who: SamplePerson) => aRacer(tenant.id, who, (request) => world.app.fetch(request));
  const who: SamplePerson[] = ['finance', 'agent', 'otherAgent', 'technician'];
  const racers = await Promise.all(who.map(racer));
  const members = Object.fromEntries(racers.map(({ id }) => [id, allRights]));
  track = {
    tenantId: tenant.id,
    db: database.db,
    administrator: (await racer('administrator')).caller,
    racers,
    putters: racers.slice(1),
    inbox: await anInbox(tenant, 'Race', members),
    elsewhere: [
      await anInbox(tenant, 'Beyond'),
      await anInbox(tenant, 'Known to some', { person_otto: allRights, person_mara: ['read'] }),
    ],
  };
});
afterAll(() => world.dispose());

describe('many who press at once', () => {
  it.each(raceKinds)(
    'IB-07 IB-09 IB-18 IB-25 have one winner, and the others are told who: %s',
    async (kind) => {
      for (let round = 0; round < raceRounds(rounds); round += 1) await race(track, kind, round);
    },
    6 * 3_600_000,
  );
});
