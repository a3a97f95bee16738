import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';

import { AttachmentTooLarge, type AttachmentStore } from './store.js';

const KEY = /^[a-z0-9_]{8,100}$/;

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

  /** Two letters of the key make the folder, so that none grows without bounds. */
  function place(key: string): { readonly folder: string; readonly file: string } {
    if (!KEY.test(key)) throw new TypeError(`Not an attachment key: ${JSON.stringify(key)}`);
    const inner = join(folder, key.slice(-2));
    return { folder: inner, file: join(inner, key) };
  }

  return {
    async put(key, content, limit) {
      prepared ??= prepare().catch((error: unknown) => {
        prepared = undefined;
        throw error;
      });
      await prepared;
      const { folder: inner, file } = place(key);
      await mkdir(inner, { recursive: true, mode: 0o700 });
      const beside = `${file}.${randomBytes(6).toString('hex')}.part`;
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
      const { file } = place(key);
      const found = await stat(file).catch(() => null);
      if (!found) return null;
      return Readable.toWeb(createReadStream(file)) as unknown as ReadableStream<Uint8Array>;
    },

    async delete(key) {
      await rm(place(key).file, { force: true });
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
