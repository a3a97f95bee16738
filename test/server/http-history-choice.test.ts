import { beforeAll, describe, expect, it, vi } from 'vitest';

import type { Case, ChangedCase } from '../../src/contract/cases.js';
import type { Page } from '../../src/contract/common.js';
import type { Note, TimelineEntry } from '../../src/contract/notes.js';
import { aReopening, aTenant, type Caller, type TestTenant } from '../support/app.js';
import { readEvents } from '../support/event-reader.js';
import { aGrant, grantsOf, moreToShareWith, setSharing, share } from '../support/sharing.js';
import { theApp } from '../support/shared-app.js';

const QUIST = { kind: 'customer', id: 'cust_quist' } as const;
const HARBOUR = { kind: 'customer', id: 'cust_harbour' } as const;
const QUIST_GROUP = { kind: 'organisation', id: 'org_quist' } as const;

let tenant: TestTenant;
let mara: Caller;
let nora: Caller;
/** Of the customer and of the organisation. */
let bea: Caller;

beforeAll(async () => {
  tenant = await aTenant(await theApp(), moreToShareWith);
  await setSharing(tenant, { organisations: true });
  ({ agent: mara, outsider: nora } = tenant);
  bea = await tenant.as({
    sub: 'person_bea',
    kind: 'customer',
    customer: 'cust_quist',
    organisation: 'org_quist',
  });
});

interface Written {
  readonly record: Case;
  /** The file of the earlier public note. */
  readonly fileId: string;
}

/** A case with an earlier public note, its file, a change and a reopening with a public explanation. */
async function aWrittenCase(): Promise<Written> {
  const record = await tenant.aCase();
  const file = await mara.upload('before.txt', 'BEFORE');
  await tenant.aNote(record.id, {
    visibility: 'public',
    text: 'BEFORE the share.',
    attachmentIds: [file.body.id],
  });
  await mara.patch(`/v1/cases/${record.id}`, { priority: 'high' }, record);
  const path = `/v1/cases/${record.id}`;
  const version = async () => (await mara.get<Case>(path)).body.version;
  await mara.post(
    `${path}/close`,
    { reason: 'resolved', note: 'BEFORE closed.', visibility: 'public' },
    { version: await version() },
  );
  await mara.post(`${path}/reopen`, aReopening({ note: 'BEFORE reopened.', visibility: 'public' }), {
    version: await version(),
  });
  return { record: (await mara.get<Case>(path)).body, fileId: file.body.id };
}

async function read<T>(by: Caller, path: string): Promise<T> {
  const { status, body } = await by.get<T>(path);
  if (status !== 200) throw new Error(`${path}: ${status}`);
  return body;
}

/** Everything a customer can ask about a case, as text. */
async function everything(by: Caller, { id, subject }: Case): Promise<string> {
  const paths = [
    `/v1/cases/${id}`,
    `/v1/cases/${id}/notes?count=true`,
    `/v1/cases/${id}/notes?count=true&order=asc`,
    `/v1/cases/${id}/timeline?count=true`,
    `/v1/cases/${id}/timeline?count=true&order=asc`,
    `/v1/cases/${id}/timeline?kind=note&kind=change&kind=reopening&count=true`,
    `/v1/cases?count=true&q=${encodeURIComponent(subject)}`,
  ];
  return JSON.stringify(await Promise.all(paths.map((path) => read(by, path))));
}

const textsOf = async (by: Caller, { id }: Case) =>
  (await read<Page<Note>>(by, `/v1/cases/${id}/notes`)).items.map(({ text }) => text);

