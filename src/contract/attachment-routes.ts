import { attachmentSchema } from './attachments.js';
import type { Route } from './routes.js';

/** The routes of files. */
export const attachmentRoutes = {
  uploadAttachment: {
    method: 'POST',
    path: '/v1/attachments',
    answer: attachmentSchema,
    status: 201,
    content: 'bytes',
  },
  getAttachment: { method: 'GET', path: '/v1/attachments/{id}', answer: attachmentSchema, status: 200 },
  downloadAttachment: { method: 'GET', path: '/v1/attachments/{id}/content', status: 200, content: 'file' },
} as const satisfies Record<string, Route>;
