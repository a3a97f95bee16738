import { AttachmentTooLarge, type AttachmentStore } from '../../server/attachments/store.js';

/** Keeps attachments in memory: for a server that lives in a page. */
export function createMemoryStore(): AttachmentStore {
  const files = new Map<string, Blob>();
  return {
    async put(key, content, limit) {
      const chunks: Uint8Array<ArrayBuffer>[] = [];
      let size = 0;
      const reader = content.getReader();
      for (let next = await reader.read(); !next.done; next = await reader.read()) {
        size += next.value.byteLength;
        if (size > limit) {
          void reader.cancel();
          throw new AttachmentTooLarge(limit);
        }
        chunks.push(new Uint8Array(next.value));
      }
      files.set(key, new Blob(chunks));
      return { size };
    },
    async get(key) {
      return files.get(key)?.stream() ?? null;
    },
    async delete(key) {
      files.delete(key);
    },
  };
}
