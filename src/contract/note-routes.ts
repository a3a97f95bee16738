import { pageOf } from './common.js';
import { noteSchema } from './notes.js';
import type { Route } from './routes.js';

/** The routes of notes, apart from those that every page has: it fetches them when somebody writes one. */
export const noteRoutes = {
  listNotes: {
    method: 'GET',
    path: '/v1/cases/{id}/notes',
    answer: pageOf(noteSchema),
    status: 200,
  },
  createNote: {
    method: 'POST',
    path: '/v1/cases/{id}/notes',
    answer: noteSchema,
    status: 201,
  },
} as const satisfies Record<string, Route>;
