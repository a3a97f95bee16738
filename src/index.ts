export { createCaseClient } from './client/client.js';
export type { CaseClient, CaseClientOptions, CaseClientUpdate, GetToken } from './client/client.js';
export type { LiveList, ListData, LiveQuery, QueryState } from './client/live-query.js';
export type { LiveQueries } from './client/queries.js';
export type { DraftKey, DraftStore } from './client/drafts.js';
export type { EventsResource, EventStreamState } from './client/events.js';
export type { AttachmentsResource, UploadOptions, UploadProgress } from './client/attachments.js';
export type { CaseExportListQuery, CaseListQuery, CasesResource, TimelineListQuery } from './client/cases.js';
export type { CustomerListQuery, CustomersResource } from './client/customers.js';
export type { CandidateListQuery, GrantsResource } from './client/grants.js';
export type { InboxEntriesResource, InboxEntryListQuery } from './client/inbox-entries.js';
export type { InboxesResource, InboxListQuery, InboxTargetListQuery } from './client/inboxes.js';
export type { NoteListQuery, NotesResource } from './client/notes.js';
export type { NoticesResource } from './client/notices.js';
export type { PeopleResource, PersonListQuery } from './client/people.js';
export type { ReceiptsResource } from './client/receipts.js';
export type { ProjectListQuery, ProjectMessageListQuery, ProjectsResource } from './client/projects.js';
export type { SessionResource } from './client/session.js';
export type { SettingsResource } from './client/settings.js';
export type { TagsResource } from './client/tags.js';
export type { ViewListQuery, ViewsResource } from './client/views.js';
export type { CallOptions, CommandOptions, GuardedOptions, WriteOptions } from './http/request-options.js';
export {
  AuthenticationError,
  CaseError,
  ConfigError,
  ConflictError,
  ForbiddenError,
  GoneError,
  LimitError,
  NetworkError,
  NotFoundError,
  SchemaError,
  UnavailableError,
  ValidationError,
  isAbortError,
  isAuthenticationError,
  isCaseError,
  isConfigError,
  isConflictError,
  isForbiddenError,
  isGoneError,
  isLimitError,
  isNetworkError,
  isNotFoundError,
  isSchemaError,
  isUnavailableError,
  isValidationError,
} from './errors.js';
export type { Attachment } from './contract/attachments.js';
export type { BulkAction, BulkAnswer, BulkInput, BulkResult } from './contract/bulk.js';
export type {
  Case,
  CaseAction,
  CaseChange,
  CaseLink,
  CaseSort,
  CaseStatus,
  CaseSummary,
  ChangedCase,
  NewCase,
  SharedFilter,
  StatusChange,
  StatusChangeInput,
} from './contract/cases.js';
export type { NamedRef, OneOrMany, Page, PersonRef, Verdict } from './contract/common.js';
export type { Customer } from './contract/customers.js';
export type { CaseEvent, EventKind } from './contract/events.js';
export type { ExportColumn } from './contract/export.js';
export type {
  Candidate,
  Grant,
  GrantChange,
  Grantee,
  GranteeKind,
  GrantList,
  GrantsAnswer,
  HistoryChoice,
  NewGrantee,
  NewGrants,
  ShareUnit,
} from './contract/grants.js';
export type {
  AssignEntry,
  CompleteEntry,
  EntryAction,
  EntrySort,
  EntryState,
  ForwardEntry,
  InboxEntry,
  NewInboxEntry,
} from './contract/inbox-entries.js';
export type { InboxRule, InboxRules } from './contract/inbox-rules.js';
export type {
  Inbox,
  InboxAction,
  InboxChange,
  InboxMember,
  InboxRight,
  NewInbox,
} from './contract/inboxes.js';
export type {
  ActionOutcome,
  FieldChange,
  NewNote,
  Note,
  NoteAction,
  NoteVisibility,
  TimelineEntry,
  TimelineKind,
} from './contract/notes.js';
export type {
  NoticeDelivery,
  NoticeEvent,
  NoticeLocale,
  NoticePreference,
  NoticePreferenceInput,
  NoticeRules,
  NoticeState,
  NoticeTemplate,
} from './contract/notices.js';
export type { ForwardInput } from './contract/forward.js';
export type { Person } from './contract/people.js';
export type {
  MaskableField,
  Masks,
  PortalChoices,
  PortalFeature,
  PortalRules,
  PortalScope,
  SettingsProblem,
} from './contract/portal.js';
export type { Disclosure, PreviewInput, SharePreview } from './contract/preview.js';
export type {
  NewProject,
  NewProjectMessage,
  Project,
  ProjectAction,
  ProjectChange,
  ProjectGrantList,
  ProjectGrantsAnswer,
  ProjectMessage,
  SharingWarning,
} from './contract/projects.js';
export type { FieldError, FieldErrorCode, Problem, ProblemCode } from './contract/problem.js';
export type { Receipt, ReceiptList } from './contract/receipts.js';
export type { Capabilities, Session, SessionAction } from './contract/session.js';
export type {
  Choice,
  ChoiceList,
  DueType,
  Limits,
  Settings,
  SettingsChange,
  SettingsRevision,
  SharingRules,
} from './contract/settings.js';
export type { Tag, TagQuery } from './contract/tags.js';
export type { NewView, View, ViewChange, ViewDue } from './contract/views.js';
