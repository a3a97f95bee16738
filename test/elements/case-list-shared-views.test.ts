import { expect } from '@open-wc/testing';

import type { CaseList } from '../../components/case-list/case-list.element.js';
import type { Settings } from '../../src/contract/settings.js';
import { aList, subjects } from './case-list-support.js';
import { act, chooseView, kept, openViews, untilView } from './case-list-views-support.js';
import { network, share } from './sharing-support.js';
import {
  aCase,
  aTenant,
  closed,
  disposeClients,
  find,
  findAll,
  nameOf,
  type,
  untilFound,
  untilText,
  type TestTenant,
} from './support.js';
import { waitUntil } from './wait-until.js';

/** Cases of Customer Care: two of them shared with Network, one of those closed since. */
async function withShared(
  sharing: Parameters<ReturnType<TestTenant['clientFor']>['settings']['update']>[0]['sharing'] = {},
): Promise<TestTenant> {
  const tenant = await aTenant([
    aCase({ departmentId: 'dept_care', subject: 'Shared and open', priority: 'high' }),
    aCase({ departmentId: 'dept_care', subject: 'Only ours' }),
  ]);
  const { settings } = tenant.clientFor('administrator');
  const { version }: Settings = await settings.get();
  await settings.update({ sharing: { departmentRoles: ['customer-service'], ...sharing } }, { version });
  const agent = tenant.clientFor('agent');
  const { items } = await agent.cases.list({ q: 'open' });
  for (const { id } of items) await share(tenant, id, 'agent', { ...network, level: 'restricted' });
  return tenant;
}

/** Whose cases the list shows, as the buttons above it say. */
async function choose(list: CaseList, name: string): Promise<void> {
  const button = await untilFound(list, 'button', name);
  button.click();
  await waitUntil(() => button.getAttribute('aria-pressed') === 'true', `${name} is pressed`);
}

async function untilSubjects(list: CaseList, ...expected: readonly string[]): Promise<void> {
  await waitUntil(
    () => JSON.stringify([...subjects(list)].sort()) === JSON.stringify([...expected].sort()),
    `the list shows ${expected.join(', ') || 'nothing'}`,
  );
}

async function saveAs(list: CaseList, name: string): Promise<void> {
  await act(list, 'Save as a new view…');
  const dialog = await untilFound(list, 'dialog', 'Save as a new view');
  type(await untilFound(dialog, 'textbox', /^Name/), name);
  (await untilFound(dialog, 'button', 'Save view')).click();
  await untilView(list, `View: ${name}`);
}

describe('<case-list> of what is shared', () => {
  afterEach(disposeClients);

  it('DE-16 DE-22 a department finds what it received in its Shared view alone, once', async () => {
    const tenant = await withShared();
    await tenant.seed({ cases: [aCase({ departmentId: 'dept_network', subject: 'Network’s own' })] });
    const { list } = await aList(tenant, { as: 'technician', width: 'wide' });
    await untilSubjects(list, 'Network’s own');
    await choose(list, 'Shared with us');
    await untilSubjects(list, 'Shared and open');
    // Nobody saves a file of it either.
    expect((await untilFound(list, 'button', /^Export/)).getAttribute('aria-disabled')).to.equal('true');
    await choose(list, 'All cases');
    await untilSubjects(list, 'Network’s own');

    const owner = await aList(tenant, { as: 'agent', width: 'wide' });
    await untilSubjects(owner.list, 'Shared and open', 'Only ours');
  });

  it('DE-28 a view of what is shared with others, with a condition, stays when its rows are gone', async () => {
    const tenant = await withShared();
    const { list } = await aList(tenant, { as: 'agent', filters: 'status=open', width: 'wide' });
    await untilText(list, 'Only ours');
    await choose(list, 'Shared with others');
    await untilSubjects(list, 'Shared and open');
    await saveAs(list, 'With others, open');
    const [view] = await kept(tenant.clientFor('agent'));
    expect(view?.filters).to.deep.equal({ status: 'open', shared: 'by-us' });

    // Whose department has the cases no longer sees them: the view is there, and finds nothing.
    const administrator = tenant.clientFor('administrator');
    const { items } = await administrator.cases.list({ limit: 100 });
    for (const { id, version } of items)
      await administrator.cases.update(id, { departmentId: 'dept_network' }, { version });
    await untilSubjects(list);
    await untilView(list, 'View: With others, open');
  });

  it('DE-29 conditions that rule each other out are warned of, and find nothing', async () => {
    const tenant = await withShared();
    await tenant.seed({ cases: [aCase({ subject: 'Done', departmentId: 'dept_care', entries: closed })] });
    const { list } = await aList(tenant, {
      as: 'agent',
      filters: 'status=closed&due=overdue&shared=by-us',
      width: 'wide',
    });
    await waitUntil(() => findAll(list, 'button', /^Views/).length > 0, 'the views arrive');
    await saveAs(list, 'Overdue and done');
    await untilText(list, 'The conditions of this view rule each other out, so it shows no case.');
    expect(subjects(list)).to.deep.equal([]);
    // It can no longer be chosen is something else.
    await openViews(list);
    const item = await untilFound(list, 'menuitemradio', /Overdue and done/);
    expect(nameOf(item)).not.to.contain('retired');
  });

  it('DE-30 a view is for whom it was set, and says no condition about what they may not see', async () => {
    const tenant = await withShared({ masks: { department: { restricted: ['priority'] } } });
    await tenant.clientFor('administrator').views.create({
      name: 'Urgent from others',
      filters: { shared: 'with-me', priority: ['high'] },
      visibility: { kind: 'roles', roles: ['customer-service'] },
    });
    const { list } = await aList(tenant, { as: 'technician', width: 'wide' });
    await chooseView(list, /Urgent from others/);
    await untilView(list, 'View: Urgent from others');
    await untilText(list, 'A condition of this view is about something you cannot see. It is left out.');
    expect(list.filterState).not.to.contain('priority');
    expect(find(list, 'button', /Priority.*High/)).to.equal(undefined);

    const other = await aList(tenant, { as: 'otherAgent', width: 'wide' });
    await untilText(other.list, 'Only ours');
    await openViews(other.list);
    expect(find(other.list, 'menuitemradio', /Urgent from others/)).to.equal(undefined);
  });
});
