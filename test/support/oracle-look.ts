import type { CaseSummary } from '../../src/contract/cases.js';
import type { Answer, Caller } from './app.js';

/** One thing somebody asks for: what they should be told, and what they are. */
export interface Look {
  readonly what: string;
  readonly wanted: unknown;
  readonly ask: () => Promise<unknown>;
}

/** What they read in the answer; its status where it is a refusal. */
export function lookAt<T>(
  caller: Caller,
  what: string,
  wanted: unknown,
  path: string,
  read: (body: T) => unknown,
): Look {
  return { what, wanted, ask: async () => told(await caller.get<T>(path), read) };
}

export function told<T>({ status, body }: Answer<T>, read: (body: T) => unknown): unknown {
  return status === 200 ? read(body) : status;
}

export function nameOf({ subject }: Pick<CaseSummary, 'subject'>): string {
  return subject.split(' ').at(-1) ?? '';
}

export function sorted(values: readonly string[]): string[] {
  return [...values].sort();
}
