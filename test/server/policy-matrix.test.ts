import { beforeAll, describe, expect, it } from 'vitest';

import type { Case } from '../../src/contract/cases.js';
import type { Grant, GranteeKind, NewGrantee } from '../../src/contract/grants.js';
import type { Problem } from '../../src/contract/problem.js';
import { aClosure, aReopening, aTenant, type Answer, type Caller, type TestTenant } from '../support/app.js';
import { aGrant, grantsOf, moreToShareWith, setSharing, share } from '../support/sharing.js';
import { theApp } from '../support/shared-app.js';

/**
 * The table "Who may do what", asked over HTTP: each kind of grantee at each level × who asks × what for. The expected
 * answers are written by hand from the spec, a letter for each action: `y` done, `n` refused (403), `-` as if the case
 * were not there (404; not in the export).
 */
const actions = [
  'view',
  'listGrantees',
  'export',
  'reply',
  'internalNote',
  'attach',
  'edit',
  'assign',
  'share',
  'changeLevel',
  'unshare',
  'close',
  'reopen',
  'receipts',
  'forward',
] as const;
type Action = (typeof actions)[number];

//                 view lists exp reply note att edit asgn share lvl unsh close open rcpt fwd
const stranger = '  -    -    -    -    -    -   -    -    -    -    -    -    -   -    -  ';
// Customers export nothing, whatever they see.
const outsider = '  -    -    n    -    -    -   -    -    -    -    -    -    -   -    -  ';
const follower = '  y    y    n    y    n    y   n    n    n    n    n    n    n   n    n  ';
const onlooker = '  y    y    n    n    n    n   n    n    n    n    n    n    n   n    n  ';

type Row = Record<string, string>;
const hidden: Row = {
  'other member of the organisation': outsider,
  'agent of the receiving department': stranger,
  'agent of a third department': stranger,
  'customer who has nothing to do with it': outsider,
  'former grantee': outsider,
  'administrator of another tenant': stranger,
};

const tables: { kind: GranteeKind; level: string; grantee: NewGrantee; expected: Row }[] = [
  {
    kind: 'person',
    level: 'collaborate',
    grantee: { kind: 'person', id: 'person_leo' },
    expected: {
      ...hidden,
      //                      view lists exp reply note att edit asgn share lvl unsh close open rcpt fwd
      requester: '              y    y    n    y    n    y   n    n    y    n    y    n    n   y    n  ',
      grantee: follower,
      'agent of the owning department': ' y y y y y y y y n n n y y y y',
      administrator: '          y    y    y    y    y    y   y    y    n    n    n    y    y   y    y  ',
    },
  },
  ...(['collaborate', 'view'] as const).flatMap((level) =>
    (['customer', 'organisation'] as const).map((kind) => ({
      kind,
      level,
      grantee: { kind, level, id: kind === 'customer' ? 'cust_quist' : 'org_quist' },
      expected: {
        ...hidden,
        requester: '            y    y    n    y    n    y   n    n    n    n    n    n    n   y    n  ',
        grantee: level === 'view' ? onlooker : follower,
        'agent of the owning department': ' y y y y y y y y y n y y y y y',
        administrator: '        y    y    y    y    y    y   y    y    y    y    y    y    y   y    y  ',
      },
    })),
  ),
  ...(['full', 'restricted', 'read-only'] as const).map((level) => ({
    kind: 'department' as const,
    level,
    grantee: { kind: 'department' as const, id: 'dept_network', level },
    expected: {
      ...hidden,
      // That departments work on the case is not told to customers: there is no such grant to them.
      requester: '              y    y    n    y    n    y   n    n    n    -    -    n    n   y    n  ',
      'agent of the owning department': ' y y y y y y y y y y y y y y y',
      administrator: '          y    y    y    y    y    y   y    y    n    n    n    y    y   y    y  ',
      // Received cases are in the Shared view only, so not in what is exported (DE-22).
      'agent of the receiving department': {
        full: '                 y    y    -    y    y    y   y    n    n    n    n    n    n   n    y  ',
        restricted: '           y    y    -    n    y    n   n    n    n    n    n    n    n   n    y  ',
        'read-only': '          y    y    -    n    y    n   n    n    n    n    n    n    n   n    n  ',
      }[level],
      'former grantee': stranger,
    },
  })),
];

let tenant: TestTenant;
const people: Record<string, Caller> = {};

beforeAll(async () => {
  tenant = await aTenant(await theApp(), moreToShareWith);
  await setSharing(tenant, {
    departmentRoles: ['customer-service', 'system-administrator'],
    organisations: true,
  });
  const elsewhere = await aTenant(await theApp());
  Object.assign(people, {
    requester: tenant.customer,
    'other member of the organisation': await tenant.as({
      sub: 'person_ada',
      kind: 'customer',
      customer: 'cust_aldermill',
      organisation: 'org_aldermill',
    }),
    'agent of the owning department': tenant.agent,
    'agent of the receiving department': tenant.technician,
    'agent of a third department': await tenant.as({
      sub: 'person_lin',
      roles: ['sales-agent'],
      departments: ['dept_legal'],
    }),
    'customer who has nothing to do with it': await tenant.as({
      sub: 'person_far',
      kind: 'customer',
      customer: 'cust_harbour',
    }),
    administrator: tenant.administrator,
    'administrator of another tenant': elsewhere.administrator,
  });
});

/** Who has the case by the grant alone. */
function granteeOf(kind: GranteeKind): Promise<Caller> | Caller {
  const bea = { sub: 'person_bea', kind: 'customer' } as const;
  switch (kind) {
    case 'person':
      return tenant.colleague;
    case 'customer':
      return tenant.as({ ...bea, customer: 'cust_quist' });
    case 'organisation':
      return tenant.as({ ...bea, customer: 'cust_none', organisation: 'org_quist' });
    case 'department':
      return tenant.technician;
  }
}

