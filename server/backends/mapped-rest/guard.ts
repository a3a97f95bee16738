import type { Case } from '../../../src/contract/cases.js';
import { BackendError } from '../../backend-error.js';
import type { MappedRestOptions } from './options.js';
import { digestOf } from './records.js';
import { theirValue } from './values.js';
import type { View } from './view.js';

/** A case about to be changed. */
export interface ReadCase {
  readonly found: Case;
  /** What makes the API refuse the change when the case has moved since. */
  readonly headers: Readonly<Record<string, string>>;
  /** The version as the API told it, where it has one. */
  readonly version: unknown;
}

/**
 * Changes a case that was read before, unless it has moved since. Where the API checks that itself the answer is sure; where
 * it does not, it is compared just before.
 *
 * @param allowed Throws what refuses the change in this state, before versions count.
 */
export async function guarded<T>(
  view: View,
  { version: kind, cases }: MappedRestOptions,
  id: string,
  version: string,
  change: (read: ReadCase) => Promise<T>,
  allowed: (found: Case) => void = () => undefined,
): Promise<T> {
  const { found, etag } = await view.readCase(id);
  allowed(found);
  // A list may have told no version of the API's own.
  const expected = version.startsWith('~') ? `~${digestOf(found)}` : found.version;
  if (version !== expected) throw conflict(found);
  const told = found.version.startsWith('~') ? undefined : theirValue(found.version, cases.fields.version);
  const headers: Record<string, string> = kind === 'etag' && etag !== undefined ? { 'if-match': etag } : {};
  try {
    return await change({ found, headers, version: told });
  } catch (error) {
    if (!(error instanceof BackendError) || error.code !== 'version_conflict') throw error;
    throw conflict((await view.readCase(id)).found);
  }
}

function conflict(current: Case): BackendError {
  return new BackendError('version_conflict', { at: current.updatedAt, by: null, current });
}
