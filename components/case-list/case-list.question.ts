import type { CaseQuery } from '../../src/contract/cases.js';
import type { Settings } from '../../src/contract/settings.js';
import type { QueryInput } from '../../src/http/request-options.js';
import type { ChosenView } from '../shared/chosen-view.js';
import { toCaseQuery, validateFilters, type CaseFilters } from '../shared/filter-state.js';

/** A question to the server, with the text that tells it from others. */
export interface Question {
  readonly key: string;
  readonly query: Omit<QueryInput<CaseQuery>, 'cursor'>;
}

/** What the question follows from. */
export interface Wanted {
  readonly compact: boolean;
  readonly compactLimit: number;
  readonly customerId: string | undefined;
  readonly filters: CaseFilters;
  /** What a view narrows the list by besides. */
  readonly also?: ChosenView['also'] | undefined;
  readonly settings: Settings | undefined;
  readonly today: string;
}

const pageSize = 25;

/**
 * Makes the question of a list, the same object as long as it is the same question.
 *
 * Filters that cannot be applied leave the last question standing, so that the list stays as it was (CC-05 to CC-13).
 */
export class ListQuestion {
  #current: Question | undefined;
  #scope = '';

  /** What was asked last. */
  get current(): Question | undefined {
    return this.#current;
  }

  get key(): string {
    return this.#current?.key ?? '';
  }

  /** Whose cases are wanted. */
  get shared() {
    return this.#current?.query.shared;
  }

  ask(wanted: Wanted): Question | undefined {
    const scope = scopeOf(wanted);
    if (scope !== this.#scope) this.#current = undefined;
    this.#scope = scope;
    const query = toQuery(wanted);
    if (!query) return this.#current;
    const key = JSON.stringify(query);
    if (key !== this.#current?.key) this.#current = { key, query };
    return this.#current;
  }
}

/** Whose cases are wanted, and in which shape. */
export function scopeOf({ compact, customerId }: Pick<Wanted, 'compact' | 'customerId'>): string {
  return JSON.stringify([compact, customerId]);
}

function toQuery(wanted: Wanted): Question['query'] | undefined {
  const { compact, compactLimit, customerId, filters, also, settings, today } = wanted;
  if (compact) {
    const limit = Math.min(100, Math.max(1, Math.trunc(compactLimit) || 1));
    return customerId ? { customerId, status: 'open', sort: '-created', limit, count: true } : undefined;
  }
  if (filters.priority && !settings) return undefined;
  if (validateFilters(filters, settings).length > 0) return undefined;
  return {
    ...also,
    ...toCaseQuery(filters, today),
    ...(customerId && { customerId }),
    limit: pageSize,
    count: true,
  };
}
