import { bulkLimit, type BulkAnswer, type BulkInput } from '../contract/bulk.js';
import type {
  Case,
  CaseChange,
  CaseQuery,
  CaseSummary,
  ChangedCase,
  NewCase,
  StatusChangeInput,
} from '../contract/cases.js';
import type { Page } from '../contract/common.js';
import type { CaseExportQuery } from '../contract/export.js';
import type { ForwardInput } from '../contract/forward.js';
import type { Note, TimelineEntry, TimelineQuery } from '../contract/notes.js';
import { pageRoutes as routes } from '../contract/page-routes.js';
import { unbroken } from '../http/answer.js';
import { allPages } from '../http/pages.js';
import type {
  CallOptions,
  CommandOptions,
  GuardedOptions,
  QueryInput,
  WriteOptions,
} from '../http/request-options.js';
import type { Transport } from '../http/transport.js';
import type { RecordCache } from './record-cache.js';

/** Which cases, in which order, how many at once (CC-04 to CC-14). */
export type CaseListQuery = QueryInput<CaseQuery>;
/** Which cases go into a file, in which order and with which columns. */
export type CaseExportListQuery = QueryInput<CaseExportQuery>;
/** Which lines of a history: `order: 'asc'` starts with the oldest, `kind` leaves only some. */
export type TimelineListQuery = QueryInput<TimelineQuery>;

/** Finds, creates and changes cases. Reached as `client.cases`. */
export class CasesResource {
  readonly #http: Transport;
  readonly #cache: RecordCache;

  constructor(http: Transport, cache: RecordCache) {
    this.#http = http;
    this.#cache = cache;
  }

  /**
   * One page of the cases the actor may see, most recently updated first unless `sort` says otherwise.
   *
   * All filters must match; several values of one filter match any of them (CC-14).
   *
   * @returns The page; `next` is the `cursor` of the following one, `total` is there when `count` was asked.
   * @throws {ValidationError} `validation_failed`: a filter that cannot be, such as an empty range (CC-07).
   * @throws {ForbiddenError} `forbidden`: the actor's roles see no cases at all (CC-01).
   *
   * @example
   * ```ts
   * const { items, total } = await client.cases.list({ status: 'open', q: 'refund', count: true });
   * ```
   */
  list(query: CaseListQuery = {}, options: CallOptions = {}): Promise<Page<CaseSummary>> {
    return this.#http.call(routes.listCases, { ...options, query });
  }

  /**
   * Every case that `list` would answer, page after page. Leaving the loop ends the requests.
   *
   * @throws As `list`.
   *
   * @example
   * ```ts
   * for await (const { number, subject } of client.cases.listAll({ customerId })) console.log(number, subject);
   * ```
   */
  listAll(
    query: Omit<CaseListQuery, 'cursor'> = {},
    options: CallOptions = {},
  ): AsyncIterableIterator<CaseSummary> {
    return allPages((cursor) => this.list({ ...query, cursor }, options));
  }

  /**
   * Every case that `list` would answer, in its order, as a CSV file: UTF-8, safe to open in a spreadsheet. Headings
   * come in the language of the client's `locale`.
   *
   * @param query - The filters of `list`; besides, the `columns` and the `timeZone` in which moments are written.
   * @throws As `list`; {ForbiddenError} `forbidden` by the rule `cases.export`.
   *
   * @example
   * ```ts
   * const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
   * const file = await client.cases.export({ status: 'open', sort: 'deadline', timeZone });
   * ```
   */
  export(query: CaseExportListQuery = {}, options: CallOptions = {}): Promise<Blob> {
    return this.#http.download(routes.exportCases, { ...options, query });
  }

  /**
   * A case, whole, with a verdict for each action the actor might take on it.
   *
   * @throws {NotFoundError} `not_found`: absent, or hidden from the actor.
   *
   * @example
   * ```ts
   * const { subject, permissions } = await client.cases.get(caseId);
   * ```
   */
  get(id: string, options: CallOptions = {}): Promise<Case> {
    return this.#http.call(routes.getCase, { ...options, id });
  }

  /**
   * Adds a case to a customer's account; with `close` it is stored and closed in one step (CC-29, CC-30).
   *
   * A call repeated with the same `idempotencyKey` answers the first call's case and stores nothing (E-DUP).
   *
   * @returns The case as the server stored it.
   * @throws {ValidationError} `validation_failed`: every missing or unknown value at once (CC-27).
   * @throws {ForbiddenError} `forbidden`: the actor may not create cases (CC-25).
   * @throws {NotFoundError} `not_found`: no such customer for this actor.
   *
   * @example
   * ```ts
   * const created = await client.cases.create({
   *   customerId,
   *   type: 'billing',
   *   contactMethod: 'phone',
   *   subject: 'Charged twice in May',
   *   description: 'Two charges of 40.00 on the same day.',
   * });
   * ```
   */
  async create(input: NewCase, options: WriteOptions = {}): Promise<Case> {
    const created = await this.#http.call(routes.createCase, { ...options, json: input });
    this.#cache.putCase(created);
    return created;
  }

  /**
   * Changes fields of an open case; what is absent from `change` stays (CC-50).
   *
   * @param options - `version` as read with the record: the change is refused when it has moved meanwhile.
   * @throws {ConflictError} `version_conflict` with the record as it stands; `case_closed` (CC-47).
   * @throws {ValidationError} `validation_failed`: every refused field at once (CC-49).
   * @throws {ForbiddenError} `forbidden`.
   * @throws {NotFoundError} `not_found`.
   *
   * @example
   * ```ts
   * const { version } = await client.cases.get(caseId);
   * await client.cases.update(caseId, { priority: 'high' }, { version });
   * ```
   */
  async update(id: string, change: CaseChange, options: GuardedOptions): Promise<ChangedCase> {
    const changed = await this.#http.call(routes.updateCase, { ...options, id, json: change });
    this.#cache.putCase(changed);
    return changed;
  }

