import type { CaseBackend } from '../backend.js';
import type { Handlers } from './call.js';

type ViewRoutes = 'listViews' | 'createView' | 'getView' | 'updateView' | 'deleteView';

/** Lists as people like them. */
export function viewHandlers(backend: CaseBackend): Pick<Handlers, ViewRoutes> {
  return {
    listViews: ({ query, context }) => backend.listViews(query, context),
    createView: ({ body, context }) => backend.createView(body, context),
    getView: ({ id, context }) => backend.getView(id, context),
    updateView: ({ id, body, context }) => backend.updateView(id, body, context),
    async deleteView({ id, context }) {
      await backend.deleteView(id, context);
      return new Response(null, { status: 204 });
    },
  };
}
