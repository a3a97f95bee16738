import { expect } from '@open-wc/testing';

import { registerAction } from '../../components/shared/host-actions/registry.js';
import type {
  ActionContext,
  HostAction,
  RunContext,
  RunOutcome,
} from '../../components/shared/host-actions/host-types.js';
import type { Note } from '../../src/contract/notes.js';
import { aDetail, firstCaseId, type Options } from './case-detail-support.js';
import {
  aCase,
  aTenant,
  disposeClients,
  find,
  settled,
  textOf,
  type,
  untilFound,
  untilText,
  type TestTenant,
} from './support.js';
import { waitUntil } from './wait-until.js';

const schema = {
  type: 'object',
  properties: {
    amount: { type: 'number', title: 'Amount in €', minimum: 0.01, maximum: 500, multipleOf: 0.01 },
    reason: { type: 'string', title: 'Why', maxLength: 40 },
    method: {
      type: 'string',
      title: 'How',
      oneOf: [
        { const: 'card', title: 'To the card' },
        { const: 'credit', title: 'As a credit' },
      ],
      default: 'card',
    },
    tell: { type: 'boolean', title: 'Send a receipt' },
  },
  required: ['amount', 'reason'],
} as const;

type Refund = HostAction<typeof schema>;
type Values = Parameters<Refund['run']>[0];

