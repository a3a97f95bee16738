import { AuthenticationError, ConfigError } from '../errors.js';
import { createEnding } from '../http/limits.js';
import { createTokenSource, type GetToken } from '../http/token-source.js';
import { createTransport, type Connection } from '../http/transport.js';
import type { AttachmentsResource } from './attachments.js';
import { createCache, type Cache } from './cache.js';
import { CasesResource } from './cases.js';
import type { CustomersResource } from './customers.js';
import { createDrafts, type DraftStore } from './drafts.js';
import { createLiveEvents, type EventsResource } from './events.js';
import type { GrantsResource } from './grants.js';
import type { InboxEntriesResource } from './inbox-entries.js';
import type { InboxesResource } from './inboxes.js';
import { lazyResource } from './lazy-resource.js';
import type { NoticesResource } from './notices.js';
import type { NotesResource } from './notes.js';
import type { PeopleResource } from './people.js';
import type { ProjectsResource } from './projects.js';
import { createLiveQueries, type LiveQueries } from './queries.js';
import type { ReceiptsResource } from './receipts.js';
import { SessionResource } from './session.js';
import type { SettingsResource } from './settings.js';
import { createStreamOrigin } from './stream-origin.js';
import type { TagsResource } from './tags.js';
import type { ViewsResource } from './views.js';

export type { GetToken };

/** How a client is set up. */
export interface CaseClientOptions {
  /** Where the contract is served: `https://cases.example.com`, or `/casement` relative to the page. */
  readonly baseUrl?: string | undefined;
  /** Called when a token is needed: once for many callers, again shortly before it expires and once after a 401. */
  readonly getToken: GetToken;
  /** Used instead of the global one: `app.fetch` of a server in the same page, an instrumented one. */
  readonly fetch?: ((request: Request) => Response | Promise<Response>) | undefined;
  /** BCP 47; the language the server is asked to answer in. */
  readonly locale?: string | undefined;
}

/** What `update` may change. */
export type CaseClientUpdate = Partial<Pick<CaseClientOptions, 'baseUrl' | 'getToken' | 'locale'>>;

/** The way to a case backend: one resource per noun, a live cache, drafts. Made by `createCaseClient`. */
export interface CaseClient {
  readonly session: SessionResource;
  readonly cases: CasesResource;
  readonly grants: GrantsResource;
  readonly receipts: ReceiptsResource;
  readonly notes: NotesResource;
  readonly notices: NoticesResource;
  readonly attachments: AttachmentsResource;
  readonly people: PeopleResource;
  readonly projects: ProjectsResource;
  readonly inboxes: InboxesResource;
  readonly inboxEntries: InboxEntriesResource;
  readonly customers: CustomersResource;
  readonly settings: SettingsResource;
  readonly tags: TagsResource;
  readonly views: ViewsResource;
  readonly events: EventsResource;
  readonly drafts: DraftStore;
  /** The cache, for whoever shows what changes. */
  readonly queries: LiveQueries;
  /** Changes the set-up. Another `getToken` or `baseUrl` may mean another person: calls in flight are cancelled, the cache is emptied, and whatever is subscribed is fetched anew. */
  update(changes: CaseClientUpdate): void;
  /**
   * Forgets the person: cancels calls in flight, empties the cache, ends the event stream, forgets the token and
   * deletes their drafts. Subscribed queries turn to `failed` with an `AuthenticationError`, and so does every call,
   * until `update` names a new `getToken`.
   */
  logout(): Promise<void>;
  /** Like `logout`, but drafts stay: for a page that goes away. */
  dispose(): void;
}

/**
 * Makes a client. It does nothing before it is asked.
 *
 * @throws {ConfigError} `invalid_configuration`: `baseUrl` is not one, or `getToken` is not a function.
 *
 * @example
 * ```ts
 * const client = createCaseClient({
 *   baseUrl: 'https://cases.example.com',
 *   getToken: async () => (await fetch('/case-token')).text(),
 * });
 * const { items } = await client.cases.list({ status: 'open' });
 * ```
 */
