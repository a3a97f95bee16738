import type { MiddlewareHandler } from 'hono';
import { cors } from 'hono/cors';

import type { AppEnv } from './env.js';

/** Lets pages of the listed origins call; without a list no other origin may. Tokens travel in a header, never in cookies. */
export function crossOrigin(allowedOrigins: readonly string[]): MiddlewareHandler<AppEnv> {
  return cors({
    origin: [...allowedOrigins],
    allowMethods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowHeaders: [
      'Authorization',
      'Content-Type',
      'Idempotency-Key',
      'If-Match',
      'Last-Event-ID',
      'X-Request-Id',
    ],
    exposeHeaders: [
      'ETag',
      'Content-Disposition',
      'X-Request-Id',
      'Allow',
      'Retry-After',
      'Event-Position',
      'RateLimit',
      'RateLimit-Policy',
    ],
    maxAge: 7_200,
  });
}
