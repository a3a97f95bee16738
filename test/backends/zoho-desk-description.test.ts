import { beforeEach, describe, expect, it } from 'vitest';

import {
  createFakeZohoDesk,
  deskCredentials,
  type FakeZohoDesk,
} from '../support/fake-zoho-desk/fake-zoho-desk.js';
import { described } from '../support/fake-zoho-desk/description.js';
import { DeskWorld, type DeskTicket } from '../support/fake-zoho-desk/world.js';

/** What the public description says of Zoho Desk, asked of the fake that the tests of the adapter stand on. */
describe('The fake Zoho Desk answers as the description says', () => {
  let desk: FakeZohoDesk;
  let world: DeskWorld;
  let ticket: DeskTicket;
  let token: string;

  beforeEach(async () => {
    world = new DeskWorld();
    const department = world.addDepartment('Support');
    world.serviceId = world.addAgent('Gate Way', 'gate@way.example', [department]).id;
    const contact = world.addContact('Cara Aldous', 'cara@aldermill.example', world.addAccount('Aldermill'));
    desk = createFakeZohoDesk(world);
    ticket = world.addTicket({
      subject: 'No dial tone',
      departmentId: department.id,
      contactId: contact.id,
      assigneeId: world.serviceId,
    });
    token = (await tokens()).access_token;
  });

  async function tokens(change: Record<string, string> = {}) {
    const { clientId, clientSecret, refreshToken } = deskCredentials;
    const answer = await desk.fetch('https://accounts.example/oauth/v2/token', {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'refresh_token',
        client_id: clientId,
        client_secret: clientSecret,
        refresh_token: refreshToken,
        ...change,
      }),
    });
    return (await answer.json()) as { access_token: string; error?: string; expires_in?: number };
  }

  async function ask(path: string, init: RequestInit = {}, access = token) {
    const url = new URL(`https://desk.example/api/v1${path}`);
    if (!url.searchParams.has('orgId')) url.searchParams.set('orgId', world.orgId);
    const answer = await desk.fetch(url, {
      ...init,
      headers: {
        authorization: `Zoho-oauthtoken ${access}`,
        'content-type': 'application/json',
        ...(init.headers as Record<string, string> | undefined),
      },
    });
    const text = await answer.text();
    return {
      status: answer.status,
      headers: answer.headers,
      body: (text === '' ? null : JSON.parse(text)) as Record<string, unknown> | null,
    };
  }

  const send = (method: string, path: string, body: unknown) =>
    ask(path, { method, body: JSON.stringify(body) });

  it('with every key a ticket must have, in detail, in lists and in a search', async () => {
    const detail = await ask(`/tickets/${ticket.id}?include=contacts,assignee,departments`);
    expect(missing(detail.body, described.ticketDetail)).toEqual([]);
    expect(missing(detail.body?.['contact'], described.contact)).toEqual([]);
    expect(missing(detail.body?.['assignee'], described.assignee)).toEqual([]);
    const list = await ask('/tickets?include=contacts,assignee,departments');
    const [row] = list.body?.['data'] as unknown[];
    expect(missing(row, described.listRow)).toEqual([]);
    expect(Object.keys(row as object)).not.toContain('modifiedTime');
    const search = await ask('/tickets/search?limit=100');
    const [found] = search.body?.['data'] as unknown[];
    expect(missing(found, described.searchRow)).toEqual([]);
    expect(search.body?.['count']).toBe(1);
    const patched = await send('PATCH', `/tickets/${ticket.id}`, { subject: 'Dial tone' });
    expect(missing(patched.body, described.ticket)).toEqual([]);
  });

  it('with every key of a comment, a tag, a follower, an upload, an agent, a department and a view', async () => {
    const comment = await send('POST', `/tickets/${ticket.id}/comments`, {
      content: 'Hello',
      isPublic: true,
    });
    expect(missing(comment.body, described.comment)).toEqual([]);
    expect(missing(comment.body?.['commenter'], described.commenter)).toEqual([]);
    expect(comment.body?.['contentType']).toBe('html');
    const form = new FormData();
    form.set('file', new Blob(['abc']), 'note.txt');
    const upload = await desk.fetch(`https://desk.example/api/v1/uploads?orgId=${world.orgId}`, {
      method: 'POST',
      headers: { authorization: `Zoho-oauthtoken ${token}` },
      body: form,
    });
    expect(missing(await upload.json(), described.upload)).toEqual([]);
    await send('POST', `/tickets/${ticket.id}/associateTag`, { tags: ['fibre'] });
    const tags = await ask(`/tickets/${ticket.id}/tags`);
    expect(missing((tags.body?.['tags'] as unknown[])[0], described.tag)).toEqual([]);
    const used = await ask(`/ticketTags?departmentId=${ticket.departmentId}`);
    expect(missing((used.body?.['data'] as unknown[])[0], described.usedTag)).toEqual([]);
    const followed = await send('POST', `/tickets/${ticket.id}/addFollowers`, {
      followerIds: [world.serviceId],
    });
    expect(followed.status).toBe(204);
    const followers = await ask(`/tickets/${ticket.id}/followers`);
    expect(missing((followers.body?.['data'] as unknown[])[0], described.follower)).toEqual([]);
    const departments = await ask('/departments');
    expect(missing((departments.body?.['data'] as unknown[])[0], described.department)).toEqual([]);
    const views = await ask('/views?module=tickets');
    expect(missing((views.body?.['data'] as unknown[])[0], described.view)).toEqual([]);
    const history = await ask(`/tickets/${ticket.id}/history?limit=50`);
    expect(missing((history.body?.['data'] as unknown[])[0], described.event)).toEqual([]);
    expect((await ask('/agents/email/nobody@example.org')).status).toBe(204);
  });

  it('with 204 for every empty list', async () => {
    const unknown = world.addDepartment('Empty');
    for (const path of [
      `/tickets?departmentId=${unknown.id}`,
      `/tickets/search?departmentId=${unknown.id}`,
      `/tickets/${ticket.id}/comments`,
      `/tickets/${ticket.id}/attachments`,
      `/associatedTickets?sharedDepartmentId=${unknown.id}`,
      '/contacts/search?email=nobody@example.org',
    ]) {
      expect([path, (await ask(path)).status]).toEqual([path, 204]);
    }
  });

  it('and holds its limits: 100 rows of a search from 999 at most, 32,000 characters of a comment, 50 lines of history', async () => {
    expect((await ask('/tickets/search?from=999&limit=100')).status).toBe(204);
    for (const path of [
      '/tickets/search?from=1000',
      '/tickets/search?limit=101',
      '/tickets/search?subject=ab',
      `/tickets/${ticket.id}/comments?limit=101`,
      `/tickets/${ticket.id}/history?limit=51`,
      '/tickets/search?sortBy=dueDate',
      '/tickets?sortBy=modifiedTime',
      '/tickets/search?unknown=1',
    ]) {
      const { status, body } = await ask(path);
      expect([path, status, body?.['errorCode']]).toEqual([path, 422, 'UNPROCESSABLE_ENTITY']);
    }
    const long = await send('POST', `/tickets/${ticket.id}/comments`, { content: 'x'.repeat(32_001) });
    expect(long.status).toBe(422);
  });

  it('lets nobody in without its own header and organisation, and names the field at fault as a JSON pointer', async () => {
    expect((await ask('/tickets', {}, 'wrong')).body).toMatchObject({ errorCode: 'INVALID_OAUTH' });
    expect((await ask('/tickets', { headers: { authorization: `Bearer ${token}` } })).status).toBe(401);
    expect((await ask('/tickets?orgId=1')).body).toMatchObject({ errorCode: 'OAUTH_ORG_MISMATCH' });
    expect((await ask('/tickets/1')).body).toMatchObject({ errorCode: 'URL_NOT_FOUND' });
    const bad = await send('POST', '/tickets', {
      subject: 'x',
      departmentId: '1',
      contactId: ticket.contactId,
    });
    expect(bad).toMatchObject({
      status: 422,
      body: { errorCode: 'INVALID_DATA', errors: [{ fieldName: '/departmentId', errorType: 'invalid' }] },
    });
    const errors = bad.body?.['errors'] as unknown[];
    expect(missing(errors[0], described.fieldError)).toEqual([]);
    expect((await tokens({ refresh_token: 'old' })).error).toBe('invalid_code');
    expect((await tokens()).expires_in).toBe(3600);
  });

  it('takes shares as a whole list of ids with one of three types, and tells them with names', async () => {
    const other = world.addDepartment('Billing');
    const share = (list: unknown) => send('PATCH', `/tickets/${ticket.id}`, { sharedDepartments: list });
    const given = await share([{ id: other.id, type: 'READ_ONLY' }]);
    expect(given.body?.['sharedDepartments']).toEqual([{ id: other.id, name: 'Billing', type: 'READ_ONLY' }]);
    expect((await share([{ id: other.id, type: 'WRITE' }])).status).toBe(422);
    expect((await share([other.id])).status).toBe(422);
    expect((await share([])).body?.['sharedDepartments']).toEqual([]);
    const events = await ask(`/tickets/${ticket.id}/history?limit=50`);
    const names = (events.body?.['data'] as { eventName: string }[]).map(({ eventName }) => eventName);
    expect(names.slice(0, 2)).toEqual(['TicketShareRevoked', 'TicketShared']);
  });

  it('finds by groups of statuses, by several values, by ranges with both ends, and by the beginnings of words', async () => {
    const closed = world.addTicket({
      subject: 'Broken router',
      departmentId: ticket.departmentId,
      contactId: ticket.contactId,
      status: 'Closed',
      dueDate: '2026-03-01T23:59:59.000Z',
    });
    const ids = async (query: string) => {
      const { body } = await ask(`/tickets/search?${query}`);
      return ((body?.['data'] ?? []) as { id: string }[]).map(({ id }) => id);
    };
    expect(await ids('status=${CLOSED}')).toEqual([closed.id]);
    expect(await ids('status=${OPEN},${ONHOLD}')).toEqual([ticket.id]);
    expect(await ids(`id=${ticket.id},${closed.id}&sortBy=-createdTime`)).toEqual([closed.id, ticket.id]);
    expect(await ids('_all=rout*')).toEqual([closed.id]);
    expect(await ids('_all=rout')).toEqual([]);
    const range = '2026-03-01T23:59:59.000Z,2026-03-01T23:59:59.000Z';
    expect(await ids(`dueDateRange=${range}`)).toEqual([closed.id]);
  });
});

function missing(given: unknown, keys: readonly string[]): string[] {
  const there = Object.keys(given ?? {});
  return keys.filter((key) => !there.includes(key));
}
