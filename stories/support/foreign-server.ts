import { people } from '../../demo/sample-data/people.js';
import { larkwellTickets } from '../../demo/third-party-api/larkwell.js';
import mapping from '../../demo/third-party-api/tickets.mapping.json' with { type: 'json' };
import { createTicketsApi } from '../../demo/third-party-api/tickets-api.js';
import { createApp } from '../../server/app.js';
import type { CaseBackend } from '../../server/backend.js';
import { createMappedRestBackend, mappedRestOptionsSchema } from '../../server/backends/mapped-rest/index.js';
import { createRequestTrackerBackend } from '../../server/backends/request-tracker/index.js';
import { createZohoDeskBackend } from '../../server/backends/zoho-desk/index.js';
import { jwtAuthenticator } from '../../server/middleware/authenticate.js';
import { signToken, type TokenClaims } from '../../server/sign-token.js';
import { createFakeRequestTracker } from '../../test/support/fake-request-tracker/fake.js';
import { createFakeZohoDesk } from '../../test/support/fake-zoho-desk/fake-zoho-desk.js';
import { createVendorClock } from '../../test/support/larkwell/clock.js';
import { fillWithLarkwell, type Place } from '../../test/support/larkwell/fill.js';
import { addLarkwellPeople, larkwellTrackerOptions } from '../../test/support/larkwell/request-tracker.js';
import { larkwellDesk } from '../../test/support/larkwell/zoho-desk.js';
import type { PageServer } from './server.js';

/** The case systems that are not ours. */
export type ForeignKind = keyof typeof systems;

/** The app in this page, and a case system of somebody else's behind it. */
export interface ForeignServer extends Pick<PageServer, 'app' | 'tokenFor'> {
  /** Eleanor Finch, as that system calls her. */
  readonly customerId: string;
}

/** A case system of somebody else's in this page, with Larkwell's people; without `fill` it has their cases, too. */
interface System {
  readonly backend: CaseBackend;
  readonly fill?: Omit<Place, 'baseUrl' | 'fetch' | 'tokenFor'> & { readonly live: () => void };
}

const secret = 'only this page knows it, and forgets it when it closes';
const eleanor = 'c-1018';

const systems = {
  async 'mapped-rest'(): Promise<System> {
    const key = crypto.randomUUID();
    const api = createTicketsApi({ data: larkwellTickets(new Date()), key });
    const { kind: _, ...rest } = mapping;
    const options = mappedRestOptionsSchema.parse({
      ...rest,
      baseUrl: 'http://tickets.example/v2',
      headers: { 'X-Api-Key': key },
    });
    const send: typeof fetch = async (input, init) => api.fetch(new Request(input, init));
    return { backend: createMappedRestBackend({ ...options, fetch: send }) };
  },

  async 'request-tracker'(): Promise<System> {
    const clock = createVendorClock();
    const tracker = createFakeRequestTracker(clock.now);
    const baseUrl = 'http://tracker.example';
    // A page may send no cookie and read none: they go beside the request.
    const send: typeof fetch = async (input, init) => {
      const given: string[] = [];
      const answer = await tracker.fetch(new Request(input, init), {
        sent: new Headers(init?.headers).get('cookie') ?? undefined,
        set: (cookie) => given.push(cookie),
      });
      Object.defineProperty(answer.headers, 'getSetCookie', { value: () => given });
      return answer;
    };
    const departments = await addLarkwellPeople(baseUrl, send);
    return {
      backend: createRequestTrackerBackend({ ...larkwellTrackerOptions(baseUrl), fetch: send }),
      fill: { ...clock, departments },
    };
  },

  async 'zoho-desk'(): Promise<System> {
    const clock = createVendorClock();
    const { world, options, ...names } = larkwellDesk(clock.now);
    const backend = createZohoDeskBackend({
      ...options,
      baseUrl: 'https://desk.example/api/v1',
      accountsUrl: 'https://accounts.example',
      fetch: createFakeZohoDesk(world).fetch,
    });
    return { backend, fill: { ...clock, ...names } };
  },
};

/** Opens a case system of somebody else's in this page, with the people of Larkwell Fibre and the cases of Eleanor Finch. */
export async function openForeignServer(kind: ForeignKind): Promise<ForeignServer> {
  const { backend, fill } = await systems[kind]();
  const app = createApp({ backend, authenticate: jwtAuthenticator({ secret }) });
  const tokenFor = (claims: TokenClaims, expiresIn = '12h') => signToken(claims, { secret, expiresIn });
  if (fill) {
    await fillWithLarkwell({
      ...fill,
      baseUrl: 'http://page.example/',
      fetch: async (input, init) => app.fetch(new Request(input, init)),
      tokenFor: (id) => tokenFor(claimsFor(id)),
      isWanted: ({ customerId }) => customerId === eleanor,
    });
    fill.live();
  }
  return { app, tokenFor, customerId: fill?.customers?.get(eleanor) ?? eleanor };
}

/** Of everybody, also of whom the toolbar does not offer. */
function claimsFor(wanted: string): TokenClaims {
  const person = people.find(({ id }) => id === wanted);
  if (!person) throw new Error(`Nobody is called ${wanted}.`);
  const { id, name, email, kind, roles = [], customer } = person;
  return {
    sub: id,
    tenant: 'default',
    name,
    email,
    kind,
    roles: [...roles],
    ...(customer !== undefined && { customer }),
  };
}
