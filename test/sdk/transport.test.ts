import { describe, expect, it, vi } from 'vitest';

import {
  AuthenticationError,
  ConfigError,
  ConflictError,
  ForbiddenError,
  GoneError,
  LimitError,
  NetworkError,
  NotFoundError,
  SchemaError,
  UnavailableError,
  ValidationError,
  createCaseClient,
  isAbortError,
  isCaseError,
  isValidationError,
  type CaseError,
} from '../../src/index.js';
import { aPerson, breakOff, drop, flakyServer, hang, json, problem } from './flaky-server.js';
import { eventually } from './world.js';

const ok = json(200, aPerson);
const note = {
  id: 'note_1',
  caseId: 'case_1',
  visibility: 'internal',
  subject: 'follow-up',
  text: 'Called.',
  by: null,
  at: null,
  attachments: [],
};

function clientOf(baseUrl: string, getToken: () => string | Promise<string> = () => 'token') {
  return createCaseClient({ baseUrl, getToken, locale: 'de-AT' });
}

async function failure(call: Promise<unknown>): Promise<CaseError> {
  return call.then(
    () => expect.fail('the call should have failed'),
    (error: unknown) => error as CaseError,
  );
}

describe('requests', () => {
  it('carry the token and the language', async () => {
    await using server = await flakyServer(ok);
    await clientOf(server.url).people.get('a/b');
    expect(server.seen[0]).toMatchObject({
      method: 'GET',
      url: '/v1/people/a%2Fb',
      headers: { authorization: 'Bearer token', 'accept-language': 'de-AT' },
    });
  });

  it('go below the path of the base address', async () => {
    await using server = await flakyServer(ok);
    await clientOf(`${server.url}/help/casement/?x#y`).people.get('p');
    expect(server.seen[0]?.url).toBe('/help/casement/v1/people/p');
  });

  it('repeat a parameter with several values and leave out what is not asked', async () => {
    await using server = await flakyServer(json(200, { items: [], next: null }));
    await clientOf(server.url).cases.list({
      status: ['open', 'closed'],
      type: 'billing',
      q: '100% "sure" & more',
      count: true,
      sort: undefined,
    });
    expect([...new URL(server.seen[0]?.url ?? '', server.url).searchParams]).toEqual([
      ['status', 'open'],
      ['status', 'closed'],
      ['type', 'billing'],
      ['q', '100% "sure" & more'],
      ['count', 'true'],
    ]);
  });

  it('go through a fetch that was handed in, without an address of their own', async () => {
    const seen: string[] = [];
    const client = createCaseClient({
      getToken: () => 'token',
      fetch: (request) => {
        seen.push(new URL(request.url).pathname);
        return Response.json(aPerson);
      },
    });
    await expect(client.people.get('p')).resolves.toEqual(aPerson);
    expect(seen).toEqual(['/v1/people/p']);
  });

  it('are not made by a client with no address', () => {
    expect(() => createCaseClient({ getToken: () => 'token' })).toThrow(ConfigError);
    expect(() => createCaseClient({ baseUrl: 'mailto:a@b.test', getToken: () => 'token' })).toThrow(
      ConfigError,
    );
  });
});

