import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import type { Database } from '../../server/engine/sql/database.js';
import { openApiDocument } from '../../server/openapi/document.js';
import type { Case } from '../../src/contract/cases.js';
import type { GrantsAnswer } from '../../src/contract/grants.js';
import type { Settings } from '../../src/contract/settings.js';
import {
  aNewCase,
  aNewNote,
  aTenant,
  createTestApp,
  type Caller,
  type TestApp,
  type TestTenant,
} from '../support/app.js';
import { openTestDatabase } from '../support/database.js';
import { readEvents, type EventReader } from '../support/event-reader.js';
import type { MadeUpRequest } from '../support/fuzz-requests.js';
import { allRights, anEntry, anInbox } from '../support/inbox-desk.js';
import { aProject } from '../support/projects.js';
import { soundRequests } from '../support/fuzz-sound.js';
import type { KnownValues } from '../support/fuzz-values.js';

/** Stands in everything the first tenant has for itself: must never be read in the second. */
const mark = 'alphasecret';

let testApp: TestApp;
let database: Database;
let alpha: TestTenant;
let beta: TestTenant;
/** Has the same id in both tenants. */
let twin: Case;
/** Exists in the first alone. */
let alone: Case;
let file: { readonly id: string };
let alphaKnown: KnownValues;

const document = openApiDocument();

beforeAll(async () => {
  database = await openTestDatabase();
  testApp = await createTestApp(database, { heartbeatMs: 50 });
  [alpha, beta] = [await aTenant(testApp), await aTenant(testApp)];
  twin = await alpha.aCase({ subject: `Twin of ${mark}`, description: mark, tags: [mark] });
  await alpha.aNote(twin.id, { text: mark });
  await copyTwin();

  await testApp.engine.seed(alpha.id, {
    organisations: [{ id: 'org_alpha', name: mark }],
    departments: [{ id: 'dept_alpha', name: mark }],
    customers: [{ id: 'cust_alpha', name: `Alpha ${mark}`, number: mark }],
    people: [{ id: 'person_alpha', name: `Ada ${mark}`, kind: 'agent', departments: ['dept_alpha'] }],
  });
  alone = await alpha.aCase({ subject: `Alone ${mark}`, customerId: 'cust_alpha', externalReference: mark });
  const note = await alpha.aNote(alone.id, { text: mark, visibility: 'public' });
  file = (await alpha.administrator.upload(`${mark}.txt`, mark)).body;
  const view = await alpha.administrator.post<{ id: string }>('/v1/views', {
    name: mark,
    visibility: { kind: 'roles', roles: ['system-administrator', 'customer-service'] },
  });
  const grants = await alpha.agent.post<GrantsAnswer>(`/v1/cases/${alone.id}/grants`, {
    grantees: [{ kind: 'customer', id: 'cust_harbour' }],
    includeHistory: true,
  });
  const project = await aProject(alpha.agent, { name: mark });
  const inbox = await anInbox(alpha, mark, { person_mara: allRights });
  const entry = await anEntry(alpha, inbox, { caseId: alone.id, message: mark });
  alphaKnown = {
    inboxesIds: [inbox.id],
    'inbox-entriesIds': [entry.id],
    inboxId: [inbox.id],
    notesIds: [note.id],
    projectsIds: [project.id],
    organisationsIds: ['org_alpha'],
    caseId: [alone.id],
    grantsIds: grants.body.items.map(({ id }) => id),
    viewsIds: [view.body.id],
    casesIds: [alone.id],
    closedId: [alone.id],
    attachmentsIds: [file.id],
    peopleIds: ['person_alpha'],
    customersIds: ['cust_alpha'],
    name: ['bill.pdf'],
  };
});
afterAll(() => testApp.dispose());

