import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

import { createAdaptorServer } from '@hono/node-server';

import type { Ticket, TicketData } from '../../../demo/third-party-api/records.js';
import { createTicketsApi } from '../../../demo/third-party-api/tickets-api.js';
import { createApp } from '../../../server/app.js';
import { chooseBackend, type BackendSource } from '../../../server/backends/open-backend.js';
import type { SecretSources } from '../../../server/backends/secrets.js';
import { jwtAuthenticator } from '../../../server/middleware/authenticate.js';
import type { CaseApp } from '../../../server/middleware/env.js';
import { signToken, type TokenClaims } from '../../../server/sign-token.js';

/** The mapping of the demonstration, as it is delivered. */
export const mappingText = readFileSync(
  fileURLToPath(new URL('../../../demo/third-party-api/tickets.mapping.json', import.meta.url)),
  'utf8',
);

const secret = 'a secret that only the tests know, 32+';
const key = 'the key of the ticket system';
export const now = 1_780_000_000;

/** A ticket with what matters of it. */
export function aTicket(no: number, given: Partial<Ticket> = {}): Ticket {
  return {
    no,
    title: `Ticket ${no}`,
    text: 'Written for a test.',
    state: 'in_work',
    severity: 2,
    category: 'BIL',
    channel: 'tel',
    accountNo: 1018,
    contactNo: 1,
    ownerNo: 1,
    openedBy: { sort: 'contact', no: 1 },
    openedOn: now - 10_000 + no,
    changedOn: now - 5_000 + no,
    due: null,
    labels: [],
    lock: 1,
    outcome: null,
    comments: [],
    ...given,
  };
}

function ticketData(tickets: Ticket[]): TicketData {
  return {
    staff: [
      { no: 1, display: 'Nadia Brandt', mail: 'nadia@larkwell.example' },
      { no: 2, display: 'Theo Young', mail: 'theo@larkwell.example', trainee: true },
      { no: 3, display: 'Olga Gone', mail: 'olga@larkwell.example', left: true },
    ],
    contacts: [
      { no: 1, display: 'Eleanor Finch', mail: 'eleanor@example.org', accountNo: 1018 },
      { no: 2, display: 'Rafael Costa', mail: 'rafael@example.org', accountNo: 1033 },
    ],
    accounts: [
      { no: 1018, title: 'Eleanor Finch', reference: 'C-1018', firstContactNo: 1 },
      { no: 1033, title: 'Rafael Costa', reference: 'C-1033', firstContactNo: 2 },
    ],
    tickets,
  };
}

const people = {
  nadia: { sub: 'nadia', email: 'nadia@larkwell.example', kind: 'agent', roles: ['customer-service'] },
  theo: { sub: 'theo', email: 'theo@larkwell.example', kind: 'agent', roles: ['customer-service'] },
  olga: { sub: 'olga', email: 'olga@larkwell.example', kind: 'agent', roles: ['customer-service'] },
  stranger: { sub: 'x', email: 'x@elsewhere.example', kind: 'agent', roles: ['customer-service'] },
  nameless: { sub: 'nadia', kind: 'agent', roles: ['customer-service'] },
  idle: { sub: 'nadia', email: 'nadia@larkwell.example', kind: 'agent', roles: [] },
  eleanor: { sub: 'eleanor', email: 'eleanor@example.org', kind: 'customer', customer: 'c-1018' },
  rafael: { sub: 'rafael', email: 'rafael@example.org', kind: 'customer', customer: 'c-1033' },
  /** Of an account of the token's own making. */
  impostor: { sub: 'eleanor', email: 'eleanor@example.org', kind: 'customer', customer: 'c-1033' },
  homeless: { sub: 'eleanor', email: 'eleanor@example.org', kind: 'customer' },
} as const satisfies Record<string, Omit<TokenClaims, 'tenant'>>;
export type PersonName = keyof typeof people;

/** What of an answer's body the tests look at by name. */
export interface Body {
  readonly items: readonly { readonly id: string; readonly text: string }[];
  readonly next: string | null;
  readonly total?: number;
  readonly code: string;
  readonly rule: string;
  readonly detail: string;
  readonly errors: readonly { readonly field: string; readonly code: string }[];
  readonly version: string;
  readonly status: string;
  readonly results: unknown;
  readonly mainContact: unknown;
  readonly actor: { readonly id: string };
  readonly permissions: Readonly<Record<string, { readonly allowed: boolean }>>;
}

/** An answer, read. */
export interface Told {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

/** The ticket system on a port of its own, and our app in front of it. */
export interface TicketsWorld {
  readonly app: CaseApp;
  readonly tickets: Ticket[];
  /** What was asked of the ticket system, the newest last: `GET /v2/tickets?…`. */
  readonly asked: string[];
  readonly url: string;
  readonly as: (
    person: PersonName,
    method: string,
    path: string,
    body?: unknown,
    version?: string,
  ) => Promise<Told>;
  readonly close: () => Promise<void>;
}

/** Starts both. `changes` are put into the mapping by their places, `undefined` takes out; `intercept` may answer in the ticket system's place. */
export async function ticketsWorld(
  tickets: Ticket[],
  changes: Readonly<Record<string, unknown>> = {},
  intercept: (request: Request) => Promise<Response | undefined> = async () => undefined,
): Promise<TicketsWorld> {
  const asked: string[] = [];
  const api = createTicketsApi({ data: ticketData(tickets), key, clock: () => now });
  const server = createAdaptorServer({
    async fetch(request: Request) {
      const { pathname, search } = new URL(request.url);
      asked.push(`${request.method} ${pathname}${search}`);
      return (await intercept(request)) ?? api.fetch(request);
    },
  }) as Server;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v2`;
  const mapping: unknown = JSON.parse(mappingText);
  for (const [place, value] of Object.entries(changes)) put(mapping, place.split('.'), value);
  const source: BackendSource = {
    kind: 'mapped-rest',
    name: 'tickets.mapping.json',
    text: JSON.stringify(mapping),
    at: [],
  };
  const choice = await chooseBackend(source, { secrets: secretsFor(url) });
  const app = createApp({ backend: choice.open(), authenticate: jwtAuthenticator({ secret }) });
  return {
    app,
    tickets,
    asked,
    url,
    async as(person, method, path, body, version) {
      const token = await signToken({ tenant: 'default', ...people[person] }, { secret });
      const headers = new Headers({ authorization: `Bearer ${token}` });
      if (method !== 'GET') headers.set('idempotency-key', crypto.randomUUID());
      if (body !== undefined) headers.set('content-type', 'application/json');
      if (version !== undefined) headers.set('if-match', `"${version}"`);
      const answer = await app.request(`/v1${path}`, {
        method,
        headers,
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      return {
        status: answer.status,
        headers: answer.headers,
        body: (text === '' ? {} : JSON.parse(text)) as Body,
      };
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The secrets that the mapping of the demonstration names. */
export function secretsFor(url: string): SecretSources {
  const known: Readonly<Record<string, string>> = { PIGEONHOLE_URL: url, PIGEONHOLE_KEY: key };
  return { env: (name: string) => known[name], file: () => undefined };
}

function put(mapping: unknown, [name = '', ...rest]: readonly string[], value: unknown): void {
  const within = mapping as Record<string, unknown>;
  if (rest.length > 0) put(within[name], rest, value);
  else if (value === undefined) delete within[name];
  else within[name] = value;
}
