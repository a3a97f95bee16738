import type { Attachment } from '../../../src/contract/attachments.js';
import type { Actor } from '../../backend.js';

/** Files that were uploaded and that no note names yet: only who uploaded one knows of it. */
export interface LooseFiles {
  keep(actor: Actor, file: Attachment): void;
  find(actor: Actor, id: string): Attachment | undefined;
  /** It hangs on something now, where it has this id. */
  hang(id: string, hangingId: string): void;
  /** The id a file has where it hangs, by the one it was uploaded under. */
  hanging(id: string): string | undefined;
}

const keptMs = 60 * 60_000;
const most = 10_000;

/** In the memory of this process, for an hour, as Zoho keeps its uploads for a while. */
export function createLooseFiles(): LooseFiles {
  const files = new Map<
    string,
    { readonly owner: string; readonly file: Attachment; readonly until: number }
  >();
  const hung = new Map<string, string>();
  const ownerOf = ({ tenant, id }: Actor) => JSON.stringify([tenant, id]);
  return {
    keep(actor, file) {
      for (const [id, { until }] of files) {
        if (until > Date.now() && files.size < most) break;
        files.delete(id);
      }
      files.set(file.id, { owner: ownerOf(actor), file, until: Date.now() + keptMs });
    },
    find(actor, id) {
      const found = files.get(id);
      return found && found.owner === ownerOf(actor) && found.until > Date.now() ? found.file : undefined;
    },
    hang(id, hangingId) {
      files.delete(id);
      if (hung.size >= most) hung.clear();
      hung.set(id, hangingId);
    },
    hanging: (id) => hung.get(id),
  };
}
