import { expect } from '@open-wc/testing';

import { aList, openFilter, subjects, type Options } from './case-list-support.js';
import { expectAccessible } from './expect-accessible.js';
import {
  aCase,
  aNewCase,
  aTenant,
  closeElsewhere,
  closed,
  deepFocus,
  disposeClients,
  find,
  findAll,
  nextEvent,
  press,
  settled,
  textOf,
  type,
  untilFound,
  untilText,
} from './support.js';
import { waitUntil } from './wait-until.js';

describe('<case-list>', () => {
  afterEach(disposeClients);

  it('shows subject, number, customer, type, priority and deadline of each case', async () => {
    const tenant = await aTenant([aCase({ priority: 'high', deadline: '2025-03-01' })]);
    const { list } = await aList(tenant);
    // The names of types and priorities come with the session, not with the rows.
    await untilText(list, 'High');
    expect(textOf(find(list, 'row') ?? list)).to.match(
      /^Charged twice in October #\d+ Aldermill Bakery Billing ▲ High \d[\d,]* days overdue 10 Feb 2025$/,
    );
  });

  it('CC-01 tells an agent without a case role that cases are not theirs to see', async () => {
    const { list } = await aList(await aTenant([aCase()]), { as: 'finance' });
    await untilText(list, 'You may not see cases');
    expect(textOf(list)).not.to.include('Charged twice');
  });

  it('CC-04 lists all cases of one customer, open and closed', async () => {
    const tenant = await aTenant([
      aCase({ subject: 'Open one' }),
      aCase({ subject: 'Closed one', entries: closed }),
      aCase({ subject: 'Of somebody else', customerId: 'cust_quist', requesterId: 'person_nora' }),
    ]);
    const { list } = await aList(tenant, { customer: tenant.customers.aldermill });
    await untilText(list, '2 cases');
    expect(subjects(list)).to.have.members(['Open one', 'Closed one']);
  });

  it('CC-04 says of a customer that is not there that it is not available', async () => {
    const { list } = await aList(await aTenant(), { customer: 'cust_nobody' });
    await untilText(list, 'This is not available');
    expect(find(list, 'button', 'Try again')).to.equal(undefined);
  });

  it('CC-15 opens a case from its row, and marks it as the current one', async () => {
    const { list, provider } = await aList(await aTenant([aCase()]));
    const row = await untilFound(list, 'row');
    const chosen = nextEvent<CustomEvent<{ caseId: string }>>(document, 'case-select');
    row.click();
    const { caseId } = (await chosen).detail;
    expect((await chosen).detail).to.deep.equal({ caseId });
    expect(provider.caseId).to.equal(caseId);
    await waitUntil(() => find(list, 'button', 'Charged twice in October')?.ariaCurrent === 'true');
  });

  it('CC-15 leaves the choice as it is when the host cancels it', async () => {
    const { list, provider } = await aList(await aTenant([aCase()]));
    list.addEventListener('case-select', (event) => event.preventDefault());
    (await untilFound(list, 'button', 'Charged twice in October')).click();
    expect(provider.caseId).to.equal(undefined);
  });

  it('goes from row to row with the arrow keys', async () => {
    const tenant = await aTenant([aCase({ subject: 'One' }), aCase({ subject: 'Two' })]);
    const { list } = await aList(tenant, { filters: 'sort=number' });
    (await untilFound(list, 'button', 'One')).focus();
    press('ArrowDown');
    expect(textOf(deepFocus())).to.equal('Two');
    press('ArrowUp');
    expect(textOf(deepFocus())).to.equal('One');
  });

  it('CC-16 shows a closed case as closed', async () => {
    const { list } = await aList(await aTenant([aCase({ entries: closed })]));
    const row = await untilFound(list, 'row');
    expect(textOf(row)).to.include('Closed');
  });

  it('CC-26 offers to add a case, unless the host takes that over', async () => {
    const { list } = await aList(await aTenant());
    const add = nextEvent<CustomEvent<{ customerId: string | null }>>(list, 'case-add');
    list.addEventListener('case-add', (event) => event.preventDefault());
    (await untilFound(list, 'button', 'Add case')).click();
    expect((await add).detail).to.deep.equal({ customerId: null });
    await settled();
    expect(find(list, 'dialog')).to.equal(undefined);
    list.withoutAdd = true;
    await list.updateComplete;
    expect(find(list, 'button', 'Add case')).to.equal(undefined);
  });

  it('shows a case that arrives, pointed out for a moment, and announces one that leaves', async () => {
    const tenant = await aTenant([aCase({ subject: 'First' })]);
    const { list } = await aList(tenant, { filters: 'status=open' });
    await untilText(list, '1 of 1 case');
    const added = await tenant.clientFor('otherAgent').cases.create(aNewCase({ subject: 'Second' }));
    await untilText(list, '2 of 2 cases');
    expect(find(list, 'row')?.classList.contains('fresh')).to.equal(true);
    await closeElsewhere(tenant, added.id);
    await untilText(list, '“Second” is no longer in this list.');
    expect(subjects(list)).to.deep.equal(['First']);
    await waitUntil(() => !find(list, 'row')?.classList.contains('fresh'), 'still pointed out');
  });

  it('shows more cases page by page, and counts them all', async () => {
    const cases = Array.from({ length: 60 }, (_, index) => aCase({ subject: `Case ${index}` }));
    const { list } = await aList(await aTenant(cases));
    list.style.display = 'block';
    list.style.blockSize = '320px';
    await untilText(list, '60 cases');
    await waitUntil(() => subjects(list).length === 25);
    const more = await untilFound(list, 'button', 'Show more');
    more.scrollIntoView();
    await waitUntil(() => subjects(list).length >= 50);
    find(list, 'button', 'Show more')?.click();
    await waitUntil(() => subjects(list).length === 60);
    expect(new Set(subjects(list)).size).to.equal(60);
    expect(find(list, 'button', 'Show more')).to.equal(undefined);
  });

  it('says that loading failed, and tries again when asked', async () => {
    let broken = true;
    const { list } = await aList(await aTenant([aCase()]), {
      fetch: (request) => (broken ? Promise.reject(new TypeError('offline')) : fetch(request)),
    });
    const retry = await untilFound(list, 'button', 'Try again');
    expect(textOf(list)).to.include('Cases could not be loaded There is no connection.');
    broken = false;
    retry.click();
    await untilText(list, 'Charged twice in October');
  });

  it('shows very long and right-to-left subjects without a horizontal scroll at 320 px', async () => {
    const tenant = await aTenant([
      aCase({ subject: 'x'.repeat(200), tags: ['vip'] }),
      aCase({ subject: 'لا يمكنني تسجيل الدخول إلى حسابي' }),
    ]);
    const { list } = await aList(tenant, { width: 'phone', filters: 'type=billing&type=complaint&tag=vip' });
    await untilText(list, '1 of 2 cases');
    for (const element of [list, ...findAll(list, 'row'), ...findAll(list, 'button')])
      expect(element.scrollWidth, element.outerHTML.slice(0, 80)).to.be.at.most(320);
    expect(find(list, 'combobox', 'Order')).to.exist;
    expect(find(list, 'button', 'Add case')).to.exist;
  });

  for (const theme of ['light', 'dark'] as const) {
    for (const width of ['wide', 'phone'] as const) {
      it(`is accessible in ${theme} with cases and filters, ${width}`, async () => {
        const tenant = await aTenant([
          aCase({ deadline: '2025-03-01', priority: 'high' }),
          aCase({ entries: closed }),
        ]);
        const { list, provider } = await aList(tenant, { theme, width, filters: 'type=billing' });
        await untilText(list, '2 of 2 cases');
        provider.select(
          (await untilFound(list, 'row')).querySelector<HTMLElement>('.subject')?.dataset['case'],
        );
        await list.updateComplete;
        await expectAccessible(list);
      });
    }

    it(`is accessible in ${theme} with an open filter that shows an error`, async () => {
      const { list } = await aList(await aTenant([aCase()]), { theme });
      const panel = await openFilter(list, 'Raised');
      type(await untilFound(panel, 'textbox', 'On or after'), '2025-02-12');
      type(await untilFound(panel, 'textbox', 'On or before'), '2025-02-10');
      (await untilFound(panel, 'button', 'Apply')).click();
      await untilText(panel, 'The last day is before the first one.');
      await expectAccessible(list);
    });

    it(`is accessible in ${theme} when empty, without result, forbidden and failed`, async () => {
      const tenant = await aTenant();
      const states: [Options, string][] = [
        [{}, 'No cases yet'],
        [{ filters: 'q=nothing' }, 'Nothing found for “nothing”'],
        [{ as: 'finance' }, 'You may not see cases'],
        [{ customer: 'cust_nobody' }, 'Cases could not be loaded'],
      ];
      for (const [options, text] of states) {
        const { list } = await aList(tenant, { ...options, theme });
        await untilText(list, text);
        await expectAccessible(list);
      }
    });
  }
});
