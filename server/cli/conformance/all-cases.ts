import { attachmentCases } from './cases/attachments.js';
import { errorCases } from './cases/errors.js';
import { eventCases } from './cases/events.js';
import { filterCases } from './cases/filters.js';
import { idempotencyCases } from './cases/idempotency.js';
import { inboxCases } from './cases/inboxes.js';
import { internalCases } from './cases/internal.js';
import { leakCases } from './cases/leaks.js';
import { moreCases } from './cases/more.js';
import { noteCases } from './cases/notes.js';
import { handOverCases } from './cases/hand-over.js';
import { portalCases } from './cases/portal.js';
import { previewCases } from './cases/previews.js';
import { projectCases } from './cases/projects.js';
import { sightCases } from './cases/sight.js';
import { tellingCases } from './cases/telling.js';
import { pagingCases } from './cases/paging.js';
import { readCases } from './cases/reads.js';
import { sessionCases } from './cases/session.js';
import { sharingCases } from './cases/sharing.js';
import { statusCases } from './cases/status.js';
import { versionCases } from './cases/versions.js';
import { writeCases } from './cases/writes.js';
import type { ConformanceCase } from './conformance-case.js';

/** Every promise that is asked for, in the order of the table. */
export const allCases: readonly ConformanceCase[] = [
  ...sessionCases,
  ...readCases,
  ...writeCases,
  ...statusCases,
  ...noteCases,
  ...versionCases,
  ...idempotencyCases,
  ...pagingCases,
  ...filterCases,
  ...errorCases,
  ...leakCases,
  ...internalCases,
  ...attachmentCases,
  ...eventCases,
  ...sharingCases,
  ...sightCases,
  ...previewCases,
  ...portalCases,
  ...tellingCases,
  ...inboxCases,
  ...handOverCases,
  ...projectCases,
  ...moreCases,
];
