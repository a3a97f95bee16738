import type { CaseBackend } from '../../backend.js';
import type { ZohoDeskOptions } from './options.js';
import { ZohoDeskBackend } from './zoho-desk-backend.js';

export { checkZohoDesk } from './check.js';
export { zohoDeskOptionsSchema, type ZohoDeskOptions } from './options.js';

/**
 * Zoho Desk as a case backend; not connected to anything yet. Its operations throw `BackendError` alone: `unavailable` where Zoho
 * cannot be reached, `rate_limited` with the seconds to wait, `forbidden` for somebody without an account there.
 *
 * @param options - As `backend` stands in `casement.config.json`, without `kind`; `zohoDeskOptionsSchema` checks what comes from outside.
 *
 * @example
 * ```ts
 * const backend = createZohoDeskBackend({
 *   baseUrl: 'https://desk.zoho.eu/api/v1',
 *   accountsUrl: 'https://accounts.zoho.eu',
 *   orgId: '700000001',
 *   clientId,
 *   clientSecret,
 *   refreshToken,
 * });
 * const app = createApp({ backend, authenticate: jwtAuthenticator({ secret }) });
 * ```
 */
export function createZohoDeskBackend(options: ZohoDeskOptions): CaseBackend {
  return new ZohoDeskBackend(options);
}