const another: Record<GranteeKind, NewGrantee> = {
  person: { kind: 'person', id: 'person_ada' },
  customer: { kind: 'customer', id: 'cust_harbour' },
  organisation: { kind: 'organisation', id: 'org_empty' },
  department: { kind: 'department', id: 'dept_legal' },
};
const otherLevel: Record<string, string> = {
  collaborate: 'view',
  view: 'collaborate',
  full: 'restricted',
  restricted: 'full',
  'read-only': 'full',
};

/** Tries everything once, in this order, on a case of its own. */
async function attempt(who: Caller, record: Case, grant: Grant): Promise<Record<Action, Answer>> {
  const path = `/v1/cases/${record.id}`;
  const agent = who === tenant.agent || who === tenant.administrator || who === tenant.technician;
  const version = async () => (await tenant.administrator.get<Case>(path)).body.version;
  const note = (visibility: string, more = {}) =>
    who.post(`${path}/notes`, {
      visibility,
      text: 'Seen.',
      ...((agent || visibility === 'internal') && { subject: 'follow-up' }),
      ...more,
    });
  const file = await who.upload('bill.txt', 'x');
  const attachmentIds = [file.body.id ?? 'file_none'];
  const grants = grant.grantee.kind as GranteeKind;
  return {
    view: await who.get(path),
    listGrantees: await who.get(`${path}/grants`),
    receipts: await who.get(`${path}/receipts`),
    forward: await who.post(`${path}/forward`, { to: 'person_tomas', text: 'Could you look?' }),
    export: await who.get(`/v1/cases/export?q=${record.subject.split(' ')[0] ?? ''}`),
    reply: await note('public'),
    internalNote: await note('internal'),
    // Of agents with a private comment, so that the right to attach is asked apart from that to answer.
    attach: await note(agent ? 'internal' : 'public', { attachmentIds }),
    edit: await who.patch(path, { priority: 'high' }, { version: await version() }),
    assign: await who.patch(path, { assigneeId: 'person_tomas' }, { version: await version() }),
    share: await share(who, record.id, [another[grants]], { includeHistory: true }),
    changeLevel: await who.patch(`/v1/grants/${grant.id}`, { level: otherLevel[grant.level] }, grant),
    unshare: await who.delete(`/v1/grants/${grant.id}`),
    close: await who.post(`${path}/close`, aClosure(), { version: await version() }),
    reopen: await who.post(`${path}/reopen`, aReopening(), { version: await version() }),
  };
}

function letterOf(action: Action, { status, body }: Answer, record: Case): string {
  if (status === 403) return 'n';
  if (status === 404) return '-';
  if (status >= 300) return `${status} ${(body as Problem).code}`;
  return action === 'export' && !String(body).includes(record.subject) ? '-' : 'y';
}

describe.each(tables)('a case shared with a $kind at level $level', ({ kind, level, grantee, expected }) => {
  it.each(Object.keys(expected))(
    'CO-06, CO-15, DE-04 to DE-14, CU-27 answers the %s as the table says',
    async (name) => {
      const former = name === 'former grantee';
      const who = name === 'grantee' || former ? await granteeOf(kind) : people[name];
      if (!who) throw new Error(`Nobody is called ${name}.`);
      const mark = `k${crypto.randomUUID().replaceAll('-', '')}`;
      const record = await tenant.aCase({ departmentId: 'dept_care', subject: `${mark} matrix` });
      const giver = kind === 'person' ? tenant.customer : tenant.agent;
      const grant = await aGrant(giver, record.id, grantee);
      expect(grant.level).toBe(level);
      if (former) expect((await giver.delete(`/v1/grants/${grant.id}`)).status).toBe(204);

      const before = await who.get<Case>(`/v1/cases/${record.id}`);
      const told = before.status === 200 ? await grantsOf(who, record.id) : undefined;
      const answers = await attempt(who, record, grant);
      const letters = actions.map((action) => letterOf(action, answers[action], record));
      expect(Object.fromEntries(actions.map((action, index) => [action, letters[index]]))).toEqual(
        Object.fromEntries(
          actions.map((action, index) => [action, expected[name]?.trim().split(/\s+/)[index]]),
        ),
      );

      // What the record and the grants had said beforehand is what then happened.
      if (!told) return;
      const { permissions } = before.body;
      const did = (action: Action) => letterOf(action, answers[action], record) === 'y';
      for (const [action, verdict] of [
        ['view', permissions['view']],
        ['listGrantees', permissions['listGrantees']],
        ['reply', permissions['reply']],
        ['internalNote', permissions['addInternalNote']],
        ['attach', permissions['attach']],
        ['edit', permissions['edit']],
        ['assign', permissions['assign']],
        ['close', permissions['close']],
        ['receipts', permissions['seeReceipts']],
        ['forward', permissions['forward']],
        ['share', told.share[kind]],
      ] as const) {
        expect(verdict?.allowed, action).toBe(did(action));
      }
      const listed = told.items.find(({ id }) => id === grant.id);
      expect(listed?.permissions['revoke']?.allowed ?? false).toBe(did('unshare'));
      expect(listed?.permissions['changeLevel']?.allowed ?? false).toBe(did('changeLevel'));
      for (const answer of Object.values(answers)) {
        if (answer.status === 403) expect((answer.body as Problem).rule).toMatch(/\S/);
      }
    },
  );
});

it('asks everything of everybody', () => {
  for (const { expected } of tables) {
    for (const letters of Object.values(expected))
      expect(letters.trim().split(/\s+/)).toHaveLength(actions.length);
  }
});
