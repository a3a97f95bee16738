import type { CaseBackend } from '../backend.js';
import type { Handlers } from './call.js';

/** Who is signed in, and the tenant's settings. */
export function tenantHandlers(
  backend: CaseBackend,
): Pick<Handlers, 'getSession' | 'getSettings' | 'updateSettings' | 'listSettingsChanges'> {
  return {
    getSession: ({ context }) => backend.getSession(context),
    getSettings: ({ context }) => backend.getSettings(context),
    updateSettings: ({ body, context }) => backend.updateSettings(body, context),
    listSettingsChanges: ({ query, context }) => backend.listSettingsChanges(query, context),
  };
}
