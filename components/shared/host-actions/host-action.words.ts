import { msg, str } from '@lit/localize';

import { formatInstant } from '../format.js';
import type { ActionAttempt } from './action-attempt.js';
import { hostText } from './host-text.js';
import type { HostAction } from './host-types.js';

/** What an action is called outside a button: without the dots that say that a form opens. */
export function plainLabel({ label }: HostAction): string {
  return hostText(label)
    .replace(/(…|\.{3})$/u, '')
    .trim();
}

/** What is known of an attempt whose end nobody saw. */
export function begunText({ begunAt }: ActionAttempt): string {
  const when = formatInstant(begunAt) ?? begunAt;
  return msg(
    str`This was begun on ${when}, and it is not known whether it was done. Look it up before you try again; trying again repeats the same attempt.`,
    { id: 'host-action.begun' },
  );
}

/** That there was no clear answer, with what the host said of it. */
export function unknownText(message: string | undefined): string {
  const unknown = msg(
    'There was no clear answer: it is not known whether this was done. Look it up before you try again; trying again repeats the same attempt.',
    { id: 'host-action.unknown' },
  );
  return message ? `${unknown} (${message})` : unknown;
}
