import type { NamedRef, Page } from '../../../src/contract/common.js';
import type { Customer, CustomerQuery } from '../../../src/contract/customers.js';
import type { Person, PersonQuery } from '../../../src/contract/people.js';
import { BackendError } from '../../backend-error.js';
import { allow, refuse } from '../../engine/policy/verdict.js';
import { wordsOf } from '../../input/text.js';
import { recordIn } from './api.js';
import { capabilitiesOf } from './capabilities.js';
import { collect, type Asked } from './collect.js';
import type { IdKind, List, MappedRestOptions, PeopleMap, Ref } from './options.js';
import { at, textAt } from './pointers.js';
import { fillQuery, placeholdersIn } from './templates.js';
import { ourId, ourValue, theirId } from './values.js';
import type { View } from './view.js';

/** The customers the API shows the actor. A customer is shown none but their own. */
export async function listCustomers(
  view: View,
  options: MappedRestOptions,
  { q, ...place }: CustomerQuery,
): Promise<Page<Customer>> {
  const list = options.customers?.list;
  if (view.actor.kind === 'customer' || !list) {
    const own = await ownCustomer(view, options);
    return { items: own && matches(q, [own.name, own.number]) ? [own] : [], next: null };
  }
  const asked = askedFor(view, list, { q }, JSON.stringify(['customers', q]), async (record) => {
    const found = await customerIn(view, record, options);
    return found && (sends(list, 'q') || matches(q, [found.name, found.number])) ? found : undefined;
  });
  const { items, next } = await collect({ ...asked, narrowed: Boolean(q) && !sends(list, 'q') }, place);
  return { items, next };
}

async function ownCustomer(view: View, options: MappedRestOptions): Promise<Customer | undefined> {
  const { customer } = view.actor;
  if (customer === null || !options.customers?.get) return undefined;
  return customerOf(view, options, customer);
}

/** One customer; without a place to look them up, by the id alone. */
export async function customerOf(view: View, options: MappedRestOptions, id: string): Promise<Customer> {
  const { actor } = view;
  const theirs = theirId(id, 'customer', options.ids);
  const hidden = actor.kind === 'customer' && actor.customer !== id;
  const get = options.customers?.get;
  if (theirs === undefined || hidden || !get) throw new BackendError('not_found');
  const found = await customerIn(view, recordIn(await view.api.get(get, { id: theirs }), get), options);
  if (!found) throw new BackendError('not_found');
  return found;
}

async function customerIn(
  { names }: View,
  record: unknown,
  options: MappedRestOptions,
): Promise<Customer | undefined> {
  const { ids, name, customers } = options;
  const map = customers?.fields;
  const id = map && ourId(at(record, map.id), 'customer', ids);
  if (!map || id === undefined) return undefined;
  const contact = refOf(record, map.mainContact, 'contact', options);
  return {
    id,
    name: textAt(record, map.name) ?? id,
    number: textAt(record, map.number) ?? null,
    organisation: refOf(record, map.organisation, 'organisation', options),
    mainContact: contact && {
      id: contact.id,
      name: map.mainContact?.name === undefined ? await names.of('contact', contact.id) : contact.name,
      kind: 'customer',
    },
    permissions: {
      createCase: capabilitiesOf(options).createCases
        ? allow('backend.seen')
        : refuse('backend.capability', `${name} cannot do this.`),
    },
  };
}

function refOf(
  record: unknown,
  ref: Ref | undefined,
  kind: IdKind,
  { ids }: MappedRestOptions,
): NamedRef | null {
  const id = ref && ourId(at(record, ref.id), kind, ids);
  return id === undefined ? null : { id, name: textAt(record, ref?.name) ?? id };
}

const kinds = ['agent', 'customer'] as const;
type PersonKind = (typeof kinds)[number];

