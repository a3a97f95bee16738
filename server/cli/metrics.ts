import { createHash, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';

import { Hono } from 'hono';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

import type { Engine } from '../engine/engine.js';
import type { OutboxLag } from '../engine/events/outbox-reader.js';
import type { NoticeOutcome } from '../engine/notices/options.js';
import type { NoticeLag } from '../engine/notices/worker.js';
import type { Database } from '../engine/sql/database.js';
import type { AppEnv, AppObserver, CaseApp } from '../middleware/env.js';

/** The counters of one server, and their page. */
export interface Metrics {
  readonly observer: AppObserver;
  /** Counts one attempt to tell somebody something. */
  readonly attempted: (channel: string, outcome: NoticeOutcome) => void;
  /** The same `fetch`, with its calls to a foreign backend counted. */
  watched(send: typeof fetch): typeof fetch;
  /** What Prometheus reads at `/metrics`; asks for `token` where there is one. */
  page(token: string | undefined): CaseApp;
}

// A database that is gone must not hold up the page that shows it.
const patience = 2_000;
const usualMethods = ['GET', 'HEAD', 'POST', 'PATCH', 'PUT', 'DELETE', 'OPTIONS'];

/**
 * Counts what the app tells and asks the rest when somebody looks. No label names a tenant or a person. Without an engine there
 * is nothing to tell of a database, an outbox or notices, but of the calls to the backend there is.
 */
export function createMetrics(
  engine?: Pick<Engine, 'outboxLag'> & Partial<Pick<Engine, 'noticeLag'>>,
  database: Pick<Database, 'pool'> = {},
): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });

  const durations = new Histogram({
    name: 'casement_http_request_duration_seconds',
    help: 'How long requests took until their answer began, by pattern of the route.',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  const inFlight = new Gauge({
    name: 'casement_http_requests_in_flight',
    help: 'Requests whose answer has not begun.',
    registers,
  });
  const streams = new Gauge({
    name: 'casement_event_streams_open',
    help: 'Event streams that are open.',
    registers,
  });
  const limited = new Counter({
    name: 'casement_rate_limited_total',
    help: 'Requests that were refused with 429, by limit.',
    labelNames: ['limit'] as const,
    registers,
  });
  const calls = engine ? undefined : backendCalls(registry);
  const attempted = engine ? engineGauges(registry, engine, database) : undefined;
  new Gauge({
    name: 'casement_build_info',
    help: 'The version that runs.',
    labelNames: ['version'] as const,
    registers,
  }).set({ version: ownVersion() }, 1);

  return {
    observer: {
      requestStarted: () => inFlight.inc(),
      requestFinished({ method, route, status, seconds }) {
        inFlight.dec();
        const known = usualMethods.includes(method) ? method : 'other';
        durations.observe({ method: known, route: route ?? 'other', status }, seconds);
      },
      streamOpened: () => streams.inc(),
      streamClosed: () => streams.dec(),
      limited: (limit) => limited.inc({ limit }),
    },
    attempted: (channel, outcome) => attempted?.inc({ channel, outcome }),
    watched: (send) => (calls ? timed(send, calls) : send),
    page(token) {
      const page: CaseApp = new Hono<AppEnv>();
      page.get('/metrics', async (context) => {
        context.set('route', '/metrics');
        if (token !== undefined && !isToken(context.req.header('authorization'), token)) {
          return context.text('A bearer token is needed.\n', 401, { 'WWW-Authenticate': 'Bearer' });
        }
        return context.body(await registry.metrics(), 200, {
          'Content-Type': registry.contentType,
          'Cache-Control': 'no-store',
        });
      });
      return page;
    },
  };
}

type Calls = Histogram<'method' | 'status'>;

function backendCalls(registry: Registry): Calls {
  return new Histogram({
    name: 'casement_backend_request_duration_seconds',
    help: 'How long calls to the foreign backend took until their answer began; status "none": no answer.',
    labelNames: ['method', 'status'] as const,
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20],
    registers: [registry],
  });
}

function timed(send: typeof fetch, calls: Calls): typeof fetch {
  return async (address, init) => {
    const ended = calls.startTimer({ method: init?.method ?? 'GET' });
    try {
      const answer = await send(address, init);
      ended({ status: String(answer.status) });
      return answer;
    } catch (error) {
      ended({ status: 'none' });
      throw error;
    }
  };
}

/** What only our own engine has: an outbox, notices and a database. */
function engineGauges(
  registry: Registry,
  engine: Pick<Engine, 'outboxLag'> & Partial<Pick<Engine, 'noticeLag'>>,
  database: Pick<Database, 'pool'>,
): Counter<'channel' | 'outcome'> {
  const registers = [registry];
  let looking: Promise<OutboxLag | undefined> | undefined;
  // Both gauges of one page tell of one look; the library asks them at the same time.
  const outbox = () =>
    (looking ??= inTime(engine.outboxLag()).finally(() => {
      looking = undefined;
    }));
  const lag: Gauge = new Gauge({
    name: 'casement_outbox_lag_seconds',
    help: 'Age of the oldest event that waits to be handed out by this process.',
    registers,
    collect: async () => lag.set((await outbox())?.seconds ?? NaN),
  });
  const waiting: Gauge = new Gauge({
    name: 'casement_outbox_events_waiting',
    help: 'Events that wait to be handed out by this process.',
    registers,
    collect: async () => waiting.set((await outbox())?.events ?? NaN),
  });
  const notices = new Counter({
    name: 'casement_notices_total',
    help: 'Attempts to tell somebody something, by channel and outcome.',
    labelNames: ['channel', 'outcome'] as const,
    registers,
  });
  let counting: Promise<NoticeLag | undefined> | undefined;
  const noticeLag = () =>
    (counting ??= inTime(engine.noticeLag?.() ?? Promise.resolve({ waiting: 0, seconds: 0 })).finally(() => {
      counting = undefined;
    }));
  const noticesWaiting: Gauge = new Gauge({
    name: 'casement_notices_waiting',
    help: 'Messages that wait to be sent, by whichever process.',
    registers,
    collect: async () => noticesWaiting.set((await noticeLag())?.waiting ?? NaN),
  });
  const noticesLate: Gauge = new Gauge({
    name: 'casement_notices_lag_seconds',
    help: 'For how long the message that should have left first has been due.',
    registers,
    collect: async () => noticesLate.set((await noticeLag())?.seconds ?? NaN),
  });
  const pool = new Gauge({
    name: 'casement_database_connections',
    help: 'Connections to the database, by state; waiting: callers without one.',
    labelNames: ['state'] as const,
    registers,
    collect() {
      const state = database.pool?.();
      if (!state) return;
      pool.set({ state: 'open' }, state.open);
      pool.set({ state: 'idle' }, state.idle);
      pool.set({ state: 'waiting' }, state.waiting);
      pool.set({ state: 'most' }, state.most);
    },
  });
  return notices;
}

async function inTime<T>(asking: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), patience);
  });
  return Promise.race([asking.catch(() => undefined), tooLate]).finally(() => clearTimeout(timer));
}

function isToken(header: string | undefined, token: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(header ?? ''), digest(`Bearer ${token}`));
}

/** The version in the package this runs from, built or not. */
export function ownVersion(): string {
  for (const path of ['../../package.json', '../../../package.json']) {
    try {
      const found = JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as Record<
        string,
        unknown
      >;
      if (found['name'] === 'casement') return String(found['version']);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  return 'unknown';
}
