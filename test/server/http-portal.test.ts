import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import type { Case } from '../../src/contract/cases.js';
import type { Page } from '../../src/contract/common.js';
import type { GrantsAnswer } from '../../src/contract/grants.js';
import {
  portalFields,
  portalScopes,
  type MaskableField,
  type PortalFeature,
} from '../../src/contract/portal.js';
import type { Problem } from '../../src/contract/problem.js';
import type { Session } from '../../src/contract/session.js';
import type { Settings, SettingsChange } from '../../src/contract/settings.js';
import type { Database } from '../../server/engine/sql/database.js';
import {
  aNewCase,
  aTenant,
  createTestApp,
  type Caller,
  type TestApp,
  type TestTenant,
} from '../support/app.js';
import { openTestDatabase } from '../support/database.js';
import { readEvents } from '../support/event-reader.js';
import { aMarkedCase, markedSettings, marksOf, setSettings, toldOf } from '../support/marked-case.js';
import { aGrant, candidates, isListed, moreToShareWith, share } from '../support/sharing.js';

let database: Database;
let app: TestApp;
let tenant: TestTenant;
let marked: Awaited<ReturnType<typeof aMarkedCase>>;

beforeAll(async () => {
  database = await openTestDatabase();
  app = await createTestApp(database, { heartbeatMs: 50 });
  tenant = await aTenant(app, moreToShareWith);
  await setSettings(tenant, markedSettings);
  marked = await aMarkedCase(tenant);
  await setSettings(tenant, { portal: { scope: ['own', 'projects'] } });
  const projectId = marked.record.project?.id ?? '';
  await tenant.agent.post(`/v1/projects/${projectId}/grants`, {
    grantees: [{ kind: 'customer', id: 'cust_aldermill' }],
    portalOnly: true,
    includeHistory: true,
  });
});

afterAll(() => app.dispose());

/** Shows customers everything but these fields. */
function hide(...fields: MaskableField[]) {
  return setSettings(tenant, { portal: { fields: portalFields.filter((field) => !fields.includes(field)) } });
}

/** A person of another customer of the same organisation, who has submitted nothing. */
function sister(own: TestTenant): Promise<Caller> {
  return own.as({
    sub: 'person_sis',
    kind: 'customer',
    customer: 'cust_harbour',
    organisation: 'org_aldermill',
  });
}

/** Whoever has access is named in a list that has a tick of its own: these are the marks besides. */
const marks: Partial<Record<MaskableField, readonly string[]>> = {
  ...marksOf,
  requester: ['Pia Moreau', 'person_pia'],
  organisation: ['Aldermill Group', 'org_aldermill'],
};

