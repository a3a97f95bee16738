import type { MiddlewareHandler } from 'hono';

import type { AppEnv } from './env.js';

/** Keeps answers out of every cache and out of a browser's guesses: each is for one actor alone. */
export const secureAnswers: MiddlewareHandler<AppEnv> = async function secureAnswer(context, next) {
  await next();
  context.header('Cache-Control', 'no-store, private');
  context.header('X-Content-Type-Options', 'nosniff');
  context.header('Vary', 'Authorization', { append: true });
};
