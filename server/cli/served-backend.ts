import type { CaseBackend } from '../backend.js';
import type { Engine } from '../engine/engine.js';
import { describeError } from '../middleware/describe-error.js';
import type { AppLogger } from '../middleware/env.js';
import type { Config } from './config.js';
import { openEngine, plainly } from './database.js';
import { chooseForeign, reachable } from './foreign.js';
import { createMetrics, type Metrics } from './metrics.js';

/** The backend that the configuration chooses, open, with what a server needs to know of it. */
export interface ServedBackend {
  readonly backend: CaseBackend;
  /** Only where our own engine is the backend. */
  readonly engine?: Engine | undefined;
  readonly metrics: Metrics;
  /** Where the cases are, for people. */
  readonly where: string;
  ready(): Promise<boolean>;
  close(): Promise<void>;
}

/** Who is told what happens behind the scenes. */
export interface ServedOptions {
  readonly logger?: AppLogger | undefined;
  readonly notice?: ((text: string) => void) | undefined;
}

/** Opens our own engine with its database, or a foreign backend, which needs none. */
export function openServedBackend(config: Config, options: ServedOptions): Promise<ServedBackend> {
  return config.foreign ? openForeign(config.foreign) : openOwn(config, options);
}

async function openForeign(config: NonNullable<Config['foreign']>): Promise<ServedBackend> {
  const metrics = createMetrics();
  const choice = await chooseForeign(config, metrics.watched(fetch));
  const backend = choice.open();
  return {
    backend,
    metrics,
    where: choice.where,
    ready: reachable(choice.address),
    close: () => backend.dispose(),
  };
}

async function openOwn(config: Config, { logger, notice }: ServedOptions): Promise<ServedBackend> {
  // The first message may leave before there is anything to count it.
  const counters: { attempted?: Metrics['attempted'] } = {};
  const opened = await openEngine(config, {
    notice,
    tells: true,
    onAttempt(channel, outcome) {
      counters.attempted?.(channel, outcome);
      logger?.info({ channel, outcome }, 'notice');
    },
    onError: (error) => logger?.error({ err: describeError(error) }, 'background work failed'),
  });
  const { engine, database, where } = opened;
  const metrics = createMetrics(engine, database);
  counters.attempted = metrics.attempted;
  try {
    await opened.attachments.check?.().catch(plainly);
  } catch (error) {
    await opened.close();
    throw error;
  }
  return {
    backend: engine,
    engine,
    metrics,
    where,
    ready: () => engine.ping().then(() => true),
    close: () => opened.close(),
  };
}
