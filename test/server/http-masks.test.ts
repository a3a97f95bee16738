import { beforeAll, describe, expect, it, vi } from 'vitest';

import type { Case } from '../../src/contract/cases.js';
import type { Page } from '../../src/contract/common.js';
import type { TimelineEntry } from '../../src/contract/notes.js';
import { departmentMaskFields, type MaskableField } from '../../src/contract/portal.js';
import type { Problem } from '../../src/contract/problem.js';
import type { Session } from '../../src/contract/session.js';
import { aTenant, type Caller, type TestTenant } from '../support/app.js';
import { readEvents } from '../support/event-reader.js';
import { aMarkedCase, markedSettings, marksOf, setSettings, toldOf } from '../support/marked-case.js';
import { aGrant, grantsOf, moreToShareWith, share } from '../support/sharing.js';
import { theApp } from '../support/shared-app.js';

const WITH_ME = '&shared=with-me';

let tenant: TestTenant;
let marked: Awaited<ReturnType<typeof aMarkedCase>>;
let receiver: Caller;

beforeAll(async () => {
  tenant = await aTenant(await theApp(), moreToShareWith);
  await setSettings(tenant, markedSettings);
  marked = await aMarkedCase(tenant);
  receiver = tenant.technician;
});

function mask(level: string, ...fields: MaskableField[]) {
  const none = { restricted: [], 'read-only': [] };
  return setSettings(tenant, { sharing: { masks: { department: { ...none, [level]: fields } } } });
}

/** Gives the receiving department the case at this level, and takes it back after. */
async function at<T>(
  level: string,
  run: () => Promise<T>,
  id = 'dept_network',
  caseId = marked.record.id,
): Promise<T> {
  const grant = await aGrant(tenant.agent, caseId, { kind: 'department', id, level });
  try {
    return await run();
  } finally {
    await tenant.agent.delete(`/v1/grants/${grant.id}`);
  }
}

async function found(query: string, by = receiver): Promise<string[]> {
  const { status, body } = await by.get<Page<Case>>(`/v1/cases?limit=100&count=true${WITH_ME}${query}`);
  expect(status).toBe(200);
  expect(body.total).toBe(body.items.length);
  return body.items.map(({ id }) => id);
}

