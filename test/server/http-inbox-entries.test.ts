import { beforeAll, describe, expect, it } from 'vitest';

import type { Page } from '../../src/contract/common.js';
import type { InboxEntry, NewInboxEntry } from '../../src/contract/inbox-entries.js';
import type { Inbox } from '../../src/contract/inboxes.js';
import type { Problem } from '../../src/contract/problem.js';
import { aTenant, type Caller, type TestTenant } from '../support/app.js';
import {
  aDesk,
  allRights,
  anEntry,
  anInbox,
  done,
  entryOf,
  setInboxRules,
  type Desk,
} from '../support/inbox-desk.js';
import { theApp } from '../support/shared-app.js';

const year = new Date().getUTCFullYear() + 1;
const day = (number: number) => `${year}-03-${String(number).padStart(2, '0')}`;
const idsOf = (items: readonly { readonly id: string }[]) => items.map(({ id }) => id);
const errorsOf = ({ body }: { body: Problem }) => body.errors?.map(({ field, code }) => [field, code]);

async function listed(by: Caller, query = ''): Promise<InboxEntry[]> {
  const { status, body } = await by.get<Page<InboxEntry>>(`/v1/inbox-entries?count=true&limit=100&${query}`);
  expect(status).toBe(200);
  expect(body.total).toBe(body.items.length);
  return body.items;
}

describe('what an entry carries', () => {
  let desk: Desk;
  let tenant: TestTenant;

  beforeAll(async () => {
    desk = await aDesk(await theApp());
    ({ tenant } = desk);
  });

  it('IB-27 carries a case with its customer, or a customer alone', async () => {
    const record = await tenant.aCase({ subject: 'Poor picture' });
    const entry = await anEntry(tenant, desk.billing, { caseId: record.id, message: 'Refund?' });
    expect(entry).toMatchObject({
      state: 'open',
      inbox: { id: desk.billing.id, name: 'Billing' },
      from: null,
      case: { id: record.id, number: record.number, subject: 'Poor picture', status: 'open' },
      customer: { id: 'cust_aldermill', name: 'Aldermill Bakery' },
      message: 'Refund?',
      owner: null,
      sentBy: { id: 'person_mara', name: 'Mara Lindqvist' },
      endedBy: null,
    });
    const alone = await anEntry(tenant, desk.billing, { customerId: 'cust_quist' });
    expect(alone).toMatchObject({
      case: null,
      customer: { name: 'Quist & Daughters' },
      message: '',
      permissions: {
        openCase: { allowed: false, rule: 'inboxes.no-case' },
        openCustomer: { allowed: true },
      },
    });
  });

  it.each<[string, (own: string) => Partial<NewInboxEntry>, string[]]>([
    ['neither', () => ({}), ['caseId', 'required']],
    ['both', (id) => ({ caseId: id, customerId: 'cust_quist' }), ['customerId', 'invalid']],
    ['an unknown case', () => ({ caseId: 'case_unheard_of' }), ['caseId', 'not_found']],
    ['an unknown customer', () => ({ customerId: 'cust_unheard_of' }), ['customerId', 'not_found']],
  ])('IB-27 refuses %s', async (_, about, error) => {
    const { id } = await tenant.aCase();
    const answer = await tenant.agent.post<Problem>('/v1/inbox-entries', {
      inboxId: desk.billing.id,
      ...about(id),
    });
    expect(answer.status).toBe(422);
    expect(errorsOf(answer)).toEqual([error]);
  });

  it('IB-27 refuses what belongs to another tenant, or to agents of another department', async () => {
    const elsewhere = await aTenant(await theApp());
    const foreign = await elsewhere.aCase();
    const hidden = await tenant.aCase({ departmentId: 'dept_network' }, tenant.technician);
    for (const { id } of [foreign, hidden]) {
      const answer = await tenant.agent.post<Problem>('/v1/inbox-entries', {
        inboxId: desk.billing.id,
        caseId: id,
      });
      expect(errorsOf(answer)).toEqual([['caseId', 'not_found']]);
    }
  });

  it('IB-08 tells beforehand, with the reason, what is not to be done', async () => {
    const entry = await anEntry(tenant, desk.billing);
    const verdicts = async (by: Caller) => {
      const { permissions } = await entryOf(by, entry);
      return (action: string) => permissions[action];
    };
    const free = await verdicts(tenant.finance);
    for (const action of ['take', 'cancel', 'forward', 'openCase', 'openCustomer'])
      expect(free(action)).toMatchObject({ allowed: true });
    expect(free('assign')).toMatchObject({ allowed: false, rule: 'inboxes.administrator' });
    expect(free('release')).toMatchObject({ allowed: false, rule: 'inboxes.not-owned' });
    // IB-11, decision 8
    expect(free('complete')).toEqual({ allowed: false, rule: 'inboxes.not-owned', reason: 'Take it first.' });

    await done(tenant.agent, 'take', entry);
    const owned = await verdicts(tenant.finance);
    for (const action of ['take', 'release', 'complete', 'cancel', 'forward']) {
      const reason = 'Mara Lindqvist owns it.';
      expect(owned(action), action).toEqual({ allowed: false, rule: 'inboxes.owned', reason });
    }
    const own = await verdicts(tenant.agent);
    for (const action of ['take', 'release', 'complete', 'cancel', 'forward', 'undo'])
      expect(own(action), action).toMatchObject({ allowed: true });
    const all = await verdicts(tenant.administrator);
    for (const action of ['release', 'assign', 'complete', 'cancel', 'forward'])
      expect(all(action), action).toMatchObject({ allowed: true });

    await done(tenant.agent, 'complete', entry);
    const ended = await verdicts(tenant.finance);
    for (const action of ['take', 'release', 'complete', 'cancel', 'forward'])
      expect(ended(action), action).toMatchObject({ allowed: false, rule: 'inboxes.ended' });
  });

  it('IB-11 asks for no owner where the settings do not', async () => {
    const entry = await anEntry(tenant, desk.billing);
    await setInboxRules(tenant, { requireOwnership: false });
    expect((await entryOf(tenant.finance, entry)).permissions['complete']).toMatchObject({ allowed: true });
    await setInboxRules(tenant, { requireOwnership: true });
    expect((await entryOf(tenant.finance, entry)).permissions['complete']).toMatchObject({ allowed: false });
  });
});