describe('a new conversation', () => {
  it('CU-06 leaves out what was written before: notes, lines, files, counts, the moment of the last change', async () => {
    const { record, fileId } = await aWrittenCase();
    const { status, body } = await share(mara, record.id, [QUIST], { history: 'none' });
    expect(status).toBe(201);
    const from = body.items[0]?.historyFrom;
    expect(Date.parse(from ?? '')).toBeGreaterThanOrEqual(Date.parse(record.updatedAt ?? ''));

    expect(await everything(nora, record)).not.toMatch(/BEFORE/);
    const seen = await read<Case>(nora, `/v1/cases/${record.id}`);
    expect(seen).toMatchObject({ replyCount: 0, updatedAt: from, subject: record.subject });
    const [row] = (await read<Page<Case>>(nora, `/v1/cases?q=${encodeURIComponent(record.subject)}`)).items;
    expect(row).toMatchObject({ id: record.id, replyCount: 0, updatedAt: from });
    const notes = await read<Page<Note>>(nora, `/v1/cases/${record.id}/notes?count=true`);
    expect(notes).toEqual({ items: [], next: null, total: 0 });
    const lines = await read<Page<TimelineEntry>>(nora, `/v1/cases/${record.id}/timeline?count=true`);
    expect(lines.items.map(({ kind }) => kind)).toEqual(['sharing', 'creation']);
    expect(lines.total).toBe(2);
    for (const path of ['', '/content']) {
      expect((await nora.get(`/v1/attachments/${fileId}${path}`)).status).toBe(404);
      expect((await tenant.customer.get(`/v1/attachments/${fileId}${path}`)).status).toBe(200);
    }
    // The requester and agents read on as before.
    expect(await textsOf(tenant.customer, record)).toHaveLength(3);
    expect(await read<Case>(tenant.customer, `/v1/cases/${record.id}`)).toMatchObject({ replyCount: 3 });
  });

  it('CU-06 shows everything from the share on', async () => {
    const { record } = await aWrittenCase();
    await share(mara, record.id, [QUIST], { history: 'none' });
    const file = await mara.upload('after.txt', 'x');
    const note = await tenant.aNote(record.id, {
      visibility: 'public',
      text: 'AFTER.',
      attachmentIds: [file.body.id],
    });
    await tenant.aNote(record.id, { text: 'Between us.' });
    const answer = await nora.post<Note>(`/v1/cases/${record.id}/notes`, {
      visibility: 'public',
      text: 'Thank you.',
    });
    expect(answer.status).toBe(201);
    expect(await textsOf(nora, record)).toEqual(['Thank you.', 'AFTER.']);
    const seen = await read<Case>(nora, `/v1/cases/${record.id}`);
    expect(seen).toMatchObject({ replyCount: 2, updatedAt: answer.body.at });
    expect((await nora.get(`/v1/attachments/${file.body.id}`)).status).toBe(200);
    expect(note.text).toBe('AFTER.');
    expect(await everything(nora, record)).not.toMatch(/BEFORE|Between us/);
  });

  it('CU-06 keeps its own order by the last change, page after page', async () => {
    const own = await aTenant(await theApp(), moreToShareWith);
    const records: Case[] = [];
    for (let index = 0; index < 5; index++) {
      const record = await own.aCase({ subject: `Ordered ${index}` });
      await own.aNote(record.id, { visibility: 'public' });
      records.push(record);
    }
    // Shared in another order than they were written in.
    const order = [3, 0, 4, 1, 2];
    for (const index of order) {
      await share(own.agent, records[index]?.id ?? '', [QUIST], { history: 'none' });
    }
    const found: Case[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const more: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page: Page<Case> = await read(own.outsider, `/v1/cases?limit=2&sort=updated${more}`);
      found.push(...page.items);
      cursor = page.next;
    }
    expect(found.map(({ subject }) => subject)).toEqual(order.map((index) => `Ordered ${index}`));
    const moments = found.map(({ updatedAt }) => Date.parse(updatedAt ?? ''));
    expect(moments).toEqual([...moments].sort((one, other) => one - other));
  });

  it('CU-06 is not told afterwards by events of before, by whatever position they are asked for', async () => {
    const record = await tenant.aCase();
    const first = await nora.get('/v1/cases');
    const position = first.headers.get('event-position') ?? '';
    await tenant.aNote(record.id, { visibility: 'public', text: 'BEFORE.' });
    await mara.patch(`/v1/cases/${record.id}`, { priority: 'high' }, record);
    await share(mara, record.id, [QUIST], { history: 'none' });
    const after = await tenant.aNote(record.id, { visibility: 'public', text: 'AFTER.' });
    const [late, whole] = await Promise.all([
      readEvents(nora, position),
      readEvents(tenant.customer, position),
    ]);
    await vi.waitFor(() => {
      expect(late.events.map(({ event }) => [event.kind, event.noteId])).toEqual([
        ['case.shared', undefined],
        ['note.created', after.id],
      ]);
      expect(whole.events.map(({ event }) => event.kind)).toEqual([
        'note.created',
        'case.updated',
        'case.shared',
        'note.created',
      ]);
    }, 60_000);
    for (const reader of [late, whole]) reader.leave();
  });

  it('CU-06 does not stand in what a refusal says of the case', async () => {
    const { record } = await aWrittenCase();
    await share(mara, record.id, [QUIST], { history: 'none' });
    const { version } = (await mara.get<Case>(`/v1/cases/${record.id}`)).body;
    await mara.post(`/v1/cases/${record.id}/close`, { reason: 'resolved', note: 'Done.' }, { version });
    const refused = await nora.post(`/v1/cases/${record.id}/notes`, { visibility: 'public', text: 'And?' });
    expect(refused).toMatchObject({ status: 409, body: { current: { replyCount: 0 } } });
    expect(JSON.stringify(refused.body)).not.toMatch(/BEFORE/);
  });

  it.each([
    ['the customer first', QUIST, QUIST_GROUP],
    ['the organisation first', QUIST_GROUP, QUIST],
  ])('CU-06 adds up with another share, of which the earliest wins: %s', async (_, one, other) => {
    const { record } = await aWrittenCase();
    await share(mara, record.id, [one], { history: 'none' });
    await tenant.aNote(record.id, { visibility: 'public', text: 'BETWEEN the shares.' });
    await share(mara, record.id, [other], { history: 'none' });
    expect(await textsOf(bea, record)).toEqual(['BETWEEN the shares.']);
    expect(await read<Case>(bea, `/v1/cases/${record.id}`)).toMatchObject({ replyCount: 1 });
    // Who has only the customer's, or neither.
    const narrow = one.kind === 'customer' ? ['BETWEEN the shares.'] : [];
    expect(await textsOf(nora, record)).toEqual(narrow);
  });

  it('CU-06 adds up with a share that includes the history, which wins while it lasts', async () => {
    const { record, fileId } = await aWrittenCase();
    await share(mara, record.id, [QUIST], { history: 'none' });
    const whole = await aGrant(mara, record.id, QUIST_GROUP);
    expect(await textsOf(bea, record)).toHaveLength(3);
    expect((await bea.get(`/v1/attachments/${fileId}`)).status).toBe(200);
    expect(await textsOf(nora, record)).toEqual([]);
    await mara.delete(`/v1/grants/${whole.id}`);
    expect(await everything(bea, record)).not.toMatch(/BEFORE/);
    expect((await bea.get(`/v1/attachments/${fileId}`)).status).toBe(404);
  });

  it('CU-06 given anew begins anew', async () => {
    const { record } = await aWrittenCase();
    const { body } = await share(mara, record.id, [QUIST], { history: 'none' });
    await tenant.aNote(record.id, { visibility: 'public', text: 'BETWEEN.' });
    await mara.delete(`/v1/grants/${body.items[0]?.id ?? ''}`);
    await share(mara, record.id, [QUIST], { history: 'none' });
    expect(await textsOf(nora, record)).toEqual([]);
  });
});

