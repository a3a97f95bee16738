import { expect, waitUntil } from '@open-wc/testing';

import { aDetail, addNote } from './case-detail-support.js';
import { expectAccessible } from './expect-accessible.js';
import { aCase, aTenant, closed, disposeClients, find, textOf, untilFound, untilText } from './support.js';

describe('<case-detail> history by kind', () => {
  afterEach(disposeClients);

  async function aHistory(entries = closed) {
    const tenant = await aTenant([aCase({ entries })]);
    const frame = await aDetail({ tenant });
    const history = frame.detail.shadowRoot?.querySelector('case-timeline') as Element;
    await untilText(history, 'Two debits of the same amount.');
    const choose = async (name: string) => (await untilFound(history, 'button', name)).click();
    return { ...frame, history, choose };
  }

  it('CC-24 shows all, notes, status or changes alone', async () => {
    const { history, choose } = await aHistory([
      { kind: 'note', by: 'person_mara', at: '2025-02-10T10:00:00Z', subject: 'follow-up', text: 'Called.' },
      ...closed,
    ]);
    await untilText(history, 'Called.');
    await untilText(history, 'Refunded and told so.');

    await choose('Status');
    await waitUntil(() => !textOf(history).includes('Called.'));
    await untilText(history, 'Refunded and told so.');
    expect(textOf(history)).not.to.contain('Two debits');

    await choose('Notes');
    await untilText(history, 'Called.');
    expect(textOf(history)).to.contain('Two debits');
    expect(textOf(history)).not.to.contain('Refunded and told so.');

    await choose('All');
    await untilText(history, 'Refunded and told so.');
    expect(textOf(history)).to.contain('Called.');
  });

  it('CC-24 says where a filter leaves nothing, and which one is chosen', async () => {
    const { history, choose } = await aHistory([]);
    expect(find(history, 'button', 'All')?.getAttribute('aria-pressed')).to.equal('true');
    await choose('Status');
    await untilText(history, 'This case has not been closed or reopened.');
    expect(find(history, 'button', 'Status')?.getAttribute('aria-pressed')).to.equal('true');
    expect(find(history, 'button', 'All')?.getAttribute('aria-pressed')).to.equal('false');
    await expectAccessible(history);
  });

  it('CC-24 takes up what arrives while it is filtered', async () => {
    const { history, choose, tenant, caseId } = await aHistory([]);
    await choose('Notes');
    await addNote(tenant, caseId, 'Just written.');
    await untilText(history, 'Just written.');
  });

  it('CC-24 offers a customer no kinds', async () => {
    const { detail } = await aDetail({ as: 'customer' });
    await untilText(detail, 'Two debits');
    expect(find(detail, 'button', 'Changes')).to.equal(undefined);
  });
});
