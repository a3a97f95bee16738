import type { CaseBackend } from '../backend.js';
import type { projectRoutes } from '../../src/contract/project-routes.js';
import type { Handlers } from './call.js';

/** Projects, who follows them, and what is written to those who do. */
export function projectHandlers(backend: CaseBackend): Pick<Handlers, keyof typeof projectRoutes> {
  return {
    listProjects: ({ query, context }) => backend.listProjects(query, context),
    createProject: ({ body, context }) => backend.createProject(body, context),
    getProject: ({ id, context }) => backend.getProject(id, context),
    updateProject: ({ id, body, context }) => backend.updateProject(id, body, context),
    listProjectGrants: ({ id, context }) => backend.listProjectGrants(id, context),
    createProjectGrants: ({ id, body, context }) => backend.createProjectGrants(id, body, context),
    listProjectMessages: ({ id, query, context }) => backend.listProjectMessages(id, query, context),
    createProjectMessage: ({ id, body, context }) => backend.createProjectMessage(id, body, context),
    listCustomerProjects: ({ id, query, context }) =>
      backend.listSharedProjects({ kind: 'customer', id }, query, context),
    listOrganisationProjects: ({ id, query, context }) =>
      backend.listSharedProjects({ kind: 'organisation', id }, query, context),
  };
}
