import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { createAdaptorServer } from '@hono/node-server';
import { pino } from 'pino';

import { createApp } from '../app.js';
import { PlainError } from '../embedded/plain-error.js';
import type { Engine } from '../engine/engine.js';
import { jwtAuthenticator } from '../middleware/authenticate.js';
import type { AppLogger, CaseApp } from '../middleware/env.js';
import { signToken, type TokenClaims } from '../sign-token.js';
import type { Config } from './config.js';
import { openEngine } from './database.js';
import { tokenSecret } from './secret.js';

/** What a page mounted on the same port may use. */
export interface MountTools {
  readonly engine: Engine;
  /** Signs a token that this server accepts. */
  sign(claims: TokenClaims, expiresIn?: string): Promise<string>;
}

/** A server to be started. */
export interface ServerOptions extends Config {
  /** Adds routes of one's own behind the contract's, on the same port. */
  readonly mount?: ((app: CaseApp, tools: MountTools) => void | Promise<void>) | undefined;
  readonly logger?: AppLogger | undefined;
  /** Told what a person at the terminal should know. */
  readonly notice?: ((text: string) => void) | undefined;
}

/** A server that answers. */
export interface RunningServer extends MountTools {
  readonly url: string;
  readonly where: string;
  /** Ends streams and connections, then closes the database. */
  stop(): Promise<void>;
}

// How long requests under way may take to finish once the server stops.
const graceMs = 3_000;

/**
 * Starts the whole server: database, engine, app, port.
 *
 * @throws {PlainError} when something a person can mend is in the way.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { logger, issuer, audience } = options;
  const key = options.jwksUrl !== undefined ? { jwksUrl: options.jwksUrl } : { secret: tokenSecret(options) };
  const opened = await openEngine(options, {
    notice: options.notice,
    onError: (error) => logger?.error({ err: error }, 'background work failed'),
  });
  const { engine } = opened;
  const sign = (claims: TokenClaims, expiresIn?: string) =>
    signToken(claims, { secret: tokenSecret(options), expiresIn, issuer, audience });
  const stopping = new AbortController();
  try {
    const app = createApp({
      backend: engine,
      authenticate: jwtAuthenticator(key, { issuer, audience }),
      allowedOrigins: options.allowedOrigins,
      stopping: stopping.signal,
      ready: () => engine.ping().then(() => true),
      ...(logger && { logger }),
    });
    await options.mount?.(app, { engine, sign });
    const server = createAdaptorServer({ fetch: app.fetch }) as Server;
    const port = await listen(server, options);
    return {
      engine,
      sign,
      where: opened.where,
      url: `http://${urlHost(options.host)}:${port}`,
      async stop() {
        stopping.abort();
        await close(server);
        await opened.close();
      },
    };
  } catch (error) {
    await opened.close();
    throw error;
  }
}

/** The log of the server: one JSON line a request, and what failed. */
export function createLogger(): AppLogger {
  return pino({ base: null, serializers: { err: describeError } });
}

// What a database says about an error may quote people's data: only what the code says is written down.
function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const { code } = error as { code?: unknown };
  return {
    type: error.name,
    message: error.message,
    stack: error.stack,
    ...(code !== undefined && { code }),
  };
}

function listen(server: Server, { port, host }: Config): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reason =
        error.code === 'EADDRINUSE'
          ? `Port ${port} is already in use. Choose another with PORT or --port.`
          : `Port ${port} on ${host} cannot be opened (${error.message}).`;
      reject(new PlainError(reason, { cause: error }));
    });
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearTimeout(force);
      resolve();
    });
    server.closeIdleConnections();
  });
}

function urlHost(host: string): string {
  if (host === '0.0.0.0' || host === '::' || host === '127.0.0.1') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
