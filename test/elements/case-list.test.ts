import { expect, html, waitUntil } from '@open-wc/testing';

import '../../components/case-list/case-list.js';
import type { CaseList } from '../../components/case-list/case-list.element.js';
import {
  aCase,
  aNewCase,
  aProvider,
  aTenant,
  closed,
  closeElsewhere,
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
  untilNoText,
  untilText,
  type ProviderOptions,
  type TestTenant,
} from './support.js';

type Options = Partial<Omit<ProviderOptions, 'tenant'>> & {
  readonly filters?: string;
  readonly customer?: string;
};

async function aList(tenant: TestTenant, { filters = '', customer, ...options }: Options = {}) {
  const provider = await aProvider(
    { tenant, as: 'administrator', ...options },
    html`<case-list .filterState=${filters} .customerId=${customer}></case-list>`,
  );
  const list = provider.querySelector('case-list') as CaseList;
  expect(list.shadowRoot, 'the list is registered').to.exist;
  return { provider, list };
}

async function aWidget(tenant: TestTenant, { customer, ...options }: Options = {}) {
  const provider = await aProvider(
    { tenant, ...options },
    html`<case-list compact customer-id=${customer ?? tenant.customers.aldermill}></case-list>`,
  );
  const list = provider.querySelector('case-list') as CaseList;
  expect(list.shadowRoot, 'the list is registered').to.exist;
  return { provider, list };
}

/** Passes every request on, and remembers those for cases. */
function listening() {
  const asked: URL[] = [];
  return {
    asked,
    fetch: (request: Request) => {
      const url = new URL(request.url);
      if (url.pathname === '/v1/cases') asked.push(url);
      return fetch(request);
    },
  };
}

async function openFilter(list: CaseList, name: string): Promise<HTMLElement> {
  (await untilFound(list, 'button', new RegExp(`^${name}`))).click();
  const panel = await untilFound(list, 'dialog', name);
  await waitUntil(() => panel.contains(deepFocus()), 'the panel takes the focus');
  return panel;
}

const subjects = (list: CaseList) =>
  findAll(list, 'row').map((row) => textOf(row.querySelector('.subject') ?? row));

