import { sql } from 'kysely';

import type { Executor } from '../context.js';
import { showsProjects } from '../policy/projects.js';
import { readSettings } from '../settings.js';

/** Somebody a message about a project goes to. */
export interface ProjectRecipient {
  readonly id: string;
  readonly name: string;
  /** `null`: they read it in the portal alone. */
  readonly email: string | null;
}

/**
 * CU-12, CU-16: everybody who follows the project at this moment, each once, by name: the people of the customers and
 * organisations it is shared with, as far as they are known here. Membership is live: who joins gains, who leaves loses.
 */
export async function projectRecipients(
  db: Executor,
  tenant: string,
  projectId: string,
  now: string,
): Promise<ProjectRecipient[]> {
  // What nobody may read is not sent either.
  if (!showsProjects(await readSettings(db, tenant))) return [];
  const { rows } = await sql<ProjectRecipient>`
    select p.id, p.name, p.email from people p
    where p.tenant = ${tenant} and p.kind = 'customer' and not p.former and exists (
      select from grants g where g.tenant = p.tenant and g.unit = 'project' and g.unit_id = ${projectId}
        and g.revoked_at is null and (g.expires_at is null or g.expires_at > ${now}::timestamptz)
        and (g.grantee_kind = 'customer' and g.grantee_id = p.customer_id
          or g.grantee_kind = 'organisation' and g.grantee_id = p.organisation_id))
    order by lower(p.name), p.id`.execute(db);
  return rows;
}
