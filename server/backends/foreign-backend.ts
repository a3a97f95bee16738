import type { Attachment } from '../../src/contract/attachments.js';
import type { BulkAnswer, BulkInput, BulkResult } from '../../src/contract/bulk.js';
import type {
  Case,
  CaseChange,
  CaseQuery,
  CaseSummary,
  ChangedCase,
  NewCase,
  StatusChangeInput,
} from '../../src/contract/cases.js';
import type { NamedRef, Page, Verdict } from '../../src/contract/common.js';
import type { Customer, CustomerQuery } from '../../src/contract/customers.js';
import type { Candidate, Grant, GrantList, GrantsAnswer } from '../../src/contract/grants.js';
import type { InboxEntry } from '../../src/contract/inbox-entries.js';
import type { Inbox } from '../../src/contract/inboxes.js';
import type { NewNote, Note, NoteQuery, TimelineEntry, TimelineQuery } from '../../src/contract/notes.js';
import type { NoticeDelivery, NoticePreference } from '../../src/contract/notices.js';
import type { Person, PersonQuery } from '../../src/contract/people.js';
import type { SharePreview } from '../../src/contract/preview.js';
import { problemCodes } from '../../src/contract/problem.js';
import type {
  Project,
  ProjectGrantList,
  ProjectGrantsAnswer,
  ProjectMessage,
} from '../../src/contract/projects.js';
import type { ReceiptList } from '../../src/contract/receipts.js';
import {
  sessionActions,
  type Capabilities,
  type Session,
  type SessionAction,
} from '../../src/contract/session.js';
import type { Settings, SettingsRevision } from '../../src/contract/settings.js';
import type { Tag } from '../../src/contract/tags.js';
import type { View } from '../../src/contract/views.js';
import type {
  Actor,
  CallContext,
  CaseBackend,
  Download,
  GuardedContext,
  PositionedEvent,
  Upload,
  WriteContext,
} from '../backend.js';
import { BackendError } from '../backend-error.js';
import { decideCaseWork } from '../engine/policy/tenant.js';
import { allow, refuse } from '../engine/policy/verdict.js';
import { problemOf } from '../problem-of.js';
import { sessionActor } from '../session-actor.js';

/**
 * What adapters of foreign case systems begin with: the nouns a vendor may lack are refused with `capability_missing`, and
 * what an element reads without asking is empty. An adapter overrides what its vendor has, and says so in `capabilities`.
 */
export abstract class ForeignBackend implements CaseBackend {
  /** What the vendor is called, in the words people read. */
  protected abstract readonly vendor: string;

  abstract capabilities(context: CallContext): Promise<Capabilities>;
  abstract listCases(query: CaseQuery, context: CallContext): Promise<Page<CaseSummary>>;
  abstract getCase(id: string, context: CallContext): Promise<Case>;
  abstract listNotes(caseId: string, query: NoteQuery, context: CallContext): Promise<Page<Note>>;
  abstract getSettings(context: CallContext): Promise<Settings>;

  /** What the actor may do in the tenant as a whole, where the vendor can do it at all. */
  protected permit(actor: Actor, action: SessionAction): Verdict {
    if (actor.kind === 'agent') return decideCaseWork(actor);
    if (action === 'listCases') return allow('cases.requester');
    if (action === 'createCase') return allow('cases.own-customer');
    return refuse('customer.agents-only', 'Only agents can do this.');
  }

  /** The names of what the token names by ids; the ids themselves unless the vendor knows better. */
  protected namesOf(
    _kind: 'department' | 'customer' | 'organisation',
    ids: readonly string[],
    _context: CallContext,
  ) {
    return Promise.resolve(ids.map((id): NamedRef => ({ id, name: id })));
  }

