import type { NewGrantee } from '../../../src/contract/grants.js';
import type { NamedRef } from '../../../src/contract/common.js';
import type { FieldErrors } from '../../input/validation.js';
import type { Wanted } from './changes.js';
import type { Desk, Reader } from './desk.js';
import { roleOf, shareLevels, type ShareRole } from './levels.js';
import type { Ref, TicketRow } from './wire.js';

/** A department as it stands on a ticket: the group that works its queue. */
export interface Department {
  readonly queue: NamedRef;
  readonly group: NamedRef;
}

/** The departments the reader can share with: queues that a group works. */
export async function departmentsOf({ directory }: Desk, { context }: Reader): Promise<Department[]> {
  const queues = await directory.queues(context);
  const found = await Promise.all(
    queues.map(async (queue) => {
      const group = await directory.groupOf(queue, context);
      return group && { queue, group };
    }),
  );
  return found.filter((each) => each !== undefined);
}

/** Somebody to be added, checked. */
export interface CheckedGrantee {
  readonly department: Department;
  readonly role: ShareRole;
}

/** Every name that cannot be shared with is told under its place. */
export async function checkedGrantees(
  desk: Desk,
  reader: Reader,
  grantees: readonly NewGrantee[],
  fields: FieldErrors,
  path: string,
): Promise<CheckedGrantee[]> {
  const departments = await departmentsOf(desk, reader);
  const checked: CheckedGrantee[] = [];
  grantees.forEach(({ kind, id, level = shareLevels[0] ?? '', expiresAt }, index) => {
    const at = `${path}.${index}`;
    const department = departments.find(({ queue }) => queue.id === id);
    const role = roleOf(level);
    if (kind !== 'department')
      fields.add(`${at}.kind`, 'unknown_value', 'Cases are shared with departments here.');
    else if (!department) fields.add(`${at}.id`, 'not_found', 'There is no such department.');
    if (!role) fields.add(`${at}.level`, 'unknown_value', 'There is no such level.');
    if (expiresAt != null)
      fields.add(`${at}.expiresAt`, 'unknown_field', 'Shares do not end by themselves here.');
    if (department && role && kind === 'department') checked.push({ department, role });
  });
  return checked;
}

/** Shares that a new ticket begins with. */
export async function checkGrantees(
  desk: Desk,
  reader: Reader,
  grantees: readonly NewGrantee[],
  fields: FieldErrors,
): Promise<Wanted[]> {
  const checked = await checkedGrantees(desk, reader, grantees, fields, 'shareWith');
  const groupsFor = (wanted: ShareRole) =>
    checked.filter(({ role }) => role === wanted).map(({ department }) => department.group.id);
  return (['AdminCc', 'Cc'] as const).flatMap((role) => {
    const groups = groupsFor(role);
    return groups.length === 0 ? [] : [wantedWatchers(role, groups)];
  });
}

function wantedWatchers(role: ShareRole, groups: readonly string[]): Wanted {
  return {
    field: 'grantees',
    sent: { [role]: groups.map(Number) },
    holds: (row) => groups.every((id) => row[role].some((ref) => ref.type === 'group' && ref.id === id)),
  };
}

/** The groups of a ticket in one role. */
export function groupsOf(row: TicketRow, role: ShareRole): Ref[] {
  return row[role].filter(({ type }) => type === 'group');
}

/** A list of watchers as it is written: groups by number, for a name answers 500; people by name. */
export function watchersToSend(refs: readonly Ref[]): (string | number)[] {
  return refs.map(({ id, type }) => (type === 'group' ? Number(id) : id));
}
