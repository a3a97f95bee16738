import type { CallContext, CaseBackend } from '../../server/backend.js';
import { BackendError } from '../../server/backend-error.js';
import { caseVerdicts } from '../../server/backends/case-verdicts.js';
import { encodePlace, readPlace } from '../../server/backends/cursors.js';
import { ForeignBackend } from '../../server/backends/foreign-backend.js';
import { settingsOf } from '../../server/backends/vocabulary.js';
import type { Case, CaseQuery } from '../../src/contract/cases.js';
import type { Page } from '../../src/contract/common.js';
import type { Note, NoteQuery } from '../../src/contract/notes.js';

/** A record of the system behind: whatever yours has. */
export interface Slip {
  readonly no: number;
  readonly account: string;
  readonly title: string;
  readonly done: boolean;
  readonly written: string;
  readonly remarks: readonly { readonly no: number; readonly text: string; readonly secret: boolean }[];
}

/** The smallest backend there can be: cases and their notes, to be read. Docs show it as the beginning of an adapter. */
export function createShoebox(slips: readonly Slip[]): CaseBackend {
  return new Shoebox(slips);
}

class Shoebox extends ForeignBackend {
  protected readonly vendor = 'Shoebox';
  readonly #slips: readonly Slip[];

  constructor(slips: readonly Slip[]) {
    super();
    this.#slips = slips;
  }

  capabilities() {
    // Only what is true. Elements hide what is missing, and the conformance kit skips it.
    return Promise.resolve({
      versions: 'none' as const,
      totals: true,
      search: false,
      events: false,
      internalNotes: true,
      attachments: false,
      createCases: false,
      editCases: false,
      closeCases: false,
      tags: false,
      deadlines: false,
      editSettings: false,
    });
  }

  getSettings() {
    return Promise.resolve(settingsOf());
  }

  async listCases(query: CaseQuery, context: CallContext): Promise<Page<Case>> {
    const { customerId, status, count, cursor, limit = 25, sort = '-created', ...others } = query;
    // What it cannot filter or order by it says, rather than answer something else.
    if (Object.keys(others).length > 0 || !['created', '-created'].includes(sort)) throw this.missing();
    const found = this.#seenBy(context)
      .map((slip) => this.#caseOf(slip))
      .filter((record) => customerId === undefined || record.customer?.id === customerId)
      .filter((record) => status === undefined || (status as readonly string[]).includes(record.status))
      .sort((one, other) => (sort === 'created' ? 1 : -1) * (one.number - other.number));
    const start = readPlace(`cases ${sort}`, cursor, 0);
    const end = start + limit;
    return {
      items: found.slice(start, end),
      next: end < found.length ? encodePlace(`cases ${sort}`, end) : null,
      ...(count === 'true' && { total: found.length }),
    };
  }

  async getCase(id: string, context: CallContext): Promise<Case> {
    return this.#caseOf(this.#slip(id, context));
  }

  async listNotes(caseId: string, { order, cursor, limit = 25 }: NoteQuery, context: CallContext) {
    const isAgent = context.actor.kind === 'agent';
    const found = this.#slip(caseId, context)
      .remarks.filter(({ secret }) => isAgent || !secret)
      .map(({ no, text, secret }): Note => {
        const visibility = secret ? 'internal' : 'public';
        return {
          id: String(no),
          caseId,
          visibility,
          text,
          subject: null,
          by: null,
          at: null,
          attachments: [],
        };
      });
    if (order !== 'asc') found.reverse();
    const start = readPlace(`notes ${caseId} ${order}`, cursor, 0);
    const end = start + limit;
    const next = end < found.length ? encodePlace(`notes ${caseId} ${order}`, end) : null;
    return { items: found.slice(start, end), next };
  }

  /** The one place that says who sees what: lists, counts and single records all go through it. */
  #seenBy({ actor }: CallContext): readonly Slip[] {
    if (actor.kind === 'agent') return this.#slips;
    return this.#slips.filter(({ account }) => account === actor.customer);
  }

  #slip(id: string, context: CallContext): Slip {
    const found = this.#seenBy(context).find(({ no }) => String(no) === id);
    // The same for what is not there and for what is not theirs.
    if (!found) throw new BackendError('not_found');
    return found;
  }

  #caseOf({ no, account, title, done, written, remarks }: Slip): Case {
    return {
      id: String(no),
      number: no,
      version: written,
      status: done ? 'closed' : 'open',
      customer: { id: account, name: account },
      subject: title,
      createdBy: null,
      createdAt: written,
      updatedAt: written,
      replyCount: remarks.filter(({ secret }) => !secret).length,
      permissions: caseVerdicts(this.vendor, { view: { rule: 'shoebox' } }),
    };
  }
}
