import { beforeAll, describe, expect, it, vi } from 'vitest';

import type { Case } from '../../src/contract/cases.js';
import type { Page } from '../../src/contract/common.js';
import type { Note, TimelineEntry } from '../../src/contract/notes.js';
import type { Problem } from '../../src/contract/problem.js';
import { aTenant, type Answer, type Caller, type TestTenant } from '../support/app.js';
import { readEvents } from '../support/event-reader.js';
import { aGrant, moreToShareWith, setSharing } from '../support/sharing.js';
import { theApp } from '../support/shared-app.js';

const NETWORK = { kind: 'department', id: 'dept_network' } as const;

let tenant: TestTenant;
let mara: Caller;
let yuki: Caller;

beforeAll(async () => {
  tenant = await aTenant(await theApp(), moreToShareWith);
  await setSharing(tenant, { departmentRoles: ['customer-service'] });
  ({ agent: mara, technician: yuki } = tenant);
});

function forward(
  by: Caller,
  caseId: string,
  body: object,
  key: string = crypto.randomUUID(),
): Promise<Answer<Note & Problem>> {
  return by.post(`/v1/cases/${caseId}/forward`, body, { key });
}

const asked = { to: 'person_tomas', text: 'Could you check the line?' };

async function notesOf(by: Caller, caseId: string): Promise<string[]> {
  const { body } = await by.get<Page<Note>>(`/v1/cases/${caseId}/notes`);
  return body.items.map(({ text }) => text);
}

describe('forwarding a case', () => {
  it('DE-07 writes an internal note and a line that names the agent, for agents alone', async () => {
    const record = await tenant.aCase();
    const { status, body } = await forward(mara, record.id, asked);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      caseId: record.id,
      visibility: 'internal',
      subject: null,
      text: 'Could you check the line?',
      by: { name: 'Mara Lindqvist' },
    });
    const { body: lines } = await mara.get<Page<TimelineEntry>>(`/v1/cases/${record.id}/timeline`);
    expect(lines.items[0]).toMatchObject({
      kind: 'forward',
      visibility: 'internal',
      text: 'Could you check the line?',
      changes: [{ field: 'forward', from: null, to: { id: 'person_tomas', name: 'Tomás Reyes' } }],
    });
    for (const path of ['', '/notes?count=true', '/timeline?count=true']) {
      const answer = await tenant.customer.get(`/v1/cases/${record.id}${path}`);
      expect(JSON.stringify(answer.body)).not.toMatch(/check the line|Reyes|"forward","by"/);
    }
    const own = await tenant.customer.get<Page<TimelineEntry>>(`/v1/cases/${record.id}/timeline?count=true`);
    expect(own.body).toMatchObject({ total: 1, items: [{ kind: 'creation' }] });
    const { body: unchanged } = await tenant.customer.get<Case>(`/v1/cases/${record.id}`);
    expect(unchanged).toMatchObject({ updatedAt: record.updatedAt, replyCount: 0 });
  });

  it('DE-07 takes the address of an agent, however it is written', async () => {
    const record = await tenant.aCase();
    await forward(mara, record.id, { ...asked, to: ' Tomas@Larkwell.example ' });
    const { body } = await mara.get<Page<TimelineEntry>>(`/v1/cases/${record.id}/timeline`);
    expect(body.items[0]?.changes).toMatchObject([{ to: { id: 'person_tomas' } }]);
  });

  it.each(['restricted', 'full'])(
    'DE-07 is for a department that has the case at level %s',
    async (level) => {
      const record = await tenant.aCase({ departmentId: 'dept_care' });
      await aGrant(mara, record.id, { ...NETWORK, level });
      const { body } = await yuki.get<Case>(`/v1/cases/${record.id}`);
      expect(body.permissions['forward']).toMatchObject({ allowed: true, rule: 'grant.department' });
      expect((await forward(yuki, record.id, asked)).status).toBe(201);
      expect(await notesOf(mara, record.id)).toEqual(['Could you check the line?']);
    },
  );

  it('DE-10 is refused to a department that has the case to read only, and to customers', async () => {
    const record = await tenant.aCase({ departmentId: 'dept_care' });
    await aGrant(mara, record.id, { ...NETWORK, level: 'read-only' });
    expect(await forward(yuki, record.id, asked)).toMatchObject({
      status: 403,
      body: { code: 'forbidden', rule: 'grant.level' },
    });
    expect(await forward(tenant.customer, record.id, asked)).toMatchObject({
      status: 403,
      body: { rule: 'customer.forward' },
    });
    expect((await forward(tenant.outsider, record.id, asked)).status).toBe(404);
    expect(await notesOf(mara, record.id)).toEqual([]);
  });

  it('DE-07 refuses an outside address, at every level, and writes nothing', async () => {
    const record = await tenant.aCase({ departmentId: 'dept_care' });
    await aGrant(mara, record.id, { ...NETWORK, level: 'restricted' });
    for (const by of [mara, yuki]) {
      // Customers are outside too, by their address and by their id.
      for (const to of ['somebody@elsewhere.example', 'pia@aldermill.example', 'person_pia']) {
        const { status, body } = await forward(by, record.id, { ...asked, to });
        expect(status).toBe(422);
        expect(body.errors).toMatchObject([{ field: 'to', code: 'external_recipient' }]);
      }
    }
    expect(await notesOf(mara, record.id)).toEqual([]);
  });

  it('DE-07 tells everything that is missing at once, and of agents there are not', async () => {
    const record = await tenant.aCase();
    const errorsOf = async (body: object) =>
      (await forward(mara, record.id, body)).body.errors?.map(({ field, code }) => [field, code]);
    expect(await errorsOf({})).toEqual([
      ['to', 'required'],
      ['text', 'required'],
    ]);
    expect(await errorsOf({ ...asked, to: 'person_nobody' })).toEqual([['to', 'not_found']]);
    expect(await errorsOf({ ...asked, text: 'x'.repeat(4001) })).toEqual([['text', 'too_long']]);
    const elsewhere = await aTenant(await theApp());
    expect(await forward(elsewhere.agent, record.id, asked)).toMatchObject({ status: 404 });
  });

  it('DE-07 gives nobody access, and tells who has none nothing', async () => {
    const record = await tenant.aCase({ departmentId: 'dept_care' });
    const [reader, colleague] = [await readEvents(yuki), await readEvents(tenant.otherAgent)];
    expect((await forward(mara, record.id, { ...asked, to: 'person_yuki' })).status).toBe(201);
    const other = await tenant.aCase({ departmentId: 'dept_network' });
    await vi.waitFor(() => {
      expect(colleague.events.map(({ event }) => event.kind)).toEqual(['note.created', 'case.forwarded']);
      expect(reader.events.map(({ event }) => event.caseId)).toEqual([other.id]);
    }, 60_000);
    for (const one of [reader, colleague]) one.leave();
    for (const path of ['', '/notes', '/timeline']) {
      expect((await yuki.get(`/v1/cases/${record.id}${path}`)).status).toBe(404);
    }
  });

  it('E-DUP DE-07 happens once for one key', async () => {
    const record = await tenant.aCase();
    const key = crypto.randomUUID();
    const [one, other] = [
      await forward(mara, record.id, asked, key),
      await forward(mara, record.id, asked, key),
    ];
    expect(other.body).toEqual(one.body);
    expect(await notesOf(mara, record.id)).toEqual([asked.text]);
  });

  it('DE-07 is refused on a closed case', async () => {
    const record = await tenant.aClosedCase();
    expect(await forward(mara, record.id, asked)).toMatchObject({
      status: 409,
      body: { code: 'case_closed' },
    });
  });
});
