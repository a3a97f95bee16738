import { beforeAll, describe, expect, it } from 'vitest';

import type { Case } from '../../src/contract/cases.js';
import type { Inbox } from '../../src/contract/inboxes.js';
import type { InboxEntry } from '../../src/contract/inbox-entries.js';
import type { Problem } from '../../src/contract/problem.js';
import {
  aClosure,
  aNewNote,
  aReopening,
  aTenant,
  type Answer,
  type Caller,
  type TestTenant,
} from '../support/app.js';
import { act, allRights, anEntry, anInbox, done } from '../support/inbox-desk.js';
import { theApp } from '../support/shared-app.js';

/**
 * The column "inbox" of "Who may do what", asked over HTTP: who asks × what for, of an entry and of its case. A letter for each
 * action: `y` done, `n` refused (403), `c` somebody's already or nobody's (409), `-` as if it were not there (404).
 */
const ofEntry = ['read', 'take', 'release', 'assign', 'complete', 'cancel', 'forwardEntry'] as const;
const ofCase = [
  'view',
  'reply',
  'note',
  'attach',
  'close',
  'edit',
  'assignCase',
  'forwardCase',
  'put',
  'share',
] as const;
const actions = [...ofEntry, ...ofCase, 'reopen', 'grants', 'export'] as const;
type Action = (typeof actions)[number];

//                read take rel asgn comp canc fwd | view reply note att close edit asgn fwd put share open grants exp
const absent =
  '   -   -    -   -    -    -    -     -    -    -    -   -    -    -    -   -   -    -    -     -  ';
const roleless =
  ' n   n    n   n    n    n    n     n    n    n    n   n    n    n    n   n   n    n    n     n  ';
const elsewhere =
  '-   -    -   -    -    -    -     -    -    -    -   -    -    -    -   -   -    -    -     -  ';
const expected: Record<string, string> = {
  //                read take rel asgn comp canc fwd | view reply note att close edit asgn fwd put share open grants exp
  'member, unowned':
    ' y   y    c   n    c    y    y     y    y    y    y   n    n    n    n   n   n    n    n     -  ',
  owner:
    '             y   y    y   n    y    y    y     y    y    y    y   y    n    n    n   n   n    n    n     -  ',
  'member, owned by another': ' y c c n c c c y n n n n n n n n n n n -',
  'member with read alone': ' y y c n c n n y y y y n n n n n n n n -',
  'member without rights': absent,
  'former member': absent,
  'no member': absent,
  'member of another role': roleless,
  'customer of another account': ' n n n n n n n - - - - - - - - n - - - n',
  administrator: ' y y c y y y y y y y y y y y y c y y y y',
  'agent of the case, no member': ' - - - - - - - y y y y y y y y c y y y y',
  'administrator of another tenant': elsewhere,
};

let tenant: TestTenant;
let target: Inbox;
let other: TestTenant;

beforeAll(async () => {
  [tenant, other] = [await aTenant(await theApp()), await aTenant(await theApp())];
  target = await anInbox(tenant, 'Target');
});

interface World {
  readonly who: Caller;
  readonly inbox: Inbox;
}

/** The inbox as the actor of a row stands to it, and what they are to its entries before they try. */
async function worldOf(
  name: string,
): Promise<World & { readonly prepare: (entry: InboxEntry) => Promise<unknown> }> {
  // Yuki is of another department than the case, Tomás of the same.
  const rights: Record<string, readonly string[]> = {
    'member with read alone': ['read'],
    'member without rights': [],
  };
  const members: Record<string, readonly string[]> = /^(member|owner|former)/.test(name)
    ? { person_yuki: rights[name] ?? allRights }
    : {};
  const inbox = await anInbox(tenant, `Inbox ${crypto.randomUUID()}`, { ...members, person_otto: allRights });
  const people: Record<string, Caller> = {
    'member of another role': await tenant.as({ sub: 'person_yuki', roles: ['engineer'] }),
    'customer of another account': tenant.outsider,
    administrator: tenant.administrator,
    'agent of the case, no member': tenant.otherAgent,
    'administrator of another tenant': other.administrator,
  };
  if (name === 'former member') {
    const left = [{ personId: 'person_otto', rights: allRights }];
    await tenant.administrator.patch(`/v1/inboxes/${inbox.id}`, { members: left }, inbox);
  }
  const prepare = async (entry: InboxEntry) => {
    if (name === 'owner') await done(tenant.technician, 'take', entry);
    if (name === 'member, owned by another') await done(tenant.finance, 'take', entry);
  };
  return { who: people[name] ?? tenant.technician, inbox, prepare };
}

