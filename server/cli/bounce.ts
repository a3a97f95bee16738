import { createReadStream } from 'node:fs';

import { PlainError } from '../embedded/plain-error.js';
import type { Environment } from './config.js';
import { openEngine, reasonOf } from './database.js';
import { commandHelp } from './help.js';
import { common, configured, parse, say } from './options.js';

// EX_TEMPFAIL of sysexits.h: a mail server hands the message over again.
const later = 75;
// What is longer is no report: those hold our own message at most, which is short.
const MOST_BYTES = 10_000_000;

/** `casement bounce`. */
export async function bounceCommand(
  argv: readonly string[],
  environment: Environment,
  input: AsyncIterable<Uint8Array> = process.stdin,
): Promise<number> {
  const { values, positionals } = parse(argv, common);
  if (values.help) {
    console.log(commandHelp('bounce'));
    return 0;
  }
  const [file, ...others] = positionals;
  if (others.length > 0) throw new PlainError('Name one file, or none: casement bounce < MESSAGE');
  const config = configured(environment, {
    CASEMENT_DATA: values.data,
    CASEMENT_CONFIG: values.config,
  });
  if (config.foreign) throw new PlainError('Notices are sent by our own engine alone: no mail comes back.');
  const message = await read(file === undefined ? input : createReadStream(file)).catch((error: Error) => {
    throw new PlainError(`The message cannot be read: ${error.message}.`, { cause: error });
  });
  // Other commands have nothing to do with mail.
  const { readDeliveryReport } = await import('../notices/delivery-report.js');
  const bounce = message && (await readDeliveryReport(message));
  if (!bounce) {
    console.log('This message does not report that mail of ours came back. Nothing is changed.');
    return 0;
  }
  try {
    const opened = await openEngine(config, { notice: say });
    try {
      const found = await opened.engine.bounceNotice(bounce);
      console.log(
        found ? 'Shown as not delivered.' : 'That message is not known as delivered. Nothing is changed.',
      );
      return 0;
    } finally {
      await opened.close();
    }
  } catch (error) {
    say(error instanceof PlainError ? error.message : reasonOf(error));
    say('Hand the message over again once that is mended.');
    return later;
  }
}

/** The whole of it; `null` for what is too long. */
async function read(input: AsyncIterable<Uint8Array>): Promise<Uint8Array<ArrayBuffer> | null> {
  const parts: Uint8Array[] = [];
  let length = 0;
  // Read to its end in any case: whoever hands it over is not cut off.
  for await (const part of input) {
    length += part.length;
    if (length <= MOST_BYTES) parts.push(part);
  }
  return length > MOST_BYTES ? null : new Uint8Array(Buffer.concat(parts));
}
