import { expect } from '@open-wc/testing';

import { aDetail, aFrame } from './case-detail-support.js';
import { aSharedTenant, quist, share } from './sharing-support.js';
import { disposeClients, textOf, untilText } from './support.js';

describe('a case in the portal', () => {
  afterEach(disposeClients);

  it('CU-05 shows a customer it is shared with what is public, and of internal notes nothing', async () => {
    const { tenant, caseId } = await aSharedTenant();
    const agent = tenant.clientFor('agent');
    const note = { subject: 'follow-up' };
    await agent.notes.create(caseId, {
      ...note,
      visibility: 'internal',
      text: 'They are behind with bills.',
    });
    await agent.notes.create(caseId, { ...note, visibility: 'public', text: 'We return the amount.' });
    await share(tenant, caseId, 'agent', quist);
    const { detail } = await aDetail({ tenant, caseId, as: 'outsider' });
    await untilText(detail, 'We return the amount.');
    expect(textOf(detail)).not.to.contain('behind with bills');
    // Nor is one shown that is written while they look; what is public after it has come says that it had its time.
    await agent.notes.create(caseId, { ...note, visibility: 'internal', text: 'They have called twice.' });
    await agent.notes.create(caseId, { ...note, visibility: 'public', text: 'The amount is on its way.' });
    await untilText(detail, 'The amount is on its way.');
    expect(textOf(detail)).not.to.match(/called twice|behind with bills|[Ii]nternal/);
  });

  it('CU-08 shows nothing while the portal is closed, not even by a direct link', async () => {
    const { tenant, caseId } = await aSharedTenant({ subject: 'Charged twice again' });
    await share(tenant, caseId, 'agent', quist);
    const { settings } = tenant.clientFor('administrator');
    const { version } = await settings.get();
    const open = await aDetail({ tenant, caseId, as: 'outsider' });
    await untilText(open.detail, 'Charged twice again');
    await settings.update({ portalScope: 'none' }, { version });
    const { detail } = await aFrame({ tenant, caseId, as: 'outsider' });
    await untilText(detail, 'not available');
    expect(textOf(detail)).not.to.contain('Charged twice again');
  });
});
