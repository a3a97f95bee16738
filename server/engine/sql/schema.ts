import type { ColumnType, Generated } from 'kysely';

import type { CaseLink, CaseStatus } from '../../../src/contract/cases.js';
import type { EntryState } from '../../../src/contract/inbox-entries.js';
import type { FieldChange, NoteAction, NoteVisibility, TimelineKind } from '../../../src/contract/notes.js';
import type { NoticeEvent, NoticeState } from '../../../src/contract/notices.js';
import type { CaseFilters } from '../case-filters.js';
import type { UndoableAction } from '../policy/inboxes.js';

/** Written as JSON text (`toJson`), read as the value. */
type Json<T> = ColumnType<T, string, string>;
/** A column with a default: may be left out when written. */
type Defaulted<T> = ColumnType<T, T | undefined, T>;

export interface SettingsTable {
  tenant: string;
  version: number;
  data: Json<Record<string, unknown>>;
  updated_at: string;
  updated_by: string | null;
}

export interface SettingsHistoryTable {
  tenant: string;
  version: number;
  change: Json<Record<string, unknown>>;
  at: string;
  by_id: string | null;
}

export interface PeopleTable {
  tenant: string;
  id: string;
  name: string;
  kind: 'agent' | 'customer';
  email: string | null;
  customer_id: string | null;
  organisation_id: string | null;
  departments: Defaulted<string[]>;
  former: Defaulted<boolean>;
  /** As their token said last; `null` for who has not been here. */
  roles: Defaulted<string[] | null>;
  /** BCP 47, as their token said last. */
  locale: Defaulted<string | null>;
  search: ColumnType<never, unknown, unknown>;
}

export interface NamedTable {
  tenant: string;
  id: string;
  name: string;
}

export interface CustomersTable {
  tenant: string;
  id: string;
  name: string;
  number: string | null;
  organisation_id: string | null;
  main_contact_id: string | null;
  search: ColumnType<never, unknown, unknown>;
}

export interface CasesTable {
  tenant: string;
  id: string;
  number: number;
  version: Defaulted<number>;
  status: CaseStatus;
  customer_id: string;
  project_id: string | null;
  subject: string;
  description: string;
  type: string | null;
  priority: string | null;
  /** Place of the priority in the settings' list, 0 the highest; follows the list. */
  priority_rank: number | null;
  initial_priority: string | null;
  deadline: string | null;
  contact_method: string | null;
  tags: string[];
  requester_id: string | null;
  assignee_id: string | null;
  department_id: string | null;
  external_reference: string | null;
  /** Objects of the host it is about. */
  links: ColumnType<CaseLink[], string | undefined, string>;
  created_by: string | null;
  created_at: string;
  updated_at: string;
  /** The same for customers: internal notes do not move it. */
  public_updated_at: string;
  /** Who last changed the version, and when. */
  changed_by: string | null;
  changed_at: string;
  closed_by: string | null;
  closed_at: string | null;
  closed_reason: string | null;
  closed_note_id: string | null;
  reopened_by: string | null;
  reopened_at: string | null;
  reopened_reason: string | null;
  reopened_note_id: string | null;
  reply_count: Defaulted<number>;
  search: ColumnType<never, unknown, unknown>;
}

export interface NotesTable {
  tenant: string;
  id: string;
  case_id: string;
  seq: Generated<number>;
  visibility: NoteVisibility;
  subject: string | null;
  text: string;
  /** What became of an action of the host. */
  action: ColumnType<NoteAction | null, string | null | undefined, never>;
  by_id: string | null;
  at: string;
}

/** The lines of a timeline, append-only. A line about a note names it; the words stand in the note. */
export interface HistoryTable {
  tenant: string;
  id: string;
  case_id: string;
  seq: Generated<number>;
  kind: TimelineKind;
  note_id: string | null;
  reason: string | null;
  changes: Json<FieldChange[]> | null;
  by_id: string | null;
  at: string;
}

export interface AttachmentsTable {
  tenant: string;
  id: string;
  name: string;
  size: number;
  media_type: string;
  storage_key: string;
  uploaded_by: string;
  uploaded_at: string;
  /** `null` until a case or note claims the file. */
  case_id: string | null;
  /** `null` on a file that came with the case itself. */
  note_id: string | null;
  position: number | null;
}

export interface LooseFilesTable {
  tenant: string;
  storage_key: string;
  since: string;
  /** When a process last set about deleting it. */
  sweeping_since: string | null;
}

export interface GrantsTable {
  tenant: string;
  id: string;
  unit: 'case' | 'project';
  unit_id: string;
  grantee_kind: 'person' | 'department' | 'customer' | 'organisation';
  grantee_id: string;
  level: string;
  given_by: string | null;
  given_at: string;
  /** Where a person has to belong for the grant to hold (`membershipsOf`). */
  member_of: string | null;
  version: Defaulted<number>;
  /** Who last changed it, and when. */
  changed_by: string | null;
  changed_at: string | null;
  expires_at: string | null;
  revoked_at: string | null;
  revoked_by: string | null;
  /** Whether they were told of it, and when the last message left. */
  notified: Defaulted<NoticeState>;
  notified_at: Defaulted<string | null>;
  /** Customers who read the case in the portal alone (CU-04). */
  portal_only: Defaulted<boolean>;
  /** Where a new conversation began: notes up to this place are not theirs to read. */
  history_from: Defaulted<string | null>;
  history_after: Defaulted<number | null>;
  /** The end that was told of in advance. */
  reminded_of: Defaulted<string | null>;
}

