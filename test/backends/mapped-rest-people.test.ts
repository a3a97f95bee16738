import { afterEach, describe, expect, it } from 'vitest';

import type { Comment } from '../../demo/third-party-api/records.js';
import {
  aTicket,
  now,
  ticketsWorld,
  type PersonName,
  type TicketsWorld,
  type Told,
} from './support/tickets-world.js';

let world: TicketsWorld | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});

async function open(...given: Parameters<typeof ticketsWorld>): Promise<TicketsWorld> {
  world = await ticketsWorld(...given);
  return world;
}

const aComment = (no: number, isPrivate = false): Comment => ({
  no,
  text: isPrivate ? `Secret ${no}` : `Comment ${no}`,
  isPrivate,
  author: { sort: 'staff', no: 1 },
  writtenOn: now + no,
});

const textsOf = ({ body }: Told) => body.items.map(({ text }) => text);

describe('a mapped API: who sees what', () => {
  it('tells the API who acts, and shows nobody more than it shows them', async () => {
    const { as } = await open([aTicket(1, { ownerNo: 1 }), aTicket(2, { ownerNo: 2 })]);
    expect((await as('nadia', 'GET', '/cases')).body.items).toHaveLength(2);
    expect((await as('theo', 'GET', '/cases')).body.items).toMatchObject([{ id: '2' }]);
    expect((await as('theo', 'GET', '/cases/1')).body.code).toBe('not_found');
  });

  it.each<[PersonName, number]>([
    ['stranger', 403],
    ['olga', 403],
    ['nameless', 403],
    ['idle', 403],
  ])('shows nothing to %s', async (person, status) => {
    const { as } = await open([aTicket(1)]);
    const { status: told, body } = await as(person, 'GET', '/cases');
    expect(told).toBe(status);
    expect(body).not.toHaveProperty('items');
  });

  it('asks the API nothing for somebody it cannot be told of', async () => {
    const { as, asked } = await open([aTicket(1)]);
    const { body } = await as('nameless', 'GET', '/cases');
    expect(body.rule).toBe('backend.unknown-user');
    expect(asked).toEqual([]);
  });

  it('shows customers their own account alone', async () => {
    const { as } = await open([aTicket(1), aTicket(2, { accountNo: 1033, contactNo: 2 })]);
    expect((await as('eleanor', 'GET', '/cases')).body.items).toMatchObject([{ id: '1' }]);
    expect((await as('eleanor', 'GET', '/cases?customerId=c-1033')).body.items).toEqual([]);
    expect((await as('eleanor', 'GET', '/cases/2')).status).toBe(404);
    expect((await as('eleanor', 'GET', '/cases/2/notes')).status).toBe(404);
    expect((await as('eleanor', 'GET', '/people')).body.items).toEqual([]);
    expect((await as('eleanor', 'GET', '/customers')).body.items).toMatchObject([{ id: 'c-1018' }]);
    expect((await as('eleanor', 'GET', '/customers/c-1033')).status).toBe(404);
  });

  it('believes neither the API nor the token alone: a customer sees what both say is theirs', async () => {
    const { as } = await open([aTicket(1), aTicket(2, { accountNo: 1033 })]);
    expect((await as('impostor', 'GET', '/cases')).body.items).toEqual([]);
    expect((await as('impostor', 'GET', '/cases/1')).status).toBe(404);
    expect((await as('impostor', 'GET', '/cases/2')).status).toBe(404);
    expect((await as('homeless', 'GET', '/cases?count=true')).body).toMatchObject({ items: [], total: 0 });
    expect((await as('homeless', 'GET', '/cases/1')).status).toBe(404);
  });

  it('keeps private comments from customers even where the API hands them out', async () => {
    const comments = [aComment(1), aComment(2, true), aComment(3)];
    const handsOut = async (request: Request) => {
      const { pathname } = new URL(request.url);
      if (!pathname.endsWith('/comments')) return undefined;
      const results = comments.map(({ no, text, isPrivate }) => ({
        comment_no: no,
        body_text: text,
        is_private: isPrivate,
      }));
      return Response.json({ results, paging: { total_rows: 3 } });
    };
    const { as } = await open([aTicket(1)], undefined, handsOut);
    expect(textsOf(await as('eleanor', 'GET', '/cases/1/notes'))).toEqual(['Comment 3', 'Comment 1']);
    expect(JSON.stringify((await as('eleanor', 'GET', '/cases/1/timeline')).body)).not.toContain('Secret');
  });

  it('treats a note whose visibility nobody mapped as internal', async () => {
    const { as } = await open([aTicket(1, { comments: [aComment(1)] })], {
      'notes.fields.visibility': undefined,
    });
    expect((await as('nadia', 'GET', '/cases/1/notes')).body.items).toMatchObject([
      { visibility: 'internal' },
    ]);
    expect((await as('eleanor', 'GET', '/cases/1/notes')).body.items).toEqual([]);
  });

  it('lets customers write and reply for themselves, and do nothing else', async () => {
    const { as, tickets } = await open([aTicket(1)]);
    const input = {
      customerId: 'c-1018',
      subject: 'Help',
      description: 'x',
      type: 'billing',
      contactMethod: 'portal',
    };
    expect((await as('eleanor', 'POST', '/cases', input)).status).toBe(201);
    expect(tickets[1]).toMatchObject({ accountNo: 1018, contactNo: 1, openedBy: { sort: 'contact', no: 1 } });
    expect((await as('eleanor', 'POST', '/cases', { ...input, customerId: 'c-1033' })).status).toBe(404);
    expect((await as('eleanor', 'POST', '/cases', { ...input, priority: 'high' })).status).toBe(422);
    expect((await as('eleanor', 'POST', '/cases/1/notes', { visibility: 'public', text: 'Hi' })).status).toBe(
      201,
    );
    expect(
      (await as('eleanor', 'POST', '/cases/1/notes', { visibility: 'internal', text: 'Hi' })).status,
    ).toBe(403);
    expect((await as('eleanor', 'PATCH', '/cases/1', { subject: 'Mine' }, '1')).status).toBe(403);
    expect(
      (await as('eleanor', 'POST', '/cases/1/close', { reason: 'resolved', note: 'x' }, '1')).status,
    ).toBe(403);
    expect(tickets).toHaveLength(2);
    expect(tickets[0]?.state).toBe('in_work');
  });

  it('says who somebody is for the API, so that they know their own', async () => {
    const { as } = await open([aTicket(1), aTicket(2, { ownerNo: null })]);
    const { body } = await as('nadia', 'GET', '/session');
    expect(body.actor).toMatchObject({ id: 'staff-1', name: 'nadia' });
    const own = await as('nadia', 'GET', `/cases?assigneeId=${body.actor.id}`);
    expect(own.body.items).toMatchObject([{ id: '1' }]);
  });

  it('refuses tokens of a tenant it does not serve', async () => {
    const { as, asked } = await open([aTicket(1)], { tenant: 'another' });
    expect((await as('nadia', 'GET', '/cases')).body).toMatchObject({
      code: 'forbidden',
      rule: 'backend.tenant',
    });
    expect(asked).toEqual([]);
  });
});

