import { createApp, type AppOptions } from '../../server/app.js';
import { clientBehind } from '../../server/cli/client-of.js';
import { readConfig, type Environment } from '../../server/cli/config.js';
import { openHttpServer, type HttpServer } from '../../server/cli/http-server.js';
import { createMemoryLimiter } from '../../server/cli/memory-limiter.js';
import { createMetrics, type Metrics } from '../../server/cli/metrics.js';
import { jwtAuthenticator } from '../../server/middleware/authenticate.js';
import { Caller, testSecret } from './app.js';
import { theApp } from './shared-app.js';

/** The app behind a real port, set up as `casement serve` would by an environment. */
export interface OpenServer {
  readonly url: string;
  readonly metrics: Metrics;
  readonly http: HttpServer;
  /** The same person, asking over this port. */
  reach(caller: Caller): Caller;
  close(): Promise<void>;
}

/** Opens a port of the test's own over the shared engine. */
export async function openServer(
  environment: Environment = {},
  options: Partial<AppOptions> = {},
): Promise<OpenServer> {
  const { engine } = await theApp();
  const config = readConfig(environment);
  const metrics = createMetrics(engine, {});
  const app = createApp({
    backend: engine,
    authenticate: jwtAuthenticator({ secret: testSecret }),
    allowedOrigins: config.allowedOrigins,
    observer: metrics.observer,
    limiter: createMemoryLimiter(config),
    streamsPerActor: config.streamsPerActor || Infinity,
    clientOf: clientBehind(config.trustProxy),
    requireTls: config.requireTls,
    bodyTimeoutMs: config.bodyTimeout * 1000,
    ...options,
  });
  app.route('/', metrics.page(config.metricsToken));
  const http = await openHttpServer(app.fetch, { port: 0, host: '127.0.0.1' }, config, options.logger);
  const url = `http://127.0.0.1:${http.port}`;
  return {
    url,
    metrics,
    http,
    reach: ({ token }) =>
      new Caller(async (request) => {
        const { pathname, search } = new URL(request.url);
        return fetch(new Request(`${url}${pathname}${search}`, request));
      }, token),
    close: () => http.drain(0),
  };
}
