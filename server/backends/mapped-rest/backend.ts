import type { Attachment } from '../../../src/contract/attachments.js';
import type {
  Case,
  CaseChange,
  CaseQuery,
  CaseSummary,
  ChangedCase,
  NewCase,
  StatusChangeInput,
} from '../../../src/contract/cases.js';
import type { NamedRef, Page } from '../../../src/contract/common.js';
import type { Customer, CustomerQuery } from '../../../src/contract/customers.js';
import type { NewNote, Note, NoteQuery } from '../../../src/contract/notes.js';
import type { Person, PersonQuery } from '../../../src/contract/people.js';
import type { Capabilities, Session } from '../../../src/contract/session.js';
import type { Settings } from '../../../src/contract/settings.js';
import type { CallContext, Download, GuardedContext, Upload, WriteContext } from '../../backend.js';
import { BackendError } from '../../backend-error.js';
import { FieldErrors } from '../../input/validation.js';
import { fieldError } from '../../middleware/field-errors.js';
import { ForeignBackend } from '../foreign-backend.js';
import { createKeptAnswers } from '../kept-answers.js';
import { settingsOf } from '../vocabulary.js';
import { recordIn } from './api.js';
import { downloadFile, readFile, uploadFile } from './attachments.js';
import { capabilitiesOf, takesNote } from './capabilities.js';
import {
  caseSlots,
  fittingSettings,
  notTaken,
  refuseForCustomers,
  requireFields,
  statusSlots,
} from './case-input.js';
import { listCases } from './case-list.js';
import { customerOf, listCustomers, listPeople, personOf } from './directory.js';
import { guarded } from './guard.js';
import { closureInNotes, createNote, explanation, listNotes, writeNote } from './notes.js';
import type { MappedRestOptions } from './options.js';
import { at } from './pointers.js';
import { placeholdersIn } from './templates.js';
import { ourId, theirId } from './values.js';
import { createViews, type View } from './view.js';

/** A company's own API, spoken to as a mapping says. Keeps nothing but what makes a repeated write harmless. */
export class MappedRestBackend extends ForeignBackend {
  protected readonly vendor: string;
  readonly #options: MappedRestOptions;
  readonly #capabilities: Capabilities;
  readonly #settings: Settings;
  readonly #viewOf: (context: CallContext) => View;
  readonly #answers = createKeptAnswers();

  constructor(options: MappedRestOptions) {
    super();
    this.vendor = options.name;
    this.#options = options;
    this.#capabilities = capabilitiesOf(options);
    this.#settings = fittingSettings(settingsOf(options.vocabulary), options);
    this.#viewOf = createViews(options);
  }

