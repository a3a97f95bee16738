import { expect, fixture, html } from '@open-wc/testing';

import '../../components/case-list/case-list.js';
import '../../components/case-provider/case-provider.js';
import type { CaseProvider } from '../../components/case-provider/case-provider.element.js';
import {
  aCase,
  aClient,
  aTenant,
  disposeClients,
  nextEvent,
  settled,
  textOf,
  untilFound,
  untilNoText,
  untilText,
} from './support.js';
import { waitUntil } from './wait-until.js';

describe('<case-provider>', () => {
  afterEach(disposeClients);

  it('gives the elements inside it a client made from base-url and getToken', async () => {
    const tenant = await aTenant([aCase()]);
    const provider = await fixture<CaseProvider>(html`
      <case-provider base-url=${location.origin} .getToken=${() => tenant.tokens.agent}>
        <case-list></case-list>
      </case-provider>
    `);
    expect(provider.shadowRoot, 'the provider is registered').to.exist;
    await untilText(provider, 'Charged twice in October');
  });

  it('asks for one token for all elements inside it', async () => {
    const tenant = await aTenant([aCase()]);
    let asked = 0;
    const getToken = async () => {
      asked += 1;
      return Promise.resolve(tenant.tokens.agent);
    };
    const provider = await fixture<CaseProvider>(html`
      <case-provider .getToken=${getToken}>
        <case-list></case-list>
        <case-list compact customer-id=${tenant.customers.aldermill}></case-list>
      </case-provider>
    `);
    await untilText(provider, 'All cases (1)');
    expect(asked).to.equal(1);
  });

  it('fetches the token from token-url, and says when it is not as it must be', async () => {
    // A page that answers JSON, without a token in it.
    const told = nextEvent<CustomEvent<{ message: string }>>(document, 'config-error');
    const provider = await fixture<CaseProvider>(html`
      <case-provider token-url="/tsconfig.build.json"><case-list></case-list></case-provider>
    `);
    expect((await told).detail.message).to.include('{ "token": "…" }');
    await untilText(provider, 'Cases could not be loaded');
  });

  it('says what it needs when it has neither client nor token', async () => {
    const told = nextEvent<CustomEvent<{ message: string }>>(document, 'config-error');
    await fixture(html`<case-provider></case-provider>`);
    expect((await told).detail.message).to.include('getToken');
  });

  it('uses the client of the host, and does not dispose of it', async () => {
    const tenant = await aTenant([aCase()]);
    const client = aClient(tenant.tokens.agent);
    const provider = await fixture<CaseProvider>(html`
      <case-provider .client=${client}><case-list></case-list></case-provider>
    `);
    await untilText(provider, 'Charged twice in October');
    provider.remove();
    await settled();
    expect((await client.cases.list()).items.length).to.equal(1);
  });

  it('keeps its client when it is moved within the page', async () => {
    const tenant = await aTenant([aCase()]);
    const frame = await fixture(html`
      <div>
        <case-provider .getToken=${() => tenant.tokens.agent}><case-list></case-list></case-provider>
        <section></section>
      </div>
    `);
    const provider = frame.querySelector('case-provider') as CaseProvider;
    await untilText(provider, 'Charged twice in October');
    const { activeClient } = provider;
    frame.querySelector('section')?.append(provider);
    await settled();
    expect(provider.activeClient).to.equal(activeClient);
    expect(textOf(provider)).to.include('Charged twice in October');
  });

  it('shows what another person may see as soon as the token is theirs', async () => {
    const tenant = await aTenant([
      aCase({ subject: 'Of Aldermill' }),
      aCase({ subject: 'Of Quist', customerId: 'cust_quist', requesterId: 'person_nora' }),
    ]);
    const provider = await fixture<CaseProvider>(html`
      <case-provider .getToken=${() => tenant.tokens.customer}><case-list></case-list></case-provider>
    `);
    await untilText(provider, 'Of Aldermill');
    provider.getToken = () => tenant.tokens.outsider;
    await untilText(provider, 'Of Quist');
    expect(textOf(provider)).not.to.include('Of Aldermill');
  });

  it('shares one chosen case among its lists, and forgets everything on logout', async () => {
    const tenant = await aTenant([aCase()]);
    const provider = await fixture<CaseProvider>(html`
      <case-provider .getToken=${() => tenant.tokens.agent}>
        <case-list></case-list>
        <case-list compact customer-id=${tenant.customers.aldermill}></case-list>
      </case-provider>
    `);
    const [list, widget] = provider.querySelectorAll('case-list');
    (await untilFound(list as Element, 'button', 'Charged twice in October')).click();
    await waitUntil(() => widget?.shadowRoot?.querySelector('[aria-current=true]'));
    await provider.logout();
    expect(provider.caseId).to.equal(undefined);
    await untilNoText(provider, 'Charged twice in October');
  });

  it('says dates in the locale it is given', async () => {
    const tenant = await aTenant([aCase({ createdAt: '2020-03-01T12:00:00Z' })]);
    const provider = await fixture<CaseProvider>(html`
      <case-provider locale="it" .getToken=${() => tenant.tokens.agent}
        ><case-list></case-list
      ></case-provider>
    `);
    await untilText(provider, '1 mar 2020');
  });

  it('gives its theme to the elements inside it', async () => {
    const provider = await fixture<CaseProvider>(html`
      <case-provider theme="dark" .getToken=${() => ''}><case-list></case-list></case-provider>
    `);
    const list = provider.querySelector('case-list') as Element;
    expect(getComputedStyle(list).colorScheme).to.equal('dark');
  });
});
