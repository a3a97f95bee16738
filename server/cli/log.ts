import { pino, type DestinationStream } from 'pino';

import { describeError } from '../middleware/describe-error.js';
import type { AppLogger } from '../middleware/env.js';
import type { Config } from './config.js';

/** The log of the server, on its standard output unless told: JSON, one line a request, and what failed. */
export function createLogger(level: Config['logLevel'] = 'info', destination?: DestinationStream): AppLogger {
  const options = {
    base: null,
    level,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: (error: unknown) => (error instanceof Error ? describeError(error) : error) },
  };
  return destination ? pino(options, destination) : pino(options);
}
