import type { NamedRef, Page } from '../contract/common.js';
import { inboxRoutes as routes } from '../contract/inbox-routes.js';
import type { Inbox, InboxChange, InboxQuery, InboxTargetQuery, NewInbox } from '../contract/inboxes.js';
import { allPages } from '../http/pages.js';
import type { CallOptions, GuardedOptions, QueryInput, WriteOptions } from '../http/request-options.js';
import type { Transport } from '../http/transport.js';
import type { RecordCache } from './record-cache.js';

/** Which inboxes: `retired: 'true'` adds those that take nothing any more and are empty. */
export type InboxListQuery = QueryInput<InboxQuery>;

/** Where something may go: `q` matches the beginnings of the words of a name, `entryId` leaves out where that entry is. */
export type InboxTargetListQuery = QueryInput<InboxTargetQuery>;

/** Named queues of cases handed over, and who works them. Reached as `client.inboxes`. */
export class InboxesResource {
  readonly #http: Transport;
  readonly #cache: RecordCache;

  constructor(http: Transport, cache: RecordCache) {
    this.#http = http;
    this.#cache = cache;
  }

  /**
   * One page of the inboxes the actor is a member of, for administrators of all, by name. `open` counts what waits there,
   * `mine` what of it the actor owns; both are absent without the right to read (IB-02, IB-28).
   *
   * @throws {ForbiddenError} `forbidden`: the role works no inboxes (`inboxes.role`, IB-01).
   *
   * @example
   * ```ts
   * const { items } = await client.inboxes.list();
   * ```
   */
  list(query: InboxListQuery = {}, options: CallOptions = {}): Promise<Page<Inbox>> {
    return this.#http.call(routes.listInboxes, { ...options, query });
  }

  /**
   * Every inbox, page after page.
   *
   * @throws As `list`.
   *
   * @example
   * ```ts
   * for await (const { name, mine } of client.inboxes.listAll()) console.log(name, mine);
   * ```
   */
  listAll(
    query: Omit<InboxListQuery, 'cursor'> = {},
    options: CallOptions = {},
  ): AsyncIterableIterator<Inbox> {
    return allPages((cursor) => this.list({ ...query, cursor }, options));
  }

  /**
   * One inbox; `members` are there for administrators.
   *
   * @throws {NotFoundError} `not_found`: no such inbox, or none the actor is a member of.
   * @throws {ForbiddenError} `forbidden`.
   *
   * @example
   * ```ts
   * const { name, permissions } = await client.inboxes.get(inboxId);
   * ```
   */
  get(id: string, options: CallOptions = {}): Promise<Inbox> {
    return this.#http.call(routes.getInbox, { ...options, id });
  }

  /**
   * Makes an inbox. For administrators (IB-26).
   *
   * @throws {ValidationError} `validation_failed`: `name` is missing, too long or another inbox's (`duplicate`); under
   *   `members.0.personId` who is no agent (`not_found`) or named twice (`duplicate`), under `members.0.rights` a right
   *   without that to read (`needs_read`).
   * @throws {ForbiddenError} `forbidden` (`inboxes.administrator`).
   *
   * @example
   * ```ts
   * await client.inboxes.create({ name: 'Finance', members: [{ personId, rights: ['read', 'forward'] }] });
   * ```
   */
  async create(input: NewInbox, options: WriteOptions = {}): Promise<Inbox> {
    return this.#changed(await this.#http.call(routes.createInbox, { ...options, json: input }));
  }

  /**
   * Changes an inbox: what is absent stays, `members` are named whole. Who is a member no longer, or reads no longer,
   * owns nothing here any more. `retired` takes no new entries; what is in it can still be worked.
   *
   * @throws {ConflictError} `version_conflict` with the inbox as it stands.
   * @throws As `create`; {NotFoundError} `not_found`.
   *
   * @example
   * ```ts
   * await client.inboxes.update(inbox.id, { opensCases: false }, inbox);
   * ```
   */
  async update(id: string, change: InboxChange, options: GuardedOptions): Promise<Inbox> {
    return this.#changed(await this.#http.call(routes.updateInbox, { ...options, id, json: change }));
  }

  /**
   * One page of the names of inboxes that something may be put into, whether the actor is a member or not (IB-13).
   *
   * @throws {ForbiddenError} `forbidden`.
   *
   * @example
   * ```ts
   * const { items } = await client.inboxes.targets({ entryId: entry.id });
   * ```
   */
  targets(query: InboxTargetListQuery = {}, options: CallOptions = {}): Promise<Page<NamedRef>> {
    return this.#http.call(routes.listInboxTargets, { ...options, query });
  }

  #changed(inbox: Inbox): Inbox {
    this.#cache.touch('inbox');
    return inbox;
  }
}
