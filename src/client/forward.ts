import type { ForwardInput } from '../contract/forward.js';
import { grantRoutes as routes } from '../contract/grant-routes.js';
import type { Note } from '../contract/notes.js';
import type { WriteOptions } from '../http/request-options.js';
import type { Transport } from '../http/transport.js';
import type { RecordCache } from './record-cache.js';

export async function forwardCase(
  http: Transport,
  cache: RecordCache,
  id: string,
  input: ForwardInput,
  options: WriteOptions,
): Promise<Note> {
  const note = await http.call(routes.forwardCase, { ...options, id, json: input });
  cache.touchCases(id);
  return note;
}
