import type { CaseQuery, CaseSort } from '../../../src/contract/cases.js';
import { caseStatuses } from '../../../src/contract/cases.js';
import { BackendError } from '../../backend-error.js';
import type { CaseFields, List, MappedRestOptions } from './options.js';
import type { PlainCase } from './records.js';
import { placeholdersIn, type Slots } from './templates.js';
import { fieldDate, theirId, theirValues } from './values.js';

type FilterName = Exclude<
  keyof CaseQuery,
  | 'cursor'
  | 'limit'
  | 'count'
  | 'sort'
  | 'shared'
  | 'sharedWithCustomerId'
  | 'sharedWithOrganisationId'
  | 'projectId'
  | 'link'
>;

/** What the API is asked for, and what of the filters is left to us because it cannot be asked. */
export interface Narrowing {
  readonly slots: Slots;
  /** Whether a case it answers is one that was asked for; absent where the API has seen to all of it. */
  readonly keep?: ((found: PlainCase) => boolean) | undefined;
  /** No case can match. */
  readonly nothing: boolean;
}

interface Rule {
  /** The field of the mapping that a case must tell, for us to filter by it. */
  readonly needs?: keyof CaseFields;
  readonly keep?: (found: PlainCase) => boolean;
  readonly slot: unknown;
}

/**
 * Splits the filters of a list. Sent is what the mapping has a placeholder for and the API has values for; the rest is looked
 * at case by case.
 *
 * @throws {BackendError} `capability_missing` for what neither the API nor its records can tell.
 */
export function narrow(query: CaseQuery, options: MappedRestOptions): Narrowing {
  const { list, fields } = options.cases;
  const inQuery = new Set(placeholdersIn({ path: list.path, query: list.query }));
  const unknown = [
    'shared',
    'sharedWithCustomerId',
    'sharedWithOrganisationId',
    'projectId',
    'link',
  ] as const;
  if (unknown.some((name) => query[name] !== undefined)) throw cannot('be narrowed like this', options);
  const slots: Record<string, unknown> = {};
  const keeps: ((found: PlainCase) => boolean)[] = [];
  let nothing = false;
  for (const [name, rule] of Object.entries(rulesOf(query, options)) as [FilterName, Rule][]) {
    const { slot, needs, keep } = rule;
    const isMany = Array.isArray(slot);
    if (slot === undefined || (isMany && slot.length === 0)) nothing = true;
    if (inQuery.has(name) && !nothing && (!isMany || slot.length === 1 || list.lists !== 'single')) {
      slots[name] = isMany && list.lists === 'single' ? (slot as unknown[])[0] : slot;
      continue;
    }
    if (!keep || (needs !== undefined && fields[needs] === undefined)) {
      throw cannot(`be narrowed by ${name}`, options);
    }
    keeps.push(keep);
  }
  const keep = keeps.length === 0 ? undefined : (found: PlainCase) => keeps.every((each) => each(found));
  return { slots, keep, nothing };
}

