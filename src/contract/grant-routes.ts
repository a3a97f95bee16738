import { pageOf } from './common.js';
import { candidateSchema, grantListSchema, grantsAnswerSchema, grantSchema } from './grants.js';
import { noteSchema } from './notes.js';
import { sharePreviewSchema } from './preview.js';
import { receiptListSchema } from './receipts.js';
import type { Route } from './routes.js';

/** The routes of sharing, apart from those that every page has: it fetches them when it shares. */
export const grantRoutes = {
  listGrants: { method: 'GET', path: '/v1/cases/{id}/grants', answer: grantListSchema, status: 200 },
  createGrants: { method: 'POST', path: '/v1/cases/{id}/grants', answer: grantsAnswerSchema, status: 201 },
  // Before the one grant, whose id could be this word.
  listCandidates: {
    method: 'GET',
    path: '/v1/grants/candidates',
    answer: pageOf(candidateSchema),
    status: 200,
  },
  previewGrant: { method: 'POST', path: '/v1/grants/preview', answer: sharePreviewSchema, status: 200 },
  updateGrant: { method: 'PATCH', path: '/v1/grants/{id}', answer: grantSchema, status: 200, guarded: true },
  revokeGrant: { method: 'DELETE', path: '/v1/grants/{id}', status: 204 },
  listReceipts: { method: 'GET', path: '/v1/cases/{id}/receipts', answer: receiptListSchema, status: 200 },
  recordReceipt: { method: 'POST', path: '/v1/cases/{id}/receipts', status: 204 },
  forwardCase: { method: 'POST', path: '/v1/cases/{id}/forward', answer: noteSchema, status: 201 },
} as const satisfies Record<string, Route>;
