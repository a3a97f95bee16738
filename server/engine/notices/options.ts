import type { NoticeChannel } from './channel.js';

/** What became of one attempt: `retried` will be tried again, `dropped` was not to be sent any more. */
export type NoticeOutcome = 'sent' | 'retried' | 'failed' | 'dropped';

/** How people are told what happens. */
export interface NoticesOptions {
  /** The ways to reach them, at least one; closed with the engine. */
  readonly channels: readonly NoticeChannel[];
  /** Signs the links that end notices, 32 characters or more; whoever has it can make them. */
  readonly secret: string;
  /** Where this server is reached from outside, for those links; none are sent without. */
  readonly publicUrl?: string | undefined;
  /** Where a case opens in the host's pages, with `{id}`, `{number}` and `{tenant}` in place of what they say. */
  readonly caseUrl?: string | undefined;
  /** Attempts before a message is given up; 8 unless told. Those that nothing answered count only after `unansweredFor`. */
  readonly attempts?: number | undefined;
  /** Milliseconds a message waits for a server that does not answer at all; a day unless told. */
  readonly unansweredFor?: number | undefined;
  /** Milliseconds until the second attempt; each further wait is twice as long, an hour at most. 30,000 unless told. */
  readonly firstWait?: number | undefined;
  /** Milliseconds between looks without a wake-up; 5,000 unless told. */
  readonly pollEvery?: number | undefined;
  /** Told of each attempt, for metrics. Nothing it is told names a person or a tenant. */
  readonly onAttempt?: ((channel: string, outcome: NoticeOutcome) => void) | undefined;
}

const SLOWEST_WAIT = 3_600_000;

/** How long to wait after so many failures, in milliseconds. */
export function waitAfter(
  failures: number,
  { firstWait = 30_000 }: Pick<NoticesOptions, 'firstWait'>,
): number {
  return Math.min(firstWait * 2 ** (failures - 1), SLOWEST_WAIT);
}
