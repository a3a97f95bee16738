import type { CaseChange, CaseQuery, NewCase, StatusChangeInput } from '../../src/contract/cases.js';
import type { CustomerQuery } from '../../src/contract/customers.js';
import type { NewNote, NoteQuery } from '../../src/contract/notes.js';
import type { Capabilities } from '../../src/contract/session.js';
import type { CallContext, CaseBackend, GuardedContext, WriteContext } from '../../server/backend.js';
import { ForeignBackend } from '../../server/backends/foreign-backend.js';

/** What a case system can do that can do next to nothing: show its cases and take replies. */
export const bareCapabilities: Capabilities = {
  versions: 'none',
  totals: false,
  search: false,
  events: false,
  internalNotes: false,
  attachments: false,
  createCases: false,
  editCases: false,
  closeCases: false,
  tags: false,
  deadlines: false,
  editSettings: false,
};

/** A case system with little in it: the real engine behind a gateway that passes on no more than `has` says. */
export class BareBackend extends ForeignBackend {
  protected readonly vendor = 'The old desk';
  readonly #engine: CaseBackend;
  readonly #has: Capabilities;

  constructor(engine: CaseBackend, has: Partial<Capabilities> = {}) {
    super();
    this.#engine = engine;
    this.#has = { ...bareCapabilities, ...has };
  }

  capabilities() {
    return Promise.resolve(this.#has);
  }

  async getSettings(context: CallContext) {
    const {
      inboxes: _inboxes,
      sharing: _sharing,
      portal: _portal,
      ...settings
    } = await this.#engine.getSettings(context);
    return settings;
  }

  async listCases({ count, q, ...query }: CaseQuery, context: CallContext) {
    if (q !== undefined && !this.#has.search) throw this.missing();
    return this.#engine.listCases({ ...query, ...(this.#has.totals && { count }), q }, context);
  }
  getCase(id: string, context: CallContext) {
    return this.#engine.getCase(id, context);
  }
  listNotes(caseId: string, query: NoteQuery, context: CallContext) {
    return this.#engine.listNotes(caseId, query, context);
  }
  override createNote(caseId: string, input: NewNote, context: WriteContext) {
    if (input.visibility === 'internal' && !this.#has.internalNotes) return Promise.reject(this.missing());
    return this.#engine.createNote(caseId, input, context);
  }
  override listCustomers(query: CustomerQuery, context: CallContext) {
    return this.#engine.listCustomers(query, context);
  }
  override getCustomer(id: string, context: CallContext) {
    return this.#engine.getCustomer(id, context);
  }

  override createCase(input: NewCase, context: WriteContext) {
    return this.#has.createCases ? this.#engine.createCase(input, context) : super.createCase(input, context);
  }
  override updateCase(id: string, change: CaseChange, context: GuardedContext) {
    return this.#has.editCases
      ? this.#engine.updateCase(id, change, context)
      : super.updateCase(id, change, context);
  }
  override closeCase(id: string, input: StatusChangeInput, context: WriteContext & GuardedContext) {
    return this.#has.closeCases
      ? this.#engine.closeCase(id, input, context)
      : super.closeCase(id, input, context);
  }
  override reopenCase(id: string, input: StatusChangeInput, context: WriteContext & GuardedContext) {
    return this.#has.closeCases
      ? this.#engine.reopenCase(id, input, context)
      : super.reopenCase(id, input, context);
  }
}
