import { expect } from '@open-wc/testing';

import type { InboxTable } from '../../components/inbox-table/inbox-table.element.js';
import type { OpenCustomerEvent } from '../../components/inbox-table/inbox-table.events.js';
import { expectAccessible } from './expect-accessible.js';
import {
  act,
  aDesk,
  aTable,
  openForward,
  pressOn,
  rowOf,
  untilGone,
  untilTold,
  type Desk,
} from './inbox-table-support.js';
import {
  disposeClients,
  find,
  findAll,
  nextEvent,
  press,
  settled,
  textOf,
  type,
  untilFound,
  untilNoText,
  untilText,
} from './support.js';
import { waitUntil } from './wait-until.js';

const subject = 'Charged twice';
const idOf = (desk: Desk) => desk.entries[subject]?.id ?? '';

/** The requests that change something, by method and path. */
function listening() {
  const writes: string[] = [];
  const listen = (request: Request) => {
    if (request.method !== 'GET') writes.push(`${request.method} ${new URL(request.url).pathname}`);
    return fetch(request);
  };
  return { writes, listen };
}

async function chooseInbox(dialog: Element, name: string): Promise<void> {
  const field = await untilFound(dialog, 'combobox', 'Inbox');
  type(field, name);
  (await untilFound(dialog, 'option', name)).click();
  await settled();
}

async function openNotes(table: InboxTable): Promise<HTMLElement> {
  (await act(table, subject, 'Maintain case')).click();
  const dialog = await untilFound(table, 'dialog', 'Maintain case');
  await untilFound(dialog, 'textbox');
  return dialog;
}

async function write(dialog: Element, text: string): Promise<void> {
  const choice = findAll<HTMLSelectElement>(dialog, 'combobox').find(
    (one) => one instanceof HTMLSelectElement,
  );
  const option = choice && [...choice.options].find(({ value }) => value !== '');
  if (choice && option) type(choice, option.value);
  const field = findAll(dialog, 'textbox').find((one) => one instanceof HTMLTextAreaElement);
  type(field as HTMLElement, text);
  await settled();
}

