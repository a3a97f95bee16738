import type * as z from 'zod/mini';

import { attachmentRoutes } from './attachment-routes.js';
import { customerRoutes } from './customer-routes.js';
import { grantRoutes } from './grant-routes.js';
import { inboxRoutes } from './inbox-routes.js';
import { noteRoutes } from './note-routes.js';
import { noticeRoutes } from './notice-routes.js';
import { pageRoutes } from './page-routes.js';
import { peopleRoutes } from './people-routes.js';
import { projectRoutes } from './project-routes.js';
import { settingsRoutes } from './settings-routes.js';
import { tagRoutes } from './tag-routes.js';
import { viewRoutes } from './view-routes.js';

/** One operation of the contract. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** `{id}` marks a parameter. */
  readonly path: string;
  /** Schema of the answer; absent where it is not JSON (`content`). */
  readonly answer?: z.ZodMiniType;
  /** 204: nothing is answered. */
  readonly status: 200 | 201 | 204;
  /** `bytes`: the request body is a file; `file`: the answer is; `csv`: the answer is a table; `events`: the answer is a stream of events. */
  readonly content?: 'bytes' | 'file' | 'csv' | 'events';
  /** The record's version must be sent in `If-Match`. */
  readonly guarded?: true;
}

/**
 * The contract's routes: the server mounts them, the client calls them, OpenAPI is generated from them. What they take
 * stands in `inputs.ts`: only who answers needs it, and a page need not load it.
 */
export const routes = {
  ...pageRoutes,
  ...tagRoutes,
  ...attachmentRoutes,
  ...peopleRoutes,
  ...customerRoutes,
  ...settingsRoutes,
  ...viewRoutes,
  ...grantRoutes,
  ...noteRoutes,
  ...noticeRoutes,
  ...projectRoutes,
  ...inboxRoutes,
} as const;

/** The name of an operation; its `operationId` in OpenAPI. */
export type RouteId = keyof typeof routes;
