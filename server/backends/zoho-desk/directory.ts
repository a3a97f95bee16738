import type { NamedRef, PersonRef } from '../../../src/contract/common.js';
import { BackendError } from '../../backend-error.js';
import type { DeskClient } from './desk-client.js';
import { vendor } from './desk-errors.js';
import { nameOfAgent, nameOfContact } from './viewers.js';
import {
  agentSchema,
  contactSchema,
  departmentSchema,
  isId,
  parseList,
  parseOne,
  type DeskAgent,
  type DeskContact,
  type DeskDepartment,
} from './wire.js';

/** Agents and departments of the organisation, as they were a while ago: names to show, the same for everybody. */
export interface Directory {
  agents(): Promise<readonly DeskAgent[]>;
  agent(id: string): Promise<DeskAgent | undefined>;
  departments(): Promise<readonly DeskDepartment[]>;
  departmentName(id: string): Promise<string>;
  contact(id: string, signal?: AbortSignal): Promise<DeskContact | undefined>;
  /** The agent in whose name the gateway works. */
  serviceId(): Promise<string>;
}

const rememberMs = 60_000;
const pageSize = 200;
const mostPages = 25;

export function createDirectory(client: DeskClient): Directory {
  const agents = remembered(() =>
    readAll((from) => client.read('/agents', { from, limit: pageSize }), agentSchema),
  );
  const departments = remembered(() =>
    readAll(
      (from) => client.read('/departments', { from, limit: pageSize, isEnabled: true }),
      departmentSchema,
    ),
  );
  const me = remembered(async () => parseOne(agentSchema, await client.read('/myinfo')), Infinity);

  return {
    agents,
    agent: async (id) => (await agents()).find((agent) => agent.id === id),
    departments,
    departmentName: async (id) =>
      (await departments()).find((department) => department.id === id)?.name ?? id,
    async contact(id, signal) {
      if (!isId(id)) return undefined;
      try {
        return parseOne(contactSchema, await client.read(`/contacts/${id}`, { include: 'accounts' }, signal));
      } catch (error) {
        if (error instanceof BackendError && ['not_found', 'validation_failed'].includes(error.code))
          return undefined;
        throw error;
      }
    },
    serviceId: async () => (await me()).id,
  };
}

async function readAll<T extends Parameters<typeof parseList>[0]>(
  read: (from: number) => Promise<unknown>,
  schema: T,
) {
  const found: ReturnType<typeof parseList<T>> = [];
  for (let page = 0; page < mostPages; page += 1) {
    const rows = parseList(schema, await read(found.length));
    found.push(...rows);
    if (rows.length < pageSize) break;
  }
  return found;
}

/** Reads once for all who ask within the time; a failure is not remembered. */
function remembered<T>(read: () => Promise<T>, ms = rememberMs): () => Promise<T> {
  let kept: { readonly value: Promise<T>; readonly until: number } | undefined;
  return () => {
    if (kept && kept.until > Date.now()) return kept.value;
    const entry = { value: read(), until: Date.now() + ms };
    kept = entry;
    entry.value.catch(() => {
      if (kept === entry) kept = undefined;
    });
    return entry.value;
  };
}

/** In the place of the gateway's own account: people read that it was the system, and whose account it uses is nobody's business. */
export const systemRef: PersonRef = { id: 'zoho-desk', name: vendor, kind: 'agent' };

export function agentRef(agent: DeskAgent): PersonRef {
  const former = agent.status !== undefined && agent.status !== null && agent.status !== 'ACTIVE';
  return { id: agent.id, name: nameOfAgent(agent), kind: 'agent', ...(former && { former }) };
}

export function contactRef(contact: DeskContact): PersonRef {
  return { id: contact.id, name: nameOfContact(contact), kind: 'customer' };
}

/** The account of a contact as an organisation of ours. */
export function organisationOf({ account, accountId }: DeskContact): NamedRef | null {
  const id = account?.id ?? accountId;
  return id === null || id === undefined ? null : { id, name: account?.accountName ?? id };
}
