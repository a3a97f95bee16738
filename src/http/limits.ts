import { NetworkError } from '../errors.js';

/** What a cancelled call rejects with. */
export function abortError(): DOMException {
  return new DOMException('The call was cancelled.', 'AbortError');
}

/** As much of an `AbortSignal` as a limit needs. */
export interface Ending {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** An ending that any number of calls may listen to at once: of an `AbortSignal` Node suspects a leak after ten. */
export function createEnding(): { readonly signal: Ending; abort(): void } {
  const listeners = new Set<() => void>();
  let aborted = false;
  return {
    signal: {
      get aborted() {
        return aborted;
      },
      addEventListener: (_, listener) => void listeners.add(listener),
      removeEventListener: (_, listener) => void listeners.delete(listener),
    },
    abort() {
      aborted = true;
      for (const listener of [...listeners]) listener();
    },
  };
}

/**
 * Runs a task that must end when one of `signals` aborts or the time is up.
 *
 * The answer settles at once then, whether or not the task heeds the signal it is given.
 */
export function withLimits<T>(
  signals: readonly (Ending | undefined)[],
  milliseconds: number,
  task: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  let release = () => {};
  return new Promise<T>((resolve, reject) => {
    const end = (error: Error) => {
      reject(error);
      controller.abort();
    };
    const abort = () => end(abortError());
    const timer =
      milliseconds === Infinity
        ? undefined
        : setTimeout(
            () => end(new NetworkError('No answer came in time.', { code: 'timeout' })),
            milliseconds,
          );
    release = () => {
      clearTimeout(timer);
      for (const signal of signals) signal?.removeEventListener('abort', abort);
    };
    for (const signal of signals) signal?.addEventListener('abort', abort);
    if (signals.some((signal) => signal?.aborted)) abort();
    else task(controller.signal).then(resolve, reject);
  }).finally(() => release());
}

/** Waits; rejects with `AbortError` when one of `signals` aborts. */
export function pause(milliseconds: number, signals: readonly (Ending | undefined)[]): Promise<void> {
  let timer: ReturnType<typeof setTimeout>;
  const wait = () => new Promise<void>((resolve) => (timer = setTimeout(resolve, milliseconds)));
  return withLimits(signals, Infinity, wait).finally(() => clearTimeout(timer));
}
