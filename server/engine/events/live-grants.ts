import { sql } from 'kysely';

import type { Executor } from '../context.js';

/** The grants in force in some tenants, as the policy knows them. */
export function selectLiveGrants(db: Executor, tenants: readonly string[], now: string) {
  return db
    .selectFrom('grants')
    .select([
      'tenant',
      'unit',
      'unit_id as unitId',
      'grantee_kind as granteeKind',
      'grantee_id as granteeId',
      'member_of as memberOf',
      'level',
    ])
    .where('tenant', 'in', tenants)
    .where('revoked_at', 'is', null)
    .where(sql<boolean>`(expires_at is null or expires_at > ${now}::timestamptz)`);
}
