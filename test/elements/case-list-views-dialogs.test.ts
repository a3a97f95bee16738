import { expect } from '@open-wc/testing';

import type { NewView } from '../../src/contract/views.js';
import { aList } from './case-list-support.js';
import { act, actions, kept, openViews, untilView } from './case-list-views-support.js';
import { expectAccessible } from './expect-accessible.js';
import {
  type TestTenant,
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
  untilNoText,
  untilText,
} from './support.js';
import { waitUntil } from './wait-until.js';

const refunds: NewView = { name: 'Refunds', filters: { tag: ['refund'] } };

/** A list that shows a view of its reader, or one that an administrator shares. */
async function aListOf(tenant: TestTenant, as: 'agent' | 'administrator', over: Partial<NewView> = {}) {
  const client = tenant.clientFor(as);
  const view = await client.views.create({ ...refunds, ...over });
  const { list } = await aList(tenant, { as });
  list.viewId = view.id;
  await untilView(list, `View: ${view.name}`);
  return { client, view, list };
}

describe('<case-list> dialogs of saved views', () => {
  afterEach(disposeClients);

  it('shares for roles where that is allowed, and asks for at least one', async () => {
    const tenant = await aTenant([aCase()]);
    const { list } = await aList(tenant);
    await act(list, 'Save as a new view…');
    const dialog = await untilFound(list, 'dialog', 'Save as a new view');
    type(await untilFound(dialog, 'textbox', /^Name/), 'For service');
    (await untilFound(dialog, 'radio', 'Everybody with one of these roles')).click();
    await untilFound(dialog, 'checkbox', 'Customer service');
    (await untilFound(dialog, 'button', 'Save view')).click();
    await untilText(dialog, 'Choose at least one role.');
    await expectAccessible(list);
    (await untilFound(dialog, 'checkbox', 'Customer service')).click();
    (await untilFound(dialog, 'checkbox', 'Sales')).click();
    (await untilFound(dialog, 'button', 'Save view')).click();
    await untilView(list, 'View: For service');
    const [view] = await kept(tenant.clientFor('agent'));
    expect(view?.visibility).to.deep.equal({ kind: 'roles', roles: ['customer-service', 'sales-agent'] });
  });

  it('offers no sharing, and no change of what is shared, to whom the verdict refuses it', async () => {
    const tenant = await aTenant([aCase()]);
    await tenant
      .clientFor('administrator')
      .views.create({ ...refunds, visibility: { kind: 'roles', roles: ['customer-service'] } });
    const { list } = await aList(tenant, { as: 'agent' });
    await openViews(list);
    (await untilFound(list, 'menuitemradio', /^Refunds/)).click();
    await untilView(list, 'View: Refunds');
    list.filterState = 'status=open';
    await untilView(list, 'View: Refunds changed');
    await openViews(list);
    expect(actions(list)).to.deep.equal(['Reset to the saved view', 'Save as a new view…']);
    (await untilFound(list, 'menuitem', 'Save as a new view…')).click();
    const dialog = await untilFound(list, 'dialog', 'Save as a new view');
    expect(findAll(dialog, 'radio')).to.deep.equal([]);
  });

  it('renames, and puts what the server refuses under the name', async () => {
    const tenant = await aTenant([aCase()]);
    const { list, client, view } = await aListOf(tenant, 'agent');
    await act(list, 'Rename…');
    const dialog = await untilFound(list, 'dialog', 'Edit the view');
    const name = await untilFound<HTMLInputElement>(dialog, 'textbox', /^Name/);
    expect(name.value).to.equal('Refunds');
    type(name, 'R'.repeat(81));
    (await untilFound(dialog, 'button', 'Save view')).click();
    await untilText(dialog, 'Shorten this to 80 characters.');
    expect(deepFocus()).to.equal(name);
    expect(name.value).to.equal('R'.repeat(81));
    type(name, 'Refunds, all');
    (await untilFound(dialog, 'button', 'Save view')).click();
    await untilView(list, 'View: Refunds, all');
    expect((await client.views.get(view.id)).filters).to.deep.equal({ tag: 'refund' });
  });

  it('CC-50 says who changed a view meanwhile, keeps what is typed, and saves over it when told again', async () => {
    const tenant = await aTenant([aCase()]);
    const { list, client, view } = await aListOf(tenant, 'administrator', {
      visibility: { kind: 'roles', roles: ['customer-service'] },
    });
    await act(list, 'Rename or share…');
    const dialog = await untilFound(list, 'dialog', 'Edit the view');
    const name = await untilFound<HTMLInputElement>(dialog, 'textbox', /^Name/);
    type(name, 'My refunds');
    await client.views.update(view.id, { name: 'Their refunds' }, view);
    (await untilFound(dialog, 'button', 'Save view')).click();
    await untilText(dialog, 'Iris Vahl changed this meanwhile. It is called “Their refunds” now.');
    expect(name.value).to.equal('My refunds');
    (await untilFound(dialog, 'button', 'Save view')).click();
    await untilView(list, 'View: My refunds');
    expect((await client.views.get(view.id)).name).to.equal('My refunds');
  });

  it('CC-50 asks which filters stay when a view was changed meanwhile', async () => {
    const tenant = await aTenant([aCase({ tags: ['refund'] }), aCase({ priority: 'high' })]);
    let quiet = false;
    const client = tenant.clientFor('agent');
    const view = await client.views.create(refunds);
    const { list } = await aList(tenant, {
      as: 'agent',
      // Nothing of what happens elsewhere reaches this page by itself.
      fetch: async (request) =>
        quiet && /events|views\?/.test(request.url) ? new Response('', { status: 500 }) : fetch(request),
    });
    list.viewId = view.id;
    await untilView(list, 'View: Refunds');
    quiet = true;
    const newer = await client.views.update(view.id, { filters: { status: ['closed'] } }, view);
    list.filterState = 'priority=high';
    await untilView(list, 'View: Refunds changed');
    await act(list, 'Save changes');
    await untilText(list, 'Mara Lindqvist changed this meanwhile.');
    expect((await client.views.get(view.id)).version).to.equal(newer.version);
    (await untilFound(list, 'button', 'Save mine')).click();
    await untilNoText(list, 'changed this meanwhile');
    await untilView(list, 'View: Refunds');
    expect((await client.views.get(view.id)).filters).to.deep.equal({ priority: 'high' });
  });

  it('says when there is no room for another view', async () => {
    const tenant = await aTenant([aCase()]);
    const client = tenant.clientFor('agent');
    for (let made = 0; made < 100; made += 10)
      await Promise.all(
        Array.from({ length: 10 }, (_, index) => client.views.create({ name: `View ${made + index}` })),
      );
    const { list } = await aList(tenant, { as: 'agent' });
    await act(list, 'Save as a new view…');
    const name = await untilFound(list, 'textbox', /^Name/);
    type(name, 'One more');
    (await untilFound(list, 'button', 'Save view')).click();
    await untilText(list, 'You have 100 views, and no room for more. Delete one you no longer need.');
    expect(name.getAttribute('aria-invalid')).to.equal('true');
    expect((name as HTMLInputElement).value).to.equal('One more');
  });

  it('asks before a typed name is lost', async () => {
    const { list } = await aList(await aTenant([aCase()]), { as: 'agent' });
    await act(list, 'Save as a new view…');
    const name = await untilFound<HTMLInputElement>(list, 'textbox', /^Name/);
    type(name, 'Half a na');
    press('Escape', name);
    (await untilFound(list, 'button', 'Keep editing')).click();
    await waitUntil(() => !find(list, 'button', 'Keep editing'), 'the question goes');
    expect(name.value).to.equal('Half a na');
    (await untilFound(list, 'button', 'Cancel')).click();
    (await untilFound(list, 'button', 'Discard')).click();
    await waitUntil(() => !find(list, 'dialog'), 'the dialog closes');
    await act(list, 'Save as a new view…');
    expect((await untilFound<HTMLInputElement>(list, 'textbox', /^Name/)).value).to.equal('');
  });

  it('deletes once it is confirmed, and keeps the filters', async () => {
    const tenant = await aTenant([aCase({ tags: ['refund'] }), aCase()]);
    const { list, client } = await aListOf(tenant, 'agent');
    await untilText(list, '1 of 2 cases');
    await act(list, 'Delete…');
    const dialog = await untilFound(list, 'dialog', 'Delete the view “Refunds”?');
    await waitUntil(() => textOf(deepFocus()) === 'Cancel', 'the harmless answer has the focus');
    (await untilFound(dialog, 'button', 'Cancel')).click();
    await waitUntil(() => !find(list, 'dialog'), 'the dialog closes');
    expect((await kept(client)).length).to.equal(1);

    await act(list, 'Delete…');
    (await untilFound(list, 'button', 'Delete view')).click();
    await untilView(list, 'Views');
    expect(await kept(client)).to.deep.equal([]);
    await untilText(list, '1 of 2 cases');
    expect(textOf(list)).not.to.contain('was removed');
  });

  it('offers to keep as a new view what was removed while it was edited', async () => {
    const tenant = await aTenant([aCase()]);
    const { list, client, view } = await aListOf(tenant, 'agent');
    await act(list, 'Rename…');
    type(await untilFound(list, 'textbox', /^Name/), 'Saved after all');
    await client.views.delete(view.id, view);
    await untilView(list, 'Views');
    (await untilFound(list, 'button', 'Save view')).click();
    await untilText(list, 'This view was removed meanwhile. You can save it as a new one.');
    (await untilFound(list, 'button', 'Save view')).click();
    await untilView(list, 'View: Saved after all');
    expect((await kept(client)).map(({ name, filters }) => ({ name, filters }))).to.deep.equal([
      { name: 'Saved after all', filters: { tag: 'refund' } },
    ]);
  });

  it('keeps a name that could not be sent', async () => {
    const tenant = await aTenant([aCase()]);
    let down = true;
    const { list } = await aList(tenant, {
      as: 'agent',
      fetch: async (request) =>
        down && request.method === 'POST' && request.url.includes('/v1/views')
          ? new Response('', { status: 500 })
          : fetch(request),
    });
    await act(list, 'Save as a new view…');
    const name = await untilFound<HTMLInputElement>(list, 'textbox', /^Name/);
    type(name, 'Refunds');
    (await untilFound(list, 'button', 'Save view')).click();
    await untilText(list, 'Something went wrong. Nothing you typed is lost.');
    expect(name.value).to.equal('Refunds');
    down = false;
    (await untilFound(list, 'button', 'Save view')).click();
    await untilView(list, 'View: Refunds');
    expect((await kept(tenant.clientFor('agent'))).length).to.equal(1);
  });
});