async function attempt(name: string): Promise<Record<Action, Answer>> {
  const { who, inbox, prepare } = await worldOf(name);
  const mark = `k${crypto.randomUUID().replaceAll('-', '')}`;
  const fresh = async () => {
    const record = await tenant.aCase({ departmentId: 'dept_care', subject: mark });
    const entry = await anEntry(tenant, inbox, { caseId: record.id });
    await prepare(entry);
    return { record, entry, path: `/v1/cases/${record.id}` };
  };
  const change = async (action: string, body?: Record<string, unknown>) =>
    act(who, action, (await fresh()).entry, body);
  const { entry, path, record } = await fresh();
  const version = async () => (await tenant.administrator.get<Case>(path)).body.version;
  const agent = who !== tenant.outsider;
  const note = (visibility: string, more = {}) =>
    who.post(
      `${path}/notes`,
      agent ? aNewNote({ visibility, ...more }) : { visibility, text: 'Seen it.', ...more },
    );
  const attachmentIds = [(await who.upload('bill.txt', 'x')).body.id ?? 'file_none'];
  return {
    read: await who.get(`/v1/inbox-entries/${entry.id}`),
    take: await change('take'),
    release: await change('release'),
    assign: await change('assign', { personId: 'person_otto' }),
    complete: await change('complete'),
    cancel: await change('cancel'),
    forwardEntry: await change('forward', { inboxId: target.id, message: 'For you.' }),
    view: await who.get(path),
    reply: await note('public'),
    note: await note('internal'),
    attach: await note(agent ? 'internal' : 'public', { attachmentIds }),
    grants: await who.get(`${path}/grants`),
    edit: await who.patch(path, { priority: 'high' }, { version: await version() }),
    forwardCase: await who.post(`${path}/forward`, { to: 'person_mara', text: 'Could you look?' }),
    put: await who.post('/v1/inbox-entries', { caseId: record.id, inboxId: target.id }),
    share: await who.post(`${path}/grants`, {
      grantees: [{ kind: 'customer', id: 'cust_harbour', level: 'view' }],
      history: 'include',
    }),
    export: await who.get(`/v1/cases/export?q=${mark}`),
    assignCase: await who.patch(path, { assigneeId: 'person_tomas' }, { version: await version() }),
    close: await who.post(`${path}/close`, aClosure(), { version: await version() }),
    reopen: await who.post(`${path}/reopen`, aReopening(), { version: await version() }),
  };
}

function letterOf(action: Action, { status, body }: Answer): string {
  if (status === 403) return 'n';
  if (status === 404) return '-';
  if (status === 409) return 'c';
  if (status === 422 && action === 'put') return '-';
  if (status >= 300) return `${status} ${(body as Problem).code}`;
  return action === 'export' && String(body).trim().split('\n').length < 2 ? '-' : 'y';
}

describe('what came to an inbox', () => {
  it.each(Object.keys(expected))('IB-02, IB-08, IB-18, IB-25 answers %s as the table says', async (name) => {
    const answers = await attempt(name);
    const letters = expected[name]?.trim().split(/\s+/) ?? [];
    expect(letters).toHaveLength(actions.length);
    expect(Object.fromEntries(actions.map((action) => [action, letterOf(action, answers[action])]))).toEqual(
      Object.fromEntries(actions.map((action, index) => [action, letters[index]])),
    );
    for (const { status, body } of Object.values(answers))
      if (status === 403) expect((body as Problem).rule).toMatch(/\S/);
  });
});
