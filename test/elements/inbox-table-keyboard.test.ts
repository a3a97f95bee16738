import { expect } from '@open-wc/testing';

import type { InboxTable } from '../../components/inbox-table/inbox-table.element.js';
import { aDesk, aTable, findRow, pressOn, rowOf, told, untilGone, untilTold } from './inbox-table-support.js';
import {
  deepFocus,
  disposeClients,
  find,
  findAll,
  nameOf,
  press,
  settled,
  textOf,
  type,
  untilFound,
  untilText,
} from './support.js';
import { waitUntil } from './wait-until.js';

/** Titles of the rows, from top to bottom. */
function titles(table: Element): string[] {
  return findAll(table, 'row').flatMap((row) => {
    const title = row.matches('[part=item]') && find(row, 'button');
    return title ? [nameOf(title)] : [];
  });
}

async function untilOn(name: string | RegExp, why = `the focus is not on ${name}`): Promise<void> {
  await waitUntil(() => {
    const now = nameOf(deepFocus());
    return typeof name === 'string' ? now === name : name.test(now);
  }, why);
}

/** What a screen reader is told without the focus moving there. */
function announced(table: InboxTable): string {
  return [...(table.shadowRoot?.querySelectorAll('[role=status], [role=alert]') ?? [])].map(textOf).join(' ');
}

const three = { 'Charged twice': {}, 'Invoice missing': {}, 'VAT number changed': {} };

describe('the table of inboxes, from the keyboard alone', () => {
  afterEach(disposeClients);

  async function opened(options: Parameters<typeof aDesk>[0] = { entries: three }) {
    const desk = await aDesk(options);
    const table = await aTable(desk);
    await rowOf(table, 'Charged twice');
    const [first = '', second = '', third = ''] = titles(table);
    return { desk, table, first, second, third };
  }

  it('is worked row by row: next, take, complete, undo', async () => {
    const { table, first, second, third } = await opened();
    await pressOn(table, first, 'j');
    await untilOn(second);
    press('ArrowDown');
    await untilOn(third);
    press('j');
    await untilOn(third);
    press('Home');
    await untilOn(first);
    press('End');
    await untilOn(third);
    press('k');
    await untilOn(second);
    press('t');
    await untilTold(table, `“${second}” is yours.`);
    expect(announced(table)).to.include(`“${second}” is yours.`);
    await untilOn(second);
    press('c');
    await untilTold(table, `“${second}” is complete.`);
    await untilGone(table, second);
    await untilOn(third, 'the focus did not go on');
    press('z');
    await untilTold(table, `“${second}” is as it was before.`);
    await untilOn(second, 'the focus is not on what came back');
    expect(titles(table)).to.deep.equal([first, second, third]);
  });

  it('goes to the row before when the last one leaves, and undoes when none is left', async () => {
    const { table, first, second } = await opened({ entries: { 'Charged twice': {}, 'VAT changed': {} } });
    await pressOn(table, second, 'x');
    await untilTold(table, `“${second}” is cancelled.`);
    await untilOn(first, 'the focus is lost');
    press('x');
    await untilText(table, 'Nothing waits here');
    await untilOn(/^Finance/, 'the focus is lost with the last row');
    press('z');
    await untilTold(table, `“${first}” is as it was before.`);
    await untilOn(first, 'the focus is not on what came back');
  });

  it('forwards in a dialog, and goes on at the next row', async () => {
    const { table, first, second } = await opened();
    await pressOn(table, first, 'f');
    const dialog = await untilFound(table, 'dialog', 'Forward inbox message');
    const inbox = await untilFound(dialog, 'combobox', 'Inbox');
    await waitUntil(() => dialog.contains(deepFocus()), 'the focus is not in the dialog');
    inbox.focus();
    type(inbox, 'Tech');
    await untilFound(dialog, 'option', 'Technical');
    press('ArrowDown');
    press('Enter');
    type(await untilFound(dialog, 'textbox', /^Message/), 'Please look at the line.');
    await settled();
    (await untilFound(dialog, 'button', 'Forward')).click();
    await untilTold(table, `“${first}” went to Technical.`);
    await untilGone(table, first);
    await untilOn(second, 'the focus did not go on');
  });

  it('comes back to its row from a dialog that is left', async () => {
    const { table, first } = await opened();
    await pressOn(table, first, 'f');
    const dialog = await untilFound(table, 'dialog', 'Forward inbox message');
    await untilFound(dialog, 'combobox', /^Inbox/);
    press('Escape', dialog);
    await waitUntil(() => !find(table, 'dialog', /./), 'the dialog stays');
    await untilOn(first);
    press('n');
    const notes = await untilFound(table, 'dialog', 'Maintain case');
    await untilFound(notes, 'button', 'Close and save');
    press('Escape', notes);
    await untilOn(first);
  });

  it('gives back after a question, in which no key does anything else', async () => {
    const { desk, table, first } = await opened();
    await pressOn(table, first, 't');
    await untilTold(table, `“${first}” is yours.`);
    press('t');
    await untilOn('Keep it');
    press('c');
    press('x');
    await settled();
    expect(findRow(table, first), first).to.exist;
    press('Escape');
    await untilOn('Give back');
    press('t');
    await untilOn('Keep it');
    (await untilFound(await untilFound(table, 'alertdialog'), 'button', 'Give back')).click();
    await untilTold(table, `“${first}” is nobody’s again.`);
    await untilOn('Take');
    const { owner, state } = await desk.tenant
      .clientFor('finance')
      .inboxEntries.get(desk.entries[first]?.id ?? '');
    expect([owner, state]).to.deep.equal([null, 'open']);
  });

  it('says why a key does nothing, and that there is nothing to undo', async () => {
    const { table, first } = await opened();
    await pressOn(table, first, 'c');
    await untilTold(table, 'Take it first.');
    expect(announced(table)).to.include('Take it first.');
    await untilOn(first);
    press('z');
    await untilTold(table, 'There is nothing to undo.');
    (await untilFound(table, 'button', 'Dismiss')).focus();
    (deepFocus() as HTMLElement).click();
    await untilOn(first, 'the focus is lost with the button');
    expect(told(table)).to.equal('');
  });

  it('leaves keys alone in fields, with other keys held, and acts on no row from outside it', async () => {
    const { table, first } = await opened();
    const owner = await untilFound(table, 'combobox', 'Owner');
    owner.focus();
    press('t');
    const tab = await untilFound(table, 'tab', /^Finance/);
    tab.focus();
    for (const key of ['t', 'c', 'x', 'j']) press(key);
    await rowOf(table, first);
    await settled();
    expect(told(table)).to.equal('');
    expect(deepFocus()).to.equal(tab);
  });

  it('shows its keys at the question mark, reads them, and goes back at Escape', async () => {
    const { table, first } = await opened();
    await pressOn(table, first, '?');
    const list = table.shadowRoot?.getElementById('keys-list') as HTMLElement;
    expect([list.getAttribute('role'), list.getAttribute('aria-labelledby')]).to.deep.equal([
      'group',
      'keys',
    ]);
    await waitUntil(() => list.matches(':popover-open') && deepFocus() === list, 'the list has no focus');
    const words = textOf(list);
    for (const name of ['Next row', 'Take', 'Complete', 'Forward', 'Cancel entry', 'Undo', 'Show these keys'])
      expect(words).to.include(name);
    press('?');
    await waitUntil(() => !list.matches(':popover-open'), 'the list stays');
    await untilOn(first);
  });
});
