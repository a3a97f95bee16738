import { configureLocalization } from '@lit/localize';
import { expect, html } from '@open-wc/testing';

import '../../components/case-list/case-list.js';
import { litTemplates, setCaseLocale } from '../../components/shared/localization.js';
import { messages as italian } from '../../components/shared/locales/it.js';
import { aCase, aProvider, aTenant, disposeClients, untilFound } from './support.js';

// A file of its own, and so a page of its own: lit-localize is configured once and for all.
describe('a page that has configured lit-localize itself', () => {
  const { setLocale } = configureLocalization({
    sourceLocale: 'en',
    targetLocales: ['it'],
    loadLocale: () => Promise.resolve({ templates: { greeting: 'Ciao', ...litTemplates(italian) } }),
  });

  it('is told once, and speaks for the elements', async () => {
    const told: string[] = [];
    const { warn } = console;
    console.warn = (message: string) => told.push(message);
    try {
      const tenant = await aTenant([aCase()]);
      const provider = await aProvider({ tenant }, html`<case-list></case-list>`);
      await untilFound(provider, 'row');
      await setCaseLocale('ar');
      await setCaseLocale('it');
      expect(told).to.have.length(1);
      expect(told[0]).to.contain('@lit/localize');
      await untilFound(provider, 'button', 'Add case');
      await setLocale('it');
      await untilFound(provider, 'button', 'Aggiungi caso');
    } finally {
      console.warn = warn;
      disposeClients();
    }
  });
});
