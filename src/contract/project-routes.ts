import { pageOf } from './common.js';
import {
  projectGrantListSchema,
  projectGrantsAnswerSchema,
  projectMessageSchema,
  projectSchema,
} from './projects.js';
import type { Route } from './routes.js';

/** The routes of projects, apart from those that every page has: it fetches them when it shows one. */
export const projectRoutes = {
  listProjects: { method: 'GET', path: '/v1/projects', answer: pageOf(projectSchema), status: 200 },
  createProject: { method: 'POST', path: '/v1/projects', answer: projectSchema, status: 201 },
  getProject: { method: 'GET', path: '/v1/projects/{id}', answer: projectSchema, status: 200 },
  updateProject: {
    method: 'PATCH',
    path: '/v1/projects/{id}',
    answer: projectSchema,
    status: 200,
    guarded: true,
  },
  listProjectGrants: {
    method: 'GET',
    path: '/v1/projects/{id}/grants',
    answer: projectGrantListSchema,
    status: 200,
  },
  createProjectGrants: {
    method: 'POST',
    path: '/v1/projects/{id}/grants',
    answer: projectGrantsAnswerSchema,
    status: 201,
  },
  listProjectMessages: {
    method: 'GET',
    path: '/v1/projects/{id}/messages',
    answer: pageOf(projectMessageSchema),
    status: 200,
  },
  createProjectMessage: {
    method: 'POST',
    path: '/v1/projects/{id}/messages',
    answer: projectMessageSchema,
    status: 201,
  },
  listCustomerProjects: {
    method: 'GET',
    path: '/v1/customers/{id}/shared-projects',
    answer: pageOf(projectSchema),
    status: 200,
  },
  listOrganisationProjects: {
    method: 'GET',
    path: '/v1/organisations/{id}/shared-projects',
    answer: pageOf(projectSchema),
    status: 200,
  },
} as const satisfies Record<string, Route>;
