import type {
  Case,
  CaseChange,
  CaseQuery,
  CaseSummary,
  ChangedCase,
  NewCase,
  StatusChangeInput,
} from '../../../src/contract/cases.js';
import type { Attachment } from '../../../src/contract/attachments.js';
import type { NamedRef, Page, Verdict } from '../../../src/contract/common.js';
import type { Customer, CustomerQuery } from '../../../src/contract/customers.js';
import type { ForwardInput } from '../../../src/contract/forward.js';
import type {
  Candidate,
  CandidateQuery,
  Grant,
  GrantChange,
  GrantList,
  GrantsAnswer,
  NewGrants,
} from '../../../src/contract/grants.js';
import type { NewNote, Note, NoteQuery, TimelineEntry, TimelineQuery } from '../../../src/contract/notes.js';
import type { NoticePreference, NoticePreferenceInput } from '../../../src/contract/notices.js';
import type { Person, PersonQuery } from '../../../src/contract/people.js';
import type { PreviewInput, SharePreview } from '../../../src/contract/preview.js';
import type { ReceiptList } from '../../../src/contract/receipts.js';
import type { Capabilities, Session, SessionAction } from '../../../src/contract/session.js';
import type { Settings } from '../../../src/contract/settings.js';
import type { Tag, TagQuery } from '../../../src/contract/tags.js';
import type { View, ViewQuery } from '../../../src/contract/views.js';
import type { Actor, CallContext, Download, GuardedContext, Upload, WriteContext } from '../../backend.js';
import { BackendError } from '../../backend-error.js';
import { refuse } from '../../engine/policy/verdict.js';
import { ForeignBackend } from '../foreign-backend.js';
import { createCase } from './case-create.js';
import { listCases } from './case-list.js';
import { getCase } from './case-record.js';
import { updateCase } from './case-update.js';
import { createDesk, seeTicket, type Desk } from './desk.js';
import { vendor } from './desk-errors.js';
import { downloadAttachment, getAttachment, uploadAttachment } from './files.js';
import { getNotices, setNotices } from './following.js';
import { forwardCase } from './forward.js';
import { createGrants, listCandidates, listGrants, revokeGrant, updateGrant } from './grants.js';
import { createNote, listNotes } from './notes.js';
import type { ZohoDeskOptions } from './options.js';
import { getCustomer, getPerson, listCustomers, listPeople } from './people.js';
import { shareLevels } from './sight.js';
import { changeStatus } from './status.js';
import { listTags } from './tags.js';
import { listTimeline } from './timeline.js';
import type { Viewer } from './viewers.js';
import { getView, listViews } from './views.js';

const capabilities: Capabilities = {
  versions: 'checked',
  totals: true,
  search: true,
  events: false,
  internalNotes: true,
  attachments: true,
  createCases: true,
  editCases: true,
  closeCases: true,
  tags: true,
  deadlines: true,
  editSettings: false,
  export: true,
  bulk: true,
  views: true,
  projects: false,
  inboxes: false,
  sharing: { kinds: ['department'], levels: { department: [...shareLevels] }, expiry: false },
};

/** Zoho Desk behind the port: see `docs` for what of it is what. */
export class ZohoDeskBackend extends ForeignBackend {
  protected readonly vendor = vendor;
  readonly #desk: Desk;

  constructor(options: ZohoDeskOptions) {
    super();
    this.#desk = createDesk(options);
  }

  capabilities(_context: CallContext): Promise<Capabilities> {
    return Promise.resolve(capabilities);
  }

