import type { Choice } from '../../../src/contract/settings.js';

const words = { close: 'Closed', reopen: 'Reopened' } as const;

/** What was done to the status of a case. */
export type StatusAction = keyof typeof words;

/** Why a case was closed or reopened, in words that a person reads in Request Tracker, too: `Closed: Resolved.` and the explanation. */
export function statusText(action: StatusAction, reason: Choice, note: string): string {
  return `${words[action]}: ${reason.label}.\n\n${note}`;
}

/** What such a text says; `undefined` for any other text. */
export function readStatusText(
  action: StatusAction,
  text: string,
  reasons: readonly Choice[],
): { readonly reason: string; readonly note: string } | undefined {
  const found = /^(\w+): ([^\n]{1,200})\.(?:\n\n?([\s\S]*))?$/.exec(text.trim());
  if (found?.[1] !== words[action]) return undefined;
  const [, , label = '', note = ''] = found;
  return { reason: reasons.find((each) => each.label === label)?.id ?? label, note };
}
