import type { Page } from '../../../src/contract/common.js';
import type { Customer, CustomerQuery } from '../../../src/contract/customers.js';
import type { Person, PersonQuery } from '../../../src/contract/people.js';
import type { CallContext } from '../../backend.js';
import { BackendError } from '../../backend-error.js';
import { allow, refuse } from '../../engine/policy/verdict.js';
import { encodePlace, readPlace } from '../cursors.js';
import type { Desk } from './desk.js';
import { agentRef, contactRef, organisationOf } from './directory.js';
import { beginsWords } from './grants.js';
import type { Viewer } from './viewers.js';
import { contactSchema, isId, parseList, type DeskAgent, type DeskContact } from './wire.js';

const largest = 100;
const lastFrom = 999;

function personOfAgent(agent: DeskAgent): Person {
  return { ...agentRef(agent), email: agent.emailId ?? null };
}

function personOfContact(contact: DeskContact): Person {
  const ref = contactRef(contact);
  return {
    ...ref,
    email: contact.email ?? null,
    customer: { id: ref.id, name: ref.name },
    organisation: organisationOf(contact),
  };
}

/** A contact is a customer of their own; the account they belong to is their organisation. */
function customerOf(contact: DeskContact): Customer {
  const ref = contactRef(contact);
  const no = refuse('backend.capability', 'Zoho Desk cannot do this.');
  return {
    id: ref.id,
    name: ref.name,
    number: null,
    organisation: organisationOf(contact),
    mainContact: ref,
    permissions: { view: allow('customers.role'), edit: no },
  };
}

export async function listCustomers(
  desk: Desk,
  query: CustomerQuery,
  context: CallContext,
): Promise<Page<Customer>> {
  requireAgent(await desk.viewers.of(context));
  const { rows, ...page } = await contactsOf(desk, query, `zoho-customers:${query.q ?? ''}`, context);
  return { items: rows.map(customerOf), ...page };
}

export async function getCustomer(desk: Desk, id: string, context: CallContext): Promise<Customer> {
  const viewer = await desk.viewers.of(context);
  const contact = await desk.directory.contact(id, context.signal);
  if (!contact || !maySee(viewer, contact)) throw new BackendError('not_found');
  return customerOf(contact);
}

/** Customers see themselves, and the people of their account where they see its tickets. */
function maySee(viewer: Viewer, contact: DeskContact): boolean {
  if (viewer.kind === 'agent' || contact.id === viewer.id) return true;
  const accountId = contact.accountId ?? contact.account?.id ?? null;
  return accountId !== null && accountId === viewer.accountId;
}

function requireAgent(viewer: Viewer): void {
  if (viewer.kind === 'agent') return;
  throw new BackendError('forbidden', {
    rule: 'customer.agents-only',
    detail: 'Only agents can do this.',
  });
}

export async function listPeople(
  desk: Desk,
  query: PersonQuery,
  context: CallContext,
): Promise<Page<Person>> {
  requireAgent(await desk.viewers.of(context));
  const { kind, customerId, q = '' } = query;
  const list = `zoho-people:${kind ?? ''}:${customerId ?? ''}:${q}`;
  if (customerId !== undefined) {
    const contact = kind === 'agent' ? undefined : await desk.directory.contact(customerId, context.signal);
    const items = contact ? [personOfContact(contact)] : [];
    return { items, next: null, ...(query.count === 'true' && { total: items.length }) };
  }
  if (kind === 'customer') {
    const { rows, ...page } = await contactsOf(desk, query, list, context);
    return { items: rows.map(personOfContact), ...page };
  }
  // Without a kind: the agents, whom cases are assigned to. There are too many contacts to put among them.
  const { limit = 25, cursor, count } = query;
  const start = readPlace(list, cursor, 0);
  const found = (await desk.directory.agents())
    .filter(({ status }) => status === 'ACTIVE')
    .map(personOfAgent)
    .filter(({ name }) => beginsWords(name, q))
    .sort((a, b) => a.name.localeCompare(b.name));
  return {
    items: found.slice(start, start + limit),
    next: start + limit < found.length ? encodePlace(list, start + limit) : null,
    ...(count === 'true' && { total: found.length }),
  };
}

export async function getPerson(desk: Desk, id: string, context: CallContext): Promise<Person> {
  const viewer = await desk.viewers.of(context);
  const agent = isId(id) ? await desk.directory.agent(id) : undefined;
  if (agent) {
    const { email, ...person } = personOfAgent(agent);
    return viewer.kind === 'agent' ? { ...person, email: email ?? null } : person;
  }
  const contact = await desk.directory.contact(id, context.signal);
  if (!contact || !maySee(viewer, contact)) throw new BackendError('not_found');
  return personOfContact(contact);
}

/** A page of contacts: those Zoho's search finds by the longest word, or all of them. */
async function contactsOf(
  desk: Desk,
  { q = '', limit = 25, cursor, count }: Pick<PersonQuery, 'q' | 'limit' | 'cursor' | 'count'>,
  list: string,
  { signal }: CallContext,
) {
  const start = readPlace(list, cursor, 0);
  const [longest = ''] = q.split(/[\s,*${}]+/).sort((a, b) => b.length - a.length);
  const rows: DeskContact[] = [];
  let place = start;
  let isMore = false;
  reading: for (;;) {
    const query = { from: place, limit: largest };
    const path = longest.length >= 3 ? '/contacts/search' : '/contacts';
    if (path.endsWith('search') && place > lastFrom) break;
    const asked = path.endsWith('search')
      ? { ...query, _all: `${longest}*` }
      : { ...query, include: 'accounts' };
    const found = parseList(contactSchema, await desk.client.read(path, asked, signal));
    for (const contact of found) {
      if (beginsWords(contactRef(contact).name, q)) {
        if (rows.length === limit) {
          isMore = true;
          break reading;
        }
        rows.push(contact);
      }
      place += 1;
    }
    if (found.length < largest) break;
  }
  const total = count === 'true' && !isMore && start === 0 ? { total: rows.length } : {};
  return { rows, next: isMore ? encodePlace(list, place) : null, ...total };
}