  async getSession(context: CallContext): Promise<Session> {
    const { actor } = context;
    const one = (kind: 'customer' | 'organisation', id: string | null) =>
      id === null ? [] : this.namesOf(kind, [id], context);
    const [capabilities, settings, departments, [customer], [organisation]] = await Promise.all([
      this.capabilities(context),
      this.getSettings(context),
      this.namesOf('department', actor.departments, context),
      one('customer', actor.customer),
      one('organisation', actor.organisation),
    ]);
    return {
      actor: sessionActor(actor, { departments, customer, organisation }),
      settings,
      capabilities,
      permissions: Object.fromEntries(
        sessionActions.map((action) => [action, this.#verdict(actor, action, capabilities)]),
      ),
    };
  }

  #verdict(actor: Actor, action: SessionAction, capabilities: Capabilities): Verdict {
    const has: Record<SessionAction, boolean | undefined> = {
      listCases: true,
      createCase: capabilities.createCases,
      listCustomers: true,
      listPeople: true,
      listProjects: capabilities.projects,
      createProject: capabilities.projects,
      listInboxes: capabilities.inboxes,
      manageInboxes: false,
      editSettings: capabilities.editSettings,
      exportCases: capabilities.export,
      saveViews: capabilities.views,
      shareViews: capabilities.views,
    };
    if (has[action] !== true) return refuse('backend.capability', `${this.vendor} cannot do this.`);
    return this.permit(actor, action);
  }

  /** The refusal of what the vendor cannot do. */
  protected missing(): BackendError {
    return new BackendError('capability_missing', { detail: `${this.vendor} cannot do this.` });
  }

  #no<T>(): Promise<T> {
    return Promise.reject(this.missing());
  }

  createCase(_input: NewCase, _context: WriteContext): Promise<Case> {
    return this.#no();
  }
  updateCase(_id: string, _change: CaseChange, _context: GuardedContext): Promise<ChangedCase> {
    return this.#no();
  }
  closeCase(_id: string, _input: StatusChangeInput, _context: WriteContext & GuardedContext): Promise<Case> {
    return this.#no();
  }
  reopenCase(_id: string, _input: StatusChangeInput, _context: WriteContext & GuardedContext): Promise<Case> {
    return this.#no();
  }
  createNote(_caseId: string, _input: NewNote, _context: WriteContext): Promise<Note> {
    return this.#no();
  }

