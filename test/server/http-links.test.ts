import { beforeAll, describe, expect, it } from 'vitest';

import type { Case } from '../../src/contract/cases.js';
import type { Page } from '../../src/contract/common.js';
import type { Note, TimelineEntry } from '../../src/contract/notes.js';
import type { Problem } from '../../src/contract/problem.js';
import type { View } from '../../src/contract/views.js';
import { aClosure, aNewCase, aTenant, type TestTenant } from '../support/app.js';
import { theApp } from '../support/shared-app.js';

let tenant: TestTenant;

beforeAll(async () => {
  tenant = await aTenant(await theApp());
});

const invoice = { type: 'invoice', id: 'INV-2031' };
const payment = { type: 'payment', id: 'pay 17:4', label: 'Card, 12 May' };

async function idsOf(query: string, by = tenant.agent): Promise<string[]> {
  const { status, body } = await by.get<Page<Case>>(`/v1/cases?count=true&${query}`);
  expect(status).toBe(200);
  expect(body.total).toBe(body.items.length);
  return body.items.map(({ id }) => id);
}

describe('links of a case to objects of the host', () => {
  it('are kept as an agent created them, each once', async () => {
    const created = await tenant.aCase({ links: [invoice, payment, { ...invoice, label: ' May ' }] });
    const links = [{ ...invoice, label: 'May' }, payment];
    expect(created.links).toEqual(links);
    expect((await tenant.agent.get<Case>(`/v1/cases/${created.id}`)).body.links).toEqual(links);
  });

  it('are none where nothing was said', async () => {
    expect((await tenant.aCase()).links).toEqual([]);
  });

  it('are changed as a whole list, with a line of the history; what is the same writes none', async () => {
    const { id, version } = await tenant.aCase({ links: [payment] });
    const path = `/v1/cases/${id}`;
    const changed = await tenant.agent.patch<Case>(path, { links: [payment, invoice] }, { version });
    expect(changed.body.links).toEqual([payment, invoice]);
    const same = await tenant.agent.patch<Case>(path, { links: [payment, invoice] }, changed.body);
    expect(same.body.version).toBe(changed.body.version);
    const emptied = await tenant.agent.patch<Case>(path, { links: [] }, same.body);
    expect(emptied.body.links).toEqual([]);
    const lines = (await tenant.agent.get<Page<TimelineEntry>>(`${path}/timeline?kind=change&order=asc`)).body
      .items;
    expect(lines.map(({ changes }) => changes)).toEqual([
      [{ field: 'links', from: [payment], to: [payment, invoice] }],
      [{ field: 'links', from: [payment, invoice], to: [] }],
    ]);
  });

  it('are refused with every bad field at once', async () => {
    const links = [
      { type: 'Invoice', id: '' },
      { type: 'x'.repeat(51), id: 'y'.repeat(201), label: 'z'.repeat(201) },
      { type: 'a-b', id: 'line\nbreak' },
    ];
    expect(await tenant.agent.post<Problem>('/v1/cases', aNewCase({ links }))).toMatchObject({
      status: 422,
      body: {
        code: 'validation_failed',
        errors: [
          { field: 'links.0.type', code: 'invalid' },
          { field: 'links.0.id', code: 'required' },
          { field: 'links.1.type', code: 'too_long', limit: 50 },
          { field: 'links.1.id', code: 'too_long', limit: 200 },
          { field: 'links.1.label', code: 'too_long', limit: 200 },
          { field: 'links.2.id', code: 'invalid' },
        ],
      },
    });
  });

  it('are at most 50', async () => {
    const { id, version } = await tenant.aCase();
    const links = Array.from({ length: 51 }, (_, index) => ({ type: 'invoice', id: `many-${index}` }));
    const refused = await tenant.agent.patch<Problem>(`/v1/cases/${id}`, { links }, { version });
    expect(refused).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'links', code: 'too_many', limit: 50 }] },
    });
    const most = links.slice(1);
    const taken = await tenant.agent.patch<Case>(`/v1/cases/${id}`, { links: most }, { version });
    expect(taken.body.links).toHaveLength(50);
  });

  it('are never told a customer: not in the case, not in its history, by no filter', async () => {
    const { id, version } = await tenant.aCase({ requesterId: 'person_pia', links: [invoice] });
    const path = `/v1/cases/${id}`;
    await tenant.agent.patch(path, { links: [payment], priority: 'high' }, { version });
    for (const asked of [path, `${path}/timeline`, `${path}/notes`, '/v1/cases']) {
      const text = await (await tenant.customer.raw('GET', asked)).text();
      expect(text).not.toMatch(/INV-2031|pay 17|links/);
    }
    const lines = await tenant.customer.get<Page<TimelineEntry>>(`${path}/timeline?kind=change`);
    expect(lines.body.items.flatMap(({ changes = [] }) => changes.map(({ field }) => field))).toEqual([
      'priority',
    ]);
    expect(await tenant.customer.get<Problem>('/v1/cases?link=invoice:INV-2031')).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'link', code: 'unknown_field' }] },
    });
  });

  it('are not a customer’s to set', async () => {
    expect(await tenant.customer.post<Problem>('/v1/cases', aNewCase({ links: [invoice] }))).toMatchObject({
      status: 403,
      body: { rule: 'customer.links' },
    });
    const own = await tenant.aCase({ requesterId: 'person_pia' });
    const tried = await tenant.customer.patch<Problem>(`/v1/cases/${own.id}`, { links: [invoice] }, own);
    expect(tried.status).toBe(403);
    expect((await tenant.agent.get<Case>(`/v1/cases/${own.id}`)).body.links).toEqual([]);
  });

  it('narrow a list to the cases of one object, or of any of several', async () => {
    const [one, two, both] = [
      await tenant.aCase({ links: [{ type: 'order', id: 'A:1' }] }),
      await tenant.aCase({ links: [{ type: 'order', id: 'B', label: 'A:1' }] }),
      await tenant.aCase({
        links: [
          { type: 'order', id: 'A:1' },
          { type: 'order', id: 'B' },
        ],
      }),
    ];
    expect((await idsOf('link=order:A:1')).sort()).toEqual([one.id, both.id].sort());
    expect((await idsOf('link=order:A:1&link=order:B')).sort()).toEqual([one.id, two.id, both.id].sort());
    expect(await idsOf('link=order:A')).toEqual([]);
    expect(await idsOf('link=invoice:A:1')).toEqual([]);
    expect(await idsOf('link=order:B', tenant.administrator)).toHaveLength(2);
  });

  it.each(['order', 'order:', ':A', 'Order:A', 'order: '])(
    'finds nothing under %j, and says so',
    async (link) => {
      expect(await tenant.agent.get<Problem>(`/v1/cases?link=${encodeURIComponent(link)}`)).toMatchObject({
        status: 422,
        body: { errors: [{ field: 'link', code: 'invalid' }] },
      });
    },
  );

  it('can be the condition of a view', async () => {
    const { body } = await tenant.agent.post<View>('/v1/views', {
      name: 'Of one order',
      filters: { link: ['order:A:1'] },
    });
    expect(body.filters).toEqual({ link: 'order:A:1' });
  });
});

