import { sql } from 'kysely';

import type { Disclosure } from '../../../src/contract/preview.js';
import type { CaseRow } from '../case-record.js';
import type { Executor } from '../context.js';
import { isSharedWithCustomers } from '../policy/sharing.js';
import type { CheckedGrantee } from './check-grantees.js';
import type { GrantRow } from './grant-record.js';

/** Which of whom a case is to be shared with belong to another organisation than whoever has it so far (CU-07). */
export function strangersAmong(
  db: Executor,
  row: CaseRow,
  wanted: readonly Named[],
  before: readonly GrantRow[],
): Promise<readonly Named[]> {
  const known = before.map(({ grantee_kind, grantee_id }) => ({ kind: grantee_kind, id: grantee_id }));
  return strangersTo(db, row.tenant, wanted, [{ kind: 'customer', id: row.customer_id }, ...known]);
}

type Named = Pick<CheckedGrantee, 'kind' | 'id'>;

/** Which of the customers and organisations wanted belong to another organisation than any that is known. */
export async function strangersTo(
  db: Executor,
  tenant: string,
  wanted: readonly Named[],
  known: readonly { readonly kind: string; readonly id: string }[],
): Promise<readonly Named[]> {
  const outside = wanted.filter(({ kind }) => isSharedWithCustomers(kind));
  if (outside.length === 0) return [];
  const customers = known.filter(({ kind }) => kind === 'customer' || kind === 'organisation');
  const ids = [...customers, ...outside].filter(({ kind }) => kind === 'customer').map(({ id }) => id);
  const rows = await db
    .selectFrom('customers')
    .select(['id', 'organisation_id'])
    .where('tenant', '=', tenant)
    .where(sql<boolean>`id = any(${ids}::text[])`)
    .execute();
  const organisations = new Map(rows.map(({ id, organisation_id }) => [id, organisation_id]));
  // A customer without an organisation stands for itself.
  const placeOf = ({ kind, id }: { kind: string; id: string }) => {
    const organisation = kind === 'organisation' ? id : organisations.get(id);
    return organisation ? `organisation:${organisation}` : `${kind}:${id}`;
  };
  const places = new Set(customers.map(placeOf));
  return outside.filter((one) => !places.has(placeOf(one)));
}

/** CU-06: what was written to the customer so far, and who reads it already; `null` where nothing was. */
export async function disclosureOf(
  db: Executor,
  row: CaseRow,
  before: readonly GrantRow[],
  otherOrganisations: boolean,
): Promise<Disclosure | null> {
  const { notes, oldest, newest } = await db
    .selectFrom('notes')
    .select((eb) => [
      eb.fn.countAll<number>().as('notes'),
      eb.fn.min('at').as('oldest'),
      eb.fn.max('seq').as('newest'),
    ])
    .where('tenant', '=', row.tenant)
    .where('case_id', '=', row.id)
    .where('visibility', '=', 'public')
    .executeTakeFirstOrThrow();
  if (notes === 0) return null;
  const readers = before
    .filter(({ grantee_kind }) => grantee_kind !== 'department')
    // Whose conversation began after all of them has had none.
    .filter(({ history_after }) => history_after === null || Number(history_after) < Number(newest))
    .map(({ grantee_kind, grantee_id, name }) => ({ kind: grantee_kind, id: grantee_id, name }));
  const requester = row.requester && { kind: 'person', id: row.requester.id, name: row.requester.name };
  return { notes, oldest, readers: [...(requester ? [requester] : []), ...readers], otherOrganisations };
}
