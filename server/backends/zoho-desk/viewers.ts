import type { Actor, CallContext } from '../../backend.js';
import { BackendError } from '../../backend-error.js';
import { hasCaseRole } from '../../engine/policy/facts.js';
import { requireTenant, unknownUser, vendorNameOf } from '../identities.js';
import type { DeskClient } from './desk-client.js';
import type { ZohoDeskOptions } from './options.js';
import {
  agentSchema,
  contactSchema,
  fullName,
  isId,
  parseList,
  parseOne,
  type DeskAgent,
  type DeskContact,
} from './wire.js';

/** An agent as Zoho knows them now. */
export interface AgentViewer {
  readonly kind: 'agent';
  readonly id: string;
  readonly name: string;
  readonly actor: Actor;
  /** The departments Zoho says they belong to. */
  readonly departments: ReadonlySet<string>;
  /** Zoho shows them only what is assigned to them. */
  readonly onlyOwn: boolean;
  /** A light agent reads, and writes internal comments. */
  readonly isLight: boolean;
}

/** A customer as Zoho knows them now. */
export interface CustomerViewer {
  readonly kind: 'customer';
  /** Of their contact. */
  readonly id: string;
  readonly name: string;
  readonly actor: Actor;
  /** The account whose tickets they see all of; `null` where they see their own. */
  readonly accountId: string | null;
  readonly contact: DeskContact;
}

/** Whose eyes a ticket is seen with. */
export type Viewer = AgentViewer | CustomerViewer;

/** Says whom an actor of the host's token is in Zoho. */
export interface Viewers {
  /** @throws {BackendError} `forbidden` for somebody Zoho does not know, or not any more. */
  of(context: CallContext): Promise<Viewer>;
}

// More actors than look at anything in a minute.
const most = 5_000;

/** Remembers for a while, for each actor alone, who they are: a department that was taken away is gone after that. */
export function createViewers(client: DeskClient, options: ZohoDeskOptions): Viewers {
  const by = options.identities?.by ?? 'email';
  const rememberMs = (options.rememberSeconds ?? 60) * 1000;
  const known = new Map<string, { readonly viewer: Promise<Viewer>; readonly until: number }>();

  async function find({ actor, signal }: CallContext): Promise<Viewer> {
    requireTenant(actor, options.tenant);
    if (actor.kind === 'agent' && !hasCaseRole(actor)) {
      throw new BackendError('forbidden', {
        rule: 'cases.role',
        detail: 'Your role does not work on cases.',
      });
    }
    const name = vendorNameOf(actor, options.identities);
    // An address that looks like an id is none, and the other way round.
    const isForm = isId(name) || /^[^@\s]+@[^@\s]+$/.test(name);
    if (!isForm || (by !== 'map' && isId(name) !== (by === 'id'))) throw unknownUser();
    return actor.kind === 'agent'
      ? agentViewer(actor, await findAgent(client, name, signal), options)
      : customerViewer(actor, await findContact(client, name, signal), options);
  }

  return {
    of(context) {
      const { actor } = context;
      const key = JSON.stringify([actor.tenant, actor.kind, actor.id, actor.email, actor.roles]);
      const now = Date.now();
      const before = known.get(key);
      if (before && before.until > now) return before.viewer;
      if (known.size >= most) known.clear();
      // Without the signal: others wait for the same answer.
      const viewer = find({ actor });
      known.set(key, { viewer, until: now + rememberMs });
      viewer.catch(() => {
        if (known.get(key)?.viewer === viewer) known.delete(key);
      });
      return viewer;
    },
  };
}

function agentViewer(actor: Actor, agent: DeskAgent | null, options: ZohoDeskOptions): AgentViewer {
  if (!agent || (agent.status ?? '').toUpperCase() !== 'ACTIVE') throw unknownUser();
  const kind = agent.rolePermissionType ?? '';
  const wide = ['AgentPublic', 'Admin', 'Light'].includes(kind);
  return {
    kind: 'agent',
    id: agent.id,
    name: nameOfAgent(agent),
    actor,
    departments: new Set(agent.associatedDepartmentIds ?? []),
    onlyOwn: !wide && !(kind === 'Custom' && options.customProfiles === 'departments'),
    isLight: kind === 'Light',
  };
}

export function nameOfAgent(agent: DeskAgent): string {
  return fullName(agent) || agent.name?.trim() || agent.emailId || agent.id;
}

function customerViewer(
  actor: Actor,
  contact: DeskContact | null,
  { customers }: ZohoDeskOptions,
): CustomerViewer {
  if (!contact) throw unknownUser();
  const accountId = contact.accountId ?? contact.account?.id ?? null;
  return {
    kind: 'customer',
    id: contact.id,
    name: nameOfContact(contact),
    actor,
    accountId: customers === 'account' ? accountId : null,
    contact,
  };
}

export function nameOfContact(contact: DeskContact): string {
  return fullName(contact) || contact.email || contact.id;
}

async function findAgent(client: DeskClient, name: string, signal?: AbortSignal): Promise<DeskAgent | null> {
  const path = isId(name) ? `/agents/${name}` : `/agents/email/${encodeURIComponent(name)}`;
  const found = await client.read(path, {}, signal).catch(unlessAbsent);
  if (found === null) return null;
  const agent = parseOne(agentSchema, found);
  return isId(name) || sameAddress(agent.emailId, name) ? agent : null;
}

async function findContact(
  client: DeskClient,
  name: string,
  signal?: AbortSignal,
): Promise<DeskContact | null> {
  if (isId(name)) {
    const found = await client.read(`/contacts/${name}`, { include: 'accounts' }, signal).catch(unlessAbsent);
    return found === null ? null : parseOne(contactSchema, found);
  }
  // Commas and stars mean more than themselves in a search.
  if (/[,*${}]/.test(name)) return null;
  const found = await client.read('/contacts/search', { email: name, limit: 10 }, signal);
  const same = parseList(contactSchema, found).filter(({ email }) => sameAddress(email, name));
  // Which of two would be meant, nobody can say.
  return same.length === 1 ? (same[0] ?? null) : null;
}

function sameAddress(one: string | null | undefined, other: string): boolean {
  return (one ?? '').toLowerCase() === other.toLowerCase();
}

function unlessAbsent(error: unknown): null {
  if (error instanceof BackendError && ['not_found', 'validation_failed'].includes(error.code)) return null;
  throw error;
}
