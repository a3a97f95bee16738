import { beforeEach, describe, expect, it } from 'vitest';

import type { Case } from '../../src/contract/cases.js';
import type { Page } from '../../src/contract/common.js';
import { noteSchema, timelineEntrySchema, type Note, type TimelineEntry } from '../../src/contract/notes.js';
import type { Problem } from '../../src/contract/problem.js';
import type { Caller } from '../support/app.js';
import { aDeskScene, type DeskScene } from '../support/fake-zoho-desk/scene.js';

let scene: DeskScene;
beforeEach(async () => {
  scene = await aDeskScene();
});

const internal = { visibility: 'internal', subject: 'follow-up', text: 'Asked the bank desk.' };

async function notesOf(by: Caller, caseId: string, query = ''): Promise<Note[]> {
  const { body } = await by.get<Page<Note>>(`/v1/cases/${caseId}/notes${query}`);
  return body.items.map((item) => noteSchema.parse(item));
}

async function timelineOf(by: Caller, caseId: string, query = ''): Promise<TimelineEntry[]> {
  const { status, body } = await by.get<Page<TimelineEntry>>(`/v1/cases/${caseId}/timeline${query}`);
  expect(status).toBe(200);
  return body.items.map((item) => timelineEntrySchema.parse(item));
}

describe('Comments as notes', () => {
  it('are signed with who wrote them, in words people read in Zoho, and read back without', async () => {
    const { lea, cara, world, agents, contacts, aTicket } = scene;
    const ticket = aTicket();
    const made = await lea.post<Note>(`/v1/cases/${ticket.id}/notes`, internal);
    expect(made.status).toBe(201);
    expect(noteSchema.parse(made.body)).toMatchObject({
      visibility: 'internal',
      subject: 'follow-up',
      text: 'Asked the bank desk.',
      by: { id: agents.lea.id, name: 'Lea Brandt', kind: 'agent' },
    });
    const reply = await cara.post<Note>(`/v1/cases/${ticket.id}/notes`, {
      visibility: 'public',
      text: 'It rings again.\n<b>Thanks</b>',
    });
    expect(reply.body).toMatchObject({
      subject: null,
      text: 'It rings again.\n<b>Thanks</b>',
      by: { id: contacts.cara.id, name: 'Cara Aldous', kind: 'customer' },
    });
    expect(
      world.tickets.get(ticket.id)?.comments.map(({ content, isPublic }) => [content, isPublic]),
    ).toEqual([
      [`Asked the bank desk.\n\n— Lea Brandt (agent ${agents.lea.id}), Follow-up`, false],
      [`It rings again.\n<b>Thanks</b>\n\n— Cara Aldous (customer ${contacts.cara.id})`, true],
    ]);
    expect(await notesOf(lea, ticket.id)).toEqual([reply.body, made.body]);
    expect(await notesOf(lea, ticket.id, '?order=asc')).toEqual([made.body, reply.body]);
  });

  it('cannot be signed as somebody else, by the gateway or in Zoho', async () => {
    const { cara, lea, world, agents, contacts, aTicket } = scene;
    const ticket = aTicket();
    const forged = `Your refund is on its way.\n\n— Lea Brandt (agent ${agents.lea.id})`;
    await cara.post(`/v1/cases/${ticket.id}/notes`, { visibility: 'public', text: forged });
    const closing = `Closed: Resolved.\nAll is well.`;
    await cara.post(`/v1/cases/${ticket.id}/notes`, { visibility: 'public', text: closing });
    world.addComment(ticket, { content: forged, contentType: 'plainText', commenterId: contacts.dan.id });
    const found = await notesOf(lea, ticket.id, '?order=asc');
    expect(found.map(({ by, text }) => [by?.name, text])).toEqual([
      ['Cara Aldous', forged],
      ['Cara Aldous', closing],
      ['Dan Aldous', forged],
    ]);
    expect((await timelineOf(lea, ticket.id)).map(({ kind }) => kind)).toEqual([
      'note',
      'note',
      'note',
      'creation',
    ]);
  });

  it('written in Zoho are told as their authors wrote them, HTML as text', async () => {
    const { lea, world, agents, contacts, aTicket } = scene;
    const ticket = aTicket();
    world.addComment(ticket, {
      content: '<div>Call <i>back</i><br>soon &amp; twice</div>',
      commenterId: agents.ben.id,
      isPublic: false,
    });
    world.addComment(ticket, { content: '<p>Fine.</p>', commenterId: contacts.cara.id });
    expect(await notesOf(lea, ticket.id, '?order=asc')).toMatchObject([
      { text: 'Call back\nsoon & twice', visibility: 'internal', by: { name: 'Ben Moor', kind: 'agent' } },
      { text: 'Fine.', visibility: 'public', by: { name: 'Cara Aldous', kind: 'customer' } },
    ]);
  });

  it.each(['asc', 'desc'])('page to the end in order %s, for agents and for customers', async (order) => {
    const { lea, cara, world, aTicket } = scene;
    const ticket = aTicket();
    for (let index = 0; index < 130; index += 1)
      world.addComment(ticket, { content: `Comment ${index}`, isPublic: index % 3 === 0 });
    for (const [by, expected] of [
      [lea, 130],
      [cara, 44],
    ] as const) {
      const texts: string[] = [];
      let cursor = '';
      do {
        const { body } = await by.get<Page<Note>>(
          `/v1/cases/${ticket.id}/notes?limit=20&count=true&order=${order}${cursor}`,
        );
        expect(body.total).toBe(expected);
        texts.push(...body.items.map(({ text }) => text));
        cursor = body.next === null ? '' : `&cursor=${encodeURIComponent(body.next)}`;
      } while (cursor !== '');
      expect(texts).toHaveLength(expected);
      expect(new Set(texts).size).toBe(expected);
      expect(texts[order === 'asc' ? 0 : expected - 1]).toBe('Comment 0');
    }
  });

  it('need a subject of agents and a text of everybody, and an open case', async () => {
    const { lea, cara, aTicket } = scene;
    const ticket = aTicket();
    const path = `/v1/cases/${ticket.id}/notes`;
    const empty = await lea.post<Problem>(path, { visibility: 'public' });
    expect(empty.body.errors?.map(({ field }) => field).sort()).toEqual(['subject', 'text']);
    expect((await cara.post<Problem>(path, internal)).status).toBe(403);
    ticket.status = 'Closed';
    const closed = await cara.post<Problem>(path, { visibility: 'public', text: 'Hello?' });
    expect([closed.status, closed.body.code]).toEqual([409, 'case_closed']);
  });

  it('of a customer open the case again where that is set', async () => {
    const own = await aDeskScene({ vocabulary: { reopenOnCustomerReply: true } });
    const ticket = own.aTicket({ status: 'Closed' });
    const reply = { visibility: 'public', text: 'It is broken again.' };
    expect((await own.cara.post(`/v1/cases/${ticket.id}/notes`, reply)).status).toBe(201);
    expect((await own.lea.get<Case>(`/v1/cases/${ticket.id}`)).body.status).toBe('open');
  });

  it('are internal for light agents', async () => {
    const { light, aTicket } = scene;
    const ticket = aTicket();
    const path = `/v1/cases/${ticket.id}/notes`;
    expect((await light.post(path, internal)).status).toBe(201);
    const reply = await light.post<Problem>(path, { ...internal, visibility: 'public' });
    expect([reply.status, reply.body.rule]).toEqual([403, 'backend.light-agent']);
  });

  it('are written once for one key', async () => {
    const { lea, world, aTicket } = scene;
    const ticket = aTicket();
    const key = crypto.randomUUID();
    const path = `/v1/cases/${ticket.id}/notes`;
    const [one, two] = await Promise.all([
      lea.post(path, internal, { key }),
      lea.post(path, internal, { key }),
    ]);
    expect(one.body).toEqual(two.body);
    expect(world.tickets.get(ticket.id)?.comments).toHaveLength(1);
  });

  it('tell what became of an action of the host in words', async () => {
    const { lea, aTicket } = scene;
    const ticket = aTicket();
    const { status, body } = await lea.post<Note>(`/v1/cases/${ticket.id}/notes`, {
      visibility: 'internal',
      text: 'As asked.',
      action: { id: 'refund', label: 'Refund 48.00', outcome: 'done', reference: 'RF-1' },
    });
    expect([status, body.text]).toEqual([201, 'Refund 48.00: done (RF-1)\nAs asked.']);
  });
});

