import { defineConfig } from 'vitest/config';

// Apart from the projects of `npm test`: what is asked here answers slowly, and is started by `request-tracker.mjs`.
// eslint-disable-next-line import-x/no-default-export -- Vitest reads its configuration so.
export default defineConfig({
  test: { include: ['test/live/**/*.test.ts'], testTimeout: 30 * 60_000, hookTimeout: 5 * 60_000 },
});
