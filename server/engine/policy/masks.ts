import { grantLevels } from '../../../src/contract/grants.js';
import { departmentMaskFields, portalFields, type MaskableField } from '../../../src/contract/portal.js';
import type { Actor } from '../../backend.js';
import { entriesTo } from './case-entries.js';
import {
  countedGrants,
  isAdministrator,
  reachingGrants,
  standing,
  type CaseFacts,
  type LiveGrant,
  type PolicySettings,
} from './facts.js';
import { defaultPortal } from './portal.js';

/** What is kept from a reader. */
export type Masked = ReadonlySet<MaskableField>;

export const nothingMasked: Masked = new Set();
const everything: Masked = new Set(departmentMaskFields);

/**
 * DE-12, CU-26: the one place that says what of a case the actor may see is kept from them. From customers, what the portal
 * does not show; from agents of a receiving department, what every live grant by which they have the case keeps back.
 */
export function maskedFields(
  actor: Actor,
  facts: CaseFacts,
  settings: PolicySettings,
  grants: readonly LiveGrant[],
): Masked {
  if (actor.kind === 'customer') return hiddenFromCustomers(settings);
  // Whoever is to deal with it has it whole.
  if (standing(actor, facts, settings) !== null || entriesTo(actor, facts).length > 0) return nothingMasked;
  const live = reachingGrants(actor, settings, grants, facts);
  const [first, ...others] = live.map((grant) => maskedBy(grant, settings));
  // They have just moved it out of their own sight, and know what they moved.
  if (first === undefined) return nothingMasked;
  return others.reduce((masked, other) => new Set([...masked].filter((field) => other.has(field))), first);
}

/** What the portal does not show, whichever the case. */
export function hiddenFromCustomers({ portal = defaultPortal }: PolicySettings): Masked {
  const known = hidden.get(portal);
  if (known) return known;
  const fields = new Set<MaskableField>(portalFields.filter((field) => !portal.fields.includes(field)));
  // No setting shows them: what they are called there is between the host and its agents.
  fields.add('links');
  hidden.set(portal, fields);
  return fields;
}

const hidden = new WeakMap<object, Masked>();

/** What a grant keeps back by itself. A level that is not known gives sight of the bare case. */
export function maskedBy({ granteeKind, level }: LiveGrant, settings: PolicySettings): Masked {
  return granteeKind === 'department' ? maskedAt(level, settings) : nothingMasked;
}

/** What a department does not see of a case that it received at this level. */
export function maskedAt(level: string, { sharing }: Pick<PolicySettings, 'sharing'>): Masked {
  const levels: readonly string[] = grantLevels.department;
  if (!levels.includes(level)) return everything;
  const fields = sharing?.masks?.department[level] ?? [];
  if (fields.length === 0) return nothingMasked;
  // Asked of every grant there is, and there are a few levels.
  const known =
    masksOf.get(fields) ?? new Set(departmentMaskFields.filter((field) => fields.includes(field)));
  masksOf.set(fields, known);
  return known;
}

const masksOf = new WeakMap<readonly string[], Masked>();

/** DE-33: what is masked at any level. What many may read must not name it. */
export function maskedAtAnyLevel(settings: Pick<PolicySettings, 'sharing'>): Masked {
  return new Set(grantLevels.department.flatMap((level) => [...maskedAt(level, settings)]));
}

/** What is kept from the actor in some of the cases that others shared with them. */
export function maskedSomewhere(
  actor: Actor,
  settings: PolicySettings,
  grants: readonly LiveGrant[],
): Masked {
  if (actor.kind === 'customer') return hiddenFromCustomers(settings);
  if (isAdministrator(actor)) return nothingMasked;
  const masks = countedGrants(actor, settings, grants).map((grant) => maskedBy(grant, settings));
  const some = [...new Set(masks)].filter(({ size }) => size > 0);
  return some.length === 0 ? nothingMasked : new Set(some.flatMap((masked) => [...masked]));
}
