import { expect } from '@open-wc/testing';

import { aList, aWidget, subjects } from './case-list-support.js';
import {
  aLine,
  boxes,
  boxOf,
  click,
  countOf,
  headBox,
  picked,
  said,
  select,
  untilCount,
} from './case-list-bulk-support.js';
import { expectAccessible } from './expect-accessible.js';
import {
  type TestTenant,
  aCase,
  aNewCase,
  aTenant,
  closeElsewhere,
  closed,
  deepFocus,
  disposeClients,
  find,
  findAll,
  press,
  settled,
  textOf,
  type,
  untilFound,
  untilText,
} from './support.js';
import { waitUntil } from './wait-until.js';

const named = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => aCase({ subject: `Case ${from + index}` }));

describe('selecting rows of <case-list>', function () {
  // Long lists, in three engines at once.
  this.timeout(40_000);

  afterEach(() => {
    disposeClients();
    document.documentElement.dir = '';
  });

  async function aListOf(count: number, options: Parameters<typeof aList>[1] = {}, first = 'Case 0') {
    const tenant = await aTenant(named(count));
    const made = await aList(tenant, { as: 'agent', width: 'wide', filters: 'sort=number', ...options });
    await boxOf(made.list, first);
    return { tenant, ...made };
  }

  async function caseNamed(tenant: TestTenant, subject: string): Promise<string> {
    const { items } = await tenant.clientFor('administrator').cases.list({ q: subject, limit: 100 });
    return items.find((item) => item.subject === subject)?.id ?? '';
  }

  it('CC-42 offers a checkbox for each row, named after its case, and says how many are selected', async () => {
    const { list } = await aListOf(3);
    expect(boxes(list).map((box) => box.getAttribute('aria-label'))).to.deep.equal(
      [0, 1, 2].map((place) => `Select #${1001 + place} Case ${place}`),
    );
    expect(countOf(list)).to.equal('3 cases');
    click(await boxOf(list, 'Case 1'));
    await untilCount(list, '1 of 3 selected');
    expect(picked(list)).to.deep.equal(['Case 1']);
    const head = await headBox(list);
    expect([head.checked, head.indeterminate]).to.deep.equal([false, true]);
    head.click();
    await untilCount(list, '3 of 3 selected');
    expect([head.checked, head.indeterminate]).to.deep.equal([true, false]);
    head.click();
    await untilCount(list, '3 cases');
    expect(picked(list)).to.deep.equal([]);
  });

  it('leaves the case closed when its checkbox is pressed, or the room beside it', async () => {
    const { list } = await aListOf(2);
    let opened = 0;
    list.addEventListener('case-select', () => opened++);
    const box = await boxOf(list, 'Case 0');
    click(box);
    await untilCount(list, '1 of 2 selected');
    click(box.closest('td') as HTMLElement);
    await untilCount(list, '2 cases');
    expect(opened).to.equal(0);
    click(await untilFound(list, 'button', 'Case 0'));
    expect(opened).to.equal(1);
  });

  it('has none for people who can do nothing, for the widget, and where the page does without', async () => {
    const tenant = await aTenant(named(2));
    const customer = await aList(tenant, { as: 'customer' });
    await waitUntil(() => subjects(customer.list).length === 2);
    const widget = await aWidget(tenant);
    await untilFound(widget.list, 'button', /Case 0/);
    const without = await aList(tenant, { as: 'agent' });
    without.list.withoutBulk = true;
    await waitUntil(() => subjects(without.list).length === 2);
    await settled();
    for (const { list } of [customer, widget, without]) expect(boxes(list)).to.deep.equal([]);
    without.list.withoutBulk = false;
    await waitUntil(() => boxes(without.list).length === 2, 'with the checkboxes after all');
  });

  it('selects a range with Shift, by pointer and by keyboard, and lets go of one too', async () => {
    const { list } = await aListOf(8);
    click(await boxOf(list, 'Case 1'));
    click(await boxOf(list, 'Case 4'), { shiftKey: true });
    await untilCount(list, '4 of 8 selected');
    expect(picked(list)).to.deep.equal(['Case 1', 'Case 2', 'Case 3', 'Case 4']);
    click(await boxOf(list, 'Case 3'), { shiftKey: true });
    await untilCount(list, '2 of 8 selected');
    expect(picked(list)).to.deep.equal(['Case 1', 'Case 2']);

    const box = await boxOf(list, 'Case 6');
    box.focus();
    pressWith(' ', { shiftKey: true });
    box.click();
    await untilCount(list, '6 of 8 selected');
    expect(picked(list)).to.deep.equal(['Case 1', 'Case 2', 'Case 3', 'Case 4', 'Case 5', 'Case 6']);
  });

  it('goes from checkbox to checkbox with the arrows, selecting on the way with Shift', async () => {
    const { list } = await aListOf(5);
    (await boxOf(list, 'Case 0')).focus();
    press('ArrowDown');
    await waitUntil(() => focused() === 'Case 1', 'the next checkbox');
    expect(picked(list)).to.deep.equal([]);
    pressWith('ArrowDown', { shiftKey: true });
    pressWith('ArrowDown', { shiftKey: true });
    await waitUntil(() => focused() === 'Case 3', 'two further');
    await untilCount(list, '3 of 5 selected');
    expect(picked(list)).to.deep.equal(['Case 1', 'Case 2', 'Case 3']);
    pressWith('a', { ctrlKey: true });
    await untilCount(list, '5 of 5 selected');
  });

  it('leads from a checkbox to the actions with Enter, and clears with Escape without losing the place', async () => {
    const { list } = await aListOf(3);
    const box = await boxOf(list, 'Case 2');
    box.focus();
    box.click();
    await untilCount(list, '1 of 3 selected');
    await waitUntil(() => said(list).startsWith('Enter leads'), 'says how to go on');
    press('Enter');
    expect(deepFocus().textContent?.trim()).to.equal('Close…');
    press('Escape');
    await untilCount(list, '3 cases');
    await waitUntil(() => focused() === 'Case 2', 'back at the rows');
    expect(said(list)).to.equal('Nothing is selected any more.');
  });

  it('selects all of a list that is longer than what is shown, and counts right', async () => {
    const { list } = await aListOf(60);
    click(await boxOf(list, 'Case 0'));
    const all = await untilFound(list, 'button', 'Select all 60');
    all.click();
    await untilCount(list, '60 of 60 selected');
    expect(find(list, 'button', /^Select all/)).to.equal(undefined);
    expect(boxes(list).length, 'drawn whole').to.equal(60);
    expect(picked(list).length).to.equal(60);
  });

  it('says so when not all can be loaded, and tries again', async () => {
    let cut = false;
    const { list } = await aListOf(60, {
      fetch: (request) =>
        cut && new URL(request.url).searchParams.has('cursor')
          ? Promise.resolve(new Response(null, { status: 400 }))
          : fetch(request),
    });
    cut = true;
    (await headBox(list)).click();
    await waitUntil(() => countOf(list).endsWith('of 60 selected'));
    (await untilFound(list, 'button', 'Select all 60')).click();
    await untilText(list, 'Not all cases could be loaded. Only those that are here were selected.');
    const here = boxes(list).length;
    expect(here).to.be.lessThan(60);
    await untilCount(list, `${here} of 60 selected`);
    cut = false;
    (await untilFound(list, 'button', 'Select all 60')).click();
    await untilCount(list, '60 of 60 selected');
  });

  it('works with rows that are not drawn', async () => {
    const { list } = await aListOf(140);
    list.style.display = 'block';
    list.style.blockSize = '420px';
    click(await boxOf(list, 'Case 0'));
    (await untilFound(list, 'button', 'Select all 140')).click();
    await untilCount(list, '140 of 140 selected');
    await waitUntil(() => boxes(list).length < 100, 'not drawn whole');
    (await boxOf(list, 'Case 0')).focus();
    press('End');
    await waitUntil(() => focused() === 'Case 139', 'the last checkbox');
    expect((deepFocus() as HTMLInputElement).checked).to.equal(true);
    (deepFocus() as HTMLElement).click();
    await untilCount(list, '139 of 140 selected');
    const head = await headBox(list);
    expect([head.checked, head.indeterminate]).to.deep.equal([false, true]);
  });

  it('lets go of a case that leaves the list, says so, and keeps the others', async () => {
    const { list, tenant } = await aListOf(4, { filters: 'sort=number&status=open' });
    await select(list, 'Case 0', 'Case 1', 'Case 2');
    await closeElsewhere(tenant, await caseNamed(tenant, 'Case 1'));
    await untilCount(list, '2 of 3 selected');
    expect(picked(list)).to.deep.equal(['Case 0', 'Case 2']);
    expect(said(list)).to.equal('1 selected case is no longer in this list; 2 selected.');
  });

  it('keeps a case that others only push behind what was loaded', async () => {
    const { list, tenant } = await aListOf(40, { filters: 'sort=-number' }, 'Case 39');
    const last = (list.shadowRoot?.querySelectorAll('[data-case]') ?? []).length - 1;
    const name = subjects(list)[last] ?? '';
    await select(list, name);
    await untilCount(list, '1 of 40 selected');
    const { cases } = tenant.clientFor('administrator');
    await cases.create(aNewCase({ subject: 'Pushes others down' }));
    await untilCount(list, '1 of 41 selected');
    await waitUntil(() => picked(list).includes(name), 'drawn again with the next page');
  });

  it('clears with a word when other cases are asked for', async () => {
    const { list } = await aListOf(3);
    await select(list, 'Case 0');
    list.filterState = 'status=closed';
    await waitUntil(() => said(list) === 'Other cases are shown now: nothing is selected.');
    list.filterState = 'sort=number';
    await untilCount(list, '3 cases');
    expect(picked(list)).to.deep.equal([]);
  });

  it('keeps nothing for the next person', async () => {
    const { list, tenant, provider } = await aListOf(3);
    await select(list, 'Case 0', 'Case 1');
    provider.client = tenant.clientFor('administrator');
    await untilCount(list, '3 cases');
    await waitUntil(() => boxes(list).length === 3);
    expect(picked(list)).to.deep.equal([]);
  });

  it('disables what no selected case allows, and says why', async () => {
    const tenant = await aTenant([
      aCase({ subject: 'Open one' }),
      aCase({ subject: 'Closed one', entries: closed }),
      aCase({ subject: 'Closed too', entries: closed }),
    ]);
    const { list } = await aList(tenant, { as: 'agent' });
    await select(list, 'Open one');
    const reopen = await untilFound(list, 'button', 'Reopen…');
    expect(reopen.getAttribute('aria-disabled')).to.equal('true');
    expect(reopen.title).to.equal('What you selected is open already.');
    reopen.click();
    await untilText(list, 'What you selected is open already.');
    expect(findAll(list, 'dialog')).to.deep.equal([]);

    await select(list, 'Closed one');
    await waitUntil(() => !reopen.hasAttribute('aria-disabled'), 'one of them can be reopened');
    click(await boxOf(list, 'Open one'));
    await waitUntil(() => reopen.title === '');
    for (const [name, reason] of [
      ['Close…', 'What you selected is closed already.'],
      ['Tag…', 'What you selected is closed. Reopen it first.'],
      ['Assign…', 'What you selected is closed. Reopen it first.'],
    ] as const)
      await waitUntil(() => find(list, 'button', name)?.title === reason, name);
  });

  it('gives a finger room enough on a phone, from right to left too', async () => {
    const { list } = await aListOf(3, { width: 'phone' });
    for (const dir of ['', 'rtl']) {
      document.documentElement.dir = dir;
      await settled();
      for (const box of boxes(list)) {
        const cell = box.closest('td')?.getBoundingClientRect();
        expect(cell?.width).to.be.at.least(44);
        expect(cell?.height).to.be.at.least(44);
        const row = box.closest('tr')?.getBoundingClientRect();
        expect(
          Math.abs(dir ? (cell?.right ?? 0) - (row?.right ?? 9) : (cell?.left ?? 0) - (row?.left ?? 9)),
        ).to.be.lessThan(2);
      }
    }
    expect(list.scrollWidth).to.be.at.most(320);
  });

  for (const theme of ['light', 'dark'] as const)
    it(`is accessible with a selection, ${theme}`, async () => {
      const { list } = await aListOf(3, { theme });
      await select(list, 'Case 0', 'Case 1');
      await expectAccessible(list);
    });

  it('CC-42 leads from the way to all cases, which is gone then, to what can be done', async () => {
    const { list } = await aListOf(30);
    await select(list, 'Case 0');
    const all = await untilFound(list, 'button', 'Select all 30');
    all.focus();
    all.click();
    await untilCount(list, '30 of 30 selected');
    await waitUntil(() => textOf(deepFocus()) === 'Close…', 'the focus is on the first thing to do');
    press('Escape');
    await waitUntil(() => picked(list).length === 0, 'Escape clears the selection');
  });

  for (const width of ['phone', 'wide'] as const)
    it(`CC-42 takes a finger beside the checkbox for all as on it, ${width}`, async () => {
      const { list } = await aListOf(3, { width });
      const box = await headBox(list);
      box.scrollIntoView({ block: 'center' });
      const { left, top, width: size, height } = box.getBoundingClientRect();
      for (const [x, y] of [
        [left - 10, top + height / 2],
        [left + size + 10, top + height / 2],
      ] as const) {
        const before = picked(list).length;
        const hit = list.shadowRoot?.elementFromPoint(x, y);
        expect(hit, 'something is there').to.exist;
        click(hit as Element);
        await waitUntil(() => picked(list).length === (before ? 0 : 3), 'all are selected, or none');
      }
    });

  it('CC-42 tells nothing of an earlier time after the list left the page with its dialog open', async () => {
    const line = aLine();
    const { tenant, list } = await aListOf(4, { fetch: line.fetch });
    const titleOf = (dialog: Element) => textOf(dialog.querySelector('h2') ?? dialog);
    const open = async (action: string) => {
      (await untilFound(list, 'button', action)).click();
      return untilFound(list, 'dialog');
    };
    await select(list, 'Case 0', 'Case 1');
    const taken = await caseNamed(tenant, 'Case 1');
    line.meet = async (_call, pass) => {
      await closeElsewhere(tenant, taken);
      return pass();
    };
    let dialog = await open('Close…');
    type(dialog.querySelector('[name=reason]') as HTMLElement, 'resolved');
    type(dialog.querySelector('[name=note]') as HTMLElement, 'The mast is repaired.');
    dialog.querySelector<HTMLElement>('button[type=submit]')?.click();
    await waitUntil(() => titleOf(dialog) === '1 closed, 1 refused', 'the outcome');

    const { parentElement: parent } = list;
    list.remove();
    parent?.append(list);
    await waitUntil(() => find(list, 'dialog') === undefined, 'the dialog is gone');
    await boxOf(list, 'Case 2');
    await select(list, 'Case 2');
    dialog = await open('Tag…');
    await waitUntil(() => titleOf(dialog).startsWith('Tag '), `not “${titleOf(dialog)}”`);
    (await untilFound(dialog, 'button', 'Close')).click();
    await waitUntil(() => find(list, 'dialog') === undefined, 'the dialog closes');
    dialog = await open('Close…');
    expect(dialog.querySelector<HTMLTextAreaElement>('[name=note]')?.value).to.equal('');
  });
});

/** The case whose checkbox has the focus. */
function focused(): string {
  return /^Select #\d+ (.*)/.exec(deepFocus().getAttribute('aria-label') ?? '')?.[1] ?? '';
}

function pressWith(key: string, options: KeyboardEventInit, on: Element = deepFocus()): void {
  on.dispatchEvent(
    new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true, ...options }),
  );
}
