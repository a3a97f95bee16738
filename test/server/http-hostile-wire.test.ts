import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openHttpServer, type HttpServer } from '../../server/cli/http-server.js';
import { contentDisposition } from '../../server/middleware/content-disposition.js';
import { aTenant, type TestTenant } from '../support/app.js';
import { problemsWith } from '../support/fuzz-judge.js';
import { injectionCorpus } from '../support/injection-corpus.js';
import { sendBytes, sendRaw, type RawAnswer } from '../support/raw-http.js';
import { theApp } from '../support/shared-app.js';

let tenant: TestTenant;
let server: HttpServer;

beforeAll(async () => {
  const { app, engine } = await theApp();
  tenant = await aTenant({ app, engine });
  const limits = { headersTimeout: 10, requestTimeout: 10, keepAlive: 5 };
  server = await openHttpServer(app.fetch, { host: '127.0.0.1', port: 0 }, limits);
});
afterAll(() => server.drain(1_000));

type Headers = readonly (readonly [string, string])[];

function ask(method: string, target: string, headers: Headers = [], body?: Uint8Array): Promise<RawAnswer> {
  const authorization = ['Authorization', `Bearer ${tenant.agent.token}`] as const;
  return sendRaw(server.port, { method, target, headers: [authorization, ...headers], body });
}

function expectRefusal(answer: RawAnswer, ...statuses: number[]): void {
  expect(problemsWith(answer)).toEqual([]);
  expect(statuses).toContain(answer.status);
  expect(answer.headers.get('set-cookie')).toBeNull();
  expect(answer.headers.get('x-pwned')).toBeNull();
}

describe('a path', () => {
  it.each([
    '/v1/cases/..%2f..%2fetc%2fpasswd',
    '/v1/cases/%2e%2e',
    '/v1/cases/%2e%2e%2f%2e%2e%2fhealthz',
    '/v1/attachments/..%2f..%2f..%2fetc%2fpasswd/content',
    '/v1/attachments/%2e%2e%5c%2e%2e/content',
    '/v1/cases/%00',
    '/v1/cases/a%00b',
    '/v1/cases/%0d%0aSet-Cookie:%20x=1',
    '/v1/cases/%ff%fe',
    '/v1/cases/%c0%ae%c0%ae',
    '/v1/cases/%zz',
    '/v1/cases/%',
    '/v1/cases/%ED%A0%80',
    '/v1/cases/__proto__',
    '/v1/people/constructor',
    '/v1/customers/toString',
    "/v1/people/'%20or%20'1'='1",
    `/v1/cases/${'a'.repeat(4_000)}`,
    '/v1/cases//',
    '/v1//cases',
    '/v2/cases',
    '/v1/cases;x=1',
    '/V1/CASES',
    '/v1/cases/../../etc/passwd',
  ])('%s leads nowhere', async (path) => {
    expectRefusal(await ask('GET', path), 404);
  });

  it.each([
    ['a backslash', 'GET /v1\\cases HTTP/1.1\r\nHost: x'],
    ['another server’s address', 'GET http://evil.example/v1/cases HTTP/1.1\r\nHost: x'],
    ['no slash', 'GET v1/cases HTTP/1.1\r\nHost: x'],
    ['a star', 'OPTIONS * HTTP/1.1\r\nHost: x'],
    ['a host that breaks out', 'GET /v1/cases HTTP/1.1\r\nHost: x/../evil.example:80@y'],
    ['two hosts', 'GET /v1/cases HTTP/1.1\r\nHost: x\r\nHost: y'],
    ['no host', 'GET /v1/cases HTTP/1.1'],
    ['an unknown version', 'GET /v1/cases HTTP/9.9\r\nHost: x'],
    ['an unknown method', 'BREW /v1/cases HTTP/1.1\r\nHost: x'],
    ['two lengths', 'POST /v1/cases HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 3'],
    [
      'a length and chunks',
      'POST /v1/cases HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked',
    ],
    ['a length below zero', 'POST /v1/cases HTTP/1.1\r\nHost: x\r\nContent-Length: -1'],
    ['a line that is folded', 'GET /v1/cases HTTP/1.1\r\nHost: x\r\nX-A: 1\r\n\tSet-Cookie: x=1'],
    ['a header without a name', 'GET /v1/cases HTTP/1.1\r\nHost: x\r\n: pwned'],
    ['a header with a blank in its name', 'GET /v1/cases HTTP/1.1\r\nHost: x\r\nX A: 1'],
    ['NUL in a header', 'GET /v1/cases HTTP/1.1\r\nHost: x\r\nX-A: a\u0000b'],
    ['headers without end', `GET /v1/cases HTTP/1.1\r\nHost: x\r\nX-A: ${'x'.repeat(100_000)}`],
    ['headers without number', `GET /v1/cases HTTP/1.1\r\nHost: x\r\n${'X-A: 1\r\n'.repeat(20_000)}X-B: 1`],
    ['no HTTP at all', '\u0016\u0003\u0001\u0002\u0000\u0001'],
  ])('or head with %s is answered as a problem', async (_what, head) => {
    const answer = await sendBytes(
      server.port,
      Buffer.from(`${head}\r\nConnection: close\r\n\r\n`, 'latin1'),
    );
    expectRefusal(answer, 400, 401, 404, 405, 414, 431);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });
});

