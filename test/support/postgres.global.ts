import type { TestProject } from 'vitest/node';

import { startTestPostgres } from './test-postgres.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Connection string of the PostgreSQL that serves the tests. */
    databaseUrl: string;
  }
}

/** A real PostgreSQL for as long as the tests run. */
export default async function startDatabase(project: TestProject): Promise<() => Promise<void>> {
  const postgres = await startTestPostgres();
  project.provide('databaseUrl', postgres.url);
  return () => postgres.stop();
}
