import type { Session } from '../contract/session.js';
import { pageRoutes as routes } from '../contract/page-routes.js';
import type { CallOptions } from '../http/request-options.js';
import type { Transport } from '../http/transport.js';

/** Who is signed in. Reached as `client.session`. */
export class SessionResource {
  readonly #http: Transport;

  constructor(http: Transport) {
    this.#http = http;
  }

  /**
   * The actor as the server knows them, what they may do, the settings, and what the backend can do.
   *
   * @throws {AuthenticationError} `unauthenticated`.
   *
   * @example
   * ```ts
   * const { actor, capabilities } = await client.session.get();
   * ```
   */
  get(options: CallOptions = {}): Promise<Session> {
    return this.#http.call(routes.getSession, options);
  }
}
