import { customers } from './sample-data/customers.js';
import { people } from './sample-data/people.js';

/** Somebody the demo signs you in as, and why they are worth trying. */
export interface CastMember {
  readonly id: string;
  readonly name: string;
  /** One line for the switcher. */
  readonly note: string;
  readonly kind: 'agent' | 'customer';
}

const notes: readonly (readonly [id: string, note: string])[] = [
  ['ada-whitlock', 'administrator, sees every case'],
  ['nadia-brandt', 'Billing'],
  ['jonas-lind', 'Technical support'],
  ['lena-moss', 'Finance, works the desk'],
  ['tarek-khalil', 'Finance, at the same desk'],
  ['victor-hale', 'Finance without an inbox, may not see cases'],
  ['eleanor-finch', 'customer at home'],
  ['marisol-vega', 'Harbour Bakery, Quay Street, shares with Old Mill'],
  ['daniel-vega', 'Harbour Bakery, Old Mill'],
  ['sten-holm', 'new customer without cases'],
];

/** The people of the switcher; nobody else can be signed in through the demo. */
export const cast: readonly CastMember[] = notes.flatMap(([id, note]) => {
  const person = people.find((entry) => entry.id === id);
  return person ? [{ id, name: person.name, note, kind: person.kind }] : [];
});

/** What the host's token says about one of the cast; `undefined` for anybody else. */
export function claimsOf(id: string) {
  const person = cast.some((member) => member.id === id) && people.find((entry) => entry.id === id);
  if (!person) return undefined;
  const customer = customers.find((entry) => entry.id === person.customer);
  return {
    sub: person.id,
    name: person.name,
    email: person.email,
    kind: person.kind,
    roles: [...(person.roles ?? [])],
    departments: [...(person.departments ?? [])],
    ...(customer && { customer: customer.id }),
    ...(customer?.organisation && { organisation: customer.organisation }),
  };
}

/** What a token says about who acts. */
export type Claims = NonNullable<ReturnType<typeof claimsOf>>;
