import { createCaseClient } from '../src/index.js';
import { percentile, timed, type Figure } from './support/measure.js';
import { startBenchServer } from './support/server.js';
import { customerId, openWorld } from './support/world.js';

const runs = 600;

/** What the client adds to the same requests made with `fetch` alone, in turns so that both meet the same noise. */
export async function sdk(): Promise<Figure[]> {
  const world = await openWorld(10_000);
  const server = await startBenchServer(world.url);
  try {
    const token = await server.sign({});
    const client = createCaseClient({ baseUrl: server.url, getToken: () => Promise.resolve(token) });
    const customer = (run: number) => customerId(run % world.customers);
    const bare = async (run: number) => {
      const path = `/v1/cases?customerId=${customer(run)}&status=open&limit=25`;
      const answer = await fetch(`${server.url}${path}`, { headers: { authorization: `Bearer ${token}` } });
      return (await answer.json()) as unknown;
    };
    const times = { client: [] as number[], bare: [] as number[] };
    for (let round = 0; round < runs / 20; round++) {
      const offset = round * 20;
      times.bare.push(...(await timed(20, 2, (run) => bare(run + offset))));
      times.client.push(
        ...(await timed(20, 2, (run) =>
          client.cases.list({ customerId: customer(run + offset), status: 'open', limit: 25 }),
        )),
      );
    }
    client.dispose();
    const [client50, bare50] = [percentile(times.client, 0.5), percentile(times.bare, 0.5)];
    return [
      { area: 'client', what: '25 cases by fetch alone, p50', value: bare50, unit: 'ms' },
      {
        area: 'client',
        what: '25 cases by the client, p50',
        value: client50,
        unit: 'ms',
        ratio: client50 / bare50,
        against: 'fetch alone',
      },
    ];
  } finally {
    await server.stop();
    await world.stop();
  }
}
