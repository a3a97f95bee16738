import { createApp } from '../../server/app.js';
import {
  createRequestTrackerBackend,
  type RequestTrackerSetup,
} from '../../server/backends/request-tracker/index.js';
import { jwtAuthenticator } from '../../server/middleware/authenticate.js';
import type { CaseApp } from '../../server/middleware/env.js';
import type { TokenClaims } from '../../server/sign-token.js';
import type { Case } from '../../src/contract/cases.js';
import { Caller, testSecret, tokenFor } from './app.js';
import { createFakeRequestTracker } from './fake-request-tracker/fake.js';

/** Of everybody in the seed; the live one is made with the same. */
export const seedPassword = 'a password that only the tests know';
const rootPassword = 'password';

/** Where a live Request Tracker is that the tests are to be run against, in the place of the fake. */
export const liveUrl = process.env['CASEMENT_TEST_RT'];

/** A request of the adapter to Request Tracker. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  readonly body: string;
}

/** A person with an account there, who asks through the gateway. */
export interface TrackerPerson {
  readonly user: string;
  readonly email: string;
  readonly caller: Caller;
}

/** Changes or replaces what Request Tracker answers; `undefined` lets it through. */
export type Interference = (request: Seen) => Response | undefined | Promise<Response | undefined>;

/** A gateway over a Request Tracker, fake or live, with the people of the seed. */
export interface TrackerWorld {
  readonly app: CaseApp;
  readonly agent1: TrackerPerson;
  readonly agent2: TrackerPerson;
  readonly engineer1: TrackerPerson;
  /** Somebody new who may ask for help. */
  readonly aCustomer: (realName?: string) => Promise<TrackerPerson>;
  readonly as: (claims: Partial<TokenClaims>) => Promise<Caller>;
  /** Request Tracker itself, asked as one of its users, past the gateway. */
  readonly direct: (user: string, method: string, path: string, json?: unknown) => Promise<DirectAnswer>;
  /** What the gateway has asked since the world began, or since it was emptied. */
  readonly seen: Seen[];
  /** Comes between the gateway and Request Tracker from now on. */
  readonly interfere: (by: Interference | undefined) => void;
  /** The number of a queue. */
  readonly queue: (name: string) => Promise<string>;
}

interface DirectAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** The custom fields and queues of the seed. */
export const worldOptions = {
  queue: 'support',
  fields: {
    type: 'Case type',
    contactMethod: 'Contact method',
    closureReason: 'Closure reason',
    tags: 'Tags',
  },
  groups: { support: 'Support', engineering: 'Engineering' },
  priorities: { high: 100, normal: 50, low: 0 },
} as const;

/** Opens a gateway of its own; the fake behind it is new, too, while a live one is shared by all. */
export async function aTrackerWorld(change: Partial<RequestTrackerSetup> = {}): Promise<TrackerWorld> {
  const fake = liveUrl === undefined ? createFakeRequestTracker() : undefined;
  const baseUrl = liveUrl ?? 'http://rt.test';
  const reach: typeof fetch = fake ? (input, init) => fake.fetch(new Request(input, init)) : fetch;
  const seen: Seen[] = [];
  let between: Interference | undefined;

  const watched: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    const { pathname: path, searchParams: query } = new URL(request.url);
    const body = await request.clone().text();
    const one: Seen = { method: request.method, path, query, headers: new Headers(init?.headers), body };
    seen.push(one);
    return (await between?.(one)) ?? reach(input, init);
  };

  const backend = createRequestTrackerBackend({
    baseUrl,
    accounts: {},
    accountOf: (known) => Promise.resolve({ user: known.split('@')[0] ?? known, password: seedPassword }),
    ...worldOptions,
    fetch: watched,
    ...change,
  });
  const app = createApp({ backend, authenticate: jwtAuthenticator({ secret: testSecret }) });
  const tenant = 'larkwell';
  const as = async (claims: Partial<TokenClaims>) =>
    new Caller(
      (request) => app.fetch(request),
      await tokenFor({ sub: 'person_someone', kind: 'agent', tenant, ...claims }),
    );

  const cookies = new Map<string, Promise<string>>();
  function cookieOf(user: string): Promise<string> {
    const known = cookies.get(user) ?? signIn(user);
    cookies.set(user, known);
    return known;
  }
  async function signIn(user: string): Promise<string> {
    const answer = await reach(`${baseUrl}/NoAuth/Login.html`, {
      method: 'POST',
      headers: { referer: `${baseUrl}/` },
      body: new URLSearchParams({ user, pass: user === 'root' ? rootPassword : seedPassword }),
    });
    // A session is kept only once its page was sent.
    await answer.arrayBuffer();
    return answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  }
  async function direct(user: string, method: string, path: string, json?: unknown): Promise<DirectAnswer> {
    const answer = await reach(`${baseUrl}/REST/2.0${path}`, {
      method,
      redirect: 'manual',
      headers: { cookie: await cookieOf(user), 'content-type': 'application/json' },
      ...(json !== undefined && { body: JSON.stringify(json) }),
    });
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.includes('json');
    return { status: answer.status, headers: answer.headers, body: isJson ? JSON.parse(text) : text };
  }

  const staff = async (user: string, name: string): Promise<TrackerPerson> => {
    const email = `${user}@larkwell.test`;
    const caller = await as({ sub: `person_${user}`, name, email, roles: ['customer-service'] });
    return { user, email, caller };
  };
  return {
    app,
    agent1: await staff('agent1', 'Ines Calder'),
    agent2: await staff('agent2', 'Tom Okafor'),
    engineer1: await staff('engineer1', 'Mara Lindqvist'),
    async aCustomer(name = 'Petra Nowak') {
      const user = `cust-${crypto.randomUUID().slice(0, 13)}`;
      const email = `${user}@acme.test`;
      const made = await direct('root', 'POST', '/user', {
        Name: user,
        RealName: name,
        EmailAddress: email,
        Password: seedPassword,
        Privileged: 0,
      });
      if (made.status !== 201) throw new Error(`No user could be made: ${JSON.stringify(made.body)}`);
      const caller = await as({ sub: `person_${user}`, kind: 'customer', name, email, customer: user });
      return { user, email, caller };
    },
    as,
    direct,
    seen,
    interfere(by) {
      between = by;
    },
    async queue(name) {
      const { body } = await direct('root', 'GET', `/queue/${name}`);
      return String((body as { id: number }).id);
    },
  };
}

/** The body of a complete new case of a customer. */
export function aTicket(
  customer: TrackerPerson,
  change: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    customerId: customer.user,
    subject: 'VPN down',
    description: 'It fails since 9:00.',
    type: 'technical',
    contactMethod: 'phone',
    ...change,
  };
}

/** Creates a case through the gateway. */
export async function created(
  by: TrackerPerson,
  customer: TrackerPerson,
  change: Record<string, unknown> = {},
): Promise<Case> {
  const { status, body } = await by.caller.post<Case>('/v1/cases', aTicket(customer, change));
  if (status !== 201) throw new Error(`The test could not be set up: ${status} ${JSON.stringify(body)}`);
  return body;
}
