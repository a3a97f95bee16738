import { setImmediate as turn } from 'node:timers/promises';

import { afterEach, describe, expect, it, vi } from 'vitest';

import { createApp } from '../../server/app.js';
import { jwtAuthenticator } from '../../server/middleware/authenticate.js';
import { aTenant, Caller, testSecret } from '../support/app.js';
import { readEvents, type EventReader } from '../support/event-reader.js';
import { theApp } from '../support/shared-app.js';

const many = 30;
const readers: EventReader[] = [];
const warnings: Error[] = [];
const warned = (warning: Error) => void warnings.push(warning);

afterEach(() => {
  for (const reader of readers.splice(0)) reader.leave();
  process.off('warning', warned);
});

async function readAll(caller: Caller): Promise<readonly EventReader[]> {
  const opened = await Promise.all(Array.from({ length: many }, () => readEvents(caller)));
  readers.push(...opened);
  return opened;
}

const waitFor = (check: () => void) => vi.waitFor(check, { timeout: 60_000 });

/** The next piece of a stream, if it is there already: no timer can come in between. */
async function atHand(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<string | undefined> {
  let text: string | undefined;
  const reading = reader.read().then(({ value }) => (text = new TextDecoder().decode(value)));
  for (let step = 0; step < 50; step += 1) await Promise.resolve();
  void reading.catch(() => undefined);
  return text;
}

describe('many event streams', () => {
  it('are all kept open, each with a beat of its own', async () => {
    const tenant = await aTenant(await theApp());
    const opened = await readAll(tenant.agent);
    await waitFor(() => {
      for (const { comments } of opened)
        expect(comments.filter((comment) => comment.trim() === 'still here').length).toBeGreaterThan(2);
    });
  });

  it('pile up no signs of life before a reader that does not read', async () => {
    const tenant = await aTenant(await theApp());
    const idle = await tenant.agent.raw('GET', '/v1/events');
    const body = (idle.body ?? new ReadableStream<Uint8Array>()).getReader();
    const [witness] = await readAll(tenant.agent);
    await waitFor(() => expect(witness?.comments.length).toBeGreaterThan(5));
    expect(await atHand(body)).toBe(': connected\n\n');
    expect(await atHand(body)).toBeUndefined();
    await body.cancel();
  });

  it('hear of a write in the same words, and end together, without a warning', async () => {
    process.on('warning', warned);
    const testApp = await theApp();
    const tenant = await aTenant(testApp);
    const stopping = new AbortController();
    const app = createApp({
      backend: testApp.engine,
      authenticate: jwtAuthenticator({ secret: testSecret }),
      stopping: stopping.signal,
    });
    const opened = await readAll(new Caller((request) => app.fetch(request), tenant.agent.token));
    const { id } = await tenant.aCase();
    await waitFor(() => {
      for (const { events } of opened)
        expect(events.map(({ event }) => [event.kind, event.caseId])).toEqual([['case.created', id]]);
    });
    expect(new Set(opened.map(({ events }) => events[0]?.id)).size).toBe(1);
    stopping.abort();
    await Promise.all(opened.map(({ ended }) => ended));
    await turn();
    expect(warnings).toEqual([]);
  });
});