  getSettings(_context: CallContext): Promise<Settings> {
    return Promise.resolve(this.#desk.settings);
  }

  protected override permit(actor: Actor, action: SessionAction): Verdict {
    if (action === 'saveViews' || action === 'shareViews')
      return refuse('backend.capability', 'Views are edited in Zoho Desk.');
    return super.permit(actor, action);
  }

  /** Who the actor is in Zoho, by whose ids cases name them. Somebody Zoho does not know is told so, and may do nothing. */
  override async getSession(context: CallContext): Promise<Session> {
    const viewer = await this.#desk.viewers.of(context).catch((error: unknown) => {
      if (error instanceof BackendError && error.code === 'forbidden') return error;
      throw error;
    });
    if (viewer instanceof BackendError) {
      const { rule = 'backend.unknown-user', detail = '' } = viewer.options;
      const { actor, ...session } = await super.getSession({
        ...context,
        actor: { ...context.actor, departments: [], customer: null, organisation: null },
      });
      const no = refuse(rule, detail);
      const permissions = Object.fromEntries(Object.keys(session.permissions).map((name) => [name, no]));
      return { ...session, actor, permissions };
    }
    const session = await super.getSession({ ...context, actor: asKnown(context.actor, viewer) });
    if (viewer.kind !== 'agent' || !viewer.isLight) return session;
    const createCase = refuse('backend.light-agent', `${vendor} lets light agents read and note internally.`);
    return { ...session, permissions: { ...session.permissions, createCase } };
  }

  protected override async namesOf(
    kind: 'department' | 'customer' | 'organisation',
    ids: readonly string[],
    context: CallContext,
  ): Promise<NamedRef[]> {
    if (kind === 'department') {
      const { directory } = this.#desk;
      return Promise.all(ids.map(async (id) => ({ id, name: await directory.departmentName(id) })));
    }
    if (context.actor.kind !== 'customer') return [];
    return Promise.all(
      ids.map(async (id) => {
        if (kind === 'customer') return { id, name: context.actor.name };
        const contact = await this.#desk.directory.contact(context.actor.id, context.signal);
        return { id, name: contact?.account?.accountName ?? id };
      }),
    );
  }

  listCases(query: CaseQuery, context: CallContext): Promise<Page<CaseSummary>> {
    return listCases(this.#desk, query, context);
  }
  getCase(id: string, context: CallContext): Promise<Case> {
    return getCase(this.#desk, id, context);
  }
  override createCase(input: NewCase, context: WriteContext): Promise<Case> {
    return createCase(this.#desk, input, context);
  }
  override updateCase(id: string, change: CaseChange, context: GuardedContext): Promise<ChangedCase> {
    return this.#alone(id, () => updateCase(this.#desk, id, change, context));
  }
  override closeCase(
    id: string,
    input: StatusChangeInput,
    context: WriteContext & GuardedContext,
  ): Promise<Case> {
    return this.#alone(id, () => changeStatus(this.#desk, id, 'closure', input, context));
  }
  override reopenCase(
    id: string,
    input: StatusChangeInput,
    context: WriteContext & GuardedContext,
  ): Promise<Case> {
    return this.#alone(id, () => changeStatus(this.#desk, id, 'reopening', input, context));
  }
  override forwardCase(caseId: string, input: ForwardInput, context: WriteContext): Promise<Note> {
    return forwardCase(this.#desk, caseId, input, context);
  }

  listNotes(caseId: string, query: NoteQuery, context: CallContext): Promise<Page<Note>> {
    return listNotes(this.#desk, caseId, query, context);
  }
  override createNote(caseId: string, input: NewNote, context: WriteContext): Promise<Note> {
    return createNote(this.#desk, caseId, input, context);
  }
  override listTimeline(
    caseId: string,
    query: TimelineQuery,
    context: CallContext,
  ): Promise<Page<TimelineEntry>> {
    return listTimeline(this.#desk, caseId, query, context);
  }

  override listGrants(caseId: string, context: CallContext): Promise<GrantList> {
    return listGrants(this.#desk, caseId, context);
  }
  override createGrants(caseId: string, input: NewGrants, context: WriteContext): Promise<GrantsAnswer> {
    return this.#alone(caseId, () => createGrants(this.#desk, caseId, input, context));
  }
  override updateGrant(id: string, change: GrantChange, context: GuardedContext): Promise<Grant> {
    return this.#alone(ticketOf(id), () => updateGrant(this.#desk, id, change, context));
  }
  override revokeGrant(id: string, context: CallContext): Promise<void> {
    return this.#alone(ticketOf(id), () => revokeGrant(this.#desk, id, context));
  }
  /** Who opened a ticket, Zoho does not say; that there is one is told only to whoever sees it. */
  override async listReceipts(caseId: string, context: CallContext): Promise<ReceiptList> {
    await seeTicket(this.#desk, caseId, context);
    throw this.missing();
  }
  override async recordReceipt(caseId: string, context: CallContext): Promise<void> {
    await seeTicket(this.#desk, caseId, context);
    throw this.missing();
  }
  override async previewGrant(input: PreviewInput, context: WriteContext): Promise<SharePreview> {
    await seeTicket(this.#desk, input.caseId, context);
    throw this.missing();
  }
  override listCandidates(query: CandidateQuery, context: CallContext): Promise<Page<Candidate>> {
    return listCandidates(this.#desk, query, context);
  }

  override getNotices(caseId: string, context: CallContext): Promise<NoticePreference> {
    return getNotices(this.#desk, caseId, context);
  }
  override setNotices(
    caseId: string,
    input: NoticePreferenceInput,
    context: CallContext,
  ): Promise<NoticePreference> {
    return setNotices(this.#desk, caseId, input, context);
  }

  override listTags(query: TagQuery, context: CallContext): Promise<Page<Tag>> {
    return listTags(this.#desk, query, context);
  }
  override uploadAttachment(upload: Upload, context: WriteContext): Promise<Attachment> {
    return uploadAttachment(this.#desk, upload, context);
  }
  override getAttachment(id: string, context: CallContext): Promise<Attachment> {
    return getAttachment(this.#desk, id, context);
  }
  override downloadAttachment(id: string, context: CallContext): Promise<Download> {
    return downloadAttachment(this.#desk, id, context);
  }

  override listPeople(query: PersonQuery, context: CallContext): Promise<Page<Person>> {
    return listPeople(this.#desk, query, context);
  }
  override getPerson(id: string, context: CallContext): Promise<Person> {
    return getPerson(this.#desk, id, context);
  }
  override listCustomers(query: CustomerQuery, context: CallContext): Promise<Page<Customer>> {
    return listCustomers(this.#desk, query, context);
  }
  override getCustomer(id: string, context: CallContext): Promise<Customer> {
    return getCustomer(this.#desk, id, context);
  }

  override listViews(query: ViewQuery, context: CallContext): Promise<Page<View>> {
    return listViews(this.#desk, query, context);
  }
  override getView(id: string, context: CallContext): Promise<View> {
    return getView(this.#desk, id, context);
  }

  #alone<T>(id: string, task: () => Promise<T>): Promise<T> {
    return this.#desk.locks.run(id, task);
  }
}

/** Of the id of a grant. */
function ticketOf(grantId: string): string {
  return grantId.split('-')[0] ?? grantId;
}

/** The actor by the ids of Zoho, so that elements know their own cases. */
function asKnown(actor: Actor, viewer: Viewer): Actor {
  if (viewer.kind === 'agent')
    return {
      ...actor,
      id: viewer.id,
      departments: [...viewer.departments],
      customer: null,
      organisation: null,
    };
  const { accountId, account } = viewer.contact;
  return {
    ...actor,
    id: viewer.id,
    departments: [],
    customer: viewer.id,
    organisation: accountId ?? account?.id ?? null,
  };
}
