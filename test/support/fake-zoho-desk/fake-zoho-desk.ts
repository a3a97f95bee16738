import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';

import { mountConversation } from './conversation.js';
import { mountDirectory } from './directory.js';
import { notThere, refusal } from './refusals.js';
import { mountSearch } from './search.js';
import { mountTickets } from './tickets.js';
import { DeskWorld } from './world.js';

/** What a gateway must have to be let in. */
export const deskCredentials = {
  clientId: '1000.CLIENTOFTHEFAKE',
  clientSecret: 'secret-of-the-client-0123456789',
  refreshToken: '1000.refresh-token-of-the-fake.0123456789',
} as const;

/** What happens in place of the next answers. */
export interface Trouble {
  readonly status: number;
  readonly errorCode?: string;
  readonly retryAfter?: number;
  /** Only where the path holds this. */
  readonly at?: string;
  readonly method?: string;
  readonly times?: number;
}

/** One request as it came in. */
export interface DeskCall {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Headers;
}

/** A Zoho Desk in memory, with its accounts server. */
export interface FakeZohoDesk {
  readonly app: Hono;
  readonly world: DeskWorld;
  /** In the place of the network: `https://desk.example/api/v1` and `https://accounts.example`. */
  readonly fetch: typeof fetch;
  readonly calls: DeskCall[];
  /** What was answered, in the order of the answers. */
  readonly statuses: number[];
  /** Calls under way at once, at most. */
  readonly mostAtOnce: () => number;
  /** How many access tokens were made. */
  readonly tokensMade: () => number;
  /** Ends every access token that was made so far. */
  endTokens(): void;
  /** Whether the refresh token is good. */
  acceptsRefresh: boolean;
  /** Whether the history, of which the description names no path, is there. */
  hasHistory: boolean;
  /** Seconds a new access token lives. */
  tokenSeconds: number;
  trouble(trouble: Trouble): void;
  /** Run before a request is answered, for what happens at the same time. */
  before: ((call: DeskCall) => void | Promise<void>) | undefined;
  /** Whether the network is down. */
  isDown: boolean;
}

/**
 * A stateful Zoho Desk that answers as its public description says, and is stricter where that leaves room: whatever a
 * request says that the description does not name is refused. A test compares it with the description's facts.
 */
export function createFakeZohoDesk(world = new DeskWorld(), clock: () => number = Date.now): FakeZohoDesk {
  const troubles: { trouble: Trouble; left: number }[] = [];
  const tokens = new Map<string, number>();
  let made = 0;
  let underWay = 0;
  let most = 0;

  const app = new Hono();
  app.post('/oauth/v2/token', async (context) => {
    const given = await context.req.parseBody();
    const { clientId, clientSecret, refreshToken } = deskCredentials;
    if (given['client_id'] !== clientId || given['client_secret'] !== clientSecret) {
      return context.json({ error: 'invalid_client' });
    }
    // Zoho tells of this with 200.
    if (!fake.acceptsRefresh || given['refresh_token'] !== refreshToken) {
      return context.json({ error: 'invalid_code' });
    }
    if (given['grant_type'] !== 'refresh_token') return context.json({ error: 'invalid_grant' });
    made += 1;
    const access = `1000.access-${made}`;
    tokens.set(access, clock() + fake.tokenSeconds * 1000);
    return context.json({
      access_token: access,
      api_domain: 'https://www.zohoapis.com',
      token_type: 'Bearer',
      expires_in: fake.tokenSeconds,
    });
  });

  const desk = new Hono();
  desk.use(async (context, next) => {
    const url = new URL(context.req.url);
    const call = {
      method: context.req.method,
      path: url.pathname.replace('/api/v1', ''),
      query: url.searchParams,
      headers: new Headers(context.req.raw.headers),
    };
    fake.calls.push(call);
    underWay += 1;
    most = Math.max(most, underWay);
    try {
      // Long enough that others can be under way.
      await new Promise((resolve) => setTimeout(resolve, 1));
      refuseTroubled(call);
      refuseStrangers(call);
      await fake.before?.(call);
      await next();
    } finally {
      underWay -= 1;
    }
  });

  function refuseTroubled({ path, method }: DeskCall): void {
    const found = troubles.find(
      ({ trouble, left }) =>
        left > 0 && path.includes(trouble.at ?? '') && (trouble.method ?? method) === method,
    );
    if (!found) return;
    found.left -= 1;
    const { status, errorCode = 'INTERNAL_SERVER_ERROR', retryAfter } = found.trouble;
    throw refusal(
      status as 500,
      errorCode,
      'An error that was asked for.',
      undefined,
      retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) },
    );
  }

  function refuseStrangers({ headers, query }: DeskCall): void {
    const [scheme, token = ''] = (headers.get('authorization') ?? '').split(' ');
    if (scheme !== 'Zoho-oauthtoken' || (tokens.get(token) ?? 0) <= clock()) {
      throw refusal(401, 'INVALID_OAUTH', 'The OAuth Token you provided is invalid.');
    }
    if ((query.get('orgId') ?? headers.get('orgid')) !== world.orgId) {
      throw refusal(403, 'OAUTH_ORG_MISMATCH', 'The organization does not match the OAuth token.');
    }
  }

  mountSearch(desk, world);
  mountDirectory(desk, world);
  mountConversation(desk, world, () => fake.hasHistory);
  mountTickets(desk, world);
  app.route('/api/v1', desk);
  app.notFound(() => notThere().getResponse());
  app.onError((error) => {
    if (error instanceof HTTPException) return error.getResponse();
    throw error;
  });

  const fake: FakeZohoDesk = {
    app,
    world,
    calls: [],
    statuses: [],
    fetch: async (input, init) => {
      if (fake.isDown) throw new TypeError('fetch failed');
      const answer = await app.fetch(new Request(input, init));
      fake.statuses.push(answer.status);
      return answer;
    },
    mostAtOnce: () => most,
    tokensMade: () => made,
    endTokens: () => tokens.clear(),
    acceptsRefresh: true,
    hasHistory: true,
    tokenSeconds: 3600,
    trouble: (trouble) => troubles.push({ trouble, left: trouble.times ?? 1 }),
    before: undefined,
    isDown: false,
  };
  return fake;
}