describe('<case-list>', () => {
  afterEach(disposeClients);

  it('shows subject, number, customer, type, priority and deadline of each case', async () => {
    const tenant = await aTenant([aCase({ priority: 'high', deadline: '2025-03-01' })]);
    const { list } = await aList(tenant);
    await untilText(list, 'Charged twice in October');
    expect(textOf(find(list, 'row') ?? list)).to.match(
      /^Charged twice in October #\d+ Aldermill Bakery Billing ▲ High Overdue \d[\d,]* days 10 Feb 2025$/,
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

  it('CC-05 CC-06 finds the cases raised within a range of days, both ends included', async () => {
    const tenant = await aTenant([
      aCase({ subject: 'Day before', createdAt: '2025-02-09T22:59:59Z' }),
      aCase({ subject: 'First moment', createdAt: '2025-02-09T23:00:00Z' }),
      aCase({ subject: 'Last moment', createdAt: '2025-02-12T22:59:59Z' }),
      aCase({ subject: 'Day after', createdAt: '2025-02-12T23:00:00Z' }),
    ]);
    const { list } = await aList(tenant);
    const panel = await openFilter(list, 'Raised');
    type(await untilFound(panel, 'textbox', 'On or after'), '2025-02-10');
    type(await untilFound(panel, 'textbox', 'On or before'), '2025-02-12');
    (await untilFound(panel, 'button', 'Apply')).click();
    await untilText(list, '2 of 4 cases');
    expect(subjects(list)).to.have.members(['First moment', 'Last moment']);
    expect(textOf(list)).to.include('Raised: 10 Feb 2025 – 12 Feb 2025');
  });

  it('CC-05 CC-06 refuses what is not a date and leaves the list as it was', async () => {
    const { asked, fetch } = listening();
    const { list } = await aList(await aTenant([aCase()]), { fetch });
    await untilText(list, '1 case');
    const before = asked.length;
    list.filterState = 'raisedFrom=2025-02-31';
    await untilText(list, 'This is not a date.');
    await settled();
    expect(subjects(list)).to.deep.equal(['Charged twice in October']);
    expect(asked.slice(before).filter((url) => url.searchParams.has('raisedAfter'))).to.deep.equal([]);
  });

  it('CC-07 says under the field that a range is empty, and sends no request', async () => {
    const { asked, fetch } = listening();
    const { list } = await aList(await aTenant([aCase()]), { fetch });
    await untilText(list, '1 case');
    const panel = await openFilter(list, 'Raised');
    const last = await untilFound(panel, 'textbox', 'On or before');
    type(await untilFound(panel, 'textbox', 'On or after'), '2025-02-12');
    type(last, '2025-02-10');
    const before = asked.length;
    (await untilFound(panel, 'button', 'Apply')).click();
    await untilText(panel, 'The last day is before the first one.');
    expect(last.getAttribute('aria-invalid')).to.equal('true');
    expect(last.getAttribute('aria-describedby')).to.equal('raisedTo-error');
    expect(deepFocus()).to.equal(last);
    expect(asked.length).to.equal(before);
    expect(subjects(list)).to.deep.equal(['Charged twice in October']);
  });

  it('CC-08 filters by type, and keeps a retired one marked as such', async () => {
    const tenant = await aTenant([aCase({ type: 'complaint', subject: 'Old complaint' }), aCase()]);
    const administrator = tenant.clientFor('administrator');
    const { caseTypes, version } = await administrator.settings.get();
    await administrator.settings.update(
      { caseTypes: caseTypes.map((type) => (type.id === 'complaint' ? { ...type, retired: true } : type)) },
      { version },
    );
    const { list } = await aList(tenant, { filters: 'type=complaint' });
    await untilText(list, 'Type: Complaint (retired)');
    await untilText(list, '1 of 2 cases');
    expect(subjects(list)).to.deep.equal(['Old complaint']);
  });

  it('CC-09 CC-10 filters by status and priority with the boxes ticked', async () => {
    const tenant = await aTenant([
      aCase({ subject: 'Urgent', priority: 'high' }),
      aCase({ subject: 'Calm', priority: 'low' }),
      aCase({ subject: 'Done', priority: 'high', entries: closed }),
    ]);
    const { list } = await aList(tenant);
    (await untilFound(await openFilter(list, 'Status'), 'checkbox', 'Open')).click();
    await untilText(list, '2 of 3 cases');
    (await untilFound(await openFilter(list, 'Priority'), 'checkbox', 'High')).click();
    await untilText(list, '1 of 3 cases');
    expect(subjects(list)).to.deep.equal(['Urgent']);
    expect(list.filterState).to.equal('status=open&priority=high');
  });

  it('CC-09 CC-10 names a status or priority that does not exist, and asks for nothing', async () => {
    const { asked, fetch } = listening();
    const { list } = await aList(await aTenant([aCase()]), { fetch, filters: 'status=lost&priority=urgent' });
    await untilText(list, '“urgent” is not a value of Priority.');
    expect(textOf(list)).to.include('“lost” is not a value of Status.');
    expect(textOf(list)).to.include('These filters cannot be applied');
    await settled();
    expect(asked.filter((url) => !url.searchParams.has('limit', '1'))).to.deep.equal([]);
  });

  it('CC-11 searches subject and description a moment after typing, and at once on Enter', async () => {
    const { list } = await aList(
      await aTenant([aCase({ subject: 'Refund missing' }), aCase({ subject: 'Picture freezes' })]),
    );
    const search = await untilFound<HTMLInputElement>(list, 'searchbox', 'Search cases');
    await untilText(list, '2 cases');
    type(search, 'refund');
    await untilText(list, '1 of 2 cases');
    type(search, 'picture');
    press('Enter', search);
    expect(list.filterState).to.equal('q=picture');
    await waitUntil(() => subjects(list).join() === 'Picture freezes');
  });

  it('CC-11 quotes what was not found as text, and clears it', async () => {
    const { list } = await aList(await aTenant([aCase()]), { filters: '' });
    const search = await untilFound<HTMLInputElement>(list, 'searchbox', 'Search cases');
    type(search, '<b>100% _*"</b>');
    press('Enter', search);
    await untilText(list, 'Nothing found for “<b>100% _*"</b>”');
    expect(list.shadowRoot?.querySelector('.message b')).to.equal(null);
    findAll(list, 'button', 'Clear filters').at(-1)?.click();
    await untilText(list, 'Charged twice in October');
    expect(search.value).to.equal('');
    expect(deepFocus()).to.equal(search);
  });

  it('CC-11 refuses a search of more than 200 characters with its count', async () => {
    const { asked, fetch } = listening();
    const { list } = await aList(await aTenant([aCase()]), { fetch });
    await untilText(list, '1 case');
    const search = await untilFound(list, 'searchbox', 'Search cases');
    type(search, 'x'.repeat(201));
    press('Enter', search);
    await untilText(list, 'The search may have 200 characters; it has 201.');
    await settled();
    expect(asked.filter((url) => url.searchParams.has('q'))).to.deep.equal([]);
    expect(subjects(list)).to.deep.equal(['Charged twice in October']);
  });

  it('CC-12 filters by a tag that was typed, and names one that no case has', async () => {
    const { list } = await aList(await aTenant([aCase({ tags: ['vip'], subject: 'Tagged' }), aCase()]));
    const panel = await openFilter(list, 'Tag');
    (await untilFound(panel, 'checkbox', 'vip')).click();
    await untilText(list, '1 of 2 cases');
    expect(subjects(list)).to.deep.equal(['Tagged']);
    list.filters = { tag: ['<i>nobody</i>'] };
    await untilText(list, 'No case is tagged “<i>nobody</i>”');
  });

  it('CC-13 filters by having a deadline, being overdue and being due by a day', async () => {
    const tenant = await aTenant([
      aCase({ subject: 'Past', deadline: '2025-03-01' }),
      aCase({ subject: 'Past and closed', deadline: '2025-03-01', entries: closed }),
      aCase({ subject: 'Future', deadline: '2199-01-01' }),
      aCase({ subject: 'Without' }),
    ]);
    const { list } = await aList(tenant);
    const choose = async (choice: string) => {
      const panel = await openFilter(list, 'Deadline');
      (await untilFound(panel, 'radio', choice)).click();
      return panel;
    };
    (await untilFound(await choose('Has a deadline'), 'button', 'Apply')).click();
    await untilText(list, '3 of 4 cases');
    (await untilFound(await choose('Overdue'), 'button', 'Apply')).click();
    await untilText(list, '1 of 4 cases');
    expect(subjects(list)).to.deep.equal(['Past']);
    const panel = await choose('Due by a date');
    const day = await untilFound(panel, 'textbox', 'Due on or before');
    (await untilFound(panel, 'button', 'Apply')).click();
    await untilText(panel, 'This is not a date.');
    type(day, '2026-12-31');
    (await untilFound(panel, 'button', 'Apply')).click();
    await untilText(list, '2 of 4 cases');
    expect(list.filterState).to.equal('dueBy=2026-12-31');
  });

  it('CC-14 combines filters, tells the host their text form and clears them all', async () => {
    const tenant = await aTenant([
      aCase({ subject: 'Both', tags: ['vip'] }),
      aCase({ subject: 'Type only' }),
      aCase({ subject: 'Tag only', type: 'technical', tags: ['vip'] }),
    ]);
    const { list } = await aList(tenant, { filters: '?tag=vip' });
    await untilText(list, '2 of 3 cases');
    const change = nextEvent<CustomEvent<{ filters: string }>>(document, 'filters-change');
    (await untilFound(await openFilter(list, 'Type'), 'checkbox', 'Billing')).click();
    expect((await change).detail).to.deep.equal({ filters: 'type=billing&tag=vip' });
    await untilText(list, '1 of 3 cases');
    (await untilFound(list, 'button', 'Clear filters')).click();
    await untilText(list, '3 cases');
    expect(list.filterState).to.equal('');
    expect(find(list, 'button', 'Clear filters')).to.equal(undefined);
  });

  it('CC-14 clears one filter from its chip and leaves the focus there', async () => {
    const { list } = await aList(await aTenant([aCase(), aCase({ type: 'technical' })]), {
      filters: 'type=billing&status=open',
    });
    (await untilFound(list, 'button', 'Clear Type')).click();
    expect(list.filterState).to.equal('status=open');
    await untilText(list, '2 of 2 cases');
    expect(deepFocus().id).to.equal('chip-type');
  });

  it('CC-14 ignores a filter it does not know, with an event', async () => {
    const { list } = await aList(await aTenant([aCase()]));
    const told = nextEvent<CustomEvent<{ message: string }>>(document, 'config-error');
    list.filterState = 'colour=red&status=open';
    expect((await told).detail.message).to.include('colour');
    expect(list.filters).to.deep.equal({ status: ['open'] });
    await untilText(list, '1 of 1 case');
  });

  it('closes a filter with Escape and gives the focus back to its chip', async () => {
    const { list } = await aList(await aTenant([aCase()]));
    const panel = await openFilter(list, 'Status');
    await waitUntil(() => deepFocus().matches('input'));
    press('Escape');
    expect(panel.matches(':popover-open')).to.equal(false);
    expect(deepFocus().id).to.equal('chip-status');
  });

  it('orders by its columns and says so', async () => {
    const tenant = await aTenant([
      aCase({ subject: 'Low', priority: 'low' }),
      aCase({ subject: 'High', priority: 'high' }),
      aCase({ subject: 'Normal' }),
    ]);
    const { list } = await aList(tenant, { width: 'wide' });
    await untilText(list, '3 cases');
    const header = () => find(list, 'columnheader', /^Priority/);
    header()?.querySelector('button')?.click();
    await waitUntil(() => header()?.getAttribute('aria-sort') === 'descending');
    await waitUntil(() => subjects(list).join() === 'High,Normal,Low');
    header()?.querySelector('button')?.click();
    await waitUntil(() => subjects(list).join() === 'Low,Normal,High');
    expect(header()?.getAttribute('aria-sort')).to.equal('ascending');
    expect(list.filterState).to.equal('sort=priority');
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
    await waitUntil(() => !find(list, 'row')?.classList.contains('fresh'), 'still pointed out', {
      timeout: 4000,
    });
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
        await expect(list).to.be.accessible();
      });
    }

    it(`is accessible in ${theme} with an open filter that shows an error`, async () => {
      const { list } = await aList(await aTenant([aCase()]), { theme });
      const panel = await openFilter(list, 'Raised');
      type(await untilFound(panel, 'textbox', 'On or after'), '2025-02-12');
      type(await untilFound(panel, 'textbox', 'On or before'), '2025-02-10');
      (await untilFound(panel, 'button', 'Apply')).click();
      await untilText(panel, 'The last day is before the first one.');
      await expect(list).to.be.accessible();
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
        await expect(list).to.be.accessible();
      }
    });
  }
});

