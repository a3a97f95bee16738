import { bulkAnswerSchema } from './bulk.js';
import { caseSchema, caseSummarySchema, changedCaseSchema } from './cases.js';
import { pageOf } from './common.js';
import { timelineEntrySchema } from './notes.js';
import type { Route } from './routes.js';
import { sessionSchema } from './session.js';

/** The routes that every page has at hand; the others are fetched with what calls them. */
export const pageRoutes = {
  getSession: { method: 'GET', path: '/v1/session', answer: sessionSchema, status: 200 },

  listCases: {
    method: 'GET',
    path: '/v1/cases',
    answer: pageOf(caseSummarySchema),
    status: 200,
  },
  createCase: { method: 'POST', path: '/v1/cases', answer: caseSchema, status: 201 },
  changeCases: { method: 'POST', path: '/v1/cases/bulk', answer: bulkAnswerSchema, status: 200 },
  // Before the one case, whose id could be this word.
  exportCases: { method: 'GET', path: '/v1/cases/export', status: 200, content: 'csv' },
  getCase: { method: 'GET', path: '/v1/cases/{id}', answer: caseSchema, status: 200 },
  updateCase: {
    method: 'PATCH',
    path: '/v1/cases/{id}',
    answer: changedCaseSchema,
    status: 200,
    guarded: true,
  },
  closeCase: {
    method: 'POST',
    path: '/v1/cases/{id}/close',
    answer: caseSchema,
    status: 200,
    guarded: true,
  },
  reopenCase: {
    method: 'POST',
    path: '/v1/cases/{id}/reopen',
    answer: caseSchema,
    status: 200,
    guarded: true,
  },

  listTimeline: {
    method: 'GET',
    path: '/v1/cases/{id}/timeline',
    answer: pageOf(timelineEntrySchema),
    status: 200,
  },

  streamEvents: { method: 'GET', path: '/v1/events', status: 200, content: 'events' },
} as const satisfies Record<string, Route>;
