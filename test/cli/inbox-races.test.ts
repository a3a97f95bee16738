import pg from 'pg';
import { afterAll, beforeAll, describe, inject, it } from 'vitest';

import { createFolderStore } from '../../server/attachments/folder-store.js';
import { createEngine, type Engine } from '../../server/engine/engine.js';
import { openPostgres } from '../../server/engine/sql/postgres.js';
import type { Database } from '../../server/engine/sql/database.js';
import { testSecret } from '../support/app.js';
import { aDataFolder, serve, type ServerProcess } from '../support/casement-program.js';
import { allRights, anInbox, setInboxRules } from '../support/inbox-desk.js';
import { aRacer, race, raceKinds, raceRounds, type Racer, type Track } from '../support/inbox-races.js';
import { sampleTenant, type SamplePerson } from '../support/sample-tenant.js';

let folder: Awaited<ReturnType<typeof aDataFolder>>;
let servers: ServerProcess[];
let database: Database;
let engine: Engine;
let track: Track;

function at({ url }: ServerProcess, who: SamplePerson): Promise<Racer> {
  return aRacer('shared', who, (asked) => fetch(new URL(asked.url.replace('http://test.local', url)), asked));
}

// Programs are started here: on a busy machine that takes its time.
describe('two processes on one PostgreSQL', { timeout: 6 * 3_600_000 }, () => {
  beforeAll(async () => {
    folder = await aDataFolder();
    const name = `race_${crypto.randomUUID().replaceAll('-', '')}`;
    const url = new URL(inject('databaseUrl'));
    const admin = new pg.Client({ connectionString: url.href });
    await admin.connect();
    await admin.query(`create database ${name}`);
    await admin.end();
    url.pathname = `/${name}`;
    // The races make more requests a minute than any person does.
    const limits = { CASEMENT_LIMIT_READS: '1000000', CASEMENT_LIMIT_WRITES: '1000000' };
    const environment = { DATABASE_URL: url.href, CASEMENT_JWT_SECRET: testSecret, ...limits };
    servers = await Promise.all([serve(folder.path, environment), serve(folder.path, environment)]);
    database = openPostgres(url.href);
    engine = await createEngine({ database, attachments: createFolderStore(folder.path) });
    await engine.seed('shared', sampleTenant);
    track = await aTrack();
  }, 180_000);

  afterAll(async () => {
    await engine.dispose();
    for (const { child, ended } of servers) {
      child.kill('SIGKILL');
      await ended;
    }
    await folder.remove();
  });

  async function aTrack(): Promise<Track> {
    const [first, second] = servers as [ServerProcess, ServerProcess];
    const { caller: administrator } = await at(first, 'administrator');
    const who: SamplePerson[] = ['finance', 'agent', 'otherAgent', 'technician'];
    const racers = await Promise.all(
      who.map((person, index) => at(index % 2 === 0 ? first : second, person)),
    );
    const tenant = { administrator };
    await setInboxRules(tenant, { requireOwnership: false });
    const members = Object.fromEntries(racers.map(({ id }) => [id, allRights]));
    return {
      tenantId: 'shared',
      db: database.db,
      administrator,
      racers,
      putters: racers.slice(1),
      inbox: await anInbox(tenant, 'Race', members),
      elsewhere: [
        await anInbox(tenant, 'Beyond'),
        await anInbox(tenant, 'Known to some', { person_otto: allRights, person_mara: ['read'] }),
      ],
    };
  }

  // Every round has its turn in the cycles of three and of four in which the races vary.
  const rounds = raceRounds(12);

  it.each(raceKinds)(
    `IB-07 IB-09 IB-18 IB-25 let one of many win in each of ${rounds} rounds, whichever they ask: %s`,
    async (kind) => {
      for (let round = 0; round < rounds; round += 1) await race(track, kind, round);
    },
  );
});
