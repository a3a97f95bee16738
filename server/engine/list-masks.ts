import { sql, type RawBuilder } from 'kysely';

import type { CaseQuery } from '../../src/contract/cases.js';
import type { MaskableField } from '../../src/contract/portal.js';
import type { CaseFilters } from './case-filters.js';
import {
  hiddenFromCustomers,
  maskedBy,
  maskedSomewhere,
  nothingMasked,
  type Masked,
} from './policy/masks.js';
import { refusedFeature } from './policy/portal.js';
import { visibleCases, type VisibilityOf } from './policy/visibility.js';
import type { Scope } from './scope.js';
import { searchConditions } from './search.js';
import type { FieldErrors } from '../input/validation.js';

/** What of the cases in a list is kept from its reader: no filter, search or order may tell it. */
export interface ListMasks {
  /** In every case. */
  readonly everywhere: Masked;
  /** In some of them. */
  readonly somewhere: Masked;
  /** The condition on `cases as c` that leaves those in which the reader is shown the field. */
  readonly shown: (field: MaskableField) => RawBuilder<boolean>;
}

/** Which field each filter asks about. */
export const fieldOfFilter: Partial<Record<keyof CaseFilters, MaskableField>> = {
  customerId: 'customer',
  projectId: 'project',
  sharedWithCustomerId: 'customer',
  sharedWithOrganisationId: 'organisation',
  type: 'type',
  priority: 'priority',
  tag: 'tags',
  assigneeId: 'assignee',
  link: 'links',
  deadline: 'deadline',
  dueBy: 'deadline',
  dueAfter: 'deadline',
  overdueOn: 'deadline',
};

/** What departments received stands in a list of its own, and in that list alone is anything masked (DE-22). */
export function listMasks({ actor, settings, grants }: Scope, place: VisibilityOf): ListMasks {
  const isCustomer = actor.kind === 'customer';
  return {
    everywhere: isCustomer ? hiddenFromCustomers(settings) : nothingMasked,
    somewhere: isCustomer || place === 'list' ? nothingMasked : maskedSomewhere(actor, settings, grants),
    shown(field) {
      const clear = grants.filter((grant) => !maskedBy(grant, settings).has(field));
      return visibleCases(actor, settings, clear, 'record');
    },
  };
}

const sharedWithFilters = ['sharedWithCustomerId', 'sharedWithOrganisationId'] as const;

/** CU-25, CU-26: of what the portal shows in no case there is no filter and no order. */
export function refuseMasked(
  query: CaseQuery,
  { everywhere }: ListMasks,
  { actor, settings }: Scope,
  fields: FieldErrors,
): void {
  if (actor.kind === 'customer' && refusedFeature('listGrantees', settings)) {
    for (const filter of sharedWithFilters)
      if (query[filter] !== undefined) fields.add(filter, 'unknown_field', 'There is no such filter here.');
  }
  if (everywhere.size === 0) return;
  for (const [filter, field] of Object.entries(fieldOfFilter)) {
    if (query[filter as keyof CaseQuery] === undefined || !everywhere.has(field)) continue;
    fields.add(filter, 'unknown_field', 'There is no such filter here.');
  }
  const sorted = query.sort?.replace(/^-/, '');
  if (sorted !== undefined && (everywhere as ReadonlySet<string>).has(sorted)) {
    fields.add('sort', 'unknown_field', 'There is no such order here.');
  }
}

/** A case in which a field is masked matches no filter that asks about it, not even the one for those without. */
export function maskedFilters(query: CaseQuery, { somewhere, shown }: ListMasks): RawBuilder<boolean>[] {
  if (somewhere.size === 0) return [];
  const asked = Object.entries(fieldOfFilter).flatMap(([filter, field]) =>
    query[filter as keyof CaseQuery] !== undefined && somewhere.has(field) ? [field] : [],
  );
  return [...new Set(asked)].map(shown);
}

/** CC-11: keywords in subject and description; where the description is masked, in the subject alone. */
export function searchWithin(
  tenant: string,
  typed: string,
  { everywhere, somewhere, shown }: ListMasks,
): RawBuilder<boolean>[] {
  const anywhere = () =>
    searchConditions(tenant, typed, sql`c.search`, sql`c.subject || E'\\n' || c.description`);
  if (everywhere.has('description')) return inSubject(typed);
  if (!somewhere.has('description')) return anywhere();
  const all = (conditions: RawBuilder<boolean>[]) =>
    conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `);
  return [
    sql<boolean>`case when ${shown('description')} then ${all(anywhere())} else ${all(inSubject(typed))} end`,
  ];
}

/** The words of the index are of both: here every term must stand in the subject as it was typed, whatever its case. */
function inSubject(typed: string): RawBuilder<boolean>[] {
  const terms = [...new Set(typed.trim().split(/\s+/u).filter(Boolean))];
  return terms.map((term) => sql<boolean>`position(lower(${term}::text) in lower(c.subject)) > 0`);
}
