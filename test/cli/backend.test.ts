import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { createAdaptorServer } from '@hono/node-server';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { larkwellTickets } from '../../demo/third-party-api/larkwell.js';
import { createTicketsApi } from '../../demo/third-party-api/tickets-api.js';
import { command } from '../support/casement-command.js';
import { aDataFolder, serve, type Environment, type ServerProcess } from '../support/casement-program.js';

const key = 'hunter2-hunter2';
const mapping = fileURLToPath(new URL('../../demo/third-party-api/tickets.mapping.json', import.meta.url));

let folder: Awaited<ReturnType<typeof aDataFolder>>;
let data: string;
let api: Server | undefined;
let running: ServerProcess | undefined;

beforeAll(async () => {
  folder = await aDataFolder();
  data = join(folder.path, 'data');
  await mkdir(data);
});
afterAll(() => folder.remove());
afterEach(async () => {
  running?.child.kill('SIGKILL');
  await running?.ended;
  running = undefined;
  await stopApi();
});

async function startApi(port = 0): Promise<string> {
  const { fetch } = createTicketsApi({ data: larkwellTickets(new Date()), key });
  const server = createAdaptorServer({ fetch }) as Server;
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  api = server;
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v2`;
}

async function stopApi(): Promise<void> {
  api?.closeAllConnections();
  await new Promise((resolve) => (api ? api.close(resolve) : resolve(undefined)));
  api = undefined;
}

const mapped = (url: string, more: Environment = {}): Environment => ({
  CASEMENT_BACKEND: 'mapped-rest',
  CASEMENT_BACKEND_CONFIG: mapping,
  PIGEONHOLE_URL: url,
  PIGEONHOLE_KEY: key,
  ...more,
});

async function aFile(content: unknown): Promise<string> {
  const path = join(folder.path, `${crypto.randomUUID()}.json`);
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content, null, 2));
  return path;
}

const check = (environment: Environment) => command(['check', '--data', data], environment);
const statusOf = async (address: string) => (await fetch(address)).status;

describe('casement serve with a foreign backend', { timeout: 120_000 }, () => {
  it('answers from it and opens no database', async () => {
    const environment = mapped(await startApi());
    running = await serve(data, environment);
    const { out: token } = await command(
      ['token', '--data', data, '--email', 'nadia-brandt@larkwell.example'],
      environment,
    );
    const headers = { authorization: `Bearer ${token.trim()}` };
    const cases = await fetch(`${running.url}/v1/cases?customerId=c-1018&status=open`, { headers });
    expect(cases.status).toBe(200);
    expect(((await cases.json()) as { items: unknown[] }).items.length).toBeGreaterThan(2);
    expect(existsSync(join(data, 'postgres'))).toBe(false);

    const metrics = await (await fetch(`${running.url}/metrics`)).text();
    expect(metrics).toMatch(
      /casement_backend_request_duration_seconds_count\{method="GET",status="200"\} [1-9]/,
    );
    expect(metrics).not.toMatch(/casement_outbox|casement_database|casement_notices/);

    running.child.kill('SIGTERM');
    const { code, out, err } = await running.ended;
    expect(code).toBe(0);
    expect(err).toContain('Its data is in the mapped API at http://127.0.0.1:');
    expect(out + err).not.toContain(key);
  });

  it('is ready as long as the backend can be reached', async () => {
    const url = await startApi();
    running = await serve(data, mapped(url));
    expect(await statusOf(`${running.url}/readyz`)).toBe(200);
    await stopApi();
    for (const until = Date.now() + 60_000; (await statusOf(`${running.url}/readyz`)) !== 503;) {
      expect(Date.now()).toBeLessThan(until);
      await delay(200);
    }
    expect(await statusOf(`${running.url}/healthz`)).toBe(200);
  });

  it.each([
    ['request-tracker', { baseUrl: 'http://127.0.0.1:9', accounts: {}, queue: 'General' }],
    [
      'zoho-desk',
      {
        baseUrl: 'http://127.0.0.1:9/api/v1',
        accountsUrl: 'http://127.0.0.1:9',
        orgId: '1',
        clientId: 'a',
        clientSecret: { env: 'THE_SECRET' },
        refreshToken: { env: 'THE_SECRET' },
      },
    ],
  ])(
    'starts with %s out of casement.config.json, and says it is not ready while nobody answers there',
    async (kind, options) => {
      const file = await aFile({ backend: { kind, ...options } });
      const environment = { CASEMENT_CONFIG: file, THE_SECRET: key };
      running = await serve(data, environment);
      expect(await statusOf(`${running.url}/healthz`)).toBe(200);
      expect(await statusOf(`${running.url}/readyz`)).toBe(503);
      const { code, out, err } = await check(environment);
      expect(out).toMatch(/WRONG +Backend +\S+/);
      expect(out).not.toMatch(/Database|Attachments/);
      expect(out + err).not.toContain(key);
      expect(code).toBe(1);
    },
  );

  it('does not start on a mapping that is wrong, and says where', async () => {
    const file = await aFile({ baseUrl: 'nowhere', actors: {}, cases: {} });
    const { code, err } = await command(
      ['serve', '--data', data],
      mapped('', { CASEMENT_BACKEND_CONFIG: file }),
    );
    expect(code).toBe(78);
    expect(err).toContain(`${file}, line 2: "baseUrl" must be an http or https address.`);
    expect(err).toContain(`${file}, line 4: "cases.list" is missing.`);
  });

  it.each([
    [
      { CASEMENT_BACKEND: 'zendesk' },
      /CASEMENT_BACKEND must be engine, request-tracker, zoho-desk or mapped-rest\. It is "zendesk"/,
    ],
    [
      { CASEMENT_BACKEND: 'zoho-desk' },
      /The backend zoho-desk must be configured: name its file in CASEMENT_BACKEND_CONFIG/,
    ],
    [
      { CASEMENT_BACKEND: 'zoho-desk', CASEMENT_BACKEND_CONFIG: '/nowhere.json' },
      /\/nowhere\.json cannot be read \(ENOENT\)/,
    ],
    [
      { CASEMENT_BACKEND: 'zoho-desk', CASEMENT_BACKEND_CONFIG: mapping },
      /line \d+: This configures another kind of backend than zoho-desk/,
    ],
  ])('says in plain words what %j lacks', async (environment, words) => {
    const { code, err } = await command(['serve', '--data', data], environment);
    expect(err).toMatch(words);
    expect(code).toBe(78);
  });

  it('leaves imports to the other system', async () => {
    const { code, err } = await command(
      ['import', 'x.csv', '--map', 'x.json', '--data', data],
      mapped('http://127.0.0.1:9'),
    );
    expect(err).toContain('our own engine alone');
    expect(code).toBe(1);
  });
});

describe('casement check with a mapped API', { timeout: 120_000 }, () => {
  it('reads as the person named, changes nothing, and says what cannot be done', async () => {
    const { code, out } = await check(mapped(await startApi()));
    expect(out).toMatch(/OK +Backend +the mapped API at http:/);
    expect(out).toMatch(/OK +Backend +It knows ada-whitlock as Ada Whitlock/);
    expect(out).toMatch(/OK +Backend +Its list of cases can be read: 20 on the first page\./);
    expect(out).toMatch(/OK +Backend +Not mapped, so that nobody can: attach files\./);
    expect(out).toMatch(/LOOK +Backend +Orders that are made here.*deadline/);
    expect(out).toContain('The server can be started.');
    expect(code).toBe(0);
  });

  it('says that the API cannot be reached', async () => {
    const { code, out } = await check(mapped('http://127.0.0.1:9/v2'));
    expect(out).toMatch(/WRONG +Backend +Pigeonhole cannot be reached\./);
    expect(code).toBe(1);
  });

  it('says that this server is not let in, and shows no key', async () => {
    const { code, out, err } = await check(mapped(await startApi(), { PIGEONHOLE_KEY: 'hunter3-hunter3' }));
    expect(out).toMatch(
      /WRONG +Backend +It does not let ada-whitlock read: Pigeonhole does not let this server in\./,
    );
    expect(out + err).not.toContain('hunter3');
    expect(code).toBe(1);
  });

  it('says what of the mapping finds nothing, and which choices lead nowhere', async () => {
    const { readFile } = await import('node:fs/promises');
    const wrong = (await readFile(mapping, 'utf8'))
      .replace(
        '"customer": { "id": "account_no" },\n      "requester"',
        '"customer": { "id": "account" },\n      "requester"',
      )
      .replace('"total": "paging.total_rows"', '"total": "paging.count"')
      .replace('"1": "high",', '"1": "urgent",');
    const file = await aFile(wrong);
    const { code, out } = await check(mapped(await startApi(), { CASEMENT_BACKEND_CONFIG: file }));
    expect(out).toMatch(/WRONG +Backend +There is no number at "paging\.count"/);
    expect(out).toMatch(/WRONG +Backend +"cases\.fields\.customer" finds nothing/);
    expect(out).toMatch(/WRONG +Backend +"cases\.fields\.priority" has no value for high/);
    expect(out).toMatch(/LOOK +Backend +"cases\.fields\.priority" leads to urgent/);
    expect(code).toBe(1);
  });

  it('says that a variable is missing, on its line', async () => {
    const { code, out } = await check(mapped(await startApi(), { PIGEONHOLE_KEY: '' }));
    expect(out).toMatch(
      /WRONG +Configuration +\S+tickets\.mapping\.json, line \d+: The environment has no PIGEONHOLE_KEY\./,
    );
    expect(code).toBe(1);
  });
});
