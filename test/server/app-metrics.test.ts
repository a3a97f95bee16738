import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';

import { createMetrics } from '../../server/cli/metrics.js';
import { openPostgres } from '../../server/engine/sql/postgres.js';
import { aTenant, type TestTenant } from '../support/app.js';
import { anEngine } from '../support/engine.js';
import { readEvents } from '../support/event-reader.js';
import { openServer, type OpenServer } from '../support/open-server.js';
import { theApp } from '../support/shared-app.js';

let tenant: TestTenant;
let server: OpenServer | undefined;

beforeAll(async () => {
  tenant = await aTenant(await theApp());
});
afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function metrics(headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${server?.url}/metrics`, { headers });
}

async function valueOf(line: string): Promise<number> {
  const text = await (await metrics()).text();
  const found = text.split('\n').find((other) => other.startsWith(`${line} `));
  if (found === undefined) throw new Error(`There is no ${line} in\n${text}`);
  return Number(found.split(' ').at(-1));
}

describe('/metrics', () => {
  it('counts requests by pattern, method and status, and names nobody', async () => {
    server = await openServer();
    const agent = server.reach(tenant.agent);
    const { id } = await tenant.aCase({ subject: 'UNSPOKEN' });
    await agent.get(`/v1/cases/${id}`);
    await agent.get(`/v1/cases/${id}`);
    await agent.get('/v1/cases?q=UNSPOKEN');
    await agent.get('/v1/cases/case_absent');
    await agent.get(`/v1/${id}`);
    const answer = await metrics();
    expect(answer.headers.get('content-type')).toContain('text/plain; version=0.0.4');
    const text = await answer.text();
    const count = 'casement_http_request_duration_seconds_count';
    expect(text).toContain(`${count}{method="GET",route="/v1/cases/{id}",status="200"} 2`);
    expect(text).toContain(`${count}{method="GET",route="/v1/cases/{id}",status="404"} 1`);
    expect(text).toContain(`${count}{method="GET",route="other",status="404"} 1`);
    expect(text).toMatch(/^process_cpu_seconds_total /m);
    expect(text).toMatch(/^nodejs_eventloop_lag_seconds /m);
    expect(text).toMatch(/^casement_build_info\{version="\d+\.\d+\.\d+[^"]*"\} 1$/m);
    for (const name of [tenant.id, id, 'UNSPOKEN', 'person_']) expect(text).not.toContain(name);
  });

  it('counts what is under way, and event streams until they end', async () => {
    server = await openServer();
    expect(await valueOf('casement_http_requests_in_flight')).toBe(1);
    const reader = await readEvents(server.reach(tenant.agent));
    expect(await valueOf('casement_event_streams_open')).toBe(1);
    reader.leave();
    await vi.waitFor(async () => expect(await valueOf('casement_event_streams_open')).toBe(0), 60_000);
  });

  it('asks for its token where it has one', async () => {
    server = await openServer({ CASEMENT_METRICS_TOKEN: 'a token of the metrics' });
    const refused = await metrics();
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    expect(await refused.text()).not.toContain('casement_');
    expect((await metrics({ authorization: 'Bearer a token of the metric' })).status).toBe(401);
    expect((await metrics({ authorization: `Bearer ${tenant.administrator.token}` })).status).toBe(401);
    expect((await metrics({ authorization: 'Bearer a token of the metrics' })).status).toBe(200);
  });

  it('tells how long events have waited to be handed out', async () => {
    const own = await anEngine({ events: { pollEvery: 50 } });
    const tenantId = `tenant_${crypto.randomUUID()}`;
    const left = new AbortController();
    try {
      expect(await own.engine.outboxLag()).toEqual({ events: 0, seconds: 0 });
      const actor = {
        id: 'person_reader',
        tenant: tenantId,
        kind: 'agent',
        name: 'Reader',
        email: null,
        roles: ['system-administrator'],
        departments: [],
        inboxes: [],
        customer: null,
        organisation: null,
      } as const;
      const events = await own.engine.events(undefined, { actor, signal: left.signal });
      const next = events[Symbol.asyncIterator]().next();
      // A row that no running transaction has settled yet: its number is far ahead of every snapshot.
      await own.database.db
        .insertInto('outbox')
        .values({
          tenant: tenantId,
          xid: '9000000000000000000',
          kind: 'settings.updated',
          internal: false,
          at: new Date(Date.now() - 60_000).toISOString(),
        })
        .execute();
      await vi.waitFor(async () => {
        const lag = await own.engine.outboxLag();
        expect(lag.events).toBeGreaterThanOrEqual(1);
        expect(lag.seconds).toBeGreaterThanOrEqual(59);
      }, 60_000);
      left.abort();
      await next;
    } finally {
      left.abort();
      await own.database.db.deleteFrom('outbox').where('tenant', '=', tenantId).execute();
      await own.dispose();
    }
  });

  it('shows the connections of the database, and itself while that is gone', async () => {
    const gone = openPostgres('postgres://nobody@127.0.0.1:1/none', { connectTimeout: 500 });
    const outboxLag = async () => {
      const rows = await gone.db.selectFrom('outbox').select('at').execute();
      return { events: rows.length, seconds: 0 };
    };
    const page = createMetrics({ outboxLag }, gone).page(undefined);
    const answer = await page.request('/metrics');
    expect(answer.status).toBe(200);
    const text = await answer.text();
    expect(text).toContain('casement_database_connections{state="most"} 10');
    expect(text).toContain('casement_outbox_lag_seconds Nan');
    await gone.dispose();
  });
});