describe('masks by the level of a department', () => {
  it('DE-12 tells everything of a case while nothing is masked', async () => {
    await mask('restricted');
    const told = await at('restricted', () => toldOf(receiver, marked.record.id, marked.files, WITH_ME));
    for (const mark of departmentMaskFields.flatMap((field) => marksOf[field])) expect(told).toContain(mark);
  });

  for (const level of ['restricted', 'read-only']) {
    it.each(departmentMaskFields)(
      `DE-12 tells %s nowhere at level ${level}, and everything else`,
      async (field) => {
        await mask(level, field);
        await at(level, async () => {
          const told = await toldOf(receiver, marked.record.id, marked.files, WITH_ME);
          for (const mark of marksOf[field]) expect(told).not.toContain(mark);
          const others = departmentMaskFields.filter((other) => other !== field);
          for (const other of others) expect(told).toContain(marksOf[other][0]);
          const { body } = await receiver.get<Case>(`/v1/cases/${marked.record.id}`);
          expect(body).not.toHaveProperty(field);
          expect(body.masked).toEqual([field]);
        });
        // The owners see it whole, and nobody tells them that anything is masked.
        const { body } = await tenant.agent.get<Case>(`/v1/cases/${marked.record.id}`);
        expect(body).toMatchObject({ type: 'zz-type-two', customer: { id: 'cust_aldermill' } });
        expect(body).not.toHaveProperty('masked');
      },
    );
  }

  it('DE-12 leaves no line of the history of which nothing is told, in no page and no count', async () => {
    await mask('restricted', 'type', 'priority', 'deadline', 'contactMethod', 'tags', 'description', 'links');
    await at('restricted', async () => {
      const path = `/v1/cases/${marked.record.id}/timeline?kind=change&count=true`;
      const { body } = await receiver.get<Page<TimelineEntry>>(path);
      expect(body).toMatchObject({ items: [], total: 0 });
    });
    expect(
      (await tenant.agent.get<Page<TimelineEntry>>(`/v1/cases/${marked.record.id}/timeline?kind=change`)).body
        .items,
    ).toHaveLength(1);
  });

  it('DE-12 names no customer in live events where the customer is masked', async () => {
    await mask('restricted', 'customer');
    await at('restricted', async () => {
      const [theirs, ours] = [await readEvents(receiver), await readEvents(tenant.agent)];
      await tenant.aNote(marked.record.id, { text: 'Looked at the line.' });
      await vi.waitFor(() => {
        expect(ours.events.map(({ event }) => event.kind)).toContain('note.created');
        expect(theirs.events.map(({ event }) => event.kind)).toContain('note.created');
      }, 60_000);
      theirs.leave();
      ours.leave();
      expect(JSON.stringify(ours.events)).toContain('cust_aldermill');
      expect(JSON.stringify(theirs.events)).not.toContain('cust_aldermill');
    });
  });

  it('DE-12 two grants add up: a field stays masked unless one of them clears it', async () => {
    await setSettings(tenant, {
      sharing: {
        masks: { department: { restricted: ['deadline', 'tags'], 'read-only': ['deadline', 'type'] } },
      },
    });
    const both = await tenant.as({
      sub: 'person_lin',
      roles: ['sales-agent'],
      departments: ['dept_network', 'dept_legal'],
    });
    const read = async () => (await both.get<Case>(`/v1/cases/${marked.record.id}`)).body;
    await at('restricted', async () => {
      expect((await read()).masked).toEqual(['deadline', 'tags']);
      await at('read-only', async () => expect((await read()).masked).toEqual(['deadline']), 'dept_legal');
      await at(
        'full',
        async () => expect(await read()).toMatchObject({ deadline: '2031-08-24' }),
        'dept_legal',
      );
      expect((await read()).masked).toEqual(['deadline', 'tags']);
    });
  });

  it('DE-12 masks nothing of what is the department’s own, nor of what one is assigned', async () => {
    await mask('restricted', 'deadline');
    const own = await tenant.aCase(
      {
        type: 'zz-type-one',
        contactMethod: 'zz-method-one',
        deadline: '2031-07-23',
        departmentId: 'dept_network',
      },
      tenant.administrator,
    );
    expect((await receiver.get<Case>(`/v1/cases/${own.id}`)).body.deadline).toBe('2031-07-23');
    await at('restricted', async () => {
      const assigned = await tenant.as({
        sub: 'person_tomas',
        roles: ['sales-agent'],
        departments: ['dept_network'],
      });
      expect((await assigned.get<Case>(`/v1/cases/${marked.record.id}`)).body.deadline).toBe('2031-08-24');
    });
  });

  describe('is no oracle', () => {
    it.each([
      ['type', 'type=zz-type-two'],
      ['type', 'type=zz-type-one'],
      ['priority', 'priority=zz-low'],
      ['tags', 'tag=zz-tag'],
      ['assignee', 'assigneeId=person_tomas'],
      ['deadline', 'deadline=set'],
      ['deadline', 'deadline=none'],
      ['deadline', 'dueBy=2031-08-24'],
      ['deadline', 'dueAfter=2031-08-24'],
      ['deadline', 'overdueOn=2031-08-25'],
      ['customer', 'customerId=cust_aldermill'],
      ['customer', 'customerId=cust_quist'],
    ] as const)('DE-12 a filter of a masked field finds nothing: %s, %s', async (field, filter) => {
      await mask('restricted');
      await at('restricted', async () => {
        const before = await found(`&${filter}`);
        await mask('restricted', field);
        expect(await found(`&${filter}`)).toEqual([]);
        expect(await found('')).toEqual([marked.record.id]);
        const isTrue = ['type-one', '=none', 'cust_quist'].every((wrong) => !filter.includes(wrong));
        expect(before).toEqual(isTrue ? [marked.record.id] : []);
      });
    });

    it('DE-12 search looks into the subject alone where the description is masked', async () => {
      await mask('restricted');
      await at('restricted', async () => {
        expect(await found('&q=Zzdescribed')).toEqual([marked.record.id]);
        expect(await found('&q=line+zzdescribed')).toEqual([marked.record.id]);
        await mask('restricted', 'description');
        for (const typed of [
          'Zzdescribed',
          'zzdescr',
          'line+zzdescribed',
          'zzdescribed+anew.',
          'Zzdescribed+anew',
        ]) {
          expect(await found(`&q=${typed}`)).toEqual([]);
        }
        expect(await found('&q=line')).toEqual([marked.record.id]);
        expect(await found('&q=THE+line')).toEqual([marked.record.id]);
      });
    });

    it.each([
      ['deadline', { deadline: '2030-01-01' }, { deadline: '2033-01-01' }],
      ['priority', { priority: 'zz-high' }, { priority: 'zz-low' }],
    ] as const)(
      'DE-12 the order tells nothing of a masked %s, and no cursor holds it',
      async (field, one, other) => {
        const common = { type: 'zz-type-one', contactMethod: 'zz-method-one', departmentId: 'dept_care' };
        const cases = [
          await tenant.aCase({ ...common, ...one }),
          await tenant.aCase({ ...common, ...other }),
          await tenant.aCase({ ...common, ...one }),
        ];
        await mask('restricted');
        const ids = cases.map(({ id }) => id);
        const sorted = async (sort: string) =>
          (await found(`&sort=${sort}`)).filter((id) => ids.includes(id));
        const grants = await Promise.all(
          ids.map((id) =>
            aGrant(tenant.agent, id, { kind: 'department', id: 'dept_network', level: 'restricted' }),
          ),
        );
        const [, middle] = ids;
        const open = [await sorted(field), await sorted(`-${field}`)];
        expect(open.some((order) => order[2] === middle) && open.some((order) => order[0] === middle)).toBe(
          true,
        );
        await mask('restricted', field);
        for (const sort of [field, `-${field}`]) {
          const byId = [...ids].sort();
          const order = await sorted(sort);
          expect([byId, byId.toReversed()]).toContainEqual(order);
          let next: string | null = null;
          const paged: string[] = [];
          do {
            const cursor: string = next === null ? '' : `&cursor=${encodeURIComponent(next)}`;
            const page = await receiver.get<Page<Case>>(`/v1/cases?limit=1${WITH_ME}&sort=${sort}${cursor}`);
            paged.push(...page.body.items.map(({ id }) => id));
            next = page.body.next;
            if (next !== null) expect(Buffer.from(next, 'base64url').toString()).not.toMatch(/203[03]-01-01/);
          } while (next !== null);
          expect(paged.filter((id) => ids.includes(id))).toEqual(order);
        }
        for (const { id } of grants) await tenant.agent.delete(`/v1/grants/${id}`);
      },
    );
  });

  it('DE-12 a note is answered again under its key without what is masked by then', async () => {
    await mask('restricted');
    await at('restricted', async () => {
      const key = crypto.randomUUID();
      const note = { visibility: 'internal', subject: 'follow-up', text: 'On it.' };
      const path = `/v1/cases/${marked.record.id}/notes`;
      expect((await receiver.post(path, note, { key })).status).toBe(201);
      await mask('restricted', 'attachments');
      const again = await receiver.post(path, note, { key });
      expect(again).toMatchObject({ status: 201, body: { text: 'On it.', attachments: [] } });
    });
  });

  it('DE-12 the masks are an administrator’s to set, are versioned, and no customer is told of them', async () => {
    await mask('restricted', 'deadline');
    const refused = await tenant.agent.patch<Problem>(
      '/v1/settings',
      { sharing: { masks: {} } },
      { version: '1' },
    );
    expect(refused).toMatchObject({ status: 403, body: { rule: 'settings.administrator' } });
    const { body: session } = await tenant.customer.get<Session>('/v1/session');
    expect(JSON.stringify(session.settings)).not.toMatch(/masks|departmentLevels|problems/);
    const { body: history } = await tenant.administrator.get<Page<unknown>>('/v1/settings/changes?limit=1');
    expect(JSON.stringify(history.items)).toContain('deadline');
  });

  it.each([
    ['a field nobody knows', { department: { restricted: ['salary'] } }],
    ['the subject, which every list needs', { department: { restricted: ['subject'] } }],
    ['anything at the full level', { department: { full: ['deadline'] } }],
    ['a level nobody knows', { department: { secret: [] } }],
    ['a kind without masks', { customer: { view: ['deadline'] } }],
  ])('DE-12 refuses to mask %s', async (_, masks) => {
    const { body } = await tenant.administrator.get<{ version: string }>('/v1/settings');
    const answer = await tenant.administrator.patch<Problem>('/v1/settings', { sharing: { masks } }, body);
    expect(answer).toMatchObject({ status: 422, body: { code: 'validation_failed' } });
  });
});

