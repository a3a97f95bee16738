import type { MiddlewareHandler } from 'hono';

import { BackendError } from '../backend-error.js';
import type { AppEnv, ClientOf } from './env.js';

/** The most characters the address of a request may have. */
export const urlLimit = 8_192;

/** Refuses what needs no further look: an address without end, and where TLS is asked for, tokens sent in the clear. */
export function refuseEarly(clientOf: ClientOf | undefined, requireTls: boolean): MiddlewareHandler<AppEnv> {
  return async function refuse(context, next) {
    const { raw } = context.req;
    if (raw.url.length > urlLimit) {
      throw new BackendError('uri_too_long', {
        detail: `An address may have ${urlLimit} characters at most.`,
        limit: urlLimit,
        limitName: 'url',
      });
    }
    if (requireTls && clientOf?.(raw, context.env).secure !== true) {
      throw new BackendError('forbidden', { detail: 'This server answers over TLS only: use https.' });
    }
    await next();
  };
}
