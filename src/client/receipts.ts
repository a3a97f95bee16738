import { grantRoutes as routes } from '../contract/grant-routes.js';
import type { ReceiptList } from '../contract/receipts.js';
import type { CallOptions } from '../http/request-options.js';
import type { Transport } from '../http/transport.js';

/** Who has opened which case. Reached as `client.receipts`. */
export class ReceiptsResource {
  readonly #http: Transport;

  constructor(http: Transport) {
    this.#http = http;
  }

  /**
   * Who has opened a case, and when; whoever came first at the top (CO-15). Customers are told of their own people alone.
   *
   * @throws {ForbiddenError} `forbidden`: only the requester and agents of the department it belongs to see this, and
   *   nobody does where the settings switch it off.
   * @throws {NotFoundError} `not_found`.
   *
   * @example
   * ```ts
   * const { items } = await client.receipts.list(caseId);
   * ```
   */
  list(caseId: string, options: CallOptions = {}): Promise<ReceiptList> {
    return this.#http.call(routes.listReceipts, { ...options, id: caseId });
  }

  /**
   * Says that the actor has opened a case: its page, not a line of a list (CO-16). To be said each time; the first time
   * is kept beside the last.
   *
   * @throws {NotFoundError} `not_found`: no such case, or none the actor may see. Nothing is kept then.
   *
   * @example
   * ```ts
   * await client.receipts.record(caseId);
   * ```
   */
  record(caseId: string, options: CallOptions = {}): Promise<void> {
    return this.#http.remove(routes.recordReceipt, { ...options, id: caseId });
  }
}