describe('the choice', () => {
  it('CU-06, CU-07 is asked with how much, since when, who reads it, and whether they are strangers', async () => {
    const { record } = await aWrittenCase();
    const ask = async (grantee: typeof QUIST | typeof HARBOUR | { kind: 'organisation'; id: string }) =>
      (await share(mara, record.id, [grantee])).body.current;
    const count = { count: 3, recipients: ['Pia Moreau'] };
    expect(await ask(QUIST)).toMatchObject({ ...count, otherOrganisations: true });
    const own = { kind: 'organisation', id: 'org_aldermill' } as const;
    expect(await ask(own)).toMatchObject({ ...count, otherOrganisations: false });
    await aGrant(mara, record.id, QUIST);
    // Its organisation has the case by it already.
    expect(await ask(QUIST_GROUP)).toMatchObject({
      count: 3,
      recipients: ['Pia Moreau', 'Quist & Daughters'],
    });
    expect((await grantsOf(mara, record.id)).items.map(({ grantee }) => grantee.id)).toEqual(['cust_quist']);
  });

  it('CU-06 names among those who had it nobody for whom a new conversation began after it', async () => {
    const { record } = await aWrittenCase();
    const ask = async () => (await share(mara, record.id, [HARBOUR])).body.current;
    await share(mara, record.id, [QUIST], { history: 'none' });
    expect(await ask()).toMatchObject({ count: 3, recipients: ['Pia Moreau'] });
    await tenant.aNote(record.id, { visibility: 'public', text: 'Since then.' });
    expect(await ask()).toMatchObject({ count: 4, recipients: ['Pia Moreau', 'Quist & Daughters'] });
  });

  it('CU-07 warns of each customer of another organisation, written or not', async () => {
    const record = await tenant.aCase();
    const own = { kind: 'organisation', id: 'org_aldermill' } as const;
    const { status, body } = await share(mara, record.id, [own, QUIST, HARBOUR]);
    expect(status).toBe(201);
    expect(body.warnings).toEqual([
      { field: 'grantees.1.id', code: 'cross_organisation' },
      { field: 'grantees.2.id', code: 'cross_organisation' },
    ]);
    const leo = await share(tenant.customer, record.id, [{ kind: 'person', id: 'person_leo' }]);
    expect(leo.body).not.toHaveProperty('warnings');
  });

  it('CU-06 is none for departments and co-workers, who read everything', async () => {
    const { record } = await aWrittenCase();
    const leo = { kind: 'person', id: 'person_leo' } as const;
    const { body } = await share(tenant.customer, record.id, [leo], { history: 'none' });
    expect(body.items[0]).not.toHaveProperty('historyFrom');
    expect(await textsOf(tenant.colleague, record)).toHaveLength(3);
  });

  it('CU-06 refuses a choice there is not', async () => {
    const { record } = await aWrittenCase();
    const { status, body } = await share(mara, record.id, [QUIST], { history: 'some' });
    expect(status).toBe(422);
    expect(body.errors?.map(({ field, code }) => [field, code])).toEqual([['history', 'unknown_value']]);
  });
});