  capabilities(_context: CallContext): Promise<Capabilities> {
    return Promise.resolve(this.#capabilities);
  }

  getSettings(_context: CallContext): Promise<Settings> {
    return Promise.resolve(this.#settings);
  }

  /** As the API knows the actor: records name them by that id. */
  override async getSession(context: CallContext): Promise<Session> {
    const session = await super.getSession(context);
    const permitted = session.permissions['listCases']?.allowed === true;
    const me = permitted ? await this.#viewOf(context).me() : undefined;
    return me ? { ...session, actor: { ...session.actor, id: me.id } } : session;
  }

  protected override async namesOf(
    kind: 'department' | 'customer' | 'organisation',
    ids: readonly string[],
    context: CallContext,
  ): Promise<NamedRef[]> {
    const usual = await super.namesOf(kind, ids, context);
    if (kind !== 'customer' || !this.#options.customers?.get) return usual;
    const view = this.#viewOf(context);
    return Promise.all(
      ids.map(async (id) => {
        const name = await customerOf(view, this.#options, id).then(
          (found) => found.name,
          (error: unknown) => {
            if (error instanceof BackendError && error.code === 'not_found') return id;
            throw error;
          },
        );
        return { id, name };
      }),
    );
  }

  async listCases(query: CaseQuery, context: CallContext): Promise<Page<CaseSummary>> {
    return listCases(this.#viewOf(context), this.#options, this.#settings, query);
  }

  async getCase(id: string, context: CallContext): Promise<Case> {
    const view = this.#viewOf(context);
    return this.#explained(view, (await view.readCase(id)).found);
  }

  override async createCase(input: NewCase, context: WriteContext): Promise<Case> {
    const view = this.#viewOf(context);
    const { create, fields: map } = this.#options.cases;
    if (!create) throw this.missing();
    return this.#answers.once(context, async () => {
      const { close, ...rest } = input;
      const { actor } = view;
      if (actor.kind === 'customer' && input.customerId !== actor.customer)
        throw new BackendError('not_found');
      const given = await this.#completed(view, rest);
      const fields = new FieldErrors();
      if (actor.kind === 'customer') refuseForCustomers(input, fields);
      requireFields(given, this.#settings, fields);
      const slots = caseSlots(given, create.body, this.#settings, this.#options, fields);
      fields.throwIfAny();
      const closing = close && statusSlots(close, 'close', this.#settings, this.#options, 'close.');
      if (closing && !this.#capabilities.closeCases) throw this.missing();
      const made = recordIn(await view.api.send(create, slots), create);
      const id = ourId(at(made, map.id), 'case', this.#options.ids);
      if (id === undefined) {
        throw new BackendError('unavailable', {
          detail: `${this.vendor} took the case and does not say which it is. Look for it before you try again.`,
        });
      }
      if (close) return this.#setStatus(view, await this.#fresh(view, id), close, 'close');
      return this.#explained(view, (await view.readCase(id)).found);
    });
  }

  override async updateCase(id: string, change: CaseChange, context: GuardedContext): Promise<ChangedCase> {
    const view = this.#viewOf(context);
    const { update } = this.#options.cases;
    if (!update) throw this.missing();
    this.#agentsOnly(view);
    return guarded(view, this.#options, id, context.version, async ({ found, headers, version }) => {
      if (found.status === 'closed') throw closed(found);
      const fields = new FieldErrors();
      const slots = caseSlots(change, update.body, this.#settings, this.#options, fields, found);
      fields.throwIfAny();
      const theirs = theirId(id, 'case', this.#options.ids);
      await view.api.send(update, { ...slots, id: theirs, version }, headers);
      const after = await this.getCase(id, context);
      const ignored = notTaken(change, after);
      if (ignored.length > 0) {
        throw new BackendError('forbidden', {
          rule: 'backend.refused',
          detail: `${this.vendor} left as it was: ${ignored.join(', ')}.`,
        });
      }
      return after;
    });
  }

  override closeCase(
    id: string,
    input: StatusChangeInput,
    context: WriteContext & GuardedContext,
  ): Promise<Case> {
    return this.#changeStatus(id, input, context, 'close');
  }

  override reopenCase(
    id: string,
    input: StatusChangeInput,
    context: WriteContext & GuardedContext,
  ): Promise<Case> {
    return this.#changeStatus(id, input, context, 'reopen');
  }

  async #changeStatus(
    id: string,
    input: StatusChangeInput,
    context: WriteContext & GuardedContext,
    action: 'close' | 'reopen',
  ): Promise<Case> {
    const view = this.#viewOf(context);
    if (!this.#capabilities.closeCases) throw this.missing();
    this.#agentsOnly(view);
    return this.#answers.once(context, () =>
      guarded(
        view,
        this.#options,
        id,
        context.version,
        (read) => this.#setStatus(view, read, input, action),
        (found) => {
          if (action === 'close' && found.status === 'closed') throw closed(found);
          if (action === 'reopen' && found.status === 'open')
            throw new BackendError('case_open', { current: found });
        },
      ),
    );
  }

  async #setStatus(
    view: View,
    { found, headers, version }: Fresh,
    input: StatusChangeInput,
    action: 'close' | 'reopen',
  ): Promise<Case> {
    const call = this.#options.cases[action];
    if (!call) throw this.missing();
    const { note, label, visibility, slots } = statusSlots(input, action, this.#settings, this.#options);
    const theirs = theirId(found.id, 'case', this.#options.ids);
    await view.api.send(call, { ...slots, id: theirs, version }, headers);
    const { found: after } = await view.readCase(found.id);
    if (after.status !== (action === 'close' ? 'closed' : 'open')) {
      throw new BackendError('forbidden', {
        rule: 'backend.refused',
        detail: `${this.vendor} left the case ${after.status}.`,
      });
    }
    // The status first: a note that says so although it failed would be worse than a missing one.
    if (takesNote(call)) return this.#explained(view, after);
    await writeNote(view, this.#options, found.id, visibility, explanation(action, label, note));
    return this.#explained(view, (await view.readCase(found.id)).found);
  }

  async listNotes(caseId: string, query: NoteQuery, context: CallContext): Promise<Page<Note>> {
    return listNotes(this.#viewOf(context), this.#options, caseId, query);
  }

  override async createNote(caseId: string, input: NewNote, context: WriteContext): Promise<Note> {
    const view = this.#viewOf(context);
    return this.#answers.once(context, async () => {
      const { found } = await view.readCase(caseId);
      return createNote(view, this.#options, this.#settings, found, input);
    });
  }

  override async listCustomers(query: CustomerQuery, context: CallContext): Promise<Page<Customer>> {
    return listCustomers(this.#viewOf(context), this.#options, query);
  }

  override async getCustomer(id: string, context: CallContext): Promise<Customer> {
    return customerOf(this.#viewOf(context), this.#options, id);
  }

  override async listPeople(query: PersonQuery, context: CallContext): Promise<Page<Person>> {
    return listPeople(this.#viewOf(context), this.#options, query);
  }

  override async getPerson(id: string, context: CallContext): Promise<Person> {
    return personOf(this.#viewOf(context), this.#options, id);
  }

  override async uploadAttachment(upload: Upload, context: WriteContext): Promise<Attachment> {
    const view = this.#viewOf(context);
    return this.#answers.once(context, () => uploadFile(view, this.#options, this.#settings, upload));
  }

  override async getAttachment(id: string, context: CallContext): Promise<Attachment> {
    return readFile(this.#viewOf(context), this.#options, id);
  }

  override async downloadAttachment(id: string, context: CallContext): Promise<Download> {
    return downloadFile(this.#viewOf(context), this.#options, id);
  }

  /** The closure as the case tells it, or its notes. */
  async #explained(view: View, found: Case): Promise<Case> {
    if (found.status !== 'closed' || this.#options.cases.fields.closure?.reason || !this.#options.notes)
      return found;
    const closure = await closureInNotes(view, this.#options, found.id, this.#settings.closureReasons);
    return closure ? { ...found, closure } : found;
  }

  /** A new case with what is usual where it says nothing: the priority, and for whom it is submitted. */
  async #completed(view: View, input: NewCase): Promise<NewCase> {
    const taken = placeholdersIn(this.#options.cases.create?.body);
    const isAgent = view.actor.kind === 'agent';
    const priority =
      input.priority ?? (isAgent && input.priority === undefined ? this.#settings.defaultPriority : null);
    const given = priority === null ? input : { ...input, priority };
    if (given.requesterId !== undefined || !taken.includes('requesterId')) return given;
    const requester = isAgent ? await this.#mainContact(view, input.customerId) : await view.me();
    return requester ? { ...given, requesterId: requester.id } : given;
  }

  /** An account that nobody knows is a field that is wrong, and no case that is not there. */
  async #mainContact(view: View, customerId: string) {
    try {
      return (await customerOf(view, this.#options, customerId)).mainContact;
    } catch (error) {
      if (!(error instanceof BackendError) || error.code !== 'not_found') throw error;
      throw new BackendError('validation_failed', { errors: [fieldError('customerId', 'not_found')] });
    }
  }

  async #fresh(view: View, id: string): Promise<Fresh> {
    return { found: (await view.readCase(id)).found, headers: {}, version: undefined };
  }

  #agentsOnly({ actor }: View): void {
    if (actor.kind === 'agent') return;
    throw new BackendError('forbidden', { rule: 'customer.agents-only', detail: 'Only agents can do this.' });
  }
}

type Fresh = Parameters<Parameters<typeof guarded>[4]>[0];

function closed(found: Case): BackendError {
  const { by, at: moment } = found.closure ?? {};
  return new BackendError('case_closed', { by: by ?? null, at: moment ?? null, current: found });
}