/** Who opened a case. */
export interface ReceiptsTable {
  tenant: string;
  case_id: string;
  person_id: string;
  first_at: string;
  last_at: string;
}

export interface OutboxTable {
  tenant: string;
  xid: Generated<string>;
  seq: Generated<number>;
  kind: string;
  case_id: string | null;
  customer_id: string | null;
  note_id: string | null;
  /** Agents only. */
  internal: Defaulted<boolean>;
  /** Who could see the case before: the facts of visibility as they stood, when they changed. */
  before: Json<Record<string, unknown>> | null;
  /** Which view the event is about, and whom it may reach. */
  view: Json<Record<string, unknown>> | null;
  /** Which project the event is about, and whom it may reach. */
  project: Json<Record<string, unknown>> | null;
  /** Which inbox or entry the event is about, and whom it may reach. */
  inbox: Json<Record<string, unknown>> | null;
  at: string;
}

export interface ProjectsTable {
  tenant: string;
  id: string;
  version: Defaulted<number>;
  name: string;
  department_id: string | null;
  created_by: string | null;
  created_at: string;
  changed_by: string | null;
  changed_at: string;
}

export interface ProjectMessagesTable {
  tenant: string;
  id: string;
  project_id: string;
  seq: Generated<number>;
  text: string;
  by_id: string | null;
  at: string;
}

export interface InboxesTable {
  tenant: string;
  id: string;
  version: Defaulted<number>;
  name: string;
  retired: Defaulted<boolean>;
  opens_cases: Defaulted<boolean>;
  changed_by: string | null;
  changed_at: string;
}

export interface InboxMembersTable {
  tenant: string;
  inbox_id: string;
  person_id: string;
  rights: string[];
}

/** What of an entry a change moves, and undo puts back. */
export interface EntryValues {
  inbox_id: string;
  from_inbox_id: string | null;
  message: string;
  due_type: string | null;
  due_on: string | null;
  state: EntryState;
  owner_id: string | null;
  owned_at: string | null;
  sent_by: string | null;
  sent_at: string;
  ended_by: string | null;
  ended_at: string | null;
}

export interface InboxEntriesTable extends Omit<EntryValues, 'state'> {
  tenant: string;
  id: string;
  version: Defaulted<number>;
  case_id: string | null;
  customer_id: string | null;
  state: Defaulted<EntryState>;
  changed_by: string | null;
  changed_at: string;
  /** What the last change took away, for whoever made it to take back. */
  undo: Json<{ action: UndoableAction; was: EntryValues }> | null;
}

export interface ViewsTable {
  tenant: string;
  id: string;
  version: Defaulted<number>;
  name: string;
  filters: Json<CaseFilters>;
  sorted_by: string | null;
  columns: string[] | null;
  /** Whoever has one of them sees the view; `null`: its owner alone. */
  roles: string[] | null;
  owner_id: string;
  updated_at: string;
  updated_by: string;
}

/** One message to one person over one channel; `key` is what makes it the only one. */
export interface NoticesTable {
  tenant: string;
  id: string;
  key: string;
  event: NoticeEvent;
  channel: string;
  unit: 'case' | 'project';
  unit_id: string;
  grant_id: string | null;
  /** The note or message it tells of. */
  about_id: string | null;
  recipient_id: string;
  by_id: string | null;
  state: 'waiting' | 'sent' | 'failed' | 'dropped';
  attempts: Defaulted<number>;
  /** Attempts that failed because nothing answered at all. */
  uncounted: Defaulted<number>;
  due_at: string;
  /** Until when a process has it in hand. */
  claimed_until: string | null;
  created_at: string;
  done_at: string | null;
  /** Why it was given up or dropped. */
  reason: string | null;
}

/** What happened and could not be told to anybody yet. */
export interface PostponedNoticesTable {
  tenant: string;
  xid: string;
  seq: number;
  kind: string;
  case_id: string | null;
  note_id: string | null;
  internal: boolean;
  attempts: number;
  due_at: string;
  /** When it was given up. */
  set_aside_at: string | null;
}

export interface NoticePositionTable {
  name: string;
  xid: string;
  seq: number;
}

export interface NoticePreferencesTable {
  tenant: string;
  unit: 'case' | 'project';
  unit_id: string;
  person_id: string;
  replies: boolean;
  changed_at: string;
}

export interface IdempotencyTable {
  tenant: string;
  actor_id: string;
  key: string;
  fingerprint: string;
  result: Json<unknown> | null;
  created_at: string;
}

export interface CountersTable {
  tenant: string;
  name: string;
  value: number;
}

export interface Schema {
  settings: SettingsTable;
  settings_history: SettingsHistoryTable;
  people: PeopleTable;
  organisations: NamedTable;
  customers: CustomersTable;
  departments: NamedTable;
  cases: CasesTable;
  notes: NotesTable;
  history: HistoryTable;
  attachments: AttachmentsTable;
  loose_files: LooseFilesTable;
  grants: GrantsTable;
  receipts: ReceiptsTable;
  outbox: OutboxTable;
  projects: ProjectsTable;
  project_messages: ProjectMessagesTable;
  views: ViewsTable;
  inboxes: InboxesTable;
  inbox_members: InboxMembersTable;
  inbox_entries: InboxEntriesTable;
  notices: NoticesTable;
  postponed_notices: PostponedNoticesTable;
  casement_notice_position: NoticePositionTable;
  notice_preferences: NoticePreferencesTable;
  idempotency: IdempotencyTable;
  counters: CountersTable;
}
