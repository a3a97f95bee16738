import type { CaseBackend } from '../../backend.js';
import type { ZohoDeskOptions } from './options.js';
import { ZohoDeskBackend } from './zoho-desk-backend.js';

export { checkZohoDesk } from './check.js';
export { zohoDeskOptionsSchema, type ZohoDeskOptions } from './options.js';

/** Zoho Desk as a case backend; not connected to anything yet. */
export function createZohoDeskBackend(options: ZohoDeskOptions): CaseBackend {
  return new ZohoDeskBackend(options);
}
