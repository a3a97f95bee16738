import type { Disclosure as Told } from '../../src/contract/preview.js';
import { isConflictError } from '../../src/errors.js';

/** What a customer would read besides what is written from now on (CU-06). */
export interface Disclosure {
  readonly count: number;
  readonly oldest: string | null;
  /** The names of those who read them so far. */
  readonly readers: readonly string[];
  /** Somebody of another organisation joins (CU-07). */
  readonly otherOrganisations: boolean;
}

/** What a preview tells of the earlier notes. */
export function disclosureIn({ notes, oldest, readers, otherOrganisations }: Told): Disclosure {
  return { count: notes, oldest, readers: readers.map(({ name }) => name), otherOrganisations };
}

/** What the server says of earlier notes that nobody confirmed yet; `undefined` for any other error. */
export function disclosureOf(error: unknown): Disclosure | undefined {
  if (!isConflictError(error) || error.code !== 'history_disclosure_unconfirmed') return undefined;
  const { count, oldest, recipients, otherOrganisations } = (error.current ?? {}) as Partial<
    Record<string, unknown>
  >;
  return {
    count: typeof count === 'number' ? count : 0,
    oldest: typeof oldest === 'string' ? oldest : null,
    readers: Array.isArray(recipients) ? recipients.map(String) : [],
    otherOrganisations: otherOrganisations === true,
  };
}
