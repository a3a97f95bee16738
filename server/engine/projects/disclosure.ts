import { sql } from 'kysely';

import { BackendError } from '../../backend-error.js';
import type { Executor } from '../context.js';
import { maskedBy } from '../policy/masks.js';
import { visibleCases } from '../policy/visibility.js';
import type { Scope } from '../scope.js';
import type { CheckedGrantee } from '../sharing/check-grantees.js';
import { strangersTo } from '../sharing/disclosure.js';
import type { GrantRow } from '../sharing/grant-record.js';
import type { ProjectRow } from './project-record.js';

/**
 * CU-06: what was written so far on any case of the project, or to its followers, is not disclosed to somebody new unasked.
 * All of it is counted, for all of it would be read; whoever shares is told names of those cases alone that they may see.
 */
export async function requireNoHistory(
  db: Executor,
  row: ProjectRow,
  wanted: readonly CheckedGrantee[],
  before: readonly GrantRow[],
  scope: Scope,
): Promise<void> {
  if (wanted.length === 0) return;
  const { count, oldest } = await written(db, row);
  if (count === 0) return;
  const { requesters, customers } = await readersOf(db, row, scope);
  const known = [
    ...customers.map((id) => ({ kind: 'customer', id })),
    ...before.map(({ grantee_kind, grantee_id }) => ({ kind: grantee_kind, id: grantee_id })),
  ];
  const strangers = await strangersTo(db, row.tenant, wanted, known);
  throw new BackendError('history_disclosure_unconfirmed', {
    detail: 'Earlier public notes would become readable. Send history to include or leave them out.',
    current: {
      count,
      oldest,
      recipients: [...requesters, ...before.map(({ name }) => name)],
      otherOrganisations: strangers.length > 0,
    },
  });
}

async function written(db: Executor, { tenant, id }: ProjectRow) {
  const { rows } = await sql<{ count: number; oldest: string | null }>`
    select count(*)::integer as count,
      to_char(min(w.at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as oldest
    from (select n.at from cases c join notes n on n.tenant = c.tenant and n.case_id = c.id and n.visibility = 'public'
        where c.tenant = ${tenant} and c.project_id = ${id}
      union all
      select m.at from project_messages m where m.tenant = ${tenant} and m.project_id = ${id}) w`.execute(db);
  return rows[0] ?? { count: 0, oldest: null };
}

/** Who has had what was written on the cases, and whose cases they are, as far as the actor is shown either. */
async function readersOf(db: Executor, { tenant, id }: ProjectRow, { actor, settings, grants }: Scope) {
  const shown = (field: 'requester' | 'customer') => {
    const clear = grants.filter((grant) => !maskedBy(grant, settings).has(field));
    return visibleCases(actor, settings, clear, 'record');
  };
  const { rows } = await sql<{ requesters: string[]; customers: string[] }>`
    select array(select distinct p.name from cases c join people p on p.tenant = c.tenant and p.id = c.requester_id
        where c.tenant = ${tenant} and c.project_id = ${id} and ${shown('requester')} and exists (
          select from notes n where n.tenant = c.tenant and n.case_id = c.id and n.visibility = 'public')
        order by p.name) as requesters,
      array(select distinct c.customer_id from cases c
        where c.tenant = ${tenant} and c.project_id = ${id} and ${shown('customer')}) as customers`.execute(
    db,
  );
  return rows[0] ?? { requesters: [], customers: [] };
}
