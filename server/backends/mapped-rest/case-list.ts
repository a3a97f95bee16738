import type { CaseQuery, CaseSummary } from '../../../src/contract/cases.js';
import type { Page } from '../../../src/contract/common.js';
import type { Settings } from '../../../src/contract/settings.js';
import { BackendError } from '../../backend-error.js';
import { collect, collectAll, mostSorted, pageOfAll, type Asked } from './collect.js';
import { comparator, narrow, sortQuery } from './filters.js';
import type { MappedRestOptions } from './options.js';
import { fillQuery } from './templates.js';
import type { View } from './view.js';

/** Without an order asked for, the newest change comes first. */
const usual = '-updated';

/** The cases that match. What the API cannot be asked for is looked at here, page after page. */
export async function listCases(
  view: View,
  options: MappedRestOptions,
  settings: Settings,
  given: CaseQuery,
): Promise<Page<CaseSummary>> {
  const { actor, api } = view;
  const { list } = options.cases;
  const query = actor.kind === 'customer' ? ofCustomer(given, actor.customer) : given;
  const narrowing = query && narrow(query, options);
  const { cursor, limit, count, sort: asked, ...filters } = given;
  const sort = asked ?? usual;
  const name = JSON.stringify(['cases', actor.kind, actor.customer, sort, Object.entries(filters).sort()]);
  const place = { cursor, limit };
  if (!narrowing || narrowing.nothing) {
    return { ...pageOfAll<CaseSummary>(name, [], place), ...(count === 'true' && { total: 0 }) };
  }
  const { slots, keep } = narrowing;
  const order = sortQuery(sort, options);
  const source: Asked<CaseSummary> = {
    api,
    list,
    slots,
    query: fillQuery({ ...list.query, ...order }, slots, list.lists),
    name,
    narrowed: keep !== undefined,
    async read(record) {
      const found = await view.summaryOf(record);
      return found && (keep?.(found) ?? true) ? found : undefined;
    },
  };
  if (order || asked === undefined) {
    const { total, ...page } = await collect(source, place);
    // A total of the API's counts what we have left out.
    return count === 'true' && !keep && total !== undefined ? { ...page, total } : page;
  }
  const all = await collectAll(source, mostSorted);
  if (!all) {
    throw new BackendError('capability_missing', {
      detail: `${options.name} has no such order, and these are too many to be put in order here.`,
    });
  }
  const compare = comparator(
    sort,
    settings.priorities.map(({ id }) => id),
  );
  const sorted = all.sort((one, other) => compare(one, other));
  return { ...pageOfAll(name, sorted, place), ...(count === 'true' && { total: sorted.length }) };
}

/** What a customer's query may be about: their own account alone; nothing where it is about another, or they have none. */
function ofCustomer(query: CaseQuery, customer: string | null): CaseQuery | undefined {
  if (customer === null || (query.customerId !== undefined && query.customerId !== customer))
    return undefined;
  return { ...query, customerId: customer };
}
