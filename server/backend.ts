import type { Attachment } from '../src/contract/attachments.js';
import type { BulkAnswer, BulkInput } from '../src/contract/bulk.js';
import type {
  Case,
  CaseChange,
  CaseQuery,
  CaseSummary,
  ChangedCase,
  NewCase,
  StatusChangeInput,
} from '../src/contract/cases.js';
import type { NamedRef, Page } from '../src/contract/common.js';
import type { ForwardInput } from '../src/contract/forward.js';
import type { PreviewInput, SharePreview } from '../src/contract/preview.js';
import type { ReceiptList } from '../src/contract/receipts.js';
import type { Customer, CustomerQuery } from '../src/contract/customers.js';
import type { CaseEvent } from '../src/contract/events.js';
import type {
  Candidate,
  CandidateQuery,
  Grant,
  GrantChange,
  GrantList,
  GrantsAnswer,
  NewGrants,
} from '../src/contract/grants.js';
import type {
  AssignEntry,
  CompleteEntry,
  ForwardEntry,
  InboxEntry,
  InboxEntryQuery,
  NewInboxEntry,
} from '../src/contract/inbox-entries.js';
import type { Inbox, InboxChange, InboxQuery, InboxTargetQuery, NewInbox } from '../src/contract/inboxes.js';
import type { NewNote, Note, NoteQuery, TimelineEntry, TimelineQuery } from '../src/contract/notes.js';
import type { NoticeDelivery, NoticePreference, NoticePreferenceInput } from '../src/contract/notices.js';
import type { Person, PersonQuery } from '../src/contract/people.js';
import type {
  NewProject,
  NewProjectMessage,
  Project,
  ProjectChange,
  ProjectGrantList,
  ProjectGrantsAnswer,
  ProjectMessage,
  ProjectMessageQuery,
  ProjectQuery,
} from '../src/contract/projects.js';
import type { Capabilities, Session } from '../src/contract/session.js';
import type {
  Settings,
  SettingsChange,
  SettingsRevision,
  SettingsRevisionQuery,
} from '../src/contract/settings.js';
import type { Tag, TagQuery } from '../src/contract/tags.js';
import type { ParsedNewView, ParsedViewChange, View, ViewQuery } from '../src/contract/views.js';

/**
 * Who acts, as the host's token says. Nothing in a request body can change it.
 *
 * What the token leaves out is narrower, never wider: no roles, no departments, no customer.
 */
export interface Actor {
  readonly id: string;
  readonly tenant: string;
  readonly kind: 'agent' | 'customer';
  readonly name: string;
  readonly email: string | null;
  /** BCP 47; the language of what is sent to them. */
  readonly locale?: string | null | undefined;
  readonly roles: readonly string[];
  readonly departments: readonly string[];
  readonly inboxes: readonly string[];
  readonly customer: string | null;
  readonly organisation: string | null;
}

/** What every call carries. */
export interface CallContext {
  readonly actor: Actor;
  /** Aborted when the caller has left. */
  readonly signal?: AbortSignal | undefined;
}

/** What a write carries besides. */
export interface WriteContext extends CallContext {
  /**
   * The caller's key for this write. A repeated key with the same `fingerprint` answers the first result again and
   * writes nothing (E-DUP); with another fingerprint it is refused with `idempotency_key_reused`. Kept 24 hours, per actor.
   */
  readonly idempotencyKey: string;
  /** Digest of operation, record and body. */
  readonly fingerprint: string;
}

/** A write to a record that was read before: refused with `version_conflict` when the record has moved. */
export interface GuardedContext extends CallContext {
  readonly version: string;
}

/** An upload: its bytes are read once, and no further than the limit. */
export interface Upload {
  readonly name: string;
  readonly content: ReadableStream<Uint8Array>;
}

/** What a link that ends notices is about. */
export interface NoticeLink {
  readonly tenant: string;
  readonly personId: string;
  /** BCP 47; the language to answer in. */
  readonly locale: string;
}

/** A stored file, open for reading. */
export interface Download {
  readonly attachment: Attachment;
  readonly content: ReadableStream<Uint8Array>;
}

