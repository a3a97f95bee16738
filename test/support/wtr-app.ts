/**
 * The app that element tests talk to: the real server over PostgreSQL, mounted in the test runner's own server, so that the
 * pages reach it under their own origin. `/v1/…` is the contract; besides, for setting a test up:
 *
 * - `POST /test/tenant` `{ cases?: true, seed?: SeedData }` makes a tenant of the test's own with the accounts and people of
 *   `sample-tenant.ts` (and its sample cases with `cases: true`) and answers
 *   `{ tenant, tokens: { administrator, agent, otherAgent, technician, finance, customer, colleague, outsider }, customers }`.
 * - `POST /test/token` `{ claims, expiresIn? }` answers `{ token }` signed as a host would. `claims` needs `sub`, `tenant` and `kind`.
 * - `POST /test/seed` `{ tenant, data?: SeedData, cases?: ImportedCase[] }` loads more, through the engine's `seed` and `importCases`.
 * - All of this again below `/test/bare` and `/test/plain`, of servers before case systems that lack most of what the contract
 *   names: the one shows cases and takes replies, the other creates, edits and closes them too.
 * - And below `/test/telling`, of a server that tells people what happens, with a database of its own. The
 *   first message to an address that begins with `full` comes back, the next arrives.
 *
 * From a test:
 *
 * ```ts
 * const answer = await fetch('/test/tenant', { method: 'POST', body: JSON.stringify({ cases: true }) });
 * const { tokens } = await answer.json();
 * const client = createCaseClient({ baseUrl: '/', getToken: () => tokens.agent });
 * ```
 */
import { sql } from 'kysely';

import type { ImportedCase, SeedData } from '../../server/engine/import-types.js';
import { NoticeRefused, type NoticeChannel } from '../../server/engine/notices/channel.js';
import { openPostgres } from '../../server/engine/sql/postgres.js';
import { createApp } from '../../server/app.js';
import { jwtAuthenticator } from '../../server/middleware/authenticate.js';
import type { TokenClaims } from '../../server/sign-token.js';
import type { Capabilities } from '../../src/contract/session.js';
import { createTestApp as createAppOver, testSecret, tokenFor, type TestApp } from './app.js';
import { BareBackend } from './bare-backend.js';
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
  const usual = withSetUp(await createAppOver(openPostgres(postgres.url)));
  const lacking = {
    '/test/bare': lackingApp(usual),
    '/test/plain': lackingApp(usual, { createCases: true, editCases: true, closeCases: true }),
  };
  let telling: Promise<TestApp> | undefined;
  return {
    async fetch(request) {
      const url = new URL(request.url);
      const below = (path: string) => url.pathname.startsWith(`${path}/`);
      const [path, lean] = Object.entries(lacking).find(([known]) => below(known)) ?? [tellingPath];
      if (!below(path)) return usual.app.fetch(request);
      url.pathname = url.pathname.slice(path.length);
      const { app } = lean ?? (await (telling ??= createTellingApp(postgres.url)));
      const { method, headers, body, signal } = request;
      const init: RequestInit & { readonly duplex: 'half' } = {
        method,
        headers,
        body,
        signal,
        duplex: 'half',
      };
      return app.fetch(new Request(url, init));
    },
    async dispose() {
      await usual.dispose();
      await (await telling)?.dispose();
      await postgres.stop();
    },
  };
}

const tellingPath = '/test/telling';

/** Adds the addresses that set a test up. */
function withSetUp(testApp: TestApp): TestApp {
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
  return testApp;
}

/** The app over a case system that has no more than `has` says. */
function lackingApp({ engine }: TestApp, has?: Partial<Capabilities>): Pick<TestApp, 'app'> {
  const app = createApp({
    backend: new BareBackend(engine, has),
    authenticate: jwtAuthenticator({ secret: testSecret }),
  });
  return withSetUp({ app, engine, dispose: () => Promise.resolve() });
}

/** The app once more, telling people what happens. Beside the other on one database it would tell of all that others do. */
async function createTellingApp(server: string): Promise<TestApp> {
  const admin = openPostgres(server, { connections: 1 });
  await sql`create database telling`.execute(admin.db);
  await admin.dispose();
  const own = new URL(server);
  own.pathname = '/telling';
  const notices = {
    channels: [aMailbox()],
    secret: 'a secret of the links, only for tests',
    firstWait: 20,
    pollEvery: 200,
  };
  return withSetUp(await createAppOver(openPostgres(own.toString()), {}, { notices }));
}

/** Takes every message but the first to an address that begins with `full`. */
function aMailbox(): NoticeChannel {
  const refused = new Set<string>();
  return {
    name: 'email',
    needsAddress: true,
    send({ to: { email } }) {
      if (!email?.startsWith('full') || refused.has(email)) return Promise.resolve();
      refused.add(email);
      return Promise.reject(new NoticeRefused('552 The mailbox is full'));
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
