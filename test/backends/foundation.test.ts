import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import type { WriteContext } from '../../server/backend.js';
import { BackendError } from '../../server/backend-error.js';
import { encodePlace, readPlace } from '../../server/backends/cursors.js';
import { requireTenant, vendorNameOf } from '../../server/backends/identities.js';
import { createKeptAnswers } from '../../server/backends/kept-answers.js';
import { createVendorClient, jsonOf } from '../../server/backends/vendor-client.js';
import { settingsOf } from '../../server/backends/vocabulary.js';

const actor = {
  id: 'agent_1',
  tenant: 'acme',
  kind: 'agent',
  name: 'Ada Agent',
  email: 'ada@acme.example',
  roles: [],
  departments: [],
  inboxes: [],
  customer: null,
  organisation: null,
} as const;

const call = (
  idempotencyKey: string,
  fingerprint = 'one',
  who: WriteContext['actor'] = actor,
): WriteContext => ({
  actor: who,
  idempotencyKey,
  fingerprint,
});

const refusalOf = (work: Promise<unknown> | (() => unknown)) =>
  Promise.resolve()
    .then(() => (typeof work === 'function' ? work() : work))
    .then(
      () => 'no refusal',
      (error: unknown) => {
        expect(error).toBeInstanceOf(BackendError);
        return (error as BackendError).code;
      },
    );

describe('answers kept for a vendor without keys', () => {
  it('E-DUP writes once for a key, also while the first is under way', async () => {
    const kept = createKeptAnswers();
    let written = 0;
    const write = () => Promise.resolve((written += 1));
    const both = await Promise.all([kept.once(call('a'), write), kept.once(call('a'), write)]);
    expect([...both, await kept.once(call('a'), write)]).toEqual([1, 1, 1]);
    expect(written).toBe(1);
  });

  it('refuses the key for another request, and knows each person by themselves', async () => {
    const kept = createKeptAnswers();
    await kept.once(call('a'), () => Promise.resolve(1));
    expect(await refusalOf(kept.once(call('a', 'two'), () => Promise.resolve(2)))).toBe(
      'idempotency_key_reused',
    );
    const other = { ...actor, id: 'agent_2' };
    expect(await kept.once(call('a', 'two', other), () => Promise.resolve(2))).toBe(2);
  });

  it('lets a write that failed be tried again', async () => {
    const kept = createKeptAnswers();
    const fail = () => Promise.reject(new BackendError('unavailable'));
    expect(await refusalOf(kept.once(call('a'), fail))).toBe('unavailable');
    expect(await kept.once(call('a'), () => Promise.resolve(2))).toBe(2);
  });

  it('forgets after 24 hours, and the oldest when there are too many', async () => {
    let now = 0;
    const kept = createKeptAnswers(2, () => now);
    const answer = (value: number) => () => Promise.resolve(value);
    await kept.once(call('a'), answer(1));
    now = 24 * 3_600_000 - 1;
    expect(await kept.once(call('a'), answer(2))).toBe(1);
    now += 2;
    expect(await kept.once(call('a'), answer(2))).toBe(2);
    await kept.once(call('b'), answer(3));
    await kept.once(call('c'), answer(4));
    expect(await kept.once(call('a'), answer(5))).toBe(5);
  });
});

describe('cursors', () => {
  it('come back as they were, for the same list only', async () => {
    expect(readPlace('cases', undefined, 1)).toBe(1);
    expect(readPlace('cases', encodePlace('cases', 7), 1)).toBe(7);
    expect(readPlace('cases', encodePlace('cases', 'next page'))).toBe('next page');
    for (const cursor of [
      encodePlace('notes', 7),
      encodePlace('cases', 'x'),
      encodePlace('cases', -1),
      'nonsense',
    ])
      expect(await refusalOf(() => readPlace('cases', cursor, 1)), cursor).toBe('validation_failed');
  });
});

describe('who acts', () => {
  it('is known by e-mail, id or a list, and never as somebody else', async () => {
    expect(vendorNameOf(actor)).toBe('ada@acme.example');
    expect(vendorNameOf(actor, { by: 'id' })).toBe('agent_1');
    expect(vendorNameOf(actor, { by: 'map', map: { agent_1: 'ada' } })).toBe('ada');
    expect(await refusalOf(() => vendorNameOf({ ...actor, email: null }))).toBe('forbidden');
    expect(await refusalOf(() => vendorNameOf({ ...actor, id: 'toString' }, { by: 'map', map: {} }))).toBe(
      'forbidden',
    );
  });

  it('is of the tenant the gateway serves', async () => {
    requireTenant(actor, undefined);
    requireTenant(actor, 'acme');
    expect(await refusalOf(() => requireTenant(actor, 'other'))).toBe('forbidden');
  });
});

