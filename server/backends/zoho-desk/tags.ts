import type { Page } from '../../../src/contract/common.js';
import type { Tag, TagQuery } from '../../../src/contract/tags.js';
import type { CallContext } from '../../backend.js';
import type { Desk } from './desk.js';
import { parseList, tagSchema } from './wire.js';

const largest = 100;

/** The tags of an agent's departments, the most used first. Zoho counts by department, so customers are told of none. */
export async function listTags(desk: Desk, query: TagQuery, context: CallContext): Promise<Page<Tag>> {
  const viewer = await desk.viewers.of(context);
  if (viewer.kind === 'customer' || viewer.onlyOwn || query.customerId !== undefined)
    return { items: [], next: null };
  const lists = await Promise.all(
    [...viewer.departments].map(async (departmentId) =>
      parseList(
        tagSchema,
        await desk.client.read(
          '/ticketTags',
          { departmentId, from: 0, limit: largest, sortBy: 'count' },
          context.signal,
        ),
      ),
    ),
  );
  const counts = new Map<string, Tag>();
  for (const { name, ticketCount } of lists.flat()) {
    if (!name || !ticketCount) continue;
    const key = name.toLowerCase();
    const before = counts.get(key);
    counts.set(key, { tag: before?.tag ?? name, count: (before?.count ?? 0) + ticketCount });
  }
  const wanted = (query.q ?? '').toLowerCase();
  const items = [...counts.values()]
    .filter(({ tag }) => tag.toLowerCase().includes(wanted))
    .sort((a, b) => b.count - a.count || a.tag.localeCompare(b.tag));
  return { items: items.slice(0, query.limit ?? 25), next: null };
}
