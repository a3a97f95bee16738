import type * as z from 'zod/mini';

import type { Route } from '../contract/routes.js';
import { AuthenticationError, isAbortError, isNetworkError, type CaseError } from '../errors.js';
import { errorOf, parsedBy, unbroken } from './answer.js';
import { backoff } from './backoff.js';
import { abortError, pause, withLimits, type Ending } from './limits.js';
import { addressOf } from './address-of.js';
import type { GuardedOptions, WriteOptions } from './request-options.js';
import type { TokenSource } from './token-source.js';

/** The parameters of a query: arrays are repeated, `undefined` is left out. */
export type QueryParameters = Readonly<Record<string, unknown>>;

/** What a call may carry besides its route. */
export interface CallParts extends WriteOptions, Partial<GuardedOptions> {
  /** The record of the path. */
  readonly id?: string;
  readonly query?: QueryParameters | undefined;
  readonly json?: unknown;
  /** The bytes of a file. */
  readonly body?: Blob;
}

/**
 * The way to the server: token, retries, time limits, errors.
 *
 * Every method rejects with a `CaseError`, or with `AbortError` when its call was cancelled.
 */
export interface Transport {
  /** One call of a route of the contract. Its answer is parsed by the route's schema. */
  call<S extends z.ZodMiniType>(route: Route & { readonly answer: S }, parts: CallParts): Promise<z.infer<S>>;
  download(route: Route, parts: CallParts): Promise<Blob>;
  /** A call that answers nothing. */
  remove(route: Route, parts: CallParts): Promise<void>;
  /** An answer that is read as it comes: no time limit, no repetition. */
  stream(route: Route, headers: Record<string, string>, signal: AbortSignal): Promise<Response>;
}

/** Where calls go and who makes them, as long as `signal` lasts. Nobody is signed in without `tokens`. */
export interface Connection {
  /** Absolute, ending in a slash. */
  readonly base: string;
  readonly locale: string | undefined;
  readonly tokens: TokenSource | undefined;
  readonly signal: Ending;
}

// Of JSON; a file takes as long as it takes.
const timeLimit = 30_000;
const attempts = 4;
// Longer than this the caller should hear of it rather than wait.
const longestWait = 30_000;

/** @param reading - Told of each read when it is asked for; what it answers is called with the position of the answer. */
export function createTransport(
  fetch: (request: Request) => Response | Promise<Response>,
  current: () => Connection,
  reading: () => (position?: string | null) => void,
): Transport {
  async function ask(
    { base, locale, tokens }: Connection,
    { method, path }: Route,
    parts: CallParts & { readonly headers: Headers },
    signal: AbortSignal,
  ): Promise<Response> {
    if (!tokens) throw new AuthenticationError('Nobody is signed in.', { code: 'unauthenticated' });
    const { headers, json, id, query = {} } = parts;
    const url = new URL(addressOf(path, id), base);
    for (const [name, value] of Object.entries(query))
      for (const one of Array.isArray(value) ? value : [value])
        if (one !== undefined) url.searchParams.append(name, String(one));
    if (locale) headers.set('accept-language', locale);
    if (json !== undefined) headers.set('content-type', 'application/json');
    const body = json === undefined ? parts.body : JSON.stringify(json);

    const send = (token: string) => {
      // Whoever waited for a token may have left meanwhile, and a fetch handed in may be deaf to the signal.
      if (signal.aborted) throw abortError();
      headers.set('authorization', `Bearer ${token}`);
      const request = new Request(url, { method, headers, body: body ?? null, signal, cache: 'no-store' });
      return unbroken((async () => fetch(request))());
    };
    const token = await tokens.get();
    let response = await send(token);
    if (response.status === 401) {
      void response.body?.cancel();
      response = await send(await tokens.renew(token));
    }
    if (response.ok) return response;
    throw await errorOf(response);
  }

  async function call<T>(
    route: Route,
    parts: CallParts,
    read: (response: Response) => Promise<T>,
    limit = parts.body ? Infinity : timeLimit,
  ): Promise<T> {
    const connection = current();
    const signals = [parts.signal, connection.signal];
    const headers = new Headers({ accept: 'application/json' });
    // One key for all attempts: that is what makes repeating safe.
    if (route.method === 'POST') headers.set('idempotency-key', parts.idempotencyKey ?? newKey());
    if (parts.version !== undefined) headers.set('if-match', `"${parts.version}"`);
    for (let attempt = 1; ; attempt++) {
      try {
        return await withLimits(signals, limit, async (signal) =>
          read(await ask(connection, route, { ...parts, headers }, signal)),
        );
      } catch (error) {
        const wait = isAbortError(error) ? undefined : waitBeforeRepeating(error as CaseError, attempt);
        if (wait === undefined || attempt === attempts) throw error;
        await pause(wait, signals);
      }
    }
  }

  return {
    async call(route, parts) {
      const answered = route.method === 'GET' ? reading() : undefined;
      try {
        return await call(route, parts, (response) => {
          answered?.(response.headers.get('event-position'));
          return parsedBy(route.answer, response);
        });
      } finally {
        answered?.();
      }
    },
    download: (route, parts) => call(route, parts, (response) => unbroken(response.blob()), Infinity),
    remove: (route, parts) => call(route, parts, async () => undefined),
    async stream(route, headers, signal) {
      const connection = current();
      if (signal.aborted) throw abortError();
      return ask(connection, route, { headers: new Headers(headers) }, signal);
    },
  };
}

/** In milliseconds, or `undefined` where repeating cannot help. */
function waitBeforeRepeating(error: CaseError, attempt: number): number | undefined {
  const passing =
    (isNetworkError(error) && error.code !== 'timeout') ||
    [429, 502, 503, 504].includes(error.status ?? 0) ||
    // An earlier attempt, whose answer was lost, is still being handled.
    error.code === 'request_in_progress';
  if (!passing) return undefined;
  const asked = error.retryAfter === undefined ? undefined : error.retryAfter * 1000;
  if (asked !== undefined && asked > longestWait) return undefined;
  return asked ?? backoff(attempt, 300, 5_000);
}

// Not randomUUID, which pages served without TLS lack.
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
