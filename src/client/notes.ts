import type { Page } from '../contract/common.js';
import { noteRoutes as routes } from '../contract/note-routes.js';
import type { NewNote, Note, NoteQuery } from '../contract/notes.js';
import { allPages } from '../http/pages.js';
import type { CallOptions, QueryInput, WriteOptions } from '../http/request-options.js';
import type { Transport } from '../http/transport.js';
import type { RecordCache } from './record-cache.js';

/** Which notes of a case: `order: 'asc'` starts with the oldest. */
export type NoteListQuery = QueryInput<NoteQuery>;

/** Reads and adds the notes of a case. Reached as `client.notes`. */
export class NotesResource {
  readonly #http: Transport;
  readonly #cache: RecordCache;

  constructor(http: Transport, cache: RecordCache) {
    this.#http = http;
    this.#cache = cache;
  }

  /**
   * One page of a case's notes, newest first unless `order` says otherwise. A customer is shown public ones only.
   *
   * @throws {NotFoundError} `not_found`.
   *
   * @example
   * ```ts
   * const { items } = await client.notes.list(caseId);
   * ```
   */
  list(caseId: string, query: NoteListQuery = {}, options: CallOptions = {}): Promise<Page<Note>> {
    return this.#http.call(routes.listNotes, { ...options, id: caseId, query });
  }

  /**
   * All notes of a case, page after page.
   *
   * @throws As `list`.
   *
   * @example
   * ```ts
   * for await (const note of client.notes.listAll(caseId)) console.log(note.text);
   * ```
   */
  listAll(
    caseId: string,
    query: Omit<NoteListQuery, 'cursor'> = {},
    options: CallOptions = {},
  ): AsyncIterableIterator<Note> {
    return allPages((cursor) => this.list(caseId, { ...query, cursor }, options));
  }

  /**
   * Adds a note to an open case: an agent's, with a subject from the settings, or a customer's reply (CC-35 to CC-37).
   *
   * A call repeated with the same `idempotencyKey` answers the first call's note and adds none (E-DUP).
   *
   * @throws {ValidationError} `validation_failed`: subject, text and files, all at once.
   * @throws {ConflictError} `case_closed`: reopen it first.
   * @throws {ForbiddenError} `forbidden`.
   * @throws {NotFoundError} `not_found`.
   *
   * @example
   * ```ts
   * await client.notes.create(caseId, { visibility: 'internal', subject: 'follow-up', text: 'Called back.' });
   * ```
   */
  async create(caseId: string, input: NewNote, options: WriteOptions = {}): Promise<Note> {
    const note = await this.#http.call(routes.createNote, {
      id: caseId,
      ...options,
      json: input,
    });
    this.#cache.touchCases(caseId);
    return note;
  }
}
