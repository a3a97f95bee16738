import { defineConfig, type Plugin } from 'vitest/config';

// Starting a database takes seconds. One process that keeps its modules from file to file starts it once.
const oneProcess = { pool: 'forks', isolate: false, fileParallelism: false } as const;

// Vitest's module runner lacks this part of Node, by which the server finds the binaries of PostgreSQL.
const importMetaResolve: Plugin = {
  name: 'import-meta-resolve',
  enforce: 'pre',
  transform(code) {
    const call = /import\.meta\.resolve\('([^'.]+)'\)/g;
    if (!call.test(code)) return undefined;
    return code.replace(call, (_, name: string) => JSON.stringify(import.meta.resolve(name)));
  },
};

const database = 'test/support/postgres.global.ts';

export default defineConfig({
  plugins: [importMetaResolve],
  test: {
    testTimeout: 120_000,
    hookTimeout: 180_000,
    passWithNoTests: false,
    allowOnly: false,
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['test/unit/**/*.test.ts'], isolate: false },
      },
      {
        extends: true,
        test: {
          name: 'server-pglite',
          include: ['test/server/**/*.test.ts'],
          env: { CASEMENT_TEST_ENGINE: 'pglite' },
          ...oneProcess,
        },
      },
      {
        extends: true,
        test: {
          name: 'server-postgres',
          include: ['test/server/**/*.test.ts'],
          env: { CASEMENT_TEST_ENGINE: 'postgres' },
          globalSetup: database,
          ...oneProcess,
        },
      },
      {
        extends: true,
        test: { name: 'backends', include: ['test/backends/**/*.test.ts'] },
      },
      {
        extends: true,
        test: { name: 'sdk', include: ['test/sdk/**/*.test.ts'], globalSetup: database, ...oneProcess },
      },
      {
        extends: true,
        test: { name: 'cli', include: ['test/cli/**/*.test.ts'], globalSetup: database, ...oneProcess },
      },
      {
        extends: true,
        test: {
          name: 'package',
          include: ['test/package/**/*.test.ts'],
          globalSetup: 'test/package/support/consumer.global.ts',
          ...oneProcess,
        },
      },
    ],
  },
});
