import { describe, expect, it, onTestFinished, vi } from 'vitest';

import { createCaseClient, type CaseEvent, type EventStreamState } from '../../src/index.js';
import { aNewNote, aTenant, listen } from '../support/app.js';
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

  it('are done without where the backend has none: it is asked every half minute', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      let reads = 0;
      await using server = await flakyServer((response, request) => {
        if (request.url.startsWith('/v1/events'))
          return problem(501, 'capability_missing')(response, request);
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
      await vi.advanceTimersByTimeAsync(31_000);
      await eventually(() => expect(reads).toBe(2));
      stop();
      client.dispose();
    } finally {
      vi.useRealTimers();
    }
  });

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
