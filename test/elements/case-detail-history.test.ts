import { expect } from '@open-wc/testing';

import '../../components/case-detail/case-detail.js';
import type { TimelineEntry } from '../../src/contract/notes.js';
import type { SeedCase } from '../../server/engine/import-types.js';
import {
  aCase,
  aTenant,
  closed,
  disposeClients,
  everything,
  find,
  settled,
  textOf,
  untilFound,
  untilText,
} from './support.js';
import { firstCaseId, aDetail, detailOf, answering, manyNotes, addNote } from './case-detail-support.js';
import { waitUntil } from './wait-until.js';

describe('<case-detail> history', () => {
  afterEach(disposeClients);

  it('CC-23 shows the case text as text, markup included, with its addresses as links', async () => {
    const text = '<img src=x onerror="document.title=1"> & <b>bold</b>\n  see https://example.org/a?b=1.';
    const { detail } = await detailOf({ description: text, subject: '<script>alert(1)</script>' });
    await untilText(detail, '<b>bold</b>');
    expect(textOf(detail)).to.contain('<script>alert(1)</script>');
    const elements = everything(detail).map(({ localName }) => localName);
    expect(elements).not.to.include('img');
    expect(elements).not.to.include('b');
    const link = find<HTMLAnchorElement>(detail, 'link');
    expect(link?.href).to.equal('https://example.org/a?b=1');
    expect(link?.rel).to.equal('noopener noreferrer nofollow');
    const shown = everything(detail).find((element) => element.matches('.card .text'));
    expect(shown?.textContent).to.equal(text);
  });

  it('CC-24 shows all notes, closing and reopening included, oldest first', async () => {
    const { detail } = await detailOf({
      entries: [
        {
          kind: 'note',
          by: 'person_mara',
          at: '2025-02-10T10:00:00Z',
          subject: 'follow-up',
          text: 'First.',
        },
        ...closed,
        {
          kind: 'reopening',
          by: 'person_mara',
          at: '2025-02-12T10:00:00Z',
          reason: 'not-solved',
          text: 'Charged again.',
        },
      ],
    });
    const history = detail.shadowRoot?.querySelector('case-timeline') as Element;
    await untilText(history, 'Charged again.');
    expect(textOf(history)).to.match(
      /Two debits.*First\..*Closed.*Resolved.*Refunded.*Reopened.*Not solved.*Charged again/,
    );
    expect(textOf(detail)).to.match(/Reopened: Not solved/);
  });

  it('CC-24 shows a note whose author and time are missing', async () => {
    const { detail } = await detailOf(
      { entries: manyNotes.slice(0, 1) },
      {
        fetch: answering<{ items: TimelineEntry[] }>(/\/timeline$/, (page) => ({
          ...page,
          items: page.items.map((entry) => ({ ...entry, by: null, at: null })),
        })),
      },
    );
    await untilText(detail, 'Entry number 1.');
    expect(textOf(detail)).to.match(/former user.*unknown date.*Entry number 1\./);
  });

  it('CC-24 says changes in words', async () => {
    const { detail, tenant, caseId } = await aDetail();
    const client = tenant.clientFor('otherAgent');
    const { version } = await client.cases.get(caseId);
    await client.cases.update(caseId, { priority: 'high', tags: ['refund'] }, { version });
    await untilText(detail, 'Tomás Reyes set the priority to High');
    await untilText(detail, 'Tomás Reyes added the tag refund');
  });

  it('CC-24 fetches the newest page first and keeps the place when earlier ones are shown', async () => {
    const { detail } = await detailOf({ entries: manyNotes }, { height: 700 });
    await untilText(detail, 'Entry number 40.');
    expect(textOf(detail)).not.to.contain('Entry number 2.');

    const line = everything(detail).find((element) => element.matches('[data-entry]')) as Element;
    const scroller = everything(detail).find((element) => element.matches('.scroll')) as Element;
    // Within the history: what arrives above it moves both.
    const place = () => line.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
    find(detail, 'button', 'Show earlier')?.scrollIntoView();
    const before = place();
    find(detail, 'button', 'Show earlier')?.click();
    await untilText(detail, 'Entry number 2.');
    await waitUntil(() => Math.abs(place() - before) <= 1, 'the place was lost');
  });

  it('marks for agents who reads a note, and shows customers plain cards', async () => {
    const entries: NonNullable<SeedCase['entries']> = [
      {
        kind: 'note',
        by: 'person_mara',
        at: '2025-02-10T10:00:00Z',
        subject: 'follow-up',
        text: 'Between us.',
      },
      {
        kind: 'note',
        by: 'person_mara',
        at: '2025-02-10T11:00:00Z',
        visibility: 'public',
        subject: 'information',
        text: 'We look into it.',
      },
    ];
    const tenant = await aTenant([aCase({ entries })]);
    const { detail } = await aDetail({ tenant });
    await untilText(detail, 'We look into it.');
    expect(textOf(detail)).to.match(/Mara Lindqvist\s+Internal.*Between us\./);
    expect(textOf(detail)).to.match(/Customer sees this.*Information.*We look into it\./);

    const customer = await aDetail({ tenant, as: 'customer' });
    await untilText(customer.detail, 'We look into it.');
    expect(textOf(customer.detail)).not.to.contain('Between us.');
    expect(textOf(customer.detail)).not.to.contain('Customer sees this');
    expect(textOf(customer.detail), 'what agents sort notes by').not.to.contain('Information');
    expect(textOf(customer.detail)).to.match(/You 10 Feb 2025.*Two debits/);
  });

  it('highlights and announces what others add while it is read', async () => {
    const { detail, tenant, caseId } = await aDetail();
    await untilText(detail, 'Two debits');
    await addNote(tenant, caseId, 'Fixed tonight.');
    await untilText(detail, 'Fixed tonight.');
    const history = detail.shadowRoot?.querySelector('case-timeline') as Element;
    expect(textOf(find(history, 'status') as Element)).to.equal('New note from Tomás Reyes');
    const fresh = everything(history).find((element) => element.matches('.fresh'));
    expect(fresh && textOf(fresh)).to.contain('Fixed tonight.');
  });

  it('does not move a reader who is not at the end, but offers what is new', async () => {
    const { detail, tenant, caseId } = await detailOf({ entries: manyNotes }, { height: 700 });
    await untilText(detail, 'Entry number 40.');
    const scroller = everything(detail).find((element) => element.matches('.scroll')) as HTMLElement;
    await waitUntil(() => scroller.tabIndex === 0, 'it can be scrolled by keyboard');
    scroller.scrollTop = 0;
    const history = detail.shadowRoot?.querySelector('case-timeline');
    await waitUntil(() => scroller.scrollTop === 0);
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));

    await addNote(tenant, caseId, 'Something new.');
    const button = await untilFound(history as Element, 'button', 'New note');
    expect(scroller.scrollTop).to.be.below(50);
    button.click();
    await waitUntil(
      () => scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - 2,
      'it went to the end',
    );
  });

  it('lets a reader leave the end in the very moment in which the history changes its size', async () => {
    const { detail } = await detailOf({ entries: manyNotes }, { height: 700 });
    await untilText(detail, 'Entry number 40.');
    const scroller = everything(detail).find((element) => element.matches('.scroll')) as HTMLElement;
    const atEnd = () => scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - 2;
    await waitUntil(() => scroller.scrollTop > 0 && atEnd());
    await settled();
    scroller.scrollTop = 100;
    detail.style.blockSize = '650px';
    await settled();
    expect(scroller.scrollTop).to.equal(100);
    detail.style.blockSize = '700px';
    await settled();
    expect(scroller.scrollTop).to.equal(100);
  });

  it('stays at the end for a reader who was there', async () => {
    const { detail, tenant, caseId } = await detailOf({ entries: manyNotes }, { height: 700 });
    await untilText(detail, 'Entry number 40.');
    const scroller = everything(detail).find((element) => element.matches('.scroll')) as HTMLElement;
    const atEnd = () => scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - 2;
    await waitUntil(() => scroller.scrollTop > 0 && atEnd());
    await addNote(tenant, caseId, 'At the end.');
    await untilText(detail, 'At the end.');
    await waitUntil(atEnd);
  });

  it('hands an attached file to the browser', async () => {
    const tenant = await aTenant([aCase()]);
    const caseId = await firstCaseId(tenant);
    const client = tenant.clientFor('otherAgent');
    const { id } = await client.attachments.upload(new Blob(['speed']), { name: 'speed-test.txt' });
    await client.notes.create(caseId, {
      visibility: 'public',
      subject: 'information',
      text: 'See the file.',
      attachmentIds: [id],
    });
    const asked: string[] = [];
    const { detail } = await aDetail({
      tenant,
      fetch: (request) => {
        asked.push(new URL(request.url).pathname);
        return fetch(request);
      },
    });
    const button = await untilFound(detail, 'button', /^Download speed-test\.txt/);
    expect(textOf(button)).to.equal('speed-test.txt · 5 byte');
    button.click();
    await waitUntil(() => asked.includes(`/v1/attachments/${id}/content`));
    await waitUntil(() => button.getAttribute('aria-busy') === 'false');
    expect(find(detail, 'alert')).to.equal(undefined);
  });
});