describe('fields that customers see', () => {
  it('CU-26 are all of them at first', async () => {
    const told = await toldOf(tenant.colleague, marked.record.id, marked.files, '');
    for (const mark of portalFields.flatMap((field) => marks[field] ?? [])) expect(told).toContain(mark);
  });

  it.each(portalFields)('CU-26 tells %s nowhere once it is unticked, and everything else', async (field) => {
    await hide(field);
    const told = await toldOf(tenant.colleague, marked.record.id, marked.files, '');
    for (const mark of marks[field] ?? []) expect(told).not.toContain(mark);
    for (const other of portalFields.filter((one) => one !== field))
      expect(told).toContain(marks[other]?.[0]);
    const { body } = await tenant.colleague.get<Case>(`/v1/cases/${marked.record.id}`);
    expect(body).not.toHaveProperty(field);
    // To customers it does not look as if there were more.
    expect(body).not.toHaveProperty('masked');
    expect((await tenant.agent.get<Case>(`/v1/cases/${marked.record.id}`)).body).not.toHaveProperty('masked');
  });

  it.each([
    ['type', 'type=zz-type-two', 'type'],
    ['priority', 'priority=zz-low', 'priority'],
    ['priority', 'sort=priority', 'sort'],
    ['priority', 'sort=-priority', 'sort'],
    ['tags', 'tag=zz-tag', 'tag'],
    ['assignee', 'assigneeId=person_tomas', 'assigneeId'],
    ['deadline', 'deadline=set', 'deadline'],
    ['deadline', 'deadline=none', 'deadline'],
    ['deadline', 'dueBy=2031-08-24', 'dueBy'],
    ['deadline', 'dueAfter=2031-08-24', 'dueAfter'],
    ['deadline', 'overdueOn=2031-08-25', 'overdueOn'],
    ['deadline', 'sort=deadline', 'sort'],
    ['deadline', 'sort=-deadline', 'sort'],
  ] as const)(
    'CU-26 unticked %s can be asked about by no filter and no order: %s',
    async (field, query, named) => {
      await hide();
      const before = await tenant.colleague.get<Page<Case>>(`/v1/cases?${query}`);
      expect(before.status).toBe(200);
      await hide(field);
      expect(await tenant.colleague.get<Problem>(`/v1/cases?${query}`)).toMatchObject({
        status: 422,
        body: { code: 'validation_failed', errors: [{ field: named, code: 'unknown_field' }] },
      });
    },
  );

  it('CU-26 search looks into the subject alone once the description is unticked, and tags suggest nothing', async () => {
    await hide();
    const found = async (q: string) =>
      (await tenant.colleague.get<Page<Case>>(`/v1/cases?count=true&q=${q}`)).body.total;
    expect([await found('zzdescribed'), await found('line')]).toEqual([1, 1]);
    expect((await tenant.colleague.get<Page<unknown>>('/v1/tags?q=zz')).body.items).toHaveLength(2);
    await hide('description', 'tags');
    expect([await found('zzdescribed'), await found('zzdescr'), await found('line+zzdescribed')]).toEqual([
      0, 0, 0,
    ]);
    expect(await found('line')).toBe(1);
    expect((await tenant.colleague.get('/v1/tags?q=zz')).body).toEqual({ items: [], next: null });
  });

  it('CU-26 asks customers for nothing that they are not shown', async () => {
    await hide('contactMethod');
    const { body: session } = await tenant.customer.get<Session>('/v1/session');
    expect(session.settings.requiredFields.newCase).toEqual(['type', 'subject', 'description']);
    const { contactMethod: _, ...rest } = aNewCase({ type: 'zz-type-one' });
    const created = await tenant.customer.post<Case>('/v1/cases', rest);
    expect(created.status).toBe(201);
    expect(created.body).not.toHaveProperty('contactMethod');
    expect((await tenant.agent.post('/v1/cases', rest)).status).toBe(422);
  });

  it('CU-26 a case is answered again under its key without what is unticked by then', async () => {
    await hide();
    const key = crypto.randomUUID();
    const body = aNewCase({ type: 'zz-type-one', contactMethod: 'zz-method-one', deadline: '2031-07-23' });
    expect((await tenant.customer.post<Case>('/v1/cases', body, { key })).body.deadline).toBe('2031-07-23');
    await hide('deadline');
    const again = await tenant.customer.post<Case>('/v1/cases', body, { key });
    expect(again.status).toBe(201);
    expect(JSON.stringify(again.body)).not.toContain('2031-07-23');
  });
});

