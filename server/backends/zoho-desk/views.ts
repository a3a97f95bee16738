import type { Page } from '../../../src/contract/common.js';
import type { View, ViewQuery } from '../../../src/contract/views.js';
import type { CallContext } from '../../backend.js';
import { BackendError } from '../../backend-error.js';
import { refuse } from '../../engine/policy/verdict.js';
import { encodePlace, readPlace } from '../cursors.js';
import type { Desk } from './desk.js';
import type { AgentViewer } from './viewers.js';
import { parseList, viewSchema } from './wire.js';

/** The views every Zoho Desk has, by their fixed names, and what they mean. What a view of the company's own shows, Zoho does not say. */
const meanings: Readonly<Record<string, (viewer: AgentViewer) => View['filters']>> = {
  'all-cases': () => ({}),
  'open-cases': () => ({ status: ['open'] }),
  'closed-cases': () => ({ status: ['closed'] }),
  'my-open-cases': ({ id }) => ({ status: ['open'], assigneeId: id }),
  'overdue-cases': () => ({ due: 'overdue' }),
};

async function viewsOf(desk: Desk, context: CallContext): Promise<View[]> {
  const viewer = await desk.viewers.of(context);
  if (viewer.kind === 'customer') return [];
  const rows = parseList(viewSchema, await desk.client.read('/views', { module: 'tickets' }, context.signal));
  const no = refuse('backend.capability', 'Views are edited in Zoho Desk.');
  return rows.flatMap(({ id, name, displayLabel, sanitizedName }) => {
    const filters = meanings[sanitizedName ?? '']?.(viewer);
    if (!filters) return [];
    return {
      id,
      version: '1',
      name: displayLabel ?? name ?? id,
      filters,
      visibility: { kind: 'roles', roles: [...viewer.actor.roles] },
      owner: null,
      updatedAt: null,
      permissions: { edit: no, remove: no },
      warnings: [],
    };
  });
}

export async function listViews(desk: Desk, query: ViewQuery, context: CallContext): Promise<Page<View>> {
  const found = (await viewsOf(desk, context)).sort((a, b) => a.name.localeCompare(b.name));
  const start = readPlace('zoho-views', query.cursor, 0);
  const end = start + (query.limit ?? 25);
  return {
    items: found.slice(start, end),
    next: end < found.length ? encodePlace('zoho-views', end) : null,
    ...(query.count === 'true' && { total: found.length }),
  };
}

export async function getView(desk: Desk, id: string, context: CallContext): Promise<View> {
  const view = (await viewsOf(desk, context)).find((each) => each.id === id);
  if (!view) throw new BackendError('not_found');
  return view;
}
