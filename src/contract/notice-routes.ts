import { grantSchema } from './grants.js';
import { noticeDeliverySchema, noticePreferenceSchema } from './notices.js';
import type { Route } from './routes.js';

/** The routes of notices, fetched by the pages that use them. */
export const noticeRoutes = {
  getNotices: {
    method: 'GET',
    path: '/v1/cases/{id}/notices',
    answer: noticePreferenceSchema,
    status: 200,
  },
  setNotices: {
    method: 'PUT',
    path: '/v1/cases/{id}/notices',
    answer: noticePreferenceSchema,
    status: 200,
  },
  getNoticeDelivery: {
    method: 'GET',
    path: '/v1/notes/{id}/delivery',
    answer: noticeDeliverySchema,
    status: 200,
  },
  retryNotice: { method: 'POST', path: '/v1/grants/{id}/notice', answer: grantSchema, status: 200 },
} as const satisfies Record<string, Route>;
