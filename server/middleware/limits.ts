import type { Context, MiddlewareHandler } from 'hono';

import type { RouteId } from '../../src/contract/routes.js';
import type { WholeRoute } from '../../src/contract/inputs.js';
import type { Actor } from '../backend.js';
import { BackendError } from '../backend-error.js';
import type { AppEnv, ClientOf } from './env.js';

/**
 * What is counted apart: `address` counts every request of one client address before its token is looked at, the
 * others count what one actor of one tenant does.
 */
export const limitNames = ['address', 'reads', 'writes', 'uploads', 'streams'] as const;
/** The name of a limit, as problems and headers give it. */
export type LimitName = (typeof limitNames)[number];

/** How one caller stands with one limit, this request included. */
export interface LimitState {
  /** Requests within one window. */
  readonly limit: number;
  /** Seconds of a window. */
  readonly window: number;
  readonly remaining: number;
  /** Seconds until the window ends. */
  readonly reset: number;
  readonly exceeded: boolean;
}

/** Counts requests. `undefined` where the limit is not set. */
export interface RateLimiter {
  /** Counts one request of `key` towards the limit. */
  take(name: LimitName, key: string): Promise<LimitState | undefined>;
}

/** The limit a route counts towards. */
export function limitOf(routeId: RouteId, { method }: WholeRoute): LimitName {
  if (routeId === 'streamEvents') return 'streams';
  if (routeId === 'uploadAttachment') return 'uploads';
  return method === 'GET' ? 'reads' : 'writes';
}

/** Counts a request of an actor. @throws {BackendError} `rate_limited` once there are too many. */
export async function limitActor(
  context: Context<AppEnv>,
  limiter: RateLimiter | undefined,
  name: LimitName,
  { tenant, id }: Actor,
): Promise<void> {
  await count(context, limiter, name, JSON.stringify([tenant, id]));
}

/** Counts requests by client address. */
export function limitAddresses(
  limiter: RateLimiter | undefined,
  clientOf: ClientOf | undefined,
): MiddlewareHandler<AppEnv> {
  return async function limitAddress(context, next) {
    const address = clientOf?.(context.req.raw, context.env).address;
    if (address !== undefined) await count(context, limiter, 'address', networkOf(address));
    await next();
  };
}

/** Tells how the caller stands with the limit that counted last (draft-ietf-httpapi-ratelimit-headers), refused or not. */
export const tellLimits: MiddlewareHandler<AppEnv> = async function tellLimit(context, next) {
  await next();
  const found = context.get('limit');
  if (found === undefined) return;
  const { name, limit, window, remaining, reset } = found;
  context.res.headers.set('RateLimit-Policy', `"${name}";q=${limit};w=${window}`);
  context.res.headers.set('RateLimit', `"${name}";r=${remaining};t=${reset}`);
};

/** Whoever has one IPv6 address has its whole network of 64 bits: they count as one. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!address.includes(':')) return address;
  const [head = '', tail] = address.split('%')[0]?.split('::') ?? [];
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array<string>(zeros).fill('0'), ...right];
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}

async function count(
  context: Context<AppEnv>,
  limiter: RateLimiter | undefined,
  name: LimitName,
  key: string,
): Promise<void> {
  const state = await limiter?.take(name, key);
  if (state === undefined) return;
  context.set('limit', { name, ...state });
  if (!state.exceeded) return;
  const { limit, window, reset } = state;
  throw new BackendError('rate_limited', {
    detail: `At most ${limit} requests in ${window} seconds (${name}). Ask again in ${reset} seconds.`,
    limit,
    limitName: name,
    retryAfter: reset,
  });
}
