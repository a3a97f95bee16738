import { expect, test } from 'vitest';

import {
  checkRequestTracker,
  requestTrackerOptionsSchema,
} from '../../server/backends/request-tracker/index.js';
import type { CaseSummary } from '../../src/contract/cases.js';
import type { Page } from '../../src/contract/common.js';
import type { Problem } from '../../src/contract/problem.js';
import { createFakeRequestTracker } from '../support/fake-request-tracker/fake.js';
import {
  aTrackerWorld,
  created,
  liveUrl,
  seedPassword,
  worldOptions,
} from '../support/request-tracker-world.js';

test('each actor signs in once with the form, and no request pays for a password or a token again', async () => {
  const { agent1, agent2, seen } = await aTrackerWorld();
  await Promise.all([agent1, agent2, agent1, agent1].map(({ caller }) => caller.get('/v1/cases')));
  for (let again = 0; again < 3; again += 1) await agent1.caller.get('/v1/cases');
  const logins = seen.filter(({ path }) => path === '/NoAuth/Login.html');
  expect(logins).toHaveLength(2);
  expect(logins.every(({ headers }) => headers.get('referer')?.startsWith('http'))).toBe(true);
  const rest = seen.filter(({ path }) => path.startsWith('/REST/'));
  expect(rest.length).toBeGreaterThanOrEqual(6);
  expect(rest.every(({ headers }) => !headers.has('authorization'))).toBe(true);
  const cookies = new Set(rest.map(({ headers }) => headers.get('cookie')));
  expect(cookies.size).toBe(2);
  expect([...cookies].every((cookie) => cookie?.startsWith('RT_SID_'))).toBe(true);
});

test('where a session has ended the actor is signed in once more, and once only', async () => {
  const { agent1, interfere, seen } = await aTrackerWorld();
  await agent1.caller.get('/v1/cases');
  seen.length = 0;
  let left = 1;
  interfere(({ path }) =>
    path.startsWith('/REST/') && left-- > 0
      ? new Response('Login required', { status: 302, headers: { location: '/' } })
      : undefined,
  );
  expect((await agent1.caller.get('/v1/cases')).status).toBe(200);
  expect(seen.filter(({ path }) => path === '/NoAuth/Login.html')).toHaveLength(1);

  seen.length = 0;
  interfere(({ path }) => (path === '/REST/2.0/tickets' ? new Response(null, { status: 401 }) : undefined));
  const { status, body } = await agent1.caller.get<Problem>('/v1/cases');
  expect([status, body.code]).toEqual([503, 'unavailable']);
  expect(seen.filter(({ path }) => path === '/NoAuth/Login.html')).toHaveLength(1);
  interfere(undefined);
  expect((await agent1.caller.get('/v1/cases')).status).toBe(200);
});

test('who has no account there, another address or a wrong password sees nothing, and as nobody else', async () => {
  const { as, agent1, aCustomer, seen } = await aTrackerWorld({
    accountOf: (known) => {
      const user = known.split('@')[0] ?? known;
      if (user === 'nobody-known') return Promise.resolve(undefined);
      return Promise.resolve({ user, password: user === 'agent2' ? 'wrong' : seedPassword });
    },
  });
  await created(agent1, await aCustomer());
  seen.length = 0;
  const roles = ['customer-service', 'system-administrator'];
  for (const email of [
    'nobody-known@larkwell.test',
    'agent2@larkwell.test',
    'agent1@elsewhere.test',
    undefined,
  ]) {
    const caller = await as({ sub: 'person_x', email, roles });
    for (const path of [
      '/v1/session',
      '/v1/cases',
      '/v1/people',
      '/v1/inboxes',
      '/v1/settings',
      '/v1/customers',
    ]) {
      const { status, body } = await caller.get<Problem>(path);
      expect([path, status, body.rule]).toEqual([path, 403, 'backend.unknown-user']);
    }
  }
  expect(seen.filter(({ path }) => path.includes('/ticket'))).toEqual([]);
});

test('what one actor was answered is kept from another, also where both are the same host’s user in turn', async () => {
  const { agent1, engineer1, as } = await aTrackerWorld();
  const names = async (caller: typeof agent1.caller) =>
    (await caller.get<Page<{ name: string }>>('/v1/inboxes')).body.items.map(({ name }) => name);
  expect(await names(agent1.caller)).toContain('support');
  expect(await names(engineer1.caller)).toEqual(['engineering']);
  const same = await as({ sub: 'person_agent1', email: engineer1.email, roles: ['customer-service'] });
  expect(await names(same)).toEqual(['engineering']);
});

