import { beforeEach, describe, expect, it } from 'vitest';

import type { Case } from '../../src/contract/cases.js';
import type { Problem } from '../../src/contract/problem.js';
import type { Answer } from '../support/app.js';
import { deskCredentials } from '../support/fake-zoho-desk/fake-zoho-desk.js';
import { aDeskScene, type DeskScene } from '../support/fake-zoho-desk/scene.js';

let scene: DeskScene;
beforeEach(async () => {
  scene = await aDeskScene();
});

/** Nothing that is told to a caller holds what the gateway gets in with, or where it goes. */
function expectNoSecret({ body }: Answer): void {
  const text = JSON.stringify(body);
  const secrets = [
    ...Object.values(deskCredentials),
    '1000.access',
    'desk.example',
    'accounts.example',
    'oauth/v2',
  ];
  for (const secret of secrets) expect(text).not.toContain(secret);
}

const note = { visibility: 'internal', subject: 'follow-up', text: 'Asked.' };

describe('The access of the gateway', () => {
  it('is one token for all who ask at once', async () => {
    const { lea, ben, cara, desk, aTicket } = scene;
    aTicket();
    await Promise.all([lea, ben, cara, lea].map((by) => by.get('/v1/cases')));
    expect(desk.tokensMade()).toBe(1);
    const [call] = desk.calls;
    expect(call?.headers.get('authorization')).toBe('Zoho-oauthtoken 1000.access-1');
    expect([call?.headers.get('orgid'), call?.query.get('orgId')]).toEqual([
      scene.world.orgId,
      scene.world.orgId,
    ]);
  });

  it('is renewed once when Zoho ended it early, for everybody who was refused meanwhile', async () => {
    const { lea, cara, desk, aTicket } = scene;
    aTicket();
    await lea.get('/v1/cases');
    desk.endTokens();
    const answers = await Promise.all([lea, cara, lea, cara].map((by) => by.get('/v1/cases')));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(desk.statuses).toContain(401);
    expect(desk.tokensMade()).toBe(2);
  });

  it('is renewed before it ends, so that no call has to fail for it', async () => {
    const { lea, desk, time } = scene;
    await lea.get('/v1/cases');
    time.passed = 54 * 60_000;
    await lea.get('/v1/cases');
    expect(desk.tokensMade()).toBe(1);
    time.passed = 56 * 60_000;
    await lea.get('/v1/cases');
    expect(desk.tokensMade()).toBe(2);
    expect(desk.statuses).not.toContain(401);
  });

  it('that is lost for good is told by a code, and says nothing of the secret', async () => {
    const { lea, desk, time, aTicket } = scene;
    const ticket = aTicket();
    await lea.get('/v1/cases');
    desk.endTokens();
    desk.acceptsRefresh = false;
    const before = desk.calls.length;
    const answer = await lea.get<Problem>(`/v1/cases/${ticket.id}`);
    expect([answer.status, answer.body.code]).toEqual([503, 'unavailable']);
    expect(answer.body.detail).toContain('invalid_code');
    expectNoSecret(answer);
    // Zoho makes ten tokens in ten minutes: asking for one over and over would lock the gateway out.
    expect(desk.calls.length - before).toBe(1);
    const asked = desk.statuses.length;
    expect((await lea.get<Problem>(`/v1/cases/${ticket.id}`)).body.detail).toBe(answer.body.detail);
    expect(desk.statuses.slice(asked)).toEqual([]);
    desk.acceptsRefresh = true;
    time.passed = 31_000;
    expect((await lea.get(`/v1/cases/${ticket.id}`)).status).toBe(200);
  });

  it('that is refused although it is new is not made over and over', async () => {
    const { lea, desk } = scene;
    await lea.get('/v1/cases');
    desk.trouble({ status: 401, errorCode: 'INVALID_OAUTH', times: 1000 });
    for (let index = 0; index < 5; index += 1) {
      const answer = await lea.get<Problem>('/v1/cases');
      expect([answer.status, answer.body.code]).toEqual([503, 'unavailable']);
    }
    expect(desk.tokensMade()).toBe(2);
  });

  it('to another organisation is no leave to see anything', async () => {
    const own = await aDeskScene({ orgId: '1' });
    const answer = await own.lea.get<Problem>('/v1/cases');
    expect([answer.status, answer.body.code]).toEqual([503, 'unavailable']);
    expect(answer.body.detail).toContain('OAUTH_ORG_MISMATCH');
  });
});

