import type { ServerResponse } from 'node:http';

import { describe, expect, it, onTestFinished, vi } from 'vitest';

import { createCaseClient, type CaseEvent, type EventStreamState } from '../../src/index.js';
import { aNewNote, aTenant, createTestApp, listen } from '../support/app.js';
import { openTestPGlite } from '../support/pglite.js';
import { theApp } from '../support/shared-app.js';
import { flakyServer, json, problem } from './flaky-server.js';
import { aWorld, eventually, watch } from './world.js';

describe('events', () => {
  it('tell ids and kinds, one stream for all who listen', async () => {
    const { tenant, clientOf } = await aWorld();
    let streams = 0;
    const { client } = clientOf('agent', (request) => {
      if (request.url.endsWith('/v1/events')) streams += 1;
      return fetch(request);
    });
    const heard: CaseEvent[] = [];
    const states: EventStreamState[] = [];
    client.events.subscribeState((state) => states.push(state));
    expect(client.events.getState()).toBe('offline');
    client.events.subscribe((event) => heard.push(event));
    const stop = client.events.subscribe(() => expect.fail('nobody listens any more'));
    stop();
    await eventually(() => expect(client.events.getState()).toBe('live'));
    const { id } = await tenant.aCase();
    const note = await tenant.aNote(id);
    await eventually(() => expect(heard.map(({ kind }) => kind)).toEqual(['case.created', 'note.created']));
    expect(heard[1]).toMatchObject({ caseId: id, noteId: note.id });
    expect(states).toEqual(['connecting', 'live']);
    expect(streams).toBe(1);
  });

  it('begin where the first answer was read: nothing falls between, nothing is asked for twice', async () => {
    const testApp = await createTestApp(await openTestPGlite());
    const tenant = await aTenant(testApp);
    const { id } = await tenant.aCase();
    const carried: (string | null)[] = [];
    const began: (string | null)[] = [];
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const asked: string[] = [];
    const client = createCaseClient({
      getToken: () => tenant.agent.token,
      fetch: async (request) => {
        const { pathname } = new URL(request.url);
        if (pathname === '/v1/events') {
          began.push(request.headers.get('last-event-id'));
          await held;
          return testApp.app.fetch(request);
        }
        asked.push(pathname);
        const response = await testApp.app.fetch(request);
        carried.push(response.headers.get('event-position'));
        return response;
      },
    });
    onTestFinished(async () => {
      client.dispose();
      await testApp.dispose();
    });
    const session = watch(client.queries.session());
    const list = watch(client.queries.cases());
    const timeline = watch(client.queries.timeline(id));
    await eventually(() =>
      expect([session, list, timeline].map(({ state }) => state.status)).toEqual(Array(3).fill('ready')),
    );
    await eventually(() => expect(began).toHaveLength(1));
    expect(new Set([...carried, ...began])).toEqual(new Set([expect.stringMatching(/^\d+-\d+$/)]));

    const heard: string[] = [];
    client.events.subscribe(({ kind }) => heard.push(kind));
    const view = { name: 'Mine', filters: {}, visibility: { kind: 'private' } };
    expect((await tenant.agent.post('/v1/views', view)).status).toBe(201);
    release();
    await eventually(() => expect(heard).toEqual(['view.updated']));
    expect(asked.sort()).toEqual([`/v1/cases`, `/v1/cases/${id}/timeline`, '/v1/session']);
    await tenant.aNote(id, aNewNote({ text: 'While the stream was on its way.' }));
    await eventually(() =>
      expect(timeline.state.data?.items[0]?.text).toBe('While the stream was on its way.'),
    );
  });

  it('that happened between two first answers are made up for', async () => {
    const { tenant, clientOf } = await aWorld();
    await tenant.aCase();
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    let read = false;
    const { client, asked } = clientOf('agent', async (request) => {
      const response = await fetch(request);
      if (new URL(request.url).pathname !== '/v1/cases') return response;
      read = true;
      await held;
      return response;
    });
    const list = watch(client.queries.cases());
    await eventually(() => expect(read).toBe(true));
    const between = await tenant.aCase({ subject: 'Between two answers' });
    watch(client.queries.session());
    await eventually(() => expect(client.events.getState()).toBe('live'));
    expect(list.state.status).toBe('pending');
    release();
    await eventually(() => expect(list.state.data?.items.map(({ id }) => id)).toContain(between.id));
    expect(asked.filter((what) => what === 'GET /v1/cases')).toHaveLength(2);
  });

  it('are made up for where no answer tells where they stood: what was asked before is asked again', async () => {
    const { tenant, clientOf } = await aWorld();
    await tenant.aCase();
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const began: (string | null)[] = [];
    const { client } = clientOf('agent', async (request) => {
      if (request.url.endsWith('/v1/events')) {
        began.push(request.headers.get('last-event-id'));
        await held;
        return fetch(request);
      }
      const whole = await fetch(request);
      const answer = new Response(await whole.text(), whole);
      answer.headers.delete('event-position');
      return answer;
    });
    const list = watch(client.queries.cases());
    await eventually(() => expect(list.state.status).toBe('ready'));
    await eventually(() => expect(began).toEqual([null]));
    const missed = await tenant.aCase({ subject: 'Before the stream' });
    release();
    await eventually(() => expect(list.state.data?.items.map(({ id }) => id)).toContain(missed.id));
  });

  it('begin anew for another person, where their answers were read', async () => {
    const { tenant, clientOf } = await aWorld();
    const { id } = await tenant.aCase();
    const began: (string | null)[] = [];
    const { client } = clientOf('agent', async (request) => {
      if (request.url.endsWith('/v1/events')) began.push(request.headers.get('last-event-id'));
      return fetch(request);
    });
    const timeline = watch(client.queries.timeline(id));
    await eventually(() => expect(client.events.getState()).toBe('live'));
    await tenant.aNote(id);
    await eventually(() => expect(timeline.state.data?.items[0]?.kind).toBe('note'));
    client.update({ getToken: () => tenant.otherAgent.token });
    await eventually(() => expect(began).toHaveLength(2));
    expect(began[1]).toMatch(/^\d+-\d+$/);
    expect(began[1]).not.toBe(began[0]);
    await eventually(() => expect(client.events.getState()).toBe('live'));
    await tenant.aNote(id, aNewNote({ text: 'For the other.' }));
    await eventually(() => expect(timeline.state.data?.items[0]?.text).toBe('For the other.'));
  });

  it('are made up for after the server was restarted', async () => {
    const running = await theApp();
    const tenant = await aTenant(running);
    let server = await listen(running.app);
    onTestFinished(() => server.close());
    const positions: (string | null)[] = [];
    const client = createCaseClient({
      // Where the server is now, as a name would tell.
      fetch: (request) => {
        const { pathname, search } = new URL(request.url);
        if (pathname === '/v1/events') positions.push(request.headers.get('last-event-id'));
        return fetch(new Request(new URL(pathname + search, server.url), request));
      },
      getToken: () => tenant.agent.token,
    });
    onTestFinished(() => client.dispose());
    const heard: string[] = [];
    client.events.subscribe(({ kind }) => heard.push(kind));
    await eventually(() => expect(client.events.getState()).toBe('live'));
    const { id } = await tenant.aCase();
    const timeline = watch(client.queries.timeline(id));
    await eventually(() => expect(heard).toEqual(['case.created']));
    await eventually(() => expect(timeline.state.status).toBe('ready'));

    await server.close();
    await eventually(() => expect(client.events.getState()).not.toBe('live'));
    await tenant.aNote(id, aNewNote({ text: 'While nobody could hear.' }));
    server = await listen(running.app);

    await eventually(() => expect(heard).toEqual(['case.created', 'note.created']));
    await eventually(() => expect(timeline.state.data?.items[0]?.text).toBe('While nobody could hear.'));
    expect(positions[0]).toBeNull();
    expect(positions.at(-1)).not.toBeNull();
  });

  it.each([
    ['says so', (response: ServerResponse) => void response.writeHead(204).end()],
    ['refuses', problem(501, 'capability_missing')],
  ] as const)(
    'are done without where the backend has none and %s: it is asked every half minute',
    async (_, answer) => {
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      try {
        let reads = 0;
        await using server = await flakyServer((response, request) => {
          if (request.url.startsWith('/v1/events')) return answer(response, request);
          reads += 1;
          json(200, { id: 'p', name: 'Ada', kind: 'agent', permissions: {} })(response, request);
        });
        const client = createCaseClient({ baseUrl: server.url, getToken: () => 'token' });
        const stop = client.queries.customer('p').subscribe(() => {});
        await eventually(() => expect([reads, server.seen.length]).toEqual([1, 2]));
        await eventually(async () => {
          await vi.advanceTimersByTimeAsync(1_000);
          expect(client.events.getState()).toBe('offline');
        });
        expect(server.seen).toHaveLength(2);
        await vi.advanceTimersByTimeAsync(31_000);
        await eventually(() => expect([reads, server.seen.length]).toEqual([2, 4]));
        stop();
        client.dispose();
      } finally {
        vi.useRealTimers();
      }
    },
  );

  it('are given up for lost when nothing comes for 45 seconds, and asked for again', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      await using server = await flakyServer((response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write(': connected\n\n');
      });
      const client = createCaseClient({ baseUrl: server.url, getToken: () => 'token' });
      const stop = client.events.subscribe(() => {});
      await eventually(() => expect(client.events.getState()).toBe('live'));
      await vi.advanceTimersByTimeAsync(46_000);
      expect(client.events.getState()).toBe('connecting');
      await vi.advanceTimersByTimeAsync(1_000);
      await eventually(() => expect(server.seen).toHaveLength(2));
      stop();
      await vi.advanceTimersByTimeAsync(5_000);
      expect(client.events.getState()).toBe('offline');
      client.dispose();
    } finally {
      vi.useRealTimers();
    }
  });
});