describe('what customers may do', () => {
  const features: [
    PortalFeature,
    string,
    (own: TestTenant, record: Case) => Promise<{ status: number; body: unknown }>,
  ][] = [
    ['createCase', 'portal.create-case', (own) => own.customer.post('/v1/cases', aNewCase())],
    [
      'reply',
      'portal.reply',
      (own, { id }) => own.customer.post(`/v1/cases/${id}/notes`, { visibility: 'public', text: 'So?' }),
    ],
    ['attach', 'portal.attach', (own) => own.customer.upload('bill.txt', 'x')],
    [
      'share',
      'portal.share',
      (own, { id }) => share(own.customer, id, [{ kind: 'person', id: 'person_leo' }]),
    ],
    ['share', 'portal.share', (own, { id }) => candidates(own.customer, 'person', { caseId: id })],
    [
      'share',
      'portal.share',
      (own) =>
        own.customer.post('/v1/cases', aNewCase({ shareWith: [{ kind: 'person', id: 'person_leo' }] })),
    ],
    ['listGrantees', 'portal.list-grantees', (own, { id }) => own.customer.get(`/v1/cases/${id}/grants`)],
    ['seeReceipts', 'portal.see-receipts', (own, { id }) => own.customer.get(`/v1/cases/${id}/receipts`)],
  ];

  it.each(features)('CU-25 %s is refused by %s once it is unticked', async (feature, rule, attempt) => {
    const own = await aTenant(app, moreToShareWith);
    const record = await own.aCase({}, own.customer);
    expect((await attempt(own, record)).status).toBeLessThan(300);
    const again = await own.aCase({}, own.customer);
    await setSettings(own, { portal: { features: { [feature]: false } } });
    expect(await attempt(own, again)).toMatchObject({ status: 403, body: { code: 'forbidden', rule } });
    const { body } = await own.customer.get<Case>(`/v1/cases/${again.id}`);
    const { body: session } = await own.customer.get<Session>('/v1/session');
    const verdict = feature === 'createCase' ? session.permissions[feature] : body.permissions[feature];
    expect(verdict).toMatchObject({ allowed: false, rule, reason: expect.any(String) as string });
    // Nobody else loses anything by it.
    expect((await own.agent.get<Case>(`/v1/cases/${again.id}`)).body.permissions['reply']?.allowed).toBe(
      true,
    );
  });

  it('CU-25 a file cannot come with a reply or a case either, once files are unticked', async () => {
    const own = await aTenant(app);
    const record = await own.aCase({}, own.customer);
    const { body: file } = await own.customer.upload('bill.txt', 'x');
    await setSettings(own, { portal: { features: { attach: false } } });
    const note = { visibility: 'public', text: 'Here.', attachmentIds: [file.id] };
    for (const answer of [
      await own.customer.post(`/v1/cases/${record.id}/notes`, note),
      await own.customer.post('/v1/cases', aNewCase({ attachmentIds: [file.id] })),
    ]) {
      expect(answer).toMatchObject({ status: 403, body: { rule: 'portal.attach' } });
    }
  });

  it('CU-25 what was shared can be ended where sharing is no longer offered', async () => {
    const own = await aTenant(app, moreToShareWith);
    const record = await own.aCase({}, own.customer);
    const grant = await aGrant(own.customer, record.id, { kind: 'person', id: 'person_leo' });
    await setSettings(own, { portal: { features: { share: false } } });
    expect((await own.customer.delete(`/v1/grants/${grant.id}`)).status).toBe(204);
    expect((await own.colleague.get(`/v1/cases/${record.id}`)).status).toBe(404);
  });

  it('CO-26 nobody can be copied in: a reply takes no addresses, and the composer is told so', async () => {
    const own = await aTenant(app);
    const record = await own.aCase({}, own.customer);
    const { body: session } = await own.customer.get<Session>('/v1/session');
    expect(session.settings.sharing?.ccAllowed).toBe(false);
    const note = { visibility: 'public', text: 'For both.', cc: ['leo@aldermill.example'] };
    expect(await own.customer.post(`/v1/cases/${record.id}/notes`, note)).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'cc', code: 'unknown_field' }] },
    });
    await setSettings(own, { sharing: { ccAllowed: true } });
    expect((await own.customer.get<Session>('/v1/session')).body.settings.sharing?.ccAllowed).toBe(true);
  });
});

