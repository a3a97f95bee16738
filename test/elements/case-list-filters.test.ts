import { expect } from '@open-wc/testing';

import { aList, listening, openFilter, subjects } from './case-list-support.js';
import {
  aCase,
  aTenant,
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

describe('<case-list> filters', () => {
  afterEach(disposeClients);

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

  it('asks for the rows first, and how many cases there are besides once they are there', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const { asked, fetch } = listening();
    const { list } = await aList(await aTenant([aCase(), aCase({ subject: 'Closed', entries: closed })]), {
      filters: 'status=open',
      fetch: async (request) => {
        const answer = await fetch(request);
        if (new URL(request.url).searchParams.has('status')) await held;
        return answer;
      },
    });
    await untilFound(list, 'button', 'Add case');
    expect(asked.map(({ searchParams }) => searchParams.get('status'))).to.deep.equal(['open']);
    release();
    await untilText(list, '1 of 2 cases');
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
    const { list } = await aList(await aTenant([aCase()]));
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
    (await untilFound(panel, 'option', /^vip/)).click();
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
    const panel = await choose('Within a range of days');
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
});
