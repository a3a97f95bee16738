import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createFolderStore } from '../../server/attachments/folder-store.js';
import type { Actor } from '../../server/backend.js';
import { clean } from '../../server/engine/maintenance.js';
import type { NewNote } from '../../src/contract/notes.js';
import type { TestEngine } from '../support/engine.js';
import { aSeededTenant, anActor, anEngine, createCase, reading, writing } from '../support/engine.js';

let world: TestEngine;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'casement-files-'));
  world = await anEngine({ attachments: createFolderStore(join(folder, 'attachments')) });
});

afterAll(async () => {
  await world.dispose();
  await rm(folder, { recursive: true, force: true });
});

function bytes(...parts: (string | Uint8Array<ArrayBuffer>)[]): ReadableStream<Uint8Array> {
  return new Blob(parts).stream();
}

/** Never ends; says how much of it was taken. */
function endless() {
  const taken = { bytes: 0, cancelled: false };
  const content = new ReadableStream<Uint8Array>({
    pull(controller) {
      taken.bytes += 65_536;
      controller.enqueue(new Uint8Array(65_536));
    },
    cancel() {
      taken.cancelled = true;
    },
  });
  return { content, taken };
}

function upload(actor: Actor, name = 'letter.pdf', content = bytes('hello'), key?: string) {
  return world.engine.uploadAttachment({ name, content }, writing(actor, key));
}

