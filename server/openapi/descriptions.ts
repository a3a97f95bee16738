import type { RouteId } from '../../src/contract/routes.js';

/** What the published contract says about one operation. */
export interface RouteDescription {
  readonly tag: string;
  readonly summary: string;
  readonly description: string;
}

/** What belongs together, in the order in which it is read. */
export const tagDescriptions: Record<string, string> = {
  Session: 'Who is signed in, what they may do, and the lists to choose from.',
  Cases: 'What customers ask for and agents work on.',
  Sharing: 'Who has access to a case besides those it belongs to.',
  Projects: 'Cases that belong together, and who follows them.',
  Inboxes: 'Named queues of cases handed over, who works them, and what waits there.',
  Notices: 'Who is told what happens.',
  Notes: 'What was said and done on a case.',
  Attachments: 'Files that notes and new cases name.',
  People: 'Agents, and the people of customer accounts.',
  Customers: 'The accounts that cases are about.',
  Settings: 'The lists and switches of a tenant.',
  Views: 'Lists as people like them, under a name.',
  Events: 'What happens, as it happens.',
};

const opaquePage = 'One page; `next` leads to the following one and is `null` on the last.';

/** Every operation in words. */
export const descriptions: Record<RouteId, RouteDescription> = {
  getSession: {
    tag: 'Session',
    summary: 'Who is signed in, what they may do, the settings and what the backend can do',
    description:
      'Read it first: it has the lists, the limits and the verdicts a page needs to draw its controls.',
  },
  listCases: {
    tag: 'Cases',
    summary: 'The cases the actor may see',
    description: `All filters must match; several values of one filter match any of them. Cases the actor may not see are absent from the page, the count and the search. ${opaquePage}`,
  },
  createCase: {
    tag: 'Cases',
    summary: 'Creates a case, and closes it in the same step when asked to',
    description: 'Which fields are mandatory is said by the settings; every missing one is told at once.',
  },
  exportCases: {
    tag: 'Cases',
    summary: 'The cases of a list, all of them, as CSV',
    description:
      'The filters and the order of the list, and what it hides is hidden here. Headings and statuses come in the language of `Accept-Language` where there is one of en, de, fr, es, it and ar. A cell that a spreadsheet would run as a formula has an apostrophe before it. Pages are read while the file is written: ordered by `created` or `number`, a case that changes meanwhile is neither missed nor doubled.',
  },
  getCase: {
    tag: 'Cases',
    summary: 'One case, with the verdict on every action',
    description: 'A case that is absent and one the actor may not see are answered alike.',
  },
  updateCase: {
    tag: 'Cases',
    summary: 'Changes fields of an open case',
    description: 'What is absent stays as it is. Status is changed by closing and reopening alone.',
  },
  changeCases: {
    tag: 'Cases',
    summary: 'Closes, reopens, tags or assigns up to a hundred cases',
    description:
      'Every case is changed for itself, by the rules of the single call, or refused with its reason: the answer names each, in the order asked. What would be wrong for every case refuses the call, and nothing is written.',
  },
  closeCase: {
    tag: 'Cases',
    summary: 'Closes an open case, with a reason and a note',
    description: 'The case, its history and the event change together or not at all.',
  },
  reopenCase: {
    tag: 'Cases',
    summary: 'Reopens a closed case, with a reason and a note',
    description: 'The earlier closure stays in the history.',
  },
  listGrants: {
    tag: 'Sharing',
    summary: 'Who has access to a case, from whom, at which level and until when',
    description:
      'The oldest first. Which departments have the case is told to agents of the department it belongs to, and to each department about itself. `share` says whom the actor may add.',
  },
  createGrants: {
    tag: 'Sharing',
    summary: 'Shares a case with several people, departments or customers at once',
    description:
      'Everybody named gets access, or nobody: each bad name is told under its place in the list. People are shared with by the requester alone, departments by agents of the owning department whose role the settings name, customers and organisations by agents who can edit the case. Where a customer would read earlier public notes, `includeHistory` has to say so.',
  },
  listCandidates: {
    tag: 'Sharing',
    summary: 'Whom the actor may share a case with',
    description: `Never the actor, never whom the case belongs to; \`grantId\` marks who has it already. Without \`caseId\`: co-workers for a case that is about to be submitted. Sorted by name. ${opaquePage}`,
  },
  updateGrant: {
    tag: 'Sharing',
    summary: 'Changes the level of a grant, or when it ends',
    description:
      'Department levels are changed by the owning department, those of customers by administrators.',
  },
  revokeGrant: {
    tag: 'Sharing',
    summary: 'Ends a grant, at once',
    description:
      'Whoever had the case by this grant alone no longer sees it: not in lists, not by its address.',
  },
  listProjects: {
    tag: 'Projects',
    summary: 'The projects the actor may see, by name',
    description: `For agents those of their departments and of none, for customers those they follow. ${opaquePage}`,
  },
  createProject: {
    tag: 'Projects',
    summary: 'Makes a project',
    description: 'For agents. Cases come into it by their `projectId`.',
  },
  getProject: {
    tag: 'Projects',
    summary: 'One project',
    description: 'Its cases are listed by `GET /v1/cases?projectId=…`.',
  },
  updateProject: {
    tag: 'Projects',
    summary: 'Changes a project',
    description: 'What is absent stays as it is.',
  },
  listProjectGrants: {
    tag: 'Projects',
    summary: 'Who follows a project',
    description:
      'For agents. `warnings` says what whoever shares it should know: that the portal hides it, and which automations write to followers. `/v1/grants/{id}` changes and ends a grant.',
  },
  createProjectGrants: {
    tag: 'Projects',
    summary: 'Shares a project with customers and organisations',
    description:
      'Everybody named or nobody; they see its cases, those of now and those to come, as far as the portal shows them. People of an organisation are its members of the moment.',
  },
  listProjectMessages: {
    tag: 'Projects',
    summary: 'What was written to those who follow a project',
    description: `Newest first. Agents are told whom a message did not reach. ${opaquePage}`,
  },
  createProjectMessage: {
    tag: 'Projects',
    summary: 'Writes to everybody who follows a project',
    description:
      'For agents. It goes to those who follow at that moment; who stopped following gets nothing more.',
  },
  listCustomerProjects: {
    tag: 'Projects',
    summary: 'The projects shared with a customer now',
    description: `Only those the actor may know of. ${opaquePage}`,
  },
  listOrganisationProjects: {
    tag: 'Projects',
    summary: 'The projects shared with an organisation now',
    description: `Only those the actor may know of. ${opaquePage}`,
  },
  listInboxes: {
    tag: 'Inboxes',
    summary: 'The inboxes the actor is a member of, by name',
    description: `For administrators all of them, with their members. \`open\` counts what waits there, \`mine\` what of it the actor owns; both are absent without the right to read. ${opaquePage}`,
  },
  createInbox: {
    tag: 'Inboxes',
    summary: 'Makes an inbox',
    description: 'For administrators. No two have the same name; members are agents.',
  },
  getInbox: {
    tag: 'Inboxes',
    summary: 'One inbox',
    description: 'An inbox that is absent and one the actor is no member of are answered alike.',
  },
  updateInbox: {
    tag: 'Inboxes',
    summary: 'Changes an inbox, its members and their rights',
    description:
      'For administrators. What is absent stays; members are named whole, and who is one no longer owns nothing there any more. A retired inbox takes no new entries.',
  },
  listInboxTargets: {
    tag: 'Inboxes',
    summary: 'Where something may be put or sent on to',
    description: `The names of all inboxes that take entries, whether the actor is a member or not. ${opaquePage}`,
  },
  listInboxEntries: {
    tag: 'Inboxes',
    summary: 'What waits in the inboxes the actor may read',
    description: `All filters must match. With \`caseId\`: where that case is, for agents it belongs to, members or not. ${opaquePage}`,
  },
  createInboxEntry: {
    tag: 'Inboxes',
    summary: 'Puts a case, or a customer alone, into an inbox',
    description:
      'For agents to whom the case belongs; it is in one inbox at a time unless the settings allow several. Every refused field is told at once.',
  },
  getInboxEntry: {
    tag: 'Inboxes',
    summary: 'One entry, with the verdict on every action',
    description: 'An entry that is absent and one in an inbox the actor may not read are answered alike.',
  },
  takeInboxEntry: {
    tag: 'Inboxes',
    summary: 'Takes an entry: it is the actor’s own',
    description:
      'Of several who take it at once exactly one succeeds; the others are told who owns it. Taking one’s own again changes nothing.',
  },
  releaseInboxEntry: {
    tag: 'Inboxes',
    summary: 'Gives an entry back, so that nobody owns it',
    description: 'For its owner, and for administrators.',
  },
  assignInboxEntry: {
    tag: 'Inboxes',
    summary: 'Makes an entry a member’s',
    description: 'For administrators, to a member who may read the inbox.',
  },
  completeInboxEntry: {
    tag: 'Inboxes',
    summary: 'Completes an entry, and with it writes a note and closes its case when asked to',
    description:
      'In one step: all of it or nothing. Whether it has to be owned first is said by the settings. `note` and `closeCase` are decided as on the case itself.',
  },
  cancelInboxEntry: {
    tag: 'Inboxes',
    summary: 'Cancels an entry',
    description: 'For members with that right. An end of its own, distinct from completion.',
  },
  forwardInboxEntry: {
    tag: 'Inboxes',
    summary: 'Sends an entry on to another inbox, where nobody owns it',
    description:
      'For members with that right. A message is needed, and a date where the due type asks for one.',
  },
  undoInboxEntry: {
    tag: 'Inboxes',
    summary: 'Takes back the actor’s own last change of an entry',
    description:
      'Within ten minutes, by the right that the change asked for, as long as nobody changed it since.',
  },
  previewGrant: {
    tag: 'Sharing',
    summary: 'The case with the eyes of somebody it could be shared with',
    description:
      'Through the same filter that would serve them. Changes nothing but the history of the case, where agents read that somebody looked. For whoever may share with this kind. `history` says what a customer would read of what was written before them, and who reads it so far.',
  },
  listReceipts: {
    tag: 'Sharing',
    summary: 'Who has opened a case, and when',
    description:
      'For the requester and for agents of the department it belongs to. Customers are told of their own people, and of those they shared the case with. Kept as long as the settings say.',
  },
  recordReceipt: {
    tag: 'Sharing',
    summary: 'Says that the actor has opened a case',
    description:
      'To be sent when the case itself is opened, not when it stands in a list. The first time is kept beside the last. Nothing is kept where the settings switch it off, nor of whom may not see the case.',
  },
  forwardCase: {
    tag: 'Sharing',
    summary: 'Forwards an open case to another agent, with an internal note',
    description:
      'Gives nobody access: who may not see the case does not learn more of it. Any other recipient is refused as `external_recipient`.',
  },
  getNotices: {
    tag: 'Notices',
    summary: 'What the actor is told about a case',
    description:
      'Who submitted a case, and the people of customers it was shared with, are told of replies unless they want none; co-workers once they ask for it; departments as their rules say. `deliverable` says whether anything can reach the actor.',
  },
  setNotices: {
    tag: 'Notices',
    summary: 'Tells the actor of replies on a case, or no longer',
    description:
      'Access stays as it is. What others are told is theirs to choose: naming another person is `forbidden`.',
  },
  getNoticeDelivery: {
    tag: 'Notices',
    summary: 'What became of telling people about a public note',
    description:
      'For agents, and for who wrote the note. Why a message was refused, in the words of the mail server, is told to agents.',
  },
  retryNotice: {
    tag: 'Notices',
    summary: 'Tries again to tell those a case was shared with',
    description:
      'For whoever may end the share. Only what was given up (`notified: failed`) is sent again; of what waits or has been sent nothing changes.',
  },
  listNotes: {
    tag: 'Notes',
    summary: 'The notes of a case that the actor may read',
    description: `Customers never get internal notes. ${opaquePage}`,
  },
  createNote: {
    tag: 'Notes',
    summary: 'Adds a note to an open case',
    description:
      'An agent chooses a subject from the settings; the reply of a customer is public and has none.',
  },
  listTimeline: {
    tag: 'Notes',
    summary: 'The history of a case: notes and changes, as far as the actor may read them',
    description: `History is only ever added to. ${opaquePage}`,
  },
  listTags: {
    tag: 'Cases',
    summary: 'The tags in use, the most used first',
    description:
      'For fields that complete what is typed. Only cases the actor may see are counted; `next` is always `null`.',
  },
  uploadAttachment: {
    tag: 'Attachments',
    summary: 'Stores a file, to be named by a note or a new case',
    description:
      'The body is the bytes of the file. Until a note or case names it, only its uploader sees it; after a day it is forgotten.',
  },
  getAttachment: {
    tag: 'Attachments',
    summary: 'Name, size and type of a file',
    description: 'Whoever may read the note that names the file may read this.',
  },
  downloadAttachment: {
    tag: 'Attachments',
    summary: 'The bytes of a file, as a download',
    description: 'Always a download under the name of the file: a browser never opens it in place.',
  },
  listPeople: {
    tag: 'People',
    summary: 'The people of the tenant the actor may know about',
    description: `Sorted by name. ${opaquePage}`,
  },
  getPerson: {
    tag: 'People',
    summary: 'One person',
    description: 'A person the actor may not know about is answered like one who is absent.',
  },
  listCustomers: {
    tag: 'Customers',
    summary: 'The customer accounts the actor may know about',
    description: `Sorted by name. ${opaquePage}`,
  },
  getCustomer: {
    tag: 'Customers',
    summary: 'One customer account',
    description: 'An account the actor may not know about is answered like one that is absent.',
  },
  getSettings: {
    tag: 'Settings',
    summary: 'The lists and switches of the tenant',
    description:
      'Lists are in the order in which they are offered. `portal` says what customers see and may do. Administrators are told in `problems` what is stored and cannot be meant: the narrowest applies meanwhile.',
  },
  updateSettings: {
    tag: 'Settings',
    summary: 'Changes lists and switches of the tenant',
    description:
      'What is absent stays, in `sharing`, `masks`, `portal` and `features` too; a list replaces the one before. A value is retired rather than removed, so that old cases stay readable.',
  },
  listSettingsChanges: {
    tag: 'Settings',
    summary: 'Every change of the settings: who, when, from what and to what',
    description: `For administrators. Newest first; history is only ever added to. ${opaquePage}`,
  },
  listViews: {
    tag: 'Views',
    summary: 'The actor’s own views, and those shared with one of their roles',
    description: `Sorted by name. ${opaquePage}`,
  },
  createView: {
    tag: 'Views',
    summary: 'Keeps a view',
    description: 'Private unless it names roles, which is for administrators. At most 100 a person.',
  },
  getView: {
    tag: 'Views',
    summary: 'One view',
    description: 'A view that is absent and one that is somebody else’s are answered alike.',
  },
  updateView: {
    tag: 'Views',
    summary: 'Changes a view',
    description: 'What is absent stays. A value that was retired or removed meanwhile may stay too.',
  },
  deleteView: {
    tag: 'Views',
    summary: 'Removes a view',
    description: 'Private ones by their owner, shared ones by administrators.',
  },
  streamEvents: {
    tag: 'Events',
    summary: 'What happens, as server-sent events',
    description:
      'Ids and kinds only: what an event means is read through the contract. Each reader gets what they may see at that moment. The stream ends when the token runs out; come back with a new one and `Last-Event-ID`. 204 means that the backend sends none.',
  },
};

