import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createFolderStore } from '../../server/attachments/folder-store.js';
import type {
  Actor,
  CallContext,
  GuardedContext,
  PositionedEvent,
  WriteContext,
} from '../../server/backend.js';
import { createEngine, type Engine, type EngineOptions } from '../../server/engine/engine.js';
import type { Database } from '../../server/engine/sql/database.js';
import type { Case, NewCase } from '../../src/contract/cases.js';
import { openTestDatabase } from './database.js';
import { sampleCustomers, samplePeople, sampleTenant, type SamplePerson } from './sample-tenant.js';

/** An engine with the database below it, for what no caller of the contract can see. */
export interface TestEngine {
  readonly engine: Engine;
  readonly database: Database;
  dispose(): Promise<void>;
}

/** Starts an engine of the test's own. */
export async function anEngine(
  options: Partial<EngineOptions> = {},
  database?: Database,
): Promise<TestEngine> {
  const own = database ?? (await openTestDatabase());
  const folder = await mkdtemp(join(tmpdir(), 'casement-engine-'));
  const attachments = createFolderStore(join(folder, 'attachments'));
  const engine = await createEngine({ database: own, attachments, ...options });
  return {
    engine,
    database: own,
    async dispose() {
      await engine.dispose();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

let shared: Promise<TestEngine> | undefined;

/** The one engine of this test process: tests keep apart by tenant. */
export function theEngine(): Promise<TestEngine> {
  shared ??= anEngine();
  return shared;
}

/** A person of the sample tenant, or somebody of the test's own making. */
export function anActor(tenant: string, who: SamplePerson | Partial<Actor>): Actor {
  const nobody = { email: null, roles: [], departments: [], inboxes: [], customer: null, organisation: null };
  if (typeof who !== 'string') {
    return { ...nobody, id: 'person_someone', kind: 'agent', name: 'Someone', ...who, tenant };
  }
  const { sub, ...claims } = samplePeople[who];
  return { ...nobody, ...claims, id: sub, tenant };
}

/** A tenant of one test's own, with people and customers. */
export async function aSeededTenant(engine: Engine): Promise<string> {
  const tenant = `tenant_${crypto.randomUUID()}`;
  await engine.seed(tenant, sampleTenant);
  return tenant;
}

export function reading(actor: Actor, signal?: AbortSignal): CallContext {
  return { actor, signal };
}

export function writing(actor: Actor, key: string = crypto.randomUUID(), fingerprint = key): WriteContext {
  return { actor, idempotencyKey: key, fingerprint };
}

export function changing(actor: Actor, version: string): WriteContext & GuardedContext {
  return { ...writing(actor), version };
}

/** The input of a complete new case. */
export function aCaseInput(change: Partial<NewCase> = {}): NewCase {
  return {
    customerId: sampleCustomers.aldermill,
    subject: 'Charged twice for February',
    description: 'Two debits of 48.00 on 3 February.',
    type: 'billing',
    contactMethod: 'phone',
    ...change,
  };
}

export function createCase(engine: Engine, actor: Actor, change: Partial<NewCase> = {}): Promise<Case> {
  return engine.createCase(aCaseInput(change), writing(actor));
}

/** Reads the next events of a stream, as many as asked. */
export async function nextEvents(
  stream: AsyncIterator<PositionedEvent>,
  count: number,
): Promise<PositionedEvent[]> {
  const events: PositionedEvent[] = [];
  while (events.length < count) {
    const result = await stream.next();
    if (result.done) throw new Error(`The stream ended after ${events.length} of ${count} events.`);
    events.push(result.value);
  }
  return events;
}

/** Follows the events of an actor until `stop()`. */
export function follow(engine: Engine, actor: Actor, position?: string) {
  const leaving = new AbortController();
  const joining = engine.events(position, reading(actor, leaving.signal));
  const stream = (async function* read() {
    yield* await joining;
  })();
  return {
    joined: joining,
    stream,
    next: (count: number) => nextEvents(stream, count),
    stop: () => leaving.abort(),
  };
}
