import { randomUUID } from 'node:crypto';
import { createServer, STATUS_CODES, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

import { getRequestListener, RequestError } from '@hono/node-server';

import type { ProblemCode } from '../../src/contract/problem.js';
import { BackendError } from '../backend-error.js';
import { PlainError } from '../embedded/plain-error.js';
import type { AppLogger } from '../middleware/env.js';
import { describeError } from '../middleware/describe-error.js';
import { problemResponse } from '../middleware/problem.js';
import { problemOf } from '../problem-of.js';
import type { Config } from './config.js';

/** The limits a server keeps before a request reaches the app, in seconds. */
export type HttpLimits = Pick<Config, 'headersTimeout' | 'requestTimeout' | 'keepAlive'>;

/** A port that answers. */
export interface HttpServer {
  readonly port: number;
  /**
   * Takes no new connections, lets requests under way finish and closes each connection after its answer. Calls
   * `refuse` shortly before the time is up, and cuts what is left when it is.
   */
  drain(graceMs: number, refuse?: () => void): Promise<void>;
}

type Fetch = Parameters<typeof getRequestListener>[0];

// A token may have 16 KiB.
const headerLimit = 32 * 1024;

/**
 * Opens a port for an app.
 *
 * @throws {PlainError} when it cannot be opened.
 */
export async function openHttpServer(
  fetch: Fetch,
  where: Pick<Config, 'port' | 'host'>,
  { headersTimeout, requestTimeout, keepAlive }: HttpLimits,
  logger?: AppLogger,
): Promise<HttpServer> {
  const open = new Set<ServerResponse>();
  let draining = false;
  const server = createServer({
    maxHeaderSize: headerLimit,
    // Node would answer a request without a host in no words; `refuseTarget` has some.
    requireHostHeader: false,
    headersTimeout: headersTimeout * 1000,
    requestTimeout: requestTimeout * 1000,
    keepAliveTimeout: keepAlive * 1000,
    connectionsCheckingInterval: Math.min(30_000, (headersTimeout * 1000) / 4),
  });
  server.on('request', (_request, response: ServerResponse) => {
    open.add(response);
    if (draining) response.setHeader('Connection', 'close');
    response.on('close', () => {
      open.delete(response);
      // One that was kept alive before anybody knew of the end.
      if (draining) closeIdleSoon();
    });
  });
  let closing = false;
  /** Once for all that end together: each call looks at every connection there is. */
  function closeIdleSoon(): void {
    if (closing) return;
    closing = true;
    setImmediate(() => {
      closing = false;
      server.closeIdleConnections();
    });
  }
  const answer = getRequestListener(fetch, { errorHandler: (error) => refuseTarget(error, logger) });
  server.on('request', (request, response) => void answer(request, response));
  server.on('clientError', (error: NodeJS.ErrnoException, socket) =>
    refuseRaw(error, socket as Socket, logger),
  );
  const port = await listen(server, where);
  return {
    port,
    async drain(graceMs, refuse) {
      draining = true;
      for (const response of open) if (!response.headersSent) response.setHeader('Connection', 'close');
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const timers = [
        setTimeout(() => refuse?.(), graceMs * 0.8),
        setTimeout(() => server.closeAllConnections(), graceMs),
      ];
      await closed;
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

/** Answers a request whose host or address is none, as the app would. */
function refuseTarget(error: unknown, logger: AppLogger | undefined): Response {
  const isTarget = error instanceof RequestError;
  const refusal = new BackendError(isTarget ? 'malformed_request' : 'internal', {
    ...(isTarget && { detail: 'The address or the host of the request is not valid.' }),
  });
  const id = randomUUID();
  if (isTarget) logger?.info({ id, method: null, route: null, status: 400, problem: refusal.code });
  else logger?.error({ id, err: describeError(error) }, 'request failed');
  return problemResponse(refusal, {
    requestId: id,
    headers: {
      'cache-control': 'no-store, private',
      'x-content-type-options': 'nosniff',
      'x-request-id': id,
      connection: 'close',
    },
  });
}

/** Answers what Node refuses before there is a request, as the app would. */
function refuseRaw(error: NodeJS.ErrnoException, socket: Socket, logger: AppLogger | undefined): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const refusal = new BackendError(codeOf(error), {
    ...(error.code === 'HPE_HEADER_OVERFLOW' && {
      detail: `The headers may have ${headerLimit} bytes at most.`,
      limit: headerLimit,
      limitName: 'headers',
    }),
  });
  const id = randomUUID();
  const problem = problemOf(refusal, id);
  const body = JSON.stringify(problem);
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store, private',
    'X-Content-Type-Options: nosniff',
    `X-Request-Id: ${id}`,
    'Connection: close',
  ];
  logger?.info({ id, method: null, route: null, status: problem.status, problem: problem.code });
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

function codeOf({ code }: NodeJS.ErrnoException): ProblemCode {
  if (code === 'HPE_HEADER_OVERFLOW') return 'headers_too_large';
  return code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 'request_timeout' : 'malformed_request';
}

function listen(server: Server, { port, host }: Pick<Config, 'port' | 'host'>): Promise<number> {
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