function rulesOf(query: CaseQuery, { cases: { fields }, ids, dates }: MappedRestOptions) {
  const rules: Partial<Record<FilterName, Rule>> = {};
  const { customerId, assigneeId, raisedAfter, raisedBefore, dueBy, dueAfter, overdueOn, q } = query;
  const values = (given: readonly string[], field: CaseFields['type']) => [
    ...new Set(given.flatMap((value) => theirValues(value, field))),
  ];
  const day = (date: string) => fieldDate(date, fields.deadline, 'iso');
  const due = (found: PlainCase, compare: (day: string) => boolean) =>
    typeof found.deadline === 'string' && compare(found.deadline);
  const raised = (found: PlainCase, compare: (ms: number) => boolean) =>
    compare(Date.parse(found.createdAt ?? ''));

  if (customerId !== undefined) {
    rules.customerId = {
      slot: theirId(customerId, 'customer', ids),
      keep: ({ customer }) => customer?.id === customerId,
    };
  }
  // Both statuses are no filter at all.
  const statuses = new Set(query.status ?? []);
  if (statuses.size > 0 && statuses.size < caseStatuses.length) {
    rules.status = {
      slot: values([...statuses], fields.status),
      keep: ({ status }) => (statuses as Set<string>).has(status),
    };
  }
  for (const name of ['type', 'priority'] as const) {
    const given = query[name];
    if (given === undefined) continue;
    rules[name] = {
      needs: name,
      slot: values(given, fields[name]),
      keep: (found) => given.includes(found[name] ?? ''),
    };
  }
  const wanted = query.tag?.map((tag) => tag.toLowerCase());
  if (wanted) {
    rules.tag = {
      needs: 'tags',
      slot: query.tag,
      keep: ({ tags = [] }) => tags.some((tag) => wanted.includes(tag.toLowerCase())),
    };
  }
  if (assigneeId !== undefined) {
    rules.assigneeId = {
      needs: 'assignee',
      slot: theirId(assigneeId, 'agent', ids),
      keep: ({ assignee }) => assignee?.id === assigneeId,
    };
  }
  if (raisedAfter !== undefined) {
    const from = Date.parse(raisedAfter);
    const slot = fieldDate(raisedAfter, fields.createdAt, dates);
    rules.raisedAfter = { needs: 'createdAt', slot, keep: (found) => raised(found, (ms) => ms >= from) };
  }
  if (raisedBefore !== undefined) {
    const end = Date.parse(raisedBefore);
    const slot = fieldDate(raisedBefore, fields.createdAt, dates);
    rules.raisedBefore = { needs: 'createdAt', slot, keep: (found) => raised(found, (ms) => ms < end) };
  }
  if (query.deadline !== undefined) {
    const isSet = query.deadline === 'set';
    rules.deadline = {
      needs: 'deadline',
      slot: query.deadline,
      keep: ({ deadline }) => (typeof deadline === 'string') === isSet,
    };
  }
  if (dueBy !== undefined) {
    rules.dueBy = { needs: 'deadline', slot: day(dueBy), keep: (found) => due(found, (d) => d <= dueBy) };
  }
  if (dueAfter !== undefined) {
    const keep = (found: PlainCase) => due(found, (d) => d >= dueAfter);
    rules.dueAfter = { needs: 'deadline', slot: day(dueAfter), keep };
  }
  if (overdueOn !== undefined) {
    const keep = (found: PlainCase) => found.status === 'open' && due(found, (d) => d < overdueOn);
    rules.overdueOn = { needs: 'deadline', slot: day(overdueOn), keep };
  }
  if (q !== undefined && q.trim() !== '') rules.q = { slot: q.trim() };
  return rules;
}

/** What a list is asked for an order; `undefined` where the API has none for it. */
export function sortQuery(
  sort: CaseSort,
  { cases: { sorts = {} } }: MappedRestOptions,
): Readonly<Record<string, string>> | undefined {
  return sorts[sort];
}

/** Whether a list can be asked for words. */
export function canSearch({ path, query }: List): boolean {
  return placeholdersIn({ path, query }).includes('q');
}

/** How cases stand in an order the API has not; those without what it goes by come last. */
export function comparator(
  sort: CaseSort,
  priorities: readonly string[],
): (one: PlainCase, other: PlainCase) => number {
  const descending = sort.startsWith('-');
  const name = sort.replace('-', '');
  const keyOf = (found: PlainCase): string | number | null => {
    if (name === 'number') return found.number;
    if (name === 'created') return found.createdAt;
    if (name === 'updated') return found.updatedAt;
    if (name === 'deadline') return found.deadline ?? null;
    const rank = priorities.indexOf(found.priority ?? '');
    // The list begins with the highest, and the highest is what descending begins with.
    return rank === -1 ? null : -rank;
  };
  return (one, other) => {
    const [a, b] = [keyOf(one), keyOf(other)];
    if (a === null || b === null) return a === b ? other.number - one.number : a === null ? 1 : -1;
    if (a === b) return other.number - one.number;
    return a < b === descending ? 1 : -1;
  };
}

function cannot(what: string, { name }: MappedRestOptions): BackendError {
  return new BackendError('capability_missing', { detail: `${name}: its list of cases cannot ${what}.` });
}