describe('the table of inboxes: forwarding', () => {
  afterEach(disposeClients);

  it('IB-12 has no arrow without the right to forward', async () => {
    const table = await aTable(await aDesk({ rights: ['read', 'cancel'] }));
    const row = await rowOf(table, subject);
    expect(find(row, 'button', 'Cancel entry')).to.exist;
    expect(find(row, 'button', 'Forward')).to.equal(undefined);
    await pressOn(table, subject, 'f');
    await settled();
    expect(find(table, 'dialog')).to.equal(undefined);
  });

  it('IB-13 IB-18 goes to another inbox, where nobody owns it, and leaves this one', async () => {
    const desk = await aDesk();
    await desk.tenant.clientFor('finance').inboxEntries.take(idOf(desk));
    const table = await aTable(desk);
    const dialog = await openForward(table, subject);
    type(await untilFound(dialog, 'combobox', 'Inbox'), 'Fin');
    await untilText(dialog, 'No inbox matches.');
    await chooseInbox(dialog, 'Technical');
    type(await untilFound(dialog, 'textbox', /^Message/), 'The line itself is faulty.');
    (await untilFound(dialog, 'button', 'Forward')).click();
    await untilTold(table, `“${subject}” went to Technical.`);
    await untilGone(table, subject);
    const entry = await desk.tenant.clientFor('otherAgent').inboxEntries.get(idOf(desk));
    expect(entry.owner).to.equal(null);
    expect(entry.from?.name).to.equal('Finance');
    expect(entry.message).to.equal('The line itself is faulty.');
  });

  it('IB-14 IB-15 asks for a date where the due type needs one, and takes none that is past', async () => {
    const table = await aTable(await aDesk());
    const dialog = await openForward(table, subject);
    const dueType = await untilFound<HTMLSelectElement>(dialog, 'combobox', 'Due type');
    expect([...dueType.options].map(({ label }) => label)).to.include.members(['Call back by', 'Resolve by']);
    expect(find(dialog, 'textbox', /^Due date/)).to.equal(undefined);
    type(dueType, 'resolve-by');
    const date = await untilFound(dialog, 'textbox', /^Due date/);
    (await untilFound(dialog, 'button', 'Forward')).click();
    await untilText(dialog, 'Enter the due date.');
    type(date, '2020-01-01');
    (await untilFound(dialog, 'button', 'Forward')).click();
    await untilText(dialog, 'This date is past.');
  });

  it('IB-16 IB-17 reports everything that is missing or too long at once, and keeps the text', async () => {
    const { writes, listen } = listening();
    const table = await aTable(await aDesk(), { fetch: listen });
    const dialog = await openForward(table, subject);
    (await untilFound(dialog, 'button', 'Forward')).click();
    await untilText(dialog, 'Choose an inbox.');
    await untilText(dialog, 'Say what is to be done.');
    expect(findAll(dialog, 'combobox', 'Inbox')[0]?.getAttribute('aria-required')).to.equal('true');
    const message = await untilFound<HTMLTextAreaElement>(dialog, 'textbox', /^Message/);
    type(message, 'x'.repeat(2001));
    (await untilFound(dialog, 'button', 'Forward')).click();
    await untilText(dialog, 'Shorten this to 2,000 characters.');
    expect(message.value).to.have.length(2001);
    expect(writes).to.deep.equal([]);
  });

  it('IB-18 says who owns it where somebody was faster, and keeps what was typed', async () => {
    const desk = await aDesk();
    const table = await aTable(desk);
    const dialog = await openForward(table, subject);
    await chooseInbox(dialog, 'Technical');
    const message = await untilFound<HTMLTextAreaElement>(dialog, 'textbox', /^Message/);
    type(message, 'Please look.');
    await desk.tenant.clientFor('agent').inboxEntries.take(idOf(desk));
    (await untilFound(dialog, 'button', 'Forward')).click();
    await untilText(dialog, `Mara Lindqvist owns “${subject}” now.`);
    expect(message.value).to.equal('Please look.');
  });

  it('IB-12 says by whom it was ended that is still being forwarded', async () => {
    const desk = await aDesk({ requireOwnership: false });
    const table = await aTable(desk);
    const dialog = await openForward(table, subject);
    await chooseInbox(dialog, 'Technical');
    type(await untilFound(dialog, 'textbox', /^Message/), 'Please look.');
    await desk.tenant.clientFor('agent').inboxEntries.complete(idOf(desk));
    (await untilFound(dialog, 'button', 'Forward')).click();
    await untilText(dialog, `Mara Lindqvist has completed “${subject}”.`);
  });

  it('IB-19 changes nothing and sends nothing when it is cancelled', async () => {
    const { writes, listen } = listening();
    const table = await aTable(await aDesk(), { fetch: listen });
    const dialog = await openForward(table, subject);
    (await untilFound(dialog, 'button', 'Cancel')).click();
    await waitUntil(() => !find(table, 'dialog'), 'still open');
    const again = await openForward(table, subject);
    type(await untilFound(again, 'textbox', /^Message/), 'Typed in vain.');
    (await untilFound(again, 'button', 'Cancel')).click();
    (await untilFound(await untilFound(again, 'alertdialog'), 'button', 'Discard')).click();
    await waitUntil(() => !find(table, 'dialog'), 'still open');
    expect(writes).to.deep.equal([]);
    await rowOf(table, subject);
  });
});

