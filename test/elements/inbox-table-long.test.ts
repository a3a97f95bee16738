import { expect } from '@open-wc/testing';

import type { InboxTable } from '../../components/inbox-table/inbox-table.element.js';
import type { CaseClient } from '../../src/client/client.js';
import type { InboxEntry } from '../../src/contract/inbox-entries.js';
import { aDesk, aTable, pressOn, untilTold, type Desk } from './inbox-table-support.js';
import {
  deepFocus,
  disposeClients,
  find,
  findAll,
  nameOf,
  settled,
  textOf,
  untilFound,
  untilText,
} from './support.js';
import { waitUntil } from './wait-until.js';

const many = 120;

describe('a long inbox', () => {
  let desk: Desk;
  let administrator: CaseClient;
  let customerId: string;
  /** As the list has them. */
  let entries: readonly InboxEntry[];

  const put = (message: string, dueOn: string) =>
    administrator.inboxEntries.create({
      customerId,
      inboxId: desk.finance.id,
      message,
      dueType: 'resolve-by',
      dueOn,
    });
  const dayOf = (at: number) => new Date(Date.UTC(2199, 0, 1 + at)).toISOString().slice(0, 10);
  async function asListed(): Promise<InboxEntry[]> {
    const listed: InboxEntry[] = [];
    const all = administrator.inboxEntries.listAll({ inboxId: desk.finance.id, sort: 'due', limit: 100 });
    for await (const entry of all) listed.push(entry);
    return listed;
  }

  beforeEach(async function () {
    this.timeout(60_000);
    desk = await aDesk({ entries: {} });
    administrator = desk.tenant.clientFor('administrator');
    const { items } = await administrator.customers.list({});
    customerId = items[0]?.id ?? '';
    for (let from = 0; from < many; from += 20)
      await Promise.all(
        Array.from({ length: 20 }, (_, at) => put(`Question ${from + at}.`, dayOf(from + at))),
      );
    entries = await asListed();
    expect(entries).to.have.length(many);
  });
  afterEach(disposeClients);

  const shown = (table: InboxTable) =>
    [...(table.shadowRoot?.querySelectorAll<HTMLElement>('[part=item]') ?? [])].map(
      ({ dataset }) => dataset['entry'] ?? '',
    );
  const rowWith = (table: InboxTable, entry: InboxEntry | undefined) =>
    table.shadowRoot?.querySelector<HTMLElement>(`[data-entry="${entry?.id}"]`);
  const focusedEntry = () => deepFocus().closest<HTMLElement>('[data-entry]')?.dataset['entry'];

  /** High above its end, so that nothing comes by itself as the end comes near. */
  async function opened(): Promise<InboxTable> {
    const table = await aTable(desk);
    await waitUntil(() => shown(table).length === 50, 'the first page never came');
    return table;
  }
  async function grown(to: number, table: InboxTable): Promise<void> {
    (await untilFound(table, 'button', /^(Show more|Loading…)$/)).click();
    await waitUntil(() => shown(table).length >= to, `never ${to} rows`);
  }

  it('comes page by page in its order, each entry once, with the exact count', async () => {
    const table = await opened();
    await untilText(table, `50 of ${many}`);
    await grown(100, table);
    await untilText(table, `100 of ${many}`);
    await grown(many, table);
    await waitUntil(() => !find(table, 'button', 'Show more'), 'more is offered still');
    expect(shown(table)).to.deep.equal(entries.map(({ id }) => id));
    expect(textOf(await untilFound(table, 'tab', /^Finance/))).to.equal(`Finance ${many} ${many} entries`);
  });

  it('keeps the focus, what is open, and says how much there is, as it grows', async () => {
    const table = await opened();
    const [first] = entries;
    rowWith(table, first)?.querySelector<HTMLElement>('[data-act=message]')?.click();
    await untilText(table, first?.message ?? '');
    const more = await untilFound(table, 'button', 'Show more');
    more.focus();
    more.click();
    await waitUntil(() => shown(table).length === 100, 'the second page never came');
    await untilText(table, `100 of ${many}`);
    const spoken = () => findAll(table, 'status').map(textOf).join(' ');
    await waitUntil(() => spoken().includes(`100 of ${many}`), 'nobody hears how many there are');
    expect(nameOf(deepFocus())).to.match(/^(Show more|Loading…)$/);
    (deepFocus() as HTMLElement).click();
    await waitUntil(() => shown(table).length === many, 'the last page never came');
    await waitUntil(() => focusedEntry() === entries[100]?.id, 'the focus went with the button');
    expect(textOf(table)).to.include(first?.message);
  });

  it('neither doubles nor loses a row when others work it meanwhile', async () => {
    const table = await opened();
    await grown(100, table);
    const standing = entries[60];
    rowWith(table, standing)?.querySelector<HTMLElement>('[data-row]')?.focus();
    // Two leave above, one comes on top, one below what is shown, one is taken: all by another hand.
    const mara = desk.tenant.clientFor('agent');
    await mara.inboxEntries.cancel(entries[3]?.id ?? '');
    await mara.inboxEntries.cancel(entries[55]?.id ?? '');
    await put('On top.', '2198-12-31');
    await put('Below.', dayOf(115));
    await mara.inboxEntries.take(entries[10]?.id ?? '');
    const now = await asListed();
    expect(now).to.have.length(many);
    await waitUntil(
      () =>
        JSON.stringify(shown(table)) ===
        JSON.stringify(now.slice(0, shown(table).length).map(({ id }) => id)),
      'the rows are not those of the list',
    );
    await waitUntil(() => textOf(rowWith(table, entries[10]) as Element).includes('Mara Lindqvist'));
    expect(shown(table).length).to.be.at.least(100);
    expect(focusedEntry()).to.equal(standing?.id);
    await grown(many, table);
    await waitUntil(
      () => JSON.stringify(shown(table)) === JSON.stringify(now.map(({ id }) => id)),
      'a row is there twice, or missing',
    );
    expect(focusedEntry()).to.equal(standing?.id);
  });

  it('tells of no row as gone that was pushed to the next page', async () => {
    const table = await opened();
    const said: string[] = [];
    const status = findAll(table, 'status');
    const watch = new MutationObserver(() => said.push(...status.map(textOf).filter(Boolean)));
    for (const one of status) watch.observe(one, { childList: true, characterData: true, subtree: true });
    const { id } = await put('On top.', '2198-12-31');
    await waitUntil(() => shown(table)[0] === id, 'the new one never came');
    await untilText(table, `50 of ${many + 1}`);
    await settled();
    watch.disconnect();
    expect(said.filter((text) => /no longer|completed|cancelled/.test(text))).to.deep.equal([]);
  });

  it('counts what was done here at once', async () => {
    const table = await opened();
    const [first] = entries;
    const row = rowWith(table, first) as HTMLElement;
    row.querySelector<HTMLElement>('[data-row]')?.focus();
    await pressOn(table, nameOf(find(row, 'button') as Element), 'x');
    await untilTold(table, 'is cancelled.');
    await waitUntil(() => !shown(table).includes(first?.id ?? ''), 'it is still there');
    await untilText(table, `of ${many - 1}`);
    await waitUntil(() => focusedEntry() === entries[1]?.id, 'the focus is lost');
  });
});
