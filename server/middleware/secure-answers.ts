import type { MiddlewareHandler } from 'hono';

import type { AppEnv } from './env.js';

/** Keeps answers out of every cache and out of a browser's guesses: each is for one actor alone. */
export const secureAnswers: MiddlewareHandler<AppEnv> = async function secureAnswer(context, next) {
  await next();
  // Through Hono's `header` a finished answer would be made anew, and its body read as a stream.
  const { headers } = context.res;
  headers.set('Cache-Control', 'no-store, private');
  headers.set('X-Content-Type-Options', 'nosniff');
  headers.append('Vary', 'Authorization');
};
