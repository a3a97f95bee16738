import { createHash, randomBytes } from 'node:crypto';
import { request } from 'node:http';

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { createApp } from '../../server/app.js';
import { AttachmentStoreUnavailable, AttachmentTooLarge } from '../../server/attachments/store.js';
import { BackendError } from '../../server/backend-error.js';
import { clean } from '../../server/engine/maintenance.js';
import { jwtAuthenticator } from '../../server/middleware/authenticate.js';
import type { Note } from '../../src/contract/notes.js';
import type { Problem } from '../../src/contract/problem.js';
import { aNewNote, aTenant, Caller, listen, testSecret, type TestTenant } from '../support/app.js';
import { testStores, type TestStore } from '../support/attachment-stores.js';
import { anEngine, type TestEngine } from '../support/engine.js';

const MiB = 1024 * 1024;
const limit = 10 * MiB;

function chunks(...sizes: number[]): ReadableStream<Uint8Array> {
  const left = [...sizes];
  return new ReadableStream({
    pull(controller) {
      const size = left.shift();
      if (size === undefined) controller.close();
      else controller.enqueue(new Uint8Array(size));
    },
  });
}

const sizes = (total: number, each = 64 * 1024) =>
  Array.from({ length: Math.ceil(total / each) }, () => each);

describe.each(['folder', 's3'] as const)('attachments in the %s store', (kind) => {
  let files: TestStore;
  let world: TestEngine;
  let server: Awaited<ReturnType<typeof listen>>;
  let tenant: TestTenant;

  beforeAll(async () => {
    files = await testStores[kind]();
    world = await anEngine({ attachments: files.store });
    const { engine } = world;
    const app = createApp({ backend: engine, authenticate: jwtAuthenticator({ secret: testSecret }) });
    server = await listen(app);
    tenant = await aTenant({ app, engine });
  });

  afterAll(async () => {
    await server.close();
    await world.dispose();
    await files.dispose();
  });

  /** The same person over a real connection. */
  const online = ({ token }: Caller) =>
    new Caller(
      (asked) => fetch(new Request(asked.url.replace('http://test.local', server.url), asked)),
      token,
    );

  it.each([0, 1, 5 * MiB, 5 * MiB + 1, limit])('gives %i bytes back as they came', async (size) => {
    const sent = randomBytes(size);
    const agent = online(tenant.agent);
    const { status, body } = await agent.upload('photo.png', sent);
    expect(status).toBe(201);
    expect(body).toMatchObject({ name: 'photo.png', size });
    const download = await agent.raw('GET', `/v1/attachments/${body.id}/content`);
    expect(download.headers.get('content-length')).toBe(String(size));
    const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
    expect(digest(new Uint8Array(await download.arrayBuffer()))).toBe(digest(sent));
  });

  it('shows a file to whoever sees its note, and to nobody else', async () => {
    const { body: file } = await online(tenant.agent).upload('letter.txt', 'Dear Pia');
    const { id } = await tenant.aCase({ requesterId: 'person_pia' });
    const { body: note } = await tenant.agent.post<Note>(
      `/v1/cases/${id}/notes`,
      aNewNote({ visibility: 'public', attachmentIds: [file.id] }),
    );
    expect(note.attachments).toEqual([file]);
    const path = `/v1/attachments/${file.id}/content`;
    expect(await (await online(tenant.customer).raw('GET', path)).text()).toBe('Dear Pia');
    expect((await online(tenant.outsider).get(path)).status).toBe(404);
    const other = await aTenant({ app: appOf(world), engine: world.engine });
    expect((await online(other.agent).get(path)).status).toBe(404);
  });

  it('keeps files under the tenant and a name of ours', async () => {
    await online(tenant.agent).upload('../../secret name.txt', 'x');
    for (const name of await files.content()) {
      expect(name).toMatch(/^(tenant_[a-z0-9-]+\/)?file_[a-z0-9]{32}$/);
    }
  });

  it('E-LIMIT refuses what is too large and keeps nothing of it', async () => {
    const before = await files.content();
    const { status, body } = await online(tenant.agent).upload('big.zip', randomBytes(limit + 1));
    expect(status).toBe(413);
    expect(body).toMatchObject({ code: 'too_large', limit });
    expect(await files.content()).toEqual(before);
  });

  it('keeps nothing of an upload whose connection is cut', async () => {
    const before = await files.content();
    const upload = request(`${server.url}/v1/attachments?name=part.zip`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${tenant.agent.token}`,
        'idempotency-key': crypto.randomUUID(),
        'content-length': String(9 * MiB),
      },
    });
    upload.on('error', () => undefined);
    upload.write(randomBytes(6 * MiB));
    await vi.waitFor(
      async () => expect((await files.content()).length).toBeGreaterThan(before.length),
      60_000,
    );
    upload.destroy();
    await vi.waitFor(async () => expect(await files.content()).toEqual(before), 60_000);
  });

  it('sweeps what an upload has left whose process ended, after a day', async () => {
    const { engine, database } = world;
    const before = await files.content();
    let hold: (() => void) | undefined;
    const held = new Promise<void>((resolve) => (hold = resolve));
    const start = sizes(6 * MiB);
    const content = new ReadableStream<Uint8Array>({
      async pull(controller) {
        const size = start.shift();
        if (size !== undefined) return controller.enqueue(new Uint8Array(size));
        await held;
        controller.close();
      },
    });
    const actor = { id: 'person_slow', tenant: tenant.id, kind: 'agent', name: 'Slow', email: null } as const;
    const rights = {
      roles: ['customer-service'],
      departments: [],
      inboxes: [],
      customer: null,
      organisation: null,
    };
    const upload = engine.uploadAttachment(
      { name: 'slow.zip', content },
      { actor: { ...actor, ...rights }, idempotencyKey: 'slow', fingerprint: 'slow' },
    );
    const outcome = expect(upload).rejects.toThrow(BackendError);
    await vi.waitFor(
      async () => expect((await files.content()).length).toBeGreaterThan(before.length),
      60_000,
    );
    const during = await files.content();
    const context = { db: database.db, attachments: files.store, wake: () => undefined };
    const later = (hours: number) => () => new Date(Date.now() + hours * 3_600_000);
    await clean({ ...context, clock: later(23) }, 48);
    // The part under way may still be growing, but nothing is gone.
    expect(await files.content()).toEqual(expect.arrayContaining(during));
    // Two processes at once.
    await Promise.all([1, 2].map(() => clean({ ...context, clock: later(25) }, 48)));
    const swept = await files.content();
    expect(swept.length).toBeLessThan(during.length);
    // It was not dead after all: then it is refused, and leaves nothing.
    hold?.();
    await outcome;
    await vi.waitFor(
      async () => expect(swept).toEqual(expect.arrayContaining(await files.content())),
      60_000,
    );
  });

  it('keeps whole files through a sweep when a note names them', async () => {
    const { database } = world;
    const { body: file } = await online(tenant.agent).upload('kept.txt', 'kept');
    const { id } = await tenant.aCase();
    await tenant.aNote(id, { attachmentIds: [file.id] });
    const clock = () => new Date(Date.now() + 72 * 3_600_000);
    await clean({ db: database.db, attachments: files.store, wake: () => undefined, clock }, 96);
    const download = await online(tenant.agent).raw('GET', `/v1/attachments/${file.id}/content`);
    expect(await download.text()).toBe('kept');
  });

  it('takes exactly the limit, and forgets what is deleted', async () => {
    const { store } = files;
    expect(await store.put('a=2e/file_exactly', chunks(2, 3), 5)).toEqual({ size: 5 });
    const content = await store.get('a=2e/file_exactly');
    expect((await new Response(content).arrayBuffer()).byteLength).toBe(5);
    await expect(store.put('a=2e/file_onemore', chunks(5, 1), 5)).rejects.toThrow(AttachmentTooLarge);
    await store.delete('a=2e/file_exactly');
    expect(await store.get('a=2e/file_exactly')).toBeNull();
    await store.delete('a=2e/file_exactly');
  });

  it('stops reading at the limit', async () => {
    const taken = { bytes: 0, cancelled: false };
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        taken.bytes += 65_536;
        controller.enqueue(new Uint8Array(65_536));
      },
      cancel: () => void (taken.cancelled = true),
    });
    await expect(files.store.put('file_endless1', endless, 6 * MiB)).rejects.toThrow(AttachmentTooLarge);
    expect(taken.cancelled).toBe(true);
    expect(taken.bytes).toBeLessThan(7 * MiB);
  });

  it.each(['../secret_file', 'a/b/c_defghij', './file_0001', '/file_000001', 'SHOUTING', '', 'short'])(
    'refuses %j as a key',
    async (key) => {
      await expect(files.store.get(key)).rejects.toThrow(TypeError);
      await expect(files.store.put(key, chunks(1), 5)).rejects.toThrow(TypeError);
    },
  );

  it('says what is in the way when it is not there, and answers 503 until it is', async () => {
    const other = await testStores[kind]();
    const another = await anEngine({ attachments: other.store });
    const { engine } = another;
    const app = createApp({ backend: engine, authenticate: jwtAuthenticator({ secret: testSecret }) });
    const { agent } = await aTenant({ app, engine });
    try {
      await expect(other.store.check?.()).resolves.toBeUndefined();
      expect(await other.content()).toEqual([]);
      await other.takeAway();
      const refused = other.store.check?.();
      await expect(refused).rejects.toThrow(AttachmentStoreUnavailable);
      await expect(refused).rejects.toThrow(
        kind === 's3' ? /^The bucket "files" is not there/ : /^The folder .* cannot be written/,
      );
      const answer = await agent.upload('a.txt', 'x');
      expect([answer.status, (answer.body as Problem).code]).toEqual([503, 'unavailable']);
      await other.giveBack();
      expect((await agent.upload('a.txt', 'x')).status).toBe(201);
    } finally {
      await another.dispose();
      await other.dispose();
    }
  });
});

function appOf({ engine }: TestEngine) {
  return createApp({ backend: engine, authenticate: jwtAuthenticator({ secret: testSecret }) });
}
