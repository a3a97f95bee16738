import { beforeAll, describe, expect, it } from 'vitest';

import { attachmentSchema } from '../../src/contract/attachments.js';
import { caseSchema, type Case } from '../../src/contract/cases.js';
import type { Page } from '../../src/contract/common.js';
import { customerSchema } from '../../src/contract/customers.js';
import type { GrantsAnswer } from '../../src/contract/grants.js';
import { noteSchema, type Note, type TimelineEntry } from '../../src/contract/notes.js';
import { personSchema } from '../../src/contract/people.js';
import type { Problem } from '../../src/contract/problem.js';
import { operations as routes, type WholeRoute as Route } from '../../src/contract/inputs.js';
import type { RouteId } from '../../src/contract/routes.js';
import { sessionSchema } from '../../src/contract/session.js';
import { settingsSchema, type Settings } from '../../src/contract/settings.js';
import {
  aClosure,
  aNewCase,
  aNewNote,
  aReopening,
  aTenant,
  type Caller,
  type TestTenant,
} from '../support/app.js';
import { theApp } from '../support/shared-app.js';

let tenant: TestTenant;

beforeAll(async () => {
  tenant = await aTenant(await theApp());
});

describe('the contract over HTTP', () => {
  it('getSession says who is signed in and what they may do', async () => {
    const { status, body } = await tenant.agent.get('/v1/session');
    expect(status).toBe(200);
    const session = sessionSchema.parse(body);
    expect(session.actor).toMatchObject({ id: 'person_mara', tenant: tenant.id, kind: 'agent' });
    expect(session.actor.departments).toEqual([{ id: 'dept_care', name: 'Customer Care' }]);
    expect(session.permissions['createCase']?.allowed).toBe(true);
    expect(session.permissions['editSettings']).toMatchObject({
      allowed: false,
      reason: expect.any(String) as string,
    });
  });

  it('carries a case from its creation to its reopening', async () => {
    const created = await tenant.agent.post<Case>('/v1/cases', aNewCase());
    expect(created.status).toBe(201);
    const opened = caseSchema.parse(created.body);
    expect(opened).toMatchObject({ status: 'open', number: expect.any(Number) as number, closure: null });
    expect(created.headers.get('etag')).toBe(`"${opened.version}"`);

    const read = await tenant.agent.get<Case>(`/v1/cases/${opened.id}`);
    expect(read.status).toBe(200);
    expect(read.headers.get('etag')).toBe(`"${opened.version}"`);
    expect(caseSchema.parse(read.body)).toEqual(opened);

    const edited = await tenant.agent.patch<Case>(
      `/v1/cases/${opened.id}`,
      { subject: 'Charged twice' },
      opened,
    );
    expect(edited.status).toBe(200);
    expect(edited.body).toMatchObject({ subject: 'Charged twice', description: opened.description });
    expect(edited.body.version).not.toBe(opened.version);

    const note = await tenant.agent.post<Note>(`/v1/cases/${opened.id}/notes`, aNewNote());
    expect(note.status).toBe(201);
    noteSchema.parse(note.body);

    const current = await tenant.agent.get<Case>(`/v1/cases/${opened.id}`);
    const closed = await tenant.agent.post<Case>(`/v1/cases/${opened.id}/close`, aClosure(), current.body);
    expect(closed).toMatchObject({
      status: 200,
      body: { status: 'closed', closure: { reason: 'resolved' } },
    });
    expect(closed.headers.get('etag')).toBe(`"${closed.body.version}"`);

    const reopened = await tenant.agent.post<Case>(
      `/v1/cases/${opened.id}/reopen`,
      aReopening(),
      closed.body,
    );
    expect(reopened).toMatchObject({
      status: 200,
      body: { status: 'open', reopening: { reason: 'not-solved' } },
    });

    const notes = await tenant.agent.get<Page<Note>>(`/v1/cases/${opened.id}/notes`);
    expect(notes.status).toBe(200);
    expect(routes.listNotes.answer.parse(notes.body).items).toHaveLength(3);
    const timeline = await tenant.agent.get<Page<TimelineEntry>>(`/v1/cases/${opened.id}/timeline?order=asc`);
    expect(routes.listTimeline.answer.parse(timeline.body).items.map(({ kind }) => kind)).toEqual([
      'creation',
      'change',
      'note',
      'closure',
      'reopening',
    ]);

    const list = await tenant.agent.get(`/v1/cases?customerId=${opened.customer?.id}&count=true`);
    expect(list.status).toBe(200);
    const page = routes.listCases.answer.parse(list.body);
    expect(page).toMatchObject({ next: null, total: page.items.length });
    expect(page.items.map(({ id }) => id)).toContain(opened.id);
  });

  it('takes a file and gives it back', async () => {
    const uploaded = await tenant.agent.upload('note.txt', 'hello');
    expect(uploaded.status).toBe(201);
    const attachment = attachmentSchema.parse(uploaded.body);
    expect(attachment).toMatchObject({ name: 'note.txt', size: 5, mediaType: 'text/plain' });
    expect((await tenant.agent.get(`/v1/attachments/${attachment.id}`)).body).toEqual(attachment);
    const download = await tenant.agent.raw('GET', `/v1/attachments/${attachment.id}/content`);
    expect(download.status).toBe(200);
    expect(await download.text()).toBe('hello');
  });

  it('lists and shows people and customers', async () => {
    const people = await tenant.agent.get('/v1/people?q=mar&count=true');
    expect(people.status).toBe(200);
    const page = routes.listPeople.answer.parse(people.body);
    expect(page.items.map(({ id }) => id)).toEqual(['person_mara']);
    expect(page.total).toBe(1);
    const person = await tenant.agent.get('/v1/people/person_pia');
    expect(personSchema.parse(person.body)).toMatchObject({ customer: { id: 'cust_aldermill' } });

    const customers = await tenant.agent.get('/v1/customers?q=A-1040');
    expect(routes.listCustomers.answer.parse(customers.body).items.map(({ id }) => id)).toEqual([
      'cust_aldermill',
    ]);
    const customer = await tenant.agent.get('/v1/customers/cust_aldermill');
    expect(customerSchema.parse(customer.body)).toMatchObject({
      name: 'Aldermill Bakery',
      organisation: { name: 'Aldermill Group' },
      mainContact: { id: 'person_pia' },
    });
  });

  it('shows and changes settings', async () => {
    const own = await aTenant(await theApp());
    const read = await own.administrator.get<Settings>('/v1/settings');
    const settings = settingsSchema.parse(read.body);
    expect(read.headers.get('etag')).toBe(`"${settings.version}"`);
    const changed = await own.administrator.patch<Settings>(
      '/v1/settings',
      { defaultPriority: 'low' },
      settings,
    );
    expect(changed.status).toBe(200);
    expect(settingsSchema.parse(changed.body)).toMatchObject({ defaultPriority: 'low' });
    expect(changed.body.version).not.toBe(settings.version);
  });

  it('goes through a list page by page, each row once', async () => {
    const own = await aTenant(await theApp());
    for (const subject of ['one', 'two', 'three', 'four', 'five']) await own.aCase({ subject });
    const seen: string[] = [];
    let next: string | null = '';
    while (next !== null) {
      const cursor: string = next === '' ? '' : `&cursor=${encodeURIComponent(next)}`;
      const { body }: { body: Page<Case> } = await own.agent.get<Page<Case>>(
        `/v1/cases?limit=2&sort=-created${cursor}`,
      );
      expect(body.items.length).toBeLessThanOrEqual(2);
      expect(body.total).toBeUndefined();
      seen.push(...body.items.map(({ subject }) => subject));
      next = body.next;
    }
    expect(seen).toEqual(['five', 'four', 'three', 'two', 'one']);
  });
});

