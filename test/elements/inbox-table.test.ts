import { expect } from '@open-wc/testing';

import type { InboxCountEvent } from '../../components/inbox-table/inbox-table.events.js';
import { expectAccessible } from './expect-accessible.js';
import { aTable, aDesk, act, findRow, rowOf, told, untilGone, untilTold } from './inbox-table-support.js';
import {
  deepFocus,
  disposeClients,
  find,
  findAll,
  nameOf,
  nextEvent,
  settled,
  textOf,
  untilFound,
  untilText,
} from './support.js';
import { waitUntil } from './wait-until.js';

describe('the table of inboxes', () => {
  afterEach(disposeClients);

  it('IB-01 is absent for roles that work no inboxes', async () => {
    const desk = await aDesk();
    const table = await aTable(desk, { as: 'customer' });
    await waitUntil(() => table.hidden, 'never hidden');
    expect(findAll(table, 'row')).to.be.empty;
    const other = await aTable(desk, { as: 'agent' });
    await rowOf(other, 'Charged twice');
    expect(other.hidden).to.be.false;
  });

  it('IB-02 IB-28 shows the inboxes of the reader alone, with their counts', async () => {
    const desk = await aDesk();
    const table = await aTable(desk);
    await rowOf(table, 'Charged twice');
    expect(findAll(table, 'tab').map(textOf)).to.deep.equal(['Finance 2 2 entries', 'Mine 0 0 entries']);
    const stranger = await aTable(desk, { as: 'otherAgent' });
    await untilText(stranger, 'Nothing waits here');
    expect(findAll(stranger, 'tab').map(textOf)).to.deep.equal(['Technical 0 0 entries', 'Mine 0 0 entries']);
    const nobody = await aTable(desk, { as: 'technician' });
    await untilText(nobody, 'You work no inbox yet');
    expect(textOf(nobody)).not.to.include('Finance');
  });

  it('IB-05 shows the columns the host asks for, and tells which are none', async () => {
    const desk = await aDesk();
    const table = await aTable(desk);
    await rowOf(table, 'Charged twice');
    const names = () => findAll(table, 'columnheader').map(textOf);
    expect(names()).to.deep.equal(['Case', 'Customer', 'Due', 'Owned by', 'Actions']);
    const complaint = nextEvent<CustomEvent<{ message: string }>>(table, 'config-error');
    table.columns = 'owner, shoe-size case';
    expect((await complaint).detail.message).to.include('shoe-size');
    await table.updateComplete;
    expect(names()).to.deep.equal(['Owned by', 'Case', 'Actions']);
  });

  it('IB-06 opens the message below the row, and closes it at the second press', async () => {
    const table = await aTable(await aDesk());
    const button = await act(table, 'Charged twice', 'Message');
    expect(button.getAttribute('aria-expanded')).to.equal('false');
    button.click();
    await untilText(table, 'Please refund one month.');
    expect(button.getAttribute('aria-expanded')).to.equal('true');
    const box = table.shadowRoot?.getElementById(button.getAttribute('aria-controls') ?? '');
    expect(textOf(box as Element)).to.include('Please refund one month.');
    expect((await rowOf(table, 'Charged twice')).nextElementSibling?.contains(box as Element)).to.be.true;
    button.click();
    await table.updateComplete;
    expect(textOf(table)).not.to.include('Please refund one month.');
    expect(button.getAttribute('aria-expanded')).to.equal('false');
    (await act(table, 'VAT number changed', 'Message')).click();
    await untilText(table, 'No message');
  });

  it('IB-07 takes an entry: the own name stands in Owned by, and the badge counts it', async () => {
    const desk = await aDesk();
    const table = await aTable(desk);
    (await act(table, 'Charged twice', 'Take')).click();
    await untilTold(table, '“Charged twice” is yours.');
    await waitUntil(() => textOf(findRow(table, 'Charged twice') as Element).includes('You'), 'not mine');
    await waitUntil(() => table.count === 1, 'not counted');
    const [entry] = (await desk.tenant.clientFor('finance').inboxEntries.list({ owner: 'me' })).items;
    expect(entry?.owner?.id).to.equal('person_otto');
  });

  it('IB-07 says who was faster, and shows the row as it stands', async () => {
    const desk = await aDesk();
    // Cut off from live events, as on a slow line: the row is out of date when it is pressed.
    const table = await aTable(desk, {
      fetch: (request) =>
        request.url.endsWith('/v1/events') ? Promise.reject(new TypeError('offline')) : fetch(request),
    });
    const take = await act(table, 'Charged twice', 'Take');
    await desk.tenant.clientFor('agent').inboxEntries.take(desk.entries['Charged twice']?.id ?? '');
    take.click();
    await untilTold(table, 'Mara Lindqvist owns “Charged twice” now.');
    await waitUntil(
      () => textOf(findRow(table, 'Charged twice') as Element).includes('Mara Lindqvist'),
      'the owner does not show',
    );
  });

  it('IB-08 IB-11 disables what may not be done, with the reason', async () => {
    const desk = await aDesk();
    await desk.tenant.clientFor('agent').inboxEntries.take(desk.entries['Charged twice']?.id ?? '');
    const table = await aTable(desk);
    const lock = await act(table, 'Charged twice', 'Take');
    expect(lock.getAttribute('aria-disabled')).to.equal('true');
    expect(lock.title).to.equal('Mara Lindqvist owns this.');
    lock.click();
    await untilTold(table, 'Mara Lindqvist owns this.');
    const tick = await act(table, 'VAT number changed', 'Complete');
    expect(tick.getAttribute('aria-disabled')).to.equal('true');
    expect(tick.title).to.equal('Take it first.');
    const free = await aTable(await aDesk({ requireOwnership: false }));
    expect((await act(free, 'Charged twice', 'Complete')).hasAttribute('aria-disabled')).to.be.false;
  });

  it('IB-09 completes: the row leaves, success is told on top, and can be undone', async () => {
    const desk = await aDesk();
    const table = await aTable(desk);
    (await act(table, 'Charged twice', 'Take')).click();
    await untilTold(table, 'is yours');
    (await act(table, 'Charged twice', 'Complete')).click();
    await untilTold(table, '“Charged twice” is complete.');
    await untilGone(table, 'Charged twice');
    const id = desk.entries['Charged twice']?.id ?? '';
    const mara = desk.tenant.clientFor('agent');
    expect((await mara.inboxEntries.get(id)).state).to.equal('completed');
    (await untilFound(table, 'button', /^Undo/)).click();
    await untilTold(table, 'is as it was before');
    await rowOf(table, 'Charged twice');
    expect((await mara.inboxEntries.get(id)).state).to.equal('open');
  });

  it('IB-09 says by whom an entry was ended that is still shown', async () => {
    const desk = await aDesk({ requireOwnership: false });
    const table = await aTable(desk, {
      fetch: (request) =>
        request.url.endsWith('/v1/events') ? Promise.reject(new TypeError('offline')) : fetch(request),
    });
    const tick = await act(table, 'Charged twice', 'Complete');
    await desk.tenant.clientFor('agent').inboxEntries.complete(desk.entries['Charged twice']?.id ?? '');
    tick.click();
    await untilTold(table, 'Mara Lindqvist has completed “Charged twice”.');
    await untilGone(table, 'Charged twice');
  });

  it('IB-10 cancels: an end of its own, told as such', async () => {
    const desk = await aDesk();
    const table = await aTable(desk);
    (await act(table, 'Charged twice', 'Cancel entry')).click();
    await untilTold(table, '“Charged twice” is cancelled.');
    await untilGone(table, 'Charged twice');
    const entry = await desk.tenant
      .clientFor('agent')
      .inboxEntries.get(desk.entries['Charged twice']?.id ?? '');
    expect(entry.state).to.equal('cancelled');
  });

  it('IB-25 shows no entries of an inbox without the right to read, and disables what else is not granted', async () => {
    const narrow = await aTable(await aDesk({ rights: ['read'] }));
    const cross = await act(narrow, 'Charged twice', 'Cancel entry');
    expect(cross.getAttribute('aria-disabled')).to.equal('true');
    expect(cross.title).to.equal('You may not cancel what is in this inbox.');
    const none = await aTable(await aDesk({ rights: [] }));
    await untilText(none, 'You may not read what is in this inbox.');
    expect(findAll(none, 'row')).to.be.empty;
    expect(textOf(await untilFound(none, 'tab', /^Finance/))).to.equal('Finance');
  });

  it('IB-28 narrows to what is mine, to a date and an owner, and keeps that in the text form', async () => {
    const desk = await aDesk({
      entries: {
        'Charged twice': { dueType: 'resolve-by', dueOn: '2199-01-01' },
        'VAT number changed': {},
      },
    });
    await desk.tenant.clientFor('finance').inboxEntries.take(desk.entries['Charged twice']?.id ?? '');
    const counted = new Promise<number>((resolve) =>
      document.addEventListener('inbox-count', (event) => resolve((event as InboxCountEvent).detail.count), {
        once: true,
      }),
    );
    const table = await aTable(desk);
    await rowOf(table, 'VAT number changed');
    expect(await counted).to.equal(1);
    (await untilFound(table, 'tab', /^Mine/)).click();
    await untilGone(table, 'VAT number changed');
    await rowOf(table, 'Charged twice');
    expect(table.filterState).to.equal('inbox=mine');
    table.filterState = `inbox=${desk.finance.id}&due=none`;
    await untilGone(table, 'Charged twice');
    await rowOf(table, 'VAT number changed');
    const owner = await untilFound<HTMLSelectElement>(table, 'combobox', 'Owner');
    owner.value = 'me';
    const change = nextEvent<CustomEvent<{ filters: string }>>(table, 'inbox-filters-change');
    owner.dispatchEvent(new Event('change'));
    expect((await change).detail.filters).to.equal(`inbox=${desk.finance.id}&due=none&owner=me`);
    await untilText(table, 'Nothing here matches these filters');
    (await untilFound(table, 'button', 'Clear filters')).click();
    await rowOf(table, 'Charged twice');
  });

  it('IB-29 gives back after a question, and keeps it when the question is answered so', async () => {
    const desk = await aDesk();
    const id = desk.entries['Charged twice']?.id ?? '';
    const client = desk.tenant.clientFor('finance');
    await client.inboxEntries.take(id);
    const table = await aTable(desk);
    (await act(table, 'Charged twice', 'Give back')).click();
    const question = await untilFound(table, 'alertdialog');
    await waitUntil(() => nameOf(deepFocus()) === 'Keep it', 'the question has no focus');
    (deepFocus() as HTMLElement).click();
    await table.updateComplete;
    expect(question.isConnected).to.be.false;
    expect((await client.inboxEntries.get(id)).owner?.id).to.equal('person_otto');
    (await act(table, 'Charged twice', 'Give back')).click();
    (await untilFound(await untilFound(table, 'alertdialog'), 'button', 'Give back')).click();
    await untilTold(table, '“Charged twice” is nobody’s again.');
    expect((await client.inboxEntries.get(id)).owner).to.equal(null);
  });

  it('IB-29 lets an administrator assign to a member, and nobody else', async () => {
    const desk = await aDesk();
    const table = await aTable(desk, { as: 'administrator' });
    (await act(table, 'Charged twice', 'Message')).click();
    (await untilFound(table, 'button', 'Assign…')).click();
    const dialog = await untilFound(table, 'dialog', 'Assign to a member');
    const members = await untilFound<HTMLSelectElement>(dialog, 'combobox', /^Member/);
    expect([...members.options].map(({ label }) => label)).to.deep.equal([
      'Choose a member',
      'Mara Lindqvist',
      'Otto Brandt',
    ]);
    (await untilFound(dialog, 'button', 'Assign')).click();
    await untilText(dialog, 'Choose a member.');
    members.value = 'person_mara';
    members.dispatchEvent(new Event('change'));
    (await untilFound(dialog, 'button', 'Assign')).click();
    await untilTold(table, '“Charged twice” is Mara Lindqvist’s now.');
    const own = await aTable(desk);
    (await act(own, 'Charged twice', 'Message')).click();
    await settled();
    expect(find(own, 'button', 'Assign…')).to.equal(undefined);
  });

  it('IB-07 shows what another took before anything is pressed, for a moment pointed out', async () => {
    const desk = await aDesk();
    const table = await aTable(desk);
    await rowOf(table, 'Charged twice');
    await desk.tenant.clientFor('agent').inboxEntries.take(desk.entries['Charged twice']?.id ?? '');
    await waitUntil(() => findRow(table, 'Charged twice')?.matches('.fresh'), 'not pointed out');
    expect(textOf(findRow(table, 'Charged twice') as Element)).to.include('Mara Lindqvist');
    expect(told(table)).to.equal('');
  });

  it('is without barriers, in both colours and on a phone', async () => {
    const desk = await aDesk({
      entries: {
        'Charged twice': {
          message: 'Soon.',
          dueType: 'resolve-by',
          dueOn: new Date().toISOString().slice(0, 10),
        },
        'VAT number changed': {},
      },
    });
    await desk.tenant.clientFor('finance').inboxEntries.take(desk.entries['Charged twice']?.id ?? '');
    for (const theme of ['light', 'dark'] as const) {
      const table = await aTable(desk, { theme, width: theme === 'dark' ? 'phone' : 'wide' });
      (await act(table, 'Charged twice', 'Message')).click();
      await untilText(table, 'Soon.');
      await expectAccessible(table);
      if (theme === 'light') continue;
      const box = table.getBoundingClientRect();
      for (const button of findAll(table, 'button')) {
        const { left, right } = button.getBoundingClientRect();
        expect(left, nameOf(button)).to.be.at.least(box.left - 1);
        expect(right, nameOf(button)).to.be.at.most(box.right + 1);
      }
      const lock = (await act(table, 'Charged twice', 'Give back')).getBoundingClientRect();
      expect(Math.min(lock.width, lock.height)).to.be.at.least(40);
    }
  });

  it('says that the inboxes could not be loaded, and tries again', async () => {
    const desk = await aDesk();
    let broken = true;
    const table = await aTable(desk, {
      fetch: (request) =>
        broken && request.url.includes('/v1/inboxes')
          ? Promise.resolve(new Response('{}', { status: 500 }))
          : fetch(request),
    });
    await untilText(table, 'The inboxes could not be loaded');
    broken = false;
    (await untilFound(table, 'button', 'Try again')).click();
    await rowOf(table, 'Charged twice');
  });
});
