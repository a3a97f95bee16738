import type { WholeRoute } from '../../src/contract/inputs.js';
import type { ProblemCode } from '../../src/contract/problem.js';
import type { RouteId } from '../../src/contract/routes.js';

/** What any operation may answer: who asks is unknown or asks too often, or the server is in trouble. */
const anywhere: readonly ProblemCode[] = ['unauthenticated', 'rate_limited', 'internal', 'unavailable'];

/** What follows from what one operation does, besides what follows from its shape. */
const particular: Partial<Record<RouteId, readonly ProblemCode[]>> = {
  listCases: ['forbidden', 'not_found'],
  createCase: ['forbidden', 'capability_missing'],
  updateCase: ['forbidden', 'case_closed', 'capability_missing'],
  closeCase: ['forbidden', 'case_closed', 'capability_missing'],
  reopenCase: ['forbidden', 'case_open', 'capability_missing'],
  createNote: ['forbidden', 'case_closed', 'capability_missing'],
  uploadAttachment: ['forbidden', 'too_large', 'capability_missing'],
  listPeople: ['forbidden'],
  listCustomers: ['forbidden'],
  updateSettings: ['forbidden', 'capability_missing'],
  streamEvents: ['capability_missing'],
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
