import type { Page } from '../contract/common.js';
import type {
  AssignEntry,
  CompleteEntry,
  ForwardEntry,
  InboxEntry,
  InboxEntryQuery,
  NewInboxEntry,
} from '../contract/inbox-entries.js';
import { inboxRoutes as routes } from '../contract/inbox-routes.js';
import { allPages } from '../http/pages.js';
import type { CallOptions, QueryInput, WriteOptions } from '../http/request-options.js';
import type { Transport } from '../http/transport.js';
import type { RecordCache } from './record-cache.js';

/** Which entries: all filters must match, several values of one match any of them. Open ones unless told. */
export type InboxEntryListQuery = QueryInput<InboxEntryQuery>;

/** What waits in the inboxes: cases, or customers alone, handed over. Reached as `client.inboxEntries`. */
export class InboxEntriesResource {
  readonly #http: Transport;
  readonly #cache: RecordCache;

  constructor(http: Transport, cache: RecordCache) {
    this.#http = http;
    this.#cache = cache;
  }

  /**
   * One page of the entries of inboxes the actor may read, by due date unless `sort` says otherwise; with `caseId`, where
   * that case is, for agents it belongs to. An inbox they may not read has none (IB-02).
   *
   * @throws {ForbiddenError} `forbidden`: the role works no inboxes (`inboxes.role`, IB-01).
   *
   * @example
   * ```ts
   * const { items, total } = await client.inboxEntries.list({ owner: 'me', count: true });
   * ```
   */
  list(query: InboxEntryListQuery = {}, options: CallOptions = {}): Promise<Page<InboxEntry>> {
    return this.#http.call(routes.listInboxEntries, { ...options, query });
  }

  /**
   * Every entry that `list` would answer, page after page.
   *
   * @throws As `list`.
   *
   * @example
   * ```ts
   * for await (const { message, dueOn } of client.inboxEntries.listAll({ inboxId })) console.log(message, dueOn);
   * ```
   */
  listAll(
    query: Omit<InboxEntryListQuery, 'cursor'> = {},
    options: CallOptions = {},
  ): AsyncIterableIterator<InboxEntry> {
    return allPages((cursor) => this.list({ ...query, cursor }, options));
  }

  /**
   * One entry, open or ended, with the verdict on every action.
   *
   * @throws {NotFoundError} `not_found`: no such entry, or none in an inbox the actor may read.
   * @throws {ForbiddenError} `forbidden`.
   *
   * @example
   * ```ts
   * const { owner, permissions } = await client.inboxEntries.get(entryId);
   * ```
   */
  get(id: string, options: CallOptions = {}): Promise<InboxEntry> {
    return this.#http.call(routes.getInboxEntry, { ...options, id });
  }

  /**
   * Puts a case, or a customer alone, into an inbox (IB-03, IB-27).
   *
   * @throws {ValidationError} `validation_failed`: every refused field at once, such as `inboxId` (`required`, `not_found`,
   *   `retired_value`), `dueOn` (`required`, `date_not_expected`, `in_the_past`), `caseId` and `customerId`.
   * @throws {ConflictError} `already_in_inbox` with the entry in `current`; `case_closed`.
   * @throws {ForbiddenError} `forbidden`: it does not belong to the actor to hand over.
   *
   * @example
   * ```ts
   * await client.inboxEntries.create({ caseId, inboxId, message: 'Asks for his money back.' });
   * ```
   */
  async create(input: NewInboxEntry, options: WriteOptions = {}): Promise<InboxEntry> {
    return this.#changed(await this.#http.call(routes.createInboxEntry, { ...options, json: input }));
  }

  /**
   * Makes it the actor's own; of several who do so at once exactly one succeeds (IB-07). Taking it again changes nothing.
   *
   * @throws {ConflictError} `entry_owned`: `by` owns it, `current` is the entry.
   * @throws {GoneError} `gone`: completed or cancelled; `by` and `at` say by whom and when.
   * @throws {ForbiddenError} `forbidden`.
   * @throws {NotFoundError} `not_found`.
   *
   * @example
   * ```ts
   * await client.inboxEntries.take(entry.id);
   * ```
   */
  take(id: string, options: WriteOptions = {}): Promise<InboxEntry> {
    return this.#change('takeInboxEntry', id, options);
  }

