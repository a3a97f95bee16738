import { sql, type RawBuilder } from 'kysely';

import { peopleOfGrantees } from '../notices/audience.js';
import { showsProjects } from '../policy/projects.js';
import type { PolicySettings } from '../policy/facts.js';

/**
 * CU-12, CU-16: the ids of everybody who follows the project at this moment, as a query: the people of the customers and
 * organisations it is shared with, as far as they are known here. Membership is live: who joins gains, who leaves loses.
 */
export function projectRecipients(
  tenant: string,
  projectId: string,
  settings: PolicySettings,
  now: string,
): RawBuilder<unknown> {
  // What nobody may read is not sent either.
  if (!showsProjects(settings)) return sql`select null::text`;
  return peopleOfGrantees(sql`g.tenant = ${tenant} and g.unit = 'project' and g.unit_id = ${projectId}
    and g.revoked_at is null and (g.expires_at is null or g.expires_at > ${now}::timestamptz)`);
}
