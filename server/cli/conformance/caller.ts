import { setTimeout as delay } from 'node:timers/promises';

import type { Problem, ProblemCode } from '../../../src/contract/problem.js';
import { routes, type Route, type RouteId } from '../../../src/contract/routes.js';
import { answerOf, problemOf, type AnswerOf, type Exchange, type WantedField } from './exchange.js';
import { Broken } from './failure.js';
import type { Role } from './roles.js';

type Value = string | number | undefined;

/** What a request says besides its operation. */
export interface Ask {
  readonly id?: string;
  readonly query?: Readonly<Record<string, Value>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is, instead of `body`. */
  readonly raw?: string | Uint8Array<ArrayBuffer>;
  /** Sent in `If-Match`, in quotes. */
  readonly version?: string | undefined;
  /** A POST has one of its own unless told; `null`: none. */
  readonly key?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Where requests go. */
export interface Wire {
  /** Without a slash at its end and without `/v1`. */
  readonly baseUrl: string;
  readonly fetch: typeof fetch;
  /** Milliseconds an answer may take. */
  readonly timeout: number;
}

const longestBody = 300;
// A server that counts requests says when to come back; a run is slow rather than wrong.
const mostWaits = 3;
const longestWait = 70;

/** Asks as one person. */
export class Caller {
  readonly role: Role | 'nobody';
  readonly #wire: Wire;
  readonly #token: () => Promise<string | undefined>;
  #known: Promise<string | undefined> | undefined;

  /** `token` is asked once, and again when the server no longer takes what it gave. */
  constructor(role: Role | 'nobody', wire: Wire, token: () => Promise<string | undefined>) {
    this.role = role;
    this.#wire = wire;
    this.#token = token;
  }

  /** Asks, and judges nothing. */
  async send(routeId: RouteId, ask: Ask = {}): Promise<Exchange> {
    const first = await this.#patiently(routeId, ask);
    if (first.status !== 401 || this.role === 'nobody') return first;
    this.#known = undefined;
    return this.#patiently(routeId, ask);
  }

  /** Asks for what has to succeed. */
  async ok<I extends RouteId>(routeId: I, ask: Ask = {}): Promise<AnswerOf<I>> {
    return answerOf(routeId, await this.send(routeId, ask));
  }

  /** Asks for what has to be refused. */
  async refused(
    routeId: RouteId,
    ask: Ask,
    codes: ProblemCode | readonly ProblemCode[],
    fields: readonly WantedField[] = [],
  ): Promise<Problem> {
    const wanted = typeof codes === 'string' ? [codes] : codes;
    return problemOf(await this.send(routeId, ask), wanted, fields);
  }

  /** The response itself, its body not read. */
  async open(routeId: RouteId, ask: Ask, signal: AbortSignal): Promise<Response> {
    const { address, init, asked } = await this.#request(routeId, ask);
    try {
      return await this.#wire.fetch(address, { ...init, signal });
    } catch (error) {
      throw new Broken('The server answers.', asked, reasonOf(error));
    }
  }

  async #patiently(routeId: RouteId, ask: Ask): Promise<Exchange> {
    // A request that is sent again has the key it had.
    const whole = { ...ask, key: ask.key === undefined ? crypto.randomUUID() : ask.key };
    for (let waits = 0; ; waits += 1) {
      const exchange = await this.#once(routeId, whole);
      const seconds = Number(exchange.headers.get('retry-after') ?? NaN);
      if (exchange.status !== 429 || waits >= mostWaits || !(seconds <= longestWait)) return exchange;
      await delay(seconds * 1000);
    }
  }

  async #once(routeId: RouteId, ask: Ask): Promise<Exchange> {
    const { address, init, asked } = await this.#request(routeId, ask);
    try {
      const response = await this.#wire.fetch(address, {
        ...init,
        signal: AbortSignal.timeout(this.#wire.timeout),
      });
      const bytes = new Uint8Array(await response.arrayBuffer());
      const text = new TextDecoder().decode(bytes);
      const { status, headers } = response;
      return { routeId, asked, status, headers, bytes, text, json: jsonOf(text) };
    } catch (error) {
      throw new Broken('The server answers.', asked, reasonOf(error));
    }
  }

  async #request(routeId: RouteId, ask: Ask) {
    const route: Route = routes[routeId];
    this.#known ??= this.#token();
    const token = await this.#known;
    const { id = '', query = {}, body, raw, version, key, headers } = ask;
    const path = route.path.replace('{id}', encodeURIComponent(id)) + queryOf(query);
    const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const takesKey = route.method === 'POST' && key !== null;
    const shown = typeof sent === 'string' ? ` ${shortened(sent)}` : '';
    const conditions = version === undefined ? '' : ` If-Match: "${version}"`;
    return {
      address: this.#wire.baseUrl + path,
      asked: `as ${this.role}: ${route.method} ${path}${conditions}${shown}`,
      init: {
        method: route.method,
        headers: {
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
          ...(sent !== undefined && {
            'content-type': route.content === 'bytes' ? 'application/octet-stream' : 'application/json',
          }),
          ...(version !== undefined && { 'if-match': `"${version}"` }),
          ...(takesKey && { 'idempotency-key': key ?? crypto.randomUUID() }),
          ...headers,
        },
        ...(sent !== undefined && { body: sent }),
      },
    };
  }
}

function queryOf(query: NonNullable<Ask['query']>): string {
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
}

function shortened(text: string): string {
  return text.length > longestBody ? `${text.slice(0, longestBody)}… (${text.length} characters)` : text;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? ` (${error.cause.message})` : '';
  return `${error.message}${cause}`;
}