/**
 * One event with the opaque position a stream resumes after. Not changed once it was yielded: the same object may be
 * yielded to many readers, and is then written only once.
 */
export interface PositionedEvent {
  readonly position: string;
  readonly event: CaseEvent;
}

/**
 * The port: what every case system must answer. Our engine is one implementation, a foreign help desk another.
 *
 * Every method applies the actor's rights itself: what the actor may not see is absent from lists and counts, and
 * throws `not_found` when asked for by id. Every method throws nothing but `BackendError`. Each write is one
 * transaction: it happens whole, with its history and its event, or not at all; `Capabilities.versions` says how far
 * a backend keeps the guard. Ids, versions and cursors are opaque: nothing here assumes SQL, our ids or our clock.
 */
export interface CaseBackend {
  /** What this backend can do, for this actor's tenant. */
  capabilities(context: CallContext): Promise<Capabilities>;
  /** Who the actor is, the settings and the tenant-wide verdicts. Throws nothing but for a broken backend. */
  getSession(context: CallContext): Promise<Session>;

  /** The visible cases that match, a page of them. */
  listCases(query: CaseQuery, context: CallContext): Promise<Page<CaseSummary>>;
  /** `not_found` when there is none, or none that the caller may see. */
  getCase(id: string, context: CallContext): Promise<Case>;
  /** Every missing or wrong field is reported at once in `validation_failed`. */
  createCase(input: NewCase, context: WriteContext): Promise<Case>;
  /** `case_closed` on a closed case (CC-47), `version_conflict` with the record as it stands (CC-50). */
  updateCase(id: string, change: CaseChange, context: GuardedContext): Promise<ChangedCase>;
  /** `case_closed` when already closed, naming who and when (CC-38). */
  closeCase(id: string, input: StatusChangeInput, context: WriteContext & GuardedContext): Promise<Case>;
  /** `case_open` when already open (CC-43). */
  reopenCase(id: string, input: StatusChangeInput, context: WriteContext & GuardedContext): Promise<Case>;
  /**
   * One thing done to many cases, by the rules of the single calls: each case happens or is refused for itself, and the
   * answer says which. Input that is wrong for every case is `validation_failed`, and then nothing is written.
   */
  changeCases(input: BulkInput, context: WriteContext): Promise<BulkAnswer>;

  /** The notes the caller may read, newest first. */
  listNotes(caseId: string, query: NoteQuery, context: CallContext): Promise<Page<Note>>;
  /** Adds a note; an internal one of an agent stays hidden from customers. */
  createNote(caseId: string, input: NewNote, context: WriteContext): Promise<Note>;
  /** Notes and changes together, newest first; of some kinds only when the query names them. */
  listTimeline(caseId: string, query: TimelineQuery, context: CallContext): Promise<Page<TimelineEntry>>;

  /** Who has access to the case, as far as the caller may know. */
  listGrants(caseId: string, context: CallContext): Promise<GrantList>;
  /**
   * Gives access to everybody named, or to nobody: every bad name is in `validation_failed` under its place.
   * `forbidden` by the rule of the kind, `history_disclosure_unconfirmed` as CU-06 has it.
   */
  createGrants(caseId: string, input: NewGrants, context: WriteContext): Promise<GrantsAnswer>;
  /** The projects the caller may see, a page of them, by name. */
  listProjects(query: ProjectQuery, context: CallContext): Promise<Page<Project>>;
  /** `not_found` when there is none, or none that the caller may see. */
  getProject(id: string, context: CallContext): Promise<Project>;
  /** For agents. */
  createProject(input: NewProject, context: WriteContext): Promise<Project>;
  /** What is absent stays. */
  updateProject(id: string, change: ProjectChange, context: GuardedContext): Promise<Project>;
  /** Who follows a project, and what whoever shares it should know first; for agents. */
  listProjectGrants(projectId: string, context: CallContext): Promise<ProjectGrantList>;
  /** As `createGrants`, for customers and organisations. */
  createProjectGrants(
    projectId: string,
    input: NewGrants,
    context: WriteContext,
  ): Promise<ProjectGrantsAnswer>;
  /** What was written to those who follow a project, newest first. */
  listProjectMessages(
    projectId: string,
    query: ProjectMessageQuery,
    context: CallContext,
  ): Promise<Page<ProjectMessage>>;
  /** Writes to everybody who follows the project at this moment. */
  createProjectMessage(
    projectId: string,
    input: NewProjectMessage,
    context: WriteContext,
  ): Promise<ProjectMessage>;
  /** The projects shared with a customer or an organisation now, as far as the caller may know of them. */
  listSharedProjects(
    grantee: { readonly kind: 'customer' | 'organisation'; readonly id: string },
    query: ProjectQuery,
    context: CallContext,
  ): Promise<Page<Project>>;