describe('which cases customers see', () => {
  /** Whether the case is there for somebody, by every way of asking at once. */
  async function sees(by: Caller, record: Case): Promise<boolean> {
    const paths = ['', '/notes', '/timeline', '/grants'].map((path) => `/v1/cases/${record.id}${path}`);
    const answers = await Promise.all(paths.map((path) => by.get(path)));
    const listed = await isListed(by, record);
    const { body: tags } = await by.get<Page<{ tag: string }>>('/v1/tags');
    const suggested = tags.items.some(({ tag }) => record.tags?.includes(tag));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => (listed ? 200 : 404)));
    expect(suggested).toBe(listed);
    return listed;
  }

  it.each([
    ['own', [true, false, false, false]],
    ['customer', [true, true, false, false]],
    ['organisation', [true, true, true, false]],
    ['projects', [true, false, false, true]],
  ] as const)(
    'CU-21, CU-22, CU-23 shows by the scope “%s” what it says, and nothing more',
    async (scope, expected) => {
      const own = await aTenant(app, moreToShareWith);
      const project = await own.agent.post<{ id: string }>('/v1/projects', { name: 'Rebuild' });
      const pias = await own.aCase({ tags: ['pias'] }, own.customer);
      const followed = await own.aCase({
        customerId: 'cust_quist',
        tags: ['followed'],
        projectId: project.body.id,
      });
      const followers = await own.agent.post(`/v1/projects/${project.body.id}/grants`, {
        grantees: [{ kind: 'customer', id: 'cust_aldermill' }],
        portalOnly: true,
      });
      expect(followers.status).toBe(201);
      await setSettings(own, { portal: { scope: [scope] } });
      const { customer, colleague, outsider } = own;
      expect([
        await sees(customer, pias),
        await sees(colleague, pias),
        await sees(await sister(own), pias),
      ]).toEqual(expected.slice(0, 3));
      expect(await sees(outsider, pias)).toBe(false);
      // The project is shared with the customer at once, but seen where the portal shows what they follow.
      expect(await sees(colleague, followed)).toBe(expected[3]);
    },
  );

  it('CU-22 a customer without an organisation sees their own, whatever the portal shows of organisations', async () => {
    const own = await aTenant(app, moreToShareWith);
    await setSettings(own, { portal: { scope: ['own', 'organisation'] } });
    const [pias, noras] = [
      await own.aCase({ tags: ['pias'] }, own.customer),
      await own.aCase({ tags: ['noras'], customerId: 'cust_quist' }, own.outsider),
    ];
    const loose = await own.as({
      sub: 'person_pia',
      kind: 'customer',
      customer: 'cust_aldermill',
      organisation: null,
    });
    expect([await sees(loose, pias), await sees(loose, noras)]).toEqual([true, false]);
    const other = await own.as({
      sub: 'person_leo',
      kind: 'customer',
      customer: 'cust_aldermill',
      organisation: null,
    });
    expect(await sees(other, pias)).toBe(false);
    expect([await sees(own.outsider, noras), await sees(own.outsider, pias)]).toEqual([true, false]);
  });

  it('CU-22, CU-27 what the portal shows besides is there to be read, and told live, but not to be answered', async () => {
    const own = await aTenant(app, moreToShareWith);
    const record = await own.aCase({}, own.customer);
    await setSettings(own, { portal: { scope: ['own', 'organisation'] } });
    const reader = await readEvents(await sister(own));
    await own.aNote(record.id, { visibility: 'public', text: 'For all.' });
    await vi.waitFor(
      () => expect(reader.events.map(({ event }) => event.kind)).toEqual(['note.created']),
      60_000,
    );
    reader.leave();
    const note = { visibility: 'public', text: 'Me too.' };
    const refused = await (await sister(own)).post(`/v1/cases/${record.id}/notes`, note);
    expect(refused).toMatchObject({ status: 403, body: { rule: 'cases.not-granted' } });
    const shared = await share(await sister(own), record.id, [{ kind: 'person', id: 'person_leo' }]);
    expect(shared.body.rule).toBe('only_submitter_may_share');
  });

  it('CU-23 tells who shares that the customer will not see it, for the portal is closed', async () => {
    const own = await aTenant(app, moreToShareWith);
    await setSettings(own, { portalScope: 'none' });
    const record = await own.aCase();
    const { status, body } = await share(own.agent, record.id, [{ kind: 'customer', id: 'cust_quist' }], {
      portalOnly: true,
    });
    expect(status).toBe(201);
    expect((body as GrantsAnswer).warnings).toContainEqual({ field: 'grantees.0.id', code: 'portal_closed' });
    expect((await own.outsider.get(`/v1/cases/${record.id}`)).status).toBe(404);
  });

  it('CU-20 is an administrator’s to say, versioned, from the list that the backend offers', async () => {
    const own = await aTenant(app);
    const { body: session } = await own.administrator.get<Session>('/v1/session');
    expect(session.capabilities.portal?.scopes).toEqual(portalScopes);
    const change: SettingsChange = { portal: { scope: ['own', 'organisation'] } };
    for (const by of [own.agent, own.finance, own.customer]) {
      expect(await by.patch('/v1/settings', change, session.settings)).toMatchObject({
        status: 403,
        body: { code: 'forbidden', rule: 'settings.administrator' },
      });
    }
    const { version } = await setSettings(own, change);
    expect(Number(version)).toBe(Number(session.settings.version) + 1);
    const { body: history } = await own.administrator.get<Page<unknown>>('/v1/settings/changes?limit=1');
    expect(history.items[0]).toMatchObject({
      version,
      by: { id: 'person_iris' },
      changes: [{ field: 'portal', from: { scope: ['own'] }, to: { scope: ['own', 'organisation'] } }],
    });
    const late = await own.administrator.patch('/v1/settings', change, session.settings);
    expect(late).toMatchObject({ status: 412, body: { current: { version } } });
  });
});

