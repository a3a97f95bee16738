import { beforeEach, describe, expect, it } from 'vitest';

import { chooseBackend } from '../../server/backends/open-backend.js';
import {
  checkZohoDesk,
  zohoDeskOptionsSchema,
  type ZohoDeskOptions,
} from '../../server/backends/zoho-desk/index.js';
import type { Page } from '../../src/contract/common.js';
import type { Customer } from '../../src/contract/customers.js';
import type { Note } from '../../src/contract/notes.js';
import type { NoticePreference } from '../../src/contract/notices.js';
import type { Person } from '../../src/contract/people.js';
import type { Problem } from '../../src/contract/problem.js';
import type { Session } from '../../src/contract/session.js';
import type { Tag } from '../../src/contract/tags.js';
import { viewSchema, type View } from '../../src/contract/views.js';
import { deskCredentials } from '../support/fake-zoho-desk/fake-zoho-desk.js';
import { aDeskScene, type DeskScene } from '../support/fake-zoho-desk/scene.js';

let scene: DeskScene;
beforeEach(async () => {
  scene = await aDeskScene();
});

describe('People, customers, tags and views of Zoho Desk', () => {
  it('are agents to assign to, found by the beginnings of their names', async () => {
    const { lea, agents } = scene;
    agents.ben.status = 'DISABLED';
    const names = async (query: string) =>
      (await lea.get<Page<Person>>(`/v1/people?${query}`)).body.items.map(({ name }) => name);
    expect(await names('kind=agent&q=bra')).toEqual(['Lea Brandt']);
    expect(await names('kind=agent&limit=100')).not.toContain('Ben Moor');
    expect(await names('kind=customer&q=brook')).toEqual(['Eve Brook']);
    const former = await lea.get<Person>(`/v1/people/${agents.ben.id}`);
    expect(former.body).toMatchObject({ name: 'Ben Moor', former: true });
  });

  it('are contacts as customers, with their account as organisation', async () => {
    const { lea, contacts, accounts } = scene;
    const { body } = await lea.get<Page<Customer>>('/v1/customers?q=aldous&count=true');
    expect(body.items.map(({ name }) => name).sort()).toEqual(['Cara Aldous', 'Dan Aldous']);
    expect(body.total).toBe(2);
    expect((await lea.get<Customer>(`/v1/customers/${contacts.cara.id}`)).body).toMatchObject({
      name: 'Cara Aldous',
      organisation: { id: accounts.aldermill.id, name: 'Aldermill' },
      mainContact: { id: contacts.cara.id },
    });
    expect((await lea.get('/v1/customers/1')).status).toBe(404);
    expect((await lea.get('/v1/customers/..')).status).toBe(404);
  });

  it('page through all contacts, each once', async () => {
    const { lea, world } = scene;
    for (let index = 0; index < 120; index += 1) world.addContact(`Guest Number${index}`, null);
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await lea.get<Page<Customer>>(`/v1/customers?limit=50${cursor}`);
      seen.push(...body.items.map(({ id }) => id));
      cursor = body.next === null ? '' : `&cursor=${encodeURIComponent(body.next)}`;
    } while (cursor !== '');
    expect([seen.length, new Set(seen).size]).toEqual([123, 123]);
  });

  it('are for agents: a customer is told of themselves alone', async () => {
    const { cara, contacts, agents } = scene;
    expect((await cara.get('/v1/people')).status).toBe(403);
    expect((await cara.get('/v1/customers')).status).toBe(403);
    expect((await cara.get(`/v1/customers/${contacts.cara.id}`)).status).toBe(200);
    expect((await cara.get(`/v1/customers/${contacts.dan.id}`)).status).toBe(404);
    expect((await cara.get(`/v1/people/${contacts.eve.id}`)).status).toBe(404);
    const agent = await cara.get<Person>(`/v1/people/${agents.lea.id}`);
    expect(agent.body).toMatchObject({ name: 'Lea Brandt' });
    expect(agent.body).not.toHaveProperty('email');
  });

  it('are the tags of an agent’s own departments, the most used first', async () => {
    const { ivy, lea, cara, departments, aTicket } = scene;
    aTicket({ tags: ['fibre', 'line'] });
    aTicket({ tags: ['fibre'], departmentId: departments.billing.id });
    aTicket({ tags: ['secret'], departmentId: departments.field.id });
    const tags = async (by: typeof ivy, query = '') =>
      (await by.get<Page<Tag>>(`/v1/tags${query}`)).body.items;
    expect(await tags(ivy)).toEqual([
      { tag: 'fibre', count: 2 },
      { tag: 'line', count: 1 },
    ]);
    expect(await tags(lea, '?q=fib')).toEqual([{ tag: 'fibre', count: 1 }]);
    expect(await tags(cara)).toEqual([]);
  });

  it('are the views every Zoho Desk has, to be used and not to be edited', async () => {
    const { lea, cara, agents } = scene;
    const { body } = await lea.get<Page<View>>('/v1/views');
    const views = body.items.map((view) => viewSchema.parse(view));
    expect(Object.fromEntries(views.map(({ name, filters }) => [name, filters]))).toEqual({
      'All Tickets': {},
      'Open Tickets': { status: ['open'] },
      'Closed Tickets': { status: ['closed'] },
      'My Open Tickets': { status: ['open'], assigneeId: agents.lea.id },
      'Overdue Tickets': { due: 'overdue' },
    });
    expect(views.every(({ permissions }) => !permissions.edit.allowed)).toBe(true);
    expect((await lea.get<View>(`/v1/views/${views[0]?.id ?? ''}`)).body.name).toBe(views[0]?.name);
    expect((await lea.post<Problem>('/v1/views', { name: 'Mine' })).body.code).toBe('capability_missing');
    expect((await cara.get<Page<View>>('/v1/views')).body.items).toEqual([]);
  });
});

