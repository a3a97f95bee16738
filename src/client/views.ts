import type { Page } from '../contract/common.js';
import { viewRoutes as routes } from '../contract/view-routes.js';
import type { NewView, View, ViewChange, ViewQuery } from '../contract/views.js';
import { allPages } from '../http/pages.js';
import type { CallOptions, GuardedOptions, QueryInput, WriteOptions } from '../http/request-options.js';
import type { Transport } from '../http/transport.js';
import type { RecordCache } from './record-cache.js';

/** Which page of the views. */
export type ViewListQuery = QueryInput<ViewQuery>;

/** Lists as people like them: filters, order and columns under a name. Reached as `client.views`. */
export class ViewsResource {
  readonly #http: Transport;
  readonly #cache: RecordCache;

  constructor(http: Transport, cache: RecordCache) {
    this.#http = http;
    this.#cache = cache;
  }

  /**
   * One page of the actor's own views and of those shared with one of their roles, by name.
   *
   * @example
   * ```ts
   * const { items } = await client.views.list({ limit: 100 });
   * ```
   */
  list(query: ViewListQuery = {}, options: CallOptions = {}): Promise<Page<View>> {
    return this.#http.call(routes.listViews, { ...options, query });
  }

  /**
   * Every view that `list` would answer, page after page.
   *
   * @example
   * ```ts
   * for await (const { name, filters } of client.views.listAll()) console.log(name, filters);
   * ```
   */
  listAll(query: Omit<ViewListQuery, 'cursor'> = {}, options: CallOptions = {}): AsyncIterableIterator<View> {
    return allPages((cursor) => this.list({ ...query, cursor }, options));
  }

  /**
   * One view. `warnings` names what of its filters can no longer be chosen (CC-08).
   *
   * @throws {NotFoundError} `not_found`: absent, or somebody else's.
   *
   * @example
   * ```ts
   * const { filters, warnings } = await client.views.get(viewId);
   * ```
   */
  get(id: string, options: CallOptions = {}): Promise<View> {
    return this.#http.call(routes.getView, { ...options, id });
  }

  /**
   * Keeps a view: the actor's alone unless `visibility` names roles.
   *
   * @throws {ValidationError} `validation_failed`: every refused field at once; `too_many` at `name` beyond 100 views.
   * @throws {ForbiddenError} `forbidden`: only administrators share (`views.share`), only who works on cases keeps any.
   *
   * @example
   * ```ts
   * await client.views.create({ name: 'Refunds', filters: { status: 'open', tag: ['refund'] }, sort: 'deadline' });
   * ```
   */
  async create(input: NewView, options: WriteOptions = {}): Promise<View> {
    const view = await this.#http.call(routes.createView, { ...options, json: input });
    this.#cache.touch('views');
    return view;
  }

  /**
   * Changes a view; what is absent stays, `filters` are replaced as a whole, `null` takes away order or columns.
   *
   * @throws {ConflictError} `version_conflict` with the view as it stands.
   * @throws As `create`; {NotFoundError} `not_found`.
   *
   * @example
   * ```ts
   * await client.views.update(id, { name: 'Refunds, open' }, { version });
   * ```
   */
  async update(id: string, change: ViewChange, options: GuardedOptions): Promise<View> {
    const view = await this.#http.call(routes.updateView, { ...options, id, json: change });
    this.#cache.touch('views');
    return view;
  }

  /**
   * Removes a view.
   *
   * @throws {ConflictError} `version_conflict` with the view as it stands.
   * @throws {ForbiddenError} `forbidden`.
   * @throws {NotFoundError} `not_found`.
   *
   * @example
   * ```ts
   * await client.views.delete(id, { version });
   * ```
   */
  async delete(id: string, options: GuardedOptions): Promise<void> {
    await this.#http.remove(routes.deleteView, { ...options, id });
    this.#cache.touch('views');
  }
}
