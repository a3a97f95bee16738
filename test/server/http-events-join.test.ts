import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { createApp, type AppOptions } from '../../server/app.js';
import { jwtAuthenticator } from '../../server/middleware/authenticate.js';
import { aTenant, Caller, createTestApp, testSecret, type TestApp, type TestTenant } from '../support/app.js';
import { openTestDatabase } from '../support/database.js';
import { readEvents, type EventReader } from '../support/event-reader.js';
import { theApp } from '../support/shared-app.js';

let testApp: TestApp;
let tenant: TestTenant;
/** How the database answers the first wish to listen: at once, unless a test has it wait or fail. */
let beforeListening: () => Promise<void>;
let reader: EventReader | undefined;

afterEach(() => {
  reader?.leave();
  reader = undefined;
});

/** Nobody can join until `release`; `reached` resolves when somebody waits to. */
function holdBack() {
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  const reached = new Promise<void>((resolve) => {
    beforeListening = () => {
      resolve();
      return released;
    };
  });
  return { release, reached };
}

/** The agent, before an app of its own over the same engine. */
function agentOf(options: Partial<AppOptions>): Caller {
  const app = createApp({
    backend: testApp.engine,
    authenticate: jwtAuthenticator({ secret: testSecret }),
    ...options,
  });
  return new Caller((request) => app.fetch(request), tenant.agent.token);
}

describe('joining the event stream', () => {
  beforeEach(async () => {
    beforeListening = () => Promise.resolve();
    const database = await openTestDatabase();
    testApp = await createTestApp({
      ...database,
      listen: async (onWake) => {
        await beforeListening();
        return database.listen(onWake);
      },
    });
    tenant = await aTenant(testApp);
  });
  afterEach(() => testApp.dispose());

  it('comes before the answer: whoever has it misses nothing from then on', async () => {
    const { release, reached } = holdBack();
    const order: string[] = [];
    const opening = readEvents(tenant.agent).then((opened) => {
      order.push('answered');
      return (reader = opened);
    });
    await reached;
    await tenant.aCase({ subject: 'Before anybody follows' });
    order.push('released');
    release();
    const { events } = await opening;
    expect(order).toEqual(['released', 'answered']);
    const created = await tenant.aCase();
    await vi.waitFor(() => expect(events.map(({ event }) => event.caseId)).toEqual([created.id]), 60_000);
  });

  it('that fails is answered as a problem, and can be tried again', async () => {
    beforeListening = () => Promise.reject(new Error('connection terminated'));
    const agent = agentOf({ streamsPerActor: 1 });
    const { status, body } = await agent.get<{ code: string }>('/v1/events');
    expect([status, body.code]).toEqual([503, 'unavailable']);
    beforeListening = () => Promise.resolve();
    reader = await readEvents(agent);
    expect(reader.response.status).toBe(200);
  });

  it('gives its place back when the reader leaves before it is done', async () => {
    const { release, reached } = holdBack();
    const agent = agentOf({ streamsPerActor: 1 });
    const leaving = new AbortController();
    const opening = agent.raw('GET', '/v1/events', { signal: leaving.signal });
    await reached;
    expect((await agent.get('/v1/events')).status).toBe(429);
    leaving.abort();
    await opening.catch(() => undefined);
    const next = readEvents(agent);
    release();
    reader = await next;
    expect(reader.response.status).toBe(200);
    const created = await tenant.aCase();
    await vi.waitFor(() => expect(reader?.events[0]?.event.caseId).toBe(created.id), 60_000);
  });

  it('does not keep a server that stops waiting', async () => {
    const { release, reached } = holdBack();
    const stopping = new AbortController();
    const opening = agentOf({ stopping: stopping.signal }).get<{ code: string }>('/v1/events');
    await reached;
    stopping.abort();
    const { status, body, headers } = await opening;
    expect([status, body.code]).toEqual([503, 'unavailable']);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    release();
  });
});

describe('where the events stood', () => {
  beforeEach(async () => {
    tenant = await aTenant(await theApp());
  });

  const positionOf = ({ headers }: { readonly headers: Headers }) => headers.get('event-position') ?? '';

  it('goes with every answer that was read, and with no other', async () => {
    const { id } = await tenant.aCase();
    for (const path of ['/v1/session', '/v1/cases', `/v1/cases/${id}`, `/v1/cases/${id}/timeline`])
      expect(positionOf(await tenant.agent.get(path))).toMatch(/^\d+-\d+$/);
    const written = await tenant.agent.post(`/v1/cases/${id}/notes`, {
      visibility: 'internal',
      subject: 'follow-up',
      text: 'Asked the bank desk.',
    });
    expect(written.status).toBe(201);
    expect(positionOf(written)).toBe('');
    expect(positionOf(await tenant.agent.get('/v1/cases/absent'))).toBe('');
  });

  it.each(['nobody follows', 'somebody follows'])(
    'lets a stream tell of everything since and of nothing before, while %s',
    async (who) => {
      if (who === 'somebody follows') reader = await readEvents(tenant.otherAgent);
      await tenant.aCase();
      const read = await tenant.agent.get<{ items: unknown[] }>('/v1/cases');
      expect(read.body.items).toHaveLength(1);
      const created = await tenant.aCase();
      const mine = await readEvents(tenant.agent, positionOf(read));
      try {
        const later = await tenant.aCase();
        const ids = () => mine.events.map(({ event }) => event.caseId);
        await vi.waitFor(() => expect(ids()).toEqual([created.id, later.id]), 60_000);
      } finally {
        mine.leave();
      }
    },
  );
});