describe('A light agent', () => {
  it('is told that they create nothing, and creates nothing', async () => {
    const { light, aNewCase } = scene;
    const { body } = await light.get<Session>('/v1/session');
    expect(body.permissions['createCase']).toMatchObject({ allowed: false, rule: 'backend.light-agent' });
    expect(body.permissions['listCases']?.allowed).toBe(true);
    expect((await light.post<Problem>('/v1/cases', aNewCase())).body.rule).toBe('backend.light-agent');
  });
});

describe('An export', () => {
  it('holds what its reader sees, and no more', async () => {
    const { chief, departments, aTicket } = scene;
    aTicket({ subject: 'First' });
    aTicket({ subject: 'Second', departmentId: departments.field.id });
    const { status, body } = await chief.get<string>('/v1/cases/export');
    expect(status).toBe(200);
    expect([body.includes('First'), body.includes('Second')]).toEqual([true, true]);
    const own = await scene.lea.get<string>('/v1/cases/export');
    expect(own.status === 200 && own.body.includes('Second')).toBe(false);
  });
});

describe('Followers', () => {
  it('are whom Zoho tells of a ticket: an agent follows and leaves for themselves', async () => {
    const { lea, cara, world, agents, aTicket } = scene;
    const ticket = aTicket();
    const path = `/v1/cases/${ticket.id}/notices`;
    expect((await lea.get<NoticePreference>(path)).body).toEqual({ replies: false, deliverable: true });
    const set = (replies: boolean, personId?: string) =>
      lea.send<NoticePreference & Problem>('PUT', path, { body: { replies, ...(personId && { personId }) } });
    expect((await set(true)).body.replies).toBe(true);
    expect(world.tickets.get(ticket.id)?.followers).toEqual([agents.lea.id]);
    expect((await set(false, agents.ben.id)).status).toBe(403);
    expect((await set(false)).body.replies).toBe(false);
    expect((await cara.get<Problem>(path)).body.code).toBe('capability_missing');
  });

  it('are whom a case is forwarded to, with a comment that says so', async () => {
    const { lea, world, agents, aTicket } = scene;
    const ticket = aTicket();
    const forward = (body: unknown) => lea.post<Note & Problem>(`/v1/cases/${ticket.id}/forward`, body);
    const { status, body } = await forward({ to: agents.ben.emailId, text: 'Yours, I think.' });
    expect([status, body.visibility, body.text]).toEqual([
      201,
      'internal',
      'Forwarded to Ben Moor.\nYours, I think.',
    ]);
    expect(world.tickets.get(ticket.id)?.followers).toEqual([agents.ben.id]);
    // It gives nobody access.
    expect((await scene.ben.get(`/v1/cases/${ticket.id}`)).status).toBe(404);
    const wrong = await forward({ to: 'nobody@larkwell.example' });
    expect(wrong.body.errors?.map(({ field }) => field).sort()).toEqual(['text', 'to']);
  });
});

