import { expect, html } from '@open-wc/testing';

import { aWidget } from './case-list-support.js';
import { expectAccessible } from './expect-accessible.js';
import {
  aCase,
  aProvider,
  aTenant,
  closeElsewhere,
  closed,
  deepFocus,
  disposeClients,
  find,
  findAll,
  nextEvent,
  textOf,
  type,
  untilFound,
  untilNoText,
  untilText,
} from './support.js';
import { waitUntil } from './wait-until.js';

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
    await untilFound(list, 'button', 'Add case');
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
    type(await untilFound(dialog, 'textbox', /^Subject/), 'From the widget');
    type(await untilFound(dialog, 'textbox', /^Description/), 'Two debits of the same amount.');
    type(await untilFound(dialog, 'combobox', /^Type/), 'billing');
    type(await untilFound(dialog, 'combobox', /^Contact method/), 'phone');
    const created = nextEvent<CustomEvent<{ caseId: string }>>(document, 'case-create');
    (await untilFound(dialog, 'button', 'Save')).click();
    const { caseId: id } = (await created).detail;
    await untilText(list, /Case #\d+ added\./);
    await untilText(list, 'From the widget');
    const open = await untilFound(list, 'button', 'Open');
    open.focus();
    open.click();
    expect(provider.caseId).to.equal(id);
    await untilNoText(list, 'added.');
    await waitUntil(
      () => (deepFocus() as HTMLElement).dataset['case'] === id,
      'the focus goes on at the case that was opened',
    );
  });

  it('CC-25 has no Add case for people who may not create one', async () => {
    const tenant = await aTenant();
    const { settings } = tenant.clientFor('administrator');
    const { version } = await settings.get();
    await settings.update({ portalScope: 'none' }, { version });
    const { list } = await aWidget(tenant, { as: 'customer' });
    await untilText(list, 'No open cases');
    await untilFound(list, 'button', 'All cases (0)');
    expect(find(list, 'button', 'Add case')).to.equal(undefined);
  });

  it('CC-04 shows nothing of another customer to a customer', async () => {
    const tenant = await aTenant([aCase()]);
    const { list } = await aWidget(tenant, { as: 'outsider' });
    await untilText(list, 'Cases could not be loaded');
    expect(textOf(list)).not.to.include('Charged twice');
  });

  it('says when live changes arrive', async () => {
    const { list } = await aWidget(await aTenant([aCase()]));
    await waitUntil(() => textOf(list).endsWith(' Live'), 'never live');
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
        await expectAccessible(list);
      }
    });
});
