import type { inboxRoutes } from '../../src/contract/inbox-routes.js';
import type { CaseBackend } from '../backend.js';
import type { Handlers } from './call.js';

/** Inboxes, who works them, and what waits in them. */
export function inboxHandlers(backend: CaseBackend): Pick<Handlers, keyof typeof inboxRoutes> {
  return {
    listInboxes: ({ query, context }) => backend.listInboxes(query, context),
    createInbox: ({ body, context }) => backend.createInbox(body, context),
    getInbox: ({ id, context }) => backend.getInbox(id, context),
    updateInbox: ({ id, body, context }) => backend.updateInbox(id, body, context),
    listInboxTargets: ({ query, context }) => backend.listInboxTargets(query, context),
    listInboxEntries: ({ query, context }) => backend.listInboxEntries(query, context),
    createInboxEntry: ({ body, context }) => backend.createInboxEntry(body, context),
    getInboxEntry: ({ id, context }) => backend.getInboxEntry(id, context),
    takeInboxEntry: ({ id, context }) => backend.takeInboxEntry(id, context),
    releaseInboxEntry: ({ id, context }) => backend.releaseInboxEntry(id, context),
    assignInboxEntry: ({ id, body, context }) => backend.assignInboxEntry(id, body, context),
    completeInboxEntry: ({ id, body, context }) => backend.completeInboxEntry(id, body, context),
    cancelInboxEntry: ({ id, context }) => backend.cancelInboxEntry(id, context),
    forwardInboxEntry: ({ id, body, context }) => backend.forwardInboxEntry(id, body, context),
    undoInboxEntry: ({ id, context }) => backend.undoInboxEntry(id, context),
  };
}
