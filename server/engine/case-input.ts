import type { StatusChangeInput } from '../../src/contract/cases.js';
import type { NoteVisibility } from '../../src/contract/notes.js';
import type { Choice, Settings } from '../../src/contract/settings.js';
import type { Executor } from './context.js';
import { limits } from './settings-defaults.js';
import { isStorable } from '../input/text.js';
import type { FieldErrors } from '../input/validation.js';

export interface CheckedStatusChange {
  readonly reason: string;
  readonly text: string;
  readonly visibility: NoteVisibility;
}

/** CC-40, CC-41, CC-44, CC-45: a reason from the list and an explanation, both told at once. */
export function checkStatusChange(
  input: StatusChangeInput,
  reasons: readonly Choice[],
  fields: FieldErrors,
  prefix = '',
): CheckedStatusChange {
  return {
    reason: fields.choice(`${prefix}reason`, input.reason, reasons, true) ?? '',
    text: fields.text(`${prefix}note`, input.note, limits.noteText, true),
    visibility: input.visibility ?? 'internal',
  };
}

/** The place of a priority in the settings' list, by which lists sort. */
export function priorityRank(settings: Settings, priority: string | null): number | null {
  const rank = settings.priorities.findIndex(({ id }) => id === priority);
  return rank === -1 ? null : rank;
}

/** A department of the tenant, or none. */
export async function checkDepartment(
  db: Executor,
  tenant: string,
  id: string | null | undefined,
  fields: FieldErrors,
): Promise<{ id: string; name: string } | null> {
  if (id === undefined || id === null) return null;
  const found = isStorable(id)
    ? await db
        .selectFrom('departments')
        .select(['id', 'name'])
        .where('tenant', '=', tenant)
        .where('id', '=', id)
        .executeTakeFirst()
    : undefined;
  if (!found) fields.add('departmentId', 'not_found', 'There is no such department.');
  return found ?? null;
}

/** An agent of the tenant who has not left, or nobody. */
export async function checkAssignee(
  db: Executor,
  tenant: string,
  id: string | null | undefined,
  fields: FieldErrors,
): Promise<{ id: string; name: string } | null> {
  if (id === undefined || id === null) return null;
  const found = await findPerson(db, tenant, id);
  if (!found || found.former) fields.add('assigneeId', 'not_found', 'There is no such agent.');
  else if (found.kind !== 'agent') fields.add('assigneeId', 'invalid', 'Cases are assigned to agents only.');
  return found ? { id: found.id, name: found.name } : null;
}

export async function findPerson(db: Executor, tenant: string, id: string) {
  if (!isStorable(id)) return undefined;
  return db
    .selectFrom('people')
    .select(['id', 'name', 'kind', 'former', 'customer_id', 'organisation_id'])
    .where('tenant', '=', tenant)
    .where('id', '=', id)
    .executeTakeFirst();
}