  /** Another level, or another end; `gone` with who and when once it has ended. */
  updateGrant(id: string, change: GrantChange, context: GuardedContext): Promise<Grant>;
  /** Ends a grant, at once. */
  revokeGrant(id: string, context: CallContext): Promise<void>;
  /** Whom the caller may share the case with, by name. */
  listCandidates(query: CandidateQuery, context: CallContext): Promise<Page<Candidate>>;
  /** The case as somebody would see it if it were shared with them. Changes nothing but the history of the case. */
  previewGrant(input: PreviewInput, context: WriteContext): Promise<SharePreview>;

  /** Who has opened the case, as far as the caller may know. */
  listReceipts(caseId: string, context: CallContext): Promise<ReceiptList>;
  /** Keeps that the caller has opened the case; said again it is the same receipt. */
  recordReceipt(caseId: string, context: CallContext): Promise<void>;
  /** Forwards an open case to another agent, with an internal note. Gives nobody access. */
  forwardCase(caseId: string, input: ForwardInput, context: WriteContext): Promise<Note>;

  /** What the caller is told about a case. */
  getNotices(caseId: string, context: CallContext): Promise<NoticePreference>;
  /** Keeps what the caller wants to be told; `forbidden` where it is about somebody else (CO-12). */
  setNotices(caseId: string, input: NoticePreferenceInput, context: CallContext): Promise<NoticePreference>;
  /** What became of telling people about a public note; for agents, and for its author. */
  getNoticeDelivery(noteId: string, context: CallContext): Promise<NoticeDelivery>;
  /** Tries again to tell those a case was shared with, where that was given up; `capability_missing` where nobody is told anything. */
  retryNotice(grantId: string, context: WriteContext): Promise<Grant>;
  /**
   * Whose notices a link ends, by the token in it; `null` for one that this backend has not signed. A backend without such
   * links leaves this out.
   */
  readNoticeLink?(token: string): Promise<NoticeLink | null>;
  /** Ends the notices that a link is about, and changes nothing else (CO-13). */
  endNotices?(token: string): Promise<void>;

  /** The inboxes the caller is a member of, for administrators all, by name. */
  listInboxes(query: InboxQuery, context: CallContext): Promise<Page<Inbox>>;
  /** `not_found` when there is none, or none the caller is a member of. */
  getInbox(id: string, context: CallContext): Promise<Inbox>;
  /** For administrators (IB-26). */
  createInbox(input: NewInbox, context: WriteContext): Promise<Inbox>;
  /** What is absent stays; members are named whole. */
  updateInbox(id: string, change: InboxChange, context: GuardedContext): Promise<Inbox>;
  /** The names of inboxes that something may be put into, for who may do that. */
  listInboxTargets(query: InboxTargetQuery, context: CallContext): Promise<Page<NamedRef>>;
  /** The entries of inboxes the caller may read. */
  listInboxEntries(query: InboxEntryQuery, context: CallContext): Promise<Page<InboxEntry>>;
  /** `not_found` when there is none, or none in an inbox the caller may read. */
  getInboxEntry(id: string, context: CallContext): Promise<InboxEntry>;
  /** `already_in_inbox` for a case that is in one, unless the settings allow several (IB-03). */
  createInboxEntry(input: NewInboxEntry, context: WriteContext): Promise<InboxEntry>;
  /** `entry_owned` with the owner for all but one of those who take at once (IB-07). */
  takeInboxEntry(id: string, context: WriteContext): Promise<InboxEntry>;
  /** For its owner. */
  releaseInboxEntry(id: string, context: WriteContext): Promise<InboxEntry>;
  /** For administrators (IB-29). */
  assignInboxEntry(id: string, input: AssignEntry, context: WriteContext): Promise<InboxEntry>;
  /** `entry_not_owned` where it has to be taken first (decision 8), `gone` with who ended it (IB-09). */
  completeInboxEntry(id: string, input: CompleteEntry, context: WriteContext): Promise<InboxEntry>;
  /** `gone` with who ended it. */
  cancelInboxEntry(id: string, context: WriteContext): Promise<InboxEntry>;
  /** Into another inbox, owned by nobody (IB-18). */
  forwardInboxEntry(id: string, input: ForwardEntry, context: WriteContext): Promise<InboxEntry>;
  /** Takes back the caller's own last change of the entry, as long as nobody changed it since: `undo_impossible`. */
  undoInboxEntry(id: string, context: WriteContext): Promise<InboxEntry>;

