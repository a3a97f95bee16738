import { setTimeout as delay } from 'node:timers/promises';

import { createApp } from '../app.js';
import type { Engine } from '../engine/engine.js';
import { jwtAuthenticator } from '../middleware/authenticate.js';
import type { AppLogger, CaseApp } from '../middleware/env.js';
import { signToken, type TokenClaims } from '../sign-token.js';
import { clientBehind } from './client-of.js';
import type { Config } from './config.js';
import { openHttpServer, type HttpServer } from './http-server.js';
import { createMemoryLimiter } from './memory-limiter.js';
import { tokenSecret } from './secret.js';
import { openServedBackend } from './served-backend.js';

/** What a page mounted on the same port may use. */
export interface MountTools {
  /** Only where our own engine is the backend. */
  readonly engine?: Engine | undefined;
  /** Signs a token that this server accepts. */
  sign(claims: TokenClaims, expiresIn?: string): Promise<string>;
  /** Ends when the server stops: streams are to end then, it waits for them. */
  readonly stopping: AbortSignal;
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
  /** Address of the metrics. */
  readonly metricsUrl: string;
  /**
   * Says it is not ready, waits the configured delay, takes no new connections, ends event streams, lets requests
   * finish within the configured time, then closes the backend.
   */
  stop(): Promise<void>;
}

/**
 * Starts the whole server: backend (our engine with its database, or a foreign one), app, port.
 *
 * @throws {PlainError} when something a person can mend is in the way.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { logger, issuer, audience, host } = options;
  const key = options.jwksUrl !== undefined ? { jwksUrl: options.jwksUrl } : { secret: tokenSecret(options) };
  const opened = await openServedBackend(options, { logger, notice: options.notice });
  const { backend, engine, metrics } = opened;
  const sign = (claims: TokenClaims, expiresIn?: string) =>
    signToken(claims, { secret: tokenSecret(options), expiresIn, issuer, audience });
  const servers: HttpServer[] = [];
  const stopping = new AbortController();
  const deadline = new AbortController();
  let leaving = false;

  async function openPort(fetch: CaseApp['fetch'], port: number): Promise<string> {
    const server = await openHttpServer(fetch, { port, host }, options, logger);
    servers.push(server);
    return `http://${urlHost(host)}:${server.port}`;
  }

  async function closePorts(graceMs: number): Promise<void> {
    await Promise.all(servers.map((server) => server.drain(graceMs, () => deadline.abort())));
  }

  try {
    const app = createApp({
      backend,
      authenticate: jwtAuthenticator(key, { issuer, audience }),
      allowedOrigins: options.allowedOrigins,
      observer: metrics.observer,
      limiter: createMemoryLimiter(options),
      streamsPerActor: options.streamsPerActor || Infinity,
      clientOf: clientBehind(options.trustProxy),
      requireTls: options.requireTls,
      bodyTimeoutMs: options.bodyTimeout * 1000,
      stopping: stopping.signal,
      deadline: deadline.signal,
      ready: async () => !leaving && (await opened.ready()),
      ...(logger && { logger }),
    });
    const page = metrics.page(options.metricsToken);
    if (options.metricsPort === undefined) app.route('/', page);
    await options.mount?.(app, { engine, sign, stopping: stopping.signal });
    const url = await openPort(app.fetch, options.port);
    const metricsUrl =
      options.metricsPort === undefined ? url : await openPort(page.fetch, options.metricsPort);
    let stopped: Promise<void> | undefined;
    return {
      engine,
      sign,
      stopping: stopping.signal,
      where: opened.where,
      url,
      metricsUrl: `${metricsUrl}/metrics`,
      stop: () => (stopped ??= stop()),
    };
  } catch (error) {
    await closePorts(0);
    await opened.close();
    throw error;
  }

  async function stop(): Promise<void> {
    leaving = true;
    if (options.shutdownDelay > 0) await delay(options.shutdownDelay * 1000);
    stopping.abort();
    await closePorts(options.shutdownGrace * 1000);
    await opened.close();
  }
}

function urlHost(host: string): string {
  if (host === '0.0.0.0' || host === '::' || host === '127.0.0.1') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
