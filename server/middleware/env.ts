import type { Hono } from 'hono';

import type { LimitName, LimitState } from './limits.js';

/** What the app's middleware hands down with each request. */
export interface AppEnv {
  Variables: {
    requestId: string;
    /** Pattern of the route that matched, for the log: never the address itself, which carries ids. */
    route: string | undefined;
    /** The limit that counted this request last. */
    limit: ({ readonly name: LimitName } & LimitState) | undefined;
    /** The code of the problem answered. */
    problem: string | undefined;
  };
}

/** The server as one Hono app. */
export type CaseApp = Hono<AppEnv>;

/** Where the app writes its lines; pino fits. */
export interface AppLogger {
  /** What happened, as fields and a sentence. */
  info(fields: object, message?: string): void;
  /** What went wrong on the side of the server. */
  error(fields: object, message?: string): void;
}

/** Who sent a request, as far as the connection tells. */
export interface Client {
  readonly address?: string | undefined;
  /** Whether it came over TLS. */
  readonly secure: boolean;
}

/** Says who sent a request. `bindings` is what the server that runs the app hands to `fetch` besides. */
export type ClientOf = (request: Request, bindings: unknown) => Client;

/** Told what happens, for the counters of an operator. Nothing it is told names a person or a tenant. */
export interface AppObserver {
  /** A request has begun. */
  requestStarted(): void;
  /** `route` is the pattern that matched; `undefined` for what is not of the contract. */
  requestFinished(request: {
    readonly method: string;
    readonly route: string | undefined;
    readonly status: number;
    readonly seconds: number;
  }): void;
  /** An event stream was opened. */
  streamOpened(): void;
  /** An event stream has ended. */
  streamClosed(): void;
  /** A request was refused by the limit of this name. */
  limited(limitName: string): void;
}
