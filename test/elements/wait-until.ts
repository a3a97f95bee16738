import { waitUntil as waitUntilWithin } from '@open-wc/testing';

/** Waits until something is so: as long as a test may take, for other work on the machine is no failure. */
export function waitUntil(what: () => unknown, message?: string): Promise<void> {
  return waitUntilWithin(what, message, { timeout: 50_000 });
}
