import type { CaseBackend } from '../../backend.js';
import { MappedRestBackend } from './backend.js';
import type { MappedRestOptions } from './options.js';

export { checkMappedRest } from './check.js';
export { mappedRestOptionsSchema, type MappedRestOptions } from './options.js';

/**
 * A company's own API as a case backend, by a mapping; not connected to anything yet. Its operations throw `BackendError` alone:
 * `unavailable` where the API cannot be reached, `capability_missing` for what the mapping does not name.
 *
 * @param options - A mapping that `mappedRestOptionsSchema` has checked, with its secrets put in.
 *
 * @example
 * ```ts
 * const { kind, ...mapping } = JSON.parse(await readFile('tickets.mapping.json', 'utf8'));
 * const options = mappedRestOptionsSchema.parse({ ...mapping, baseUrl, headers: { 'X-Api-Key': key } });
 * const app = createApp({ backend: createMappedRestBackend(options), authenticate });
 * ```
 */
export function createMappedRestBackend(options: MappedRestOptions): CaseBackend {
  return new MappedRestBackend(options);
}
