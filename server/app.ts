import { Hono } from 'hono';

import { problemCodes } from '../src/contract/problem.js';
import type { CaseBackend } from './backend.js';
import { BackendError } from './backend-error.js';
import type { Authenticate } from './middleware/authenticate.js';
import { crossOrigin } from './middleware/cross-origin.js';
import type { AppEnv, AppLogger, CaseApp } from './middleware/env.js';
import { headersOnly } from './middleware/headers-only.js';
import { logRequests } from './middleware/log-requests.js';
import { problemResponse } from './middleware/problem.js';
import { secureAnswers } from './middleware/secure-answers.js';
import { methodsByPath, mountRoutes } from './routes/mount.js';
import { mountReference } from './routes/reference.js';

/** What the app is made of. */
export interface AppOptions {
  /** The case system behind the contract. The app does not dispose of it. */
  readonly backend: CaseBackend;
  /** Says who a request is from; `jwtAuthenticator` for the host's tokens. */
  readonly authenticate: Authenticate;
  readonly logger?: AppLogger;
  /** Origins whose pages may call from another origin; none unless told. */
  readonly allowedOrigins?: readonly string[];
  /** Milliseconds between the comments that keep an event stream open; 15,000 unless told. */
  readonly heartbeatMs?: number;
  /** Aborted when the server stops, so that event streams end. */
  readonly stopping?: AbortSignal;
  /** Whether the backend can answer now, for `/readyz`. */
  readonly ready?: () => Promise<boolean>;
}

/**
 * The server as a Hono app: every operation of the contract over one `CaseBackend`.
 *
 * Opens no port and needs no Node, so it runs behind any server, in a worker, or in a page
 * (`createCaseClient({ fetch: app.fetch })`).
 */
export function createApp(options: AppOptions): CaseApp {
  const { backend, authenticate, logger, allowedOrigins = [], heartbeatMs = 15_000, stopping } = options;
  const app: CaseApp = new Hono<AppEnv>();
  app.use(logRequests(logger));
  app.use('/v1/*', secureAnswers, headersOnly);
  if (allowedOrigins.length > 0) app.use('/v1/*', crossOrigin(allowedOrigins));

  mountHealth(app, options.ready);
  mountReference(app);
  mountRoutes(app, authenticate, { backend, heartbeatMs, stopping, logger });
  for (const [path, methods] of methodsByPath()) {
    const allow = methods.includes('GET') ? ['HEAD', ...methods] : methods;
    app.all(path, () => problemResponse(new BackendError('method_not_allowed'), { Allow: allow.join(', ') }));
  }

  app.notFound(() => problemResponse(new BackendError('not_found')));
  app.onError((error, context) => {
    const requestId = context.get('requestId');
    if (error instanceof BackendError) {
      if (error.cause !== undefined && problemCodes[error.code].status >= 500) {
        logger?.error({ id: requestId, err: error.cause }, error.message);
      }
      return problemResponse(error);
    }
    // The caller has left: nobody reads this answer, and it is nobody's failure.
    if (context.req.raw.signal.aborted) return new Response(null, { status: 499 });
    logger?.error({ id: requestId, err: error }, 'request failed');
    return problemResponse(new BackendError('internal', { detail: `Request ${requestId}.` }));
  });
  return app;
}

function mountHealth(app: CaseApp, ready: (() => Promise<boolean>) | undefined): void {
  app.get('/healthz', (context) => context.json({ status: 'ok' }));
  app.get('/readyz', async (context) => {
    const isReady = (await ready?.().catch(() => false)) ?? true;
    return context.json({ status: isReady ? 'ok' : 'unavailable' }, isReady ? 200 : 503);
  });
}
