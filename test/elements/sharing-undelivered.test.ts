import { expect, html } from '@open-wc/testing';

import '../../components/project-panel/project-panel.js';
import type { Page } from '../../src/contract/common.js';
import type { GrantList } from '../../src/contract/grants.js';
import type { ProjectMessage } from '../../src/contract/projects.js';
import { answering } from './case-detail-support.js';
import { aSharedCase, aShareManager, aSharingTenant, lineOf, one, shareAs } from './share-manager-support.js';
import { aProvider, aTenant, disposeClients, textOf, untilFound, untilText } from './support.js';
import { waitUntil } from './wait-until.js';

describe('what reached nobody', () => {
  afterEach(disposeClients);

  it('CO-10 a co-worker whom the message did not reach is marked, keeps the access, and can be told again', async () => {
    const tenant = await aSharingTenant();
    const { id } = await aSharedCase(tenant);
    await shareAs(tenant, 'customer', id, one('person', 'person_leo'));
    const told: string[] = [];
    const failing = answering<GrantList>(/\/grants$/, (list) => ({
      ...list,
      items: list.items.map((grant) => ({ ...grant, notified: 'failed' })),
    }));
    const element = await aShareManager(tenant, id, {
      as: 'customer',
      fetch: (request) => {
        if (request.method === 'POST') told.push(new URL(request.url).pathname);
        return failing(request);
      },
    });
    await untilText(element, 'not notified');
    const line = lineOf(element, 'Leo Aske');
    expect(textOf(line as Node)).to.contain('not notified');
    expect((await tenant.clientFor('colleague').cases.get(id)).id).to.equal(id);
    (await untilFound(line as HTMLElement, 'button', 'Try again')).click();
    await waitUntil(
      () => told.some((path) => /^\/v1\/grants\/[^/]+\/notice$/.test(path)),
      'they are told again',
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
