import type { Page } from '../../../src/contract/common.js';
import type { Customer, CustomerQuery } from '../../../src/contract/customers.js';
import type { Person, PersonQuery } from '../../../src/contract/people.js';
import { BackendError } from '../../backend-error.js';
import type { CallContext } from '../../backend.js';
import { allow } from '../../engine/policy/verdict.js';
import { encodePlace, readPlace } from '../cursors.js';
import { readerOf, type Desk, type Reader } from './desk.js';
import { knownCustomer, personOfUser, userOf } from './names.js';
import { listOf, refSchema, type RtUser } from './wire.js';

/** Agents: the people of the groups that work the queues. Customers: who has an address, found by name. */
export async function listPeople(
  desk: Desk,
  query: PersonQuery,
  context: CallContext,
): Promise<Page<Person>> {
  const reader = await readerOf(desk, context);
  if (context.actor.kind !== 'agent') return { items: await ownself(desk, reader, query), next: null };
  const { kind, customerId } = query;
  if (kind === 'agent') {
    const agents = (await desk.directory.agents(context)).filter((user) => matches(user, query.q));
    const people = agents.map((user) => toPerson(desk, reader, user));
    return sliced(people.sort(byName), ['people', kind, query.q], query);
  }
  if (customerId !== undefined) {
    const contact = knownCustomer(desk, customerId)?.mainContact ?? customerId;
    const user = await desk.directory.user(userOf(desk, reader, contact), context);
    const people = user && user.Name !== '' ? [toPerson(desk, reader, user)] : [];
    return { items: people, next: null };
  }
  const found = await foundUsers(desk, reader, query, kind === 'customer');
  return { ...found, items: found.items.map((user) => toPerson(desk, reader, user)) };
}

/** @throws {BackendError} `not_found` for whom the reader may not know. */
export async function getPerson(desk: Desk, id: string, context: CallContext): Promise<Person> {
  const reader = await readerOf(desk, context);
  const user = await desk.directory.user(userOf(desk, reader, id), context);
  if (!user || user.Name === '') throw new BackendError('not_found');
  return toPerson(desk, reader, user);
}

/** The customers a case can be about: those of the configuration, or the people who may ask. */
export async function listCustomers(
  desk: Desk,
  query: CustomerQuery,
  context: CallContext,
): Promise<Page<Customer>> {
  const reader = await readerOf(desk, context);
  const { customers } = desk.setup;
  if (customers?.by === 'field') {
    const all = Object.entries(customers.known ?? {}).filter(
      ([id]) => context.actor.kind === 'agent' || id === context.actor.customer,
    );
    const found = all.filter(([, { name, number }]) => matchesText([name, number ?? ''], query.q));
    const items = await Promise.all(found.map(([id]) => toCustomer(desk, reader, id)));
    return sliced(items.sort(byName), ['customers', query.q], query);
  }
  if (context.actor.kind !== 'agent') return { items: [await ownCustomer(desk, reader)], next: null };
  const page = await foundUsers(desk, reader, query, true);
  return { ...page, items: page.items.map((user) => customerOfUser(desk, reader, user)) };
}

/** @throws {BackendError} `not_found` */
export async function getCustomer(desk: Desk, id: string, context: CallContext): Promise<Customer> {
  const reader = await readerOf(desk, context);
  const { actor } = context;
  if (desk.setup.customers?.by === 'field') {
    if (!knownCustomer(desk, id) || (actor.kind !== 'agent' && id !== actor.customer)) {
      throw new BackendError('not_found');
    }
    return toCustomer(desk, reader, id);
  }
  const name = userOf(desk, reader, id);
  if (actor.kind !== 'agent') {
    if (name !== reader.user) throw new BackendError('not_found');
    return ownCustomer(desk, reader);
  }
  const user = await desk.directory.user(name, context);
  if (!user || user.Name === '') throw new BackendError('not_found');
  return customerOfUser(desk, reader, user);
}

