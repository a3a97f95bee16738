import type { Context } from 'hono';

import { operations, type WholeRoute } from '../../src/contract/inputs.js';
import type { RouteId } from '../../src/contract/routes.js';
import type { CaseBackend } from '../backend.js';
import type { Authenticate } from '../middleware/authenticate.js';
import type { AppEnv, CaseApp } from '../middleware/env.js';
import { limitActor, limitOf, type RateLimiter } from '../middleware/limits.js';
import { receive, type BodyPatience } from '../middleware/received-body.js';
import { attachmentHandlers } from './attachments.js';
import type { Call, Handlers } from './call.js';
import { caseHandlers } from './cases.js';
import { eventStream, type EventStreamOptions } from './events.js';
import { grantHandlers } from './grants.js';
import { inboxHandlers } from './inboxes.js';
import { noteHandlers } from './notes.js';
import { noticeHandlers } from './notices.js';
import { parseCall } from './parse-call.js';
import { peopleHandlers } from './people.js';
import { projectHandlers } from './projects.js';
import { tenantHandlers } from './tenant.js';
import { viewHandlers } from './views.js';

type JsonHandlers = Omit<Handlers, 'streamEvents'>;
type AnyHandler = (call: Call<RouteId>) => Promise<object>;

/** What the routes are mounted with. */
export interface MountOptions extends EventStreamOptions {
  readonly authenticate: Authenticate;
  readonly limiter?: RateLimiter | undefined;
  readonly patience: BodyPatience;
}

/** Mounts every operation of the contract: authenticate, count, parse by the route's schemas, ask the backend, answer. */
export function mountRoutes(app: CaseApp, options: MountOptions): void {
  const { authenticate, backend, limiter, patience } = options;
  const handlers = allHandlers(backend);
  for (const [routeId, route] of Object.entries(operations) as [RouteId, WholeRoute][]) {
    app.on(route.method, honoPath(route.path), async (context) => {
      context.set('route', route.path);
      const signedIn = await authenticate(context.req.raw);
      await limitActor(context, limiter, limitOf(routeId, route), signedIn);
      if (routeId === 'streamEvents') return eventStream(context, signedIn, options);
      const { expiresAt: _, ...actor } = signedIn;
      const pathId = context.req.param('id');
      const request = receive(context.req.raw, patience, route.content !== 'bytes');
      const call = await parseCall(routeId, route, pathId, request, actor, backend);
      // The table ties each id to its handler; the loop cannot see it.
      const handler = handlers[routeId] as unknown as AnyHandler;
      // Before anything is read: what happens from here on, a stream that begins here will tell.
      const reads = route.method === 'GET' && route.answer !== undefined;
      const position = reads ? await backend.eventPosition?.({ actor }) : undefined;
      if (position !== undefined) context.header('Event-Position', position);
      return answer(context, route, await handler(call as unknown as Call<RouteId>));
    });
  }
}

/** The methods each path of the contract answers. */
export function methodsByPath(): Map<string, string[]> {
  const methods = new Map<string, string[]>();
  for (const { method, path } of Object.values(operations)) {
    methods.set(honoPath(path), [...(methods.get(honoPath(path)) ?? []), method]);
  }
  return methods;
}

function allHandlers(backend: CaseBackend): JsonHandlers {
  return {
    ...tenantHandlers(backend),
    ...caseHandlers(backend),
    ...grantHandlers(backend),
    ...noteHandlers(backend),
    ...noticeHandlers(backend),
    ...attachmentHandlers(backend),
    ...peopleHandlers(backend),
    ...projectHandlers(backend),
    ...inboxHandlers(backend),
    ...viewHandlers(backend),
  };
}

function honoPath(path: string): string {
  return path.replace(/\{(\w+)\}/g, ':$1');
}

function answer(context: Context<AppEnv>, route: WholeRoute, result: object): Response {
  if (result instanceof Response) return result;
  const version = 'version' in result && typeof result.version === 'string' ? result.version : undefined;
  // Nothing that has a body is answered with 204.
  const status = route.status as 200 | 201;
  return context.json(result, status, version === undefined ? {} : { ETag: `"${version}"` });
}
