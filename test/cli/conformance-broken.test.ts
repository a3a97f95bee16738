import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import { createApp } from '../../server/app.js';
import { openPostgres } from '../../server/engine/sql/postgres.js';
import { jwtAuthenticator } from '../../server/middleware/authenticate.js';
import { createTestApp, testSecret, type TestApp } from '../support/app.js';
import { breakages, brokenBackend } from '../support/broken-backend.js';
import { asked } from '../support/conformance.js';

let good: TestApp;

beforeAll(async () => {
  good = await createTestApp(openPostgres(inject('databaseUrl')));
});
afterAll(() => good.dispose());

describe('a backend that breaks one promise', { timeout: 300_000 }, () => {
  it.each(Object.entries(breakages))('%s: fails where that is promised, and nowhere else', async (_, one) => {
    const { how, fails, patience = 20_000 } = one;
    const backend = brokenBackend(good.engine, how);
    const app = createApp({ backend, authenticate: jwtAuthenticator({ secret: testSecret }) });
    const results = await asked({ app, engine: good.engine }, { patience });
    const failed = results.filter(({ outcome }) => outcome === 'failed').map(({ id }) => id);
    expect(failed.sort()).toEqual([...fails].sort());
  });
});
