import { expect, html } from '@open-wc/testing';

import { setCaseLocale } from '../../components/shared/localization.js';
import { aHelpDesk, dataOf, plainWords, speakEnglish, textsOf } from './localization-support.js';
import {
  aProvider,
  aTenant,
  deepFocus,
  disposeClients,
  everything,
  find,
  findAll,
  settled,
  type,
  untilFound,
  type ProviderOptions,
  type TestTenant,
} from './support.js';
import { waitUntil } from './wait-until.js';

type Panel = HTMLElementTagNameMap['case-edit-panel'];

const button = (root: Element, selector: string) =>
  everything(root).find((element) => element.matches(selector)) as HTMLElement | undefined;

async function press(root: Element, selector: string): Promise<void> {
  await waitUntil(() => button(root, selector), `no ${selector}`);
  button(root, selector)?.click();
}

async function aPanel(options: ProviderOptions, section: 'note' | 'status' | 'edit', caseId: string) {
  const provider = await aProvider(options, html`<case-edit-panel></case-edit-panel>`);
  const panel = provider.querySelector('case-edit-panel') as Panel;
  panel.open({ caseId, section });
  await untilFound(panel, 'tab');
  return panel;
}

/** What is shown, by its name; each is set up in the language under test. */
const states: Readonly<Record<string, (tenant: TestTenant, ids: readonly string[]) => Promise<Element>>> = {
  'a list and an open case': async (tenant) => (await aHelpDesk({ tenant, width: 'phone' })).provider,
  'a list for a wide page': async (tenant) => {
    const provider = await aProvider({ tenant, width: 'wide' }, html`<case-list></case-list>`);
    await untilFound(provider, 'row');
    return provider;
  },
  'the filters': async (tenant) => {
    const provider = await aProvider(
      { tenant, width: 'phone' },
      html`<case-list filter-state="status=closed&deadline=overdue&raisedFrom=2025-01-01"></case-list>`,
    );
    await untilFound(provider, 'searchbox');
    await press(provider, '#chip-deadline');
    await waitUntil(() => deepFocus().matches('.panel *'));
    return provider;
  },
  'a search that is too long and finds nothing': async (tenant) => {
    const provider = await aProvider(
      { tenant, width: 'phone' },
      html`<case-list filter-state="q=1234567890"></case-list>`,
    );
    await waitUntil(() => button(provider, '.message .button'));
    type(await untilFound(provider, 'searchbox'), '1'.repeat(300));
    await settled();
    return provider;
  },
  'the widget': async (tenant) => {
    const provider = await aProvider(
      { tenant, width: 'phone' },
      html`<case-list compact customer-id=${tenant.customers.aldermill}></case-list>`,
    );
    await waitUntil(() => button(provider, '.row'));
    return provider;
  },
  'the widget without a case': async (tenant) => {
    const provider = await aProvider(
      { tenant, width: 'phone' },
      html`<case-list compact customer-id=${tenant.customers.harbour}></case-list>`,
    );
    await waitUntil(() => button(provider, '.message'));
    return provider;
  },
  'a closed case, to a customer': async (tenant, ids) => {
    const provider = await aProvider(
      { tenant, as: 'customer', width: 'phone' },
      html`<case-detail case-id=${ids[2] ?? ''}></case-detail>`,
    );
    await untilFound(provider, 'heading');
    await waitUntil(() => button(provider, '.notice, textarea'));
    return provider;
  },
  'nobody may see cases': async (tenant) => {
    const provider = await aProvider(
      { tenant, as: 'finance', width: 'phone' },
      html`<case-list></case-list><case-detail></case-detail>`,
    );
    await waitUntil(() => findAll(provider, 'heading').length > 0 || button(provider, '.message'));
    return provider;
  },
  'a case that is not there': async (tenant) => {
    const provider = await aProvider(
      { tenant, width: 'phone' },
      html`<case-detail case-id="case_0"></case-detail>`,
    );
    await untilFound(provider, 'alert');
    return provider;
  },
  'a new case with everything wrong': async (tenant) => {
    const provider = await aProvider({ tenant, width: 'phone' }, html`<case-form inline></case-form>`);
    await untilFound(provider, 'textbox');
    await press(provider, '[data-action=save-and-close]');
    await untilFound(provider, 'heading', /./);
    await press(provider, '[data-action=save-and-close]');
    await waitUntil(() => button(provider, '.error'));
    return provider;
  },
  'a note with nothing in it': async (tenant, ids) => {
    const panel = await aPanel({ tenant }, 'note', ids[0] ?? '');
    await press(panel, '[data-action=submit]');
    await waitUntil(() => button(panel, '.error'));
    return panel;
  },
  'a closure with nothing in it': async (tenant, ids) => {
    const panel = await aPanel({ tenant }, 'status', ids[0] ?? '');
    await press(panel, '[data-action=submit]');
    await waitUntil(() => button(panel, '.error'));
    return panel;
  },
  'the question before an edit is thrown away': async (tenant, ids) => {
    const panel = await aPanel({ tenant }, 'edit', ids[0] ?? '');
    await waitUntil(() => button(panel, '[name=subject]'));
    type(button(panel, '[name=subject]') as HTMLElement, '');
    await press(panel, '[data-action=submit]');
    await waitUntil(() => button(panel, '.error'));
    await press(panel, '[data-action=cancel]');
    await waitUntil(() => button(panel, '[role=alertdialog]'));
    return panel;
  },
};