describe('Files', () => {
  it('go up, hang on a note, and come down as they were', async () => {
    const { lea, cara, aTicket } = scene;
    const ticket = aTicket();
    const bytes = new Uint8Array([0, 1, 2, 250, 251]);
    const upload = await lea.upload('scan.pdf', bytes);
    expect(upload.body).toMatchObject({ name: 'scan.pdf', size: 5, mediaType: 'application/pdf' });
    const { body } = await lea.post<Note>(`/v1/cases/${ticket.id}/notes`, {
      ...internal,
      visibility: 'public',
      attachmentIds: [upload.body.id],
    });
    expect(body.attachments).toMatchObject([{ name: 'scan.pdf', size: 5, mediaType: 'application/pdf' }]);
    const id = body.attachments[0]?.id ?? '';
    const download = await cara.raw('GET', `/v1/attachments/${id}/content`);
    expect(new Uint8Array(await download.arrayBuffer())).toEqual(bytes);
    expect(download.headers.get('content-type')).toBe('application/pdf');
    // It hangs there now, and nowhere else.
    const again = await lea.post<Problem>(`/v1/cases/${ticket.id}/notes`, {
      ...internal,
      attachmentIds: [upload.body.id],
    });
    expect(again.body.errors?.[0]?.field).toBe('attachmentIds.0');
  });

  it('of a new case stand at its beginning, for the customer too', async () => {
    const { cara, aNewCase } = scene;
    const upload = await cara.upload('bill.txt', 'two debits');
    const { body } = await cara.post<Case>('/v1/cases', aNewCase({ attachmentIds: [upload.body.id] }));
    const [creation] = await timelineOf(cara, body.id);
    expect(creation).toMatchObject({ kind: 'creation', attachments: [{ name: 'bill.txt', size: 10 }] });
    const download = await cara.raw('GET', `/v1/attachments/${creation?.attachments?.[0]?.id ?? ''}/content`);
    expect(await download.text()).toBe('two debits');
  });

  it('of a forbidden kind or size are refused before Zoho hears of them', async () => {
    const own = await aDeskScene({ vocabulary: { limits: { attachmentBytes: 100 } } });
    const blocked = await own.lea.upload('run.exe', 'x');
    expect(blocked.body.errors?.[0]?.code).toBe('blocked_type');
    const large = await own.lea.upload('a.txt', 'x'.repeat(101));
    expect([large.status, large.body.code]).toEqual([413, 'too_large']);
    expect(own.desk.calls.some(({ path }) => path === '/uploads')).toBe(false);
  });
});

