/**
 * The app that element tests talk to: the real server over PostgreSQL, mounted in the test runner's own server, so that the
 * pages reach it under their own origin. `/v1/…` is the contract; besides, for setting a test up:
 *
 * - `POST /test/tenant` `{ cases?: true, seed?: SeedData }` makes a tenant of the test's own with the accounts and people of
 *   `sample-tenant.ts` (and its sample cases with `cases: true`) and answers
 *   `{ tenant, tokens: { administrator, agent, otherAgent, technician, finance, customer, colleague, outsider }, customers }`.
 * - `POST /test/token` `{ claims, expiresIn? }` answers `{ token }` signed as a host would. `claims` needs `sub`, `tenant` and `kind`.
 * - `POST /test/seed` `{ tenant, data?: SeedData, cases?: ImportedCase[] }` loads more, through the engine's `seed` and `importCases`.
 *
 * From a test:
 *
 * ```ts
 * const answer = await fetch('/test/tenant', { method: 'POST', body: JSON.stringify({ cases: true }) });
 * const { tokens } = await answer.json();
 * const client = createCaseClient({ baseUrl: '/', getToken: () => tokens.agent });
 * ```
 */
import type { ImportedCase, SeedData } from '../../server/engine/import-types.js';
import { openPostgres } from '../../server/engine/sql/postgres.js';
import type { TokenClaims } from '../../server/sign-token.js';
import { createTestApp as createAppOver, tokenFor, type TestApp } from './app.js';
import { sampleCases, sampleCustomers, samplePeople, sampleTenant } from './sample-tenant.js';
import { startTestPostgres } from './test-postgres.js';

/** What the test runner's server mounts. */
export interface MountedApp {
  fetch(request: Request): Response | Promise<Response>;
  dispose(): Promise<void>;
}

/** Starts the real app over a PostgreSQL of its own, with the set-up addresses beside it. */
export async function createTestApp(): Promise<MountedApp> {
  // PGlite would work in the runner's own thread, which serves the pages of three browsers meanwhile.
  const postgres = await startTestPostgres();
  const testApp = await createAppOver(openPostgres(postgres.url));
  const { app } = testApp;
  app.post('/test/tenant', async (context) =>
    context.json(await newTenant(testApp, await read(context.req.raw))),
  );
  app.post('/test/token', async (context) => {
    const { claims, expiresIn } = await read<{ claims: TokenClaims; expiresIn?: string }>(context.req.raw);
    return context.json({ token: await tokenFor(claims, expiresIn) });
  });
  app.post('/test/seed', async (context) => {
    await load(testApp, await read(context.req.raw));
    return context.json({});
  });
  return {
    fetch: app.fetch,
    async dispose() {
      await testApp.dispose();
      await postgres.stop();
    },
  };
}

interface NewTenant {
  readonly cases?: boolean;
  readonly seed?: SeedData;
}

async function newTenant({ engine }: TestApp, { cases = false, seed }: Partial<NewTenant>): Promise<object> {
  const tenant = `tenant_${crypto.randomUUID()}`;
  await engine.seed(tenant, { ...sampleTenant, ...(cases && sampleCases && { cases: sampleCases }) });
  if (seed) await engine.seed(tenant, seed);
  const tokens = await Promise.all(
    Object.entries(samplePeople).map(async ([who, claims]) => [
      who,
      await tokenFor({ ...claims, tenant }, '2h'),
    ]),
  );
  return { tenant, tokens: Object.fromEntries(tokens) as Record<string, string>, customers: sampleCustomers };
}

interface MoreData {
  readonly tenant: string;
  readonly data?: SeedData;
  readonly cases?: readonly ImportedCase[];
}

async function load({ engine }: TestApp, { tenant, data, cases }: MoreData): Promise<void> {
  if (data) await engine.seed(tenant, data);
  if (!cases) return;
  const rejected = (await engine.importCases(tenant, null, cases)).filter(
    ({ outcome }) => outcome === 'rejected',
  );
  if (rejected.length > 0) throw new Error(`Not imported: ${JSON.stringify(rejected)}`);
}

async function read<T>(request: Request): Promise<T> {
  const text = await request.text();
  return (text === '' ? {} : JSON.parse(text)) as T;
}
