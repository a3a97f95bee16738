import type { Actor } from '../../backend.js';
import type { Subscriber } from './subscriber.js';

/** Readers who are the same actor: what one of them may see, all may. */
export interface Audience {
  readonly actor: Actor;
  readonly readers: ReadonlySet<Subscriber>;
}

/** Everybody who follows, by tenant and actor. */
export interface Subscribers {
  readonly size: number;
  add(subscriber: Subscriber): void;
  remove(subscriber: Subscriber): void;
  /** Whether anybody of the tenant follows. */
  has(tenant: string): boolean;
  /** Who follows in these tenants; whoever leaves while one goes through them is passed over. */
  audiences(tenants: Iterable<string>): Iterable<Audience>;
  /** Ends all of them. */
  end(): void;
}

interface Group extends Audience {
  readonly readers: Set<Subscriber>;
}

export function createSubscribers(): Subscribers {
  const tenants = new Map<string, Map<string, Group>>();
  const groupOf = new Map<Subscriber, Group>();

  return {
    get size() {
      return groupOf.size;
    },
    add(subscriber) {
      const { actor } = subscriber;
      const groups = tenants.get(actor.tenant) ?? new Map<string, Group>();
      tenants.set(actor.tenant, groups);
      const key = keyOf(actor);
      const group = groups.get(key) ?? { actor, readers: new Set() };
      groups.set(key, group);
      group.readers.add(subscriber);
      groupOf.set(subscriber, group);
    },
    remove(subscriber) {
      const group = groupOf.get(subscriber);
      if (!group) return;
      groupOf.delete(subscriber);
      group.readers.delete(subscriber);
      if (group.readers.size > 0) return;
      const { tenant } = group.actor;
      const groups = tenants.get(tenant);
      groups?.delete(keyOf(group.actor));
      if (groups?.size === 0) tenants.delete(tenant);
    },
    has: (tenant) => tenants.has(tenant),
    *audiences(wanted) {
      for (const tenant of wanted) yield* tenants.get(tenant)?.values() ?? [];
    },
    end() {
      for (const subscriber of [...groupOf.keys()]) subscriber.end();
    },
  };
}

/** The whole actor, so that nothing the policy may ever look at is left out. */
function keyOf(actor: Actor): string {
  return JSON.stringify(actor);
}
