import { currentLocale } from '../locale.js';
import type { HostText } from './host-types.js';

/** A text of the host in the language in use. */
export function hostText(text: HostText): string {
  return typeof text === 'function' ? text(currentLocale()) : text;
}