describe('The configuration', () => {
  const complete = {
    baseUrl: 'https://desk.zoho.eu/api/v1',
    accountsUrl: 'https://accounts.zoho.eu',
    orgId: '20080000000',
    ...deskCredentials,
  };

  it('needs what a connection needs, and knows every name it takes', () => {
    expect(zohoDeskOptionsSchema.safeParse(complete).success).toBe(true);
    const { refreshToken: _, ...without } = complete;
    expect(zohoDeskOptionsSchema.safeParse(without).success).toBe(false);
    const wrong = zohoDeskOptionsSchema.safeParse({
      ...complete,
      baseUrl: 'desk',
      orgId: 'larkwell',
      fields: { type: 'subject' },
      concurency: 3,
    });
    const places = wrong.error?.issues.map(({ path }) => path.join('.')).sort();
    expect(places).toEqual(['', 'baseUrl', 'fields.type', 'orgId']);
    expect(JSON.stringify(wrong.error?.issues)).not.toContain(deskCredentials.refreshToken);
  });

  it('opens from a configuration file, with its secrets from the environment', async () => {
    const { world, desk } = scene;
    const { refreshToken: _r, clientSecret: _c, ...open } = { ...complete, orgId: world.orgId };
    const secrets = { refreshToken: { env: 'ZOHO_REFRESH' }, clientSecret: { env: 'ZOHO_SECRET' } };
    const environment: Record<string, string> = {
      ZOHO_REFRESH: deskCredentials.refreshToken,
      ZOHO_SECRET: deskCredentials.clientSecret,
    };
    const choice = await chooseBackend(
      {
        kind: 'zoho-desk',
        name: 'casement.config.json',
        text: JSON.stringify({ backend: { kind: 'zoho-desk', ...open, ...secrets } }),
        at: ['backend'],
      },
      { secrets: { env: (name) => environment[name], file: () => undefined }, fetch: desk.fetch },
    );
    expect(choice.where).toBe('Zoho Desk at https://desk.zoho.eu/api/v1');
    expect((await choice.check()).filter(({ level }) => level === 'error')).toEqual([]);
  });

  function options(change: Partial<ZohoDeskOptions> = {}): ZohoDeskOptions {
    return {
      ...complete,
      orgId: scene.world.orgId,
      values: { priorities: { high: 'High', normal: 'Medium', low: 'Low' } },
      fetch: scene.desk.fetch,
      pause: () => Promise.resolve(),
      ...change,
    };
  }

  const found = async (change?: Partial<ZohoDeskOptions>) => {
    const findings = await checkZohoDesk(options(change));
    expect(JSON.stringify(findings)).not.toContain(deskCredentials.refreshToken);
    return findings.map(({ level, text }) => `${level}: ${text}`);
  };

  it('that is right is checked without a write, and says whom it acts as', async () => {
    scene.aTicket({ subject: 'A private matter' });
    const told = await found();
    expect(told).toEqual([
      'ok: Zoho Desk lets this gateway in as Gate Way.',
      'ok: It belongs to every department (3).',
      'ok: It may search tickets and read contacts.',
      'ok: The history of tickets can be read.',
      expect.stringContaining('warning: People are matched by the e-mail address'),
    ]);
    expect(scene.desk.calls.every(({ method }) => method === 'GET')).toBe(true);
    expect(told.join()).not.toContain('private matter');
  });

  it('that is wrong is told in plain words', async () => {
    expect(await found({ refreshToken: 'old' })).toEqual([
      'error: Zoho refused to renew the access of this gateway (invalid_code). Whoever runs it has to connect it again.',
    ]);
    expect(await found({ orgId: '7' })).toEqual([
      'error: Zoho Desk refuses this gateway (OAUTH_ORG_MISMATCH).',
    ]);
    scene.agents.service.associatedDepartmentIds = [scene.departments.support.id];
    scene.desk.hasHistory = false;
    scene.aTicket();
    const told = (await found({ defaultDepartment: '1', values: {}, identities: { by: 'id' } })).join('\n');
    expect(told).toContain('warning: It does not belong to these departments');
    expect(told).toContain('Billing, Field service');
    expect(told).toContain('error: The department named in "defaultDepartment" is not there.');
    expect(told).toContain('warning: The history of tickets cannot be read');
    expect(told).toContain('warning: Zoho Desk has no such priorities unless you made them: Normal.');
  });
});