describe('an action of the host on a case', () => {
  let tenant: TestTenant;
  let caseId: string;
  /** What the host was asked to do, in order. */
  let runs: { values: Values; context: RunContext }[];
  let answer: () => Promise<RunOutcome | void>;

  beforeEach(async () => {
    tenant = await aTenant([aCase({ departmentId: 'dept_care' })]);
    caseId = await firstCaseId(tenant);
    runs = [];
    answer = () => Promise.resolve({ reference: 'RF-88' });
  });
  afterEach(disposeClients);

  const refund = (over: Partial<Refund> = {}): Refund => ({
    id: 'refund',
    label: 'Refund…',
    schema,
    run: (values, context) => {
      runs.push({ values, context });
      return answer();
    },
    ...over,
  });

  async function shown(over: Partial<Refund> = {}, options: Options = {}) {
    const frame = await aDetail({ tenant, caseId, ...options });
    registerAction(frame.provider, refund(over));
    return frame;
  }

  async function openForm(detail: Element): Promise<HTMLElement> {
    (await untilFound(detail, 'button', 'Refund…')).click();
    const dialog = await untilFound(detail, 'dialog', 'Refund');
    await untilFound(dialog, 'textbox', /^Amount/);
    return dialog;
  }

  async function fill(dialog: Element, amount = '19.99', reason = 'Bad picture'): Promise<void> {
    type(await untilFound(dialog, 'textbox', /^Amount/), amount);
    type(await untilFound(dialog, 'textbox', /^Why/), reason);
    await settled();
  }

  async function press(dialog: Element, name: string | RegExp = 'Refund'): Promise<void> {
    (await untilFound(dialog, 'button', name)).click();
    await settled();
  }

  const notes = async (): Promise<Note[]> => {
    const { items } = await tenant.clientFor('administrator').notes.list(caseId);
    return [...items];
  };

  it('is done once with what was filled in, and stands on the case as an internal note of its own', async () => {
    const { detail } = await shown();
    const dialog = await openForm(detail);
    await fill(dialog);
    await press(dialog);
    await untilText(detail, 'Done and noted on the case: Refund');
    expect(find(detail, 'dialog')).to.equal(undefined);
    expect(runs.map(({ values }) => values)).to.deep.equal([
      { amount: 19.99, reason: 'Bad picture', method: 'card', tell: false },
    ]);
    expect(runs[0]?.context.case.id).to.equal(caseId);
    expect(runs[0]?.context.idempotencyKey).to.match(/^[\da-f-]{36}$/);
    const [note] = await notes();
    expect(note).to.deep.include({
      visibility: 'internal',
      subject: null,
      text: 'Refund\nAmount in €: 19.99\nWhy: Bad picture\nHow: To the card',
      action: { id: 'refund', label: 'Refund', outcome: 'done', reference: 'RF-88' },
    });
    await untilText(detail, 'Reference: RF-88');
  });

  it('says at each field what is wrong with it, and asks the host for nothing', async () => {
    const { detail } = await shown();
    const dialog = await openForm(detail);
    await press(dialog);
    await untilText(dialog, 'Fill this in.');
    for (const [amount, words] of [
      ['0', 'Enter 0.01 or more.'],
      ['500.01', 'Enter 500 or less.'],
      ['1.005', 'Enter it in steps of 0.01.'],
    ] as const) {
      await fill(dialog, amount, 'x'.repeat(41));
      await press(dialog);
      await untilText(dialog, words);
      await untilText(dialog, 'Shorten this to 40 characters.');
    }
    expect(runs).to.deep.equal([]);
    expect(await notes()).to.deep.equal([]);
  });

  it('is done once however often the button is pressed', async () => {
    let finish = (): void => undefined;
    answer = () => new Promise((resolve) => (finish = () => resolve()));
    const { detail } = await shown();
    const dialog = await openForm(detail);
    await fill(dialog);
    const button = await untilFound(dialog, 'button', 'Refund');
    button.click();
    button.click();
    await untilText(dialog, 'Working… Please leave this window open.');
    button.click();
    await waitUntil(() => runs.length > 0);
    finish();
    await untilText(detail, 'Done and noted on the case: Refund');
    expect(runs).to.have.length(1);
    expect(await notes()).to.have.length(1);
  });

  it('keeps the values when the host refuses, notes that it failed, and begins anew with another key', async () => {
    answer = () => Promise.resolve({ ok: false, message: 'The payment is older than a year.' });
    const { detail } = await shown();
    const dialog = await openForm(detail);
    await fill(dialog);
    await press(dialog);
    await untilText(dialog, 'The payment is older than a year.');
    expect((await untilFound<HTMLInputElement>(dialog, 'textbox', /^Amount/)).value).to.equal('19.99');
    expect(await notes()).to.have.length(1);
    expect((await notes())[0]?.action).to.deep.equal({ id: 'refund', label: 'Refund', outcome: 'failed' });
    answer = () => Promise.resolve();
    await press(dialog);
    await untilText(detail, 'Done and noted on the case: Refund');
    const [first, second] = runs.map(({ context }) => context.idempotencyKey);
    expect(first).not.to.equal(second);
  });

  it('says that nobody knows when there was no answer, and tries again under the same key, also after a reload', async () => {
    answer = () => Promise.reject(new Error('The line broke.'));
    const first = await shown();
    const dialog = await openForm(first.detail);
    await fill(dialog);
    await press(dialog);
    await untilText(dialog, 'it is not known whether this was done');
    await untilText(dialog, 'The line broke.');
    expect((await notes())[0]?.action?.outcome).to.equal('failed');
    first.provider.remove();
    answer = () => Promise.resolve();
    const { detail } = await shown();
    const again = await openForm(detail);
    await untilText(again, 'it is not known whether it was done');
    expect((await untilFound<HTMLInputElement>(again, 'textbox', /^Amount/)).value).to.equal('19.99');
    await press(again);
    await untilText(detail, 'Done and noted on the case: Refund');
    const [one, two] = runs.map(({ context }) => context.idempotencyKey);
    expect(one).to.equal(two);
  });

  it('waits no longer than the action says', async () => {
    answer = () => new Promise(() => undefined);
    const { detail } = await shown({ timeout: 0.05 });
    const dialog = await openForm(detail);
    await fill(dialog);
    await press(dialog);
    await untilText(dialog, 'it is not known whether this was done');
    expect(runs[0]?.context.signal.aborted).to.equal(true);
  });

  it('is never done again when its outcome could not be written: it is kept, also after a reload, and written later', async () => {
    let cut = false;
    const line = async (request: Request): Promise<Response> => {
      if (cut && request.method === 'POST' && /\/notes$/.test(request.url)) throw new TypeError('cut');
      return fetch(request);
    };
    answer = () => {
      cut = true;
      return Promise.resolve({ message: 'Paid back.', reference: 'RF-1' });
    };
    const first = await shown({}, { fetch: line });
    const dialog = await openForm(first.detail);
    await fill(dialog);
    await press(dialog);
    await untilText(dialog, 'This is done. It will not be done again.');
    await untilText(dialog, 'It does not stand on the case yet');
    await press(dialog, 'Write it on the case');
    await untilText(dialog, 'There is no connection.');
    first.provider.remove();
    const { detail } = await shown();
    await untilText(detail, 'This is done, but does not stand on the case yet.');
    (await untilFound(detail, 'button', 'Write it on the case')).click();
    const again = await untilFound(detail, 'dialog', 'Refund');
    await untilText(again, 'Paid back.');
    await press(again, 'Write it on the case');
    await untilText(detail, 'Done and noted on the case: Refund');
    expect(runs).to.have.length(1);
    const [note, ...others] = await notes();
    expect(others).to.deep.equal([]);
    expect(note?.action?.reference).to.equal('RF-1');
    await waitUntil(() => !textOf(detail).includes('does not stand on the case yet'));
  });

  it('closes the case in the same step, with its reason and its words', async () => {
    const { detail } = await shown();
    const dialog = await openForm(detail);
    await fill(dialog);
    (await untilFound(dialog, 'checkbox', 'Close the case')).click();
    await settled();
    await press(dialog);
    await untilText(dialog, 'Choose why this case is closed.');
    expect(runs, 'nothing is done before the rest can be').to.deep.equal([]);
    type(await untilFound(dialog, 'combobox', /^Closure reason/), 'resolved');
    type(await untilFound(dialog, 'textbox', /^Explain the closure/), 'Paid back.');
    await settled();
    await press(dialog);
    await untilText(detail, 'CLOSED');
    const record = await tenant.clientFor('administrator').cases.get(caseId);
    expect(record.closure).to.deep.include({ reason: 'resolved', note: 'Paid back.' });
    expect((await notes()).map(({ action }) => action?.outcome)).to.deep.equal([undefined, 'done']);
    expect(runs).to.have.length(1);
  });

  it('IB-04 completes the inbox message and closes the case in one step with its outcome', async () => {
    const administrator = tenant.clientFor('administrator');
    const inbox = await administrator.inboxes.create({
      name: 'Finance',
      members: [{ personId: 'person_mara', rights: ['read'] }],
    });
    const client = tenant.clientFor('agent');
    const entry = await client.inboxEntries.create({ caseId, inboxId: inbox.id, message: 'Pay back?' });
    await client.inboxEntries.take(entry.id);
    const asked: ActionContext[] = [];
    const { detail } = await shown({
      mayPropose: (context) => {
        asked.push(context);
        return true;
      },
    });
    await waitUntil(() => asked.some((context) => context.entry?.id === entry.id));
    const dialog = await openForm(detail);
    await fill(dialog);
    expect(
      (await untilFound<HTMLInputElement>(dialog, 'checkbox', 'Complete the inbox message')).checked,
    ).to.equal(true);
    (await untilFound(dialog, 'checkbox', 'Close the case')).click();
    await settled();
    type(await untilFound(dialog, 'combobox', /^Closure reason/), 'resolved');
    type(await untilFound(dialog, 'textbox', /^Explain the closure/), 'Paid back.');
    await settled();
    await press(dialog);
    await untilText(detail, 'Done and noted on the case: Refund');
    expect((await administrator.inboxEntries.get(entry.id)).state).to.equal('completed');
    expect((await administrator.cases.get(caseId)).status).to.equal('closed');
    expect((await notes()).filter(({ action }) => action)).to.have.length(1);
  });

  it('does nothing where the right to write it down has gone meanwhile', async () => {
    const { detail } = await shown();
    const dialog = await openForm(detail);
    await fill(dialog);
    const administrator = tenant.clientFor('administrator');
    const { version } = await administrator.cases.get(caseId);
    await administrator.cases.close(caseId, { reason: 'resolved', note: 'Done by phone.' }, { version });
    await press(dialog);
    await untilText(dialog, 'This case is closed. Reopen it first.');
    expect(runs).to.deep.equal([]);
  });

  it('is offered to whom the host says, with its reason to others, and never to a customer', async () => {
    const refused = await shown({
      mayPropose: () => ({ allowed: false, reason: 'Only Finance pays back.' }),
    });
    const button = await untilFound(refused.detail, 'button', 'Refund…');
    expect(button.getAttribute('aria-disabled')).to.equal('true');
    await untilText(refused.detail, 'Only Finance pays back.');
    button.click();
    await settled();
    expect(find(refused.detail, 'dialog')).to.equal(undefined);
    registerAction(refused.provider, refund({ mayPropose: ({ roles }) => roles.includes('finance') }));
    await waitUntil(() => !find(refused.detail, 'button', 'Refund…'));

    let asked = 0;
    const portal = await shown({ mayPropose: () => ++asked > 0 }, { as: 'customer' });
    await settled();
    expect(find(portal.detail, 'button', 'Refund…')).to.equal(undefined);
    expect(asked).to.equal(0);
  });

  it('is not offered with a schema that no form can show, and taken away when it goes', async () => {
    const { detail, provider } = await aDetail({ tenant, caseId });
    const strange = { type: 'object', properties: { a: { type: 'string', pattern: '^x' } } } as const;
    registerAction(provider, {
      id: 'strange',
      label: 'Strange',
      schema: strange as never,
      run: () => undefined,
    });
    const takeAway = registerAction(provider, refund());
    await untilFound(detail, 'button', 'Refund…');
    expect(find(detail, 'button', 'Strange')).to.equal(undefined);
    takeAway();
    await waitUntil(() => !find(detail, 'button', 'Refund…'));
  });

  it('begins with what the host knows, and asks before what was typed is thrown away', async () => {
    const { detail } = await shown({ prefill: () => Promise.resolve({ amount: 12.5, method: 'credit' }) });
    const dialog = await openForm(detail);
    expect((await untilFound<HTMLInputElement>(dialog, 'textbox', /^Amount/)).value).to.equal('12.5');
    type(await untilFound(dialog, 'textbox', /^Why/), 'Half');
    await settled();
    (await untilFound(dialog, 'button', 'Cancel')).click();
    await untilText(dialog, 'Discard what you typed?');
    (await untilFound(dialog, 'button', 'Discard')).click();
    await waitUntil(() => !find(detail, 'dialog'));
    expect(runs).to.deep.equal([]);
  });

  it('is told to nobody who cannot see internal notes', async () => {
    const { detail } = await shown();
    const dialog = await openForm(detail);
    await fill(dialog);
    await press(dialog);
    await untilText(detail, 'Done and noted on the case: Refund');
    const { items } = await tenant.clientFor('customer').cases.timeline(caseId);
    expect(JSON.stringify(items)).not.to.match(/[Rr]efund/);
  });
});
