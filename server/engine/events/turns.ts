/** Resolves after whatever else waits has had its turn: requests, timers, what was written. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    // A page has no `setImmediate`; Node's `setTimeout` waits a millisecond even when nothing else does.
    if (typeof setImmediate === 'function') setImmediate(resolve);
    else setTimeout(resolve);
  });
}
