import { namedRefSchema, pageOf } from './common.js';
import { inboxEntrySchema } from './inbox-entries.js';
import { inboxSchema } from './inboxes.js';
import type { Route } from './routes.js';

const change = { method: 'POST', answer: inboxEntrySchema, status: 200 } as const;

/** The routes of inboxes and their entries, apart from those that every page has: it fetches them when it shows one. */
export const inboxRoutes = {
  listInboxes: { method: 'GET', path: '/v1/inboxes', answer: pageOf(inboxSchema), status: 200 },
  createInbox: { method: 'POST', path: '/v1/inboxes', answer: inboxSchema, status: 201 },
  getInbox: { method: 'GET', path: '/v1/inboxes/{id}', answer: inboxSchema, status: 200 },
  updateInbox: {
    method: 'PATCH',
    path: '/v1/inboxes/{id}',
    answer: inboxSchema,
    status: 200,
    guarded: true,
  },
  listInboxTargets: { method: 'GET', path: '/v1/inbox-targets', answer: pageOf(namedRefSchema), status: 200 },
  listInboxEntries: {
    method: 'GET',
    path: '/v1/inbox-entries',
    answer: pageOf(inboxEntrySchema),
    status: 200,
  },
  createInboxEntry: { method: 'POST', path: '/v1/inbox-entries', answer: inboxEntrySchema, status: 201 },
  getInboxEntry: { method: 'GET', path: '/v1/inbox-entries/{id}', answer: inboxEntrySchema, status: 200 },
  takeInboxEntry: { ...change, path: '/v1/inbox-entries/{id}/take' },
  releaseInboxEntry: { ...change, path: '/v1/inbox-entries/{id}/release' },
  assignInboxEntry: { ...change, path: '/v1/inbox-entries/{id}/assign' },
  completeInboxEntry: { ...change, path: '/v1/inbox-entries/{id}/complete' },
  cancelInboxEntry: { ...change, path: '/v1/inbox-entries/{id}/cancel' },
  forwardInboxEntry: { ...change, path: '/v1/inbox-entries/{id}/forward' },
  undoInboxEntry: { ...change, path: '/v1/inbox-entries/{id}/undo' },
} as const satisfies Record<string, Route>;