describe('a header', () => {
  const latin = (text: string) =>
    Buffer.from(text)
      .toString('latin1')
      .replace(/[\r\n\0]/g, ' ');
  const body = new TextEncoder().encode('{}');
  const json = ['Content-Type', 'application/json'] as const;

  it.each(injectionCorpus)('that says %j does not break out of its place', async (text) => {
    const value = latin(text);
    const answer = await ask(
      'PATCH',
      '/v1/cases/none',
      [json, ['If-Match', value], ['X-Request-Id', value], ['Origin', value]],
      body,
    );
    expectRefusal(answer, 400, 404, 422);
    // An id of the caller's is taken over only as a plain word.
    expect(answer.headers.get('x-request-id')).toMatch(/^[\w.-]{8,64}$/);
    const created = await ask('POST', '/v1/cases', [json, ['Idempotency-Key', value]], body);
    expectRefusal(created, 400, 422);
  });

  it.each([
    'x\r\nSet-Cookie: pwned=1',
    'x\nX-Pwned: 1',
    'x\rX-Pwned: 1',
    'x%0d%0aX-Pwned: 1',
    'x\u0085X-Pwned: 1',
  ])('cannot become two by %j', async (value) => {
    for (const name of ['Idempotency-Key', 'If-Match', 'X-Request-Id', 'Last-Event-ID', 'Origin']) {
      const answer = await ask('POST', '/v1/cases/none/notes', [json, [name, value]], body);
      expectRefusal(answer, 400, 404, 422);
    }
  });

  it.each([
    'garbage',
    '0-0-0',
    '-1',
    '99999999999999999999',
    "'; drop table outbox; --",
    'x'.repeat(8_000),
    '\u00ff',
    '💥',
  ])('Last-Event-ID: %s opens a stream or is refused', async (value) => {
    const answer = await ask('GET', '/v1/events', [['Last-Event-ID', latin(value)]]);
    if (answer.status === 200) expect(answer.headers.get('content-type')).toMatch(/^text\/event-stream/);
    else expectRefusal(answer, 400, 422);
  });
});

describe('the name of a file', () => {
  const hostile = [
    ...injectionCorpus,
    'a".html;x="',
    'b\\"c',
    "d'e;f=g",
    '%22%0d%0aX-Pwned:1',
    '…/長い名前',
    '\u202Egpj.exe',
  ];

  it.each(hostile)('%j stays inside its header', async (text) => {
    const target = `/v1/attachments?name=${encodeURIComponent(`${text.slice(0, 200)}.txt`)}`;
    const uploaded = await ask(
      'POST',
      target,
      [['Idempotency-Key', crypto.randomUUID()]],
      new TextEncoder().encode('x'),
    );
    if (uploaded.status !== 201) return expectRefusal(uploaded, 422);
    const { id, name } = JSON.parse(uploaded.text) as { id: string; name: string };
    expect(name).not.toMatch(/[/\\\u0000-\u001f\u007f]/);
    const { status, headers, text: content } = await ask('GET', `/v1/attachments/${id}/content`);
    expect([status, content]).toEqual([200, 'x']);
    expect(headers.get('content-type')).toMatch(/^text\/plain/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
    expect(headers.get('set-cookie') ?? headers.get('x-pwned')).toBeNull();
    const disposition = headers.get('content-disposition') ?? '';
    const [, plain = '', exact = ''] =
      /^attachment; filename="([^"\\\x00-\x1f\x7f-\uffff]*)"; filename\*=UTF-8''([\w!#$&+\-.^`|~%]*)$/.exec(
        disposition,
      ) ?? [];
    expect(plain, disposition).not.toBe('');
    expect(decodeURIComponent(exact)).toBe(name);
  });

  it.each(hostile)(
    '%j is written into the header without breaking out, whoever cleaned it before',
    (text) => {
      const [, plain, exact = ''] =
        /^attachment; filename="([^"\\\x00-\x1f\x7f-\uffff]*)"; filename\*=UTF-8''([\w!#$&+\-.^`|~%]*)$/.exec(
          contentDisposition(text),
        ) ?? [];
      expect(plain).toBeDefined();
      expect(decodeURIComponent(exact)).toBe(text);
    },
  );
});
