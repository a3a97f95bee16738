import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import type { Config } from '../server/cli/config.js';
import { startServer, type MountTools, type RunningServer } from '../server/cli/serve.js';
import { BillingLedger } from './billing.js';
import { larkwellPages } from './host.js';

/** Of the cases of Larkwell Fibre, in whatever system they are. */
export const tenant = 'default';

/** What differs from case system to case system. */
export interface DemoOptions {
  /** What the case system calls Larkwell's customers, where it has ids of its own. */
  readonly customerIds?: Readonly<Record<string, string>> | undefined;
  /** Called before the pages are there. */
  readonly prepare?: ((tools: MountTools) => Promise<void>) | undefined;
  readonly notice?: ((text: string) => void) | undefined;
}

/**
 * Starts the server of the configuration with the pages of Larkwell Fibre on the same port: the same pages, whatever the backend is.
 *
 * @throws {PlainError} when something a person can mend is in the way.
 */
export function openDemo(config: Config, options: DemoOptions = {}): Promise<RunningServer> {
  const { customerIds, prepare, notice } = options;
  return startServer({
    ...config,
    // The pages hand a token to whoever asks, so they answer on this machine only and sign with their own secret.
    host: '127.0.0.1',
    jwksUrl: undefined,
    notice,
    async mount(app, tools) {
      await mkdir(config.dataFolder, { recursive: true });
      await prepare?.(tools);
      app.route(
        '/',
        larkwellPages({
          ledger: await BillingLedger.open(join(config.dataFolder, 'larkwell-billing.json')),
          sign: (claims) => tools.sign({ ...claims, tenant }, '10m'),
          stopping: tools.stopping,
          customerIds,
        }),
      );
    },
  });
}
