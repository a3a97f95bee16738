import { sql } from 'kysely';

import {
  mostGrants,
  type GranteeKind,
  type GrantsAnswer,
  type NewGrantee,
} from '../../../src/contract/grants.js';
import type { Actor } from '../../backend.js';
import type { Tx } from '../context.js';
import type { CaseFacts, PolicySettings } from '../policy/facts.js';
import { parseMoment, type FieldErrors } from '../../input/validation.js';
import { coworkersOf } from './candidate-scope.js';
import { levelChoices, levelOf } from './levels.js';

/** Somebody a case is going to be shared with. */
export interface CheckedGrantee {
  readonly kind: GranteeKind;
  readonly id: string;
  readonly name: string;
  readonly level: string;
  readonly expiresAt: string | null;
  readonly memberOf: string | null;
  /** It was asked that nothing is sent to them. */
  readonly portalOnly: boolean;
}

/** Who is to be given access, and who was named without need. */
export interface CheckedGrantees {
  readonly wanted: readonly CheckedGrantee[];
  readonly ignored: GrantsAnswer['ignored'];
}

/** What grantees are checked against. */
export interface SharingCheck {
  readonly actor: Actor;
  readonly settings: PolicySettings;
  readonly facts: CaseFacts;
  /** Who has access already, by `keyOf`. */
  readonly known: ReadonlySet<string>;
  readonly at: string;
}

export function keyOf(kind: string, id: string): string {
  return `${kind}:${id}`;
}

/** CO-02: checks everybody named, each under their own place in the list, so that every bad name is told at once. */
export async function checkGrantees(
  tx: Tx,
  list: string,
  grantees: readonly NewGrantee[],
  check: SharingCheck,
  fields: FieldErrors,
): Promise<CheckedGrantees> {
  const { actor, settings, facts, known, at } = check;
  const names = await namesOf(tx, grantees, actor, settings);
  const { memberOf } = coworkersOf(actor, settings);
  const seen = new Set<string>();
  const wanted: CheckedGrantee[] = [];
  const ignored: GrantsAnswer['ignored'] = [];

  for (const [index, grantee] of grantees.entries()) {
    const { kind, id } = grantee;
    const field = `${list}.${index}.id`;
    const key = keyOf(kind, id);
    const name = names.get(key);
    const level = levelOf(grantee, settings);
    if (level === undefined) {
      fields.add(`${list}.${index}.level`, 'unknown_value', levelChoices(kind, id, settings));
    }
    const expiresAt = checkExpiry(`${list}.${index}.expiresAt`, grantee.expiresAt, at, fields);
    if (seen.has(key)) {
      if (kind === 'department') fields.add(field, 'duplicate', 'This department is named twice.');
      else ignored.push({ field, code: 'duplicate' });
    } else if (isOwner(kind, id, facts)) {
      fields.add(field, 'self_share', selfShare[kind === 'department' ? kind : 'person']);
    } else if (name === undefined) {
      if (kind === 'person') fields.add(field, 'principal_out_of_scope', 'This is no co-worker of yours.');
      else fields.add(field, 'not_found', 'Not available.');
    } else if (known.has(key)) {
      if (kind === 'department') {
        fields.add(field, 'already_shared', 'This department has the case: change its level instead.');
      } else ignored.push({ field, code: 'already_shared' });
    } else if (level !== undefined) {
      wanted.push({
        kind,
        id,
        name,
        level,
        expiresAt,
        memberOf: kind === 'person' ? memberOf : null,
        portalOnly: grantee.portalOnly === true,
      });
    }
    seen.add(key);
  }
  if (known.size + wanted.length > mostGrants) {
    fields.add(list, 'too_many', `A case can be shared with at most ${mostGrants}.`, mostGrants);
  }
  return { wanted, ignored };
}

/** A moment to come, or none. */
export function checkExpiry(
  field: string,
  given: string | null | undefined,
  at: string,
  fields: FieldErrors,
): string | null {
  if (given === undefined || given === null) return null;
  const moment = parseMoment(given);
  if (moment === null) fields.add(field, 'not_a_date', 'Not a date: write it as YYYY-MM-DD.');
  else if (Date.parse(moment) <= Date.parse(at)) {
    fields.add(field, 'in_the_past', 'Choose a moment in the future.');
  }
  return moment;
}

const selfShare = {
  person: 'The person who submitted the case has it already.',
  department: 'The case belongs to this department.',
};

/** DE-19, CO-04: whose the case is already. */
function isOwner(kind: GranteeKind, id: string, facts: CaseFacts): boolean {
  return (
    (kind === 'person' && id === facts.requesterId) || (kind === 'department' && id === facts.departmentId)
  );
}

const tables = { department: 'departments', customer: 'customers', organisation: 'organisations' } as const;

/** The names of those who can be named, by `keyOf`. */
async function namesOf(
  tx: Tx,
  grantees: readonly NewGrantee[],
  actor: Actor,
  settings: PolicySettings,
): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  const idsOf = (kind: GranteeKind) => grantees.filter((one) => one.kind === kind).map(({ id }) => id);
  for (const kind of ['department', 'customer', 'organisation'] as const) {
    const ids = idsOf(kind);
    if (ids.length === 0) continue;
    const rows = await tx
      .selectFrom(tables[kind])
      .select(['id', 'name'])
      .where('tenant', '=', actor.tenant)
      .where('id', 'in', ids)
      .execute();
    for (const { id, name } of rows) names.set(keyOf(kind, id), name);
  }
  const people = idsOf('person');
  if (people.length > 0) {
    const rows = await tx
      .selectFrom('people as c')
      .select(['c.id', 'c.name'])
      .where(coworkersOf(actor, settings).condition)
      .where(sql<boolean>`c.id = any(${people}::text[])`)
      .execute();
    for (const { id, name } of rows) names.set(keyOf('person', id), name);
  }
  return names;
}
