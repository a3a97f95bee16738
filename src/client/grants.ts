import type { Page } from '../contract/common.js';
import type {
  Candidate,
  CandidateQuery,
  Grant,
  GrantChange,
  GrantList,
  GrantsAnswer,
  NewGrants,
} from '../contract/grants.js';
import { grantRoutes as routes } from '../contract/grant-routes.js';
import type { PreviewInput, SharePreview } from '../contract/preview.js';
import type { CallOptions, GuardedOptions, QueryInput, WriteOptions } from '../http/request-options.js';
import type { Transport } from '../http/transport.js';
import type { RecordCache } from './record-cache.js';

/** Which candidates. */
export type CandidateListQuery = QueryInput<Omit<CandidateQuery, 'kind'>> & Pick<CandidateQuery, 'kind'>;

/** Who has access to cases besides those they belong to. Reached as `client.grants`. */
export class GrantsResource {
  readonly #http: Transport;
  readonly #cache: RecordCache;

  constructor(http: Transport, cache: RecordCache) {
    this.#http = http;
    this.#cache = cache;
  }

  /**
   * Who has access to a case, the oldest grant first, with the verdict on what can be done to each; `share` says, by
   * kind of grantee, whether the actor may add more (CO-14).
   *
   * @throws {NotFoundError} `not_found`: no such case, or none the actor may see.
   *
   * @example
   * ```ts
   * const { items, share } = await client.grants.list(caseId);
   * ```
   */
  async list(caseId: string, options: CallOptions = {}): Promise<GrantList> {
    return this.#http.call(routes.listGrants, { ...options, id: caseId });
  }

  /**
   * Shares a case with several at once: with all of them, or with nobody (CO-04, DE-21). Who has access already keeps
   * what they had and is named in `ignored`.
   *
   * @throws {ValidationError} `validation_failed`: every bad name at once, as `grantees.2.id`; with
   *   `principal_out_of_scope`, `self_share`, `already_shared` or `duplicate`.
   * @throws {ForbiddenError} `forbidden`, with the rule: `only_submitter_may_share`, `child_cannot_reshare`, …
   * @throws {ConflictError} `history_disclosure_unconfirmed`: a customer would read earlier public notes; `current` has
   *   `count`, `oldest`, `recipients` and `otherOrganisations`. Ask, then send `history` (CU-06). `case_closed`.
   * @throws {NotFoundError} `not_found`.
   *
   * @example
   * ```ts
   * await client.grants.add(caseId, { grantees: [{ kind: 'department', id: 'dept_network', level: 'restricted' }] });
   * ```
   */
  async add(caseId: string, input: NewGrants, options: WriteOptions = {}): Promise<GrantsAnswer> {
    const answer = await this.#http.call(routes.createGrants, {
      ...options,
      id: caseId,
      json: input,
    });
    this.#cache.touchGrants();
    return answer;
  }

  /**
   * Changes the level of a grant, or when it ends; `expiresAt: null` lets it last.
   *
   * @throws {ConflictError} `version_conflict` with the grant as it stands; `case_closed` where it would give more.
   * @throws {GoneError} `gone`: it has ended; by whom and when.
   * @throws {ForbiddenError} `forbidden`.
   * @throws {ValidationError} `validation_failed`.
   * @throws {NotFoundError} `not_found`.
   *
   * @example
   * ```ts
   * await client.grants.update(grant.id, { level: 'read-only' }, grant);
   * ```
   */
  async update(id: string, change: GrantChange, options: GuardedOptions): Promise<Grant> {
    const grant = await this.#http.call(routes.updateGrant, { ...options, id, json: change });
    this.#cache.touchGrants();
    return grant;
  }

  /**
   * Ends a grant, at once.
   *
   * @throws {GoneError} `gone`: it has ended already; by whom and when (CO-05).
   * @throws {ForbiddenError} `forbidden`.
   * @throws {NotFoundError} `not_found`.
   *
   * @example
   * ```ts
   * await client.grants.remove(grant.id);
   * ```
   */
  async remove(id: string, options: CallOptions = {}): Promise<void> {
    await this.#http.remove(routes.revokeGrant, { ...options, id });
    this.#cache.touchGrants();
  }

  /**
   * One page of those the actor may share a case with, by name; `grantId` marks who has it already. Without `caseId`:
   * co-workers for a case that the actor is about to submit.
   *
   * @throws {ForbiddenError} `forbidden`: this kind is not the actor's to share with.
   * @throws {NotFoundError} `not_found`.
   *
   * @example
   * ```ts
   * const { items } = await client.grants.candidates({ caseId, kind: 'person', q: 'le' });
   * ```
   */
  async candidates(query: CandidateListQuery, options: CallOptions = {}): Promise<Page<Candidate>> {
    return this.#http.call(routes.listCandidates, { ...options, query });
  }

  /**
   * The case with the eyes of somebody it could be shared with, exactly as the server would show it to them. Changes
   * nothing; that it was looked at stands in the history of the case.
   *
   * @throws {ForbiddenError} `forbidden`: this kind is not the actor's to share with.
   * @throws {ValidationError} `validation_failed`: nobody the case can be shared with, or no such level.
   * @throws {NotFoundError} `not_found`.
   *
   * @example
   * ```ts
   * const { timeline, hidden } = await client.grants.preview({ caseId, kind: 'customer', id: customer.id });
   * ```
   */
  preview(input: PreviewInput, options: CallOptions = {}): Promise<SharePreview> {
    return this.#http.call(routes.previewGrant, { ...options, json: input });
  }
}
