import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import pg from 'pg';

import { startEmbeddedPostgres } from '../../server/embedded/embedded-postgres.js';

/** A real PostgreSQL with a folder of its own, which goes with it. */
export interface TestPostgres {
  readonly url: string;
  stop(): Promise<void>;
}

/** What a killed process has written is kept all the same; a power cut ends the tests, too. */
async function writeBehind(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const setting of ['synchronous_commit', 'fsync', 'full_page_writes'])
    await client.query(`alter system set ${setting} = off`);
  await client.query('select pg_reload_conf()');
  await client.end();
}

/** Starts a real PostgreSQL for as long as tests run. */
export async function startTestPostgres(): Promise<TestPostgres> {
  const folder = await mkdtemp(join(tmpdir(), 'casement-test-'));
  // As root the database runs as another user, who passes through here.
  await chmod(folder, 0o711);
  const postgres = await startEmbeddedPostgres(folder);
  await writeBehind(postgres.url);
  return {
    url: postgres.url,
    async stop() {
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
