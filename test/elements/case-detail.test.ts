import { expect, html } from '@open-wc/testing';

import '../../components/case-detail/case-detail.js';
import type { CaseBackEvent, CaseWarningEvent } from '../../components/case-detail/case-detail.events.js';
import { expectAccessible } from './expect-accessible.js';
import {
  aCase,
  aProvider,
  aTenant,
  closeElsewhere,
  closed,
  deepFocus,
  disposeClients,
  everything,
  find,
  findAll,
  nextEvent,
  textOf,
  type,
  untilFound,
  untilNoText,
  untilText,
} from './support.js';
import {
  firstCaseId,
  aFrame,
  aDetail,
  detailOf,
  factOf,
  answering,
  aChangedCase,
  pencils,
  manyNotes,
  addNote,
} from './case-detail-support.js';
import { waitUntil } from './wait-until.js';

describe('<case-detail>', () => {
  afterEach(disposeClients);

  describe('which case', () => {
    it('is calm while none is chosen', async () => {
      const provider = await aProvider({ tenant: await aTenant() }, html`<case-detail></case-detail>`);
      await untilText(provider, 'No case chosen');
    });

    it('CC-01 asks nobody to choose a case who may not see any', async () => {
      const options = { tenant: await aTenant([aCase()]), as: 'finance' } as const;
      const provider = await aProvider(options, html`<case-detail></case-detail>`);
      await untilText(provider, 'You may not see cases');
      expect(textOf(provider)).not.to.contain('No case chosen');
    });

    it('CC-03 CC-15 follows the choice in the provider and shows the case as it stands now', async () => {
      const tenant = await aTenant([aCase()]);
      const caseId = await firstCaseId(tenant);
      await closeElsewhere(tenant, caseId);
      const provider = await aProvider({ tenant }, html`<case-detail></case-detail>`);
      provider.select(caseId);
      await untilText(provider, 'Charged twice in October');
      expect(textOf(provider)).to.contain('CLOSED');
    });

    it('CC-03 CC-15 tells nothing about a case that is not for the reader', async () => {
      const { detail } = await aFrame({ as: 'outsider' });
      await untilText(detail, 'This case is not available');
      expect(textOf(detail)).not.to.contain('Charged twice');
      expect(textOf(detail)).not.to.contain('Aldermill');
    });

    it('CC-03 forgets a case that is taken from the reader while it is read', async () => {
      let hidden = false;
      const { detail, tenant, caseId } = await aDetail({
        fetch: (request) =>
          hidden && new URL(request.url).pathname.startsWith('/v1/cases/')
            ? Promise.resolve(
                Response.json(
                  { type: 'about:blank', title: 'Not available', status: 404, code: 'not_found' },
                  { status: 404 },
                ),
              )
            : fetch(request),
      });
      await untilText(detail, 'Charged twice');
      hidden = true;
      await addNote(tenant, caseId, 'Too late.');
      await untilText(detail, 'This case is not available');
      expect(textOf(detail)).not.to.contain('Charged twice');
      expect(textOf(detail)).not.to.contain('Two debits');
    });

    it('offers to try again when the case could not be loaded', async () => {
      let cut = true;
      const { detail } = await aFrame({
        fetch: (request) =>
          cut && new URL(request.url).pathname.startsWith('/v1/cases/')
            ? Promise.resolve(
                Response.json(
                  { type: 'about:blank', title: 'Out of order', status: 501, code: 'capability_missing' },
                  { status: 501 },
                ),
              )
            : fetch(request),
      });
      await untilText(detail, 'The case could not be loaded');
      cut = false;
      (await untilFound(detail, 'button', 'Try again')).click();
      await untilText(detail, 'Charged twice in October');
    });

    it('says so when the reader may not see cases at all', async () => {
      const { detail } = await aFrame({ as: 'finance' });
      await untilText(detail, /You may not see this case|This case is not available/);
      expect(textOf(detail)).not.to.contain('Charged twice');
    });

    it('goes back to the list and clears the choice, unless the page keeps it', async () => {
      const tenant = await aTenant([aCase()]);
      const caseId = await firstCaseId(tenant);
      const provider = await aProvider({ tenant, width: 'phone' }, html`<case-detail></case-detail>`);
      provider.select(caseId);
      const back = await untilFound(provider, 'button', 'Back to the list');
      const keep = (event: Event) => event.preventDefault();
      provider.addEventListener('case-back', keep);
      back.click();
      expect(provider.caseId).to.equal(caseId);

      provider.removeEventListener('case-back', keep);
      const left = nextEvent<CaseBackEvent>(provider, 'case-back');
      back.click();
      expect((await left).detail).to.deep.equal({ caseId });
      expect(provider.caseId).to.equal(undefined);
      await untilText(provider, 'No case chosen');
    });
  });

  describe('header', () => {
    it('CC-16 shows OPEN, and CLOSED with the reason, the note, who and when', async () => {
      const { detail } = await aDetail();
      expect(textOf(detail)).to.contain('OPEN');

      const done = await detailOf({ entries: closed });
      expect(textOf(done.detail)).to.contain('CLOSED');
      expect(textOf(done.detail)).to.match(/Closed: Resolved Tomás Reyes · 11 Feb 2025/);
      expect(textOf(done.detail)).to.contain('Refunded and told so.');
    });

    it('CC-16 shows an unknown status raw, warns the page and offers nothing to do', async () => {
      const warning = nextEvent<CaseWarningEvent>(document, 'case-warning');
      const { detail, caseId } = await aDetail({ fetch: aChangedCase({ status: 'on_hold' }) });
      expect((await warning).detail).to.deep.equal({ caseId, code: 'unknown_status' });
      await untilText(detail, 'Nothing can be added while the status is “on_hold”.');
      expect(pencils(detail)).to.deep.equal([]);
      expect(find(detail, 'textbox')).to.equal(undefined);
    });

    it('CC-17 shows the type, or a dash', async () => {
      const { detail } = await aDetail();
      expect(factOf(detail, 'Type')).to.equal('Billing');
      const none = await aDetail({ fetch: aChangedCase({ type: null }) });
      expect(factOf(none.detail, 'Type')).to.equal('—');
    });

    it('CC-18 shows the priority only when there is one', async () => {
      const { detail } = await detailOf({ priority: 'high' });
      expect(factOf(detail, 'Priority')).to.equal('▲ High');
      const none = await aDetail({ fetch: aChangedCase({ priority: null }) });
      expect(factOf(none.detail, 'Priority')).to.equal(undefined);
      expect(textOf(none.detail)).not.to.contain('null');
    });

    it('CC-19 shows the deadline only when there is one, overdue in words', async () => {
      const { detail } = await detailOf({ deadline: '2025-03-01' });
      expect(factOf(detail, 'Deadline')).to.match(/^1 Mar 2025 · \d[\d,]* days overdue$/);
      const none = await aDetail();
      expect(factOf(none.detail, 'Deadline')).to.equal(undefined);
    });

    it('CC-20 shows the contact method, or a dash', async () => {
      const { detail } = await aDetail();
      expect(factOf(detail, 'Contact method')).to.equal('Phone');
      const none = await aDetail({ fetch: aChangedCase({ contactMethod: null }) });
      expect(factOf(none.detail, 'Contact method')).to.equal('—');
    });

    it('CC-21 shows who added it, a former user as such', async () => {
      const { detail } = await aDetail();
      expect(factOf(detail, 'Added by')).to.equal('Mara Lindqvist');
      const former = await detailOf({ createdBy: 'person_former' });
      expect(factOf(former.detail, 'Added by')).to.equal('former user');
      const deleted = await aDetail({ fetch: aChangedCase({ createdBy: null }) });
      expect(factOf(deleted.detail, 'Added by')).to.equal('former user');
    });

    it('CC-22 shows when it was added where the reader is, or an unknown date and a warning', async () => {
      const { detail } = await aDetail();
      expect(factOf(detail, 'Added')).to.equal('10 Feb 2025, 10:12');

      const warning = nextEvent<CaseWarningEvent>(document, 'case-warning');
      const broken = await aDetail({ fetch: aChangedCase({ createdAt: 'last week' }) });
      expect((await warning).detail).to.deep.equal({ caseId: broken.caseId, code: 'unknown_date' });
      expect(factOf(broken.detail, 'Added')).to.equal('unknown date');
    });

    it('leaves no trace of a field that is masked for the reader', async () => {
      const masked = answering<Record<string, unknown>>(/^\/v1\/cases\/[^/]+$/, (record) =>
        Object.fromEntries(
          Object.entries(record).filter(
            ([name]) => !['type', 'priority', 'contactMethod', 'description'].includes(name),
          ),
        ),
      );
      const { detail } = await aDetail({ fetch: masked });
      for (const name of ['Type', 'Priority', 'Contact method'])
        expect(factOf(detail, name), name).to.equal(undefined);
      expect(textOf(detail)).not.to.contain('Two debits');
    });
  });

  describe('pencils', () => {
    it('CC-31 CC-32 CC-39 stand beside status and notes and in the lower corner', async () => {
      const { detail } = await aDetail();
      expect(pencils(detail)).to.deep.equal(['Close case', 'Add note', 'Edit case']);
    });

    it('CC-31 CC-32 CC-39 are absent without the right', async () => {
      const { detail } = await aDetail({ as: 'customer' });
      expect(pencils(detail)).to.deep.equal([]);
    });

    for (const [name, section, rows] of [
      ['Close case', 'Status', 'CC-33 CC-34 CC-39'],
      ['Add note', 'Note', 'CC-33 CC-34'],
      ['Edit case', 'Edit case', 'CC-33 CC-34'],
    ] as const)
      it(`${rows} “${name}” opens the panel at ${section} and gets the focus back`, async () => {
        const { detail } = await aDetail();
        const pencil = find(detail, 'button', name) as HTMLElement;
        pencil.focus();
        pencil.click();
        const tab = await untilFound(detail, 'tab', section);
        await waitUntil(() => tab.getAttribute('aria-selected') === 'true');
        const dialog = find(detail, 'dialog') as HTMLElement;
        dialog.dispatchEvent(
          new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true, cancelable: true }),
        );
        await waitUntil(() => deepFocus() === pencil, 'the focus came back');
      });

    it('brings the focus to a case that is still being read, unless the reader has gone elsewhere', async () => {
      const subjects = ['First', 'Second', 'Third'];
      const tenant = await aTenant(subjects.map((subject) => aCase({ subject })));
      const { items } = await tenant.clientFor('administrator').cases.list({ sort: 'number' });
      const { detail, provider } = await aDetail({ tenant });
      const elsewhere = document.createElement('button');
      provider.append(elsewhere);

      detail.caseId = items[1]?.id;
      detail.focus();
      await waitUntil(() => deepFocus()?.textContent.includes('Second'), 'the focus came with the case');

      detail.caseId = items[2]?.id;
      detail.focus();
      elsewhere.focus();
      await untilFound(detail, 'heading', 'Third');
      await detail.updateComplete;
      expect(deepFocus()).to.equal(elsewhere);
    });

    it('CC-48 the corner opens Status on a closed case, to reopen it', async () => {
      const { detail } = await detailOf({ entries: closed });
      expect(pencils(detail)).to.deep.equal(['Reopen case', 'Change status']);
      find(detail, 'button', 'Change status')?.click();
      const tab = await untilFound(detail, 'tab', 'Status');
      await waitUntil(() => tab.getAttribute('aria-selected') === 'true');
    });

    it('says at the top what was done, until it is dismissed', async () => {
      const { detail } = await aDetail();
      find(detail, 'button', 'Close case')?.click();
      const dialog = await untilFound(detail, 'dialog');
      type(await untilFound(dialog, 'combobox', /reason/i), 'resolved');
      type(await untilFound(dialog, 'textbox', /Explain/), 'All done.');
      find(dialog, 'button', 'Close case')?.click();
      await untilText(detail, 'Case closed.');
      await untilText(detail, 'Closed: Resolved');
      find(detail, 'button', 'Dismiss')?.click();
      await untilNoText(detail, 'Case closed.');
    });
  });

  describe('composer', () => {
    it('CC-37 stands at the bottom of an open case; on a closed one there is the way to reopen', async () => {
      const { detail, tenant, caseId } = await aDetail();
      await untilFound(detail, 'button', 'Add internal note');
      await closeElsewhere(tenant, caseId);
      await untilText(detail, 'This case is closed.');
      const buttons = findAll(detail, 'button', 'Reopen case');
      buttons.at(-1)?.click();
      const tab = await untilFound(detail, 'tab', 'Status');
      expect(tab.getAttribute('aria-selected')).to.equal('true');
    });

    it('CC-37 shows a note it added in the history at once', async () => {
      const { detail } = await aDetail();
      type(await untilFound(detail, 'textbox', 'Note for colleagues'), 'Written here.');
      type(await untilFound(detail, 'combobox', /Subject/), 'follow-up');
      find(detail, 'button', 'Add internal note')?.click();
      const history = detail.shadowRoot?.querySelector('case-timeline') as Element;
      await untilText(history, 'Written here.');
      await untilText(detail, 'Internal note added.');
    });
  });

  for (const theme of ['light', 'dark'] as const)
    for (const as of ['agent', 'customer'] as const)
      for (const state of ['open', 'closed'] as const)
        it(`is accessible to a ${as}, ${state}, in ${theme}`, async () => {
          const tenant = await aTenant([
            aCase({
              priority: 'high',
              deadline: '2025-03-01',
              tags: ['refund'],
              entries: [...manyNotes.slice(0, 2), ...(state === 'closed' ? closed : [])],
            }),
          ]);
          const { detail } = await aDetail({ tenant, as, theme });
          await untilText(
            detail,
            state === 'closed' ? 'This case is closed.' : /Add internal note|Send reply/,
          );
          await expectAccessible(detail);
        });

  for (const as of ['agent', 'customer'] as const)
    it(`fits a phone of 320 px for a ${as}, however long the words`, async () => {
      const tenant = await aTenant([
        aCase({
          subject: 'W'.repeat(180),
          description: `https://example.org/${'a'.repeat(300)}`,
          tags: ['t'.repeat(50)],
        }),
      ]);
      const { detail } = await aDetail({ tenant, as, width: 'phone' });
      await untilText(detail, 'WWW');
      await untilFound(detail, 'button', /Add internal note|Send reply/);
      const edge = detail.getBoundingClientRect().right + 1;
      for (const element of everything(detail))
        if (element.checkVisibility() && !element.matches('.visually-hidden, .visually-hidden *, option'))
          expect(element.getBoundingClientRect().right, element.outerHTML.slice(0, 200)).to.be.at.most(edge);
    });
});
