import { expect } from '@open-wc/testing';

import { registerLinkType } from '../../components/shared/host-actions/registry.js';
import type { LinkType } from '../../components/shared/host-actions/host-types.js';
import type { CaseLink } from '../../src/contract/cases.js';
import { aDetail, factOf, firstCaseId, type Options } from './case-detail-support.js';
import {
  aCase,
  aTenant,
  disposeClients,
  find,
  settled,
  textOf,
  untilFound,
  untilText,
  type TestTenant,
} from './support.js';
import { waitUntil } from './wait-until.js';

const invoice = { type: 'invoice', id: 'INV-2031' };
const payment = { type: 'payment', id: 'p-17', label: 'Card, 12 May' };
const invoices: LinkType = { type: 'invoice', label: 'Invoice', href: ({ id }) => `/invoices/${id}` };

describe('links of a case to objects of the host', () => {
  let tenant: TestTenant;
  let caseId: string;

  async function linked(links: readonly CaseLink[] = [invoice, payment]): Promise<void> {
    tenant = await aTenant([aCase({ departmentId: 'dept_care', links })]);
    caseId = await firstCaseId(tenant);
  }
  const shown = (options: Options = {}) => aDetail({ tenant, caseId, ...options });
  afterEach(disposeClients);

  it('stand in the detail by type and label or id where the page knows no more', async () => {
    await linked();
    const { detail } = await shown();
    await waitUntil(() => factOf(detail, 'Linked'));
    expect(factOf(detail, 'Linked')).to.equal('invoice INV-2031 payment Card, 12 May');
    expect(find(detail, 'link', 'INV-2031')).to.equal(undefined);
  });

  it('are shown as the page says, with an address, also where it says so later', async () => {
    await linked();
    const { detail, provider } = await shown();
    await waitUntil(() => factOf(detail, 'Linked'));
    registerLinkType(provider, invoices);
    const link = await untilFound<HTMLAnchorElement>(detail, 'link', 'INV-2031');
    expect(new URL(link.href).pathname).to.equal('/invoices/INV-2031');
    expect(link.rel).to.contain('noopener');
    const takeAway = registerLinkType(provider, {
      type: 'payment',
      label: (locale) => `Payment (${locale.slice(0, 2)})`,
      render: ({ id }) => Object.assign(document.createElement('b'), { textContent: `No. ${id}` }),
    });
    await waitUntil(() => factOf(detail, 'Linked')?.includes('Payment (en) No. p-17'));
    takeAway();
    await waitUntil(() => factOf(detail, 'Linked')?.includes('payment Card, 12 May'));
  });

  it('run nothing: neither an address that is a script, nor a text that looks like markup', async () => {
    await linked([{ type: 'invoice', id: '<img src=x onerror=alert(1)>' }]);
    const { detail, provider } = await shown();
    registerLinkType(provider, { type: 'invoice', label: 'Invoice', href: () => 'javascript:alert(1)' });
    await waitUntil(() => factOf(detail, 'Linked')?.includes('Invoice'));
    expect(factOf(detail, 'Linked')).to.equal('Invoice <img src=x onerror=alert(1)>');
    expect(find(detail, 'link', /img/)).to.equal(undefined);
  });

  it('stay readable where the page fails to show one', async () => {
    await linked();
    const { detail, provider } = await shown();
    registerLinkType(provider, {
      type: 'invoice',
      label: 'Invoice',
      render: () => {
        throw new Error('No such invoice.');
      },
    });
    await waitUntil(() => factOf(detail, 'Linked')?.includes('Invoice INV-2031'));
  });

  it('are named in the history as the page calls them, or in words', async () => {
    await linked([]);
    const { detail, provider } = await shown();
    const client = tenant.clientFor('agent');
    const link = async (...links: readonly CaseLink[]) =>
      client.cases.update(caseId, { links: [...links] }, await client.cases.get(caseId));
    await link({ type: 'duplicate-of', id: 'case 17' });
    await untilText(detail, 'linked the case to duplicate of case 17');
    const takeAway = registerLinkType(provider, {
      type: 'duplicate-of',
      label: (locale) => `Double of (${locale.slice(0, 2)})`,
    });
    await untilText(detail, 'linked the case to Double of (en) case 17');
    takeAway();
    await untilText(detail, 'linked the case to duplicate of case 17');
  });

  it('are shown to no customer', async () => {
    await linked();
    const { detail } = await shown({ as: 'customer' });
    await settled();
    expect(textOf(detail)).not.to.match(/INV-2031|Linked/);
  });
});
