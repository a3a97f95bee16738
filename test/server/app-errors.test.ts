import { beforeAll, describe, expect, it } from 'vitest';

import { createApp } from '../../server/app.js';
import { problemCodes, problemSchema, type Problem } from '../../src/contract/problem.js';
import { aNewCase, aTenant, type TestApp, type TestTenant } from '../support/app.js';
import { theApp } from '../support/shared-app.js';

let testApp: TestApp;
let tenant: TestTenant;

beforeAll(async () => {
  testApp = await theApp();
  tenant = await aTenant(testApp);
});

const json = { 'content-type': 'application/json', 'idempotency-key': 'k' };

async function problemOf(response: Response): Promise<Problem> {
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  const problem = problemSchema.parse(await response.json());
  expect(problem.status).toBe(response.status);
  expect(problem.type).toBe(`urn:casement:problem:${problem.code}`);
  return problem;
}

describe('an error', () => {
  it.each([
    [
      'a body that is no JSON',
      400,
      'malformed_request',
      'POST',
      '/v1/cases',
      { headers: json, body: '{"subject":' },
    ],
    ['an empty body', 400, 'malformed_request', 'POST', '/v1/cases', { headers: json, body: '' }],
    [
      'a body that is not UTF-8',
      400,
      'malformed_request',
      'POST',
      '/v1/cases',
      { headers: json, body: new Uint8Array([0x22, 0xff, 0x22]) },
    ],
    ['an unknown path', 404, 'not_found', 'GET', '/v1/nothing', {}],
    ['a path outside the contract', 404, 'not_found', 'GET', '/elsewhere', {}],
    ['an id that cannot exist', 404, 'not_found', 'GET', '/v1/cases/%00', {}],
    ['an id of half a character', 404, 'not_found', 'GET', '/v1/cases/%ED%A0%80', {}],
    ['an id without end', 404, 'not_found', 'GET', `/v1/cases/${'x'.repeat(300)}`, {}],
    ['a broken escape in the path', 404, 'not_found', 'GET', '/v1/cases/%zz', {}],
    ['a method the path lacks', 405, 'method_not_allowed', 'DELETE', '/v1/cases', {}],
    [
      'another media type',
      415,
      'unsupported_media_type',
      'POST',
      '/v1/cases',
      { headers: { ...json, 'content-type': 'text/plain' }, body: '{}' },
    ],
    [
      'a change without a version',
      428,
      'version_required',
      'PATCH',
      '/v1/cases/case_1',
      { headers: { 'content-type': 'application/json' }, body: '{}' },
    ],
  ] as const)('answers %s with %i %s', async (_what, status, code, method, path, init) => {
    const problem = await problemOf(await tenant.agent.raw(method, path, init));
    expect(problem).toMatchObject({ status, code, title: problemCodes[code].title });
  });

  it('names the methods a path has', async () => {
    const response = await tenant.agent.raw('DELETE', '/v1/cases');
    expect(response.headers.get('allow')).toBe('HEAD, GET, POST');
  });

  it.each([true, false])('E-LIMIT states the limit of a body, told its length: %s', async (told) => {
    const text = JSON.stringify(aNewCase({ description: 'x'.repeat(2 * 1024 * 1024) }));
    const stream = new Blob([text]).stream();
    const init = told
      ? { headers: { ...json, 'content-length': String(text.length) }, body: text }
      : { headers: json, body: stream, duplex: 'half' };
    const problem = await problemOf(await tenant.agent.raw('POST', '/v1/cases', init));
    expect(problem).toMatchObject({ status: 413, code: 'too_large', limit: 2 * 1024 * 1024 });
  });

  it('tells nothing about what went wrong inside', async () => {
    const lines: object[] = [];
    const app = createApp({
      backend: testApp.engine,
      authenticate: () => Promise.reject(new Error('password hunter2')),
      logger: { info: (line) => void lines.push(line), error: (line) => void lines.push(line) },
    });
    const response = await app.request('/v1/session?q=secret', { headers: { authorization: 'Bearer tok' } });
    const body = await response.clone().text();
    expect(await problemOf(response)).toMatchObject({ status: 500, code: 'internal' });
    expect(body).not.toContain('hunter2');
    expect(body).toContain(response.headers.get('x-request-id'));
    const [failure, request] = lines;
    expect(failure).toMatchObject({ id: response.headers.get('x-request-id') });
    expect(request).toMatchObject({ method: 'GET', route: '/v1/session', status: 500 });
    expect(JSON.stringify(request)).not.toMatch(/secret|tok/);
  });
});

