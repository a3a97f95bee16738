import { expect, test } from 'vitest';

import type { Case } from '../../src/contract/cases.js';
import type { Page } from '../../src/contract/common.js';
import type { Candidate, Grant, GrantList, GrantsAnswer } from '../../src/contract/grants.js';
import type { InboxEntry } from '../../src/contract/inbox-entries.js';
import type { Inbox } from '../../src/contract/inboxes.js';
import type { TimelineEntry } from '../../src/contract/notes.js';
import type { Problem } from '../../src/contract/problem.js';
import { aTrackerWorld, created } from '../support/request-tracker-world.js';

type Access = { name: string; level: string } | null;

test('queues are inboxes: an agent sees those of the queues they see, with what waits there', async () => {
  const { agent1, engineer1, aCustomer, queue } = await aTrackerWorld();
  const customer = await aCustomer();
  const names = async (who: typeof agent1) =>
    (await who.caller.get<Page<Inbox>>('/v1/inboxes')).body.items.map(({ name }) => name);
  expect(await names(agent1)).toEqual(['billing', 'engineering', 'support']);
  expect(await names(engineer1)).toEqual(['engineering']);
  expect((await customer.caller.get('/v1/inboxes')).status).toBe(403);
  const billing = await queue('billing');
  expect((await engineer1.caller.get(`/v1/inboxes/${billing}`)).status).toBe(404);

  const before = await agent1.caller.get<Inbox>(`/v1/inboxes/${billing}`);
  const { id } = await created(agent1, customer, { departmentId: billing, deadline: '2031-04-01' });
  const after = await agent1.caller.get<Inbox>(`/v1/inboxes/${billing}`);
  expect(after.body.open).toBe((before.body.open ?? 0) + 1);
  const entries = await agent1.caller.get<Page<InboxEntry>>(
    `/v1/inbox-entries?inboxId=${billing}&customerId=${customer.user}&count=true`,
  );
  expect(entries.body).toMatchObject({
    total: 1,
    items: [
      {
        id,
        state: 'open',
        inbox: { id: billing, name: 'billing' },
        case: { id, subject: 'VPN down' },
        customer: { id: customer.user },
        owner: null,
        dueOn: '2031-04-01',
        permissions: { take: { allowed: true }, release: { allowed: false }, undo: { allowed: false } },
      },
    ],
  });
  expect((await engineer1.caller.get(`/v1/inbox-entries/${id}`)).status).toBe(404);
});

