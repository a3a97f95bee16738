import { expect } from '@open-wc/testing';

import type { CaseList } from '../../components/case-list/case-list.element.js';
import { aList } from './case-list-support.js';
import {
  aCase,
  aTenant,
  closed,
  disposeClients,
  find,
  findAll,
  nextEvent,
  settled,
  textOf,
  untilFound,
  untilText,
} from './support.js';

const headers = (list: CaseList) =>
  findAll(list, 'columnheader').map((header) => textOf(header).replace(/ ?[↑↓]$/, ''));

describe('<case-list> with columns of the host', () => {
  afterEach(disposeClients);

  it('shows them in the order the host wrote, each fact once', async () => {
    const { list } = await aList(
      await aTenant([aCase({ tags: ['vip', 'refund'], deadline: '2025-03-01', entries: closed })]),
      { width: 'wide' },
    );
    list.columns = 'number subject status priority deadline tags assignee updated';
    await untilText(list, 'vip');
    expect(headers(list)).to.deep.equal([
      'Number',
      'Subject',
      'Status',
      'Priority',
      'Deadline',
      'Tags',
      'Assignee',
      'Updated',
    ]);
    const cells = [...(find(list, 'row')?.querySelectorAll('td:not(.pick)') ?? [])].map(textOf);
    expect(cells[0]).to.match(/^#\d+$/);
    expect(cells[1]).to.equal('Charged twice in October Aldermill Bakery');
    expect(cells[2]).to.equal('Closed');
    expect(cells.slice(5, 7)).to.deep.equal(['vip refund', '—']);
  });

  it('orders by those that can be ordered by', async () => {
    const { list } = await aList(await aTenant([aCase()]), { width: 'wide' });
    list.columns = 'number subject tags';
    (await untilFound(list, 'button', /^Number/)).click();
    expect(list.filterState).to.equal('sort=-number');
    await settled();
    expect(find(list, 'columnheader', /^Number/)?.getAttribute('aria-sort')).to.equal('descending');
    expect(find(list, 'columnheader', 'Subject')?.querySelector('button')).to.equal(null);
    expect(find(list, 'columnheader', 'Tags')?.querySelector('button')).to.equal(null);
  });

  it('always has the subject, which opens the case', async () => {
    const { list } = await aList(await aTenant([aCase()]), { width: 'wide' });
    list.columns = 'status,updated';
    await untilFound(list, 'columnheader', 'Status');
    expect(headers(list)).to.deep.equal(['Case', 'Status', 'Updated']);
    expect(find(list, 'button', 'Charged twice in October')).to.exist;
  });

  it('folds them into the card on a phone', async () => {
    const { list } = await aList(await aTenant([aCase({ tags: ['vip'] })]), { width: 'phone' });
    list.columns = 'number subject status priority deadline tags assignee updated';
    await untilText(list, 'vip');
    const row = await untilFound(list, 'row');
    expect(row.scrollWidth).to.be.at.most(320);
    expect(textOf(row)).to.match(/#\d+/);
    expect(textOf(row), 'nothing is said of what there is none of').not.to.include('—');
    expect(findAll(list, 'columnheader')).to.deep.equal([]);
  });

  it('CC-14 names a column it does not know to those who build the page, and leaves it out', async () => {
    const { list } = await aList(await aTenant([aCase()]), { width: 'wide' });
    const told = nextEvent<CustomEvent<{ message: string }>>(document, 'config-error');
    list.columns = 'subject colour updated';
    expect((await told).detail.message).to.include('columns: colour');
    await untilFound(list, 'columnheader', /^Updated/);
    expect(headers(list)).to.deep.equal(['Case', 'Updated']);
  });

  it('CC-14 only warns of columns and filters it does not know where the page is in use', async () => {
    const { list } = await aList(await aTenant([aCase()]), { width: 'wide' });
    // What the builds of Lit differ in.
    const development = Reflect.get(globalThis, 'litIssuedWarnings') as unknown;
    Reflect.deleteProperty(globalThis, 'litIssuedWarnings');
    try {
      const errors: Event[] = [];
      document.addEventListener('config-error', (event) => errors.push(event), { once: true });
      const column = nextEvent<CustomEvent<{ code: string }>>(document, 'config-warning');
      list.columns = 'subject colour';
      expect((await column).detail.code).to.equal('unknown_column');
      const filter = nextEvent<CustomEvent<{ code: string; message: string }>>(document, 'config-warning');
      list.filterState = 'colour=red&status=open';
      expect((await filter).detail.code).to.equal('unknown_filter');
      expect((await filter).detail.message).to.include('colour');
      await untilText(list, '1 of 1 case');
      expect(errors).to.deep.equal([]);
    } finally {
      Reflect.set(globalThis, 'litIssuedWarnings', development);
    }
  });
});
