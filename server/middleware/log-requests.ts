import type { MiddlewareHandler } from 'hono';

import type { AppEnv, AppLogger } from './env.js';

/** One line a request: its id, method, route pattern, status and milliseconds. No query, name or token. */
export function logRequests(logger: AppLogger | undefined): MiddlewareHandler<AppEnv> {
  return async function logRequest(context, next) {
    const requestId = crypto.randomUUID();
    const started = performance.now();
    context.set('requestId', requestId);
    await next();
    context.header('X-Request-Id', requestId);
    logger?.info({
      id: requestId,
      method: context.req.method,
      route: context.get('route') ?? null,
      status: context.res.status,
      ms: Math.round((performance.now() - started) * 10) / 10,
    });
  };
}
