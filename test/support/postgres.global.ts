import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { TestProject } from 'vitest/node';

import { startEmbeddedPostgres } from '../../server/embedded/embedded-postgres.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Connection string of the PostgreSQL that serves the tests. */
    databaseUrl: string;
  }
}

/** A real PostgreSQL for as long as the tests run. */
export default async function startDatabase(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'casement-test-'));
  // As root the database runs as another user, who passes through here.
  await chmod(folder, 0o711);
  const postgres = await startEmbeddedPostgres(folder);
  project.provide('databaseUrl', postgres.url);
  return async () => {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
