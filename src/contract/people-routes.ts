import { pageOf } from './common.js';
import { personSchema } from './people.js';
import type { Route } from './routes.js';

/** The routes of people. */
export const peopleRoutes = {
  listPeople: {
    method: 'GET',
    path: '/v1/people',
    answer: pageOf(personSchema),
    status: 200,
  },
  getPerson: { method: 'GET', path: '/v1/people/{id}', answer: personSchema, status: 200 },
} as const satisfies Record<string, Route>;
