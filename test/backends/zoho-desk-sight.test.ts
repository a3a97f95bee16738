import { beforeEach, describe, expect, it } from 'vitest';

import type { Case, CaseSummary } from '../../src/contract/cases.js';
import type { Page } from '../../src/contract/common.js';
import type { Note, TimelineEntry } from '../../src/contract/notes.js';
import type { Problem } from '../../src/contract/problem.js';
import type { Session } from '../../src/contract/session.js';
import type { Caller } from '../support/app.js';
import { aDeskScene, type DeskScene } from '../support/fake-zoho-desk/scene.js';
import type { DeskTicket } from '../support/fake-zoho-desk/world.js';

/** The gateway's own account sees every ticket: whatever is kept from anybody here, the gateway itself keeps. */
describe('Nobody sees through the gateway what Zoho would not show them', () => {
  let scene: DeskScene;
  beforeEach(async () => {
    scene = await aDeskScene();
  });

  /** What of a ticket somebody can reach by any way. */
  async function reaches(by: Caller, ticket: DeskTicket): Promise<string[]> {
    const ways = ['', '/notes', '/timeline', '/grants'].map(async (way) => {
      const { status } = await by.get(`/v1/cases/${ticket.id}${way}`);
      return status === 200 ? [way === '' ? 'case' : way.slice(1)] : [];
    });
    const queries = [
      '',
      'q=dial',
      'status=open',
      `customerId=${ticket.contactId}`,
      'sort=priority',
      'shared=with-me',
    ];
    const lists = queries.map(async (query) => {
      const { body } = await by.get<Page<CaseSummary>>(`/v1/cases?count=true&${query}`);
      const isThere = body.items.some(({ id }) => id === ticket.id);
      return isThere || (body.total ?? 0) > 0 ? [`list ${query}`] : [];
    });
    return (await Promise.all([...ways, ...lists])).flat();
  }

  it('an agent: only the departments that Zoho gives them, whatever the token says', async () => {
    const { lea, ben, as, aTicket, departments, agents } = scene;
    const ticket = aTicket();
    expect(await reaches(lea, ticket)).toEqual(
      expect.arrayContaining(['case', 'notes', 'timeline', 'list ']),
    );
    expect(await reaches(ben, ticket)).toEqual([]);
    const claims = await as({
      email: agents.ben.emailId,
      roles: ['system-administrator'],
      departments: [departments.support.id],
    });
    expect(await reaches(claims, ticket)).toEqual([]);
    agents.ben.associatedDepartmentIds.push(departments.support.id);
    expect(await reaches(ben, ticket)).toContain('case');
  });

  it('an agent with a personal profile: only what is assigned to them', async () => {
    const { personal, aTicket, agents } = scene;
    const ticket = aTicket();
    expect(await reaches(personal, ticket)).toEqual([]);
    const { body } = await personal.get<Page<CaseSummary>>(`/v1/cases?assigneeId=${agents.lea.id}`);
    expect(body.items).toEqual([]);
    ticket.assigneeId = agents.personal.id;
    expect(await reaches(personal, ticket)).toContain('case');
  });

  it.each([
    ['own', undefined, []],
    ['departments', 'departments', ['case']],
  ] as const)('an agent with a profile of the company’s own: %s', async (_, customProfiles, expected) => {
    const own = await aDeskScene({ customProfiles });
    const { agents, departments, world, agents: _agents, aTicket } = own;
    agents.lea.rolePermissionType = 'Custom';
    const ticket = aTicket({ departmentId: departments.support.id });
    expect(world.tickets.has(ticket.id)).toBe(true);
    expect((await reaches(own.lea, ticket)).filter((way) => way === 'case')).toEqual(expected);
  });

  it('a customer: only the tickets of their contact', async () => {
    const { cara, dan, eve, aTicket } = scene;
    const ticket = aTicket();
    expect(await reaches(cara, ticket)).toEqual(
      expect.arrayContaining(['case', 'notes', 'timeline', 'list ']),
    );
    expect(await reaches(cara, ticket)).not.toContain('grants');
    expect(await reaches(dan, ticket)).toEqual([]);
    expect(await reaches(eve, ticket)).toEqual([]);
    ticket.isSpam = true;
    expect((await cara.get(`/v1/cases/${ticket.id}`)).status).toBe(404);
  });

  it('a customer: those of their account where that is configured, and of no other', async () => {
    const own = await aDeskScene({ customers: 'account' });
    const ticket = own.aTicket();
    expect(await reaches(own.dan, ticket)).toEqual(expect.arrayContaining(['case', 'list ']));
    expect(await reaches(own.eve, ticket)).toEqual([]);
    const loner = own.world.addContact('Sol Lone', 'sol@lone.example');
    const other = own.aTicket({ contactId: own.world.addContact('Una Lone', 'una@lone.example').id });
    // Two without an account have none in common.
    expect(await reaches(await own.as({ kind: 'customer', email: loner.email }), other)).toEqual([]);
  });

  it('a customer: never a word of an internal comment, nor that there is one', async () => {
    const { cara, lea, world, aTicket } = scene;
    const ticket = aTicket();
    world.addComment(ticket, { content: 'Their line is TAPPED', isPublic: false });
    await lea.post(`/v1/cases/${ticket.id}/notes`, {
      visibility: 'internal',
      subject: 'follow-up',
      text: 'Also TAPPED',
    });
    world.addComment(ticket, { content: 'Somebody will call you.', isPublic: true });
    const answers = await Promise.all(
      ['', '/notes?count=true', '/timeline?count=true'].map((way) =>
        cara.get(`/v1/cases/${ticket.id}${way}`),
      ),
    );
    const list = await cara.get('/v1/cases?q=tapped');
    const text = JSON.stringify([...answers, list].map(({ body }) => body));
    expect(text).toContain('Somebody will call you.');
    expect(text).not.toContain('TAPPED');
    expect((answers[1]?.body as Page<Note>).total).toBe(1);
    expect((answers[2]?.body as Page<TimelineEntry>).items.map(({ kind }) => kind)).toEqual([
      'note',
      'creation',
    ]);
    expect((list.body as Page<CaseSummary>).items).toEqual([]);
  });

  it('a customer: no line of what agents changed or shared', async () => {
    const { cara, lea, departments, aTicket } = scene;
    const ticket = aTicket();
    const { version } = (await lea.get<Case>(`/v1/cases/${ticket.id}`)).body;
    await lea.patch(`/v1/cases/${ticket.id}`, { priority: 'low' }, { version });
    await lea.post(`/v1/cases/${ticket.id}/grants`, {
      grantees: [{ kind: 'department', id: departments.billing.id }],
    });
    const { body } = await cara.get<Page<TimelineEntry>>(`/v1/cases/${ticket.id}/timeline`);
    expect(body.items.map(({ kind }) => kind)).toEqual(['creation']);
    const all = await lea.get<Page<TimelineEntry>>(`/v1/cases/${ticket.id}/timeline`);
    expect(all.body.items.map(({ kind }) => kind)).toEqual(['department-sharing', 'change', 'creation']);
  });

  it('somebody Zoho does not know, or not any more: nothing at all, and in so many words', async () => {
    const { as, agents, aTicket, contacts, world } = scene;
    const ticket = aTicket();
    agents.ben.status = 'DISABLED';
    world.addContact('Cara Twin', contacts.cara.email);
    const strangers = [
      await as({ email: 'nobody@larkwell.example', roles: ['system-administrator'] }),
      await as({ email: null, roles: ['customer-service'] }),
      await as({ email: agents.ben.emailId, roles: ['customer-service'] }),
      await as({ kind: 'customer', email: 'nobody@aldermill.example' }),
      await as({ kind: 'customer', email: '*@aldermill.example' }),
      // Ids, and ways to elsewhere, are no addresses.
      await as({ kind: 'customer', email: contacts.dan.id }),
      await as({ email: agents.lea.id, roles: ['customer-service'] }),
      await as({ email: '..', roles: ['customer-service'] }),
      // Two contacts have this address: nobody knows who is meant.
      await as({ kind: 'customer', email: contacts.cara.email }),
    ];
    for (const stranger of strangers) {
      const { status, body } = await stranger.get<Problem>(`/v1/cases/${ticket.id}`);
      expect([status, body.rule]).toEqual([403, 'backend.unknown-user']);
      expect((await stranger.get('/v1/cases')).status).toBe(403);
      const session = await stranger.get<Session>('/v1/session');
      expect(session.status).toBe(200);
      const verdicts = Object.values(session.body.permissions);
      expect(verdicts.every(({ allowed, rule }) => !allowed && rule === 'backend.unknown-user')).toBe(true);
    }
    const roleless = await as({ email: agents.lea.emailId, roles: [] });
    expect((await roleless.get<Problem>('/v1/cases')).body.rule).toBe('cases.role');
  });

  it('another tenant: nothing, where one is named', async () => {
    const own = await aDeskScene({ tenant: 'larkwell' });
    own.aTicket();
    expect((await own.lea.get('/v1/cases')).status).toBe(200);
    const other = await own.as({
      tenant: 'other',
      email: own.agents.lea.emailId,
      roles: ['customer-service'],
    });
    expect((await other.get<Problem>('/v1/cases')).body.rule).toBe('backend.tenant');
  });

  it('knows people by map or by id where that is configured, and by nothing else then', async () => {
    const first = await aDeskScene();
    const mapped = await aDeskScene({
      identities: { by: 'map', map: { 'host-7': 'lea@larkwell.example' } },
    });
    const ticket = mapped.aTicket();
    const by = await mapped.as({ sub: 'host-7', roles: ['customer-service'] });
    expect((await by.get(`/v1/cases/${ticket.id}`)).status).toBe(200);
    expect((await mapped.lea.get(`/v1/cases/${ticket.id}`)).status).toBe(403);
    expect(first.agents.lea.id).not.toBe('');
    const ided = await aDeskScene({ identities: { by: 'id' } });
    const own = ided.aTicket();
    const cara = await ided.as({ sub: ided.contacts.cara.id, kind: 'customer' });
    expect((await cara.get(`/v1/cases/${own.id}`)).status).toBe(200);
    const eve = await ided.as({
      sub: ided.contacts.eve.id,
      kind: 'customer',
      email: 'cara@aldermill.example',
    });
    expect((await eve.get(`/v1/cases/${own.id}`)).status).toBe(404);
  });

  it('files: as their comment, and loose ones for who uploaded them', async () => {
    const { lea, cara, dan, ben, aTicket } = scene;
    const ticket = aTicket();
    const upload = await lea.upload('plan.txt', 'the plan');
    expect(upload.status).toBe(201);
    const loose = await lea.raw('GET', `/v1/attachments/${upload.body.id}/content`);
    expect(await loose.text()).toBe('the plan');
    expect((await cara.get(`/v1/attachments/${upload.body.id}`)).status).toBe(404);
    const stolen = await cara.post<Problem>(`/v1/cases/${ticket.id}/notes`, {
      visibility: 'public',
      text: 'Mine now',
      attachmentIds: [upload.body.id],
    });
    expect(stolen.body.errors?.[0]).toMatchObject({ field: 'attachmentIds.0', code: 'not_found' });
    const note = await lea.post<Note>(`/v1/cases/${ticket.id}/notes`, {
      visibility: 'internal',
      subject: 'follow-up',
      text: 'See the plan',
      attachmentIds: [upload.body.id],
    });
    const [file] = note.body.attachments;
    const path = `/v1/attachments/${file?.id ?? ''}/content`;
    expect((await lea.raw('GET', path)).status).toBe(200);
    expect(await (await lea.raw('GET', path)).text()).toBe('the plan');
    for (const other of [cara, dan, ben]) expect((await other.raw('GET', path)).status).toBe(404);
    // The number of the comment alone leads nowhere else.
    expect((await ben.get(`/v1/attachments/${ticket.id}-1`)).status).toBe(404);
    expect((await lea.get('/v1/attachments/..%2Fagents')).status).toBe(404);
  });

  it('hides the own account of the gateway behind the name of the system', async () => {
    const { as, agents, aTicket } = scene;
    const ticket = aTicket({ createdBy: agents.service.id });
    // An agent like any other, when they sign in themselves.
    const service = await as({ email: agents.service.emailId, roles: ['customer-service'] });
    expect((await service.get(`/v1/cases/${ticket.id}`)).status).toBe(200);
    const system = { id: 'zoho-desk', name: 'Zoho Desk', kind: 'agent' };
    expect((await scene.lea.get<Case>(`/v1/cases/${ticket.id}`)).body.createdBy).toEqual(system);
    const { version } = (await scene.lea.get<Case>(`/v1/cases/${ticket.id}`)).body;
    const tagged = await scene.lea.patch(`/v1/cases/${ticket.id}`, { tags: ['cable'] }, { version });
    expect(tagged.status).toBe(200);
    const told = await scene.lea.get<Page<TimelineEntry>>(`/v1/cases/${ticket.id}/timeline`);
    expect(told.body.items.map(({ by }) => by)).toContainEqual(system);
    expect(JSON.stringify(told.body)).not.toContain(agents.service.id);
  });
});

describe('The session of somebody Zoho knows', () => {
  it('names them and their departments as Zoho does, so that pages know their own cases', async () => {
    const { lea, cara, agents, contacts, accounts, departments } = await aDeskScene();
    const { body } = await lea.get<Session>('/v1/session');
    expect(body.actor).toMatchObject({
      id: agents.lea.id,
      kind: 'agent',
      departments: [{ id: departments.support.id, name: 'Support' }],
    });
    expect(body.capabilities).toMatchObject({
      versions: 'checked',
      events: false,
      editSettings: false,
      sharing: { kinds: ['department'], levels: { department: ['full', 'restricted', 'read-only'] } },
    });
    expect(body.permissions['createCase']?.allowed).toBe(true);
    expect(body.permissions['saveViews']?.allowed).toBe(false);
    expect((await cara.get<Session>('/v1/session')).body.actor).toMatchObject({
      id: contacts.cara.id,
      kind: 'customer',
      customer: { id: contacts.cara.id },
      organisation: { id: accounts.aldermill.id, name: 'Aldermill' },
    });
  });
});
