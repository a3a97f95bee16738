import type { CaseBackend } from '../backend.js';
import type { Handlers } from './call.js';

type GrantRoutes =
  | 'listGrants'
  | 'createGrants'
  | 'updateGrant'
  | 'revokeGrant'
  | 'listCandidates'
  | 'previewGrant'
  | 'listReceipts'
  | 'recordReceipt'
  | 'forwardCase';

/** Who has access to a case. */
export function grantHandlers(backend: CaseBackend): Pick<Handlers, GrantRoutes> {
  return {
    listGrants: ({ id, context }) => backend.listGrants(id, context),
    createGrants: ({ id, body, context }) => backend.createGrants(id, body, context),
    updateGrant: ({ id, body, context }) => backend.updateGrant(id, body, context),
    async revokeGrant({ id, context }) {
      await backend.revokeGrant(id, context);
      return new Response(null, { status: 204 });
    },
    listCandidates: ({ query, context }) => backend.listCandidates(query, context),
    previewGrant: ({ body, context }) => backend.previewGrant(body, context),
    listReceipts: ({ id, context }) => backend.listReceipts(id, context),
    async recordReceipt({ id, context }) {
      await backend.recordReceipt(id, context);
      return new Response(null, { status: 204 });
    },
    forwardCase: ({ id, body, context }) => backend.forwardCase(id, body, context),
  };
}