/** What an element holds; the space at which a line of a text breaks may stand out of it, for nobody sees it. */
function widthOf(element: HTMLElement): number {
  if (getComputedStyle(element).whiteSpace !== 'pre-wrap') return element.scrollWidth;
  element.style.whiteSpace = 'pre-line';
  const width = element.scrollWidth;
  element.style.whiteSpace = '';
  return width;
}

/** The innermost boxes that hold more than they have room for, and do not scroll. */
function tooWide(root: Element): string[] {
  return everything(root)
    .filter(
      (element) =>
        element instanceof HTMLElement &&
        // A field scrolls what does not fit; a quiet button stands out of its row by its padding, to align its words.
        !element.matches('input, select, textarea, .closing-head') &&
        element.checkVisibility() &&
        element.clientWidth > 1 &&
        widthOf(element) > element.clientWidth + 1 &&
        !/auto|scroll|hidden|clip/.test(getComputedStyle(element).overflowX) &&
        getComputedStyle(element).display !== 'inline',
    )
    .map(
      (element) =>
        `${element.localName}.${element.className} ${widthOf(element as HTMLElement)}>${element.clientWidth}`,
    );
}

describe('every word', () => {
  let tenant: TestTenant;
  let ids: string[];
  let data: string[];

  before(async () => {
    tenant = await aTenant(true);
    const client = tenant.clientFor('administrator');
    const { items } = await client.cases.list({ sort: 'number' });
    ids = items.map(({ id }) => id);
    const times = items.map(({ number }) => String(number));
    data = await dataOf({ tenant }, times);
  });
  afterEach(async () => {
    disposeClients();
    await speakEnglish();
  });

  // German has the longest words; it shares many with English, and some with the texts of people.
  for (const locale of ['en-XA', 'ar', 'de']) {
    for (const [name, show] of Object.entries(states)) {
      it(`is translated and has room in ${locale}: ${name}`, async () => {
        await setCaseLocale(locale);
        const shown = await show(tenant, ids);
        await settled();
        const dialog = find(shown, 'dialog');
        if (dialog instanceof HTMLDialogElement) dialog.style.inlineSize = '320px';
        const plain = () => [...textsOf(shown)].filter((text) => plainWords(text, data, locale) !== '');
        if (locale !== 'de') {
          // The words of the rules are fetched with the first refusal.
          await waitUntil(() => plain().length === 0).catch(() => undefined);
          expect(plain(), 'texts that are still English').to.deep.equal([]);
        }
        const texts = [...textsOf(shown)];
        expect(texts).not.to.be.empty;
        if (locale === 'en-XA')
          for (const text of texts.filter(
            (candidate) => /[àåéîöûšţñ]/.test(candidate) && candidate.includes('~'),
          ))
            expect(text, 'a text put together from pieces, or cut').to.match(/\[.*~+\]/);
        expect(tooWide(shown), 'what is too wide').to.deep.equal([]);
      });
    }
  }
});
