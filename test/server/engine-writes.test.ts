import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';

import type { BackendError } from '../../server/backend-error.js';
import type { TestEngine } from '../support/engine.js';
import {
  aCaseInput,
  aSeededTenant,
  anActor,
  changing,
  createCase,
  reading,
  theEngine,
  writing,
} from '../support/engine.js';

let world: TestEngine;

beforeAll(async () => {
  world = await theEngine();
});

const closure = { reason: 'resolved', note: 'Returned the debit.' };

describe('writes at the same time', () => {
  it('CC-29 E-DUP makes one case of twenty creates with one key', async () => {
    const { engine } = world;
    const actor = anActor(await aSeededTenant(engine), 'agent');
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => engine.createCase(aCaseInput(), writing(actor, 'pressed-often'))),
    );
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect((await engine.listCases({ count: 'true' }, reading(actor))).total).toBe(1);
  });

  it('gives every case a number of its own, without gaps', async () => {
    const { engine } = world;
    const actor = anActor(await aSeededTenant(engine), 'agent');
    const cases = await Promise.all(Array.from({ length: 12 }, () => createCase(engine, actor)));
    const numbers = cases.map(({ number }) => number).sort((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: 12 }, (_, index) => 1001 + index));
  });

  it('CC-38 lets one of many closes win and tells the others who it was', async () => {
    const { engine } = world;
    const tenant = await aSeededTenant(engine);
    const { id, version } = await createCase(engine, anActor(tenant, 'agent'));
    const closers = ['agent', 'otherAgent', 'administrator', 'technician'] as const;
    const outcomes = await Promise.allSettled(
      closers.map((who) => engine.closeCase(id, closure, changing(anActor(tenant, who), version))),
    );
    const won = outcomes.filter((outcome) => outcome.status === 'fulfilled');
    expect(won).toHaveLength(1);
    const { value } = won[0] as PromiseFulfilledResult<Awaited<ReturnType<typeof engine.closeCase>>>;
    for (const outcome of outcomes) {
      if (outcome.status === 'fulfilled') continue;
      const { code, options } = outcome.reason as BackendError;
      expect(code).toBe('case_closed');
      expect(options.by).toEqual({ id: value.closure?.by?.id, name: value.closure?.by?.name });
      expect(options.at).toBe(value.closure?.at);
      expect(options.current).toMatchObject({ id, status: 'closed', closure: { note: closure.note } });
    }
    const notes = await engine.listNotes(id, {}, reading(anActor(tenant, 'agent')));
    expect(notes.items).toHaveLength(1);
  });

  it('CC-50 lets one of two edits of one version win, and notes disturb neither', async () => {
    const { engine } = world;
    const tenant = await aSeededTenant(engine);
    const [mara, tomas] = [anActor(tenant, 'agent'), anActor(tenant, 'otherAgent')];
    const { id, version } = await createCase(engine, mara);
    await engine.createNote(
      id,
      { visibility: 'internal', subject: 'follow-up', text: 'Called.' },
      writing(mara),
    );
    const edited = await engine.updateCase(id, { subject: 'Mine' }, { actor: mara, version });
    expect(edited.version).not.toBe(version);
    await expect(
      engine.updateCase(id, { subject: 'Theirs' }, { actor: tomas, version }),
    ).rejects.toMatchObject({
      code: 'version_conflict',
      options: {
        by: { id: mara.id, name: mara.name },
        current: { subject: 'Mine', version: edited.version },
      },
    });
  });
});