describe('levels a department may be given', () => {
  it('DE-20 are those the settings allow it; DE-03 left out, the widest of them that is not above the usual', async () => {
    await setSettings(tenant, {
      sharing: { departmentLevels: { dept_network: ['restricted', 'read-only'], dept_legal: [] } },
    });
    const { id } = await tenant.aCase({
      type: 'zz-type-one',
      contactMethod: 'zz-method-one',
      departmentId: 'dept_care',
    });
    const refused = await share(tenant.agent, id, [
      { kind: 'department', id: 'dept_network', level: 'full' },
      { kind: 'department', id: 'dept_legal' },
    ]);
    expect(refused).toMatchObject({
      status: 422,
      body: {
        errors: [
          {
            field: 'grantees.0.level',
            code: 'unknown_value',
            message: 'Choose one of: restricted, read-only.',
          },
          { field: 'grantees.1.level', code: 'unknown_value' },
        ],
      },
    });
    expect((await grantsOf(tenant.agent, id)).items).toEqual([]);
    const grant = await aGrant(tenant.agent, id, { kind: 'department', id: 'dept_network' });
    expect(grant.level).toBe('restricted');
    const wider = await tenant.agent.patch<Problem>(`/v1/grants/${grant.id}`, { level: 'full' }, grant);
    expect(wider).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'level', code: 'unknown_value' }] },
    });
    const lower = await tenant.agent.patch(`/v1/grants/${grant.id}`, { level: 'read-only' }, grant);
    expect(lower.status).toBe(200);
    await setSettings(tenant, { sharing: { departmentLevels: {} } });
  });

  it('DE-34 the right to share is an administrator’s to give, to roles; another is refused', async () => {
    const { id } = await tenant.aCase({
      type: 'zz-type-one',
      contactMethod: 'zz-method-one',
      departmentId: 'dept_care',
    });
    const grantee = [{ kind: 'department', id: 'dept_network' }] as const;
    expect((await share(tenant.otherAgent, id, grantee)).body.rule).toBe('departments.permission');
    const change = { sharing: { departmentRoles: ['customer-service', 'sales-agent'] } };
    const { body } = await tenant.administrator.get<{ version: string }>('/v1/settings');
    for (const by of [tenant.otherAgent, tenant.finance, tenant.customer]) {
      expect(await by.patch('/v1/settings', change, body)).toMatchObject({
        status: 403,
        body: { code: 'forbidden', rule: 'settings.administrator' },
      });
    }
    await setSettings(tenant, change);
    expect((await share(tenant.otherAgent, id, grantee)).status).toBe(201);
  });
});