describe('repeating', () => {
  it('reads again after a broken connection, a broken answer and a server in trouble', async () => {
    await using server = await flakyServer(
      drop,
      breakOff,
      problem(503, 'unavailable', {}, { 'retry-after': '0' }),
      ok,
    );
    await expect(clientOf(server.url).people.get('p')).resolves.toEqual(aPerson);
    expect(server.seen).toHaveLength(4);
  });

  it('gives up after four attempts and tells the trouble', async () => {
    await using server = await flakyServer(problem(502, 'unavailable', {}, { 'retry-after': '0' }));
    const error = await failure(clientOf(server.url).people.get('p'));
    expect(error).toBeInstanceOf(UnavailableError);
    expect(error).toMatchObject({ status: 502, retryAfter: 0 });
    expect(server.seen).toHaveLength(4);
  });

  it('waits as long as the server asks', async () => {
    await using server = await flakyServer(
      problem(429, 'rate_limited', { limit: 60 }, { 'retry-after': '1' }),
      ok,
    );
    const started = performance.now();
    await clientOf(server.url).people.get('p');
    expect(performance.now() - started).toBeGreaterThanOrEqual(990);
  });

  it('does not make anybody wait longer than half a minute', async () => {
    await using server = await flakyServer(
      problem(429, 'rate_limited', { limit: 60 }, { 'retry-after': '31' }),
    );
    const error = await failure(clientOf(server.url).people.get('p'));
    expect(error).toBeInstanceOf(LimitError);
    expect(error).toMatchObject({ limit: 60, retryAfter: 31 });
    expect(server.seen).toHaveLength(1);
  });

  it('E-DUP repeats a write whose answer was lost under the same key', async () => {
    await using server = await flakyServer(
      drop,
      breakOff,
      problem(409, 'request_in_progress'),
      json(201, note),
    );
    await clientOf(server.url).notes.create('case_1', { visibility: 'internal', text: 'Called.' });
    const keys = server.seen.map(({ headers }) => headers['idempotency-key']);
    expect(keys).toHaveLength(4);
    expect(new Set(keys).size).toBe(1);
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
  });

  it('sends the key and the version it is given', async () => {
    await using server = await flakyServer(problem(412, 'version_conflict'));
    const client = clientOf(server.url);
    await failure(client.cases.close('c', {}, { version: '7', idempotencyKey: 'mine' }));
    expect(server.seen[0]?.headers).toMatchObject({ 'idempotency-key': 'mine', 'if-match': '"7"' });
  });

  it.each([400, 403, 404, 409, 410, 412, 413, 415, 422, 500, 501])(
    'never repeats after a %i',
    async (status) => {
      await using server = await flakyServer(problem(status, 'some_code'));
      await failure(clientOf(server.url).people.get('p'));
      expect(server.seen).toHaveLength(1);
    },
  );
});

describe('tokens', () => {
  it('are renewed once after a 401', async () => {
    await using server = await flakyServer(problem(401, 'unauthenticated'), ok);
    let made = 0;
    await clientOf(server.url, () => `token-${++made}`).people.get('p');
    expect(server.seen.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer token-1',
      'Bearer token-2',
    ]);
  });

  it('are not asked for in a loop: the second 401 is told', async () => {
    await using server = await flakyServer(problem(401, 'unauthenticated'));
    let made = 0;
    const error = await failure(clientOf(server.url, () => `token-${++made}`).people.get('p'));
    expect(error).toBeInstanceOf(AuthenticationError);
    expect(made).toBe(2);
    expect(server.seen).toHaveLength(2);
  });

  it('are renewed once for all calls that were refused', async () => {
    await using server = await flakyServer((response, { headers }) =>
      headers.authorization === 'Bearer token-1'
        ? problem(401, 'unauthenticated')(response, server.seen[0]!)
        : ok(response, server.seen[0]!),
    );
    let made = 0;
    const client = clientOf(server.url, () => `token-${++made}`);
    await Promise.all(['a', 'b', 'c', 'd'].map((id) => client.people.get(id)));
    expect(made).toBe(2);
  });

  it('that cannot be had fail the call, with the reason', async () => {
    await using server = await flakyServer(ok);
    const cause = new Error('session over');
    const error = await failure(clientOf(server.url, () => Promise.reject(cause)).people.get('p'));
    expect(error).toBeInstanceOf(AuthenticationError);
    expect(error.cause).toBe(cause);
    expect(server.seen).toHaveLength(0);
  });
});

