import { expect, fixture, html } from '@open-wc/testing';

import { addCaseLocale, setCaseLocale } from '../../components/shared/localization.js';
import { messages as italian } from '../../components/shared/locales/it.js';
import type { CaseProvider } from '../../components/case-provider/case-provider.element.js';
import { aHelpDesk, speakEnglish } from './localization-support.js';
import {
  aCase,
  aProvider,
  aTenant,
  disposeClients,
  find,
  findAll,
  nextEvent,
  textOf,
  type,
  untilFound,
  untilNoText,
  untilText,
} from './support.js';
import { waitUntil } from './wait-until.js';

describe('locales', () => {
  afterEach(async () => {
    disposeClients();
    await speakEnglish();
  });

  it('draws everything that is shown in another language at once, and keeps what was typed', async () => {
    const tenant = await aTenant(true);
    const { provider, list, detail, panel, caseId } = await aHelpDesk({ tenant });
    type(await untilFound(detail, 'textbox'), 'Typed in English');
    panel.open({ caseId, section: 'edit' });
    type(await untilFound(panel, 'textbox', /^Subject/), '');
    (await untilFound(panel, 'button', 'Save case')).click();
    await untilText(panel, 'Enter a subject.');

    provider.locale = 'it';
    await untilFound(list, 'button', 'Aggiungi caso');
    await panel.updateComplete;
    expect(textOf(panel)).to.contain('Inserisci un oggetto.').and.to.contain('APERTO');
    expect(textOf(detail)).to.contain('Note aggiuntive').and.to.contain('10 feb 2025');
    expect(textOf(list)).to.contain('In ritardo di').and.to.contain('11 feb 2025');
    expect(find(list, 'searchbox')?.getAttribute('aria-label')).to.equal('Cerca nei casi');
    expect(find(list, 'status')?.textContent).to.match(/\d+ casi/);
    expect(find(detail, 'textbox', /colleghi/)).to.have.value('Typed in English');

    provider.locale = 'ar';
    await untilText(panel, 'أدخل موضوعًا.');
    expect(find(list, 'button', 'إضافة طلب')).to.exist;
    const added = new Intl.DateTimeFormat('ar', { dateStyle: 'medium', timeStyle: 'short' });
    expect(textOf(detail))
      .to.contain('ملاحظات إضافية')
      .and.to.contain(added.format(new Date('2025-02-10T09:12:00Z')));
    expect(find(detail, 'textbox', 'ملاحظة للزملاء')).to.have.value('Typed in English');

    provider.locale = 'en-GB';
    await untilText(panel, 'Enter a subject.');
    expect(find(list, 'button', 'Add case')).to.exist;
  });

  it('says an announcement in the language that is spoken by then', async () => {
    const tenant = await aTenant([aCase()]);
    const { provider, detail } = await aHelpDesk({ tenant });
    type(await untilFound(detail, 'textbox'), 'Called back.');
    type(await untilFound(detail, 'combobox', /^Subject/), 'follow-up');
    (await untilFound(detail, 'button', 'Add internal note')).click();
    await untilText(detail, 'Internal note added.');
    provider.locale = 'it';
    await untilText(detail, 'Nota interna aggiunta.');
    expect(findAll(detail, 'status').map(textOf).join(' ')).to.contain('Nota interna aggiunta.');
  });

  it('runs from right to left where the language does, unless the host says otherwise', async () => {
    const tenant = await aTenant([aCase()]);
    const { provider, list, detail } = await aHelpDesk({ tenant });
    expect(list.hasAttribute('dir'), 'an English page is left alone').to.equal(false);
    detail.dir = 'ltr';
    provider.locale = 'ar';
    await untilFound(list, 'button', 'إضافة طلب');
    expect(getComputedStyle(list).direction).to.equal('rtl');
    expect(list.lang).to.equal('ar');
    expect(getComputedStyle(detail).direction, 'the host has the last word').to.equal('ltr');
    expect(getComputedStyle(provider.parentElement as Element).direction, 'the page is its own').to.equal(
      'ltr',
    );
    provider.locale = 'it';
    await untilFound(list, 'button', 'Aggiungi caso');
    expect(getComputedStyle(list).direction).to.equal('ltr');
    expect(detail.dir).to.equal('ltr');
  });

  it('leaves the direction to a provider that has one', async () => {
    const tenant = await aTenant([aCase()]);
    const provider = await aProvider({ tenant }, html`<case-list></case-list>`);
    provider.dir = 'ltr';
    provider.locale = 'ar';
    const list = provider.querySelector('case-list') as HTMLElement;
    await untilFound(list, 'button', 'إضافة طلب');
    expect(getComputedStyle(list).direction).to.equal('ltr');
  });

  it('mirrors what points somewhere', async () => {
    const tenant = await aTenant([aCase()]);
    const provider = await aProvider(
      { tenant },
      html`<case-list compact customer-id=${tenant.customers.aldermill}></case-list>`,
    );
    provider.locale = 'ar';
    await untilText(provider, 'مفتوح');
    const list = provider.querySelector('case-list') as HTMLElement;
    const chevron = list.shadowRoot?.querySelector('.directional') as Element;
    const { scale, transform } = getComputedStyle(chevron);
    expect(`${scale} ${transform}`).to.match(/-1/);
  });

  it('takes a locale of the host, and other words for one of ours', async () => {
    const tenant = await aTenant([aCase()]);
    let fetched = 0;
    addCaseLocale('pt', () => {
      fetched++;
      return Promise.resolve({ messages: { ...italian, 'case-list.add': 'Novo caso' } });
    });
    const provider = await aProvider({ tenant }, html`<case-list></case-list>`);
    await untilFound(provider, 'row');
    expect(fetched, 'nobody has asked for it yet').to.equal(0);
    expect(await setCaseLocale('pt-BR')).to.equal('pt-BR');
    await untilFound(provider, 'button', 'Novo caso');
    await setCaseLocale('it');
    await untilFound(provider, 'button', 'Aggiungi caso');
    await setCaseLocale('pt');
    expect(fetched).to.be.above(0);
    await untilText(provider, '10 de fev. de 2025');
  });

  it('falls back to the closest language, else to English with a warning, and never fails', async () => {
    const tenant = await aTenant([aCase()]);
    const provider = await aProvider({ tenant }, html`<case-list></case-list>`);
    provider.locale = 'it-CH';
    await untilFound(provider, 'button', 'Aggiungi caso');
    for (const unknown of ['tlh', 'not a locale', 'x']) {
      const warned = nextEvent<HTMLElementEventMap['config-warning']>(provider, 'config-warning');
      provider.locale = unknown;
      const { code, message } = (await warned).detail;
      expect(code).to.equal('unknown_locale');
      expect(message).to.contain(unknown);
      await untilFound(provider, 'button', 'Add case');
      await untilText(provider, '10 Feb 2025');
    }
  });

  it('lets the last choice win, however long an earlier one takes', async () => {
    const tenant = await aTenant([aCase()]);
    let arrive = (_: typeof italian) => {};
    addCaseLocale('eo', () => new Promise((resolve) => (arrive = resolve)));
    const provider = await aProvider({ tenant }, html`<case-list></case-list>`);
    const slow = setCaseLocale('eo');
    const quick = setCaseLocale('it');
    expect(await quick).to.equal('it');
    arrive({ ...italian, 'case-list.add': 'Aldoni' });
    expect(await slow).to.equal('it');
    await untilFound(provider, 'button', 'Aggiungi caso');
  });

  it('keeps the language it has when another cannot be fetched, and tries again when asked again', async () => {
    const tenant = await aTenant([aCase()]);
    let broken = true;
    addCaseLocale('eu', () => (broken ? Promise.reject(new Error('offline')) : Promise.resolve(italian)));
    const provider = await aProvider({ tenant }, html`<case-list></case-list>`);
    await setCaseLocale('it');
    expect(await setCaseLocale('eu')).to.equal('it');
    await untilFound(provider, 'button', 'Aggiungi caso');
    broken = false;
    expect(await setCaseLocale('eu')).to.equal('eu');
  });

  it('speaks the language of the page, and follows it', async () => {
    const tenant = await aTenant([aCase()]);
    document.documentElement.lang = 'it';
    const provider = await aProvider({ tenant }, html`<case-list></case-list>`);
    await untilFound(provider, 'button', 'Aggiungi caso');
    document.documentElement.lang = 'fi';
    await untilFound(provider, 'button', 'Add case');
    provider.locale = 'ar';
    await untilFound(provider, 'button', 'إضافة طلب');
    document.documentElement.lang = 'it';
    provider.locale = undefined;
    await untilFound(provider, 'button', 'Aggiungi caso');
  });

  it('forgets the choice of a provider that has left the page', async () => {
    const tenant = await aTenant([aCase()]);
    const first = await fixture<CaseProvider>(html`
      <case-provider locale="it" .getToken=${() => tenant.tokens.agent}
        ><case-list></case-list
      ></case-provider>
    `);
    await untilFound(first, 'button', 'Aggiungi caso');
    first.remove();
    const second = await aProvider({ tenant }, html`<case-list></case-list>`);
    await untilFound(second, 'button', 'Add case');
    await untilNoText(second, 'Aggiungi caso');
  });

  it('words what the server refuses, where the rule is known', async () => {
    const tenant = await aTenant([aCase()]);
    const provider = await aProvider({ tenant, as: 'finance' }, html`<case-list></case-list>`);
    await untilText(provider, 'You may not see cases');
    provider.locale = 'ar';
    await waitUntil(() => textOf(provider).includes('دورك لا يشمل العمل على الطلبات.'));
  });
});
