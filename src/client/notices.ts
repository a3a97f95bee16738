import type { Grant } from '../contract/grants.js';
import { noticeRoutes as routes } from '../contract/notice-routes.js';
import type { NoticeDelivery, NoticePreference } from '../contract/notices.js';
import type { CallOptions, WriteOptions } from '../http/request-options.js';
import type { Transport } from '../http/transport.js';
import type { RecordCache } from './record-cache.js';

/** Who is told what happens on a case. Reached as `client.notices`. */
export class NoticesResource {
  readonly #http: Transport;
  readonly #cache: RecordCache;

  constructor(http: Transport, cache: RecordCache) {
    this.#http = http;
    this.#cache = cache;
  }

  /**
   * Whether the actor is told of replies on a case, and whether anything can reach them (CO-11).
   *
   * @throws {NotFoundError} `not_found`: no such case, or none the actor may see.
   *
   * @example
   * ```ts
   * const { replies } = await client.notices.get(caseId);
   * ```
   */
  get(caseId: string, options: CallOptions = {}): Promise<NoticePreference> {
    return this.#http.call(routes.getNotices, { ...options, id: caseId });
  }

  /**
   * Tells the actor of replies on a case, or no longer; access stays as it is (CO-12, CO-13).
   *
   * @throws {NotFoundError} `not_found`.
   *
   * @example
   * ```ts
   * await client.notices.set(caseId, { replies: false });
   * ```
   */
  set(
    caseId: string,
    { replies }: Pick<NoticePreference, 'replies'>,
    options: CallOptions = {},
  ): Promise<NoticePreference> {
    return this.#http.call(routes.setNotices, { ...options, id: caseId, json: { replies } });
  }

  /**
   * What became of telling people about a public note: how many messages left, and whom none reached (CU-17).
   *
   * @throws {ForbiddenError} `forbidden`: for agents, and for who wrote the note.
   * @throws {NotFoundError} `not_found`.
   *
   * @example
   * ```ts
   * const { failed } = await client.notices.delivery(note.id);
   * ```
   */
  delivery(noteId: string, options: CallOptions = {}): Promise<NoticeDelivery> {
    return this.#http.call(routes.getNoticeDelivery, { ...options, id: noteId });
  }

  /**
   * Tries again to tell those a case was shared with, where that was given up (`notified: 'failed'`, CO-10). Nobody is
   * told twice: of a grant that is `pending` or `sent` nothing changes.
   *
   * @throws {ForbiddenError} `forbidden`: the grant is not the actor's to look after.
   * @throws {GoneError} `gone`: the grant has ended; by whom and when.
   * @throws {NotFoundError} `not_found`.
   * @throws {UnavailableError} `capability_missing`: the server sends no notices.
   *
   * @example
   * ```ts
   * if (grant.notified === 'failed') await client.notices.retry(grant.id);
   * ```
   */
  async retry(grantId: string, options: WriteOptions = {}): Promise<Grant> {
    const grant = await this.#http.call(routes.retryNotice, { ...options, id: grantId });
    this.#cache.touchGrants();
    return grant;
  }
}
