import { describe, expect, it } from 'vitest';

import {
  ConflictError,
  ForbiddenError,
  NotFoundError,
  ValidationError,
  createCaseClient,
  type NewCase,
  type NewNote,
} from '../../src/index.js';
import { routes } from '../../src/contract/routes.js';
import { aClosure, aNewCase, aNewNote, aReopening } from '../support/app.js';
import { sampleCustomers } from '../support/sample-tenant.js';
import { aWorld } from './world.js';

const newCase = aNewCase() as unknown as NewCase;
const newNote = aNewNote() as unknown as NewNote;

describe('cases', () => {
  it('CC-29 CC-50 CC-42 CC-46 are created, changed, closed and reopened', async () => {
    const { client } = (await aWorld()).clientOf('agent');
    const created = await client.cases.create(newCase);
    const changed = await client.cases.update(created.id, { priority: 'high' }, created);
    const closed = await client.cases.close(created.id, aClosure(), changed);
    const reopened = await client.cases.reopen(created.id, aReopening(), closed);
    expect([created.status, changed.priority, closed.status, reopened.status]).toEqual([
      'open',
      'high',
      'closed',
      'open',
    ]);
    expect(await client.cases.get(created.id)).toEqual(reopened);
    const { items } = await client.cases.timeline(created.id, { order: 'asc' });
    expect(items.map(({ kind }) => kind)).toEqual(['creation', 'change', 'closure', 'reopening']);
  });

  it('are read to the end, page after page, and no further than wanted', async () => {
    const { tenant, clientOf } = await aWorld();
    for (let index = 0; index < 7; index++) await tenant.aCase({ subject: `Case ${index}` });
    const { client, asked } = clientOf('agent');
    const subjects: string[] = [];
    for await (const { subject } of client.cases.listAll({ limit: 3, sort: 'number' }))
      subjects.push(subject);
    expect(subjects).toEqual([0, 1, 2, 3, 4, 5, 6].map((index) => `Case ${index}`));
    expect(asked).toHaveLength(3);

    asked.length = 0;
    for await (const { subject } of client.cases.listAll({ limit: 3 })) if (subject) break;
    expect(asked).toHaveLength(1);
  });

  it('are counted when asked', async () => {
    const { tenant, clientOf } = await aWorld();
    await tenant.aCase();
    await tenant.aClosedCase();
    const { client } = clientOf('agent');
    expect(await client.cases.list({ status: 'open', count: true })).toMatchObject({ next: null, total: 1 });
    expect((await client.cases.list({ status: ['open', 'closed'], count: true })).total).toBe(2);
  });

  it('CC-27 are refused with every missing field at once', async () => {
    const { client } = (await aWorld()).clientOf('agent');
    const error = await client.cases
      .create({ customerId: sampleCustomers.aldermill })
      .catch((error: unknown) => error);
    expect(error).toBeInstanceOf(ValidationError);
    expect((error as ValidationError).errors.map(({ field }) => field).sort()).toEqual([
      'contactMethod',
      'description',
      'subject',
      'type',
    ]);
  });

  it('CC-50 are not overwritten when they have moved: the error carries the case as it stands', async () => {
    const { tenant, clientOf } = await aWorld();
    const read = await tenant.aCase();
    const { client } = clientOf('agent');
    const moved = await clientOf('otherAgent').client.cases.update(read.id, { priority: 'low' }, read);
    const error = await client.cases
      .update(read.id, { priority: 'high' }, read)
      .catch((error: unknown) => error);
    expect(error).toBeInstanceOf(ConflictError);
    expect(error).toMatchObject({
      code: 'version_conflict',
      by: { name: 'Tomás Reyes' },
      current: { version: moved.version, priority: 'low' },
    });
  });

  it('CC-01 are refused to other roles, by rule; CC-15 hidden ones are not found', async () => {
    const { tenant, clientOf } = await aWorld();
    const { id } = await tenant.aCase();
    await expect(clientOf('finance').client.cases.list()).rejects.toBeInstanceOf(ForbiddenError);
    await expect(clientOf('finance').client.cases.list()).rejects.toMatchObject({ rule: 'cases.role' });
    await expect(clientOf('outsider').client.cases.get(id)).rejects.toBeInstanceOf(NotFoundError);
  });
});

describe('notes', () => {
  it('E-DUP whose answer was lost are sent again with their key and exist once', async () => {
    const { tenant, clientOf } = await aWorld();
    const { id } = await tenant.aCase();
    let lost = 0;
    const { client, asked } = clientOf('agent', async (request) => {
      const response = await fetch(request);
      if (request.method !== 'POST' || lost++ > 0) return response;
      await response.text();
      throw new TypeError('the connection broke before the answer arrived');
    });
    const note = await client.notes.create(id, newNote);
    expect(asked.filter((request) => request.startsWith('POST'))).toHaveLength(2);
    expect((await client.notes.list(id)).items).toEqual([note]);
  });

  it('carry files', async () => {
    const { tenant, clientOf } = await aWorld();
    const { id } = await tenant.aCase();
    const { client } = clientOf('agent');
    const progress: number[] = [];
    const stored = await client.attachments.upload(new Blob(['paid on 3 February']), {
      name: 'Quittung Nº 7.txt',
      onProgress: ({ loaded, total }) => progress.push(loaded / total),
    });
    const streamed = await client.attachments.upload(new Blob(['from a stream']).stream(), { name: 'b.txt' });
    const note = await client.notes.create(id, { ...newNote, attachmentIds: [stored.id, streamed.id] });
    expect(note.attachments.map(({ name, size }) => [name, size])).toEqual([
      ['Quittung Nº 7.txt', 18],
      ['b.txt', 13],
    ]);
    expect(progress).toEqual([0, 1]);
    expect(await client.attachments.get(stored.id)).toEqual(stored);
    expect(await (await client.attachments.download(stored.id)).text()).toBe('paid on 3 February');
  });
});

