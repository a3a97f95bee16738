import { people } from '../../../demo/sample-data/people.js';
import { sampleData } from '../../../demo/sample-data/sample-data.js';
import type { SeedCase, SeedEntry } from '../../../server/engine/import-types.js';
import { createCaseClient, type CaseClient } from '../../../src/client/client.js';
import { ForbiddenError, NotFoundError, ValidationError } from '../../../src/errors.js';

/** A case system that Larkwell Fibre is to work with, reached by the contract. */
export interface Place {
  /** Where the contract is answered. */
  readonly baseUrl: string;
  /** In the place of the network. */
  readonly fetch?: typeof fetch | undefined;
  readonly tokenFor: (person: string) => Promise<string>;
  /** What the case system calls what Larkwell calls so; the same unless told. */
  readonly customers?: ReadonlyMap<string, string>;
  readonly people?: ReadonlyMap<string, string>;
  readonly departments?: ReadonlyMap<string, string>;
  /** Sets the clock of the case system, where it can be set: what is written next happened then. */
  readonly at?: (ms: number) => void;
  /** Leaves cases out. */
  readonly isWanted?: (entry: SeedCase) => boolean;
}

/** Sees all of Larkwell's cases. */
const administrator = 'ada-whitlock';

/**
 * Writes the cases of the demonstration into another case system, as its people would: through the contract, each with the token of
 * whoever did it. What a person may not do there, the administrator does for them.
 */
export async function fillWithLarkwell(place: Place): Promise<void> {
  const clients = new Map<string, CaseClient>();
  const clientOf = (person: string) => {
    const client =
      clients.get(person) ??
      createCaseClient({
        baseUrl: place.baseUrl,
        ...(place.fetch && { fetch: place.fetch }),
        getToken: () => place.tokenFor(person),
      });
    clients.set(person, client);
    return client;
  };
  /** The first who may: whoever did it, else the administrator. */
  async function by<T>(person: string, act: (client: CaseClient) => Promise<T>): Promise<T> {
    try {
      return await act(clientOf(person));
    } catch (error) {
      const isRefused =
        error instanceof ForbiddenError || error instanceof NotFoundError || error instanceof ValidationError;
      if (!isRefused || person === administrator) throw error;
      return act(clientOf(administrator));
    }
  }

  try {
    for (const entry of (sampleData(new Date()).cases ?? []).filter(place.isWanted ?? (() => true))) {
      place.at?.(Date.parse(entry.createdAt));
      const { id } = await by(agentFor(entry), (client) => client.cases.create(newCase(entry, place)));
      for (const line of entry.entries ?? []) {
        place.at?.(Date.parse(line.at));
        await by(line.by, (client) => write(client, id, line));
      }
    }
  } finally {
    for (const client of clients.values()) client.dispose();
  }
}

/** What a customer asked for was taken down by whoever works on it. */
function agentFor({ createdBy, assigneeId }: SeedCase): string {
  const isAgent = people.some(({ id, kind }) => id === createdBy && kind === 'agent');
  return (isAgent ? createdBy : assigneeId) ?? administrator;
}

function newCase(entry: SeedCase, { customers, people: persons, departments }: Place) {
  const { customerId, requesterId, departmentId, assigneeId, tags, deadline } = entry;
  const isGone = people.some(({ id, former }) => id === assigneeId && former);
  return {
    customerId: customers?.get(customerId) ?? customerId,
    subject: entry.subject,
    description: entry.description,
    type: entry.type,
    contactMethod: entry.contactMethod,
    ...(entry.priority !== undefined && { priority: entry.priority }),
    ...(deadline !== undefined && { deadline }),
    ...(tags && { tags: [...tags] }),
    ...(requesterId !== undefined && { requesterId: persons?.get(requesterId) ?? requesterId }),
    ...(departmentId !== undefined && { departmentId: departments?.get(departmentId) ?? departmentId }),
    ...(assigneeId !== undefined && !isGone && { assigneeId: persons?.get(assigneeId) ?? assigneeId }),
  };
}

async function write(client: CaseClient, id: string, line: SeedEntry): Promise<void> {
  const { kind, visibility = 'internal', text } = line;
  if (kind === 'note') {
    const subject = line.subject === undefined ? {} : { subject: line.subject };
    await client.notes.create(id, { visibility, text, ...subject });
    return;
  }
  const { version } = await client.cases.get(id);
  const input = { reason: line.reason, note: text, visibility };
  await (kind === 'closure'
    ? client.cases.close(id, input, { version })
    : client.cases.reopen(id, input, { version }));
}