describe('the requester', () => {
  it('CU-03 who is named again stays, with a notice and no new version', async () => {
    const record = await tenant.aCase();
    const change = { requesterId: 'person_pia' };
    const { status, body } = await tenant.administrator.patch<ChangedCase>(
      `/v1/cases/${record.id}`,
      change,
      record,
    );
    expect(status).toBe(200);
    expect(body).toMatchObject({
      version: record.version,
      updatedAt: record.updatedAt,
      requester: { id: 'person_pia' },
      ignored: [{ field: 'requesterId', code: 'already_requester' }],
    });
    const lines = await read<Page<TimelineEntry>>(mara, `/v1/cases/${record.id}/timeline?count=true`);
    expect(lines.total).toBe(1);
  });

  it('CU-03 who is named again keeps what else was asked from being lost', async () => {
    const record = await tenant.aCase();
    const { body } = await tenant.administrator.patch<ChangedCase>(
      `/v1/cases/${record.id}`,
      { requesterId: 'person_pia', priority: 'high' },
      record,
    );
    expect(body).toMatchObject({ priority: 'high', ignored: [{ code: 'already_requester' }] });
  });

  it('CU-03 becomes another person of the organisation, who has the case from then on', async () => {
    const record = await tenant.aCase();
    const { body } = await tenant.administrator.patch<ChangedCase>(
      `/v1/cases/${record.id}`,
      { requesterId: 'person_leo' },
      record,
    );
    expect(body).toMatchObject({ requester: { id: 'person_leo' } });
    expect(body).not.toHaveProperty('ignored');
    expect((await tenant.colleague.get(`/v1/cases/${record.id}`)).status).toBe(200);
    expect((await tenant.customer.get(`/v1/cases/${record.id}`)).status).toBe(404);
    const refused = await mara.patch(`/v1/cases/${record.id}`, { requesterId: 'person_pia' }, body);
    expect(refused).toMatchObject({ status: 403, body: { rule: 'requester.administrator' } });
  });
});
