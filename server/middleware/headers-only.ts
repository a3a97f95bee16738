import type { MiddlewareHandler } from 'hono';

import type { AppEnv } from './env.js';

/** Lets go of the body that a HEAD request will not read: a file would stay open, an event stream would run on. */
export const headersOnly: MiddlewareHandler<AppEnv> = async function letGoOfBody(context, next) {
  await next();
  if (context.req.method === 'HEAD') await context.res.body?.cancel();
};
