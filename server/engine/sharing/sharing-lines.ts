import type { FieldChange, TimelineKind } from '../../../src/contract/notes.js';
import type { GrantRow } from './grant-record.js';

/** Which departments work on a case is no customer's to read: their lines are of a kind of their own. */
export function lineKind(internal: boolean): TimelineKind {
  return internal ? 'department-sharing' : 'sharing';
}

/** A change of one grant, as the history tells it; `null` for no access. */
export function changeOf(
  { grantee_kind: field, grantee_id: id, name }: GrantRow,
  from: Access | null,
  to: Access | null,
): FieldChange {
  const told = (access: Access | null) => access && { id, name, ...access };
  return { field, from: told(from), to: told(to) };
}

export interface Access {
  readonly level: string;
  readonly expiresAt: string | null;
}

export function accessOf({ level, expires_at: expiresAt }: GrantRow): Access {
  return { level, expiresAt };
}
