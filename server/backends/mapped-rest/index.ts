import type { CaseBackend } from '../../backend.js';
import { MappedRestBackend } from './backend.js';
import type { MappedRestOptions } from './options.js';

export { checkMappedRest } from './check.js';
export { mappedRestOptionsSchema, type MappedRestOptions } from './options.js';

/** A company's own API as a backend, by a mapping that `mappedRestOptionsSchema` has checked. */
export function createMappedRestBackend(options: MappedRestOptions): CaseBackend {
  return new MappedRestBackend(options);
}
