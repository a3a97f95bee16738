import type { CaseBackend } from '../backend.js';
import type { Handlers } from './call.js';
import { exportCases } from './export.js';

type CaseRoutes =
  | 'listCases'
  | 'createCase'
  | 'getCase'
  | 'updateCase'
  | 'closeCase'
  | 'reopenCase'
  | 'listTags'
  | 'exportCases'
  | 'changeCases';

/** Cases: list, read, create, edit, close, reopen; and the tags they carry. */
export function caseHandlers(backend: CaseBackend): Pick<Handlers, CaseRoutes> {
  return {
    listCases: ({ query, context }) => backend.listCases(query, context),
    exportCases: ({ query, context, request }) =>
      exportCases(backend, query, request.headers.get('accept-language'), context),
    createCase: ({ body, context }) => backend.createCase(body, context),
    getCase: ({ id, context }) => backend.getCase(id, context),
    updateCase: ({ id, body, context }) => backend.updateCase(id, body, context),
    closeCase: ({ id, body, context }) => backend.closeCase(id, body, context),
    reopenCase: ({ id, body, context }) => backend.reopenCase(id, body, context),
    changeCases: ({ body, context }) => backend.changeCases(body, context),
    listTags: ({ query, context }) => backend.listTags(query, context),
  };
}
