import type { NamedRef, PersonRef } from '../../../src/contract/common.js';
import type { Actor } from '../../backend.js';
import { BackendError } from '../../backend-error.js';
import type { Desk, Reader } from './desk.js';
import type { Ref, RtUser, TicketRow } from './wire.js';

/** Users that Request Tracker made for itself: nobody at all, and the system. */
const noPerson = new Set(['Nobody', 'RT_System']);

/** The people a ticket belongs to: its requestors, and the people who read along. */
export function customersOf({ Requestor, Cc }: Pick<TicketRow, 'Requestor' | 'Cc'>): ReadonlySet<string> {
  return new Set([...Requestor, ...Cc].filter(({ type }) => type !== 'group').map(({ id }) => id));
}

/** The id the host knows a user of Request Tracker by: that of the reader and of whom the configuration maps, else the user's name. */
export function personIdOf({ setup }: Desk, reader: Reader, user: string): string {
  if (user === reader.user) return reader.actor.id;
  const { identities, accounts } = setup;
  if (identities?.by !== 'map') return user;
  const mapped = Object.entries(identities.map).find(
    ([, known]) => ((Object.hasOwn(accounts, known) && accounts[known]?.user) || known) === user,
  );
  return mapped?.[0] ?? user;
}

/** The user of Request Tracker that an id of the host names. */
export function userOf({ setup }: Desk, reader: Reader, personId: string): string {
  if (personId === reader.actor.id) return reader.user;
  const { identities, accounts } = setup;
  if (identities?.by !== 'map') return personId;
  const known = Object.hasOwn(identities.map, personId) ? identities.map[personId] : undefined;
  if (known === undefined) return personId;
  return (Object.hasOwn(accounts, known) ? accounts[known]?.user : undefined) ?? known;
}

/** A person as a ticket names them; `null` for nobody. `customers` are the people it belongs to: all others are agents. */
export function personOf(
  desk: Desk,
  reader: Reader,
  ref: Ref | null,
  customers: ReadonlySet<string>,
): PersonRef | null {
  if (!ref || ref.id === '' || noPerson.has(ref.id)) return null;
  const isReader = ref.id === reader.user;
  return {
    id: personIdOf(desk, reader, ref.id),
    name: ref.RealName || (isReader ? reader.realName : '') || ref.Name || ref.id,
    kind: isReader ? reader.actor.kind : customers.has(ref.id) ? 'customer' : 'agent',
  };
}

/** A user that was looked up. */
export function personOfUser(desk: Desk, reader: Reader, user: RtUser): PersonRef {
  return {
    id: personIdOf(desk, reader, user.Name),
    name: user.RealName || user.Name,
    kind: user.Privileged === 1 ? 'agent' : 'customer',
    ...(user.Disabled === 1 && { former: true }),
  };
}

/** The values of a custom field, as texts. */
export function fieldValues({ CustomFields }: Pick<TicketRow, 'CustomFields'>, name: string | undefined) {
  const field = name === undefined ? undefined : CustomFields.find((each) => each.name === name);
  return (field?.values ?? []).filter((value): value is string => typeof value === 'string');
}

/** The customer of a ticket. */
export function customerOf(desk: Desk, reader: Reader, row: TicketRow): NamedRef | undefined {
  const { customers = { by: 'requestor' } } = desk.setup;
  if (customers.by === 'field') {
    const [id] = fieldValues(row, customers.field);
    if (id !== undefined && id !== '') return { id, name: knownCustomer(desk, id)?.name ?? id };
  }
  const [requestor] = row.Requestor;
  const person = personOf(desk, reader, requestor ?? null, customersOf(row));
  return person && customers.by === 'requestor'
    ? { id: requestor?.id ?? person.id, name: person.name }
    : undefined;
}

/** What the configuration says of a customer. */
export function knownCustomer({ setup }: Desk, id: string) {
  const { customers } = setup;
  const known = customers?.by === 'field' ? (customers.known ?? {}) : {};
  return Object.hasOwn(known, id) ? known[id] : undefined;
}

/** The refusal of what only agents may do. */
export function requireAgent(actor: Actor): void {
  if (actor.kind === 'agent') return;
  throw new BackendError('forbidden', {
    rule: 'customer.agents-only',
    detail: 'Only agents can do this.',
  });
}