describe('the list of entries', () => {
  let tenant: TestTenant;
  let billing: Inbox;
  let technical: Inbox;
  const entries: Record<string, InboxEntry> = {};
  const named = (...names: string[]) => names.map((name) => entries[name]?.id);

  beforeAll(async () => {
    ({ tenant, billing, technical } = await aDesk(await theApp()));
    const call = (number: number) => ({ dueType: 'call-back-by', dueOn: day(number) });
    entries['late'] = await anEntry(tenant, billing, { ...call(20), customerId: 'cust_quist' });
    entries['early'] = await anEntry(tenant, billing, call(1));
    entries['mine'] = await anEntry(tenant, billing, { dueType: 'resolve-by', dueOn: day(10) });
    entries['theirs'] = await anEntry(tenant, billing, call(12));
    entries['dateless'] = await anEntry(tenant, billing);
    entries['elsewhere'] = await anEntry(tenant, technical, call(5));
    entries['done'] = await anEntry(tenant, billing, call(2));
    entries['cancelled'] = await anEntry(tenant, billing);
    await done(tenant.finance, 'take', entries['mine']);
    await done(tenant.finance, 'take', entries['done']);
    await done(tenant.agent, 'take', entries['theirs']);
    await done(tenant.finance, 'complete', entries['done']);
    await done(tenant.finance, 'cancel', entries['cancelled']);
  });

  it('IB-28 counts what waits and what of it is mine, and leaves out inboxes I am no member of', async () => {
    const { body } = await tenant.finance.get<Page<Inbox>>('/v1/inboxes');
    expect(body.items).toMatchObject([{ name: 'Billing', open: 5, mine: 1 }]);
    expect(idsOf(await listed(tenant.finance))).toEqual(named('early', 'mine', 'theirs', 'late', 'dateless'));
    expect(await listed(tenant.finance, `inboxId=${technical.id}`)).toEqual([]);
    expect(idsOf(await listed(tenant.technician))).toEqual(named('elsewhere'));
    expect(await listed(tenant.administrator)).toHaveLength(6);
  });

  it.each<[string, string, string[]]>([
    ['owner=me', 'IB-28', ['mine']],
    ['owner=none', 'IB-28', ['early', 'late', 'dateless']],
    ['owner=others', 'IB-28', ['theirs']],
    ['owner=person_mara', 'IB-28', ['theirs']],
    ['owner=nobody_here', 'IB-28', []],
    ['state=completed', 'IB-10', ['done']],
    ['state=cancelled', 'IB-10', ['cancelled']],
    ['due=set', 'IB-28', ['early', 'mine', 'theirs', 'late']],
    ['due=none', 'IB-28', ['dateless']],
    [`dueBy=${day(10)}`, 'IB-28', ['early', 'mine']],
    [`overdueOn=${day(10)}`, 'IB-28', ['early']],
    [`overdueOn=${day(10)}&state=completed`, 'IB-28', []],
    ['dueType=resolve-by', 'IB-28', ['mine']],
    ['dueType=resolve-by&dueType=call-back-by', 'IB-28', ['early', 'mine', 'theirs', 'late']],
    ['customerId=cust_quist', 'IB-28', ['late']],
    ['customerId=cust_aldermill', 'IB-28', ['early', 'mine', 'theirs', 'dateless']],
    ['sort=-due', 'IB-28', ['late', 'theirs', 'mine', 'early', 'dateless']],
    ['sort=sent', 'IB-28', ['late', 'early', 'mine', 'theirs', 'dateless']],
    ['sort=-sent', 'IB-28', ['dateless', 'theirs', 'mine', 'early', 'late']],
  ])('%s filters and orders (%s)', async (query, _, expected) => {
    expect(idsOf(await listed(tenant.finance, query))).toEqual(named(...expected));
  });

  it.each(['due', '-due', 'sent', '-sent'])('%s comes page by page, each entry once', async (sort) => {
    const whole = idsOf(await listed(tenant.administrator, `sort=${sort}`));
    const found: string[] = [];
    let cursor = '';
    do {
      const { body } = await tenant.administrator.get<Page<InboxEntry>>(
        `/v1/inbox-entries?limit=2&sort=${sort}${cursor && `&cursor=${cursor}`}`,
      );
      expect(body.items.length).toBeLessThanOrEqual(2);
      found.push(...idsOf(body.items));
      cursor = body.next ?? '';
    } while (cursor !== '');
    expect(found).toEqual(whole);
  });

  it('refuses a cursor of another order, and dates that are none', async () => {
    const { body } = await tenant.administrator.get<Page<InboxEntry>>('/v1/inbox-entries?limit=2&sort=due');
    for (const query of [
      `sort=sent&cursor=${body.next}`,
      'cursor=nonsense',
      'dueBy=soon',
      'overdueOn=2026-02-30',
    ])
      expect((await tenant.administrator.get(`/v1/inbox-entries?${query}`)).status).toBe(422);
  });

  it('IB-03 shows agents of the case where it is, members or not', async () => {
    const entry = entries['elsewhere'];
    const query = `caseId=${entry?.case?.id}`;
    const [seen] = await listed(tenant.agent, query);
    expect(seen).toMatchObject({ id: entry?.id, inbox: { name: 'Technical' }, message: '' });
    for (const action of ['take', 'complete', 'cancel', 'forward'])
      expect(seen?.permissions[action]).toMatchObject({ allowed: false, rule: 'inboxes.visibility' });
    expect((await tenant.agent.get(`/v1/inbox-entries/${entry?.id}`)).status).toBe(404);
    expect((await tenant.finance.get(`/v1/inbox-entries?${query}`)).status).toBe(404);
    // A member sees it by the entry, and only in the inboxes they read.
    expect(idsOf(await listed(tenant.finance, `caseId=${entries['early']?.case?.id}`))).toEqual(
      named('early'),
    );
  });
});