describe('a mapped API: notes', () => {
  it('tells them in either order, page by page, though the API has one order', async () => {
    const { as } = await open([
      aTicket(1, { comments: Array.from({ length: 45 }, (_, index) => aComment(index + 1)) }),
    ]);
    for (const order of ['asc', 'desc']) {
      const texts: string[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const place: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
        const told = await as('nadia', 'GET', `/cases/1/notes?order=${order}&limit=10${place}`);
        texts.push(...textsOf(told));
        cursor = told.body.next;
      }
      const expected = Array.from({ length: 45 }, (_, index) => `Comment ${index + 1}`);
      expect(texts).toEqual(order === 'asc' ? expected : expected.reverse());
    }
  });

  it('writes a reply and an internal note by different calls, and tells them apart', async () => {
    const { as, tickets } = await open([aTicket(1)]);
    const reply = { visibility: 'public', subject: 'answer-to-customer', text: 'We are on it.' };
    const note = { visibility: 'internal', subject: 'investigation', text: 'It was the cable.' };
    expect((await as('nadia', 'POST', '/cases/1/notes', reply)).body).toMatchObject({
      visibility: 'public',
      text: 'We are on it.',
    });
    expect((await as('nadia', 'POST', '/cases/1/notes', note)).body).toMatchObject(note);
    expect((await as('nadia', 'GET', '/cases/1/notes?order=desc')).body).toMatchObject({ items: [note, {}] });
    expect(tickets[0]?.comments.map(({ isPrivate }) => isPrivate)).toEqual([false, true]);
    expect(textsOf(await as('eleanor', 'GET', '/cases/1/notes'))).toEqual(['We are on it.']);
  });

  it('does not call a note written that came out for everybody', async () => {
    const { as } = await open([aTicket(1)], { 'notes.comment.body.is_private': false });
    const note = { visibility: 'internal', subject: 'investigation', text: 'It was the cable.' };
    const { status, body } = await as('nadia', 'POST', '/cases/1/notes', note);
    expect(status).toBe(503);
    expect(body.detail).toContain('public');
  });

  it('CC-36 takes no reply on a closed case', async () => {
    const { as, tickets } = await open([aTicket(1, { state: 'solved' })]);
    const reply = { visibility: 'public', subject: 'answer-to-customer', text: 'Still there?' };
    expect((await as('nadia', 'POST', '/cases/1/notes', reply)).body.code).toBe('case_closed');
    expect(tickets[0]?.comments).toEqual([]);
  });

  it('reads HTML as text', async () => {
    const comment = { ...aComment(1), text: '<p>Hello &amp; <b>welcome</b></p><script>alert(1)</script>' };
    const { as } = await open([aTicket(1, { comments: [comment] })], {
      'notes.fields.text': { at: 'body_text', as: 'html' },
    });
    expect(textsOf(await as('nadia', 'GET', '/cases/1/notes'))).toEqual(['Hello & welcome']);
  });
});