async function files(): Promise<string[]> {
  const entries = await readdir(join(folder, 'attachments'), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
}

describe('a quota for the files of a tenant', () => {
  it('E-LIMIT refuses what would make more, names it, and counts again what is given up', async () => {
    const attachments = createFolderStore(join(folder, 'quota'));
    const small = await anEngine({ attachments, attachmentQuota: 10 });
    try {
      const [one, other] = [await aSeededTenant(small.engine), await aSeededTenant(small.engine)];
      const send = (tenant: string, text: string) =>
        small.engine.uploadAttachment(
          { name: 'a.txt', content: bytes(text) },
          writing(anActor(tenant, 'agent')),
        );
      const refusal = { code: 'too_large', options: { limit: 10 } };
      await send(one, '123456');
      await expect(send(one, '12345')).rejects.toMatchObject(refusal);
      const both = await Promise.allSettled([send(one, '1234'), send(one, '1234')]);
      expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      await expect(send(one, '1')).rejects.toMatchObject(refusal);
      await send(other, '1234567890');
      const kept = await readdir(join(folder, 'quota'), { recursive: true, withFileTypes: true });
      expect(kept.filter((entry) => entry.isFile())).toHaveLength(3);
      const clock = () => new Date(Date.now() + 25 * 3_600_000);
      await clean({ db: small.database.db, attachments, wake: () => undefined, clock }, 48);
      await send(one, '1234567890');
    } finally {
      await small.dispose();
    }
  });
});

describe('attachments', () => {
  it('go in and come out again, byte for byte, under a name of ours', async () => {
    const actor = anActor(await aSeededTenant(world.engine), 'agent');
    const stored = await upload(actor, '..\\..\\etc/\u202Egpj.exe\u0007 my  scan .PDF', bytes('a', 'b', 'ç'));
    expect(stored).toMatchObject({ name: 'gpj.exe my scan .PDF', size: 4, mediaType: 'application/pdf' });
    const { content, attachment } = await world.engine.downloadAttachment(stored.id, reading(actor));
    expect(await new Response(content).text()).toBe('abç');
    expect(attachment).toEqual(stored);
    for (const name of await files()) expect(name).toMatch(/^file_[a-z0-9]{32}$/);
    expect(await readdir(join(folder, 'attachments'))).toEqual([actor.tenant]);
    expect((await stat(join(folder, 'attachments'))).mode & 0o777).toBe(0o700);
  });

  it.each(['run.exe', 'page.html', 'picture.svg', 'noending', '.pdf', 'a.pdf.js', '', '/'])(
    'refuse a file named %j',
    async (name) => {
      const actor = anActor(await aSeededTenant(world.engine), 'agent');
      await expect(upload(actor, name)).rejects.toMatchObject({
        code: 'validation_failed',
        options: { errors: [{ field: 'name', code: 'blocked_type' }] },
      });
    },
  );

  it('E-LIMIT stops reading at the limit and keeps nothing', async () => {
    const actor = anActor(await aSeededTenant(world.engine), 'agent');
    const before = await files();
    const { content, taken } = endless();
    await expect(upload(actor, 'big.zip', content)).rejects.toMatchObject({
      code: 'too_large',
      options: { limit: 10 * 1024 * 1024 },
    });
    expect(taken.cancelled).toBe(true);
    expect(taken.bytes).toBeLessThan(11 * 1024 * 1024);
    expect(await files()).toEqual(before);
  });

  it('keep nothing of an upload that breaks off', async () => {
    const actor = anActor(await aSeededTenant(world.engine), 'agent');
    const before = await files();
    let started = false;
    const content = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (started) return controller.error(new Error('The connection was lost.'));
        started = true;
        controller.enqueue(new Uint8Array(10));
      },
    });
    await expect(upload(actor, 'part.txt', content)).rejects.toThrow();
    expect(await files()).toEqual(before);
  });

  it('E-DUP answer a repeated upload with the first file', async () => {
    const actor = anActor(await aSeededTenant(world.engine), 'agent');
    const before = (await files()).length;
    const first = await upload(actor, 'a.txt', bytes('x'), 'again');
    expect(await upload(actor, 'a.txt', bytes('x'), 'again')).toEqual(first);
    const both = await Promise.all([1, 2].map(() => upload(actor, 'b.txt', bytes('y'), 'at-once')));
    expect(both[0]).toEqual(both[1]);
    expect(await files()).toHaveLength(before + 2);
  });

  it('are the uploader’s alone until a note names them, and then stand there for good', async () => {
    const { engine } = world;
    const tenant = await aSeededTenant(engine);
    const [agent, other] = [anActor(tenant, 'agent'), anActor(tenant, 'administrator')];
    const [one, two] = [await createCase(engine, agent), await createCase(engine, agent)];
    const file = await upload(agent);
    await expect(engine.getAttachment(file.id, reading(other))).rejects.toMatchObject({ code: 'not_found' });
    const note: NewNote = {
      visibility: 'internal',
      subject: 'follow-up',
      text: 'See file.',
      attachmentIds: [file.id],
    };
    await expect(engine.createNote(one.id, note, writing(other))).rejects.toMatchObject({
      options: { errors: [{ field: 'attachmentIds.0', code: 'not_found' }] },
    });
    const written = await engine.createNote(one.id, note, writing(agent));
    expect(written.attachments).toEqual([file]);
    expect(await engine.getAttachment(file.id, reading(other))).toEqual(file);
    await expect(engine.createNote(two.id, note, writing(agent))).rejects.toMatchObject({
      options: { errors: [{ field: 'attachmentIds.0', code: 'not_found' }] },
    });
    const customer = anActor(tenant, 'customer');
    expect((await engine.getCase(one.id, reading(customer))).id).toBe(one.id);
    await expect(engine.getAttachment(file.id, reading(customer))).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(engine.downloadAttachment(file.id, reading(customer))).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('come with a new case, on its first line', async () => {
    const { engine } = world;
    const tenant = await aSeededTenant(engine);
    const customer = anActor(tenant, 'customer');
    const file = await upload(customer, 'bill.png');
    const { id } = await createCase(engine, customer, { attachmentIds: [file.id] });
    const { items } = await engine.listTimeline(id, {}, reading(customer));
    expect(items).toMatchObject([{ kind: 'creation', attachments: [file] }]);
    expect(await engine.getAttachment(file.id, reading(anActor(tenant, 'agent')))).toEqual(file);
  });

  it('take at most ten to a note', async () => {
    const { engine } = world;
    const agent = anActor(await aSeededTenant(engine), 'agent');
    const { id } = await createCase(engine, agent);
    const attachmentIds = Array.from({ length: 11 }, (_, index) => `file_${index}`);
    await expect(
      engine.createNote(
        id,
        { visibility: 'internal', subject: 'follow-up', text: 'Many.', attachmentIds },
        writing(agent),
      ),
    ).rejects.toMatchObject({
      options: { errors: [{ field: 'attachmentIds', code: 'too_many', limit: 10 }] },
    });
  });

  it('are forgotten after a day when no note named them', async () => {
    const { engine, database } = world;
    const agent = anActor(await aSeededTenant(engine), 'agent');
    const file = await upload(agent);
    const later = (hours: number) => () => new Date(Date.now() + hours * 3_600_000);
    const attachments = createFolderStore(join(folder, 'attachments'));
    const context = { db: database.db, attachments, wake: () => undefined };
    await clean({ ...context, clock: later(23) }, 24);
    expect(await engine.getAttachment(file.id, reading(agent))).toEqual(file);
    await clean({ ...context, clock: later(25) }, 48);
    await expect(engine.getAttachment(file.id, reading(agent))).rejects.toMatchObject({ code: 'not_found' });
  });
});