describe('a note that tells what became of an action of the host', () => {
  const action = { id: 'refund', label: 'Refund', outcome: 'done', reference: 'RF-88' };

  it('is internal, needs no subject, and says so wherever the note is', async () => {
    const { id } = await tenant.aCase({ requesterId: 'person_pia' });
    const path = `/v1/cases/${id}`;
    const written = await tenant.agent.post<Note>(`${path}/notes`, {
      visibility: 'internal',
      text: 'Refunded 20.',
      action,
    });
    expect(written).toMatchObject({ status: 201, body: { subject: null, action } });
    const { body: notes } = await tenant.agent.get<Page<Note>>(`${path}/notes`);
    expect(notes.items[0]).toMatchObject({ action });
    const { body: lines } = await tenant.agent.get<Page<TimelineEntry>>(`${path}/timeline?kind=note`);
    expect(lines.items).toMatchObject([{ kind: 'note', visibility: 'internal', action }]);
    const told = await (await tenant.customer.raw('GET', `${path}/timeline`)).text();
    expect(told).not.toMatch(/Refund|RF-88|action/);
  });

  it('has no action where none was named', async () => {
    const { id } = await tenant.aCase();
    const note = await tenant.aNote(id, { text: 'Called.' });
    expect(note).not.toHaveProperty('action');
  });

  it('is refused as a reply, and with what cannot stand in a line', async () => {
    const { id } = await tenant.aCase({ requesterId: 'person_pia' });
    const long = { ...action, label: 'x'.repeat(201), id: ' ', reference: 'a\nb' };
    expect(
      await tenant.agent.post<Problem>(`/v1/cases/${id}/notes`, {
        visibility: 'public',
        subject: 'follow-up',
        text: 'Refunded.',
        action: long,
      }),
    ).toMatchObject({
      status: 422,
      body: {
        errors: [
          { field: 'action', code: 'invalid' },
          { field: 'action.reference', code: 'invalid' },
          { field: 'action.id', code: 'required' },
          { field: 'action.label', code: 'too_long', limit: 200 },
        ],
      },
    });
    const sent = { visibility: 'public', text: 'Give me my money.', action };
    expect((await tenant.customer.post<Problem>(`/v1/cases/${id}/notes`, sent)).status).toBe(422);
    const secret = { visibility: 'internal', text: 'x', action };
    expect((await tenant.customer.post<Problem>(`/v1/cases/${id}/notes`, secret)).status).toBe(403);
    expect((await tenant.agent.get<Page<Note>>(`/v1/cases/${id}/notes`)).body.items).toEqual([]);
  });

  it('needs its text, and an open case', async () => {
    const open = await tenant.aCase();
    expect(
      await tenant.agent.post<Problem>(`/v1/cases/${open.id}/notes`, { visibility: 'internal', action }),
    ).toMatchObject({ status: 422, body: { errors: [{ field: 'text', code: 'required' }] } });
    await tenant.agent.post(`/v1/cases/${open.id}/close`, aClosure(), open);
    expect(
      await tenant.agent.post<Problem>(`/v1/cases/${open.id}/notes`, {
        visibility: 'internal',
        text: 'Refunded.',
        action,
      }),
    ).toMatchObject({ status: 409, body: { code: 'case_closed' } });
  });
});