async function toCustomer(desk: Desk, reader: Reader, id: string): Promise<Customer> {
  const known = knownCustomer(desk, id);
  const contact = known?.mainContact;
  const user =
    contact !== undefined && reader.actor.kind === 'agent'
      ? await desk.directory.user(contact, reader.context)
      : undefined;
  return {
    id,
    name: known?.name ?? id,
    number: known?.number ?? null,
    organisation: known?.organisation ?? null,
    mainContact: user && user.Name !== '' ? personOfUser(desk, reader, user) : null,
    permissions: rights,
  };
}

const rights = { createCase: allow('backend.right'), view: allow('backend.right') };

function customerOfUser(desk: Desk, reader: Reader, user: RtUser): Customer {
  const mainContact = personOfUser(desk, reader, user);
  return { id: user.Name, name: mainContact.name, mainContact, permissions: rights };
}

async function ownCustomer(desk: Desk, { user, realName, actor }: Reader): Promise<Customer> {
  const mainContact = { id: actor.id, name: realName, kind: actor.kind };
  return Promise.resolve({ id: user, name: realName, mainContact, permissions: rights });
}

async function ownself(desk: Desk, reader: Reader, { kind, q }: PersonQuery): Promise<Person[]> {
  if (kind === 'agent') return [];
  const user = await desk.directory.user(reader.user, reader.context);
  return user && matches(user, q) ? [toPerson(desk, reader, user)] : [];
}

function toPerson(desk: Desk, reader: Reader, user: RtUser): Person {
  const person = personOfUser(desk, reader, user);
  const email = user.EmailAddress || null;
  if (person.kind === 'agent') return { ...person, email };
  const isRequestor = (desk.setup.customers?.by ?? 'requestor') === 'requestor';
  return { ...person, email, ...(isRequestor && { customer: { id: user.Name, name: person.name } }) };
}

/** A page of the users whose names match. Who works here is no customer: that is asked of each, once in a while. */
async function foundUsers(
  desk: Desk,
  reader: Reader,
  { q = '', limit = 25, cursor }: CustomerQuery,
  customersOnly: boolean,
): Promise<Page<RtUser>> {
  const list = JSON.stringify(['users', q, customersOnly]);
  const place = readPlace(list, cursor, 0);
  const words = q.split(/\s+/).filter(Boolean);
  const conditions =
    words.length === 0
      ? [{ field: 'Name', operator: '!=', value: '' }]
      : words.map((value) => ({
          field: 'RealName',
          operator: 'LIKE',
          value: value.replace(/[\\%_]/g, '\\$&'),
        }));
  const { items, total } = await desk.tracker.search(
    listOf(refSchema),
    '/users',
    conditions,
    {
      fields: 'Name,RealName,EmailAddress',
      orderby: 'Name',
      per_page: String(limit),
      page: String(Math.floor(place / limit) + 1),
    },
    reader.context,
  );
  const users = await Promise.all(items.map(({ id }) => desk.directory.user(id, reader.context)));
  const end = place + items.length;
  return {
    items: users.filter(
      (user): user is RtUser =>
        user !== undefined &&
        user.Name !== '' &&
        !(customersOnly && user.Privileged === 1) &&
        matches(user, q),
    ),
    next: items.length === limit && end < (total ?? end + 1) ? encodePlace(list, end) : null,
  };
}

function matches({ RealName, Name }: RtUser, q: string | undefined): boolean {
  return matchesText([RealName, Name], q);
}

/** Every word of what is looked for begins a word of the texts. */
function matchesText(texts: readonly string[], q = ''): boolean {
  const words = texts.flatMap((text) => text.toLowerCase().split(/\s+/));
  return q
    .toLowerCase()
    .split(/\s+/)
    .filter(Boolean)
    .every((begin) => words.some((word) => word.startsWith(begin)));
}

function byName(one: { name: string }, other: { name: string }): number {
  return one.name.localeCompare(other.name);
}

function sliced<T>(
  items: readonly T[],
  name: readonly unknown[],
  { limit = 25, cursor }: { limit?: number | undefined; cursor?: string | undefined },
): Page<T> {
  const list = JSON.stringify(name);
  const start = readPlace(list, cursor, 0);
  const end = start + limit;
  return { items: items.slice(start, end), next: end < items.length ? encodePlace(list, end) : null };
}
