import { expect, html } from '@open-wc/testing';

import '../../components/case-edit-panel/case-edit-panel.js';
import '../../components/case-list/case-list.js';
import type { Case, CaseSummary } from '../../src/contract/cases.js';
import type { Page } from '../../src/contract/common.js';
import { aDetail, answering, aChangedCase, factOf, firstCaseId, pencils } from './case-detail-support.js';
import { aList, aWidget } from './case-list-support.js';
import {
  aCase,
  aProvider,
  aTenant,
  closed,
  deepFocus,
  disposeClients,
  everything,
  find,
  findAll,
  press,
  textOf,
  type,
  untilFound,
  untilText,
  type ProviderOptions,
} from './support.js';
import { waitUntil } from './wait-until.js';

const reason = 'Your department may not do this.';

/** A backend whose policy refuses some actions. */
const refusing = (...actions: readonly string[]) =>
  answering<Case>(/^\/v1\/cases\/[^/]+$/, (record) => ({
    ...record,
    permissions: {
      ...record.permissions,
      ...Object.fromEntries(actions.map((action) => [action, { allowed: false, rule: 'test', reason }])),
    },
  }));

async function aPanel(section: 'note' | 'status' | 'edit', options: Partial<ProviderOptions> = {}) {
  const tenant = options.tenant ?? (await aTenant([aCase()]));
  const caseId = await firstCaseId(tenant);
  const provider = await aProvider({ ...options, tenant }, html`<case-edit-panel></case-edit-panel>`);
  const panel = provider.querySelector('case-edit-panel') as HTMLElementTagNameMap['case-edit-panel'];
  panel.open({ caseId, section });
  await untilFound(panel, 'tab', 'Note');
  return panel;
}

const selectedTab = (panel: Element) =>
  findAll(panel, 'tab')
    .filter((tab) => tab.getAttribute('aria-selected') === 'true')
    .map(textOf);

/** Why a tab is disabled, as it is told to those who cannot see it; `undefined` when it is not. */
function refusalOf(panel: Element, name: string): string | undefined {
  const tab = find(panel, 'tab', name) as HTMLElement;
  if (tab.getAttribute('aria-disabled') !== 'true') return undefined;
  const id = tab.getAttribute('aria-describedby') ?? '';
  return textOf((tab.getRootNode() as ShadowRoot).getElementById(id) as Element);
}

describe('who may see cases', () => {
  afterEach(disposeClients);

  for (const as of ['administrator', 'agent', 'otherAgent'] as const)
    it(`CC-01 the widget is there for ${as}`, async () => {
      const { list } = await aWidget(await aTenant([aCase()]), { as });
      await untilFound(list, 'button', /^Charged twice/);
      await untilFound(list, 'button', 'Add case');
    });
});

describe('pencils of somebody who may not do everything', () => {
  afterEach(disposeClients);

  it('CC-31 none beside the notes for whoever may write none, who reads why', async () => {
    const { detail } = await aDetail({ fetch: refusing('addInternalNote', 'reply') });
    expect(pencils(detail)).to.deep.equal(['Close case', 'Edit case']);
    await untilText(detail, reason);
    expect(find(detail, 'textbox')).to.equal(undefined);
  });

  it('CC-32 the one in the corner opens what may still be done', async () => {
    const { detail } = await aDetail({ fetch: refusing('edit') });
    expect(pencils(detail)).to.deep.equal(['Close case', 'Add note', 'Change status']);
    find(detail, 'button', 'Change status')?.click();
    await untilFound(detail, 'tab', 'Status');
    await waitUntil(() => selectedTab(detail).join() === 'Status');
    expect(refusalOf(detail, 'Edit case')).to.contain(reason);
  });

  it('CC-32 none in the corner for whoever may do nothing', async () => {
    const { detail } = await aDetail({ fetch: refusing('edit', 'close', 'addInternalNote', 'reply') });
    expect(pencils(detail)).to.deep.equal([]);
  });

  it('CC-39 none beside the status for whoever may not close', async () => {
    const { detail } = await aDetail({ fetch: refusing('close') });
    expect(pencils(detail)).to.deep.equal(['Add note', 'Edit case']);
  });

  it('CC-39 CC-43 none beside the status of a closed case for whoever may not reopen', async () => {
    const tenant = await aTenant([aCase({ entries: closed })]);
    const { detail } = await aDetail({ tenant, fetch: refusing('reopen') });
    expect(pencils(detail)).to.deep.equal([]);
    expect(find(detail, 'button', 'Reopen case')).to.equal(undefined);
  });
});

