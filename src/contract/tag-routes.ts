import { pageOf } from './common.js';
import type { Route } from './routes.js';
import { tagSchema } from './tags.js';

/** The routes of tags. */
export const tagRoutes = {
  listTags: { method: 'GET', path: '/v1/tags', answer: pageOf(tagSchema), status: 200 },
} as const satisfies Record<string, Route>;