describe('the table of inboxes: the case and the customer of an entry', () => {
  afterEach(disposeClients);

  it('IB-20 IB-22 IB-23 shows the notes, and Close and save adds one', async () => {
    const desk = await aDesk();
    const table = await aTable(desk);
    const dialog = await openNotes(table);
    await untilText(dialog, subject);
    await write(dialog, 'Refund granted.');
    (await untilFound(dialog, 'button', 'Close and save')).click();
    await waitUntil(() => !find(table, 'dialog'), 'still open');
    const { items } = await desk.tenant
      .clientFor('agent')
      .cases.timeline(desk.entries[subject]?.case?.id ?? '');
    expect(items.map((entry) => ('text' in entry ? entry.text : ''))).to.include('Refund granted.');
    await rowOf(table, subject);
  });

  it('IB-23 stays with what was typed when saving fails', async () => {
    const desk = await aDesk();
    let broken = true;
    const table = await aTable(desk, {
      fetch: (request) =>
        broken && request.method === 'POST' && request.url.endsWith('/notes')
          ? Promise.reject(new TypeError('offline'))
          : fetch(request),
    });
    const dialog = await openNotes(table);
    await write(dialog, 'Refund granted.');
    (await untilFound(dialog, 'button', 'Close and save')).click();
    await untilText(dialog, 'There is no connection.');
    expect(find(table, 'dialog')).to.exist;
    broken = false;
    (await untilFound(dialog, 'button', 'Close and save')).click();
    await waitUntil(() => !find(table, 'dialog'), 'still open');
  });

  it('IB-24 closes at once when nothing was typed, and asks before what was typed is lost', async () => {
    const { writes, listen } = listening();
    const table = await aTable(await aDesk(), { fetch: listen });
    const closeIn = (dialog: Element) => findAll(dialog, 'button', 'Close').at(-1);
    closeIn(await openNotes(table))?.click();
    await waitUntil(() => !find(table, 'dialog'), 'still open');
    const dialog = await openNotes(table);
    await write(dialog, 'Not sent.');
    closeIn(dialog)?.click();
    const question = await untilFound(dialog, 'alertdialog');
    (await untilFound(question, 'button', 'Keep editing')).click();
    await settled();
    expect(textOf(dialog)).to.include(subject);
    press('Escape', dialog);
    (await untilFound(await untilFound(dialog, 'alertdialog'), 'button', 'Discard')).click();
    await waitUntil(() => !find(table, 'dialog'), 'still open');
    expect(writes).to.deep.equal([]);
  });

  it('IB-20 cannot open a case the inbox does not show, and the entry is worked without it', async () => {
    const desk = await aDesk({ opensCases: false, requireOwnership: false });
    const table = await aTable(desk);
    const row = await waitUntil(() => findAll(table, 'row').length === 2, 'no rows').then(
      () => findAll(table, 'row')[0] as HTMLElement,
    );
    const notes = await untilFound(row, 'button', 'Maintain case');
    expect(notes.getAttribute('aria-disabled')).to.equal('true');
    expect(notes.title).to.equal('The case is not available to you.');
    expect(textOf(row)).not.to.include(subject);
    (await untilFound(row, 'button', 'Complete')).click();
    await untilTold(table, 'is complete.');
  });

  it('opens the case, which the host may do by itself', async () => {
    const desk = await aDesk();
    const table = await aTable(desk);
    (await act(table, subject, 'Message')).click();
    const opened = nextEvent<CustomEvent<{ caseId: string }>>(table, 'case-select');
    (await untilFound(table, 'button', 'Open case')).click();
    expect((await opened).detail.caseId).to.equal(desk.entries[subject]?.case?.id);
  });

  it('IB-21 opens the customer by an event with the id, by a link, or says that it cannot', async () => {
    const desk = await aDesk();
    const none = await aTable(desk);
    (await act(none, subject, 'Message')).click();
    const disabled = await untilFound<HTMLButtonElement>(none, 'button', 'Open customer');
    expect(disabled.disabled).to.be.true;
    await untilText(none, 'This page does not show customers.');

    const handed = nextEvent<OpenCustomerEvent>(none, 'open-customer');
    await none.updateComplete;
    (await untilFound(none, 'button', 'Open customer')).click();
    expect((await handed).detail.customerId).to.equal('cust_aldermill');
    await untilText(none, 'Open customer');

    const linked = await aTable(desk, { customerHref: '#/customers/{id}' });
    (await act(linked, subject, 'Message')).click();
    const link = await untilFound<HTMLAnchorElement>(linked, 'link', 'Open customer');
    expect(link.getAttribute('href')).to.equal('#/customers/cust_aldermill');
    linked.addEventListener('open-customer', (event) => event.preventDefault());
    const before = location.hash;
    link.click();
    await settled();
    expect(location.hash).to.equal(before);
    await untilNoText(linked, 'This page does not show customers.');
  });

  it('is without barriers in its dialogs', async () => {
    for (const theme of ['light', 'dark'] as const) {
      const table = await aTable(await aDesk(), { theme });
      const dialog = await openForward(table, subject);
      (await untilFound(dialog, 'button', 'Forward')).click();
      await untilText(dialog, 'Choose an inbox.');
      await expectAccessible(table);
    }
  });
});