describe('<case-list compact>', () => {
  afterEach(disposeClients);

  it('CC-01 is absent for an agent without a case role', async () => {
    const { list } = await aWidget(await aTenant([aCase()]), { as: 'finance' });
    await waitUntil(() => list.hidden);
    expect(getComputedStyle(list).display).to.equal('none');
    expect(textOf(list)).to.equal('');
  });

  it('CC-02 shows the newest open cases of the customer, and how many there are', async () => {
    const tenant = await aTenant([
      ...Array.from({ length: 6 }, (_, index) =>
        aCase({ subject: `Case ${index}`, createdAt: `2025-02-0${index + 1}T10:00:00Z` }),
      ),
      aCase({ subject: 'Closed', entries: closed }),
      aCase({ subject: 'Foreign', customerId: 'cust_quist', requesterId: 'person_nora' }),
    ]);
    const { list } = await aWidget(tenant);
    await untilText(list, 'All cases (7)');
    expect(textOf(list)).to.include('6 open');
    const rows = findAll(list, 'button', /^Case/).map((row) => textOf(row.querySelector('.subject') ?? row));
    expect(rows).to.deep.equal(['Case 5', 'Case 4', 'Case 3', 'Case 2', 'Case 1']);
    expect(textOf(list)).not.to.match(/Closed|Foreign/);
  });

  it('CC-02 says that nothing is open and still offers to add a case', async () => {
    const { list } = await aWidget(await aTenant([aCase({ entries: closed })]));
    await untilText(list, 'No open cases');
    expect(textOf(list)).not.to.include('Charged twice');
    expect(findAll(list, 'button', 'Add case').length).to.be.greaterThan(0);
  });

  it('CC-02 lets a case go the moment it is closed elsewhere', async () => {
    const tenant = await aTenant([aCase({ subject: 'Stays' }), aCase({ subject: 'Goes' })]);
    const { list } = await aWidget(tenant);
    await untilText(list, 'Goes');
    const { items } = await tenant.clientFor('administrator').cases.list({ q: 'Goes' });
    await closeElsewhere(tenant, items[0]?.id ?? '');
    await untilText(list, '“Goes” is no longer in this list.');
    await untilText(list, '1 open');
    expect(findAll(list, 'button', /^Goes/)).to.deep.equal([]);
  });

  it('CC-03 opens a case from its row', async () => {
    const { list, provider } = await aWidget(await aTenant([aCase()]));
    const chosen = nextEvent<CustomEvent<{ caseId: string }>>(document, 'case-select');
    (await untilFound(list, 'button', /^Charged twice/)).click();
    expect(provider.caseId).to.equal((await chosen).detail.caseId);
  });

  it('CC-04 asks the host for all cases of the customer', async () => {
    const { list } = await aWidget(await aTenant([aCase()]));
    const all = nextEvent<CustomEvent<{ customerId: string }>>(document, 'cases-all');
    (await untilFound(list, 'button', 'All cases (1)')).click();
    expect((await all).detail).to.deep.equal({ customerId: 'cust_aldermill' });
  });

  it('CC-25 opens the form for a new case and shows what was added', async () => {
    const { list, provider } = await aWidget(await aTenant());
    (await untilFound(list, 'button', 'Add case')).click();
    const dialog = await untilFound(list, 'dialog');
    expect(textOf(dialog)).to.include('New');
    const form = list.shadowRoot?.querySelector('case-form');
    const { id, number } = await (
      provider.activeClient as NonNullable<typeof provider.activeClient>
    ).cases.create(aNewCase({ subject: 'From the widget' }));
    form?.dispatchEvent(
      new CustomEvent('case-create', { detail: { caseId: id }, bubbles: true, composed: true }),
    );
    await untilText(list, `Case #${number} added.`);
    await untilText(list, 'From the widget');
    (await untilFound(list, 'button', 'Open')).click();
    expect(provider.caseId).to.equal(id);
    await untilNoText(list, 'added.');
  });

  it('CC-25 has no Add case for people who may not create one', async () => {
    const tenant = await aTenant([aCase()]);
    const { list } = await aWidget(tenant, { as: 'outsider', customer: 'cust_aldermill' });
    await untilText(list, 'Cases could not be loaded');
    expect(textOf(list)).not.to.include('Charged twice');
  });

  it('says when live changes arrive', async () => {
    const { list } = await aWidget(await aTenant([aCase()]));
    await waitUntil(() => textOf(list).endsWith(' Live'), 'never live', { timeout: 8000 });
  });

  it('tells the host that it needs a customer', async () => {
    const told = nextEvent<CustomEvent<{ message: string }>>(document, 'config-error');
    await aProvider({ tenant: await aTenant() }, html`<case-list compact></case-list>`);
    expect((await told).detail.message).to.include('customer-id');
  });

  for (const theme of ['light', 'dark'] as const)
    it(`is accessible in ${theme} with cases and without, and fits 320 px`, async () => {
      const tenant = await aTenant([
        aCase({ deadline: '2025-03-01', priority: 'high' }),
        aCase({ subject: 'y'.repeat(200) }),
      ]);
      for (const customer of [tenant.customers.aldermill, tenant.customers.harbour]) {
        const { list } = await aWidget(tenant, { theme, customer, width: 'phone' });
        await untilText(list, customer === tenant.customers.harbour ? 'No open cases' : 'All cases (2)');
        expect(list.scrollWidth).to.be.at.most(320);
        await expect(list).to.be.accessible();
      }
    });
});