describe('The history of a ticket as a time-line', () => {
  it('has comments and changes in one line of time, by whom, and each deed once', async () => {
    const { lea, world, agents, departments, aTicket } = scene;
    const ticket = aTicket();
    const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 12, minute)).toISOString();
    ticket.createdTime = at(0);
    ticket.history = [];
    const tell = (eventName: string, minute: number, eventInfo: object[], actorId = agents.lea.id) =>
      ticket.history.push({ eventName, eventTime: at(minute), actorId, eventInfo: eventInfo as never });
    const became = (propertyName: string, previousValue: unknown, updatedValue: unknown) => ({
      propertyName,
      propertyType: 'ValueTransition',
      propertyValue: { previousValue, updatedValue },
    });
    tell('TicketCreated', 0, []);
    tell('TicketUpdated', 1, [became('Priority', 'Low', 'High'), became('SLA Name', 'a', 'b')]);
    world.addComment(ticket, { content: 'Hello', commentedTime: at(2), commenterId: agents.lea.id });
    tell('CommentAdded', 2, []);
    tell('TicketUpdated', 3, [
      became('Case Owner', null, { id: agents.lea.id, name: 'Lea Brandt', type: 'Agent' }),
    ]);
    tell('TagsAdded', 4, [{ propertyName: 'Tags', propertyType: 'TextList', propertyValue: ['fibre'] }]);
    tell('TicketShared', 5, [
      {
        propertyName: 'Department',
        propertyType: 'Entity',
        propertyValue: { id: departments.billing.id, name: 'Billing', type: 'Department' },
      },
    ]);
    tell('TicketUpdated', 6, [became('Status', 'Open', 'Closed')]);
    tell('TicketUpdated', 7, [became('Status', 'Closed', 'Open')]);
    tell('NotificationSent', 8, []);
    // What came before the rest was cut off by the addition of the comment.
    ticket.history = ticket.history.filter(({ eventTime }) => eventTime.startsWith('2026-01-01'));
    const lines = await timelineOf(lea, ticket.id, '?order=asc');
    expect(lines.map(({ kind, by, at: time }) => [kind, by?.name ?? null, time?.slice(14, 16)])).toEqual([
      ['creation', 'Lea Brandt', '00'],
      ['change', 'Lea Brandt', '01'],
      ['note', 'Lea Brandt', '02'],
      ['change', 'Lea Brandt', '03'],
      ['change', 'Lea Brandt', '04'],
      ['department-sharing', 'Lea Brandt', '05'],
      ['closure', 'Lea Brandt', '06'],
      ['reopening', 'Lea Brandt', '07'],
    ]);
    expect(lines[1]?.changes).toEqual([{ field: 'priority', from: 'low', to: 'high' }]);
    expect(lines[3]?.changes).toEqual([
      { field: 'assignee', from: null, to: { id: agents.lea.id, name: 'Lea Brandt' } },
    ]);
    expect(lines[4]?.changes).toEqual([{ field: 'tags', from: [], to: ['fibre'] }]);
    expect(lines[5]?.changes).toEqual([
      { field: 'department', from: null, to: { id: departments.billing.id, name: 'Billing' } },
    ]);
    expect(await timelineOf(lea, ticket.id, '?kind=closure&kind=reopening')).toHaveLength(2);
  });

  it('tells closing and reopening here once, with reason, explanation and who did it', async () => {
    const { lea, cara, aTicket } = scene;
    const ticket = aTicket();
    const { version } = (await lea.get<Case>(`/v1/cases/${ticket.id}`)).body;
    const why = { reason: 'resolved', note: 'Line mended.', visibility: 'public' };
    const closed = await lea.post<Case>(`/v1/cases/${ticket.id}/close`, why, { version });
    const again = { reason: 'not-solved', note: 'Dead again.' };
    await lea.post(`/v1/cases/${ticket.id}/reopen`, again, { version: closed.body.version });
    const line = { by: expect.objectContaining({ name: 'Lea Brandt' }) as unknown };
    const told = await timelineOf(lea, ticket.id, '?order=asc');
    expect(told).toMatchObject([
      { kind: 'creation' },
      { ...line, kind: 'closure', reason: 'resolved', text: 'Line mended.', visibility: 'public' },
      { ...line, kind: 'reopening', reason: 'not-solved', text: 'Dead again.' },
    ]);
    const shown = await timelineOf(cara, ticket.id, '?order=asc');
    expect(shown.map(({ kind, text }) => [kind, text])).toEqual([
      ['creation', undefined],
      ['closure', 'Line mended.'],
      ['reopening', undefined],
    ]);
  });

  it.each(['absent', 'off'])('stands on the comments alone where the history is %s', async (how) => {
    const own = await aDeskScene(how === 'off' ? { history: false } : {});
    own.desk.hasHistory = false;
    const ticket = own.aTicket();
    own.world.addComment(ticket, { content: 'Hello' });
    expect((await timelineOf(own.lea, ticket.id)).map(({ kind }) => kind)).toEqual(['note', 'creation']);
    const asked = own.desk.calls.filter(({ path }) => path.endsWith('/history'));
    expect(asked).toHaveLength(how === 'off' ? 0 : 1);
  });

  it('pages to the end', async () => {
    const { lea, world, aTicket } = scene;
    const ticket = aTicket();
    for (let index = 0; index < 60; index += 1)
      world.addComment(ticket, { content: `Comment ${index}`, commenterId: scene.agents.lea.id });
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await lea.get<Page<TimelineEntry>>(
        `/v1/cases/${ticket.id}/timeline?limit=25&count=true${cursor}`,
      );
      expect(body.total).toBe(61);
      seen.push(...body.items.map(({ id }) => id));
      cursor = body.next === null ? '' : `&cursor=${encodeURIComponent(body.next)}`;
    } while (cursor !== '');
    expect(new Set(seen).size).toBe(61);
  });
});
