import { Agent, request } from 'node:http';

import autocannon from 'autocannon';

import { seededRandom, spread, timed, type Figure, type Spread } from './support/measure.js';
import { startBenchServer, type BenchServer } from './support/server.js';
import { customerId, openWorld, type World } from './support/world.js';

const sizes = [10_000, 1_000_000];
const runs = 1_000;
const warmUp = 100;
const seconds = 8;

interface Question {
  readonly what: string;
  readonly runs?: number;
  readonly ask: (world: World, random: () => number, run: number) => Ask;
}

interface Ask {
  readonly method?: 'GET' | 'POST';
  readonly path: string;
  readonly body?: string;
}

const newestOpen = (world: World, random: () => number): Ask => ({
  path: `/v1/cases?customerId=${customerId(Math.floor(random() * world.customers))}&status=open&limit=25`,
});

const questions: readonly Question[] = [
  { what: 'a customer’s first 25 open cases', ask: newestOpen },
  { what: 'the first 25 of all cases', ask: () => ({ path: '/v1/cases?limit=25' }) },
  {
    what: 'a search of two words',
    runs: 200,
    ask: (_, random) => ({
      path: `/v1/cases?limit=25&q=${['no+shelter', 'dog+tortured', 'neglected', 'noise+barking'][Math.floor(random() * 4)]}`,
    }),
  },
];

/** Lists, a case and a note over HTTP, at ten thousand and at a million cases. */
export async function http(): Promise<Figure[]> {
  const figures: Figure[] = [];
  const before = new Map<string, Spread>();
  for (const size of sizes) {
    const world = await openWorld(size);
    const server = await startBenchServer(world.url);
    try {
      const area = `${size.toLocaleString('en')} cases`;
      const measured = await measureAll(world, server);
      for (const [what, { p50, p95 }] of measured) {
        const small = before.get(what);
        const against = small && `${sizes[0]?.toLocaleString('en')} cases`;
        figures.push({
          area,
          what: `${what}, p50`,
          value: p50,
          unit: 'ms',
          ratio: small && p50 / small.p50,
          against,
        });
        figures.push({
          area,
          what: `${what}, p95`,
          value: p95,
          unit: 'ms',
          ratio: small && p95 / small.p95,
          against,
        });
        if (!small) before.set(what, { p50, p95, p99: 0 });
      }
      figures.push({
        area,
        what: 'customers’ lists answered, 16 at a time',
        value: await throughput(world, server),
        unit: '/s',
      });
    } finally {
      await server.stop();
      await world.stop();
    }
  }
  return figures;
}

async function measureAll(world: World, server: BenchServer): Promise<Map<string, Spread>> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const token = await server.sign({});
  const send = (ask: Ask) => exchange(server.url, agent, token, ask);
  const measured = new Map<string, Spread>();
  const take = async ({ what, ask, runs: own = runs }: Question) => {
    const random = seededRandom(7);
    measured.set(what, spread(await timed(own, warmUp, (run) => send(ask(world, random, run)))));
  };
  for (const question of questions) await take(question);
  const ids = await someIds(send, world);
  const one = (random: () => number) => ids[Math.floor(random() * ids.length)];
  await take({ what: 'one case', ask: (_, random) => ({ path: `/v1/cases/${one(random)}` }) });
  await take({
    what: 'a note written',
    ask: (_, random) => ({
      method: 'POST',
      path: `/v1/cases/${one(random)}/notes`,
      body: JSON.stringify({ visibility: 'internal', subject: 'information', text: 'Called back.' }),
    }),
  });
  agent.destroy();
  return measured;
}

async function someIds(send: (ask: Ask) => Promise<string>, world: World): Promise<string[]> {
  const random = seededRandom(11);
  const ids: string[] = [];
  for (let page = 0; page < 20; page++) {
    const { items } = JSON.parse(await send(newestOpen(world, random))) as { items: { id: string }[] };
    ids.push(...items.map(({ id }) => id));
  }
  return ids;
}

/** Sends one request and reads the answer to its end; anything but success ends the measurement. */
function exchange(
  url: string,
  agent: Agent,
  token: string,
  { method = 'GET', path, body }: Ask,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers: Record<string, string> = { authorization: `Bearer ${token}` };
    if (body !== undefined) {
      headers['content-type'] = 'application/json';
      headers['idempotency-key'] = crypto.randomUUID();
    }
    const sent = request(`${url}${path}`, { method, agent, headers }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part: string) => (text += part));
      answer.on('end', () => {
        if ((answer.statusCode ?? 500) < 300) resolve(text);
        else reject(new Error(`${method} ${path} was answered ${answer.statusCode}: ${text.slice(0, 300)}`));
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

async function throughput(world: World, server: BenchServer): Promise<number> {
  const random = seededRandom(23);
  const token = await server.sign({});
  const result = await autocannon({
    url: server.url,
    connections: 16,
    duration: seconds,
    headers: { authorization: `Bearer ${token}` },
    requests: Array.from({ length: 500 }, () => ({
      method: 'GET' as const,
      path: newestOpen(world, random).path,
    })),
  });
  if (result.non2xx > 0 || result.errors > 0) throw new Error('Some lists were not answered.');
  return result.requests.average;
}
