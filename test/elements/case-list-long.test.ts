import { expect } from '@open-wc/testing';

import type { CaseList } from '../../components/case-list/case-list.element.js';
import { aList, subjects } from './case-list-support.js';
import {
  aCase,
  aNewCase,
  aTenant,
  deepFocus,
  disposeClients,
  find,
  nextEvent,
  press,
  settled,
  textOf,
  untilFound,
  untilText,
  type TestTenant,
} from './support.js';
import { waitUntil } from './wait-until.js';

const length = 260;
// Some subjects wrap: rows differ in height, as they do in life.
const nameOf = (index: number) =>
  `Case ${index}${index % 7 === 0 ? ' that has a longer story'.repeat(6) : ''}`;

/** The server's own answers, in fewer requests. */
function inLargePages(request: Request): Promise<Response> {
  const url = new URL(request.url);
  if (url.searchParams.get('limit') === '25') url.searchParams.set('limit', '65');
  return fetch(new Request(url, request));
}

const rows = (list: CaseList) => [
  ...(list.shadowRoot?.querySelectorAll<HTMLElement>('tbody tr[aria-rowindex]') ?? []),
];
const scrollerOf = (list: CaseList) => list.shadowRoot?.querySelector('.scroll') ?? list;
const top = (list: CaseList) => scrollerOf(list).getBoundingClientRect().top;

/** WebKit scrolls to what has taken the focus with its next frame, which a busy machine draws late. */
function untilInSight(list: CaseList): Promise<void> {
  return waitUntil(() => {
    const below = deepFocus().getBoundingClientRect().top - top(list);
    return below >= 0 && below <= 420;
  }, 'in sight');
}

/** The first row that can be seen, by its subject, and where it stands. */
function firstSeen(list: CaseList) {
  const edge = Math.max(0, top(list));
  const row = rows(list).find((one) => one.getBoundingClientRect().bottom > edge + 1);
  return {
    subject: textOf(row?.querySelector('.subject') ?? list),
    top: row?.getBoundingClientRect().top ?? 0,
  };
}

/** Scrolls until everything was fetched, where the list scrolls itself or with the page. */
async function untilAllCame(list: CaseList, last: number): Promise<void> {
  await untilText(list, `${length} cases`);
  await waitUntil(() => {
    scrollerOf(list).scrollTo({ top: 1e6 });
    window.scrollTo({ top: 1e6 });
    return !find(list, 'button', 'Show more') && subjects(list).includes(nameOf(last));
  }, 'never came to the end');
}