describe('The limits of Zoho', () => {
  it('are waited for as long as Zoho asks, reads and writes alike', async () => {
    const waits: number[] = [];
    const own = await aDeskScene({
      pause: (ms) => {
        waits.push(ms);
        return Promise.resolve();
      },
    });
    const ticket = own.aTicket();
    await own.lea.get('/v1/cases');
    own.desk.trouble({
      status: 429,
      errorCode: 'TOO_MANY_REQUESTS',
      retryAfter: 2,
      at: '/comments',
      method: 'POST',
    });
    const answer = await own.lea.post(`/v1/cases/${ticket.id}/notes`, note);
    expect(answer.status).toBe(201);
    expect(ticket.comments).toHaveLength(1);
    expect(Math.max(...waits)).toBe(2000);
  });

  it('that last too long are told with when to come back', async () => {
    const { lea, desk, aTicket } = scene;
    const ticket = aTicket();
    desk.trouble({
      status: 429,
      errorCode: 'THRESHOLD_EXCEEDED',
      retryAfter: 3600,
      at: `/tickets/${ticket.id}`,
    });
    const answer = await lea.get<Problem>(`/v1/cases/${ticket.id}`);
    expect([answer.status, answer.body.code]).toEqual([429, 'rate_limited']);
    expect(answer.headers.get('retry-after')).toBe('3600');
    expectNoSecret(answer);
  });

  it('of calls at once are kept however many ask', async () => {
    const own = await aDeskScene({ concurrency: 3 });
    const ticket = own.aTicket();
    own.world.addComment(ticket, { content: 'Hello' });
    const asks = Array.from({ length: 20 }, () => own.lea.get(`/v1/cases/${ticket.id}`));
    const answers = await Promise.all(asks);
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(own.desk.mostAtOnce()).toBeLessThanOrEqual(3);
  });
});

describe('A Zoho Desk that fails', () => {
  it('and cannot be reached is unavailable, without a word about where it is', async () => {
    const { lea, desk, aTicket } = scene;
    const ticket = aTicket();
    await lea.get('/v1/cases');
    desk.isDown = true;
    for (const path of ['/v1/cases', `/v1/cases/${ticket.id}`, '/v1/session']) {
      const answer = await lea.get<Problem>(path);
      expect([path, answer.status, answer.body.code]).toEqual([path, 503, 'unavailable']);
      expectNoSecret(answer);
    }
    desk.isDown = false;
    expect((await lea.get('/v1/cases')).status).toBe(200);
  });

  it('for a moment is asked again for what only reads', async () => {
    const { lea, desk, aTicket } = scene;
    const ticket = aTicket();
    await lea.get('/v1/cases');
    desk.trouble({ status: 503, at: `/tickets/${ticket.id}`, times: 2 });
    expect((await lea.get(`/v1/cases/${ticket.id}`)).status).toBe(200);
  });

  it('in a write is not asked to write again: it may have happened', async () => {
    const { lea, desk, aTicket } = scene;
    const ticket = aTicket();
    await lea.get('/v1/cases');
    desk.trouble({ status: 502, at: '/comments', method: 'POST' });
    const key = crypto.randomUUID();
    const failed = await lea.post<Problem>(`/v1/cases/${ticket.id}/notes`, note, { key });
    expect([failed.status, failed.body.code]).toEqual([503, 'unavailable']);
    expect(desk.calls.filter(({ method }) => method === 'POST')).toHaveLength(1);
    // Whoever wants to may, under the same key.
    expect((await lea.post(`/v1/cases/${ticket.id}/notes`, note, { key })).status).toBe(201);
  });

  it('and answers in a form nobody knows is unavailable, and nothing half read gets out', async () => {
    const { lea, world, aTicket } = scene;
    const ticket = aTicket();
    (ticket as { subject: unknown }).subject = { strange: true };
    const answer = await lea.get<Problem>(`/v1/cases/${ticket.id}`);
    expect([answer.status, answer.body.code]).toEqual([503, 'unavailable']);
    expect(JSON.stringify(answer.body)).not.toContain('strange');
    expect(world.tickets.size).toBe(1);
  });

  it('and forbids something to the gateway is told as such', async () => {
    const { lea, desk, aTicket } = scene;
    const ticket = aTicket();
    const { version } = (await lea.get<Case>(`/v1/cases/${ticket.id}`)).body;
    desk.trouble({ status: 403, errorCode: 'FORBIDDEN', method: 'PATCH' });
    const refused = await lea.patch<Problem>(`/v1/cases/${ticket.id}`, { subject: 'x' }, { version });
    expect([refused.status, refused.body.rule]).toEqual([403, 'backend.vendor']);
    desk.trouble({ status: 403, errorCode: 'SCOPE_MISMATCH', method: 'PATCH' });
    const scope = await lea.patch<Problem>(`/v1/cases/${ticket.id}`, { subject: 'x' }, { version });
    expect([scope.status, scope.body.detail]).toEqual([
      503,
      'Zoho Desk refuses this gateway (SCOPE_MISMATCH).',
    ]);
  });
});

describe('What Zoho does not have', () => {
  it('is refused as missing, and nothing of a page that reads it unasked breaks', async () => {
    const { lea, aTicket } = scene;
    const ticket = aTicket();
    for (const path of ['/v1/projects', '/v1/inboxes', '/v1/settings/changes']) {
      const { status, body } = await lea.get<Problem>(path);
      expect([path, status, body.code]).toEqual([path, 501, 'capability_missing']);
    }
    expect((await lea.get('/v1/events')).status).toBe(204);
    const settings = await lea.patch<Problem>('/v1/settings', { dueSoonDays: 1 }, { version: '1' });
    expect(settings.body.code).toBe('capability_missing');
    const { permissions } = (await lea.get<Case>(`/v1/cases/${ticket.id}`)).body;
    for (const action of ['seeReceipts', 'putInInbox'])
      expect(permissions[action]).toMatchObject({ allowed: false, rule: 'backend.capability' });
  });
});