/** The parameters of queries in words; where one operation means something else by a name, under both. */
export const parameterDescriptions: Record<string, string> = {
  id: 'The id, as an earlier answer gave it.',
  cursor: 'The `next` of the page before, as it was given: it fits the same list in the same order only.',
  limit: 'Entries a page, 25 unless told.',
  count: '`true` adds `total`, the number of all entries that match.',
  caseId: 'The case to be shared.',
  customerId: 'Of this customer account.',
  shared:
    '`with-me`: what others shared with the actor or their department, which is in no other list; `by-us`: what the actor’s side shared.',
  status: 'In one of these statuses.',
  type: 'Of one of these types, by id from the settings.',
  priority: 'Of one of these priorities, by id from the settings.',
  link: 'Linked to one of these objects of the host, written `type:id`.',
  tag: 'Carrying one of these tags, exactly as written.',
  assigneeId: 'Assigned to this agent.',
  raisedAfter: 'Raised at or after this moment; a date counts from its first moment in UTC.',
  raisedBefore: 'Raised before this moment.',
  deadline: '`set`: has a deadline; `none`: has none.',
  dueBy: 'Has a deadline on this date or earlier.',
  dueAfter: 'Has a deadline on this date or later.',
  overdueOn: 'Open, with a deadline before this date: the caller says what day it is where the reader is.',
  columns: 'The columns, in the order asked; all but `id` and `organisation` unless told.',
  timeZone: 'IANA name of the time zone in which moments are written, UTC unless told.',
  q: 'Words to look for; the beginning of a word is enough. Nothing typed is a wildcard or an operator.',
  sort: 'The order; `-` is descending. Cases without a deadline or priority come last. `-updated` unless told.',
  order: '`desc` starts with the newest and is the default.',
  name: 'The name of the file, with its ending.',
  kind: 'Agents or customers only.',
  projectId: 'Only what belongs to this project.',
  sharedWithCustomerId: 'Only cases that are shared with this customer now.',
  sharedWithOrganisationId: 'Only cases that are shared with this organisation now.',
  'listProjects.q': 'Words that a word of the name begins with.',
  'listCustomerProjects.q': 'Words that a word of the name begins with.',
  'listOrganisationProjects.q': 'Words that a word of the name begins with.',
  'listCandidates.projectId': 'For a project, in the place of a case.',
  'listCandidates.kind': 'Which kind of grantee.',
  inboxId: 'In one of these inboxes.',
  owner: '`me`, `none`, `others`, or the id of a person.',
  state: '`open` unless told.',
  dueType: 'Of one of these due types, by id from the settings.',
  due: '`set`: has a due date; `none`: has none.',
  entryId: 'The entry to be sent on: its own inbox is left out.',
  retired: '`true` adds inboxes that are retired and empty.',
  'listInboxTargets.q': 'Words that a word of the name begins with.',
  'listInboxEntries.caseId': 'About this case.',
  'listInboxEntries.dueBy': 'Due on this date or earlier.',
  'listInboxEntries.overdueOn':
    'Open, and due before this date: the caller says what day it is where the reader is.',
  'listInboxEntries.sort':
    'The order; `-` is descending. Entries without a due date come last. `due` unless told.',
  'listTags.q': 'What the tag holds, in small or capital letters.',
  'listTags.limit': 'Tags at most, 25 unless told.',
  'listTimeline.kind': 'Only lines of these kinds.',
};