  /**
   * Gives it back: nobody owns it any more (IB-29).
   *
   * @throws {ConflictError} `entry_owned`: it is somebody else's; `entry_not_owned`: it is nobody's.
   * @throws As `take`.
   *
   * @example
   * ```ts
   * await client.inboxEntries.release(entry.id);
   * ```
   */
  release(id: string, options: WriteOptions = {}): Promise<InboxEntry> {
    return this.#change('releaseInboxEntry', id, options);
  }

  /**
   * Makes it a member's. For administrators (IB-29).
   *
   * @throws {ValidationError} `validation_failed`: `personId` is missing or no member who may read the inbox
   *   (`not_a_member`).
   * @throws As `take`.
   *
   * @example
   * ```ts
   * await client.inboxEntries.assign(entry.id, { personId });
   * ```
   */
  assign(id: string, input: AssignEntry, options: WriteOptions = {}): Promise<InboxEntry> {
    return this.#change('assignInboxEntry', id, options, input);
  }

  /**
   * Completes it. With `note` and `closeCase` the note is written, the case closed and the entry completed in one step, or
   * nothing of it happens (IB-04).
   *
   * @throws {ConflictError} `entry_not_owned`: it has to be taken first (decision 8); `entry_owned`; `case_closed`.
   * @throws {ValidationError} `validation_failed`: under `note.…` and `closeCase.…`.
   * @throws As `take`.
   *
   * @example
   * ```ts
   * await client.inboxEntries.complete(entry.id, { closeCase: { reason: 'resolved', note: 'Refunded.' } });
   * ```
   */
  complete(id: string, input: CompleteEntry = {}, options: WriteOptions = {}): Promise<InboxEntry> {
    return this.#change('completeInboxEntry', id, options, input);
  }

  /**
   * Cancels it: an end of its own, distinct from completion (IB-10).
   *
   * @throws {ConflictError} `entry_owned`.
   * @throws As `take`.
   *
   * @example
   * ```ts
   * await client.inboxEntries.cancel(entry.id);
   * ```
   */
  cancel(id: string, options: WriteOptions = {}): Promise<InboxEntry> {
    return this.#change('cancelInboxEntry', id, options);
  }

  /**
   * Sends it on to another inbox, where nobody owns it yet (IB-12 to IB-18).
   *
   * @throws {ValidationError} `validation_failed`: every refused field at once; `inboxId` (`same_inbox`, `not_found`,
   *   `retired_value`), `message` (`required`, `too_long`), `dueType`, `dueOn`.
   * @throws {ConflictError} `entry_owned`.
   * @throws As `take`.
   *
   * @example
   * ```ts
   * await client.inboxEntries.forward(entry.id, { inboxId, message: 'The line itself is faulty.' });
   * ```
   */
  forward(id: string, input: ForwardEntry, options: WriteOptions = {}): Promise<InboxEntry> {
    return this.#change('forwardInboxEntry', id, options, input);
  }

  /**
   * Takes back the actor's own last change of the entry, within ten minutes, as long as nobody changed it since. It asks for the
   * right that the change asked for, in the inbox where it was made.
   *
   * @throws {ConflictError} `undo_impossible`.
   * @throws {ForbiddenError} `forbidden`: the right is theirs no longer.
   * @throws {NotFoundError} `not_found`.
   *
   * @example
   * ```ts
   * await client.inboxEntries.undo(entry.id);
   * ```
   */
  undo(id: string, options: WriteOptions = {}): Promise<InboxEntry> {
    return this.#change('undoInboxEntry', id, options);
  }

  async #change(
    route: Exclude<keyof typeof routes & `${string}InboxEntry`, 'createInboxEntry' | 'getInboxEntry'>,
    id: string,
    options: WriteOptions,
    json?: object,
  ): Promise<InboxEntry> {
    return this.#changed(await this.#http.call(routes[route], { ...options, id, ...(json && { json }) }));
  }

  /** Also after an end: the case is no longer in an inbox, may be closed, and has a line more. */
  #changed(entry: InboxEntry): InboxEntry {
    this.#cache.touch('inbox');
    if (entry.case) this.#cache.touchCases(entry.case.id);
    return entry;
  }
}
