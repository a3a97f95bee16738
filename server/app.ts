import { Hono, type Context } from 'hono';

import { problemCodes } from '../src/contract/problem.js';
import type { CaseBackend } from './backend.js';
import { BackendError } from './backend-error.js';
import type { Authenticate } from './middleware/authenticate.js';
import { crossOrigin } from './middleware/cross-origin.js';
import { describeError } from './middleware/describe-error.js';
import type { AppEnv, AppLogger, AppObserver, CaseApp, ClientOf } from './middleware/env.js';
import { headersOnly } from './middleware/headers-only.js';
import { limitAddresses, tellLimits, type RateLimiter } from './middleware/limits.js';
import { logRequests } from './middleware/log-requests.js';
import { problemResponse } from './middleware/problem.js';
import { refuseEarly } from './middleware/refuse-early.js';
import { secureAnswers } from './middleware/secure-answers.js';
import { createStreamSlots } from './middleware/stream-slots.js';
import { createHeartbeats } from './routes/heartbeats.js';
import { methodsByPath, mountRoutes } from './routes/mount.js';
import { mountReference } from './routes/reference.js';
import { mountUnsubscribe } from './routes/unsubscribe.js';

/** What the app is made of. */
export interface AppOptions {
  /** The case system behind the contract. The app does not dispose of it. */
  readonly backend: CaseBackend;
  /** Says who a request is from; `jwtAuthenticator` for the host's tokens. */
  readonly authenticate: Authenticate;
  readonly logger?: AppLogger;
  /** Told what happens, for metrics. */
  readonly observer?: AppObserver | undefined;
  /** Origins whose pages may call from another origin; none unless told. */
  readonly allowedOrigins?: readonly string[];
  /** Counts requests and says when there are too many; nobody is counted unless told. */
  readonly limiter?: RateLimiter | undefined;
  /** Event streams one actor may have open at once; any number unless told. */
  readonly streamsPerActor?: number | undefined;
  /** Says which address a request is from and whether it came over TLS, where the server that runs the app can tell. */
  readonly clientOf?: ClientOf | undefined;
  /** Whether requests that `clientOf` does not know to have come over TLS are refused; no unless told. */
  readonly requireTls?: boolean | undefined;
  /** Milliseconds a JSON body may take, and an upload between two pieces; 30,000 unless told. */
  readonly bodyTimeoutMs?: number | undefined;
  /** Milliseconds between the comments that keep an event stream open; 15,000 unless told. */
  readonly heartbeatMs?: number;
  /** Aborted when the server stops, so that event streams end and `/readyz` says no. */
  readonly stopping?: AbortSignal;
  /** Aborted when a server that stops can wait no longer: bodies that are still coming are refused. */
  readonly deadline?: AbortSignal;
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
  const { logger, observer, allowedOrigins = [], limiter, clientOf } = options;
  const app: CaseApp = new Hono<AppEnv>();
  app.use(logRequests(logger, observer));
  app.use('/v1/*', secureAnswers, headersOnly, tellLimits);
  if (allowedOrigins.length > 0) app.use('/v1/*', crossOrigin(allowedOrigins));
  app.use('/v1/*', refuseEarly(clientOf, options.requireTls ?? false), limitAddresses(limiter, clientOf));

  mountHealth(app, options);
  mountReference(app);
  mountUnsubscribe(app, options.backend, options.authenticate);
  mountRoutes(app, {
    backend: options.backend,
    authenticate: options.authenticate,
    heartbeats: createHeartbeats(options.heartbeatMs ?? 15_000),
    stopping: options.stopping,
    patience: { timeoutMs: options.bodyTimeoutMs ?? 30_000, deadline: options.deadline },
    slots: createStreamSlots(options.streamsPerActor ?? Infinity),
    limiter,
    logger,
    observer,
  });
  mountRefusals(app, options);
  return app;
}

/** What is answered where nothing else is: another method, another path, an error. */
function mountRefusals(app: CaseApp, { logger, observer }: AppOptions): void {
  function refuse(context: Context<AppEnv>, error: BackendError, headers: Record<string, string> = {}) {
    context.set('problem', error.code);
    if (error.code === 'rate_limited') observer?.limited(error.options.limitName ?? 'other');
    return problemResponse(error, { requestId: context.get('requestId'), headers });
  }

  for (const [path, methods] of methodsByPath()) {
    const allow = methods.includes('GET') ? ['HEAD', ...methods] : methods;
    app.all(path, (context) =>
      refuse(context, new BackendError('method_not_allowed'), { Allow: allow.join(', ') }),
    );
  }
  app.notFound((context) => refuse(context, new BackendError('not_found')));
  app.onError((error, context) => {
    const id = context.get('requestId');
    if (error instanceof BackendError) {
      if (error.cause !== undefined && problemCodes[error.code].status >= 500) {
        logger?.error({ id, err: describeError(error) }, 'request failed');
      }
      return refuse(context, error);
    }
    // The caller has left: nobody reads this answer, and it is nobody's failure.
    if (context.req.raw.signal.aborted) return new Response(null, { status: 499 });
    logger?.error({ id, err: describeError(error) }, 'request failed');
    return refuse(context, new BackendError('internal', { detail: `Request ${id}.` }));
  });
}

function mountHealth(app: CaseApp, { ready, stopping }: AppOptions): void {
  app.get('/healthz', (context) => {
    context.set('route', '/healthz');
    return context.json({ status: 'ok' });
  });
  app.get('/readyz', async (context) => {
    context.set('route', '/readyz');
    if (stopping?.aborted) return context.json({ status: 'stopping' }, 503);
    const isReady = (await ready?.().catch(() => false)) ?? true;
    return context.json({ status: isReady ? 'ok' : 'unavailable' }, isReady ? 200 : 503);
  });
}
