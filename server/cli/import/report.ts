import { createWriteStream, type WriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { finished } from 'node:stream/promises';

import { PlainError } from '../../embedded/plain-error.js';

/** Collects the rows that could not be taken, in a CSV file that exists only when there are any. */
export interface RejectReport {
  add(line: number, reference: string, reason: string): Promise<void>;
  close(): Promise<void>;
}

/** Begins a report; that of an earlier run under the same name goes. */
export async function createReport(file: string): Promise<RejectReport> {
  await rm(file, { force: true });
  let stream: WriteStream | undefined;
  let failure: Error | undefined;

  function open(): WriteStream {
    const opened = createWriteStream(file);
    opened.on('error', (error) => (failure = error));
    opened.write('line,reference,reason\n');
    return opened;
  }

  function check(): void {
    if (failure)
      throw new PlainError(`The report ${file} cannot be written: ${failure.message}.`, { cause: failure });
  }

  return {
    async add(line, reference, reason) {
      check();
      stream ??= open();
      const fits = stream.write(`${line},${cell(reference)},${cell(reason)}\n`);
      if (!fits)
        await new Promise<void>((resolve) => stream?.once('drain', resolve).once('error', () => resolve()));
    },
    async close() {
      if (!stream) return;
      stream.end();
      await finished(stream).catch(() => undefined);
      check();
    },
  };
}

// A cell that begins like a formula would be run by a spreadsheet: the quote before it makes it text.
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