describe('the settings of a gateway', () => {
  it('are its own lists over the usual ones, without a default that is not in them', () => {
    const settings = settingsOf({
      priorities: [{ id: 'p1', label: 'Urgent' }],
      requiredFields: ['subject'],
      limits: { subject: 80 },
    });
    expect(settings.priorities).toEqual([{ id: 'p1', label: 'Urgent' }]);
    expect(settings.defaultPriority).toBeNull();
    expect(settings.requiredFields.newCase).toEqual(['subject']);
    expect(settings.limits).toMatchObject({ subject: 80, description: 20_000 });
    expect(settings.closureReasons.length).toBeGreaterThan(0);
    expect(settingsOf().defaultPriority).toBe('normal');
  });
});

describe('the line to a vendor', () => {
  let server: Server;
  let baseUrl: string;
  let asked: { method: string | undefined; url: string | undefined }[];
  let answers: { status: number; headers?: Record<string, string>; body?: string }[];
  const pauses: number[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      asked.push({ method: request.method, url: request.url });
      const answer = answers.shift();
      // No answer at all for the test of the time limit.
      if (answer) response.writeHead(answer.status, answer.headers).end(answer.body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => {
    asked = [];
    answers = [];
    pauses.length = 0;
  });

  const aLine = (more: object = {}) =>
    createVendorClient({
      baseUrl,
      name: 'The desk',
      pause: (ms) => {
        pauses.push(ms);
        return Promise.resolve();
      },
      ...more,
    });

  it('tries a read again, as long as the vendor asks for', async () => {
    answers = [
      { status: 503 },
      { status: 429, headers: { 'retry-after': '3' } },
      { status: 200, body: '{"ok":true}' },
    ];
    const answer = await aLine()({ path: '/tickets', query: new URLSearchParams({ q: 'a b' }) });
    expect(await jsonOf(answer, 'The desk')).toEqual({ ok: true });
    expect(asked).toHaveLength(3);
    expect(asked[0]).toEqual({ method: 'GET', url: '/api/tickets?q=a+b' });
    expect(pauses).toEqual([250, 3000]);
  });

  it('never sends a write twice', async () => {
    answers = [{ status: 503 }, { status: 200 }];
    expect(await refusalOf(aLine()({ method: 'POST', path: '/tickets', json: {} }))).toBe('unavailable');
    expect(asked).toHaveLength(1);
  });

  it('gives a refusal of the vendor to the adapter', async () => {
    answers = [{ status: 404, body: '{}' }];
    expect((await aLine()({ path: '/tickets/1' })).status).toBe(404);
  });

  it('tells to come back later, and does not wait long itself', async () => {
    answers = [{ status: 429, headers: { 'retry-after': '60' } }];
    const error = await aLine()({ path: '/tickets' }).catch((thrown: unknown) => thrown as BackendError);
    expect(error).toMatchObject({ code: 'rate_limited', options: { retryAfter: 60 } });
    expect(pauses).toEqual([]);
  });

  it('says in plain words that the vendor is silent, gone or unreadable, without an address or a secret', async () => {
    const secret = { headers: { authorization: 'token s3cret' }, path: '/tickets?key=s3cret' };
    const silent = await aLine({ timeoutMs: 50, retries: 0 })(secret).catch((error: unknown) => error);
    const gone = await aLine({ baseUrl: 'http://127.0.0.1:1', retries: 0 })(secret).catch(
      (error: unknown) => error,
    );
    answers = [{ status: 200, body: '<html>' }];
    const odd = await jsonOf(await aLine()(secret), 'The desk').catch((error: unknown) => error);
    for (const error of [silent, gone, odd]) {
      expect(error).toMatchObject({ code: 'unavailable' });
      expect(JSON.stringify([error, (error as Error).message])).not.toMatch(/s3cret|127\.0\.0\.1/);
    }
    expect((silent as Error).message).toBe('The desk did not answer in time.');
    expect((gone as Error).message).toBe('The desk cannot be reached.');
  });

  it('leaves with a caller who has left', async () => {
    const leaving = new AbortController();
    const waiting = aLine()({ path: '/tickets', signal: leaving.signal });
    leaving.abort(new Error('left'));
    await expect(waiting).rejects.toThrow('left');
  });
});
