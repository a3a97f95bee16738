import { mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createAdaptorServer } from '@hono/node-server';

import { createApp, type AppOptions } from '../../server/app.js';
import { createFolderStore } from '../../server/attachments/folder-store.js';
import { createEngine, type Engine, type EngineOptions } from '../../server/engine/engine.js';
import type { SeedData } from '../../server/engine/import-types.js';
import type { Database } from '../../server/engine/sql/database.js';
import { jwtAuthenticator } from '../../server/middleware/authenticate.js';
import type { CaseApp } from '../../server/middleware/env.js';
import { signToken, type TokenClaims } from '../../server/sign-token.js';
import type { Case } from '../../src/contract/cases.js';
import type { Note } from '../../src/contract/notes.js';
import type { Problem } from '../../src/contract/problem.js';
import { watchInternalNotes } from './internal-notes.js';
import { sampleCustomers, samplePeople, sampleTenant, type SamplePerson } from './sample-tenant.js';

/** The secret the tests' tokens are signed with. */
export const testSecret = 'a secret that only the tests know, 32+';

/** The real app over a real database. */
export interface TestApp {
  readonly app: CaseApp;
  readonly engine: Engine;
  /** Closes the engine and removes its files. */
  dispose(): Promise<void>;
}

/** Starts the real app over `database`. */
export async function createTestApp(
  database: Database,
  options: Partial<AppOptions> = {},
  engineOptions: Partial<EngineOptions> = {},
): Promise<TestApp> {
  const folder = await mkdtemp(join(tmpdir(), 'casement-test-'));
  const attachments = createFolderStore(join(folder, 'attachments'));
  const engine = await createEngine({ database, attachments, ...engineOptions });
  const app = createApp({
    backend: engine,
    authenticate: jwtAuthenticator({ secret: testSecret }),
    ...options,
  });
  return {
    app,
    engine,
    async dispose() {
      await engine.dispose();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Signs a token as a host would. */
export function tokenFor(claims: TokenClaims, expiresIn?: string): Promise<string> {
  return signToken(claims, { secret: testSecret, expiresIn });
}

/** Opens a real port for the app, for whoever needs sockets. */
export async function listen(app: CaseApp): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** What came back: the body parsed where it is JSON. */
export interface Answer<T = unknown> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

/** What a request of a test says besides. */
export interface CallOptions {
  readonly body?: unknown;
  /** Sent in `If-Match`. */
  readonly version?: string;
  readonly key?: string;
  readonly headers?: Record<string, string>;
}

type Fetch = (request: Request) => Response | Promise<Response>;

/** Asks the app as one person. */
export class Caller {
  readonly token: string;
  readonly #fetch: Fetch;

  constructor(fetch: Fetch, token: string) {
    this.#fetch = fetch;
    this.token = token;
  }

  get<T = unknown>(path: string, init: CallOptions = {}): Promise<Answer<T>> {
    return this.send('GET', path, init);
  }

  /** Posts with a key of its own unless given one. */
  post<T = unknown>(path: string, body: unknown = {}, init: CallOptions = {}): Promise<Answer<T>> {
    return this.send('POST', path, { key: crypto.randomUUID(), body, ...init });
  }

  patch<T = unknown>(path: string, body: unknown, init: CallOptions = {}): Promise<Answer<T>> {
    return this.send('PATCH', path, { body, ...init });
  }

  delete<T = unknown>(path: string, init: CallOptions = {}): Promise<Answer<T>> {
    return this.send('DELETE', path, init);
  }

  async upload(name: string, content: string | Uint8Array<ArrayBuffer>, key: string = crypto.randomUUID()) {
    const response = await this.raw('POST', `/v1/attachments?name=${encodeURIComponent(name)}`, {
      headers: { 'idempotency-key': key, 'content-type': 'application/octet-stream' },
      body: content,
    });
    return answerOf<{ id: string; name: string; size: number; mediaType: string } & Problem>(
      response,
      await response.text(),
    );
  }

  async send<T>(
    method: string,
    path: string,
    { body, version, key, headers }: CallOptions,
  ): Promise<Answer<T>> {
    const response = await this.raw(method, path, {
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(version !== undefined && { 'if-match': `"${version}"` }),
        ...(key !== undefined && { 'idempotency-key': key }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    watchInternalNotes(this.token, { method, path, body }, { status: response.status, text });
    return answerOf<T>(response, text);
  }

  /** The response itself, for headers and streams. */
  async raw(method: string, path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set('authorization', `Bearer ${this.token}`);
    return this.#fetch(new Request(new URL(path, 'http://test.local'), { ...init, method, headers }));
  }
}

function answerOf<T>(response: Response, text: string): Answer<T> {
  const isJson = response.headers.get('content-type')?.includes('json');
  return {
    status: response.status,
    headers: response.headers,
    body: (isJson ? JSON.parse(text) : text) as T,
  };
}

/** A tenant of one test's own, with its people signed in. */
export type TestTenant = { readonly id: string } & Readonly<Record<SamplePerson, Caller>> & {
    /** Signs in as somebody of the test's own making. */
    as(claims: Partial<TokenClaims>): Promise<Caller>;
    /** A case as the agent creates it; shows only what matters. */
    aCase(change?: Record<string, unknown>, by?: Caller): Promise<Case>;
    aClosedCase(change?: Record<string, unknown>): Promise<Case>;
    aNote(caseId: string, change?: Record<string, unknown>, by?: Caller): Promise<Note>;
  };

/** Makes a tenant with people and customers (see `sampleTenant`), and whatever else the test seeds. */
export async function aTenant(
  { app, engine }: Pick<TestApp, 'app' | 'engine'>,
  seed: SeedData = {},
): Promise<TestTenant> {
  const id = `tenant_${crypto.randomUUID()}`;
  await engine.seed(id, sampleTenant);
  if (Object.keys(seed).length > 0) await engine.seed(id, seed);
  const fetch: Fetch = (request) => app.fetch(request);
  const as = async (claims: Partial<TokenClaims>) =>
    new Caller(fetch, await tokenFor({ sub: 'person_someone', kind: 'agent', tenant: id, ...claims }));
  const callers = Object.fromEntries(
    await Promise.all(
      Object.entries(samplePeople).map(async ([who, claims]) => [who, await as(claims)] as const),
    ),
  ) as Record<SamplePerson, Caller>;

  async function aCase(change: Record<string, unknown> = {}, by = callers.agent): Promise<Case> {
    return created(await by.post<Case>('/v1/cases', aNewCase(change)));
  }

  return {
    id,
    ...callers,
    as,
    aCase,
    async aClosedCase(change) {
      const open = await aCase(change);
      return created(
        await callers.agent.post<Case>(`/v1/cases/${open.id}/close`, aClosure(), { version: open.version }),
      );
    },
    async aNote(caseId, change = {}, by = callers.agent) {
      return created(await by.post<Note>(`/v1/cases/${caseId}/notes`, aNewNote(change)));
    },
  };
}

function created<T>({ status, body }: Answer<T>): T {
  if (status >= 300) throw new Error(`The test could not be set up: ${status} ${JSON.stringify(body)}`);
  return body;
}

/** The body of a complete new case. */
export function aNewCase(change: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    customerId: sampleCustomers.aldermill,
    subject: 'Charged twice for February',
    description: 'Two debits of 48.00 on 3 February.',
    type: 'billing',
    contactMethod: 'phone',
    ...change,
  };
}

/** The body of a complete note by an agent; what is internal says nothing that is public too. */
export function aNewNote(change: Record<string, unknown> = {}): Record<string, unknown> {
  const text = change['visibility'] === 'public' ? 'We have asked your bank.' : 'Asked the bank desk.';
  return { visibility: 'internal', subject: 'follow-up', text, ...change };
}

/** The body that closes a case. */
export function aClosure(change: Record<string, unknown> = {}): Record<string, unknown> {
  return { reason: 'resolved', note: 'Returned the second debit.', ...change };
}

/** The body that reopens a case. */
export function aReopening(change: Record<string, unknown> = {}): Record<string, unknown> {
  return { reason: 'not-solved', note: 'The debit came again.', ...change };
}
