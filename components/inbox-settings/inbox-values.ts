import * as z from 'zod/mini';

import {
  inboxRights,
  inboxSchema,
  type Inbox,
  type InboxChange,
  type InboxRight,
} from '../../src/contract/inboxes.js';
import { changedFields } from '../shared/settings/settings-model.js';

/** A member as the form holds them. */
export interface MemberValue {
  readonly id: string;
  readonly name: string;
  /** In the order of the contract. */
  readonly rights: readonly InboxRight[];
}

/** What the dialog of one inbox holds. */
export interface InboxValues {
  readonly name: string;
  readonly opensCases: boolean;
  readonly retired: boolean;
  readonly members: readonly MemberValue[];
}

export type InboxField = keyof InboxValues;

export const inboxFields: readonly InboxField[] = ['name', 'opensCases', 'retired', 'members'];

/** The inbox as the form holds it. */
export function inboxValuesOf({ name, opensCases, retired, members }: Inbox): InboxValues {
  return {
    name,
    opensCases,
    retired: retired === true,
    members: (members ?? []).map(({ person, rights }) => ({
      id: person.id,
      name: person.name,
      rights: inboxRights.filter((right) => rights.includes(right)),
    })),
  };
}

/** An inbox to be made: nothing of it is stored. */
export const newInbox: Inbox = {
  id: '',
  version: '',
  name: '',
  opensCases: true,
  members: [],
  permissions: {},
};

/** What is sent: the fields that changed. */
export function inboxChangeBetween(base: InboxValues, values: InboxValues): InboxChange {
  const trimmed = { ...values, name: values.name.trim() };
  const changed = changedFields<InboxValues>({ fields: inboxFields }, base, trimmed);
  return {
    ...(changed.includes('name') && { name: trimmed.name }),
    ...(changed.includes('opensCases') && { opensCases: values.opensCases }),
    ...(changed.includes('retired') && { retired: values.retired }),
    ...(changed.includes('members') && {
      members: values.members.map(({ id, rights }) => ({ personId: id, rights: [...rights] })),
    }),
  };
}

/** What was kept of the form, or `undefined` when it is not of its shape. */
export function parseInboxValues(kept: unknown): InboxValues | undefined {
  if (!kept || typeof kept !== 'object') return undefined;
  const { name, opensCases, retired, members } = kept as Partial<Record<InboxField, unknown>>;
  const whole =
    typeof name === 'string' &&
    typeof opensCases === 'boolean' &&
    typeof retired === 'boolean' &&
    Array.isArray(members) &&
    members.every(isMember);
  return whole ? { name, opensCases, retired, members } : undefined;
}

/** The inbox that came with a refusal. */
export function readInbox(current: unknown): Inbox | undefined {
  const inbox = z.safeParse(inboxSchema, current);
  return inbox.success ? inbox.data : undefined;
}

/** Rights with one more or one less: without that to read the others reach nothing. */
export function withRight(
  rights: readonly InboxRight[],
  right: InboxRight,
  granted: boolean,
): readonly InboxRight[] {
  if (right === 'read' && !granted) return [];
  return inboxRights.filter((each) => (each === right ? granted : rights.includes(each)));
}

function isMember(member: unknown): member is MemberValue {
  if (!member || typeof member !== 'object') return false;
  const { id, name, rights } = member as Partial<Record<keyof MemberValue, unknown>>;
  return typeof id === 'string' && typeof name === 'string' && Array.isArray(rights);
}
