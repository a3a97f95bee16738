import { expect } from '@open-wc/testing';

import type { CaseList } from '../../components/case-list/case-list.element.js';
import { aList, subjects } from './case-list-support.js';
import {
  act,
  collect,
  forService,
  refunds,
  withRefunds,
  actions,
  chooseView,
  kept,
  offered,
  openViews,
  untilView,
  viewsButton,
} from './case-list-views-support.js';
import { expectAccessible } from './expect-accessible.js';
import {
  aCase,
  aTenant,
  deepFocus,
  disposeClients,
  find,
  findAll,
  press,
  textOf,
  type,
  untilFound,
  untilText,
} from './support.js';
import { waitUntil } from './wait-until.js';

const headers = (list: CaseList) =>
  findAll(list, 'columnheader')
    .map((header) => textOf(header).replace(/ ?[↑↓]$/, ''))
    .filter(Boolean);

describe('<case-list> saved views', () => {
  afterEach(disposeClients);

  it('CC-14 keeps filters, order and columns under a name, which then names the list', async () => {
    const tenant = await withRefunds();
    const { list } = await aList(tenant, {
      as: 'agent',
      filters: 'status=open&tag=refund&sort=deadline',
      width: 'wide',
    });
    list.columns = 'number subject tags';
    await untilText(list, 'Refund wanted');
    const said = collect(list);
    await act(list, 'Save as a new view…');
    const dialog = await untilFound(list, 'dialog', 'Save as a new view');
    const name = await untilFound(dialog, 'textbox', /^Name/);
    await waitUntil(() => deepFocus() === name, 'the name takes the focus');

    (await untilFound(dialog, 'button', 'Save view')).click();
    await untilText(dialog, 'Enter a name.');
    expect(name.getAttribute('aria-invalid')).to.equal('true');
    expect(name.getAttribute('aria-describedby')).to.contain('view-name-error');
    expect(deepFocus()).to.equal(name);

    type(name, 'Refunds');
    (await untilFound(dialog, 'button', 'Save view')).click();
    await untilView(list, 'View: Refunds');
    const [view, ...others] = await kept(tenant.clientFor('agent'));
    expect(others).to.deep.equal([]);
    expect(view).to.deep.include({
      name: 'Refunds',
      filters: { status: 'open', tag: 'refund' },
      sort: 'deadline',
      columns: ['number', 'subject', 'tags'],
      visibility: { kind: 'private' },
    });
    expect(list.viewId).to.equal(view?.id);
    expect(said).to.deep.equal([`view ${view?.id}`, 'filters ']);
    expect(find(list, 'dialog')).to.equal(undefined);
    expect(deepFocus()).to.equal(await viewsButton(list));
  });

  it('CC-12 CC-14 shows a chosen view with its filters, order and columns, and all cases again', async () => {
    const tenant = await withRefunds();
    const { id } = await tenant.clientFor('agent').views.create(refunds);
    const { list } = await aList(tenant, { as: 'agent', width: 'wide' });
    await untilText(list, '3 cases');
    const said = collect(list);
    await chooseView(list, 'Refunds');
    await untilText(list, '1 of 3 cases');
    expect(subjects(list)).to.deep.equal(['Refund wanted']);
    expect(headers(list)).to.deep.equal(['Number', 'Subject', 'Tags']);
    expect(list.filters).to.deep.equal({ status: ['open'], tag: ['refund'], sort: 'deadline' });
    expect(said).to.deep.equal([`view ${id}`]);

    await openViews(list);
    expect(find(list, 'menuitemradio', 'Refunds')?.getAttribute('aria-checked')).to.equal('true');
    (await untilFound(list, 'menuitemradio', 'All cases')).click();
    await untilText(list, '3 cases');
    expect(list.viewId).to.equal(undefined);
    expect(headers(list)).to.deep.equal(['Case', 'Type', 'Priority', 'Deadline', 'Updated']);
    expect(said.slice(1)).to.deep.equal(['view none']);
    await untilView(list, 'Views');
  });

  it('marks a view whose filters were changed, and takes them back or keeps them', async () => {
    const tenant = await withRefunds();
    const client = tenant.clientFor('agent');
    const { id } = await client.views.create(refunds);
    const { list } = await aList(tenant, { as: 'agent' });
    await chooseView(list, 'Refunds');
    await untilText(list, '1 of 3 cases');
    await openViews(list);
    expect(actions(list)).to.deep.equal(['Save as a new view…', 'Rename…', 'Delete…']);
    press('Escape');

    const said = collect(list);
    (await untilFound(list, 'button', 'Clear Status')).click();
    await untilText(list, '2 of 3 cases');
    await untilView(list, 'View: Refunds changed');
    expect(said).to.deep.equal(['filters sort=deadline&tag=refund']);
    await act(list, 'Reset to the saved view');
    await untilText(list, '1 of 3 cases');
    await untilView(list, 'View: Refunds');
    expect(said.at(-1)).to.equal('filters ');

    (await untilFound(list, 'button', 'Clear Status')).click();
    await untilView(list, 'View: Refunds changed');
    await act(list, 'Save changes');
    await untilView(list, 'View: Refunds');
    expect((await client.views.get(id)).filters).to.deep.equal({ tag: 'refund' });
    expect(list.filterState).to.equal('');

    (await untilFound(list, 'button', 'Clear filters')).click();
    await untilText(list, '3 cases');
    await waitUntil(() => list.filterState === 'sort=deadline', 'nothing left but the order');
  });

  it('lists new views in a menu that is open, own ones apart from shared ones', async () => {
    const tenant = await withRefunds();
    const { list } = await aList(tenant, { as: 'agent' });
    await openViews(list);
    expect(offered(list)).to.deep.equal(['All cases']);
    await tenant.clientFor('agent').views.create({ ...refunds, name: 'Mine' });
    await tenant.clientFor('administrator').views.create({ ...refunds, ...forService });
    await waitUntil(() => offered(list).length === 3, 'both arrive');
    expect(offered(list)).to.deep.equal(['All cases', 'Mine', 'Refunds by Iris Vahl']);
    const groups = [...(find(list, 'menuitemradio')?.parentElement?.querySelectorAll('[role=group]') ?? [])];
    expect(groups.map((group) => group.getAttribute('aria-label'))).to.deep.equal(['Only for me', 'Shared']);
    expect(deepFocus().textContent.trim()).to.equal('All cases');
    await expectAccessible(list);
  });

  it('is worked with the keyboard alone', async () => {
    const tenant = await withRefunds();
    const client = tenant.clientFor('agent');
    await client.views.create({ ...refunds, name: 'Bills' });
    await client.views.create(refunds);
    const { list } = await aList(tenant, { as: 'agent' });
    const button = await viewsButton(list);
    button.focus();
    press('ArrowDown');
    await waitUntil(() => deepFocus().textContent?.trim() === 'All cases', 'the menu takes the focus');
    await untilFound(list, 'menuitemradio', 'Refunds');
    expect(button.getAttribute('aria-expanded')).to.equal('true');
    const focused = () => deepFocus().textContent?.trim();
    press('ArrowDown');
    expect(focused()).to.equal('Bills');
    press('End');
    expect(focused()).to.equal('Save as a new view…');
    press('ArrowDown');
    expect(focused()).to.equal('All cases');
    press('ArrowUp');
    expect(focused()).to.equal('Save as a new view…');
    press('r');
    expect(focused()).to.equal('Refunds');
    press('Home');
    expect(focused()).to.equal('All cases');
    press('Escape');
    await waitUntil(() => button.getAttribute('aria-expanded') === 'false', 'the menu closes');
    expect(deepFocus()).to.equal(button);
    expect(find(list, 'menuitemradio')).to.equal(undefined);
  });

  it('CC-08 keeps a view with a retired value working, and says so', async () => {
    const tenant = await aTenant([aCase({ type: 'complaint', subject: 'Old complaint' }), aCase()]);
    const administrator = tenant.clientFor('administrator');
    const { id } = await administrator.views.create({
      name: 'Complaints',
      filters: { type: ['complaint'] },
      ...forService,
    });
    const { caseTypes, version } = await administrator.settings.get();
    await administrator.settings.update(
      { caseTypes: caseTypes.map((type) => (type.id === 'complaint' ? { ...type, retired: true } : type)) },
      { version },
    );
    const { list } = await aList(tenant, { as: 'agent' });
    await openViews(list);
    expect(offered(list)).to.deep.equal(['All cases', 'Complaints by Iris Vahl retired values']);
    (await untilFound(list, 'menuitemradio', /^Complaints/)).click();
    await untilText(list, '1 of 2 cases');
    expect(list.viewId).to.equal(id);
    expect(subjects(list)).to.deep.equal(['Old complaint']);
    await untilText(
      list,
      'This view names what can no longer be chosen: Complaint (retired). It still finds the cases that have it.',
    );
    await untilFound(list, 'button', 'Type: Complaint (retired)');
  });

  it('CC-05 CC-06 keeps days as days of whoever looks', async () => {
    const tenant = await aTenant([
      aCase({ subject: 'Then', createdAt: '2025-02-10T12:00:00Z' }),
      aCase({ subject: 'Later', createdAt: '2025-02-13T12:00:00Z' }),
    ]);
    const { list } = await aList(tenant, {
      as: 'agent',
      filters: 'raisedFrom=2025-02-10&raisedTo=2025-02-12',
    });
    await untilText(list, '1 of 2 cases');
    await act(list, 'Save as a new view…');
    type(await untilFound(list, 'textbox', /^Name/), 'February');
    (await untilFound(list, 'button', 'Save view')).click();
    await untilView(list, 'View: February');
    const [view] = await kept(tenant.clientFor('agent'));
    expect(view?.filters).to.deep.equal({ raisedAfter: '2025-02-10', raisedBefore: '2025-02-13' });
    const again = await aList(tenant, { as: 'agent', view: view?.id ?? '' });
    await untilView(again.list, 'View: February');
    await untilText(again.list, '1 of 2 cases');
    expect(again.list.filters).to.deep.equal({ raisedFrom: '2025-02-10', raisedTo: '2025-02-12' });
    expect(subjects(again.list)).to.deep.equal(['Then']);
  });
});