test('of two who take the same at once one wins, and the other is told who', async () => {
  const { agent1, agent2, aCustomer, direct } = await aTrackerWorld();
  const customer = await aCustomer();
  for (let round = 0; round < 3; round += 1) {
    const { id } = await created(agent1, customer);
    const answers = await Promise.all(
      [agent1, agent2].map((who) => who.caller.post<InboxEntry & Problem>(`/v1/inbox-entries/${id}/take`)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const winner = answers[0]?.status === 200 ? agent1 : agent2;
    const loser = answers.find(({ status }) => status === 409);
    const ticket = await direct('agent1', 'GET', `/ticket/${id}`);
    expect((ticket.body as { Owner: { id: string } }).Owner.id).toBe(winner.user);
    expect(loser?.body).toMatchObject({ code: 'entry_owned', by: { id: winner.user } });
  }
});

test('an entry is given back by its owner alone, though Request Tracker would let others', async () => {
  const { agent1, agent2, aCustomer } = await aTrackerWorld();
  const customer = await aCustomer();
  const { id } = await created(agent1, customer);
  const free = await agent1.caller.post<Problem>(`/v1/inbox-entries/${id}/release`);
  expect(free.body.code).toBe('entry_not_owned');
  const taken = await agent1.caller.post<InboxEntry>(`/v1/inbox-entries/${id}/take`);
  expect(taken.body).toMatchObject({
    owner: { id: 'person_agent1', name: 'Ines Calder' },
    permissions: { take: { allowed: false }, release: { allowed: true }, complete: { allowed: true } },
  });
  const others = await agent2.caller.post<Problem>(`/v1/inbox-entries/${id}/release`);
  expect([others.body.code, others.body.by?.name]).toEqual(['entry_owned', 'Ines Calder']);
  const mine = await agent1.caller.get<Page<InboxEntry>>(
    `/v1/inbox-entries?owner=me&customerId=${customer.user}`,
  );
  expect(mine.body.items.map((entry) => entry.id)).toEqual([id]);
  const theirs = await agent2.caller.get<Page<InboxEntry>>(
    `/v1/inbox-entries?owner=others&customerId=${customer.user}`,
  );
  expect(theirs.body.items.map((entry) => entry.id)).toEqual([id]);
  const released = await agent1.caller.post<InboxEntry>(`/v1/inbox-entries/${id}/release`);
  expect(released.body.owner).toBe(null);
});

test('an entry is assigned, stolen and refused to whom the queue gives no such right', async () => {
  const { agent1, agent2, aCustomer } = await aTrackerWorld();
  const customer = await aCustomer();
  const { id } = await created(agent1, customer);
  const given = await agent1.caller.post<InboxEntry>(`/v1/inbox-entries/${id}/assign`, {
    personId: 'agent2',
  });
  expect(given.body.owner?.id).toBe('agent2');
  const stolen = await agent1.caller.post<InboxEntry>(`/v1/inbox-entries/${id}/assign`, {
    personId: 'person_agent1',
  });
  expect(stolen.body.owner?.id).toBe('person_agent1');
  const refused = await agent2.caller.post<Problem>(`/v1/inbox-entries/${id}/assign`, {
    personId: 'engineer1',
  });
  expect(refused.body.errors).toMatchObject([{ field: 'personId', code: 'not_a_member' }]);
});

test('an entry is completed by closing its case, by its owner', async () => {
  const { agent1, agent2, aCustomer } = await aTrackerWorld();
  const customer = await aCustomer();
  const { id } = await created(agent1, customer);
  const closeCase = { reason: 'resolved', note: 'Refunded.' };
  const early = await agent1.caller.post<Problem>(`/v1/inbox-entries/${id}/complete`, { closeCase });
  expect(early.body.code).toBe('entry_not_owned');
  await agent1.caller.post(`/v1/inbox-entries/${id}/take`);
  const others = await agent2.caller.post<Problem>(`/v1/inbox-entries/${id}/complete`, { closeCase });
  expect(others.body.code).toBe('entry_owned');
  const bare = await agent1.caller.post<Problem>(`/v1/inbox-entries/${id}/complete`, {});
  expect(bare.body.errors?.map(({ field }) => field)).toContain('closeCase');
  const done = await agent1.caller.post<InboxEntry>(`/v1/inbox-entries/${id}/complete`, {
    closeCase,
    note: { visibility: 'public', subject: 'refund-or-credit', text: 'Your money is on its way.' },
  });
  expect(done.body).toMatchObject({ state: 'completed', endedBy: { id: 'person_agent1' } });
  const read = await agent1.caller.get<Case>(`/v1/cases/${id}`);
  expect(read.body).toMatchObject({ status: 'closed', closure: { reason: 'resolved', note: 'Refunded.' } });
  const taken = await agent2.caller.post<Problem>(`/v1/inbox-entries/${id}/take`);
  expect([taken.status, taken.body.code, taken.body.by?.name]).toEqual([410, 'gone', 'Ines Calder']);
});

test('an entry is sent on as its ticket moves: owned by nobody, with a message, out of sight where it must be', async () => {
  const { agent1, engineer1, aCustomer, queue } = await aTrackerWorld();
  const customer = await aCustomer();
  const [support, engineering, billing] = await Promise.all(['support', 'engineering', 'billing'].map(queue));
  const { id } = await created(agent1, customer);
  await agent1.caller.post(`/v1/inbox-entries/${id}/take`);
  const targets = await agent1.caller.get<Page<{ name: string }>>(`/v1/inbox-targets?entryId=${id}`);
  expect(targets.body.items.map(({ name }) => name)).toEqual(['billing', 'engineering']);

  const bad = await agent1.caller.post<Problem>(`/v1/inbox-entries/${id}/forward`, {
    inboxId: support,
    dueOn: '2031-01-01',
  });
  expect(new Set(bad.body.errors?.map(({ field, code }) => `${field} ${code}`))).toEqual(
    new Set(['message required', 'inboxId same_inbox', 'dueOn date_not_expected']),
  );
  const message = 'Please look at the gateway.';
  const one = await agent1.caller.post<InboxEntry>(`/v1/inbox-entries/${id}/forward`, {
    inboxId: billing,
    message,
    dueType: 'resolve-by',
    dueOn: '2031-01-01',
    fromInboxId: support,
  });
  expect(one.body).toMatchObject({
    inbox: { id: billing },
    from: { id: support },
    owner: null,
    dueOn: '2031-01-01',
  });
  const late = await agent1.caller.post<Problem>(`/v1/inbox-entries/${id}/forward`, {
    inboxId: engineering,
    message,
    fromInboxId: support,
  });
  expect([late.status, late.body.code]).toEqual([410, 'gone']);

  const away = await agent1.caller.post<InboxEntry>(`/v1/inbox-entries/${id}/forward`, {
    inboxId: engineering,
    message,
  });
  expect(away.status).toBe(200);
  expect(away.body).toMatchObject({
    inbox: { id: engineering, name: 'engineering' },
    case: null,
    permissions: { openCase: { allowed: false } },
  });
  expect((await agent1.caller.get(`/v1/inbox-entries/${id}`)).status).toBe(404);
  const there = await engineer1.caller.get<InboxEntry>(`/v1/inbox-entries/${id}`);
  expect(there.body).toMatchObject({ owner: null, inbox: { name: 'engineering' } });
  const lines = await engineer1.caller.get<Page<TimelineEntry>>(`/v1/cases/${id}/timeline?kind=note`);
  expect(lines.body.items.map(({ visibility, text }) => [visibility, text])).toEqual([
    ['internal', `For engineering:\n\n${message}`],
    ['internal', `For billing:\n\n${message}`],
  ]);
});

test('only a case that is in no inbox is put into one', async () => {
  const { agent1, aCustomer, queue } = await aTrackerWorld({ inboxes: ['billing'] });
  const customer = await aCustomer();
  const billing = await queue('billing');
  const before = await created(agent1, customer);
  expect(before.permissions['putInInbox']?.allowed).toBe(true);
  const put = await agent1.caller.post<InboxEntry>('/v1/inbox-entries', {
    caseId: before.id,
    inboxId: billing,
  });
  expect([put.status, put.body.inbox.id]).toEqual([201, billing]);
  const again = await agent1.caller.post<Problem>('/v1/inbox-entries', {
    caseId: before.id,
    inboxId: billing,
  });
  expect(again.body).toMatchObject({ code: 'already_in_inbox', current: { id: before.id } });
});

test('a case is shared with a department by putting its group on the ticket, with the rights the role has there', async () => {
  const { agent1, engineer1, aCustomer, queue, direct } = await aTrackerWorld();
  const customer = await aCustomer();
  const engineering = await queue('engineering');
  const { id } = await created(agent1, customer);
  const candidates = await agent1.caller.get<Page<Candidate>>(
    `/v1/grants/candidates?kind=department&caseId=${id}&q=eng`,
  );
  expect(candidates.body.items).toEqual([
    { kind: 'department', id: engineering, name: 'engineering', grantId: null },
  ]);
  expect((await engineer1.caller.get(`/v1/cases/${id}`)).status).toBe(404);

  const shared = await agent1.caller.post<GrantsAnswer>(`/v1/cases/${id}/grants`, {
    grantees: [{ kind: 'department', id: engineering, level: 'read-only' }],
  });
  expect(shared.status).toBe(201);
  expect(shared.body.items).toMatchObject([
    { unitId: id, grantee: { kind: 'department', id: engineering, name: 'engineering' }, level: 'read-only' },
  ]);
  const asReader = await engineer1.caller.get<Case>(`/v1/cases/${id}`);
  expect(asReader.body.permissions).toMatchObject({
    edit: { allowed: false },
    reply: { allowed: false },
    addInternalNote: { allowed: false },
  });
  const refused = await engineer1.caller.patch<Problem>(
    `/v1/cases/${id}`,
    { subject: 'x' },
    { version: asReader.body.version },
  );
  expect([refused.status, refused.body.rule]).toEqual([403, 'backend.right']);

  const grant = shared.body.items[0] as Grant;
  const wider = await agent1.caller.patch<Grant>(
    `/v1/grants/${grant.id}`,
    { level: 'full' },
    { version: grant.version },
  );
  expect(wider.body.level).toBe('full');
  const asWorker = await engineer1.caller.get<Case>(`/v1/cases/${id}`);
  expect(asWorker.body.permissions).toMatchObject({ edit: { allowed: true }, reply: { allowed: true } });
  const ticket = await direct('agent1', 'GET', `/ticket/${id}`);
  expect(ticket.body).toMatchObject({ Cc: [], AdminCc: [{ type: 'group' }] });

  const twice = await agent1.caller.post<GrantsAnswer>(`/v1/cases/${id}/grants`, {
    grantees: [{ kind: 'department', id: engineering }],
  });
  expect(twice.body.ignored).toEqual([{ field: 'grantees.0', code: 'already_shared' }]);
  const list = await agent1.caller.get<GrantList>(`/v1/cases/${id}/grants`);
  expect(list.body.items).toHaveLength(1);
  expect(list.body.share['department']?.allowed).toBe(true);
  expect(list.body.share['person']?.allowed).toBe(false);

  expect((await agent1.caller.delete(`/v1/grants/${grant.id}`)).status).toBe(204);
  expect((await engineer1.caller.get(`/v1/cases/${id}`)).status).toBe(404);
  const lines = await agent1.caller.get<Page<TimelineEntry>>(
    `/v1/cases/${id}/timeline?kind=department-sharing&order=asc`,
  );
  const told = lines.body.items.map(({ changes }) => changes?.[0] as { from: Access; to: Access });
  expect(told[0]).toMatchObject({ from: null, to: { name: 'Engineering', level: 'read-only' } });
  expect(told.at(-1)).toMatchObject({ from: { level: 'full' }, to: null });
  // Which of the two roles is written first is not told by anybody.
  const between = told.slice(1, -1).map(({ from, to }) => `${from?.level} to ${to?.level}`);
  expect(between.sort()).toEqual(['read-only to undefined', 'undefined to full']);
});

test('watchers are written as whole lists without losing whom somebody else added meanwhile', async () => {
  const { agent1, aCustomer, queue, direct, interfere } = await aTrackerWorld();
  const [customer, other] = [await aCustomer(), await aCustomer()];
  const engineering = await queue('engineering');
  const { id } = await created(agent1, customer);
  await direct('agent1', 'PUT', `/ticket/${id}`, { Cc: [customer.user] });
  let isFirst = true;
  interfere(async ({ method }) => {
    if (method !== 'PUT' || !isFirst) return undefined;
    isFirst = false;
    await direct('agent2', 'PUT', `/ticket/${id}`, { Cc: [customer.user, other.user] });
    return undefined;
  });
  const { status } = await agent1.caller.post<GrantsAnswer>(`/v1/cases/${id}/grants`, {
    grantees: [{ kind: 'department', id: engineering, level: 'read-only' }],
  });
  expect(status).toBe(201);
  const ticket = await direct('agent1', 'GET', `/ticket/${id}`);
  const { Cc } = ticket.body as { Cc: { type: string; id: string }[] };
  expect(
    Cc.filter(({ type }) => type === 'user')
      .map((each) => each.id)
      .sort(),
  ).toEqual([customer.user, other.user].sort());
  expect(Cc.filter(({ type }) => type === 'group')).toHaveLength(1);
});

test('nobody is shared with where one of the names is wrong', async () => {
  const { agent1, aCustomer, queue, direct } = await aTrackerWorld();
  const customer = await aCustomer();
  const { id } = await created(agent1, customer);
  const { body } = await agent1.caller.post<Problem>(`/v1/cases/${id}/grants`, {
    grantees: [
      { kind: 'department', id: await queue('engineering') },
      { kind: 'department', id: 'nonsense' },
      { kind: 'department', id: await queue('engineering'), level: 'restricted' },
    ],
  });
  expect(body.errors?.map(({ field, code }) => [field, code])).toEqual([
    ['grantees.1.id', 'not_found'],
    ['grantees.2.level', 'unknown_value'],
  ]);
  const ticket = await direct('agent1', 'GET', `/ticket/${id}`);
  expect(ticket.body).toMatchObject({ Cc: [], AdminCc: [] });
});