  /** The tags of the cases the caller may see, with how many carry each, the most used first; `next` is `null`. */
  listTags(query: TagQuery, context: CallContext): Promise<Page<Tag>>;

  /** Stores a file that no note names yet: only its uploader sees it until one does. `too_large`, or `validation_failed` with `blocked_type`. */
  uploadAttachment(upload: Upload, context: WriteContext): Promise<Attachment>;
  /** What is known of a file, for whoever may read what it is attached to. */
  getAttachment(id: string, context: CallContext): Promise<Attachment>;
  /** The bytes of a file. */
  downloadAttachment(id: string, context: CallContext): Promise<Download>;

  /** The people the caller may see, a page of them. */
  listPeople(query: PersonQuery, context: CallContext): Promise<Page<Person>>;
  /** One person. */
  getPerson(id: string, context: CallContext): Promise<Person>;
  /** The customers the caller may see, a page of them. */
  listCustomers(query: CustomerQuery, context: CallContext): Promise<Page<Customer>>;
  /** One customer. */
  getCustomer(id: string, context: CallContext): Promise<Customer>;

  /** The lists and limits of the tenant. */
  getSettings(context: CallContext): Promise<Settings>;
  /** For those who may manage settings; what is absent stays. */
  updateSettings(change: SettingsChange, context: GuardedContext): Promise<Settings>;
  /** Who changed which settings and when, newest first; for those who may manage settings. */
  listSettingsChanges(query: SettingsRevisionQuery, context: CallContext): Promise<Page<SettingsRevision>>;

  /** The caller's views, and those shared with one of their roles, by name. */
  listViews(query: ViewQuery, context: CallContext): Promise<Page<View>>;
  /** One view. */
  getView(id: string, context: CallContext): Promise<View>;
  /** Keeps a view; `forbidden` where it is to be shared and the caller may not. */
  createView(input: ParsedNewView, context: WriteContext): Promise<View>;
  /** What is absent stays. */
  updateView(id: string, change: ParsedViewChange, context: GuardedContext): Promise<View>;
  /** Removes a view. */
  deleteView(id: string, context: GuardedContext): Promise<void>;

  /**
   * Follows what happens: resolves once nothing can be missed any more, and then yields what happened after `position`,
   * or after that moment when it is absent, without end until `signal` aborts. Only what the actor may see at that
   * moment. A position that cannot be resumed from yields one `stream.reset` first. Whoever stops reading aborts.
   */
  events(position: string | undefined, context: CallContext): Promise<AsyncIterable<PositionedEvent>>;
  /**
   * Where the events stand now: whoever reads a record after this call and follows from here on misses nothing about it.
   * The same as long as nothing happens. Asked before every read, so it must cost little; a backend that cannot tell
   * leaves it out, and its readers ask twice for what they asked for before they followed.
   */
  eventPosition?(context: CallContext): Promise<string>;

  /** Lets go of what the backend opened. */
  dispose(): Promise<void>;
}
