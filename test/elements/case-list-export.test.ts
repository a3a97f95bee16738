import { expect } from '@open-wc/testing';

import type { CaseList } from '../../components/case-list/case-list.element.js';
import { aList, subjects } from './case-list-support.js';
import { expectAccessible } from './expect-accessible.js';
import {
  aCase,
  aTenant,
  disposeClients,
  find,
  settled,
  untilFound,
  untilNoText,
  untilText,
} from './support.js';
import { waitUntil } from './wait-until.js';

interface Saved {
  readonly name: string;
  readonly file: Blob;
}

/** What the browser was told to save; it is not saved, so that no engine asks where to. */
function downloads(): { readonly saved: Saved[]; readonly restore: () => void } {
  const files = new Map<string, Blob>();
  const saved: Saved[] = [];
  const create = URL.createObjectURL.bind(URL);
  URL.createObjectURL = (file: Blob) => {
    const url = create(file);
    files.set(url, file);
    return url;
  };
  HTMLAnchorElement.prototype.click = function (this: HTMLAnchorElement) {
    const file = files.get(this.href);
    if (file && this.download) saved.push({ name: this.download, file });
    else HTMLElement.prototype.click.call(this);
  };
  return {
    saved,
    restore: () => {
      URL.createObjectURL = create;
      Reflect.deleteProperty(HTMLAnchorElement.prototype, 'click');
    },
  };
}

const exportButton = (list: CaseList) => untilFound(list, 'button', /^Export/);

describe('<case-list> export', () => {
  let page: ReturnType<typeof downloads>;
  beforeEach(() => (page = downloads()));
  afterEach(() => {
    page.restore();
    disposeClients();
  });

  it('saves exactly the cases found, with the columns shown and in their order', async () => {
    const tenant = await aTenant([
      aCase({ subject: 'Older', priority: 'high', tags: ['vip'], createdAt: '2025-02-10T09:12:00Z' }),
      aCase({ subject: '=SUM(A1:A9)', priority: 'high', createdAt: '2025-02-11T09:12:00Z' }),
      aCase({ subject: 'Not wanted', priority: 'low' }),
    ]);
    const { list } = await aList(tenant, { as: 'agent', filters: 'priority=high&sort=-number' });
    list.columns = 'number subject customer status tags';
    await untilText(list, '2 of 3 cases');
    const button = await untilFound(list, 'button', 'Export (2)');
    expect(button.title).to.equal('Save 2 cases as a CSV file');
    button.click();
    await waitUntil(() => page.saved.length === 1, 'a file is saved');
    const [saved] = page.saved;
    expect(saved?.name).to.match(/^casement-cases-\d{4}-\d\d-\d\d\.csv$/);
    await untilText(list, `Saved as ${saved?.name ?? ''}.`);
    const [head, ...lines] = (await saved!.file.text()).trimEnd().split('\r\n');
    expect(head).to.equal('Number,Subject,Customer,Status,Tags');
    expect(lines.map((line) => line.replace(/^\d+/, '#'))).to.deep.equal([
      "#,'=SUM(A1:A9),Aldermill Bakery,Open,",
      '#,Older,Aldermill Bakery,Open,vip',
    ]);
    expect(subjects(list)).to.deep.equal(['=SUM(A1:A9)', 'Older']);
  });

  it('gives what stands below the subject columns of its own, and moments on the clock of the reader', async () => {
    const asked: URL[] = [];
    const { list } = await aList(await aTenant([aCase()]), {
      as: 'agent',
      fetch: (request) => {
        if (request.url.includes('/export')) asked.push(new URL(request.url));
        return fetch(request);
      },
    });
    await untilText(list, '1 case');
    (await exportButton(list)).click();
    await waitUntil(() => page.saved.length === 1, 'a file is saved');
    const [head] = (await page.saved[0]!.file.text()).split('\r\n');
    expect(head).to.equal('Number,Subject,Customer,Status,Type,Priority,Deadline,Updated');
    expect(asked.map(({ searchParams }) => searchParams.get('timeZone'))).to.deep.equal([
      Intl.DateTimeFormat().resolvedOptions().timeZone,
    ]);
    expect(asked[0]?.searchParams.has('limit')).to.equal(false);
  });

  it('says that it works, and makes one file however often it is pressed', async () => {
    let answer = (): void => undefined;
    let asked = 0;
    const held = new Promise<void>((resolve) => (answer = resolve));
    const { list } = await aList(await aTenant([aCase()]), {
      as: 'agent',
      fetch: async (request) => {
        if (request.url.includes('/export')) {
          asked++;
          await held;
        }
        return fetch(request);
      },
    });
    await untilText(list, '1 case');
    const button = await exportButton(list);
    button.click();
    await waitUntil(() => button.getAttribute('aria-busy') === 'true', 'the button is busy');
    await untilText(list, 'Exporting…');
    button.click();
    answer();
    await waitUntil(() => page.saved.length > 0, 'a file is saved');
    await waitUntil(() => button.getAttribute('aria-busy') === 'false', 'the button rests');
    await settled();
    expect([asked, page.saved.length]).to.deep.equal([1, 1]);
    (await untilFound(list, 'button', 'Dismiss')).click();
    await untilNoText(list, 'Saved as');
  });

  it('says why it failed, and tries again', async () => {
    let down = true;
    const { list } = await aList(await aTenant([aCase()]), {
      as: 'agent',
      fetch: async (request) =>
        down && request.url.includes('/export') ? new Response('', { status: 500 }) : fetch(request),
    });
    await untilText(list, '1 case');
    (await exportButton(list)).click();
    await untilFound(list, 'alert', /The cases could not be exported\./);
    expect(page.saved).to.deep.equal([]);
    await expectAccessible(list);
    down = false;
    (await untilFound(list, 'button', 'Try again')).click();
    await waitUntil(() => page.saved.length === 1, 'a file is saved');
    await untilNoText(list, 'could not be exported');
  });

  it('has nothing to save where nothing is found, and says so', async () => {
    const { list } = await aList(await aTenant([aCase()]), { as: 'agent', filters: 'tag=none-such' });
    await untilText(list, '0 of 1 case');
    const button = await untilFound(list, 'button', 'Export (0)');
    expect(button.getAttribute('aria-disabled')).to.equal('true');
    expect(button.title).to.equal('There is nothing to export.');
    button.click();
    await settled();
    expect(page.saved).to.deep.equal([]);
    expect(button.getAttribute('aria-busy')).to.equal('false');
  });

  it('is not offered to a customer, nor where the backend cannot', async () => {
    const tenant = await aTenant([aCase()]);
    const { list } = await aList(tenant, { as: 'customer' });
    await untilText(list, '1 case');
    await settled();
    expect(find(list, 'button', /^Export/)).to.equal(undefined);

    const without = await aList(tenant, {
      as: 'agent',
      fetch: async (request) => {
        const answer = await fetch(request);
        if (!request.url.endsWith('/v1/session')) return answer;
        const session = (await answer.json()) as { capabilities: Record<string, unknown> };
        delete session.capabilities['export'];
        return new Response(JSON.stringify(session), answer);
      },
    });
    await untilFound(without.list, 'button', 'Views');
    expect(find(without.list, 'button', /^Export/)).to.equal(undefined);
  });
});
