import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';

import { readConfig } from '../../server/cli/config.js';
import { openEngine } from '../../server/cli/database.js';
import { aNewCase, Caller } from '../support/app.js';
import {
  administratorToken,
  aDataFolder,
  serve,
  type Environment,
  type ServerProcess,
} from '../support/casement-program.js';
import { anActor } from '../support/engine.js';
import { sampleTenant } from '../support/sample-tenant.js';

let folder: Awaited<ReturnType<typeof aDataFolder>>;
let data: string;
let server: ServerProcess;
let token: string;

beforeAll(async () => {
  folder = await aDataFolder();
  data = join(folder.path, 'data');
  const beside = await openEngine(readConfig({ CASEMENT_DATA: data }));
  await beside.engine.seed('default', sampleTenant);
  await beside.close();
});
afterEach(async () => {
  server.child.kill('SIGKILL');
  await server.ended;
});
afterAll(() => folder.remove());

async function start(environment: Environment = {}): Promise<Caller> {
  server = await serve(data, environment);
  token = await administratorToken(data);
  return new Caller(
    (request) => fetch(new Request(request.url.replace('http://test.local', server.url), request)),
    token,
  );
}

/** A POST whose body comes in two pieces, with the server stopped between them. */
async function slowPost(path: string, type: string, body: string) {
  const socket = connect(Number(new URL(server.url).port), 'localhost');
  await once(socket, 'connect');
  const head = [
    `POST ${path} HTTP/1.1`,
    'Host: localhost',
    `Authorization: Bearer ${token}`,
    `Content-Type: ${type}`,
    `Idempotency-Key: ${crypto.randomUUID()}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  const half = Math.floor(body.length / 2);
  socket.write(`${head.join('\r\n')}\r\n\r\n${body.slice(0, half)}`);
  const answer = answerOn(socket);
  // The server is at it once it counts it.
  await vi.waitFor(async () => expect(await inFlight()).toBeGreaterThanOrEqual(2), 60_000);
  return { answer, finish: () => void socket.write(body.slice(half)) };
}

async function inFlight(): Promise<number> {
  const text = await (await fetch(`${server.url}/metrics`)).text();
  return Number(/^casement_http_requests_in_flight (\d+)$/m.exec(text)?.[1]);
}

function answerOn(socket: Socket): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    socket.on('data', (chunk) => (text += String(chunk)));
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(text));
  });
}

const refusesConnections = () =>
  vi.waitFor(async () => {
    const socket = connect(Number(new URL(server.url).port), 'localhost');
    const [event] = await Promise.race([
      once(socket, 'connect').then(() => ['open']),
      once(socket, 'error').then(() => ['refused']),
    ]).catch(() => ['refused']);
    socket.destroy();
    expect(event).toBe('refused');
  }, 60_000);

describe('a server that is told to stop', { timeout: 120_000 }, () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'by %s finishes a write, takes no new ones, and ends with 0',
    async (signal) => {
      await start();
      const subject = `Written while stopping by ${signal}`;
      const body = JSON.stringify(aNewCase({ subject }));
      const { answer, finish } = await slowPost('/v1/cases', 'application/json', body);
      server.child.kill(signal);
      await refusesConnections();
      finish();
      const text = await answer;
      expect(text).toMatch(/^HTTP\/1\.1 201 /);
      expect(text).toMatch(/\r\nconnection: close\r\n/i);
      const { code, err } = await server.ended;
      expect(err).toContain('Stopping.');
      expect(code).toBe(0);

      const after = await openEngine(readConfig({ CASEMENT_DATA: data }));
      const administrator = anActor('default', { id: 'administrator', roles: ['system-administrator'] });
      const { items } = await after.engine.listCases({ q: `stopping ${signal}` }, { actor: administrator });
      await after.close();
      expect(items.map((found) => found.subject)).toEqual([subject]);
    },
  );

  it('says it is not ready before it closes the port, and answers until then', async () => {
    await start({ CASEMENT_SHUTDOWN_DELAY: '3' });
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
    server.child.kill('SIGTERM');
    await vi.waitFor(async () => expect((await fetch(`${server.url}/readyz`)).status).toBe(503), 60_000);
    const session = await fetch(`${server.url}/v1/session`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(session.status).toBe(200);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    expect((await server.ended).code).toBe(0);
  });

  it('ends event streams with a hint when to come back', async () => {
    const caller = await start();
    const stream = await caller.raw('GET', '/v1/events');
    const text = stream.text();
    server.child.kill('SIGTERM');
    expect(await text).toContain(': connected');
    const wait = Number(/^retry: (\d+)$/m.exec(await text)?.[1]);
    expect(wait).toBeGreaterThanOrEqual(500);
    expect(wait).toBeLessThanOrEqual(3_000);
    expect((await server.ended).code).toBe(0);
  });

  it('refuses an upload that does not come to its end in time, so that it is sent again', async () => {
    await start({ CASEMENT_SHUTDOWN_GRACE: '2' });
    const { answer } = await slowPost('/v1/attachments?name=a.txt', 'text/plain', 'x'.repeat(1_000));
    server.child.kill('SIGTERM');
    const text = await answer;
    expect(text).toMatch(/^HTTP\/1\.1 503 /);
    expect(text).toMatch(/\r\nretry-after: 1\r\n/i);
    expect(text).toContain('"code":"unavailable"');
    expect((await server.ended).code).toBe(0);
  });

  it('ends at once when told again', async () => {
    await start({ CASEMENT_SHUTDOWN_GRACE: '600', CASEMENT_BODY_TIMEOUT: '600' });
    const { answer } = await slowPost('/v1/cases', 'application/json', JSON.stringify(aNewCase()));
    server.child.kill('SIGTERM');
    await refusesConnections();
    server.child.kill('SIGTERM');
    expect((await server.ended).code).toBe(143);
    expect(await answer).toBe('');
  });
});