describe('two tenants side by side', () => {
  const withId = (Object.entries(routes) as [RouteId, Route][]).filter(([, { path }]) =>
    path.includes('{id}'),
  );
  const grantees = { grantees: [{ kind: 'customer', id: 'cust_quist' }] };
  const bodies: Partial<Record<RouteId, object>> = {
    createNote: aNewNote(),
    createGrants: grantees,
    createProjectGrants: grantees,
    setNotices: { replies: true },
  };
  let theirs: Record<string, string>;
  let stranger: Caller;

  beforeAll(async () => {
    const own = await aTenant(await theApp());
    const { id } = await own.aCase({ subject: 'Only ours' });
    const { body } = await own.agent.upload('ours.txt', 'ours');
    const view = await own.agent.post<{ id: string }>('/v1/views', { name: 'Ours' });
    const shared = await own.agent.post<GrantsAnswer>(`/v1/cases/${id}/grants`, grantees);
    theirs = {
      grants: shared.body.items[0]?.id ?? '',
      views: view.body.id,
      cases: id,
      attachments: body.id,
      people: 'person_only_ours',
      customers: 'cust_only_ours',
    };
    await own.as({ sub: 'person_only_ours' }).then((caller) => caller.get('/v1/session'));
    const { engine } = await theApp();
    await engine.seed(own.id, { customers: [{ id: 'cust_only_ours', name: 'Ours' }] });
    for (const noun of ['people', 'customers']) {
      expect((await own.administrator.get(`/v1/${noun}/${theirs[noun]}`)).status).toBe(200);
    }
    stranger = tenant.administrator;
  });

  it.each(withId)('%s answers 404 for what is the other’s, as for what is not there', async (id, route) => {
    const noun = route.path.split('/')[2] ?? '';
    const init = {
      key: crypto.randomUUID(),
      version: '1',
      headers: { 'x-request-id': 'the-same-request' },
      ...(route.body && { body: bodies[id] ?? {} }),
    };
    const hidden = await stranger.send(route.method, route.path.replace('{id}', theirs[noun] ?? ''), init);
    const absent = await stranger.send(route.method, route.path.replace('{id}', 'absent'), {
      ...init,
      key: crypto.randomUUID(),
    });
    expect(hidden.status).toBe(404);
    expect(hidden.body).toEqual(absent.body);
    expect(hidden.body).toMatchObject({ code: 'not_found' });
  });

  it('lists, counts and searches see their own alone', async () => {
    const cases = await stranger.get<Page<Case>>('/v1/cases?q=ours&count=true');
    expect(cases.body).toMatchObject({ items: [], total: 0 });
    const customers = await stranger.get<Page<unknown>>('/v1/customers?q=ours&count=true');
    expect(customers.body).toMatchObject({ items: [], total: 0 });
    const people = await stranger.get<Page<{ id: string }>>('/v1/people?limit=100');
    expect(people.body.items.map(({ id }) => id)).not.toContain('person_only_ours');
  });

  it('cannot be joined by naming the other’s records', async () => {
    const created = await tenant.agent.post<Problem>('/v1/cases', aNewCase({ customerId: 'cust_only_ours' }));
    expect(created.status).toBe(422);
    expect(created.body.errors).toEqual([
      expect.objectContaining({ field: 'customerId', code: 'not_found' }),
    ]);
    const own = await tenant.aCase();
    const note = await tenant.agent.post<Problem>(
      `/v1/cases/${own.id}/notes`,
      aNewNote({ attachmentIds: [theirs['attachments']] }),
    );
    expect(note.status).toBe(422);
    expect(note.body.errors?.[0]?.code).toBe('not_found');
  });
});
