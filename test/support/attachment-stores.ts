import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createFolderStore } from '../../server/attachments/folder-store.js';
import { createS3Store } from '../../server/attachments/s3-store.js';
import type { AttachmentStore } from '../../server/attachments/store.js';
import { startS3Server } from './s3-server.js';

/** A store of attachments, with a look behind it. */
export interface TestStore {
  readonly store: AttachmentStore;
  /** The names of all it keeps, unfinished ones too. */
  content(): Promise<string[]>;
  /** Takes away what the files are kept in, and gives it back. */
  takeAway(): Promise<void>;
  giveBack(): Promise<void>;
  dispose(): Promise<void>;
}

/** The stores that keep the same contract. */
export const testStores: Readonly<Record<'folder' | 's3', () => Promise<TestStore>>> = {
  async folder() {
    const home = await mkdtemp(join(tmpdir(), 'casement-files-'));
    const folder = join(home, 'attachments');
    const files = () => readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
    return {
      store: createFolderStore(folder),
      content: async () => (await files()).filter((entry) => entry.isFile()).map(({ name }) => name),
      takeAway: () => rm(home, { recursive: true }).then(() => writeFile(home, 'no folder')),
      giveBack: () => rm(home),
      dispose: () => rm(home, { recursive: true, force: true }),
    };
  },
  async s3() {
    const server = await startS3Server();
    const store = await createS3Store(server.options);
    return {
      store,
      content: () => server.content(),
      takeAway: () => server.dropBucket(),
      giveBack: () => server.makeBucket(),
      async dispose() {
        store.close();
        await server.close();
      },
    };
  },
};
