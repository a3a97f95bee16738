import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';

import { AttachmentStoreUnavailable, AttachmentTooLarge, requireKey, type AttachmentStore } from './store.js';

/**
 * Keeps attachments as files in a private folder, made when it is not there.
 *
 * A file appears under its key only when it is whole and on the disk: it is written beside, synced, then renamed.
 */
export function createFolderStore(folder: string): AttachmentStore {
  let prepared: Promise<void> | undefined;

  async function prepare(): Promise<void> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await chmod(folder, 0o700);
  }

  function prepareOnce(): Promise<void> {
    prepared ??= prepare().catch((error: unknown) => {
      prepared = undefined;
      throw error;
    });
    return prepared;
  }

  /** Two letters of the key make the folder, so that none grows without bounds. */
  function place(key: string): string {
    const names = requireKey(key).split('/');
    const name = names.pop() ?? '';
    return join(folder, ...names, name.slice(-2), name);
  }

  return {
    async put(key, content, limit) {
      const file = place(key);
      const inner = dirname(file);
      const beside = `${file}.part`;
      await prepareOnce();
      await mkdir(inner, { recursive: true, mode: 0o700 });
      const reader = content.getReader();
      try {
        const handle = await open(beside, 'wx', 0o600);
        let size = 0;
        try {
          for (;;) {
            const { done, value } = await reader.read();
            if (done) break;
            size += value.byteLength;
            if (size > limit) throw new AttachmentTooLarge(limit);
            await handle.writeFile(value);
          }
          await handle.sync();
        } finally {
          await handle.close();
        }
        await rename(beside, file);
        await syncFolder(inner);
        return { size };
      } catch (error) {
        await reader.cancel(error).catch(() => undefined);
        await rm(beside, { force: true });
        throw error;
      } finally {
        reader.releaseLock();
      }
    },

    async get(key) {
      const file = place(key);
      try {
        await stat(file);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
        throw error;
      }
      return Readable.toWeb(createReadStream(file)) as unknown as ReadableStream<Uint8Array>;
    },

    async delete(key) {
      const file = place(key);
      await rm(`${file}.part`, { force: true });
      await rm(file, { force: true });
    },

    async check() {
      const probe = join(folder, `check-${randomBytes(6).toString('hex')}`);
      try {
        await prepareOnce();
        const handle = await open(probe, 'wx', 0o600);
        await handle.close();
        await rm(probe);
      } catch (error) {
        throw new AttachmentStoreUnavailable(
          `The folder of the attachments, ${folder}, cannot be written (${(error as Error).message}).`,
          { cause: error },
        );
      }
    },
  };
}

/** Makes the new name itself durable; file systems that cannot are left as they are. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  if (!handle) return;
  try {
    await handle.sync();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code !== 'EINVAL' && code !== 'EPERM' && code !== 'ENOTSUP') throw error;
  } finally {
    await handle.close();
  }
}