/** The people the API shows the actor: agents first, then those of customers. Customers are shown nobody. */
export async function listPeople(
  view: View,
  options: MappedRestOptions,
  { q, kind, customerId, cursor, limit }: PersonQuery,
): Promise<Page<Person>> {
  if (view.actor.kind === 'customer') return { items: [], next: null };
  const wanted = kinds.filter(
    (each) =>
      (kind === undefined || each === kind) &&
      (customerId === undefined || each === 'customer') &&
      mapOf(each, options)?.list !== undefined,
  );
  const [, place = '0', inner] = /^(\d)\.(.*)$/.exec(cursor ?? '0.') ?? [];
  const index = Number(place);
  const current = wanted[index];
  if (cursor !== undefined && inner === undefined) throw badCursor();
  if (current === undefined) {
    if (cursor !== undefined) throw badCursor();
    return { items: [], next: null };
  }
  const map = mapOf(current, options);
  const list = map?.list;
  if (!map || !list) return { items: [], next: null };
  const customer = customerId === undefined ? undefined : theirId(customerId, 'customer', options.ids);
  if (customerId !== undefined && customer === undefined) return { items: [], next: null };
  const name = JSON.stringify(['people', current, q, customerId]);
  const asked = askedFor(view, list, { q, customerId: customer }, name, async (record) => {
    const found = personIn(record, map, current, options);
    if (!found || found.former === true) return undefined;
    if (!sends(list, 'q') && !matches(q, [found.name])) return undefined;
    const isTheirs =
      sends(list, 'customerId') || customerId === undefined || found.customer?.id === customerId;
    return isTheirs ? found : undefined;
  });
  const left = (Boolean(q) && !sends(list, 'q')) || (customer !== undefined && !sends(list, 'customerId'));
  const narrowed = left || map.fields.former !== undefined;
  const page = await collect({ ...asked, narrowed }, { cursor: inner === '' ? undefined : inner, limit });
  const next =
    page.next !== null ? `${index}.${page.next}` : index + 1 < wanted.length ? `${index + 1}.` : null;
  return { items: page.items, next };
}

/** One person, of whichever kind has somebody by this id. */
export async function personOf(view: View, options: MappedRestOptions, id: string): Promise<Person> {
  const me = view.actor.kind === 'customer' ? await view.me() : undefined;
  for (const kind of kinds) {
    const map = mapOf(kind, options);
    const theirs = theirId(id, kind === 'agent' ? 'agent' : 'contact', options.ids);
    if (!map?.get || theirs === undefined) continue;
    if (view.actor.kind === 'customer' && (kind === 'agent' || id !== me?.id)) continue;
    try {
      const found = personIn(
        recordIn(await view.api.get(map.get, { id: theirs }), map.get),
        map,
        kind,
        options,
      );
      if (found) return found;
    } catch (error) {
      if (!(error instanceof BackendError) || error.code !== 'not_found') throw error;
    }
  }
  throw new BackendError('not_found');
}

function mapOf(kind: PersonKind, { agents, contacts }: MappedRestOptions): PeopleMap | undefined {
  return kind === 'agent' ? agents : contacts;
}

function personIn(
  record: unknown,
  { fields }: PeopleMap,
  kind: PersonKind,
  options: MappedRestOptions,
): Person | undefined {
  const id = ourId(at(record, fields.id), kind === 'agent' ? 'agent' : 'contact', options.ids);
  if (id === undefined) return undefined;
  return {
    id,
    name: textAt(record, fields.name) ?? id,
    kind,
    ...(ourValue(record, fields.former) === 'true' && { former: true }),
    email: textAt(record, fields.email) ?? null,
    customer: refOf(record, fields.customer, 'customer', options),
  };
}

function askedFor<T>(
  { api }: View,
  list: List,
  slots: Readonly<Record<string, unknown>>,
  name: string,
  read: Asked<T>['read'],
): Asked<T> {
  return { api, list, slots, name, read, query: fillQuery(list.query ?? {}, slots), narrowed: false };
}

function sends({ path, query }: List, slot: string): boolean {
  return placeholdersIn({ path, query }).includes(slot);
}

/** Whether each word asked for begins a word of one of the texts. */
function matches(q: string | undefined, texts: readonly (string | null | undefined)[]): boolean {
  const words = texts.flatMap((text) => wordsOf(text ?? ''));
  return wordsOf(q ?? '').every((wanted) => words.some((word) => word.startsWith(wanted)));
}

function badCursor(): BackendError {
  return new BackendError('validation_failed', {
    errors: [{ field: 'cursor', code: 'invalid', message: 'The cursor does not belong to this list.' }],
  });
}