describe('the rest', () => {
  it('tells who is signed in, who is there, and changes the settings', async () => {
    const { clientOf } = await aWorld();
    const { client } = clientOf('administrator');
    expect((await client.session.get()).actor.name).toBe('Iris Vahl');
    const { items } = await client.people.list({ q: 'mar', kind: 'agent' });
    expect(items.map(({ name }) => name)).toEqual(['Mara Lindqvist']);
    expect((await client.people.get(items[0]!.id)).name).toBe('Mara Lindqvist');
    const names: string[] = [];
    for await (const { name } of client.customers.listAll({ limit: 1 })) names.push(name);
    expect(names.sort()).toEqual(['Aldermill Bakery', 'Harbour Dental', 'Quist & Daughters']);
    expect((await client.customers.get(sampleCustomers.quist)).number).toBe('A-1077');
    const settings = await client.settings.get();
    const changed = await client.settings.update({ reopenOnCustomerReply: true }, settings);
    expect(changed.reopenOnCustomerReply).toBe(true);
    await expect(client.settings.update({}, settings)).rejects.toBeInstanceOf(ConflictError);
  });

  it('has a call for every route of the contract', async () => {
    const asked = new Set<string>();
    const client = createCaseClient({
      getToken: () => 'token',
      fetch: (request) => {
        asked.add(`${request.method} ${new URL(request.url).pathname.replace('{id}', 'x')}`);
        return Response.json({ title: 'No', status: 404 }, { status: 404 });
      },
    });
    const guard = { version: '1' };
    const stop = client.events.subscribe(() => {});
    await Promise.allSettled([
      client.session.get(),
      client.cases.list(),
      client.cases.create(newCase),
      client.cases.get('x'),
      client.cases.update('x', {}, guard),
      client.cases.close('x', {}, guard),
      client.cases.reopen('x', {}, guard),
      client.cases.timeline('x'),
      client.notes.list('x'),
      client.notes.create('x', newNote),
      client.attachments.upload(new Blob(), { name: 'a.txt' }),
      client.attachments.get('x'),
      client.attachments.download('x'),
      client.people.list(),
      client.people.get('x'),
      client.customers.list(),
      client.customers.get('x'),
      client.settings.get(),
      client.settings.update({}, guard),
      client.settings.changes(),
      client.cases.bulk({ action: 'close', cases: [{ id: 'x' }] }),
      client.cases.export(),
      client.tags.list(),
      client.grants.list('x'),
      client.grants.add('x', { grantees: [{ kind: 'person', id: 'y' }] }),
      client.grants.update('x', {}, guard),
      client.grants.remove('x'),
      client.grants.candidates({ kind: 'person' }),
      client.grants.preview({ caseId: 'x', kind: 'person', id: 'y' }),
      client.receipts.list('x'),
      client.receipts.record('x'),
      client.cases.forward('x', { to: 'y', text: 'z' }),
      client.notices.get('x'),
      client.notices.set('x', { replies: true }),
      client.notices.delivery('x'),
      client.notices.retry('x'),
      client.projects.list(),
      client.projects.get('x'),
      client.projects.create({ name: 'Fibre' }),
      client.projects.update('x', {}, guard),
      client.projects.grants('x'),
      client.projects.share('x', { grantees: [{ kind: 'customer', id: 'y' }] }),
      client.projects.messages('x'),
      client.projects.post('x', { text: 'Hello.' }),
      client.projects.sharedWith({ kind: 'customer', id: 'x' }),
      client.projects.sharedWith({ kind: 'organisation', id: 'x' }),
      client.inboxes.list(),
      client.inboxes.get('x'),
      client.inboxes.create({ name: 'Finance' }),
      client.inboxes.update('x', {}, guard),
      client.inboxes.targets(),
      client.inboxEntries.list(),
      client.inboxEntries.get('x'),
      client.inboxEntries.create({ caseId: 'x', inboxId: 'y' }),
      client.inboxEntries.take('x'),
      client.inboxEntries.release('x'),
      client.inboxEntries.assign('x', { personId: 'y' }),
      client.inboxEntries.complete('x'),
      client.inboxEntries.cancel('x'),
      client.inboxEntries.forward('x', { inboxId: 'y', message: 'z' }),
      client.inboxEntries.undo('x'),
      client.views.list(),
      client.views.get('x'),
      client.views.create({ name: 'Mine', filters: {}, visibility: { kind: 'private' } }),
      client.views.update('x', {}, guard),
      client.views.delete('x', guard),
    ]);
    stop();
    client.dispose();
    expect([...asked].sort()).toEqual(
      Object.values(routes)
        .map(({ method, path }) => `${method} ${path.replace('{id}', 'x')}`)
        .sort(),
    );
  });
});
