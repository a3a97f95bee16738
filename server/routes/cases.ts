import type { CaseBackend } from '../backend.js';
import type { Handlers } from './call.js';

type CaseRoutes = 'listCases' | 'createCase' | 'getCase' | 'updateCase' | 'closeCase' | 'reopenCase';

/** Cases: list, read, create, edit, close, reopen. */
export function caseHandlers(backend: CaseBackend): Pick<Handlers, CaseRoutes> {
  return {
    listCases: ({ query, context }) => backend.listCases(query, context),
    createCase: ({ body, context }) => backend.createCase(body, context),
    getCase: ({ id, context }) => backend.getCase(id, context),
    updateCase: ({ id, body, context }) => backend.updateCase(id, body, context),
    closeCase: ({ id, body, context }) => backend.closeCase(id, body, context),
    reopenCase: ({ id, body, context }) => backend.reopenCase(id, body, context),
  };
}