describe('history', () => {
  it('cannot be changed or removed, not even in the database', async () => {
    const { engine, database } = world;
    const tenant = await aSeededTenant(engine);
    await createCase(engine, anActor(tenant, 'agent'));
    const { db } = database;
    await expect(
      db.updateTable('history').set({ reason: 'other' }).where('tenant', '=', tenant).execute(),
    ).rejects.toThrow('append-only');
    await expect(db.deleteFrom('history').where('tenant', '=', tenant).execute()).rejects.toThrow(
      'append-only',
    );
    for (const table of ['history', 'settings_history']) {
      await expect(sql`truncate ${sql.table(table)}`.execute(db)).rejects.toThrow('append-only');
    }
  });

  it('CC-24, CC-46 keeps every step, with what each field was and became', async () => {
    const { engine } = world;
    const tenant = await aSeededTenant(engine);
    const actor = anActor(tenant, 'agent');
    const created = await createCase(engine, actor, { tags: ['a'] });
    const edited = await engine.updateCase(
      created.id,
      { subject: 'New words', assigneeId: 'person_tomas', departmentId: 'dept_care', tags: ['a', 'b'] },
      { actor, version: created.version },
    );
    const closed = await engine.closeCase(created.id, closure, changing(actor, edited.version));
    expect(closed).toMatchObject({ status: 'closed', closure: { reason: 'resolved', note: closure.note } });
    const reopening = { reason: 'not-solved', note: 'Again.' };
    const open = await engine.reopenCase(created.id, reopening, changing(actor, closed.version));
    expect(open).toMatchObject({
      status: 'open',
      closure: null,
      reopening: { reason: 'not-solved', note: 'Again.' },
    });
    const { items } = await engine.listTimeline(created.id, { order: 'asc' }, reading(actor));
    expect(items.map(({ kind }) => kind)).toEqual(['creation', 'change', 'closure', 'reopening']);
    expect(items[1]?.changes).toEqual([
      { field: 'subject', from: created.subject, to: 'New words' },
      { field: 'tags', from: ['a'], to: ['a', 'b'] },
      { field: 'department', from: null, to: { id: 'dept_care', name: 'Customer Care' } },
      { field: 'assignee', from: null, to: { id: 'person_tomas', name: 'Tomás Reyes' } },
    ]);
    expect(items[2]).toMatchObject({ reason: 'resolved', text: closure.note, by: { id: actor.id } });
  });

  it('CC-51 an edit that changes nothing leaves no trace', async () => {
    const { engine } = world;
    const actor = anActor(await aSeededTenant(engine), 'agent');
    const { id, version, subject, updatedAt } = await createCase(engine, actor);
    const same = await engine.updateCase(id, { subject, tags: [] }, { actor, version });
    expect(same).toMatchObject({ version, updatedAt });
    expect((await engine.listTimeline(id, {}, reading(actor))).items).toHaveLength(1);
  });

  it('goes page by page in both orders, each line once', async () => {
    const { engine } = world;
    const at = '2025-03-01T10:00:00Z';
    const tenant = await aSeededTenant(engine);
    await engine.seed(tenant, {
      cases: [
        {
          externalReference: 'R-1',
          customerId: 'cust_aldermill',
          subject: 'Busy',
          description: 'Much to say.',
          createdAt: at,
          entries: Array.from({ length: 9 }, (_, index) => ({
            kind: 'note' as const,
            by: 'person_mara',
            at,
            text: `Note ${index}`,
          })),
        },
      ],
    });
    const actor = anActor(tenant, 'agent');
    const [found] = (await engine.listCases({}, reading(actor))).items;
    for (const order of ['asc', 'desc'] as const) {
      const texts: (string | undefined)[] = [];
      let cursor: string | null | undefined;
      do {
        const page = await engine.listTimeline(
          found?.id ?? '',
          { order, limit: 3, count: 'true', ...(cursor && { cursor }) },
          reading(actor),
        );
        expect(page.total).toBe(10);
        texts.push(...page.items.map(({ text }) => text));
        cursor = page.next;
      } while (cursor);
      const expected = [undefined, ...Array.from({ length: 9 }, (_, index) => `Note ${index}`)];
      expect(texts).toEqual(order === 'asc' ? expected : expected.reverse());
    }
  });
});