test('actors are found by a map, and people are told by the ids the host knows', async () => {
  const { as, aCustomer } = await aTrackerWorld({
    identities: { by: 'map', map: { u1: 'agent1', u2: 'agent2' } },
  });
  const customer = await aCustomer();
  const one = await as({ sub: 'u1', roles: ['customer-service'] });
  const two = await as({ sub: 'u2', roles: ['customer-service'] });
  const { body } = await one.post<CaseSummary>('/v1/cases', {
    customerId: customer.user,
    subject: 'x',
    description: 'x',
    type: 'technical',
    contactMethod: 'phone',
    assigneeId: 'u2',
  });
  expect(body.assignee).toMatchObject({ id: 'u2', name: 'Tom Okafor' });
  const mine = await two.get<Page<CaseSummary>>(`/v1/cases?assigneeId=u2&customerId=${customer.user}`);
  expect(mine.body.items.map(({ id, createdBy }) => [id, createdBy?.id])).toEqual([[body.id, 'u1']]);
  const stranger = await as({ sub: 'u3', roles: ['customer-service'] });
  expect((await stranger.get<Problem>('/v1/cases')).body.rule).toBe('backend.unknown-user');
});

test('a token of another tenant is refused before anybody is asked', async () => {
  const { as, seen } = await aTrackerWorld({ tenant: 'larkwell' });
  const other = await as({ tenant: 'elsewhere', email: 'agent1@larkwell.test', roles: ['customer-service'] });
  for (const path of ['/v1/session', '/v1/cases', '/v1/cases/1']) {
    expect((await other.get<Problem>(path)).body.rule).toBe('backend.tenant');
  }
  expect(seen).toEqual([]);
});

test('where Request Tracker is down, slow or answers nonsense the caller is told in a code, without a secret', async () => {
  const { agent1, interfere } = await aTrackerWorld({ timeoutMs: 2_000 });
  await agent1.caller.get('/v1/cases');
  const troubles: [number, () => Response | Promise<Response>][] = [
    [503, () => Promise.reject(new Error(`connect to ${seedPassword} failed`))],
    [503, () => new Response('<h1>Bad gateway</h1>', { status: 502 })],
    [503, () => new Response('<h1>What?</h1>', { status: 200 })],
    [503, () => Response.json({ message: 'odd' })],
    [429, () => new Response(null, { status: 429, headers: { 'retry-after': '60' } })],
  ];
  for (const [expected, answer] of troubles) {
    interfere(answer);
    const { status, body, headers } = await agent1.caller.get<Problem>('/v1/cases');
    expect(status).toBe(expected);
    expect(body.code).toBe(expected === 429 ? 'rate_limited' : 'unavailable');
    if (expected === 429) expect(headers.get('retry-after')).toBe('60');
    expect(JSON.stringify(body)).not.toMatch(/password|RT_SID|http:/);
  }
});

test('a configuration is read strictly, and the check says in plain words what is missing', async () => {
  const good = {
    baseUrl: liveUrl ?? 'http://rt.test',
    accounts: {
      'agent1@larkwell.test': { user: 'agent1', password: seedPassword },
      'agent2@larkwell.test': { user: 'agent2', password: 'wrong' },
      'ines@larkwell.test': { user: 'agent1', password: seedPassword },
    },
    ...worldOptions,
    queue: 'nonsense',
    fields: { ...worldOptions.fields, tags: 'Labels' },
  };
  expect(requestTrackerOptionsSchema.safeParse(good).success).toBe(true);
  expect(requestTrackerOptionsSchema.safeParse({ ...good, passwords: {} }).success).toBe(false);
  expect(requestTrackerOptionsSchema.safeParse({ ...good, baseUrl: 'rt' }).success).toBe(false);

  const fake = createFakeRequestTracker();
  const { agent1, aCustomer } = await aTrackerWorld();
  if (liveUrl !== undefined) await created(agent1, await aCustomer());
  const reach: typeof fetch =
    liveUrl === undefined ? (input, init) => fake.fetch(new Request(input, init)) : fetch;
  const findings = await checkRequestTracker({ ...good, fetch: reach });
  const of = (wanted: string) => findings.filter(({ level }) => level === wanted).map(({ text }) => text);
  expect(of('error').slice(0, 3)).toEqual([
    'agent2@larkwell.test cannot sign in: the user or the password is not right.',
    'ines@larkwell.test is the user agent1, whose address there is another: they would be refused.',
    'There is no queue nonsense, or its tickets may not be seen.',
  ]);
  if (liveUrl === undefined) {
    expect(of('warning')).toEqual([
      'No group works the queue billing: cases cannot be shared with it.',
      'There is no ticket yet, so the custom fields could not be looked at.',
    ]);
  } else {
    expect(of('error')[3]).toBe('The tickets have no custom field Labels, or it may not be seen.');
  }
  expect(JSON.stringify(findings)).not.toContain(seedPassword);

  const down: typeof fetch = () => Promise.reject(new Error('no'));
  const none = await checkRequestTracker({ ...good, fetch: down });
  expect(none).toEqual([{ level: 'error', text: 'Request Tracker cannot be reached.' }]);
});
