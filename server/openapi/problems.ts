import type { WholeRoute } from '../../src/contract/inputs.js';
import type { ProblemCode } from '../../src/contract/problem.js';
import type { RouteId } from '../../src/contract/routes.js';

/** What any operation may answer, before it has looked at what is asked, or because the server is in trouble. */
const anywhere: readonly ProblemCode[] = [
  'malformed_request',
  'unauthenticated',
  // Over plain HTTP, where the server is told to answer over TLS only.
  'forbidden',
  'request_timeout',
  'uri_too_long',
  'headers_too_large',
  'rate_limited',
  'internal',
  'unavailable',
];

/** What follows from what one operation does, besides what follows from its shape. */
const particular: Partial<Record<RouteId, readonly ProblemCode[]>> = {
  listCases: ['not_found'],
  listTags: ['not_found'],
  exportCases: ['not_found', 'capability_missing'],
  createCase: ['capability_missing'],
  changeCases: ['capability_missing'],
  updateCase: ['case_closed', 'capability_missing'],
  closeCase: ['case_closed', 'entry_owned', 'entry_not_owned', 'capability_missing'],
  reopenCase: ['case_open', 'capability_missing'],
  createGrants: ['case_closed', 'history_disclosure_unconfirmed', 'capability_missing'],
  updateGrant: ['case_closed', 'gone', 'capability_missing'],
  revokeGrant: ['gone', 'capability_missing'],
  listCandidates: ['not_found', 'capability_missing'],
  listGrants: ['capability_missing'],
  previewGrant: ['not_found', 'capability_missing'],
  listReceipts: ['capability_missing'],
  recordReceipt: ['capability_missing'],
  forwardCase: ['case_closed', 'capability_missing'],
  listProjects: ['capability_missing'],
  createProject: ['capability_missing'],
  updateProject: ['capability_missing'],
  createProjectGrants: ['history_disclosure_unconfirmed', 'capability_missing'],
  createProjectMessage: ['capability_missing'],
  listInboxes: ['capability_missing'],
  createInbox: ['capability_missing'],
  updateInbox: ['capability_missing'],
  listInboxTargets: ['not_found', 'capability_missing'],
  listInboxEntries: ['not_found', 'capability_missing'],
  createInboxEntry: ['already_in_inbox', 'case_closed', 'capability_missing'],
  takeInboxEntry: ['entry_owned', 'gone', 'capability_missing'],
  releaseInboxEntry: ['entry_owned', 'entry_not_owned', 'gone', 'capability_missing'],
  assignInboxEntry: ['gone', 'capability_missing'],
  completeInboxEntry: ['entry_owned', 'entry_not_owned', 'gone', 'case_closed', 'capability_missing'],
  cancelInboxEntry: ['entry_owned', 'gone', 'capability_missing'],
  forwardInboxEntry: ['entry_owned', 'gone', 'capability_missing'],
  undoInboxEntry: ['undo_impossible', 'gone', 'already_in_inbox', 'capability_missing'],
  retryNotice: ['case_closed', 'gone', 'capability_missing'],
  getNoticeDelivery: ['capability_missing'],
  createNote: ['case_closed', 'capability_missing'],
  uploadAttachment: ['too_large', 'capability_missing'],
  updateSettings: ['capability_missing'],
  createView: ['capability_missing'],
  updateView: ['capability_missing'],
  deleteView: ['capability_missing'],
};

/** Every code an operation may answer, derived from its line in the route table and from what it does. */
export function problemsOf(routeId: RouteId, route: WholeRoute): readonly ProblemCode[] {
  const codes: ProblemCode[] = [];
  if (route.path.includes('{id}')) codes.push('not_found');
  if (route.query) codes.push('validation_failed');
  if (route.body) codes.push('validation_failed', 'malformed_request', 'unsupported_media_type', 'too_large');
  if (route.method === 'POST') {
    codes.push('validation_failed', 'idempotency_key_reused', 'request_in_progress');
  }
  if (route.guarded) codes.push('validation_failed', 'version_required', 'version_conflict');
  return [...new Set([...codes, ...(particular[routeId] ?? []), ...anywhere])];
}
