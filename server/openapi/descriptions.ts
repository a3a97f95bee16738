import type { ProblemCode } from '../../src/contract/problem.js';
import type { RouteId } from '../../src/contract/routes.js';

/** What the published contract says about one operation. */
export interface RouteDescription {
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  /** The problems it may answer besides those any operation may. */
  readonly problems: readonly ProblemCode[];
}

const read: readonly ProblemCode[] = ['not_found'];
const write: readonly ProblemCode[] = [
  'validation_failed',
  'malformed_request',
  'unsupported_media_type',
  'too_large',
  'forbidden',
];
const posted: readonly ProblemCode[] = [...write, 'idempotency_key_reused', 'request_in_progress'];
const guarded: readonly ProblemCode[] = ['not_found', 'version_required', 'version_conflict'];

/** Every operation in words. */
export const descriptions: Record<RouteId, RouteDescription> = {
  getSession: {
    tag: 'Session',
    summary: 'Who is signed in, what they may do, the settings and what the backend can do',
    problems: [],
  },
  listCases: {
    tag: 'Cases',
    summary: 'The cases the actor may see',
    description:
      'All filters must match; several values of one filter match any of them. Cases the actor may not see are absent from the page, the count and the search.',
    problems: ['validation_failed', 'forbidden'],
  },
  createCase: {
    tag: 'Cases',
    summary: 'Creates a case, and closes it in the same step when asked to',
    problems: posted,
  },
  getCase: { tag: 'Cases', summary: 'One case, with the verdict on every action', problems: read },
  updateCase: {
    tag: 'Cases',
    summary: 'Changes fields of an open case',
    description: 'What is absent stays as it is. Status is changed by closing and reopening alone.',
    problems: [...write, ...guarded, 'case_closed'],
  },
  closeCase: {
    tag: 'Cases',
    summary: 'Closes an open case, with a reason and a note',
    problems: [...posted, ...guarded, 'case_closed'],
  },
  reopenCase: {
    tag: 'Cases',
    summary: 'Reopens a closed case, with a reason and a note',
    problems: [...posted, ...guarded, 'case_open'],
  },
  listNotes: { tag: 'Notes', summary: 'The notes of a case that the actor may read', problems: read },
  createNote: {
    tag: 'Notes',
    summary: 'Adds a note to an open case',
    description:
      'An agent chooses a subject from the settings; the reply of a customer is public and has none.',
    problems: [...posted, 'not_found', 'case_closed'],
  },
  listTimeline: {
    tag: 'Notes',
    summary: 'The history of a case: notes and changes, as far as the actor may read them',
    problems: read,
  },
  uploadAttachment: {
    tag: 'Attachments',
    summary: 'Stores a file, to be named by a note or a new case',
    description: 'The body is the bytes of the file. Until a note names it, only its uploader sees it.',
    problems: [
      'validation_failed',
      'too_large',
      'forbidden',
      'idempotency_key_reused',
      'request_in_progress',
    ],
  },
  getAttachment: { tag: 'Attachments', summary: 'Name, size and type of a file', problems: read },
  downloadAttachment: { tag: 'Attachments', summary: 'The bytes of a file, as a download', problems: read },
  listPeople: {
    tag: 'People',
    summary: 'The people of the tenant the actor may know about',
    problems: ['validation_failed', 'forbidden'],
  },
  getPerson: { tag: 'People', summary: 'One person', problems: read },
  listCustomers: {
    tag: 'Customers',
    summary: 'The customer accounts the actor may know about',
    problems: ['validation_failed', 'forbidden'],
  },
  getCustomer: { tag: 'Customers', summary: 'One customer account', problems: read },
  getSettings: { tag: 'Settings', summary: 'The lists and switches of the tenant', problems: [] },
  updateSettings: {
    tag: 'Settings',
    summary: 'Changes lists and switches of the tenant',
    description:
      'What is absent stays. A value is retired rather than removed, so that old cases stay readable.',
    problems: [...write, ...guarded],
  },
  streamEvents: {
    tag: 'Events',
    summary: 'What happens, as server-sent events',
    description:
      'Ids and kinds only: what an event means is read through the contract. Each reader gets what they may see at that moment. The stream ends when the token runs out; come back with a new one and `Last-Event-ID`.',
    problems: [],
  },
};