describe('the edit panel', () => {
  afterEach(disposeClients);

  it('CC-33 rises from the bottom, one panel with three sections', async () => {
    const panel = await aPanel('note');
    expect(findAll(panel, 'tab').map(textOf)).to.deep.equal(['Note', 'Status', 'Edit case']);
    expect(findAll(panel, 'dialog')).to.have.length(1);
    const dialog = find(panel, 'dialog') as HTMLElement;
    for (const animation of panel.shadowRoot?.getAnimations() ?? [])
      if (animation.effect?.getComputedTiming().endTime !== Infinity) animation.finish();
    const { bottom, height } = dialog.getBoundingClientRect();
    expect(bottom).to.be.closeTo(innerHeight, 1);
    expect(height).to.be.greaterThan(100);
  });

  for (const [pencil, row, field] of [
    ['Add note', 'CC-31', /^Note for colleagues/],
    ['Close case', 'CC-39', /^Explain the closure/],
    ['Edit case', 'CC-32', /^Subject/],
  ] as const)
    it(`${row} CC-33 Escape with unsaved text asks, and the focus returns to “${pencil}”`, async () => {
      const { detail } = await aDetail();
      const opener = find(detail, 'button', pencil) as HTMLElement;
      opener.focus();
      opener.click();
      const dialog = await untilFound(detail, 'dialog');
      type(await untilFound(dialog, 'textbox', field), 'Not saved yet.');
      press('Escape', find(dialog, 'textbox', field));
      const question = () => everything(dialog).find((element) => element.matches('[role=alertdialog]'));
      await waitUntil(question, 'it did not ask');
      expect(find(detail, 'dialog'), 'it is still open').to.equal(dialog);
      await waitUntil(() => (question() as Element).contains(deepFocus()), 'the question has the focus');
      findAll(question() as Element, 'button', /Discard/)[0]?.click();
      await waitUntil(() => !dialog.isConnected || !dialog.checkVisibility(), 'it did not close');
      await waitUntil(() => deepFocus() === opener, 'the focus came back');
    });

  for (const [wanted, refused, chosen] of [
    ['note', ['addInternalNote', 'reply'], 'Status'],
    ['status', ['close'], 'Edit case'],
    ['edit', ['edit'], 'Note'],
    ['edit', ['edit', 'addInternalNote', 'reply'], 'Status'],
  ] as const)
    it(`CC-34 asked for ${wanted} without ${refused.join(', ')}, chooses ${chosen} and says why`, async () => {
      const panel = await aPanel(wanted, { fetch: refusing(...refused) });
      expect(selectedTab(panel)).to.deep.equal([chosen]);
      const names = { note: 'Note', status: 'Status', edit: 'Edit case' } as const;
      expect(refusalOf(panel, names[wanted])).to.contain(reason);
      find(panel, 'tab', names[wanted])?.click();
      await panel.updateComplete;
      expect(selectedTab(panel), 'it cannot be chosen').to.deep.equal([chosen]);
    });

  it('CC-34 has nothing to send for whoever may do nothing', async () => {
    const panel = await aPanel('edit', { fetch: refusing('edit', 'close', 'addInternalNote', 'reply') });
    await untilText(panel, 'There is nothing you may do on this case.');
    expect(selectedTab(panel)).to.deep.equal([]);
    expect(find(panel, 'button', /Save|Add|Close case/)).to.equal(undefined);
  });
});

describe('a status that is not known here', () => {
  afterEach(disposeClients);

  it('CC-16 is shown as it came, in the case and in the list', async () => {
    const { detail } = await aDetail({ fetch: aChangedCase({ status: 'on_hold' }) });
    const mark = everything(detail).find((element) => element.matches('[part=status]'));
    expect(textOf(mark as Element)).to.equal('Status: on_hold');
    expect(factOf(detail, 'Type'), 'the rest is there to read').to.equal('Billing');

    const { list } = await aList(await aTenant([aCase()]), {
      fetch: answering<Page<CaseSummary>>(/^\/v1\/cases$/, (page) => ({
        ...page,
        items: page.items.map((item) => ({ ...item, status: 'on_hold' })),
      })),
    });
    await untilText(list, 'Charged twice in October');
    expect(textOf(find(list, 'row') as Element)).to.contain('on_hold');
  });

  it('CC-16 CC-34 leaves nothing to do in the panel either, and says why', async () => {
    const panel = await aPanel('edit', { fetch: aChangedCase({ status: 'on_hold' }) });
    for (const name of ['Note', 'Status', 'Edit case'])
      expect(refusalOf(panel, name), name).to.contain('“on_hold” is not known here');
    expect(selectedTab(panel)).to.deep.equal([]);
    expect(find(panel, 'button', /Save|Add|Close case/)).to.equal(undefined);
  });
});