describe('input', () => {
  it('CC-27, CC-30 tells every bad field at once and saves nothing', async () => {
    const { engine } = world;
    const actor = anActor(await aSeededTenant(engine), 'agent');
    const input = {
      customerId: 'cust_nobody',
      subject: 'Two\nlines',
      description: '  ',
      type: 'unheard-of',
      deadline: '0000-01-01',
      tags: ['x'.repeat(51)],
      assigneeId: 'person_pia',
      departmentId: 'dept_nowhere',
      attachmentIds: ['file_nowhere'],
      close: {},
    };
    const error = (await engine
      .createCase(input, writing(actor))
      .catch((caught: unknown) => caught)) as BackendError;
    expect(error.code).toBe('validation_failed');
    expect(Object.fromEntries((error.options.errors ?? []).map(({ field, code }) => [field, code]))).toEqual({
      customerId: 'not_found',
      subject: 'invalid',
      description: 'required',
      type: 'unknown_value',
      contactMethod: 'required',
      deadline: 'not_a_date',
      'tags.0': 'too_long',
      assigneeId: 'invalid',
      departmentId: 'not_found',
      'attachmentIds.0': 'not_found',
      'close.reason': 'required',
      'close.note': 'required',
    });
    expect((await engine.listCases({ count: 'true' }, reading(actor))).total).toBe(0);
  });

  it('CC-28 takes the default priority unless it is retired, and keeps a retired value on edit', async () => {
    const { engine } = world;
    const tenant = await aSeededTenant(engine);
    const [actor, administrator] = [anActor(tenant, 'agent'), anActor(tenant, 'administrator')];
    const first = await createCase(engine, actor);
    expect(first).toMatchObject({ priority: 'normal', initialPriority: 'normal' });
    const settings = await engine.getSettings(reading(administrator));
    const retire = <T extends { id: string }>(list: T[], id: string) =>
      list.map((choice) => (choice.id === id ? { ...choice, retired: true } : choice));
    await engine.updateSettings(
      { priorities: retire(settings.priorities, 'normal'), caseTypes: retire(settings.caseTypes, 'billing') },
      { actor: administrator, version: settings.version },
    );
    expect(await createCase(engine, actor, { type: 'technical' })).toMatchObject({ priority: null });
    await expect(createCase(engine, actor)).rejects.toMatchObject({
      options: { errors: [{ field: 'type', code: 'retired_value' }] },
    });
    const kept = await engine.updateCase(
      first.id,
      { type: 'billing', priority: 'normal', subject: 'Kept' },
      { actor, version: first.version },
    );
    expect(kept).toMatchObject({ type: 'billing', priority: 'normal', subject: 'Kept' });
  });

  it('keeps two cases from one external reference', async () => {
    const { engine } = world;
    const actor = anActor(await aSeededTenant(engine), 'agent');
    const outcomes = await Promise.allSettled(
      [1, 2, 3].map(() => createCase(engine, actor, { externalReference: 'X-1' })),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') {
        expect(outcome.reason).toMatchObject({ options: { errors: [{ field: 'externalReference' }] } });
      }
    }
  });

  it('refuses customers what is the agents’, by rule', async () => {
    const { engine } = world;
    const tenant = await aSeededTenant(engine);
    const customer = anActor(tenant, 'customer');
    const own = await engine.createCase(aCaseInput(), writing(customer));
    expect(own).toMatchObject({ requester: { id: customer.id }, createdBy: { id: customer.id } });
    for (const [change, rule] of [
      [{ customerId: 'cust_quist' }, 'cases.own-customer'],
      [{ assigneeId: 'person_mara' }, 'customer.assign'],
      [{ close: closure }, 'customer.status'],
      [{ requesterId: 'person_leo' }, 'customer.requester'],
    ] as const) {
      await expect(createCase(engine, customer, change)).rejects.toMatchObject({
        code: 'forbidden',
        options: { rule },
      });
    }
    await expect(
      engine.createNote(own.id, { visibility: 'internal', text: 'Psst.' }, writing(customer)),
    ).rejects.toMatchObject({ code: 'forbidden', options: { rule: 'customer.internal-notes' } });
  });
});

describe('what customers read', () => {
  it('CO-19 has no internal note, no line about one, and no closing words meant for agents', async () => {
    const { engine } = world;
    const tenant = await aSeededTenant(engine);
    const [agent, customer] = [anActor(tenant, 'agent'), anActor(tenant, 'customer')];
    const { id, version } = await createCase(engine, agent);
    const note = { subject: 'follow-up', text: 'SECRET' };
    await engine.createNote(id, { visibility: 'internal', ...note }, writing(agent));
    await engine.createNote(
      id,
      { visibility: 'public', subject: 'follow-up', text: 'Hello' },
      writing(agent),
    );
    await engine.closeCase(id, { reason: 'resolved', note: 'SECRET' }, changing(agent, version));
    const read = await Promise.all([
      engine.getCase(id, reading(customer)),
      engine.listNotes(id, { count: 'true' }, reading(customer)),
      engine.listTimeline(id, { count: 'true' }, reading(customer)),
      engine.listCases({}, reading(customer)),
    ]);
    expect(JSON.stringify(read)).not.toContain('SECRET');
    expect(read[0]).toMatchObject({ replyCount: 1, closure: { reason: 'resolved' } });
    expect(read[1]).toMatchObject({ total: 1, items: [{ text: 'Hello' }] });
    expect(read[2].items.map(({ kind }) => kind)).toEqual(['closure', 'note', 'creation']);
    expect(read[2].total).toBe(3);
    const support = await engine.getPerson(agent.id, reading(customer));
    expect(support).toEqual({ id: agent.id, name: agent.name, kind: 'agent' });
  });

  it('decision 4 reopens a closed case by their reply only when the settings say so', async () => {
    const { engine } = world;
    const tenant = await aSeededTenant(engine);
    const [agent, customer] = [anActor(tenant, 'agent'), anActor(tenant, 'customer')];
    const administrator = anActor(tenant, 'administrator');
    const { id, version } = await createCase(engine, agent);
    await engine.closeCase(id, closure, changing(agent, version));
    const reply = { visibility: 'public', text: 'It is not solved.' } as const;
    await expect(engine.createNote(id, reply, writing(customer))).rejects.toMatchObject({
      code: 'case_closed',
      options: { by: { id: agent.id } },
    });
    const settings = await engine.getSettings(reading(administrator));
    await engine.updateSettings(
      { reopenOnCustomerReply: true },
      { actor: administrator, version: settings.version },
    );
    await engine.createNote(id, reply, writing(customer));
    expect(await engine.getCase(id, reading(agent))).toMatchObject({
      status: 'open',
      reopening: { by: { id: customer.id } },
    });
  });
});
