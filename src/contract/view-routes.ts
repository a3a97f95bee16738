import { pageOf } from './common.js';
import type { Route } from './routes.js';
import { viewSchema } from './views.js';

/** The routes of saved views. */
export const viewRoutes = {
  listViews: { method: 'GET', path: '/v1/views', answer: pageOf(viewSchema), status: 200 },
  createView: { method: 'POST', path: '/v1/views', answer: viewSchema, status: 201 },
  getView: { method: 'GET', path: '/v1/views/{id}', answer: viewSchema, status: 200 },
  updateView: { method: 'PATCH', path: '/v1/views/{id}', answer: viewSchema, status: 200, guarded: true },
  deleteView: { method: 'DELETE', path: '/v1/views/{id}', status: 204, guarded: true },
} as const satisfies Record<string, Route>;
