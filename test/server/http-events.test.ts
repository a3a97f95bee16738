import { afterEach, describe, expect, it, vi } from 'vitest';

import { createApp } from '../../server/app.js';
import { jwtAuthenticator } from '../../server/middleware/authenticate.js';
import { aClosure, aTenant, Caller, testSecret, tokenFor } from '../support/app.js';
import { readEvents, type EventReader } from '../support/event-reader.js';
import { theApp } from '../support/shared-app.js';

const readers: EventReader[] = [];

async function reads(...given: Parameters<typeof readEvents>): Promise<EventReader> {
  const reader = await readEvents(...given);
  readers.push(reader);
  await vi.waitFor(() => expect(reader.comments.length).toBeGreaterThan(0), 60_000);
  return reader;
}

afterEach(() => {
  for (const reader of readers.splice(0)) reader.leave();
});

const kinds = (reader: EventReader) => reader.events.map(({ event }) => event.kind);
const waitFor = (check: () => void) => vi.waitFor(check, { timeout: 60_000 });

describe('the event stream', () => {
  it('begins at once and stays open', async () => {
    const tenant = await aTenant(await theApp());
    const reader = await reads(tenant.agent);
    const { headers, status } = reader.response;
    expect(status).toBe(200);
    expect(headers.get('content-type')).toContain('text/event-stream');
    expect(headers.get('x-accel-buffering')).toBe('no');
    expect(headers.get('cache-control')).toBe('no-store, private');
    await waitFor(() => expect(reader.comments.length).toBeGreaterThan(2));
  });

  it('tells two readers of one write, ids and kinds only', async () => {
    const tenant = await aTenant(await theApp());
    const [mine, theirs] = [await reads(tenant.agent), await reads(tenant.otherAgent)];
    const created = await tenant.aCase({ subject: 'UNSPOKEN' });
    const note = await tenant.aNote(created.id);
    for (const reader of [mine, theirs]) {
      await waitFor(() => expect(kinds(reader)).toEqual(['case.created', 'note.created']));
      expect(reader.events[0]?.event).toMatchObject({ caseId: created.id, customerId: created.customer?.id });
      expect(reader.events[1]?.event).toMatchObject({ caseId: created.id, noteId: note.id });
      expect(JSON.stringify(reader.events)).not.toMatch(/UNSPOKEN|Asked the bank/);
    }
  });

  it('goes on after the last event received, missing none and repeating none', async () => {
    const tenant = await aTenant(await theApp());
    const first = await reads(tenant.agent);
    const created = await tenant.aCase();
    await waitFor(() => expect(first.events).toHaveLength(1));
    first.leave();
    await tenant.aNote(created.id, { text: 'one' });
    await tenant.aNote(created.id, { text: 'two' });
    const again = await reads(tenant.agent, first.events[0]?.id);
    await waitFor(() => expect(kinds(again)).toEqual(['note.created', 'note.created']));
    await tenant.aNote(created.id, { text: 'three' });
    await waitFor(() => expect(again.events).toHaveLength(3));
    expect(new Set(again.events.map(({ id }) => id)).size).toBe(3);
  });

  it('tells nobody of what they may not see', async () => {
    const testApp = await theApp();
    const tenant = await aTenant(testApp);
    const elsewhere = await aTenant(testApp);
    const hidden = [
      await reads(tenant.outsider),
      await reads(tenant.technician),
      await reads(elsewhere.administrator),
    ];
    const customer = await reads(tenant.customer);
    const created = await tenant.aCase({ requesterId: 'person_pia', departmentId: 'dept_care' });
    await tenant.aNote(created.id);
    const answer = await tenant.aNote(created.id, { visibility: 'public' });
    await waitFor(() => expect(customer.events.at(-1)?.event.noteId).toBe(answer.id));
    expect(kinds(customer).filter((kind) => kind === 'note.created')).toHaveLength(1);
    for (const reader of hidden) expect(reader.events).toEqual([]);
  });

  it('tells of closing, of moving out of sight, and of settings', async () => {
    const tenant = await aTenant(await theApp());
    const reader = await reads(tenant.agent);
    const open = await tenant.aCase();
    await tenant.agent.post(`/v1/cases/${open.id}/close`, aClosure(), open);
    await waitFor(() => expect(kinds(reader).at(-1)).toBe('case.closed'));
    const other = await tenant.aCase();
    await tenant.administrator.patch(`/v1/cases/${other.id}`, { departmentId: 'dept_network' }, other);
    await waitFor(() => expect(kinds(reader).at(-1)).toBe('case.hidden'));
    const { body: settings } = await tenant.administrator.get<{ version: string }>('/v1/settings');
    await tenant.administrator.patch('/v1/settings', { defaultPriority: 'low' }, settings);
    await waitFor(() => expect(kinds(reader).at(-1)).toBe('settings.updated'));
  });

  it.each(['nonsense', '1-1-1', '-', '99999999999999999999-1', 'x'.repeat(500)])(
    'answers the position %s with a reset, or from now on',
    async (position) => {
      const tenant = await aTenant(await theApp());
      const reader = await reads(tenant.agent, position);
      expect(reader.response.status).toBe(200);
      await tenant.aCase();
      await waitFor(() =>
        expect(kinds(reader).some((kind) => /stream.reset|case.created/.test(kind))).toBe(true),
      );
    },
  );

  it('needs a token, and ends when that runs out', async () => {
    const testApp = await theApp();
    const tenant = await aTenant(testApp);
    expect((await testApp.app.request('/v1/events')).status).toBe(401);
    const claims = {
      sub: 'person_mara',
      tenant: tenant.id,
      kind: 'agent',
      roles: ['customer-service'],
    } as const;
    const caller = new Caller((request) => testApp.app.fetch(request), await tokenFor(claims, '2s'));
    const reader = await reads(caller);
    await reader.ended;
    expect(reader.events).toEqual([]);
  });

  it('ends when the server stops', async () => {
    const testApp = await theApp();
    const tenant = await aTenant(testApp);
    const stopping = new AbortController();
    const app = createApp({
      backend: testApp.engine,
      authenticate: jwtAuthenticator({ secret: testSecret }),
      stopping: stopping.signal,
    });
    const reader = await reads(new Caller((request) => app.fetch(request), tenant.agent.token));
    stopping.abort();
    await reader.ended;
  });
});