  /** One after another, each by the call that does it to one case. */
  async changeCases(input: BulkInput, context: WriteContext): Promise<BulkAnswer> {
    const { bulk } = await this.capabilities(context);
    if (bulk !== true) throw this.missing();
    const results: BulkResult[] = [];
    for (const { id, version } of input.cases) {
      try {
        results.push({ id, outcome: 'done', case: await this.#changeOne(input, id, version, context) });
      } catch (error) {
        if (!(error instanceof BackendError) || problemCodes[error.code].status >= 500) throw error;
        results.push({ id, outcome: 'refused', problem: problemOf(error) });
      }
    }
    return { results };
  }

  async #changeOne(
    input: BulkInput,
    id: string,
    version: string | undefined,
    context: WriteContext,
  ): Promise<Case> {
    const { action, addTags = [], removeTags = [], assigneeId = null, reason, note, visibility } = input;
    const before = version === undefined || action === 'tag' ? await this.getCase(id, context) : undefined;
    const own = {
      ...context,
      version: version ?? before?.version ?? '',
      // No caller can send this key: theirs are printable.
      idempotencyKey: `\u0001${JSON.stringify([context.idempotencyKey, id])}`,
    };
    if (action === 'close') return this.closeCase(id, { reason, note, visibility }, own);
    if (action === 'reopen') return this.reopenCase(id, { reason, note, visibility }, own);
    if (action === 'assign') return this.updateCase(id, { assigneeId }, own);
    const removed = new Set(removeTags.map((tag) => tag.toLowerCase()));
    const kept = (before?.tags ?? []).filter((tag) => !removed.has(tag.toLowerCase()));
    return this.updateCase(id, { tags: [...kept, ...addTags] }, own);
  }

  /** The notes as lines, for a vendor that keeps no history. */
  async listTimeline(
    caseId: string,
    query: TimelineQuery,
    context: CallContext,
  ): Promise<Page<TimelineEntry>> {
    const { kind, ...rest } = query;
    if (kind && !kind.includes('note')) {
      await this.getCase(caseId, context);
      return { items: [], next: null };
    }
    const { items, next } = await this.listNotes(caseId, rest, context);
    return { items: items.map(({ caseId: _, ...note }) => ({ ...note, kind: 'note' })), next };
  }

  listCustomers(_query: CustomerQuery, _context: CallContext): Promise<Page<Customer>> {
    return Promise.resolve(emptyPage());
  }
  getCustomer(_id: string, _context: CallContext): Promise<Customer> {
    return Promise.reject(new BackendError('not_found'));
  }
  listPeople(_query: PersonQuery, _context: CallContext): Promise<Page<Person>> {
    return Promise.resolve(emptyPage());
  }
  getPerson(_id: string, _context: CallContext): Promise<Person> {
    return Promise.reject(new BackendError('not_found'));
  }
  listTags(..._: Parameters<CaseBackend['listTags']>): Promise<Page<Tag>> {
    return Promise.resolve(emptyPage());
  }

  listGrants(..._: Parameters<CaseBackend['listGrants']>): Promise<GrantList> {
    return this.#no();
  }
  createGrants(..._: Parameters<CaseBackend['createGrants']>): Promise<GrantsAnswer> {
    return this.#no();
  }
  updateGrant(..._: Parameters<CaseBackend['updateGrant']>): Promise<Grant> {
    return this.#no();
  }
  revokeGrant(..._: Parameters<CaseBackend['revokeGrant']>): Promise<void> {
    return this.#no();
  }
  listCandidates(..._: Parameters<CaseBackend['listCandidates']>): Promise<Page<Candidate>> {
    return this.#no();
  }
  previewGrant(..._: Parameters<CaseBackend['previewGrant']>): Promise<SharePreview> {
    return this.#no();
  }
  listReceipts(..._: Parameters<CaseBackend['listReceipts']>): Promise<ReceiptList> {
    return this.#no();
  }
  recordReceipt(..._: Parameters<CaseBackend['recordReceipt']>): Promise<void> {
    return this.#no();
  }
  forwardCase(..._: Parameters<CaseBackend['forwardCase']>): Promise<Note> {
    return this.#no();
  }

  listProjects(..._: Parameters<CaseBackend['listProjects']>): Promise<Page<Project>> {
    return this.#no();
  }
  getProject(..._: Parameters<CaseBackend['getProject']>): Promise<Project> {
    return this.#no();
  }
  createProject(..._: Parameters<CaseBackend['createProject']>): Promise<Project> {
    return this.#no();
  }
  updateProject(..._: Parameters<CaseBackend['updateProject']>): Promise<Project> {
    return this.#no();
  }
  listProjectGrants(..._: Parameters<CaseBackend['listProjectGrants']>): Promise<ProjectGrantList> {
    return this.#no();
  }
  createProjectGrants(..._: Parameters<CaseBackend['createProjectGrants']>): Promise<ProjectGrantsAnswer> {
    return this.#no();
  }
  listProjectMessages(..._: Parameters<CaseBackend['listProjectMessages']>): Promise<Page<ProjectMessage>> {
    return this.#no();
  }
  createProjectMessage(..._: Parameters<CaseBackend['createProjectMessage']>): Promise<ProjectMessage> {
    return this.#no();
  }
  listSharedProjects(..._: Parameters<CaseBackend['listSharedProjects']>): Promise<Page<Project>> {
    return this.#no();
  }

  getNotices(..._: Parameters<CaseBackend['getNotices']>): Promise<NoticePreference> {
    return this.#no();
  }
  setNotices(..._: Parameters<CaseBackend['setNotices']>): Promise<NoticePreference> {
    return this.#no();
  }
  getNoticeDelivery(..._: Parameters<CaseBackend['getNoticeDelivery']>): Promise<NoticeDelivery> {
    return this.#no();
  }
  retryNotice(..._: Parameters<CaseBackend['retryNotice']>): Promise<Grant> {
    return this.#no();
  }

  listInboxes(..._: Parameters<CaseBackend['listInboxes']>): Promise<Page<Inbox>> {
    return this.#no();
  }
  getInbox(..._: Parameters<CaseBackend['getInbox']>): Promise<Inbox> {
    return this.#no();
  }
  createInbox(..._: Parameters<CaseBackend['createInbox']>): Promise<Inbox> {
    return this.#no();
  }
  updateInbox(..._: Parameters<CaseBackend['updateInbox']>): Promise<Inbox> {
    return this.#no();
  }
  listInboxTargets(..._: Parameters<CaseBackend['listInboxTargets']>): Promise<Page<NamedRef>> {
    return this.#no();
  }
  listInboxEntries(..._: Parameters<CaseBackend['listInboxEntries']>): Promise<Page<InboxEntry>> {
    return this.#no();
  }
  getInboxEntry(..._: Parameters<CaseBackend['getInboxEntry']>): Promise<InboxEntry> {
    return this.#no();
  }
  createInboxEntry(..._: Parameters<CaseBackend['createInboxEntry']>): Promise<InboxEntry> {
    return this.#no();
  }
  takeInboxEntry(..._: Parameters<CaseBackend['takeInboxEntry']>): Promise<InboxEntry> {
    return this.#no();
  }
  releaseInboxEntry(..._: Parameters<CaseBackend['releaseInboxEntry']>): Promise<InboxEntry> {
    return this.#no();
  }
  assignInboxEntry(..._: Parameters<CaseBackend['assignInboxEntry']>): Promise<InboxEntry> {
    return this.#no();
  }
  completeInboxEntry(..._: Parameters<CaseBackend['completeInboxEntry']>): Promise<InboxEntry> {
    return this.#no();
  }
  cancelInboxEntry(..._: Parameters<CaseBackend['cancelInboxEntry']>): Promise<InboxEntry> {
    return this.#no();
  }
  forwardInboxEntry(..._: Parameters<CaseBackend['forwardInboxEntry']>): Promise<InboxEntry> {
    return this.#no();
  }
  undoInboxEntry(..._: Parameters<CaseBackend['undoInboxEntry']>): Promise<InboxEntry> {
    return this.#no();
  }

  uploadAttachment(_upload: Upload, _context: WriteContext): Promise<Attachment> {
    return this.#no();
  }
  getAttachment(_id: string, _context: CallContext): Promise<Attachment> {
    return this.#no();
  }
  downloadAttachment(_id: string, _context: CallContext): Promise<Download> {
    return this.#no();
  }

  updateSettings(..._: Parameters<CaseBackend['updateSettings']>): Promise<Settings> {
    return this.#no();
  }
  listSettingsChanges(..._: Parameters<CaseBackend['listSettingsChanges']>): Promise<Page<SettingsRevision>> {
    return this.#no();
  }
  listViews(..._: Parameters<CaseBackend['listViews']>): Promise<Page<View>> {
    return this.#no();
  }
  getView(..._: Parameters<CaseBackend['getView']>): Promise<View> {
    return this.#no();
  }
  createView(..._: Parameters<CaseBackend['createView']>): Promise<View> {
    return this.#no();
  }
  updateView(..._: Parameters<CaseBackend['updateView']>): Promise<View> {
    return this.#no();
  }
  deleteView(..._: Parameters<CaseBackend['deleteView']>): Promise<void> {
    return this.#no();
  }
  events(..._: Parameters<CaseBackend['events']>): Promise<AsyncIterable<PositionedEvent>> {
    return this.#no();
  }

  dispose(): Promise<void> {
    return Promise.resolve();
  }
}

function emptyPage<T>(): Page<T> {
  return { items: [], next: null };
}
