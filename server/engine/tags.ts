import { sql } from 'kysely';

import type { Page } from '../../src/contract/common.js';
import type { Tag, TagQuery } from '../../src/contract/tags.js';
import type { CallContext } from '../backend.js';
import { requireCustomer } from './case-list.js';
import { now, type EngineContext } from './context.js';
import { checkWords } from './name-pages.js';
import { hiddenFromCustomers } from './policy/masks.js';
import { visibleCases } from './policy/visibility.js';
import { loadScope, requireTenant } from './scope.js';

/** The tags of the cases the actor may see, the most used first. */
export async function listTags(
  context: EngineContext,
  query: TagQuery,
  { actor }: CallContext,
): Promise<Page<Tag>> {
  const { db } = context;
  const scope = await loadScope(db, actor, now(context));
  requireTenant(scope, 'listCases');
  checkWords(query);
  // CU-26: of a field that is not shown there is nothing to suggest. What others shared is in none of this.
  if (actor.kind === 'customer' && hiddenFromCustomers(scope.settings).has('tags'))
    return { items: [], next: null };
  const { customerId, q = '', limit = 25 } = query;
  if (customerId !== undefined) await requireCustomer(db, customerId, scope);
  const visible = visibleCases(actor, scope.settings, scope.grants, 'list');
  const ofCustomer = customerId === undefined ? sql`true` : sql`c.customer_id = ${customerId}`;
  const { rows } = await sql<Tag>`
    select t.tag, count(*)::integer as count from cases c cross join unnest(c.tags) as t (tag)
    where c.tenant = ${actor.tenant} and ${visible} and ${ofCustomer}
      and strpos(lower(t.tag), lower(${q.trim()})) > 0
    group by t.tag order by count(*) desc, t.tag collate "C" limit ${limit}`.execute(db);
  return { items: rows, next: null };
}
