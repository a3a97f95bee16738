import { ConfigErrorEvent } from '../shared/config-error.js';
import { ConfigWarningEvent } from '../shared/config-warning.events.js';
import { isDevelopment } from '../shared/development.js';

/** Tells the page that the list cannot work as it is set up (E-CONFIG). */
export function complain(list: Element, message: string): void {
  const event = new ConfigErrorEvent(message);
  list.dispatchEvent(event);
}

/**
 * Tells the page what the list left out because it does not know it: an error to those who build the page, a warning
 * once it is in use (CC-14).
 */
export function tellUnknown(list: Element, what: 'filter' | 'column', names: readonly string[]): void {
  if (names.length === 0) return;
  const message = `<case-list> does not know the ${what}s: ${names.join(', ')}.`;
  if (isDevelopment()) {
    complain(list, message);
    return;
  }
  const event = new ConfigWarningEvent(`unknown_${what}`, message);
  list.dispatchEvent(event);
}
