import { pageOf } from './common.js';
import type { Route } from './routes.js';
import { settingsRevisionSchema, settingsSchema } from './settings.js';

/** The routes of the settings. Their lists come with the session, too. */
export const settingsRoutes = {
  getSettings: { method: 'GET', path: '/v1/settings', answer: settingsSchema, status: 200 },
  updateSettings: {
    method: 'PATCH',
    path: '/v1/settings',
    answer: settingsSchema,
    status: 200,
    guarded: true,
  },
  listSettingsChanges: {
    method: 'GET',
    path: '/v1/settings/changes',
    answer: pageOf(settingsRevisionSchema),
    status: 200,
  },
} as const satisfies Record<string, Route>;
