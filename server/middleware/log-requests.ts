import type { MiddlewareHandler } from 'hono';

import type { AppEnv, AppLogger, AppObserver } from './env.js';
import { requestIdOf } from './request-id.js';

/** One line a request: its id, method, route pattern, status, problem and milliseconds. No query, name, address or token. */
export function logRequests(
  logger: AppLogger | undefined,
  observer: AppObserver | undefined,
): MiddlewareHandler<AppEnv> {
  return async function logRequest(context, next) {
    const requestId = requestIdOf(context.req.raw);
    const started = performance.now();
    context.set('requestId', requestId);
    observer?.requestStarted();
    await next();
    const { method } = context.req;
    const { status } = context.res;
    const route = context.get('route');
    const problem = context.get('problem');
    const milliseconds = performance.now() - started;
    context.res.headers.set('X-Request-Id', requestId);
    observer?.requestFinished({ method, route, status, seconds: milliseconds / 1000 });
    logger?.info({
      id: requestId,
      method,
      route: route ?? null,
      status,
      ...(problem !== undefined && { problem }),
      ms: Math.round(milliseconds * 10) / 10,
    });
  };
}
