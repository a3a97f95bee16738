import { expect } from '@open-wc/testing';

import { registerAction } from '../../components/shared/host-actions/registry.js';
import type { CaseHost } from '../../components/shared/host-actions/host-types.js';
import { aDesk, aTable, type Desk } from './inbox-table-support.js';
import { disposeClients, settled, type, untilFound, untilNoText, untilText } from './support.js';
import { waitUntil } from './wait-until.js';

describe('an action of the host at an entry of an inbox', () => {
  let desk: Desk;

  beforeEach(async () => {
    desk = await aDesk({ entries: { 'Charged twice': { message: 'Please refund one month.' } } });
  });
  afterEach(disposeClients);

  it('IB-04 is done, noted, and completes the entry in one step, for Finance too', async () => {
    const entry = desk.entries['Charged twice'];
    await desk.tenant.clientFor('finance').inboxEntries.take(entry?.id ?? '');
    const table = await aTable(desk, { as: 'finance' });
    const keys: string[] = [];
    registerAction(table.closest('case-provider') as { host: CaseHost | undefined } & Element, {
      id: 'refund',
      label: 'Refund…',
      schema: {
        type: 'object',
        properties: { amount: { type: 'number', title: 'Amount', minimum: 1 } },
        required: ['amount'],
      },
      run: (_values, { idempotencyKey }) => {
        keys.push(idempotencyKey);
        return { reference: 'RF-9' };
      },
    });
    (await untilFound(table, 'button', /^Message/)).click();
    (await untilFound(table, 'button', 'Refund…')).click();
    const dialog = await untilFound(table, 'dialog', 'Refund');
    type(await untilFound(dialog, 'textbox', /^Amount/), '20');
    await settled();
    (await untilFound(dialog, 'button', 'Refund')).click();
    await untilText(table, 'Done and noted on the case: Refund');
    const administrator = desk.tenant.clientFor('administrator');
    const now = await administrator.inboxEntries.get(entry?.id ?? '');
    expect(now.state).to.equal('completed');
    const { items } = await administrator.notes.list(entry?.case?.id ?? '');
    expect(items.map(({ action }) => action?.reference)).to.deep.equal(['RF-9']);
    expect(keys).to.have.length(1);
  });

  it('is told of no entry that is nobody’s or a colleague’s, and says why it may not be used', async () => {
    const entry = desk.entries['Charged twice'];
    const seen: (string | undefined)[] = [];
    const table = await aTable(desk, { as: 'finance' });
    registerAction(table.closest('case-provider') as { host: CaseHost | undefined } & Element, {
      id: 'refund',
      label: 'Refund…',
      schema: { type: 'object', properties: {} },
      mayPropose: (context) => {
        seen.push(context.entry?.id);
        return context.entry ? true : { allowed: false, reason: 'Take the message first.' };
      },
      run: () => undefined,
    });
    (await untilFound(table, 'button', /^Message/)).click();
    const button = await untilFound(table, 'button', 'Refund…');
    expect(button.getAttribute('aria-disabled')).to.equal('true');
    await untilText(table, 'Take the message first.');
    expect(new Set(seen)).to.deep.equal(new Set([undefined]));
    await desk.tenant.clientFor('finance').inboxEntries.take(entry?.id ?? '');
    await waitUntil(() => !button.hasAttribute('aria-disabled'), 'it stays refused');
    expect(seen.at(-1)).to.equal(entry?.id);
    await untilNoText(table, 'Take the message first.');
  });
});
