import type { Page } from '../contract/common.js';
import type { Person, PersonQuery } from '../contract/people.js';
import { peopleRoutes as routes } from '../contract/people-routes.js';
import { allPages } from '../http/pages.js';
import type { CallOptions, QueryInput } from '../http/request-options.js';
import type { Transport } from '../http/transport.js';

/** Which people: `q` matches the beginnings of the words of a name. */
export type PersonListQuery = QueryInput<PersonQuery>;

/** Finds the people of the tenant. Reached as `client.people`. */
export class PeopleResource {
  readonly #http: Transport;

  constructor(http: Transport) {
    this.#http = http;
  }

  /**
   * One page of the people the actor may see, by name.
   *
   * @throws {ForbiddenError} `forbidden`.
   *
   * @example
   * ```ts
   * const { items } = await client.people.list({ kind: 'agent', q: 'ada' });
   * ```
   */
  list(query: PersonListQuery = {}, options: CallOptions = {}): Promise<Page<Person>> {
    return this.#http.call(routes.listPeople, { ...options, query });
  }

  /**
   * Everybody that `list` would answer, page after page.
   *
   * @throws As `list`.
   *
   * @example
   * ```ts
   * for await (const person of client.people.listAll({ customerId })) console.log(person.name);
   * ```
   */
  listAll(
    query: Omit<PersonListQuery, 'cursor'> = {},
    options: CallOptions = {},
  ): AsyncIterableIterator<Person> {
    return allPages((cursor) => this.list({ ...query, cursor }, options));
  }

  /**
   * One person.
   *
   * @throws {NotFoundError} `not_found`: absent, or hidden from the actor.
   *
   * @example
   * ```ts
   * const { name } = await client.people.get(personId);
   * ```
   */
  get(id: string, options: CallOptions = {}): Promise<Person> {
    return this.#http.call(routes.getPerson, { ...options, id });
  }
}