describe('a mapped API in trouble', () => {
  it('says that it is not available when it is down, and no more than that', async () => {
    const { as, close } = await open([aTicket(1)]);
    await close();
    world = undefined;
    const { status, body } = await as('nadia', 'GET', '/cases');
    expect(status).toBe(503);
    expect(body).toMatchObject({ code: 'unavailable', detail: 'Pigeonhole cannot be reached.' });
    expect(JSON.stringify(body)).not.toMatch(/127\.0\.0\.1|key of/);
  });

  it.each([
    [401, {}, 503, 'unavailable'],
    [403, {}, 403, 'forbidden'],
    [410, {}, 410, 'gone'],
    [418, {}, 503, 'unavailable'],
    [422, {}, 422, 'validation_failed'],
    [409, { problem: { code: 'ended' } }, 409, 'case_closed'],
  ])('turns a %i of %j into %i %s', async (theirs, answer, status, code) => {
    const { as } = await open([aTicket(1)], undefined, async ({ method }) =>
      method === 'POST' ? Response.json(answer, { status: theirs }) : undefined,
    );
    const told = await as('nadia', 'POST', '/cases/1/notes', {
      visibility: 'public',
      subject: 'answer-to-customer',
      text: 'x',
    });
    expect([told.status, told.body.code]).toEqual([status, code]);
  });

  it('passes on when it may be asked again', async () => {
    const { as } = await open(
      [],
      undefined,
      async () => new Response('', { status: 429, headers: { 'retry-after': '33' } }),
    );
    const { status, headers } = await as('nadia', 'GET', '/cases');
    expect([status, headers.get('retry-after')]).toEqual([429, '33']);
  });

  it('is not led in circles by pages that lead nowhere, nor to another house', async () => {
    const answer = { results: [], paging: { total_rows: 3 }, next: 'here' };
    const circles = await open(
      [],
      { 'cases.list.page': { style: 'cursor', parameter: 'after', next: 'next', most: 20 } },
      async () => Response.json(answer),
    );
    expect((await circles.as('nadia', 'GET', '/cases')).body.code).toBe('unavailable');
    await circles.close();
    const elsewhere = await open(
      [],
      { 'cases.list.page': { style: 'link', size: 'limit', most: 20 } },
      async () =>
        Response.json(
          { results: [] },
          { headers: { link: '<http://127.0.0.1:9/v2/tickets?p=2>; rel="next"' } },
        ),
    );
    expect((await elsewhere.as('nadia', 'GET', '/cases')).body.detail).toContain('not its own');
  });
});
