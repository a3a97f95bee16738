import type { Page } from '../contract/common.js';
import type { Customer, CustomerQuery } from '../contract/customers.js';
import { customerRoutes as routes } from '../contract/customer-routes.js';
import { allPages } from '../http/pages.js';
import type { CallOptions, QueryInput } from '../http/request-options.js';
import type { Transport } from '../http/transport.js';

/** Which customers: `q` matches the beginnings of the words of a name, or a number. */
export type CustomerListQuery = QueryInput<CustomerQuery>;

/** Finds the accounts that cases are about. Reached as `client.customers`. */
export class CustomersResource {
  readonly #http: Transport;

  constructor(http: Transport) {
    this.#http = http;
  }

  /**
   * One page of the customers the actor may see, by name.
   *
   * @throws {ForbiddenError} `forbidden`.
   *
   * @example
   * ```ts
   * const { items } = await client.customers.list({ q: 'north' });
   * ```
   */
  list(query: CustomerListQuery = {}, options: CallOptions = {}): Promise<Page<Customer>> {
    return this.#http.call(routes.listCustomers, { ...options, query });
  }

  /**
   * Every customer that `list` would answer, page after page.
   *
   * @throws As `list`.
   *
   * @example
   * ```ts
   * for await (const customer of client.customers.listAll()) console.log(customer.name);
   * ```
   */
  listAll(
    query: Omit<CustomerListQuery, 'cursor'> = {},
    options: CallOptions = {},
  ): AsyncIterableIterator<Customer> {
    return allPages((cursor) => this.list({ ...query, cursor }, options));
  }

  /**
   * One customer, with a verdict on creating a case for it (CC-25).
   *
   * @throws {NotFoundError} `not_found`: absent, foreign, or hidden from the actor (CC-04).
   *
   * @example
   * ```ts
   * const { name, mainContact } = await client.customers.get(customerId);
   * ```
   */
  get(id: string, options: CallOptions = {}): Promise<Customer> {
    return this.#http.call(routes.getCustomer, { ...options, id });
  }
}
