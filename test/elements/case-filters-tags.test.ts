import { expect } from '@open-wc/testing';

import type { CaseList } from '../../components/case-list/case-list.element.js';
import { aList, openFilter, subjects } from './case-list-support.js';
import { expectAccessible } from './expect-accessible.js';
import {
  aCase,
  aTenant,
  deepFocus,
  disposeClients,
  findAll,
  press,
  textOf,
  untilFound,
  untilText,
} from './support.js';
import { waitUntil } from './wait-until.js';

const label = 'Cases with any of these tags';

async function openTags(list: CaseList) {
  const panel = await openFilter(list, 'Tag');
  return { panel, field: await untilFound<HTMLInputElement>(panel, 'combobox', label) };
}

function write(field: HTMLInputElement, text: string): void {
  field.value = text;
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
}

const options = (panel: Element) => findAll(panel, 'option').map(textOf);

describe('<case-list> filtered by tags', () => {
  afterEach(disposeClients);

  it('CC-12 offers the tags in use with their counts as soon as the filter opens', async () => {
    const { list } = await aList(
      await aTenant([aCase({ tags: ['vip'] }), aCase({ tags: ['vip', 'refund'] }), aCase()]),
    );
    const { panel, field } = await openTags(list);
    await waitUntil(() => options(panel).join() === 'vip 2 on 2 cases,refund 1 on 1 case');
    expect(deepFocus()).to.equal(field);
    press('ArrowDown');
    press('Enter');
    await untilText(list, '2 of 3 cases');
    expect(list.filterState).to.equal('tag=vip');
    await waitUntil(() => options(panel).join() === 'refund 1 on 1 case');
  });

  it('CC-12 finds the cases with any of several tags, and takes one back', async () => {
    const { list } = await aList(
      await aTenant([
        aCase({ subject: 'One', tags: ['alpha'] }),
        aCase({ subject: 'Two', tags: ['beta'] }),
        aCase({ subject: 'Three', tags: ['gamma'] }),
      ]),
    );
    const { panel, field } = await openTags(list);
    write(field, 'alpha, beta,');
    await untilText(list, '2 of 3 cases');
    expect(subjects(list)).to.have.members(['One', 'Two']);
    expect(list.filterState).to.equal('tag=alpha&tag=beta');
    (await untilFound(panel, 'button', 'Remove tag alpha')).click();
    await untilText(list, '1 of 3 cases');
    expect(subjects(list)).to.deep.equal(['Two']);
    press('Escape', field);
    expect(panel.matches(':popover-open')).to.equal(false);
    expect(deepFocus().id).to.equal('chip-tag');
    await untilText(list, 'Tag: beta');
  });

  it('CC-12 takes a tag that no case has: zero rows, with the tag named', async () => {
    const { list } = await aList(await aTenant([aCase({ tags: ['vip'] })]));
    const { panel, field } = await openTags(list);
    write(field, 'Nobody has this');
    await untilFound(panel, 'option', 'Add “Nobody has this”');
    press('Enter', field);
    await untilText(list, 'No case is tagged “Nobody has this”');
    expect(subjects(list)).to.deep.equal([]);
    expect(list.filterState).to.equal('tag=Nobody+has+this');
  });

  it('CC-12 suggests to a customer only what is on cases the customer sees', async () => {
    const { list } = await aList(
      await aTenant([
        aCase({ tags: ['ours'] }),
        aCase({ tags: ['theirs'], customerId: 'cust_quist', requesterId: 'person_nora' }),
      ]),
      { as: 'customer' },
    );
    const { panel } = await openTags(list);
    await waitUntil(() => options(panel).join() === 'ours 1 on 1 case');
  });

  it('suggests the tags of the customer whose cases are listed', async () => {
    const tenant = await aTenant([
      aCase({ tags: ['ours'] }),
      aCase({ tags: ['theirs'], customerId: 'cust_quist', requesterId: 'person_nora' }),
    ]);
    const { list } = await aList(tenant, { customer: tenant.customers.quist });
    const { panel } = await openTags(list);
    await waitUntil(() => options(panel).join() === 'theirs 1 on 1 case');
  });

  it('suggests the tags of the list where those in use cannot be had', async () => {
    const { list } = await aList(await aTenant([aCase({ tags: ['vip'] })]), {
      fetch: (request) =>
        new URL(request.url).pathname === '/v1/tags'
          ? Promise.resolve(new Response('{}', { status: 403 }))
          : fetch(request),
    });
    await untilText(list, '1 case');
    const { panel, field } = await openTags(list);
    await waitUntil(() => options(panel).join() === 'vip');
    write(field, 'vi');
    press('ArrowDown', field);
    press('Enter', field);
    await waitUntil(() => list.filterState === 'tag=vip');
  });

  for (const theme of ['light', 'dark'] as const)
    it(`is accessible with its suggestions, ${theme}, on a phone`, async () => {
      const { list } = await aList(await aTenant([aCase({ tags: ['vip', 'refund'] })]), {
        theme,
        width: 'phone',
        filters: 'tag=vip',
      });
      const { panel, field } = await openTags(list);
      await waitUntil(() => options(panel).length === 1);
      press('ArrowDown', field);
      await waitUntil(() => field.hasAttribute('aria-activedescendant'));
      await expectAccessible(list);
    });
});
