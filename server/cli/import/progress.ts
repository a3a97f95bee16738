import { Presets, SingleBar } from 'cli-progress';

/** Shows how far an import is, at which rate, and how long it will take. */
export interface Progress {
  update(bytes: number, rows: number): void;
  stop(): void;
}

const lineEveryMs = 5_000;

/** A bar on a terminal; elsewhere a plain line now and then. */
export function createProgress(totalBytes: number, stream: NodeJS.WriteStream): Progress {
  return stream.isTTY ? bar(totalBytes, stream) : lines(totalBytes, stream);
}

function bar(totalBytes: number, stream: NodeJS.WriteStream): Progress {
  const started = Date.now();
  const format = '{bar} {percentage}% | {rows} rows | {rate} rows/s | {left} left';
  const single = new SingleBar({ format, stream, hideCursor: true, etaBuffer: 50 }, Presets.shades_classic);
  single.start(totalBytes, 0, { rows: 0, rate: 0, left: '…' });
  return {
    update: (bytes, rows) => single.update(bytes, { rows, ...pace(started, totalBytes, bytes, rows) }),
    stop: () => single.stop(),
  };
}

function lines(totalBytes: number, stream: NodeJS.WriteStream): Progress {
  const started = Date.now();
  let written = started;
  return {
    update(bytes, rows) {
      if (Date.now() - written < lineEveryMs) return;
      written = Date.now();
      const { rate, left } = pace(started, totalBytes, bytes, rows);
      const percentage = Math.round((100 * bytes) / Math.max(1, totalBytes));
      stream.write(`${percentage}%, ${rows} rows, ${rate} rows/s, ${left} left\n`);
    },
    stop: () => undefined,
  };
}

function pace(
  started: number,
  totalBytes: number,
  bytes: number,
  rows: number,
): { rate: number; left: string } {
  const seconds = Math.max(0.001, (Date.now() - started) / 1000);
  const left = bytes > 0 ? Math.ceil(((totalBytes - bytes) * seconds) / bytes) : 0;
  const words = left >= 60 ? `${Math.floor(left / 60)} min ${left % 60} s` : `${left} s`;
  return { rate: Math.round(rows / seconds), left: words };
}