/** Gives the second tenant a case of its own under the very id a case of the first has. */
async function copyTwin(): Promise<void> {
  await sql`insert into cases select (jsonb_populate_record(c, jsonb_build_object(
      'tenant', ${beta.id}::text, 'subject', 'Twin of beta', 'description', 'beta', 'tags', '["beta"]'::jsonb,
      'search', array_to_tsvector(array['twin', 'of', 'beta'])::text))).*
    from cases c where c.tenant = ${alpha.id} and c.id = ${twin.id}`.execute(database.db);
  await sql`insert into counters (tenant, name, value) select ${beta.id}, name, value from counters
    where tenant = ${alpha.id}`.execute(database.db);
}

/** Everything the first tenant has, as its administrator reads it. */
async function allOfAlpha(): Promise<string> {
  const paths = [
    '/v1/cases?limit=100&count=true',
    '/v1/people?limit=100',
    '/v1/customers?limit=100',
    '/v1/settings',
    '/v1/settings/changes',
    '/v1/tags',
    '/v1/views',
    '/v1/projects',
    '/v1/inboxes',
    '/v1/inbox-entries',
    `/v1/cases/${twin.id}`,
    `/v1/cases/${twin.id}/timeline`,
    `/v1/cases/${alone.id}`,
    `/v1/cases/${alone.id}/notes`,
    `/v1/attachments/${file.id}`,
  ];
  const answers = await Promise.all(paths.map((path) => alpha.administrator.get(path)));
  expect(answers.map(({ status }) => status)).toEqual(paths.map(() => 200));
  return JSON.stringify(answers.map(({ body }) => body));
}

