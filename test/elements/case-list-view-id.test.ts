import { expect } from '@open-wc/testing';

import { aList, listening, subjects } from './case-list-support.js';
import { act, collect, forService, refunds, withRefunds, untilView } from './case-list-views-support.js';
import {
  aCase,
  aTenant,
  disposeClients,
  find,
  nextEvent,
  settled,
  textOf,
  untilFound,
  untilNoText,
  untilText,
} from './support.js';

describe('<case-list view-id>', () => {
  afterEach(disposeClients);

  it('CC-14 asks only for what the view of the host finds, and says nothing about it', async () => {
    const tenant = await withRefunds();
    const { id } = await tenant.clientFor('agent').views.create(refunds);
    const { asked, fetch } = listening();
    const { list } = await aList(tenant, { as: 'agent', fetch, view: id });
    const said = collect(list);
    await untilText(list, '1 of 3 cases');
    expect(list.filterState).to.equal('');
    const searches = asked.filter(({ searchParams }) => searchParams.get('limit') !== '1');
    // What happened a moment ago may reach it as an event, and it asks again.
    const tags = new Set(searches.map(({ searchParams }) => searchParams.get('tag')));
    expect([...tags]).to.deep.equal(['refund']);
    expect(said).to.deep.equal([]);
  });

  it('CC-14 keeps filters that the host gives beside a view, and goes back to it without them', async () => {
    const tenant = await withRefunds();
    const { id } = await tenant.clientFor('agent').views.create(refunds);
    const { list } = await aList(tenant, { as: 'agent', filters: 'tag=refund' });
    list.viewId = id;
    list.filterState = 'tag=refund';
    await untilView(list, 'View: Refunds changed');
    await untilText(list, '2 of 3 cases');
    expect(list.filterState).to.equal('tag=refund');
    list.filterState = '';
    await untilView(list, 'View: Refunds');
    await untilText(list, '1 of 3 cases');
    list.filterState = 'sort=-updated';
    await untilText(list, '3 cases');
    await untilView(list, 'View: Refunds changed');
    expect(list.filterState).to.equal('sort=-updated');
  });

  it('shows all cases and says so when the view of the host is not there', async () => {
    const tenant = await withRefunds();
    const { list } = await aList(tenant, { as: 'agent' });
    const change = nextEvent<CustomEvent<{ viewId: string | null }>>(list, 'view-change');
    list.viewId = 'view_absent';
    expect((await change).detail.viewId).to.equal(null);
    await untilText(list, 'The view is not there any more, or it is not shared with you.');
    await untilText(list, '3 cases');
    (await untilFound(list, 'button', 'Dismiss')).click();
    await untilNoText(list, 'not there any more');
  });

  it('shows all cases while the view of the host cannot be read, and the view as soon as it can', async () => {
    const tenant = await withRefunds();
    const { id } = await tenant.clientFor('agent').views.create(refunds);
    let down = true;
    const { list } = await aList(tenant, {
      as: 'agent',
      fetch: async (request) =>
        down && request.url.includes('/v1/views') ? new Response('', { status: 500 }) : fetch(request),
    });
    list.viewId = id;
    await untilText(list, 'The view could not be loaded.');
    await untilText(list, '3 cases');
    down = false;
    (await untilFound(list, 'button', 'Try again')).click();
    await untilText(list, '1 of 3 cases');
    await untilNoText(list, 'The view could not be loaded.');
  });

  it('follows a view that is changed elsewhere, unless the reader has changed filters', async () => {
    const tenant = await withRefunds();
    const administrator = tenant.clientFor('administrator');
    const made = await administrator.views.create({ ...refunds, ...forService });
    const { list } = await aList(tenant, { as: 'agent' });
    list.viewId = made.id;
    await untilText(list, '1 of 3 cases');
    const wider = await administrator.views.update(
      made.id,
      { name: 'All refunds', filters: { tag: ['refund'] } },
      made,
    );
    await untilView(list, 'View: All refunds');
    await untilText(list, '2 of 3 cases');
    await untilText(list, 'The view “All refunds” was changed. The list follows it.');

    (await untilFound(list, 'button', 'Clear Tag')).click();
    await untilView(list, 'View: All refunds changed');
    await administrator.views.update(made.id, { filters: { status: ['closed'] } }, wider);
    await untilText(list, 'The view “All refunds” was changed. Your filters stay as they are.');
    await untilText(list, '3 cases');
    await act(list, 'Reset to the saved view');
    await untilText(list, '1 of 3 cases');
    expect(subjects(list)).to.deep.equal(['Refund done']);
  });

  it('keeps the filters of a view that is removed elsewhere, and tells the host', async () => {
    const tenant = await withRefunds();
    const administrator = tenant.clientFor('administrator');
    const made = await administrator.views.create({ ...refunds, ...forService });
    const { list } = await aList(tenant, { as: 'agent' });
    list.viewId = made.id;
    await untilText(list, '1 of 3 cases');
    const said = collect(list);
    await administrator.views.delete(made.id, made);
    await untilText(list, 'The view was removed. Your filters stay as they are.');
    await untilView(list, 'Views');
    await untilText(list, '1 of 3 cases');
    expect(said).to.deep.equal(['view none', 'filters sort=deadline&status=open&tag=refund']);
  });

  it('applies what a view narrows the list by that no filter shows, and keeps it', async () => {
    const tenant = await aTenant([
      aCase({ subject: 'Mine', assigneeId: 'person_mara' }),
      aCase({ subject: 'Mine too', assigneeId: 'person_mara', priority: 'high' }),
      aCase({ subject: 'Somebody else’s' }),
    ]);
    const client = tenant.clientFor('agent');
    const { id } = await client.views.create({ name: 'Mine', filters: { assigneeId: 'person_mara' } });
    const { list } = await aList(tenant, { as: 'agent', filters: '' });
    list.viewId = id;
    await untilText(list, '2 cases');
    await untilText(list, 'This view narrows the list by more than the filters above show.');
    list.filterState = 'priority=high';
    await untilText(list, '1 of 3 cases');
    await act(list, 'Save changes');
    await untilView(list, 'View: Mine');
    expect((await client.views.get(id)).filters).to.deep.equal({
      assigneeId: 'person_mara',
      priority: 'high',
    });
  });

  it('offers no views to a customer, and ignores one in the address', async () => {
    const tenant = await withRefunds();
    const { id } = await tenant.clientFor('administrator').views.create({ ...refunds, ...forService });
    const { list } = await aList(tenant, { as: 'customer' });
    list.viewId = id;
    await untilText(list, '3 cases');
    await settled();
    expect(find(list, 'button', /^View/)).to.equal(undefined);
    expect(textOf(list)).not.to.contain('not there any more');
  });

  it('offers no views where the backend keeps none', async () => {
    const tenant = await withRefunds();
    const { list } = await aList(tenant, {
      as: 'agent',
      fetch: async (request) => {
        const answer = await fetch(request);
        if (!request.url.endsWith('/v1/session')) return answer;
        const session = (await answer.json()) as { capabilities: Record<string, unknown> };
        delete session.capabilities['views'];
        return new Response(JSON.stringify(session), answer);
      },
    });
    await untilFound(list, 'button', /^Export/);
    expect(find(list, 'button', /^View/)).to.equal(undefined);
  });
});
