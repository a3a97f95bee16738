import { expect, html } from '@open-wc/testing';

import '../../components/inbox-table/inbox-table.js';
import type { InboxTable } from '../../components/inbox-table/inbox-table.element.js';
import type { InboxEntry, NewInboxEntry } from '../../src/contract/inbox-entries.js';
import type { Inbox, InboxRight } from '../../src/contract/inboxes.js';
import {
  aCase,
  aProvider,
  aTenant,
  find,
  findAll,
  press,
  textOf,
  untilFound,
  type ProviderOptions,
  type TestTenant,
} from './support.js';
import { waitUntil } from './wait-until.js';

/** Otto of Finance and Mara of Customer Service work one inbox; there is another one, of which only Tomás is a member. */
export interface Desk {
  readonly tenant: TestTenant;
  readonly finance: Inbox;
  readonly technical: Inbox;
  /** The entries, by the subjects of their cases. */
  readonly entries: Readonly<Record<string, InboxEntry>>;
}

const all: InboxRight[] = ['read', 'forward', 'cancel'];

/** What a desk is set up with. */
export interface DeskOptions {
  readonly entries?: Readonly<Record<string, Omit<NewInboxEntry, 'inboxId' | 'caseId'>>>;
  readonly rights?: InboxRight[];
  readonly opensCases?: boolean;
  readonly requireOwnership?: boolean;
}

export async function aDesk({
  entries = { 'Charged twice': { message: 'Please refund one month.' }, 'VAT number changed': {} },
  rights = all,
  opensCases = true,
  requireOwnership = true,
}: DeskOptions = {}): Promise<Desk> {
  const tenant = await aTenant(
    Object.keys(entries).map((subject) => aCase({ subject, departmentId: 'dept_care' })),
  );
  const administrator = tenant.clientFor('administrator');
  const { version } = await administrator.settings.get();
  await administrator.settings.update({ inboxes: { requireOwnership } }, { version });
  const finance = await administrator.inboxes.create({
    name: 'Finance',
    opensCases,
    members: [
      { personId: 'person_otto', rights },
      { personId: 'person_mara', rights: all },
    ],
  });
  const technical = await administrator.inboxes.create({
    name: 'Technical',
    members: [{ personId: 'person_tomas', rights: all }],
  });
  const made: Record<string, InboxEntry> = {};
  for await (const { id, subject } of administrator.cases.listAll({})) {
    const input = entries[subject];
    if (input)
      made[subject] = await administrator.inboxEntries.create({ ...input, caseId: id, inboxId: finance.id });
  }
  return { tenant, finance, technical, entries: made };
}

/** The table of somebody, of Otto unless told. */
export async function aTable(
  { tenant }: Pick<Desk, 'tenant'>,
  options: Omit<ProviderOptions, 'tenant'> & {
    readonly columns?: string;
    readonly customerHref?: string;
  } = {},
): Promise<InboxTable> {
  const { columns, customerHref, ...rest } = options;
  const provider = await aProvider(
    { tenant, as: 'finance', width: 'wide', ...rest },
    html`<inbox-table></inbox-table>`,
  );
  const table = provider.querySelector('inbox-table') as InboxTable;
  if (columns !== undefined) table.columns = columns;
  if (customerHref !== undefined) table.customerHref = customerHref;
  return table;
}

/** The row of an entry, once it is there. */
export async function rowOf(table: Element, subject: string): Promise<HTMLElement> {
  await waitUntil(() => findRow(table, subject), `no row ${subject}`);
  return findRow(table, subject) as HTMLElement;
}

export function findRow(table: Element, subject: string): HTMLElement | undefined {
  return findAll(table, 'row').find((row) => row.matches('[part=item]') && textOf(row).includes(subject));
}

/** A button of a row. */
export async function act(table: Element, subject: string, name: string): Promise<HTMLElement> {
  return untilFound(await rowOf(table, subject), 'button', name);
}

export async function untilGone(table: Element, subject: string): Promise<void> {
  await waitUntil(() => !findRow(table, subject), `${subject} is still there`);
}

/** What is told above the rows. */
export function told(table: InboxTable): string {
  return textOf(table.shadowRoot?.querySelector('.banner') ?? document.createTextNode(''));
}

export async function untilTold(table: InboxTable, text: string): Promise<void> {
  await waitUntil(() => told(table).includes(text), `never told ${text}`);
}

/** Opens the form that forwards an entry. */
export async function openForward(table: Element, subject: string): Promise<HTMLElement> {
  (await act(table, subject, 'Forward')).click();
  const dialog = await untilFound(table, 'dialog', 'Forward inbox message');
  await untilFound(dialog, 'textbox', /^Message/);
  return dialog;
}

/** Presses a key on the row of an entry. */
export async function pressOn(table: Element, subject: string, key: string): Promise<void> {
  const row = await rowOf(table, subject);
  const title = find(row, 'button');
  title?.focus();
  expect(title, subject).to.exist;
  press(key);
}