async function answerTo(
  request: MadeUpRequest,
  as: Caller,
  id: string,
): Promise<{ status: number; text: string }> {
  const headers = new Headers(request.headers.map(([name]): [string, string] => [name, crypto.randomUUID()]));
  if (request.version !== undefined) headers.set('if-match', '"1"');
  const type = request.operationId === 'uploadAttachment' ? 'application/octet-stream' : 'application/json';
  if (request.body) headers.set('content-type', type);
  const response = await as.raw(request.method, `${request.path.replace('{id}', id)}?${request.query}`, {
    headers,
    ...(request.body && { body: Buffer.from(request.body) }),
  });
  const text = await response.text();
  return { status: response.status, text: text.replace(/"requestId":"[^"]*"/, '"requestId":""') };
}

/** Creates cases until every reader has heard of one: a stream begins when it begins. */
async function writeUntilHeard(tenant: TestTenant, readers: readonly EventReader[]): Promise<string[]> {
  const ids: string[] = [];
  const write = async () => {
    ids.push((await tenant.aCase({ subject: tenant === alpha ? mark : 'Of beta' })).id);
    for (const { events } of readers) expect(events).not.toHaveLength(0);
  };
  await vi.waitFor(write, { timeout: 60_000, interval: 100 });
  return ids;
}

const byId = Object.entries(document.paths).flatMap(([path, methods]) =>
  path.includes('{id}') ? Object.values(methods).map(({ operationId }) => operationId) : [],
);

describe('two tenants', () => {
  it.each(byId)('answer %s for what the other has as for what is not there', async (operationId) => {
    const request = soundRequests(document, alphaKnown).find((one) => one.operationId === operationId);
    if (!request) throw new Error(`There is no sound request for ${operationId}.`);
    expect(request.id, 'an id of the first tenant').not.toBe('');
    const own = await answerTo(request, alpha.administrator, request.id);
    expect(own.status, 'the id is good where it belongs').not.toBe(404);
    for (const who of ['administrator', 'agent', 'customer'] as const) {
      const foreign = await answerTo(request, beta[who], request.id);
      const absent = await answerTo(request, beta[who], `${request.id.slice(0, -3)}abc`);
      expect(foreign).toEqual(absent);
      // IB-01: customers work no inboxes, whichever it is.
      const isTheirs = who !== 'customer' || !/inbox/i.test(operationId);
      expect(foreign.status).toBe(isTheirs ? 404 : 403);
    }
  });

  it('keep records of the same id apart: what one does to its own, the other’s does not feel', async () => {
    const before = await allOfAlpha();
    const { body: own } = await beta.administrator.get<Case>(`/v1/cases/${twin.id}`);
    expect(own).toMatchObject({ id: twin.id, number: twin.number, subject: 'Twin of beta' });
    const changed = await beta.agent.patch<Case>(
      `/v1/cases/${twin.id}`,
      { subject: 'Beta again' },
      { version: own.version },
    );
    expect(changed.status).toBe(200);
    await beta.aNote(twin.id, { text: 'Of beta', visibility: 'public' });
    const closing = { version: changed.body.version };
    const closed = await beta.agent.post<Case>(
      `/v1/cases/${twin.id}/close`,
      { reason: 'resolved', note: 'Done.' },
      closing,
    );
    expect(closed.status).toBe(200);
    const { body: timeline } = await beta.agent.get(`/v1/cases/${twin.id}/timeline?count=true`);
    const { body: notes } = await beta.customer.get(`/v1/cases/${twin.id}/notes?count=true`);
    expect(timeline).toMatchObject({ total: 3 });
    expect(notes).toMatchObject({ total: 1 });
    expect(JSON.stringify([timeline, notes, closed.body])).not.toContain(mark);
    expect(await allOfAlpha()).toBe(before);
  });

  it('never meet in lists, counts, searches and type-ahead', async () => {
    for (const who of ['administrator', 'agent', 'technician', 'customer', 'outsider'] as const) {
      for (const path of [
        '/v1/cases?limit=100&count=true',
        `/v1/cases?q=${mark}&count=true`,
        `/v1/cases?tag=${mark}&count=true`,
        '/v1/cases?assigneeId=person_alpha&count=true',
        '/v1/cases?sort=number&count=true',
        '/v1/people?limit=100&count=true',
        `/v1/people?q=${mark}&count=true`,
        '/v1/people?q=ada&count=true',
        '/v1/people?customerId=cust_alpha&count=true',
        '/v1/customers?limit=100&count=true',
        `/v1/customers?q=${mark}&count=true`,
        '/v1/views?count=true',
        '/v1/projects?count=true',
        '/v1/inboxes?count=true',
        '/v1/inbox-targets?count=true',
        '/v1/inbox-entries?count=true',
        '/v1/grants/candidates?kind=person&count=true',
        '/v1/tags',
        `/v1/tags?q=${mark.slice(0, 5)}`,
        '/v1/session',
        '/v1/settings',
        '/v1/settings/changes',
      ]) {
        const { status, body } = await beta[who].get<{ total?: number }>(path);
        expect([200, 403], `${who} ${path}`).toContain(status);
        expect(JSON.stringify(body), `${who} ${path}`).not.toContain(mark);
        if (status === 200 && /q=|tag=|_alpha/.test(path) && path.includes('count='))
          expect(body.total, `${who} ${path}`).toBe(0);
      }
    }
    const { body: filtered } = await alpha.administrator.get<{ total: number }>(
      `/v1/cases?q=${mark}&count=true`,
    );
    expect(filtered.total, 'the words are there to be found').toBe(2);
  });

  it('do not follow each other’s cursors, and answer a foreign customer as an absent one', async () => {
    const { body: page } = await alpha.administrator.get<{ next: string }>('/v1/cases?limit=1&sort=number');
    const { body } = await beta.administrator.get<{ items: Case[] }>(
      `/v1/cases?sort=number&cursor=${page.next}`,
    );
    expect(JSON.stringify(body)).not.toContain(mark);
    const answers = await Promise.all(
      ['cust_alpha', 'cust_absent'].map((id) => beta.administrator.get<object>(`/v1/cases?customerId=${id}`)),
    );
    expect(answers.map(({ status }) => status)).toEqual([404, 404]);
    const [foreign, absent] = answers.map(({ body: problem }) => ({ ...problem, requestId: '' }));
    expect(foreign).toEqual(absent);
  });

  it.each([
    ['customerId', () => 'cust_alpha', 'cust_absent'],
    ['requesterId', () => 'person_alpha', 'person_absent'],
    ['assigneeId', () => 'person_alpha', 'person_absent'],
    ['departmentId', () => 'dept_alpha', 'dept_absent'],
    ['attachmentIds', () => [file.id], ['file_absent']],
  ])('refuse the other’s %s in a body as one that is not there', async (field, foreign, absent) => {
    const answers = [];
    for (const value of [foreign(), absent]) {
      const { status, body } = await beta.administrator.post<object>(
        '/v1/cases',
        aNewCase({ [field]: value }),
      );
      expect(status).toBe(422);
      answers.push({ ...body, requestId: '' });
    }
    expect(answers[0]).toEqual(answers[1]);
  });

  it('take the other’s external references and keys as their own', async () => {
    const key = crypto.randomUUID();
    const body = aNewCase({ externalReference: `${key}-reference`, subject: 'The same in both' });
    const made = await Promise.all(
      [alpha, beta].map((tenant) => tenant.agent.post<Case>('/v1/cases', body, { key })),
    );
    expect(made.map(({ status }) => status)).toEqual([201, 201]);
    expect(made[0]?.body.id).not.toBe(made[1]?.body.id);
    const again = await Promise.all(
      [alpha, beta].map((tenant) => tenant.agent.post<Case>('/v1/cases', body, { key })),
    );
    expect(again.map(({ body: replay }) => replay.id)).toEqual(made.map(({ body: first }) => first.id));
    const other = await beta.agent.post('/v1/cases', { ...body, subject: 'Another' }, { key });
    expect(other.body).toMatchObject({ code: 'idempotency_key_reused' });
  });

  it('hear nothing of each other, from whatever position', async () => {
    const ofAlpha = await readEvents(alpha.administrator);
    const alphas = await writeUntilHeard(alpha, [ofAlpha]);
    const streams = [
      await readEvents(beta.administrator),
      await readEvents(beta.administrator, ofAlpha.events[0]?.id),
    ];
    await alpha.aNote(alphas[0] ?? '', { text: mark });
    const betas = await writeUntilHeard(beta, streams);
    for (const { events } of streams) {
      expect(betas).toEqual(expect.arrayContaining(events.map(({ event }) => event.caseId)));
    }
    for (const { event } of ofAlpha.events) expect(betas).not.toContain(event.caseId);
    for (const stream of [...streams, ofAlpha]) stream.leave();
  });

  it('change their settings each for themselves', async () => {
    const { body: before } = await beta.administrator.get<Settings>('/v1/settings');
    const { body: current } = await alpha.administrator.get<Settings>('/v1/settings');
    const change = { caseTypes: [{ id: mark, label: mark }], portalScope: 'none' };
    const changed = await alpha.administrator.patch('/v1/settings', change, { version: current.version });
    expect(changed.status).toBe(200);
    expect((await beta.administrator.get<Settings>('/v1/settings')).body).toEqual(before);
    expect((await beta.customer.get('/v1/cases')).status).toBe(200);
    const back = await alpha.administrator.get<Settings>('/v1/settings');
    const restored = { caseTypes: current.caseTypes, portalScope: current.portalScope };
    await alpha.administrator.patch('/v1/settings', restored, { version: back.body.version });
  });

  it('do not note on the other’s cases, even under an id that both have', async () => {
    const before = await alpha.administrator.get(`/v1/cases/${twin.id}/timeline?count=true`);
    const { status } = await beta.agent.post(`/v1/cases/${alone.id}/notes`, aNewNote());
    expect(status).toBe(404);
    const after = await alpha.administrator.get(`/v1/cases/${twin.id}/timeline?count=true`);
    expect(after.body).toEqual(before.body);
  });
});
