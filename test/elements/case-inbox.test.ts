import { expect } from '@open-wc/testing';

import '../../components/case-edit-panel/case-edit-panel.js';
import type { NewInboxEntry } from '../../src/contract/inbox-entries.js';
import type { Inbox, NewInbox } from '../../src/contract/inboxes.js';
import { aDetail, firstCaseId } from './case-detail-support.js';
import { expectAccessible } from './expect-accessible.js';
import {
  type TestTenant,
  aCase,
  aTenant,
  disposeClients,
  find,
  findAll,
  nameOf,
  press,
  settled,
  textOf,
  type,
  untilFound,
  untilNoText,
  untilText,
} from './support.js';
import { waitUntil } from './wait-until.js';

const otto = { personId: 'person_otto', rights: ['read'] } as const;

describe('a case and its inbox', () => {
  let tenant: TestTenant;
  let caseId: string;
  let finance: Inbox;

  beforeEach(async () => {
    tenant = await aTenant([aCase({ departmentId: 'dept_care' })]);
    caseId = await firstCaseId(tenant);
    const administrator = tenant.clientFor('administrator');
    const { version } = await administrator.settings.get();
    await administrator.settings.update(
      {
        dueTypes: [
          { id: 'call', label: 'Call back', dateRequired: true },
          { id: 'whenever', label: 'When there is time', dateRequired: false },
          { id: 'fax', label: 'Fax', dateRequired: true, retired: true },
        ],
      },
      { version },
    );
    finance = await anInbox({ name: 'Finance', members: [{ ...otto, rights: ['read'] }] });
  });
  afterEach(disposeClients);

  const anInbox = (inbox: NewInbox) => tenant.clientFor('administrator').inboxes.create(inbox);
  const put = (over: NewInboxEntry = {}) =>
    tenant.clientFor('agent').inboxEntries.create({ caseId, inboxId: finance.id, ...over });
  const waiting = async () => (await tenant.clientFor('administrator').inboxEntries.list({ caseId })).items;

  async function shown(over: Parameters<typeof aDetail>[0] = {}) {
    return (await aDetail({ tenant, caseId, ...over })).detail;
  }

  async function openForm(detail: Element): Promise<HTMLElement> {
    (await untilFound(detail, 'button', 'More actions')).click();
    (await untilFound(detail, 'menuitem', 'Put into an inbox…')).click();
    const dialog = await untilFound(detail, 'dialog', /^Put case #\d+ into an inbox$/);
    await untilFound(dialog, 'button', 'Put into the inbox');
    return dialog;
  }

  async function chooseInbox(dialog: Element, name: string): Promise<void> {
    const field = await untilFound(dialog, 'combobox', 'Inbox');
    type(field, name.slice(0, 4));
    (await untilFound(dialog, 'option', name)).click();
    await settled();
  }

  async function send(dialog: Element): Promise<void> {
    (await untilFound(dialog, 'button', 'Put into the inbox')).click();
    await settled();
  }

  it('IB-03 IB-14 IB-15 IB-27 puts a case into an inbox, with what is due and why, and says where it is', async () => {
    const detail = await shown();
    const dialog = await openForm(detail);
    await chooseInbox(dialog, 'Finance');
    type(await untilFound(dialog, 'combobox', 'Due type'), 'call');
    type(await untilFound(dialog, 'textbox', /^Due date/), '2099-05-04');
    type(await untilFound(dialog, 'textbox', /^Message/), 'Asks for the money back.');
    await send(dialog);
    await untilText(detail, 'Put into Finance.');
    await untilText(detail, 'In Finance · nobody has taken it yet');
    expect(find(detail, 'dialog'), 'the dialog has gone').to.equal(undefined);
    const [entry] = await waiting();
    expect(entry).to.deep.include({
      dueType: 'call',
      dueOn: '2099-05-04',
      message: 'Asks for the money back.',
    });
    expect(entry?.inbox.id).to.equal(finance.id);
    expect(entry?.case?.id).to.equal(caseId);
  });

  it('IB-14 IB-15 IB-17 reports every missing field at once, offers no retired due type and asks a date only where one is needed', async () => {
    const detail = await shown();
    const dialog = await openForm(detail);
    const dueType = await untilFound<HTMLSelectElement>(dialog, 'combobox', 'Due type');
    expect([...dueType.options].map(({ text }) => text.trim())).to.deep.equal([
      'Nothing is due',
      'Call back',
      'When there is time',
    ]);
    type(dueType, 'whenever');
    await settled();
    expect(find(dialog, 'textbox', /^Due date/)).to.equal(undefined);
    type(dueType, 'call');
    await send(dialog);
    await untilText(dialog, 'Choose an inbox.');
    await untilText(dialog, 'Enter the due date.');
    const marked = [...new Set([...findAll(dialog, 'combobox'), ...findAll(dialog, 'textbox')])];
    expect(
      marked.filter((field) => field.getAttribute('aria-required') === 'true').map(nameOf),
    ).to.deep.equal(['Inbox', 'Due date *']);
    type(await untilFound(dialog, 'textbox', /^Due date/), '2020-01-01');
    await chooseInbox(dialog, 'Finance');
    await send(dialog);
    await untilText(dialog, 'This date is past.');
    expect(await waiting()).to.have.length(0);
  });

  it('E-LIMIT a message that is too long is told with its limit, and kept', async () => {
    const detail = await shown();
    const dialog = await openForm(detail);
    await chooseInbox(dialog, 'Finance');
    const message = await untilFound<HTMLTextAreaElement>(dialog, 'textbox', /^Message/);
    type(message, 'x'.repeat(2001));
    await send(dialog);
    await untilText(dialog, 'Shorten this to 2,000 characters.');
    expect(message.value).to.have.length(2001);
    expect(await waiting()).to.have.length(0);
  });

  it('IB-03 E-CONF says where a case waits already, and keeps what was typed', async () => {
    const technical = await anInbox({ name: 'Technical' });
    const detail = await shown();
    const dialog = await openForm(detail);
    await chooseInbox(dialog, 'Finance');
    type(await untilFound(dialog, 'textbox', /^Message/), 'Look at this.');
    await put({ inboxId: technical.id });
    await send(dialog);
    await untilText(dialog, 'The case waits in an inbox already: In Technical · nobody has taken it yet.');
    expect(find<HTMLTextAreaElement>(dialog, 'textbox', /^Message/)?.value).to.equal('Look at this.');
    expect(await waiting()).to.have.length(1);
  });

  it('IB-19 asks before what is typed is lost, and sends nothing', async () => {
    const detail = await shown();
    const dialog = await openForm(detail);
    type(await untilFound(dialog, 'textbox', /^Message/), 'Look at this.');
    await settled();
    press('Escape', dialog);
    const question = await untilFound(detail, 'alertdialog');
    (await untilFound(question, 'button', /^Discard/)).click();
    await waitUntil(() => !find(detail, 'dialog'), 'the dialog stays');
    expect(await waiting()).to.have.length(0);
  });

  it('IB-03 IB-29 follows where the case waits and whose it is, and tells it in the history', async () => {
    const detail = await shown();
    const { id } = await put();
    await untilText(detail, 'In Finance · nobody has taken it yet');
    await untilText(detail, 'Mara Lindqvist put the case into Finance');
    const owner = tenant.clientFor('finance');
    await owner.inboxEntries.take(id);
    await untilText(detail, 'In Finance · Otto Brandt');
    await untilText(detail, 'Otto Brandt took the case from its inbox');
    await owner.inboxEntries.release(id);
    await untilText(detail, 'Otto Brandt gave the case back to its inbox');
    await tenant.clientFor('administrator').inboxEntries.assign(id, { personId: 'person_otto' });
    await untilText(detail, 'Iris Vahl gave the case in its inbox to Otto Brandt');
    await owner.inboxEntries.complete(id);
    await untilText(detail, 'Otto Brandt completed what waited in Finance');
    await untilNoText(detail, 'In Finance ·');
    (await untilFound(detail, 'button', 'Changes')).click();
    await untilText(detail, 'Otto Brandt completed what waited in Finance');
  });

  it('IB-26 a customer sees neither the inbox nor the way into one', async () => {
    await put();
    const detail = await shown({ as: 'customer' });
    await untilFound(detail, 'button', 'More actions');
    await settled();
    find(detail, 'button', 'More actions')?.click();
    await settled();
    expect(findAll(detail, 'menuitem').map(nameOf)).not.to.include('Put into an inbox…');
    expect(textOf(detail)).not.to.contain('Finance');
  });

  async function openClosing(detail: Element): Promise<HTMLElement> {
    (await untilFound(detail, 'button', 'Close case')).click();
    const panel = await untilFound(detail, 'dialog');
    type(await untilFound(panel, 'combobox', /^Closure reason/), 'resolved');
    type(await untilFound(panel, 'textbox', /^Explain the closure/), 'Refunded.');
    await settled();
    return panel;
  }

  async function close(panel: Element): Promise<void> {
    const buttons = findAll(panel, 'button', 'Close case');
    buttons.at(-1)?.click();
    await settled();
  }

  const question = (panel: Element) =>
    untilFound<HTMLInputElement>(panel, 'checkbox', 'Complete the inbox message too');
  const statusOf = async () => (await tenant.clientFor('administrator').cases.get(caseId)).status;

  it('IB-04 closing asks about what waits in an inbox, and ends both at once', async () => {
    const { id } = await put();
    await tenant.clientFor('finance').inboxEntries.take(id);
    const detail = await shown({ as: 'administrator' });
    const panel = await openClosing(detail);
    const box = await question(panel);
    expect(box.checked, 'handling ends both').to.equal(true);
    await untilText(panel, 'In Finance · Otto Brandt');
    await close(panel);
    await untilText(detail, 'Case closed.');
    expect(await statusOf()).to.equal('closed');
    expect((await tenant.clientFor('administrator').inboxEntries.get(id)).state).to.equal('completed');
  });

  it('IB-04 asks before anything is typed', async () => {
    await put();
    const detail = await shown({ as: 'administrator' });
    (await untilFound(detail, 'button', 'Close case')).click();
    expect((await question(await untilFound(detail, 'dialog'))).checked).to.equal(true);
  });

  it('IB-04 closes the case alone when told so, and the message stays in its inbox', async () => {
    const { id } = await put();
    const detail = await shown({ as: 'administrator' });
    const panel = await openClosing(detail);
    (await question(panel)).click();
    await settled();
    await close(panel);
    await untilText(detail, 'Case closed.');
    expect((await tenant.clientFor('administrator').inboxEntries.get(id)).state).to.equal('open');
  });

  it('IB-04 says why the message cannot be completed by who is no member, and closes the case without it', async () => {
    const { id } = await put();
    const detail = await shown();
    const panel = await openClosing(detail);
    const box = await question(panel);
    expect([box.checked, box.disabled]).to.deep.equal([false, true]);
    await untilText(panel, 'It stays there.');
    await close(panel);
    await untilText(detail, 'Case closed.');
    expect((await tenant.clientFor('administrator').inboxEntries.get(id)).state).to.equal('open');
  });

  it('IB-04 E-CONF a colleague who took it meanwhile is named, and neither the case nor the message ends', async () => {
    const members = ['person_mara', 'person_otto'].map((personId) => ({
      personId,
      rights: ['read' as const],
    }));
    const desk = await anInbox({ name: 'Desk', members });
    const { id } = await put({ inboxId: desk.id });
    await tenant.clientFor('agent').inboxEntries.take(id);
    let stale = false;
    const detail = await shown({
      // What was read before the colleague was faster is shown until the answer comes.
      fetch: (request) =>
        stale && new URL(request.url).pathname === '/v1/inbox-entries'
          ? new Promise<Response>(() => undefined)
          : fetch(request),
    });
    const panel = await openClosing(detail);
    expect((await question(panel)).checked).to.equal(true);
    stale = true;
    await tenant.clientFor('administrator').inboxEntries.assign(id, { personId: 'person_otto' });
    await close(panel);
    await untilText(panel, 'Otto Brandt has taken the inbox message. Nothing was changed.');
    expect(find<HTMLTextAreaElement>(panel, 'textbox', /^Explain the closure/)?.value).to.equal('Refunded.');
    expect(await statusOf()).to.equal('open');
  });

  it('closing asks nothing where nothing waits', async () => {
    const detail = await shown({ as: 'administrator' });
    const panel = await openClosing(detail);
    await close(panel);
    await untilText(detail, 'Case closed.');
    expect(find(panel, 'checkbox', 'Complete the inbox message too')).to.equal(undefined);
  });

  it('names every control of the form, and is accessible on a phone', async () => {
    await put();
    const detail = await shown({ width: 'phone', theme: 'dark' });
    const dialog = await openForm(detail);
    await untilText(dialog, 'The case waits in an inbox already');
    await expectAccessible(detail);
    expect(dialog.scrollWidth).to.be.at.most(dialog.clientWidth);
  });
});