describe('errors', () => {
  it.each([
    [422, ValidationError],
    [400, ValidationError],
    [428, ValidationError],
    [401, AuthenticationError],
    [403, ForbiddenError],
    [404, NotFoundError],
    [409, ConflictError],
    [412, ConflictError],
    [410, GoneError],
    [413, LimitError],
    [500, UnavailableError],
    [501, UnavailableError],
  ])('of a %i are of one family, problem details or not', async (status, family) => {
    await using server = await flakyServer(problem(status, 'some_code', { detail: 'In words.' }));
    const told = await failure(clientOf(server.url).people.get('p'));
    expect(told).toBeInstanceOf(family);
    expect(told).toMatchObject({ code: 'some_code', status, message: 'In words.', name: family.name });

    await using proxy = await flakyServer((response) => {
      response.writeHead(status, { 'content-type': 'text/html' });
      response.end('<h1>Sorry</h1>');
    });
    const untold = await failure(clientOf(proxy.url).people.get('p'));
    expect(untold).toBeInstanceOf(family);
    expect(untold.problem).toBeUndefined();
    expect(untold.code).toMatch(/^[a-z_]+$/);
    expect(isCaseError(untold)).toBe(true);
  });

  it('E-VAL names every refused field', async () => {
    const errors = [
      { field: 'subject', code: 'required', message: 'Enter a subject.' },
      { field: 'type', code: 'unknown_value', message: 'Choose a type.' },
    ];
    await using server = await flakyServer(problem(422, 'validation_failed', { errors }));
    const error = await failure(clientOf(server.url).cases.create({ customerId: 'c' }));
    expect(isValidationError(error) && error.errors).toEqual(errors);
  });

  it('E-CONF carries the record as it stands, who moved it and when', async () => {
    const by = { id: 'person_2', name: 'Bo' };
    await using server = await flakyServer(
      problem(412, 'version_conflict', { current: { id: 'case_1' }, by, at: '2025-01-01T00:00:00Z' }),
    );
    const error = await failure(clientOf(server.url).cases.update('case_1', {}, { version: '1' }));
    expect(error).toMatchObject({ current: { id: 'case_1' }, by, at: '2025-01-01T00:00:00Z' });
  });

  it.each([
    ['another shape', json(200, { id: 7 })],
    ['no JSON', json(200, undefined)],
  ])('say that an answer of %s does not match the contract', async (_, reply) => {
    await using server = await flakyServer(reply);
    const error = await failure(clientOf(server.url).people.get('p'));
    expect(error).toBeInstanceOf(SchemaError);
    expect(server.seen).toHaveLength(1);
  });

  it('say that no server could be reached', async () => {
    const server = await flakyServer(ok);
    await server[Symbol.asyncDispose]();
    const error = await failure(clientOf(server.url).people.get('p'));
    expect(error).toBeInstanceOf(NetworkError);
    expect(error.code).toBe('network_failed');
  });

  it('say that no answer came in time', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      await using server = await flakyServer(hang);
      const failed = failure(clientOf(server.url).people.get('p'));
      await eventually(() => expect(server.seen).toHaveLength(1));
      await vi.advanceTimersByTimeAsync(30_000);
      expect(await failed).toMatchObject({ name: 'NetworkError', code: 'timeout' });
      expect(server.seen).toHaveLength(1);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('cancelling', () => {
  it('ends a call under way at once, and is not taken for trouble', async () => {
    await using server = await flakyServer(hang);
    const controller = new AbortController();
    const call = failure(clientOf(server.url).people.get('p', { signal: controller.signal }));
    await eventually(() => expect(server.seen).toHaveLength(1));
    controller.abort();
    const error = await call;
    expect(isAbortError(error)).toBe(true);
    expect(error).toBeInstanceOf(DOMException);
    expect(server.seen).toHaveLength(1);
  });

  it('ends a call that waits to be repeated', async () => {
    await using server = await flakyServer(problem(503, 'unavailable', {}, { 'retry-after': '20' }));
    const controller = new AbortController();
    const call = failure(clientOf(server.url).people.get('p', { signal: controller.signal }));
    await eventually(() => expect(server.seen).toHaveLength(1));
    controller.abort();
    expect(isAbortError(await call)).toBe(true);
  });

  it('ends a call that waits for its token, or had not begun', async () => {
    await using server = await flakyServer(ok);
    const controller = new AbortController();
    const client = clientOf(server.url, () => new Promise<string>(() => {}));
    const call = failure(client.people.get('p', { signal: controller.signal }));
    controller.abort();
    expect(isAbortError(await call)).toBe(true);
    expect(isAbortError(await failure(client.people.get('p', { signal: controller.signal })))).toBe(true);
    expect(server.seen).toHaveLength(0);
  });

  it('is what logout does to calls under way; later ones say that nobody is signed in', async () => {
    await using server = await flakyServer(hang, ok);
    const client = clientOf(server.url);
    const call = failure(client.people.get('p'));
    await eventually(() => expect(server.seen).toHaveLength(1));
    await client.logout();
    expect(isAbortError(await call)).toBe(true);
    expect(await failure(client.people.get('p'))).toBeInstanceOf(AuthenticationError);
    client.update({ getToken: () => 'another' });
    await expect(client.people.get('p')).resolves.toEqual(aPerson);
    expect(server.seen[1]?.headers.authorization).toBe('Bearer another');
  });
});
