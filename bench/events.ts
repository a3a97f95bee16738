import { fork } from 'node:child_process';
import { join } from 'node:path';

import { spread, type Figure } from './support/measure.js';
import { startBenchServer, type BenchServer } from './support/server.js';
import type { Listened, Order } from './support/streams.js';
import { customerId, openWorld } from './support/world.js';

const counts = [1_000, 10_000];
const writes = 20;

/** How long after a write everybody who listens knows of it, and what a stream costs the server. */
export async function events(): Promise<Figure[]> {
  const world = await openWorld(10_000);
  const figures: Figure[] = [];
  let before: number | undefined;
  try {
    for (const count of counts) {
      const server = await startBenchServer(world.url);
      try {
        const { p50, p99, lost, perStream } = await fanOut(server, count);
        const area = `${count.toLocaleString('en')} streams`;
        figures.push({ area, what: 'an event reaches a stream, p50', value: p50, unit: 'ms' });
        figures.push({
          area,
          what: 'an event reaches a stream, p99',
          value: p99,
          unit: 'ms',
          ratio: before === undefined ? undefined : p99 / before,
          against: before === undefined ? undefined : `${counts[0]?.toLocaleString('en')} streams`,
        });
        figures.push({ area, what: 'events that did not arrive', value: lost, unit: 'lost' });
        if (perStream !== undefined)
          figures.push({ area, what: 'memory of the server for a stream', value: perStream, unit: 'KiB' });
        before = p99;
      } finally {
        await server.stop();
      }
    }
    return figures;
  } finally {
    await world.stop();
  }
}

interface FannedOut {
  readonly p50: number;
  readonly p99: number;
  readonly lost: number;
  readonly perStream: number | undefined;
}

async function fanOut(server: BenchServer, count: number): Promise<FannedOut> {
  const idle = await server.memory();
  // Ten streams a person: an agent with the widgets of many pages open.
  const tokens = await Promise.all(
    Array.from({ length: Math.ceil(count / 10) }, (_, index) => server.sign({ sub: `listener-${index}` })),
  );
  const listeners = fork(join(import.meta.dirname, 'support/streams.ts'), { execArgv: ['--import', 'tsx'] });
  const order = (what: Order) => listeners.send(what);
  const told = <Kind extends Listened['kind']>(kind: Kind) =>
    new Promise<Extract<Listened, { kind: Kind }>>((resolve, reject) => {
      listeners.once('exit', (code) => reject(new Error(`The listeners ended with ${code}.`)));
      listeners.on('message', (message: Listened) => {
        if (message.kind === kind) resolve(message as Extract<Listened, { kind: Kind }>);
      });
    });
  try {
    const open = told('open');
    order({ kind: 'listen', url: server.url, tokens, count });
    await open;
    const busy = await server.memory();
    const arrived = told('arrived');
    order({ kind: 'expect', events: writes });
    const sent = await write(server);
    const { delays, missing } = await arrivalsOf(arrived, sent);
    const { p50, p99 } = spread(delays);
    const perStream = idle !== undefined && busy !== undefined ? (busy - idle) / count : undefined;
    return { p50, p99, lost: missing, perStream };
  } finally {
    listeners.removeAllListeners('exit');
    listeners.kill('SIGKILL');
  }
}

async function arrivalsOf(
  arrived: Promise<Extract<Listened, { kind: 'arrived' }>>,
  sent: readonly number[],
): Promise<{ delays: number[]; missing: number }> {
  const { arrivals, missing } = await arrived;
  return {
    delays: arrivals.flatMap((times, event) => times.map((time) => time - (sent[event] ?? time))),
    missing,
  };
}

/** Writes notes to one case, a second apart, and answers when each was sent. */
async function write(server: BenchServer): Promise<number[]> {
  const token = await server.sign({});
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const list = await fetch(`${server.url}/v1/cases?customerId=${customerId(3)}&status=open&limit=1`, {
    headers,
  });
  const { items } = (await list.json()) as { items: { id: string }[] };
  const sent: number[] = [];
  for (let note = 0; note < writes; note++) {
    const started = Date.now();
    sent.push(started);
    const answer = await fetch(`${server.url}/v1/cases/${items[0]?.id}/notes`, {
      method: 'POST',
      headers: { ...headers, 'idempotency-key': crypto.randomUUID() },
      body: JSON.stringify({ visibility: 'internal', subject: 'information', text: `Note ${note}.` }),
    });
    if (!answer.ok) throw new Error(`A note was answered ${answer.status}: ${await answer.text()}`);
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, started + 1_000 - Date.now())));
  }
  return sent;
}
