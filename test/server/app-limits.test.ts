import { connect } from 'node:net';

import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';

import { networkOf } from '../../server/middleware/limits.js';
import { problemSchema, type Problem } from '../../src/contract/problem.js';
import { aNewCase, aNewNote, aTenant, type TestTenant } from '../support/app.js';
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

async function refusal(response: Response): Promise<Problem> {
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(response.headers.get('x-request-id')).not.toBeNull();
  return problemSchema.parse(await response.json());
}

describe('a limit of requests', () => {
  it('tells how far one may go, and refuses what is beyond, naming itself', async () => {
    server = await openServer({ CASEMENT_LIMIT_READS: '2' });
    const agent = server.reach(tenant.agent);
    const first = await agent.raw('GET', '/v1/session');
    expect(first.status).toBe(200);
    expect(first.headers.get('ratelimit-policy')).toBe('"reads";q=2;w=60');
    expect(first.headers.get('ratelimit')).toMatch(/^"reads";r=1;t=(60|59)$/);
    expect((await agent.get('/v1/session')).status).toBe(200);
    const refused = await agent.raw('GET', '/v1/session');
    expect(refused.status).toBe(429);
    expect(refused.headers.get('ratelimit')).toMatch(/^"reads";r=0;t=\d+$/);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(60);
    expect(await refusal(refused)).toMatchObject({ code: 'rate_limited', limit: 2, limitName: 'reads' });
  });

  it('counts reads, writes, uploads and streams apart, and nobody for somebody else', async () => {
    server = await openServer({
      CASEMENT_LIMIT_READS: '1',
      CASEMENT_LIMIT_WRITES: '1',
      CASEMENT_LIMIT_UPLOADS: '1',
      CASEMENT_LIMIT_STREAMS: '1',
    });
    const agent = server.reach(tenant.agent);
    const asks: Record<string, () => Promise<Response>> = {
      reads: () => agent.raw('GET', '/v1/session'),
      writes: () =>
        agent.raw('POST', '/v1/cases', {
          headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
          body: JSON.stringify(aNewCase()),
        }),
      uploads: () =>
        agent.raw('POST', '/v1/attachments?name=a.txt', {
          headers: { 'idempotency-key': crypto.randomUUID() },
          body: 'text',
        }),
      streams: () => agent.raw('HEAD', '/v1/events'),
    };
    for (const ask of Object.values(asks)) expect((await ask()).status).toBeLessThan(300);
    for (const [name, ask] of Object.entries(asks)) {
      const refused = await ask();
      expect(refused.status).toBe(429);
      expect(refused.headers.get('ratelimit-policy')).toBe(`"${name}";q=1;w=60`);
    }
    expect((await server.reach(tenant.otherAgent).get('/v1/session')).status).toBe(200);
    // The same id in another tenant is another person.
    const elsewhere = await aTenant(await theApp());
    expect((await server.reach(elsewhere.agent).get('/v1/session')).status).toBe(200);
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    for (const name of Object.keys(asks)) {
      expect(metrics).toContain(`casement_rate_limited_total{limit="${name}"} 1`);
    }
  });

  it('counts an address before it looks at a token', async () => {
    server = await openServer({ CASEMENT_LIMIT_ADDRESS: '2' });
    const ask = () => fetch(`${server?.url}/v1/session`, { headers: { authorization: 'Bearer guess' } });
    expect([(await ask()).status, (await ask()).status]).toEqual([401, 401]);
    const refused = await ask();
    expect(refused.status).toBe(429);
    expect(await refusal(refused)).toMatchObject({ limit: 2, limitName: 'address' });
    // Health is asked by machines that must not be refused.
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  });

  it('is not kept where it is set to 0', async () => {
    server = await openServer({ CASEMENT_LIMIT_READS: '0', CASEMENT_LIMIT_ADDRESS: '0' });
    const answer = await server.reach(tenant.agent).raw('GET', '/v1/session');
    expect(answer.headers.get('ratelimit')).toBeNull();
  });

  it('counts the network of an IPv6 address', () => {
    expect(networkOf('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2');
    expect(networkOf('2001:DB8:1:2::9')).toBe('2001:db8:1:2');
    expect(networkOf('2001:db8::9')).toBe('2001:db8:0:0');
    expect(networkOf('::1')).toBe('0:0:0:0');
    expect(networkOf('::ffff:192.0.2.7')).toBe('192.0.2.7');
    expect(networkOf('192.0.2.7')).toBe('192.0.2.7');
  });
});

describe('event streams', () => {
  it('are so many at once for one actor, and one that ends makes room', async () => {
    server = await openServer({ CASEMENT_STREAMS_PER_ACTOR: '2' });
    const agent = server.reach(tenant.agent);
    const [one, two] = [await readEvents(agent), await readEvents(agent)];
    try {
      const refused = await agent.raw('GET', '/v1/events');
      expect(refused.status).toBe(429);
      expect(refused.headers.get('retry-after')).toBe('30');
      expect(await refusal(refused)).toMatchObject({ limit: 2, limitName: 'open-streams' });
      const other = await readEvents(server.reach(tenant.otherAgent));
      expect(other.response.status).toBe(200);
      other.leave();
      one.leave();
      await vi.waitFor(async () => {
        const again = await readEvents(agent);
        again.leave();
        expect(again.response.status).toBe(200);
      }, 60_000);
    } finally {
      two.leave();
    }
  });
});

describe('E-LIMIT of sizes', () => {
  it('names the limit of a body', async () => {
    server = await openServer();
    const body = JSON.stringify(aNewNote({ text: 'x'.repeat(2 * 1024 * 1024) }));
    const refused = await server.reach(tenant.agent).raw('POST', '/v1/cases', {
      headers: { 'content-type': 'application/json', 'idempotency-key': 'k' },
      body,
    });
    expect(refused.status).toBe(413);
    expect(await refusal(refused)).toMatchObject({
      code: 'too_large',
      limit: 2 * 1024 * 1024,
      limitName: 'json-body',
    });
  });

  it('names the limit of a file', async () => {
    server = await openServer();
    const { status, body } = await server
      .reach(tenant.agent)
      .upload('big.txt', new Uint8Array(10 * 1024 * 1024 + 1));
    expect(status).toBe(413);
    expect(body).toMatchObject({ code: 'too_large', limit: 10 * 1024 * 1024, limitName: 'attachment' });
  });

  it('names the limit of an address', async () => {
    server = await openServer();
    const refused = await server.reach(tenant.agent).raw('GET', `/v1/cases?q=${'x'.repeat(9_000)}`);
    expect(refused.status).toBe(414);
    expect(await refusal(refused)).toMatchObject({ code: 'uri_too_long', limit: 8_192, limitName: 'url' });
  });

  it('names the limit of the headers', async () => {
    server = await openServer();
    const answer = await rawRequest(
      server.url,
      `GET /v1/session HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(40_000)}\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 431 /);
    expect(problemIn(answer)).toMatchObject({
      code: 'headers_too_large',
      limit: 32_768,
      limitName: 'headers',
    });
  });

  it('answers what is no request at all', async () => {
    server = await openServer();
    const answer = await rawRequest(server.url, 'NONSENSE\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(problemIn(answer)).toMatchObject({ code: 'malformed_request' });
  });
});

describe('who sends slowly', () => {
  it('is not waited for: headers', async () => {
    server = await openServer({ CASEMENT_HEADERS_TIMEOUT: '1', CASEMENT_REQUEST_TIMEOUT: '2' });
    const answer = await rawRequest(server.url, 'GET /v1/session HTTP/1.1\r\nHost: x\r\nX-Slow: ');
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(problemIn(answer)).toMatchObject({ code: 'request_timeout' });
  });

  it.each([
    ['a JSON body', '/v1/cases', 'application/json'],
    ['an upload', '/v1/attachments?name=a.txt', 'application/octet-stream'],
  ])('is not waited for: %s', async (_what, path, type) => {
    server = await openServer({ CASEMENT_BODY_TIMEOUT: '1' });
    const answer = await rawRequest(
      server.url,
      [
        `POST ${path} HTTP/1.1`,
        'Host: x',
        `Authorization: Bearer ${tenant.agent.token}`,
        `Content-Type: ${type}`,
        'Idempotency-Key: slow',
        'Content-Length: 100',
        '',
        '{"sub',
      ].join('\r\n'),
    );
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(answer).toMatch(/\r\nconnection: close\r\n/i);
    expect(problemIn(answer)).toMatchObject({ code: 'request_timeout' });
  });
});

/** Sends bytes and reads until the server closes the connection. */
function rawRequest(url: string, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(text));
    let answer = '';
    socket.on('data', (chunk) => (answer += String(chunk)));
    socket.on('error', reject);
    socket.on('close', () => resolve(answer));
  });
}

function problemIn(answer: string): Problem {
  return problemSchema.parse(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n'))));
}
