import type { Choice } from '../../../src/contract/settings.js';
import { every } from './ticket-sql.js';

/** Priorities by their ids, where Request Tracker keeps a number. */
export interface PriorityScale {
  /** What to write for a priority; `undefined` for one that has no number. */
  numberOf(id: string | null): number | undefined;
  /** The priority whose number is nearest. */
  idOf(number: string): string | null;
  /** The condition that finds the tickets of a priority; `undefined` where nothing could. */
  condition(id: string): string | undefined;
}

/** Spreads what has no number of its own evenly from 100 down to 0, as the lists have the highest first. */
export function priorityScale(
  choices: readonly Choice[],
  numbers: Readonly<Record<string, number>> = {},
): PriorityScale {
  const last = Math.max(1, choices.length - 1);
  const steps = choices
    .map(({ id }, index) => ({
      id,
      number: Object.hasOwn(numbers, id)
        ? (numbers[id] ?? 0)
        : Math.round(((last - Math.min(index, last)) * 100) / last),
    }))
    .sort((one, other) => one.number - other.number);
  // The first number that belongs to a step: halfway from the one below.
  const from = steps.map(({ number }, index) =>
    index === 0 ? -Infinity : Math.ceil((number + (steps[index - 1]?.number ?? 0)) / 2),
  );

  return {
    numberOf: (id) => (id === null ? 0 : steps.find((step) => step.id === id)?.number),
    idOf(text) {
      const number = Number(text);
      if (text === '' || !Number.isFinite(number)) return null;
      return steps[from.findLastIndex((first) => number >= first)]?.id ?? null;
    },
    condition(id) {
      const index = steps.findIndex((step) => step.id === id);
      if (index === -1) return undefined;
      const first = from[index];
      const next = from[index + 1];
      const above = first === -Infinity ? 'Priority >= 0' : `Priority >= ${first}`;
      return every(above, next === undefined ? undefined : `Priority < ${next}`);
    },
  };
}