describe('<case-list> with very many cases', () => {
  let tenant: TestTenant;
  before(async () => {
    tenant = await aTenant(Array.from({ length }, (_, index) => aCase({ subject: nameOf(index) })));
  });
  afterEach(() => {
    disposeClients();
    window.scrollTo({ top: 0 });
    document.documentElement.dir = '';
  });

  async function aLongList({
    width,
    scrolls = true,
    sort = 'number',
  }: { width?: 'phone' | 'wide'; scrolls?: boolean; sort?: string } = {}) {
    const { list, provider } = await aList(tenant, {
      filters: `sort=${sort}`,
      fetch: inLargePages,
      ...(width && { width }),
    });
    list.style.display = 'block';
    if (scrolls) list.style.blockSize = '420px';
    await untilAllCame(list, sort === 'number' ? length - 1 : 0);
    return { list, provider };
  }

  const places: readonly { name: string; width: 'phone' | 'wide'; scrolls?: boolean; dir?: string }[] = [
    { name: 'in a box of its own', width: 'wide' },
    { name: 'with the page', width: 'wide', scrolls: false },
    { name: 'as cards on a phone', width: 'phone' },
    {
      name: 'as cards on a phone, with the page, right to left',
      width: 'phone',
      scrolls: false,
      dir: 'rtl',
    },
    { name: 'from right to left', width: 'wide', dir: 'rtl' },
  ];
  for (const { name, dir = '', ...options } of places) {
    it(`draws only the rows near the screen and numbers them, ${name}`, async () => {
      document.documentElement.dir = dir;
      const { list } = await aLongList(options);
      const table = list.shadowRoot?.querySelector('table');
      await waitUntil(() => table?.getAttribute('aria-rowcount') === String(length + 1));
      for (const part of [1, 0.6, 0.3, 0]) {
        const scroller = options.scrolls === false ? document.documentElement : scrollerOf(list);
        scroller.scrollTo({ top: part * (scroller.scrollHeight - scroller.clientHeight) });
        await settled();
        await list.updateComplete;
        expect(rows(list).length, `rows drawn at ${part}`).to.be.within(5, 90);
        for (const row of rows(list)) {
          const index = Number(row.getAttribute('aria-rowindex'));
          expect(textOf(row.querySelector('.subject') ?? row)).to.equal(nameOf(index - 2));
        }
        // The screen is full of rows: no gap is seen.
        const seen = list.getBoundingClientRect();
        const edge = Math.max(top(list), 0);
        const middle = (edge + Math.min(innerHeight, seen.bottom)) / 2;
        const x = seen.left + seen.width / 2;
        expect(list.shadowRoot?.elementFromPoint(x, middle)?.closest('tr[aria-rowindex]'), `at ${part}`).to
          .exist;
      }
      expect(firstSeen(list).subject).to.equal(nameOf(0));
    });
  }

  it('goes by keyboard to rows that are not drawn yet', async () => {
    const { list } = await aLongList();
    scrollerOf(list).scrollTo({ top: 0 });
    const first = await untilFound(list, 'button', nameOf(0));
    first.focus();
    press('End');
    await waitUntil(() => textOf(deepFocus()) === nameOf(length - 1), 'End');
    press('ArrowUp');
    await waitUntil(() => textOf(deepFocus()) === nameOf(length - 2), 'Arrow up');
    press('PageUp');
    await waitUntil(() => textOf(deepFocus()) !== nameOf(length - 2), 'Page up');
    const place = Number(deepFocus().closest('tr')?.getAttribute('aria-rowindex'));
    expect(place).to.be.within(length - 20, length - 3);
    press('Home');
    await waitUntil(() => textOf(deepFocus()) === nameOf(0), 'Home');
    await untilInSight(list);
  });

  it('keeps the focus on its row while it is scrolled away, and goes on from there', async () => {
    const { list } = await aLongList();
    scrollerOf(list).scrollTo({ top: 0 });
    const row = await untilFound(list, 'button', nameOf(3));
    row.focus();
    for (const place of [2000, 8000, 1e6, 4000]) {
      scrollerOf(list).scrollTo({ top: place });
      await settled();
      expect(deepFocus(), `at ${place}`).to.equal(row);
    }
    press('ArrowDown');
    await waitUntil(() => textOf(deepFocus()) === nameOf(4));
    await untilInSight(list);
  });

  it('is where it was when the host takes it out of the page and puts it back', async () => {
    const { list, provider } = await aLongList();
    scrollerOf(list).scrollTo({ top: 5000 });
    await settled();
    const before = firstSeen(list).subject;
    list.remove();
    await settled();
    provider.append(list);
    // Rows are measured as they come on show.
    await waitUntil(
      () => scrollerOf(list).scrollTop > 0 && firstSeen(list).subject === before,
      'scrolled back',
    );
  });

  it('draws a list whole again once another question makes it short', async () => {
    const { list } = await aLongList();
    list.filterState = 'sort=-number';
    await waitUntil(() => subjects(list)[0] === nameOf(length - 1));
    expect(list.shadowRoot?.querySelector('table')?.hasAttribute('aria-rowcount')).to.equal(false);
    expect(list.shadowRoot?.querySelector('.gap')).to.equal(null);
  });

  it('opens the case of a row far down, and marks it', async () => {
    const { list } = await aLongList();
    const chosen = nextEvent<CustomEvent<{ caseId: string }>>(document, 'case-select');
    const button = await untilFound(list, 'button', nameOf(length - 2));
    button.click();
    expect((await chosen).detail.caseId).to.equal(button.dataset['case']);
    await waitUntil(() => button.ariaCurrent === 'true');
    scrollerOf(list).scrollTo({ top: 0 });
    await settled();
    scrollerOf(list).scrollTo({ top: 1e6 });
    await waitUntil(() => find(list, 'button', nameOf(length - 2))?.ariaCurrent === 'true');
  });

  it('stays at the rows the reader looks at while others come above them', async () => {
    const { list } = await aLongList({ sort: '-number' });
    const scroller = scrollerOf(list);
    await waitUntil(() => {
      scroller.scrollTo({ top: 6000 });
      return scroller.scrollTop > 5000 && rows(list).length > 0;
    }, 'scrolled');
    await settled();
    const before = firstSeen(list);
    await tenant.clientFor('agent').cases.create(aNewCase({ subject: 'Another one that came meanwhile' }));
    await untilText(list, `${length + 1} cases`);
    await settled();
    const after = firstSeen(list);
    expect(after.subject).to.equal(before.subject);
    expect(after.top).to.be.closeTo(before.top, 2);
  });
});