  /**
   * Closes an open case, for a reason from the settings and with an explanation (CC-38 to CC-42).
   *
   * @throws {ConflictError} `case_closed`, naming who closed it and when; `version_conflict`.
   * @throws {ValidationError} `validation_failed`: reason and note, both at once.
   * @throws {ForbiddenError} `forbidden`.
   * @throws {NotFoundError} `not_found`.
   *
   * @example
   * ```ts
   * await client.cases.close(caseId, { reason: 'resolved', note: 'Refund sent.' }, { version });
   * ```
   */
  close(id: string, input: StatusChangeInput, options: CommandOptions): Promise<Case> {
    return this.#command(routes.closeCase, id, input, options);
  }

  /**
   * Opens a closed case again; the closure stays in its history (CC-43 to CC-46).
   *
   * @throws {ConflictError} `case_open`; `version_conflict`.
   * @throws {ValidationError} `validation_failed`: reason and note, both at once.
   * @throws {ForbiddenError} `forbidden`.
   * @throws {NotFoundError} `not_found`.
   *
   * @example
   * ```ts
   * await client.cases.reopen(caseId, { reason: 'not-solved', note: 'Charged again.' }, { version });
   * ```
   */
  reopen(id: string, input: StatusChangeInput, options: CommandOptions): Promise<Case> {
    return this.#command(routes.reopenCase, id, input, options);
  }

  /**
   * Closes, reopens, tags or assigns many cases; each is changed or refused for itself, by the rules of the single
   * calls (CC-42). More than a hundred go out in several calls, one after the other.
   *
   * @param options - With `idempotencyKey` the whole may be repeated when it broke off: what was done is not done again.
   * @returns What became of each case, in the order asked.
   * @throws {ValidationError} `validation_failed`: what is wrong for every case, such as a missing reason.
   * @throws {ForbiddenError} `forbidden`: the actor's roles see no cases at all (CC-01).
   *
   * @example
   * ```ts
   * const { results } = await client.cases.bulk({ action: 'close', cases, reason: 'resolved', note: 'Line repaired.' });
   * const refused = results.filter(({ outcome }) => outcome === 'refused');
   * ```
   */
  async bulk(input: BulkInput, options: WriteOptions = {}): Promise<BulkAnswer> {
    const results: BulkAnswer['results'] = [];
    for (let from = 0; from === 0 || from < input.cases.length; from += bulkLimit) {
      const cases = input.cases.slice(from, from + bulkLimit);
      const key = options.idempotencyKey;
      const answer = await this.#http.call(routes.changeCases, {
        ...options,
        idempotencyKey: key && from > 0 ? `${key} ${from}` : key,
        json: { ...input, cases },
      });
      results.push(...answer.results);
      this.#cache.touchCases(...cases.map(({ id }) => id));
    }
    return { results };
  }

  /**
   * One page of a case's history, notes and changes merged, newest first unless `order` says otherwise (CC-24).
   *
   * @throws {NotFoundError} `not_found`.
   *
   * @example
   * ```ts
   * const { items } = await client.cases.timeline(caseId, { limit: 10 });
   * ```
   */
  timeline(
    id: string,
    query: TimelineListQuery = {},
    options: CallOptions = {},
  ): Promise<Page<TimelineEntry>> {
    return this.#http.call(routes.listTimeline, { ...options, id, query });
  }

  /**
   * The whole history of a case, page after page.
   *
   * @throws As `timeline`.
   *
   * @example
   * ```ts
   * for await (const entry of client.cases.timelineAll(caseId, { order: 'asc' })) console.log(entry.kind);
   * ```
   */
  timelineAll(
    id: string,
    query: Omit<TimelineListQuery, 'cursor'> = {},
    options: CallOptions = {},
  ): AsyncIterableIterator<TimelineEntry> {
    return allPages((cursor) => this.timeline(id, { ...query, cursor }, options));
  }

  async #command(
    route: typeof routes.closeCase | typeof routes.reopenCase,
    id: string,
    input: StatusChangeInput,
    options: CommandOptions,
  ): Promise<Case> {
    const changed = await this.#http.call(route, { ...options, id, json: input });
    this.#cache.putCase(changed);
    return changed;
  }

  /**
   * Forwards an open case to another agent: writes an internal note with the text, and tells them (DE-07). It gives
   * nobody access: who may not see the case does not learn more of it.
   *
   * @throws {ValidationError} `validation_failed`: `to` and `text`, all at once; `external_recipient` for an address that
   *   is no agent's.
   * @throws {ForbiddenError} `forbidden`: customers, and departments that have the case to read only (DE-10).
   * @throws {ConflictError} `case_closed`.
   * @throws {NotFoundError} `not_found`.
   *
   * @example
   * ```ts
   * await client.cases.forward(caseId, { to: 'tomas@example.com', text: 'Could you check the line?' });
   * ```
   */
  async forward(id: string, input: ForwardInput, options: WriteOptions = {}): Promise<Note> {
    const { forwardCase } = await unbroken(import('./forward.js'));
    return forwardCase(this.#http, this.#cache, id, input, options);
  }
}
