// Listens to many event streams in a process of its own, so that hearing them does not slow the writing down.
import { Agent, get } from 'node:http';

/** What the process is told to do. */
export type Order =
  | {
      readonly kind: 'listen';
      readonly url: string;
      readonly tokens: readonly string[];
      readonly count: number;
    }
  | { readonly kind: 'expect'; readonly events: number };

/** What it answers: `arrivals` holds, for each event in order, when it reached each stream, in milliseconds since 1970. */
export type Listened =
  | { readonly kind: 'open' }
  | { readonly kind: 'arrived'; readonly arrivals: readonly (readonly number[])[]; readonly missing: number };

const agent = new Agent({ maxSockets: Infinity });
const patience = 60_000;
/** When each event reached a stream; an event is its place in the stream. */
let heard: number[][] = [];

function open(url: string, token: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const asked = get(
      `${url}/v1/events`,
      { agent, headers: { authorization: `Bearer ${token}` } },
      (answer) => {
        if (answer.statusCode !== 200) {
          reject(new Error(`A stream was answered ${answer.statusCode}.`));
          return;
        }
        const mine: number[] = [];
        heard.push(mine);
        let rest = '';
        answer.setEncoding('utf8').on('data', (text: string) => {
          const now = Date.now();
          const lines = (rest + text).split('\n');
          rest = lines.pop() ?? '';
          for (const line of lines) if (/^event: ?note\.created/.test(line)) mine.push(now);
        });
        resolve();
      },
    );
    asked.on('error', reject);
  });
}

async function listen({ url, tokens, count }: Extract<Order, { kind: 'listen' }>): Promise<void> {
  heard = [];
  const atOnce = 100;
  for (let from = 0; from < count; from += atOnce) {
    const batch = Array.from(
      { length: Math.min(atOnce, count - from) },
      (_, index) => tokens[(from + index) % tokens.length],
    );
    await Promise.all(batch.map((token) => open(url, token ?? '')));
  }
  process.send?.({ kind: 'open' } satisfies Listened);
}

async function expect(events: number): Promise<void> {
  heard.forEach((stream) => (stream.length = 0));
  const deadline = Date.now() + patience;
  const complete = () => heard.every((stream) => stream.length >= events);
  while (!complete() && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 100));
  const arrivals = Array.from({ length: events }, (_, event) =>
    heard.flatMap((stream) => stream[event] ?? []),
  );
  const missing = heard.reduce((sum, stream) => sum + Math.max(0, events - stream.length), 0);
  process.send?.({ kind: 'arrived', arrivals, missing } satisfies Listened);
}

process.on('message', (order: Order) => {
  const work = order.kind === 'listen' ? listen(order) : expect(order.events);
  work.catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
});
