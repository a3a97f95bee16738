import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { createFolderStore } from '../../server/attachments/folder-store.js';
import { asBackendError } from '../../server/engine/failures.js';
import { aSeededTenant, anActor, createCase, follow, reading, theEngine } from '../support/engine.js';

describe('the event feed', () => {
  it('gives a new reader nothing from before it came, though others have read here already', async () => {
    const { engine } = await theEngine();
    const tenant = await aSeededTenant(engine);
    const actor = anActor(tenant, 'agent');
    const first = follow(engine, actor);
    const seen = first.next(1).then(() => true);
    // A reader is told from its first question on, and only being told shows that it has asked.
    while (!(await Promise.race([seen, createCase(engine, actor).then(() => false)])));
    // Long enough for the wake-up by the database, so that nothing is looked for once the reader has left.
    for (let count = 0; count < 20; count += 1) await engine.listCases({}, reading(actor));
    first.stop();
    const missed = new Set<string | undefined>();
    for (let count = 0; count < 5; count += 1) missed.add((await createCase(engine, actor)).id);
    const second = follow(engine, actor);
    const told = second.next(1);
    const isTold = told.then(() => true);
    while (!(await Promise.race([isTold, createCase(engine, actor).then(() => false)])));
    second.stop();
    const [event] = await told;
    expect(missed).not.toContain(event?.event.caseId);
  });
});

describe('people who arrive at once', () => {
  it('are all written down, whatever the order of their departments', async () => {
    const { engine } = await theEngine();
    const departments = Array.from({ length: 100 }, (_, index) => `dept_${index}`);
    for (let round = 0; round < 10; round += 1) {
      const tenant = `tenant_${crypto.randomUUID()}`;
      const sessions = [0, 1, 2, 3, 4, 5].map((index) =>
        engine.getSession(
          reading(
            anActor(tenant, {
              id: `person_${index}`,
              departments: index % 2 ? departments : departments.toReversed(),
            }),
          ),
        ),
      );
      expect((await Promise.all(sessions)).map(({ actor }) => actor.departments.length)).toEqual(
        Array(6).fill(100),
      );
    }
  });
});

describe('trouble outside', () => {
  it.each([
    ['a deadlock that did not end', '40P01'],
    ['a lost serialisation', '40001'],
    ['a cancelled statement', '57014'],
    ['a full disk', 'ENOSPC'],
    ['a used-up quota', 'EDQUOT'],
    ['a disk that is read only', 'EROFS'],
    ['too many open files', 'EMFILE'],
    ['a folder that is closed to us', 'EACCES'],
  ])('counts as a moment without service: %s', (_what, code) => {
    expect(asBackendError(Object.assign(new Error('no'), { code })).code).toBe('unavailable');
  });

  it('is over for uploads once their folder can be made', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'casement-folder-'));
    try {
      const blocked = join(folder, 'data');
      await writeFile(blocked, 'a file where a folder should be');
      const store = createFolderStore(join(blocked, 'attachments'));
      const bytes = () => new Blob(['bytes']).stream();
      await expect(store.put('file_00000001', bytes(), 10)).rejects.toThrow();
      await rm(blocked);
      await mkdir(blocked);
      expect(await store.put('file_00000001', bytes(), 10)).toEqual({ size: 5 });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