export function createCaseClient(options: CaseClientOptions): CaseClient {
  const { fetch = (request: Request) => globalThis.fetch(request) } = options;
  let lifetime = createEnding();
  let getToken: GetToken | undefined = options.getToken;
  let connection = connect(options);

  const cache: Cache = createCache(() => events.getState() === 'live');
  const origin = createStreamOrigin((time) => cache.renew(time));
  const http = createTransport(fetch, () => connection, origin.reading);
  const events = createLiveEvents(http, cache, origin);
  const drafts = createDrafts(async () => {
    const { tokens } = connection;
    if (!tokens) throw new AuthenticationError('Nobody is signed in.', { code: 'unauthenticated' });
    if (!tokens.claims()) await tokens.get();
    return ownerOf(connection);
  });
  const readers = {
    session: new SessionResource(http),
    settings: lazyResource(async () => new (await import('./settings.js')).SettingsResource(http, cache)),
    cases: new CasesResource(http, cache),
    customers: lazyResource(async () => new (await import('./customers.js')).CustomersResource(http)),
    people: lazyResource(async () => new (await import('./people.js')).PeopleResource(http)),
    views: lazyResource(async () => new (await import('./views.js')).ViewsResource(http, cache)),
    grants: lazyResource(async () => new (await import('./grants.js')).GrantsResource(http, cache)),
    projects: lazyResource(async () => new (await import('./projects.js')).ProjectsResource(http, cache)),
    inboxes: lazyResource(async () => new (await import('./inboxes.js')).InboxesResource(http, cache)),
    inboxEntries: lazyResource(
      async () => new (await import('./inbox-entries.js')).InboxEntriesResource(http, cache),
    ),
    receipts: lazyResource(async () => new (await import('./receipts.js')).ReceiptsResource(http)),
  };

  function connect({ baseUrl, locale }: CaseClientUpdate): Connection {
    if (getToken !== undefined && typeof getToken !== 'function')
      throw new ConfigError('getToken must be a function.', { code: 'invalid_configuration' });
    return {
      base: resolveBase(baseUrl ?? '', options.fetch !== undefined),
      locale,
      tokens: getToken && createTokenSource(getToken),
      signal: lifetime.signal,
    };
  }

  /** Cancels calls in flight and forgets what was known. */
  function replace(next: Omit<Connection, 'signal'>): void {
    lifetime.abort();
    lifetime = createEnding();
    connection = { ...next, signal: lifetime.signal };
    events.restart(next.tokens === undefined);
    cache.reset();
  }

  function leave(): void {
    getToken = undefined;
    replace({ ...connection, tokens: undefined });
  }

  return {
    ...readers,
    notes: lazyResource(async () => new (await import('./notes.js')).NotesResource(http, cache)),
    notices: lazyResource(async () => new (await import('./notices.js')).NoticesResource(http, cache)),
    attachments: lazyResource(async () => new (await import('./attachments.js')).AttachmentsResource(http)),
    tags: lazyResource(async () => new (await import('./tags.js')).TagsResource(http)),
    events,
    drafts,
    queries: createLiveQueries(cache, events, readers),
    update(changes) {
      const before = getToken;
      getToken = changes.getToken ?? getToken;
      const next = connect({ baseUrl: connection.base, locale: connection.locale, ...changes });
      if (getToken !== before || next.base !== connection.base) replace(next);
      else if (next.locale !== connection.locale) {
        connection = { ...connection, locale: next.locale };
        cache.renew(Infinity);
      }
    },
    async logout() {
      const owner = connection.tokens?.claims() && ownerOf(connection);
      leave();
      if (owner !== undefined) await drafts.purge(owner);
    },
    dispose: leave,
  };
}

/** Absolute, ending in a slash. In a page, a relative one starts from the page's address. */
function resolveBase(baseUrl: string, reachable: boolean): string {
  try {
    // A server handed in as `fetch` needs no address, but a request must have one.
    const page = globalThis.location?.href ?? (reachable ? 'http://localhost/' : undefined);
    const url = new URL(baseUrl, page);
    if (!/^https?:$/.test(url.protocol)) throw new TypeError(`${url.protocol} is not http.`);
    return `${url.origin}${url.pathname.replace(/\/*$/, '/')}`;
  } catch (cause) {
    throw new ConfigError(`baseUrl "${baseUrl}" is not an address of a server.`, {
      code: 'invalid_configuration',
      cause,
    });
  }
}

function ownerOf({ base, tokens }: Connection): string {
  const { tenant, sub } = tokens?.claims() ?? {};
  return JSON.stringify([base, tenant, sub]);
}