describe('E-VAL', () => {
  it('names every bad query parameter at once', async () => {
    const query =
      'status=reopened&raisedAfter=yesterday&limit=0&dueBy=2025-02-30&sort=luck&colour=red&count=perhaps&deadline=soon';
    const { status, body } = await tenant.agent.get<Problem>(`/v1/cases?${query}`);
    expect(status).toBe(422);
    expect(Object.fromEntries((body.errors ?? []).map(({ field, code }) => [field, code]))).toEqual({
      status: 'unknown_value',
      raisedAfter: 'not_a_date',
      limit: 'invalid',
      dueBy: 'not_a_date',
      sort: 'unknown_value',
      colour: 'unknown_field',
      count: 'unknown_value',
      deadline: 'unknown_value',
    });
    for (const error of body.errors ?? []) expect(error.message).not.toBe('');
  });

  it.each(['limit=1.5', 'limit=101', 'limit=-1', 'limit=ten', 'limit=1&limit=2', 'cursor=', 'customerId='])(
    'refuses %s',
    async (query) => {
      const { status, body } = await tenant.agent.get<Problem>(`/v1/cases?${query}`);
      expect(status).toBe(422);
      expect(body.errors).toHaveLength(1);
    },
  );

  it('names bad fields by their dotted paths, unknown ones too', async () => {
    const body = aNewCase({
      subject: 7,
      tags: ['fine', 7],
      deadline: '2025-13-01',
      close: { reason: 7, mood: 'glad' },
      colour: 'red',
    });
    const answer = await tenant.agent.post<Problem>('/v1/cases', body);
    expect(answer.status).toBe(422);
    expect(Object.fromEntries((answer.body.errors ?? []).map(({ field, code }) => [field, code]))).toEqual({
      subject: 'invalid',
      'tags.1': 'invalid',
      deadline: 'not_a_date',
      'close.reason': 'invalid',
      'close.mood': 'unknown_field',
      colour: 'unknown_field',
    });
  });

  it.each([[[]], [null], ['text'], [7]])('refuses a body that is %j', async (body) => {
    const answer = await tenant.agent.post<Problem>('/v1/cases', body);
    expect(answer).toMatchObject({ status: 422, body: { code: 'validation_failed' } });
  });

  it.each([
    ['NUL', 'a\u0000b'],
    ['half a character', 'a\ud800b'],
  ])('refuses %s in any text', async (_what, text) => {
    const created = await tenant.agent.post<Problem>('/v1/cases', aNewCase({ subject: text, tags: [text] }));
    expect(created.status).toBe(422);
    expect(created.body.errors).toEqual([
      expect.objectContaining({ field: 'subject', code: 'invalid' }),
      expect.objectContaining({ field: 'tags.0', code: 'invalid' }),
    ]);
  });

  it('refuses NUL in a query', async () => {
    const answer = await tenant.agent.get<Problem>('/v1/cases?q=%00');
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toEqual([expect.objectContaining({ field: 'q', code: 'invalid' })]);
  });

  it.each([
    [undefined, 'required'],
    [' ', 'required'],
    ['k'.repeat(201), 'too_long'],
  ])('asks for an idempotency key on every POST, not %j', async (key, code) => {
    const headers: Record<string, string> = { 'content-type': 'application/json' };
    if (key !== undefined) headers['idempotency-key'] = key;
    const response = await tenant.agent.raw('POST', '/v1/cases', {
      headers,
      body: JSON.stringify(aNewCase()),
    });
    const problem = await problemOf(response);
    expect(problem).toMatchObject({ status: 422, code: 'validation_failed' });
    expect(problem.errors).toEqual([expect.objectContaining({ field: 'Idempotency-Key', code })]);
  });

  it.each(['7', '*', '"a', '"a", "b"'])('refuses %s as a version', async (ifMatch) => {
    const headers = { 'content-type': 'application/json', 'if-match': ifMatch };
    const response = await tenant.agent.raw('PATCH', '/v1/cases/case_1', { headers, body: '{}' });
    expect((await problemOf(response)).errors).toEqual([
      expect.objectContaining({ field: 'If-Match', code: 'invalid' }),
    ]);
  });
});

describe('every answer', () => {
  it('stays out of caches and out of guesses', async () => {
    for (const path of ['/v1/session', '/v1/nothing', '/v1/openapi.json']) {
      const { headers } = await tenant.agent.raw('GET', path);
      expect(headers.get('cache-control')).toBe('no-store, private');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('vary')).toContain('Authorization');
      expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  it('says nothing to other origins unless they are listed', async () => {
    const headers = { origin: 'https://crm.example' };
    const closed = await tenant.agent.raw('GET', '/v1/session', { headers });
    expect(closed.headers.get('access-control-allow-origin')).toBeNull();
    const app = createApp({
      backend: testApp.engine,
      authenticate: () => Promise.reject(new Error('not asked')),
      allowedOrigins: ['https://crm.example'],
    });
    const asked = await app.request('/v1/cases', {
      method: 'OPTIONS',
      headers: { ...headers, 'access-control-request-method': 'POST' },
    });
    expect(asked.headers.get('access-control-allow-origin')).toBe('https://crm.example');
    expect(asked.headers.get('access-control-allow-headers')).toContain('Idempotency-Key');
    const stranger = await app.request('/v1/openapi.json', { headers: { origin: 'https://evil.example' } });
    expect(stranger.headers.get('access-control-allow-origin')).toBeNull();
    const answer = await app.request('/v1/openapi.json', { headers });
    expect(answer.headers.get('access-control-expose-headers')).toContain('ETag');
  });

  it('says whether the server is alive and ready', async () => {
    const app = createApp({
      backend: testApp.engine,
      authenticate: () => Promise.reject(new Error('not asked')),
      ready: () => Promise.reject(new Error('no database')),
    });
    expect((await app.request('/healthz')).status).toBe(200);
    expect((await app.request('/readyz')).status).toBe(503);
    expect((await testApp.app.request('/readyz')).status).toBe(200);
  });
});