describe('stored settings that cannot be meant', () => {
  async function store(own: TestTenant, data: object): Promise<void> {
    await setSettings(own, { dueSoonDays: 5 });
    await database.db
      .updateTable('settings')
      .set({ data: JSON.stringify(data) })
      .where('tenant', '=', own.id)
      .execute();
  }

  const open = { scope: ['own', 'customer'] };
  const narrow = { scope: ['own'] };

  it.each([
    [
      'a scope nobody knows',
      { portal: { ...open, scope: ['own', 'customer', 'galaxy'] } },
      'portal.scope',
      'unknown_value',
    ],
    ['a scope that is no list', { portal: { scope: 'customer' } }, 'portal.scope', 'unknown_value'],
    ['a portal that is none', { portal: ['customer'] }, 'portal', 'invalid'],
    [
      'a feature nobody knows',
      { portal: { ...narrow, features: { fly: true } } },
      'portal.features',
      'unknown_value',
    ],
    [
      'a tick that is none',
      { portal: { ...narrow, features: { reply: 'yes' } } },
      'portal.features.reply',
      'unknown_value',
    ],
    ['a field nobody knows', { portal: { ...narrow, fields: ['salary'] } }, 'portal.fields', 'unknown_value'],
    ['fields that are no list', { portal: { ...narrow, fields: 'all' } }, 'portal.fields', 'unknown_value'],
    ['a portal opened otherwise', { portalScope: 'all', portal: open }, 'portalScope', 'unknown_value'],
    [
      'a mask nobody knows',
      { sharing: { masks: { department: { restricted: ['salary'] } } } },
      'sharing.masks.department.restricted',
      'unknown_value',
    ],
    [
      'a masked level nobody knows',
      { sharing: { masks: { department: { limited: [] } } } },
      'sharing.masks.department',
      'unknown_value',
    ],
    ['masks that are none', { sharing: { masks: 'no' } }, 'sharing.masks', 'unknown_value'],
    [
      'levels that are no map',
      { sharing: { departmentLevels: ['full'] } },
      'sharing.departmentLevels',
      'invalid',
    ],
    [
      'a level nobody knows',
      { sharing: { departmentLevels: { dept_network: ['full', 'owner'] } } },
      'sharing.departmentLevels.dept_network',
      'unknown_value',
    ],
    [
      'roles that are no list',
      { sharing: { departmentRoles: 'customer-service' } },
      'sharing.departmentRoles',
      'unknown_value',
    ],
    ['a switch that is none', { sharing: { organisations: 'no' } }, 'sharing.organisations', 'unknown_value'],
    [
      'co-workers nobody knows',
      { sharing: { candidateScope: 'planet' } },
      'sharing.candidateScope',
      'unknown_value',
    ],
    ['rules that are none', { sharing: 7 }, 'sharing', 'invalid'],
  ])('CU-24 counts %s as the narrowest, and tells administrators alone', async (_, data, setting, code) => {
    const own = await aTenant(app, moreToShareWith);
    const record = await own.aCase({}, own.customer);
    await store(own, data);
    const { body: settings } = await own.administrator.get<Settings>('/v1/settings');
    expect(settings.problems).toContainEqual(expect.objectContaining({ setting, code }));
    const { body: session } = await own.administrator.get<Session>('/v1/session');
    expect(session.settings.problems).toEqual(settings.problems);
    for (const by of [own.agent, own.customer]) {
      expect((await by.get<Settings>('/v1/settings')).body).not.toHaveProperty('problems');
      expect((await by.get<Session>('/v1/session')).body.settings).not.toHaveProperty('problems');
    }
    // Nobody sees a case by it, and every answer still is one.
    expect(await isListed(own.colleague, record)).toBe(false);
    expect((await own.colleague.get(`/v1/cases/${record.id}`)).status).toBe(404);
    // Another change leaves it to be told; putting it right ends that.
    const after = await setSettings(own, { dueSoonDays: 4 });
    expect(after.problems).toEqual(settings.problems);
    const right: SettingsChange = {
      portalScope: 'own',
      portal: { scope: ['own'], features: { reply: true }, fields: [...portalFields] },
      sharing: {
        departmentRoles: [],
        organisations: false,
        candidateScope: 'organisation',
        masks: { department: { restricted: [], 'read-only': [] } },
        departmentLevels: {},
      },
    };
    expect(await setSettings(own, right)).not.toHaveProperty('problems');
    expect((await own.customer.get(`/v1/cases/${record.id}`)).status).toBe(200);
  });

  it('CU-25, CU-26 a mistake beside them hides fields and features rather than showing them', async () => {
    const own = await aTenant(app);
    const record = await own.aCase({ priority: 'high' }, own.agent);
    await store(own, { portal: { fields: ['type', 'salary'], features: 'all' } });
    const { body } = await own.customer.get<Case>(`/v1/cases/${record.id}`);
    expect(body).toHaveProperty('type');
    expect(body).not.toHaveProperty('priority');
    for (const feature of ['reply', 'attach', 'share', 'listGrantees']) {
      expect(body.permissions[feature]?.allowed).toBe(false);
    }
  });

  it('DE-12 a mistake in the masks hides everything that can be hidden at that level', async () => {
    const own = await aTenant(app, moreToShareWith);
    await setSettings(own, { sharing: { departmentRoles: ['customer-service'] } });
    const record = await own.aCase({ departmentId: 'dept_care', priority: 'high' });
    await aGrant(own.agent, record.id, { kind: 'department', id: 'dept_network', level: 'restricted' });
    await store(own, {
      sharing: { departmentRoles: ['customer-service'], masks: { department: { restricted: ['salary'] } } },
    });
    const { body } = await own.technician.get<Case>(`/v1/cases/${record.id}`);
    for (const field of ['customer', 'description', 'priority', 'requester', 'type'])
      expect(body).not.toHaveProperty(field);
    expect(body.subject).toBe(record.subject);
  });
});
