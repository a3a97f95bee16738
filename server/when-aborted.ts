// A signal looks through its listeners for each that comes or goes, and warns at the eleventh.
const waiting = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls `listener` when the signal aborts, at once when it already has. For signals that very many wait for.
 *
 * @param listener - Must not throw: those after it would not be called.
 * @returns how to stop waiting.
 */
export function whenAborted(signal: AbortSignal, listener: () => void): () => void {
  if (signal.aborted) {
    listener();
    return () => undefined;
  }
  const listeners = waiting.get(signal) ?? listenersOf(signal);
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

function listenersOf(signal: AbortSignal): Set<() => void> {
  const listeners = new Set<() => void>();
  waiting.set(signal, listeners);
  const abort = () => {
    for (const listener of listeners) listener();
    listeners.clear();
  };
  signal.addEventListener('abort', abort, { once: true });
  return listeners;
}
