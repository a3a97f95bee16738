import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';

import { clean } from '../../server/engine/maintenance.js';
import { openPostgres } from '../../server/engine/sql/postgres.js';
import { testStores, type TestStore } from '../support/attachment-stores.js';
import { aSeededTenant, anActor, anEngine, reading, writing, type TestEngine } from '../support/engine.js';
import { proxyTo, type PostgresProxy } from '../support/postgres-proxy.js';

const onPostgres = process.env['CASEMENT_TEST_ENGINE'] !== 'pglite';

describe.runIf(onPostgres)('an upload whose connection to the database is lost while it commits', () => {
  let proxy: PostgresProxy;
  let files: TestStore;
  let world: TestEngine;

  beforeEach(async () => {
    proxy = await proxyTo(inject('databaseUrl'));
    files = await testStores.folder();
    // One connection: a second, idle one would be dead as well, and which of them learns it first is chance.
    world = await anEngine({ attachments: files.store }, openPostgres(proxy.url, { connections: 1 }));
  });

  afterEach(async () => {
    await world.dispose();
    await files.dispose();
    await proxy.close();
  });

  async function uploadInTrouble(when: 'before' | 'after') {
    const { engine } = world;
    const agent = anActor(await aSeededTenant(engine), 'agent');
    await engine.getSession(reading(agent));
    const upload = () =>
      engine.uploadAttachment({ name: 'a.txt', content: new Blob(['here']).stream() }, writing(agent, 'one'));
    proxy.cutNextCommit(when);
    await expect(upload()).rejects.toMatchObject({ code: 'unavailable' });
    return { agent, upload };
  }

  it('keeps its file when the commit has happened', async () => {
    const { agent, upload } = await uploadInTrouble('after');
    const { id } = await upload();
    const { content } = await world.engine.downloadAttachment(id, reading(agent));
    expect(await new Response(content).text()).toBe('here');
    expect(await files.content()).toHaveLength(1);
  });

  it('leaves no file for good when the commit has not happened', async () => {
    const { agent, upload } = await uploadInTrouble('before');
    const { id } = await upload();
    await world.engine.downloadAttachment(id, reading(agent)).then(({ content }) => content.cancel());
    const clock = () => new Date(Date.now() + 23 * 3_600_000);
    const context = { db: world.database.db, attachments: files.store, wake: () => undefined };
    await clean({ ...context, clock }, 48);
    const kept = await files.content();
    await clean({ ...context, clock: () => new Date(Date.now() + 25 * 3_600_000) }, 48);
    // The second one was claimed by nobody either: it goes with the first.
    expect(kept.length).toBeGreaterThanOrEqual(1);
    expect(await files.content()).toEqual([]);
  });
});
