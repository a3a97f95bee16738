import type { NamedRef } from '../../../src/contract/common.js';
import type { CallContext } from '../../backend.js';
import { BackendError } from '../../backend-error.js';
import type { RequestTrackerSetup } from './options.js';
import { pageSize, type Tracker } from './tracker.js';
import { groupSchema, listOf, refSchema, userSchema, type RtGroup, type RtUser } from './wire.js';

/** Minutes what was found of people and queues is believed. */
const believedMs = 5 * 60_000;
const mostKept = 20_000;

/** What Request Tracker knows of people, queues and groups, as one reader may know it: nothing is shared among readers. */
export interface Directory {
  /** The queues the reader sees. */
  queues(context: CallContext): Promise<readonly NamedRef[]>;
  /** The queues that are inboxes, of those the reader sees. */
  inboxes(context: CallContext): Promise<readonly NamedRef[]>;
  /** The group that works a queue, where the reader knows of one. */
  groupOf(queue: NamedRef, context: CallContext): Promise<NamedRef | undefined>;
  /** A user by name or number; `undefined` where the reader may not know of them. */
  user(name: string, context: CallContext): Promise<RtUser | undefined>;
  /** A group by its number. */
  group(id: string, context: CallContext): Promise<RtGroup | undefined>;
  /** The people of the groups that work the queues: who a ticket may be given to. */
  agents(context: CallContext): Promise<readonly RtUser[]>;
}

export function createDirectory(
  tracker: Tracker,
  setup: RequestTrackerSetup,
  clock: () => number,
): Directory {
  const kept = new Map<string, { readonly at: number; readonly value: Promise<unknown> }>();

  /** Asks once in a while for each reader. */
  function believed<T>({ actor }: CallContext, what: string, ask: () => Promise<T>): Promise<T> {
    const key = JSON.stringify([actor.tenant, actor.kind, actor.id, actor.email, what]);
    const known = kept.get(key);
    if (known && clock() - known.at < believedMs) return known.value as Promise<T>;
    kept.delete(key);
    const [oldest] = kept.keys();
    if (kept.size >= mostKept && oldest !== undefined) kept.delete(oldest);
    const entry = { at: clock(), value: ask() };
    kept.set(key, entry);
    entry.value.catch(() => {
      if (kept.get(key) === entry) kept.delete(key);
    });
    return entry.value;
  }

  const directory: Directory = {
    queues: (context) =>
      believed(context, 'queues', async () => {
        const rows = await allRows('/queues/all', { fields: 'Name' }, context);
        return rows.map(({ id, Name }) => ({ id, name: Name ?? id }));
      }),

    async inboxes(context) {
      const queues = await directory.queues(context);
      const { inboxes } = setup;
      return inboxes ? queues.filter(({ name }) => inboxes.includes(name)) : queues;
    },

    async groupOf(queue, context) {
      const groups = await believed(context, 'groups', async () => {
        const query = { fields: 'Name', per_page: String(pageSize) };
        const conditions = [{ field: 'Domain', value: 'UserDefined' }];
        const { items } = await tracker.search(listOf(refSchema), '/groups', conditions, query, context);
        return items;
      });
      const wanted = setup.groups?.[queue.name] ?? queue.name;
      const found = groups.find(({ Name }) => Name?.toLowerCase() === wanted.toLowerCase());
      return found && { id: found.id, name: found.Name ?? found.id };
    },

    user: (name, context) =>
      believed(context, `user ${name}`, () =>
        orUnknown(tracker.read(userSchema, `/user/${encodeURIComponent(name)}`, {}, context)),
      ),

    group: (id, context) =>
      believed(context, `group ${id}`, () =>
        orUnknown(tracker.read(groupSchema, `/group/${encodeURIComponent(id)}`, {}, context)),
      ),

    agents: (context) =>
      believed(context, 'agents', async () => {
        const queues = await directory.queues(context);
        const groups = await Promise.all(queues.map((queue) => directory.groupOf(queue, context)));
        const whole = await Promise.all(
          groups.flatMap((group) => (group ? [directory.group(group.id, context)] : [])),
        );
        const members = whole.flatMap((group) => group?.Members ?? []);
        const names = new Set(members.filter(({ type }) => type === 'user').map(({ id }) => id));
        const users = await Promise.all([...names].map((name) => directory.user(name, context)));
        return users.filter((user) => user !== undefined && user.Name !== '') as RtUser[];
      }),
  };

  async function allRows(path: string, query: Record<string, string>, context: CallContext) {
    const rows = [];
    for (let page = 1; ; page += 1) {
      const { items } = await tracker.read(
        listOf(refSchema),
        path,
        { ...query, per_page: String(pageSize), page: String(page) },
        context,
      );
      rows.push(...items);
      if (items.length < pageSize) return rows;
    }
  }

  return directory;
}

/** What the reader may not read is as if it were not there. */
async function orUnknown<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof BackendError && error.code === 'not_found') return undefined;
    throw error;
  }
}
