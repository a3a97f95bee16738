import type { AttachmentsResource } from './attachments.js';
import type { CasesResource } from './cases.js';
import type { CustomersResource } from './customers.js';
import type { DraftStore } from './drafts.js';
import type { EventsResource } from './events.js';
import type { NotesResource } from './notes.js';
import type { PeopleResource } from './people.js';
import type { LiveQueries } from './queries.js';
import type { SessionResource } from './session.js';
import type { SettingsResource } from './settings.js';

/** Where the token comes from: the host's server signs a short-lived JWT for whoever is signed in. */
export type GetToken = () => string | Promise<string>;

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
  readonly notes: NotesResource;
  readonly attachments: AttachmentsResource;
  readonly people: PeopleResource;
  readonly customers: CustomersResource;
  readonly settings: SettingsResource;
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
export declare function createCaseClient(options: CaseClientOptions): CaseClient;