describe('customers', () => {
  it('IB-02 are told nothing of inboxes, messages in them and by when, wherever they ask', async () => {
    const { tenant, billing, technical } = await aDesk(await theApp());
    const record = await tenant.aCase({ requesterId: 'person_pia' });
    const due = { dueType: 'resolve-by', dueOn: day(3) };
    const message = 'They pay late, so be careful with refunds.';
    const entry = await anEntry(tenant, billing, { caseId: record.id, message, ...due });
    await done(tenant.finance, 'take', entry);
    const on = { inboxId: technical.id, message: 'They blame the line, as ever.', ...due };
    await done(tenant.finance, 'forward', entry, on);
    await done(tenant.technician, 'take', entry);
    await done(tenant.technician, 'complete', entry);
    const path = `/v1/cases/${record.id}`;
    const asked = [
      '/v1/session',
      '/v1/settings',
      '/v1/cases',
      '/v1/cases?q=line',
      path,
      `${path}/notes`,
      `${path}/timeline`,
      `${path}/timeline?kind=inbox`,
      `${path}/grants`,
      '/v1/inboxes',
      '/v1/inbox-entries',
      `/v1/inbox-entries?caseId=${record.id}`,
      `/v1/inbox-entries/${entry.id}`,
      '/v1/inbox-targets',
    ];
    for (const by of [tenant.customer, tenant.outsider]) {
      for (const one of asked) {
        const { body } = await by.get(one);
        const text = JSON.stringify(body);
        for (const internal of [message, on.message, 'resolve-by', billing.id, technical.id, entry.id])
          expect(text, one).not.toContain(internal);
        // The number of what they may not see is not told either.
        if (one.endsWith('kind=inbox') && by === tenant.customer) expect(body).toMatchObject({ items: [] });
      }
    }
    expect((await tenant.customer.get(path)).status).toBe(200);
  });
});

describe('an inbox that opens no cases', () => {
  it('IB-20 keeps the case from its members, and the entry usable', async () => {
    const tenant = await aTenant(await theApp());
    const inbox = await anInbox(tenant, 'Messages', { person_otto: allRights }, { opensCases: false });
    const entry = await anEntry(tenant, inbox, { message: 'Pay them back.' });
    const seen = await entryOf(tenant.finance, entry);
    expect(seen).toMatchObject({
      case: null,
      customer: { id: 'cust_aldermill' },
      message: 'Pay them back.',
      permissions: { openCase: { allowed: false, rule: 'inboxes.case-hidden' }, take: { allowed: true } },
    });
    const path = `/v1/cases/${entry.case?.id}`;
    expect((await tenant.finance.get(path)).status).toBe(404);
    expect((await tenant.finance.get(`/v1/inbox-entries?caseId=${entry.case?.id}`)).status).toBe(404);
    const mine = await done(tenant.finance, 'take', entry);
    expect(mine.case).toBeNull();
    expect(JSON.stringify(mine)).not.toContain(entry.case?.id);
    expect((await tenant.finance.get(path)).status).toBe(404);
    expect(await done(tenant.finance, 'complete', entry)).toMatchObject({ state: 'completed', case: null });
  });
});
