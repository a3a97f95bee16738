/** When something happened: minutes before the first start, or days before it at a time of day. */
export type Ago = number | readonly [days: number, time: `${number}:${number}`];

interface Entry {
  readonly ago: Ago;
  /** Id of the person. */
  readonly by: string;
  readonly visibility: 'internal' | 'public';
  readonly text: string;
}

/** One line of a case's past, in the order it happened. */
export type SampleEntry =
  | (Entry & { readonly kind: 'note'; readonly subject: string | null })
  | (Entry & { readonly kind: 'closure' | 'reopening'; readonly reason: string });

/** A case as it is written down here: ids of settings, people and customers, times relative to the first start. */
export interface SampleCase {
  readonly customer: string;
  readonly subject: string;
  readonly description: string;
  readonly type: string;
  readonly priority: string | null;
  readonly contact: string;
  readonly by: string;
  readonly raised: Ago;
  readonly department?: string;
  readonly assignee?: string;
  /** Left out: the customer's main contact, or the writer when that is a customer. */
  readonly requester?: string;
  /** Days from the first start; negative is overdue. */
  readonly deadline?: number;
  readonly tags?: readonly string[];
  readonly entries?: readonly SampleEntry[];
}

/** An internal note, agents only. */
export function internal(ago: Ago, by: string, subject: string, text: string): SampleEntry {
  return { kind: 'note', visibility: 'internal', ago, by, subject, text };
}

/** An agent's note that the customer reads too. */
export function answer(ago: Ago, by: string, text: string, subject = 'answer-to-customer'): SampleEntry {
  return { kind: 'note', visibility: 'public', ago, by, subject, text };
}

/** What a customer wrote. */
export function reply(ago: Ago, by: string, text: string): SampleEntry {
  return { kind: 'note', visibility: 'public', ago, by, subject: null, text };
}

/** The case was closed. */
export function closed(
  ago: Ago,
  by: string,
  reason: string,
  text: string,
  visibility: 'internal' | 'public' = 'public',
): SampleEntry {
  return { kind: 'closure', visibility, ago, by, reason, text };
}

/** The case was opened again. */
export function reopened(ago: Ago, by: string, reason: string, text: string): SampleEntry {
  return { kind: 'reopening', visibility: 'internal', ago, by, reason, text };
}
