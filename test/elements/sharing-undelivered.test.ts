import { expect, html } from '@open-wc/testing';

import '../../components/project-panel/project-panel.js';
import type { ShareManager } from '../../components/share-manager/share-manager.element.js';
import type { Page } from '../../src/contract/common.js';
import type { NewGrants } from '../../src/contract/grants.js';
import type { ProjectMessage } from '../../src/contract/projects.js';
import { answering } from './case-detail-support.js';
import { expectAccessible } from './expect-accessible.js';
import {
  aSharedCase,
  aShareManager,
  aSharingTenant,
  chips,
  choose,
  click,
  lineOf,
  one,
  select,
  shareAs,
} from './share-manager-support.js';
import {
  type TestTenant,
  aClient,
  aProvider,
  aTenant,
  aToken,
  disposeClients,
  find,
  tellingUrl,
  textOf,
  untilFound,
  untilNoText,
  untilText,
} from './support.js';
import { waitUntil } from './wait-until.js';

describe('what reached nobody', () => {
  afterEach(disposeClients);

  describe('of customers', () => {
    const unreachable =
      'Quist & Daughters: No e-mail reaches them. Share in the portal only, or leave them out.';
    let tenant: TestTenant;
    let caseId: string;
    let posted: NewGrants[];
    let element: ShareManager;

    beforeEach(async () => {
      tenant = await aSharingTenant(tellingUrl);
      await tenant.seed({
        customers: [{ id: 'cust_mill', name: 'Millrace Bakery' }],
        people: [
          {
            id: 'person_hana',
            name: 'Hana Dent',
            kind: 'customer',
            customerId: 'cust_harbour',
            email: 'hana@harbour.example',
          },
        ],
      });
      caseId = (await aSharedCase(tenant)).id;
      posted = [];
      element = await aShareManager(tenant, caseId, {
        fetch: async (request) => {
          if (request.method === 'POST' && request.url.endsWith('/grants'))
            posted.push((await request.clone().json()) as NewGrants);
          return fetch(request);
        },
      });
    });

    const stored = async () => (await tenant.clientFor('agent').grants.list(caseId)).items;
    const choice = (name = 'Quist & Daughters') =>
      find<HTMLInputElement>(element, 'checkbox', `Share with ${name} in the portal only`);

    it('CU-04 says under the name that no e-mail reaches them, keeps all, and shares in the portal by choice', async () => {
      await choose(element, 'Harbour Dental');
      await choose(element, 'Quist & Daughters');
      await select(element, 'Level of Quist & Daughters', 'view');
      await select(element, 'Access lasts', 'week');
      expect(choice(), 'nobody knows yet').to.equal(undefined);
      await click(element, 'Share');
      await untilText(element, unreachable);
      await untilText(element, 'One name cannot be added. Nothing was shared.');
      expect(await stored()).to.have.length(0);
      expect(chips(element)).to.deep.equal(['Harbour Dental', 'Quist & Daughters']);
      expect(choice()?.checked).to.equal(false);
      expect(choice('Harbour Dental'), 'only who cannot be told').to.equal(undefined);
      await untilText(element, 'Without e-mails: what is new is there to read in the portal.');
      await expectAccessible(element);

      choice()?.click();
      await untilNoText(element, unreachable);
      expect(choice()?.checked).to.equal(true);
      await click(element, 'Share');
      await untilText(
        element,
        /Shared with Harbour Dental and Quist & Daughters\..* In the portal only: Quist & Daughters\./,
      );
      expect(posted.map(({ grantees }) => grantees.map(({ portalOnly }) => portalOnly))).to.deep.equal([
        [undefined, undefined],
        [undefined, true],
      ]);
      expect(
        posted.some(({ portalOnly }) => portalOnly),
        'of the others nothing is said',
      ).to.equal(false);
      const grants = await stored();
      expect(grants.map(({ grantee, level }) => [grantee.name, level])).to.have.deep.members([
        ['Harbour Dental', 'collaborate'],
        ['Quist & Daughters', 'view'],
      ]);
      expect(grants.every(({ expiresAt }) => expiresAt !== null)).to.equal(true);
      expect(choice(), 'the next share begins anew').to.equal(undefined);
    });

    it('CU-04 asks it of each whom no e-mail reaches by itself, and shares with nobody while one is open', async () => {
      await choose(element, 'Quist & Daughters');
      await choose(element, 'Millrace Bakery');
      await click(element, 'Share');
      await untilText(element, '2 names cannot be added. Nothing was shared.');
      choice()?.click();
      await untilNoText(element, unreachable);
      expect(choice('Millrace Bakery')?.checked).to.equal(false);
      await click(element, 'Share');
      await untilText(element, 'Millrace Bakery: No e-mail reaches them.');
      await untilText(element, 'One name cannot be added. Nothing was shared.');
      expect(await stored()).to.have.length(0);
      choice('Millrace Bakery')?.click();
      await click(element, 'Share');
      await untilText(element, /In the portal only: Quist & Daughters and Millrace Bakery\./);
      expect(posted.at(-1)?.grantees.map(({ portalOnly }) => portalOnly)).to.deep.equal([true, true]);
    });

    it('CU-04 shares with e-mails once those they do not reach are left out, and gives back who was removed', async () => {
      await choose(element, 'Quist & Daughters');
      await choose(element, 'Harbour Dental');
      await click(element, 'Share');
      await untilText(element, unreachable);
      choice()?.click();
      await click(element, 'Do not add Quist & Daughters');
      expect(choice()).to.equal(undefined);
      await click(element, 'Share');
      await untilText(element, /Shared with Harbour Dental\./);
      expect(JSON.stringify(posted.at(-1))).not.to.include('portalOnly');

      await tenant
        .clientFor('agent')
        .grants.add(caseId, { grantees: [one('customer', 'cust_quist', 'view')], portalOnly: true });
      await click(element, 'Remove Quist & Daughters');
      await click(element, 'Remove');
      await untilText(element, 'Quist & Daughters: access has ended.');
      await click(element, 'Undo');
      await untilText(element, /Shared with Quist & Daughters\..* In the portal only: Quist & Daughters\./);
      expect((await stored()).map(({ grantee, level }) => [grantee.name, level])).to.deep.include([
        'Quist & Daughters',
        'view',
      ]);
    });
  });

  it('CO-10 a co-worker whom the message did not reach is marked, keeps the access, and can be told again', async () => {
    const tenant = await aSharingTenant(tellingUrl);
    const email = `full-${crypto.randomUUID()}@example.com`;
    const person = { id: 'person_ola', name: 'Ola Moreau', kind: 'customer', email } as const;
    await tenant.seed({
      people: [{ ...person, customerId: 'cust_aldermill', organisationId: 'org_aldermill' }],
    });
    const { id } = await aSharedCase(tenant);
    const { client } = await shareAs(tenant, 'customer', id, one('person', 'person_ola'));
    const element = await aShareManager(tenant, id, { as: 'customer' });
    const words = () => textOf(lineOf(element, 'Ola Moreau') as Node);
    await waitUntil(() => words().includes('not notified'), 'the failure is not shown');
    const ola = await aToken({
      ...person,
      sub: person.id,
      tenant: tenant.tenant,
      customer: 'cust_aldermill',
      organisation: 'org_aldermill',
    });
    expect((await aClient(ola, undefined, tenant.baseUrl).cases.get(id)).id).to.equal(id);

    (await untilFound(lineOf(element, 'Ola Moreau') as HTMLElement, 'button', 'Try again')).click();
    await untilText(element, 'The message is sent again.');
    await waitUntil(() => !words().includes('not notified'), 'the failure stays');
    await waitUntil(
      async () => (await client.grants.list(id)).items[0]?.notified === 'sent',
      'it was not sent again',
    );
  });

  it('CU-17 a message to followers that came back is shown to its author, with whom and why', async () => {
    const tenant = await aTenant();
    const client = tenant.clientFor('agent');
    const project = await client.projects.create({ name: 'Fibre for the mill' });
    await client.projects.post(project.id, { text: 'The trench is open.' });
    const bounced = answering<Page<ProjectMessage>>(/\/messages$/, (list) => ({
      ...list,
      items: list.items.map((message) => ({
        ...message,
        delivery: {
          pending: 0,
          sent: 1,
          failed: [
            {
              person: { id: 'person_nora', name: 'Nora Quist', kind: 'customer' },
              reason: '550 No such mailbox',
              at: message.at,
            },
          ],
        },
      })),
    }));
    const provider = await aProvider(
      { tenant, as: 'agent', fetch: bounced },
      html`<project-panel project-id=${project.id}></project-panel>`,
    );
    const panel = provider.querySelector('project-panel') as HTMLElement;
    (await untilFound(panel, 'tab', 'Messages')).click();
    await untilText(panel, 'The trench is open.');
    await untilText(panel, 'Did not reach Nora Quist: 550 No such mailbox');
  });
});
