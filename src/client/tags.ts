import type { Page } from '../contract/common.js';
import { tagRoutes as routes } from '../contract/tag-routes.js';
import type { Tag, TagQuery } from '../contract/tags.js';
import type { CallOptions, QueryInput } from '../http/request-options.js';
import type { Transport } from '../http/transport.js';

/** The tags in use. Reached as `client.tags`. */
export class TagsResource {
  readonly #http: Transport;

  constructor(http: Transport) {
    this.#http = http;
  }

  /**
   * The tags of the cases the actor may see, the most used first; `q` leaves those that hold it. `next` is always `null`.
   *
   * @throws {ForbiddenError} `forbidden`: the actor's roles see no cases at all (CC-01).
   * @throws {NotFoundError} `not_found`: no such customer for this actor.
   *
   * @example
   * ```ts
   * const { items } = await client.tags.list({ q: 'ref', limit: 10 });
   * ```
   */
  list(query: QueryInput<TagQuery> = {}, options: CallOptions = {}): Promise<Page<Tag>> {
    return this.#http.call(routes.listTags, { ...options, query });
  }
}
