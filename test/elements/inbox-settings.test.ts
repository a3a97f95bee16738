import { expect } from '@open-wc/testing';

import '../../components/inbox-settings/inbox-settings.js';
import type { InboxSettings } from '../../components/inbox-settings/inbox-settings.element.js';
import type { Inbox, InboxChange, NewInbox } from '../../src/contract/inboxes.js';
import { expectAccessible } from './expect-accessible.js';
import { SettingsStage, turnTo } from './settings-support.js';
import {
  type ProviderOptions,
  disposeClients,
  find,
  findAll,
  nameOf,
  nextEvent,
  press,
  settled,
  textOf,
  type,
  untilFound,
  untilNoText,
  untilText,
} from './support.js';
import { waitUntil } from './wait-until.js';

describe('<inbox-settings>', () => {
  let stage: SettingsStage<'inbox-settings'>;

  beforeEach(async () => {
    stage = await SettingsStage.of('inbox-settings');
  });
  afterEach(disposeClients);

  const shown = (over: Partial<ProviderOptions> = {}) =>
    stage.show(over.as ? 'Inboxes' : 'Only members see what waits in one.', over);

  const administrator = () => stage.tenant.clientFor('administrator');
  const aFinance = (over: NewInbox = {}) =>
    administrator().inboxes.create({
      name: 'Finance',
      members: [{ personId: 'person_otto', rights: ['read'] }],
      ...over,
    });
  const storedInbox = (id: string) => administrator().inboxes.get(id);
  const membersOf = ({ members = [] }: Inbox) => members.map(({ person, rights }) => [person.id, rights]);

  async function changeElsewhere(id: string, change: InboxChange): Promise<void> {
    const client = await stage.another();
    const { version } = await client.inboxes.get(id);
    await client.inboxes.update(id, change, { version });
  }

  async function click(element: Element, name: string | RegExp): Promise<void> {
    (await untilFound(element, 'button', name)).click();
    await settled();
  }

  async function tick(element: Element, name: string | RegExp): Promise<void> {
    (await untilFound(element, 'checkbox', name)).click();
    await settled();
  }

  async function choose(element: Element, name: RegExp, value: string): Promise<void> {
    const field = await untilFound<HTMLSelectElement>(element, 'combobox', name);
    await waitUntil(() => [...field.options].some((option) => option.value === value), `no ${value}`);
    type(field, value);
    await settled();
  }

  const boxOf = (element: Element, name: string) => find<HTMLInputElement>(element, 'checkbox', name);
  const dialogOf = (element: Element) => untilFound(element, 'dialog', /^(Inbox “|New inbox)/);

  async function edit(element: InboxSettings, name: string): Promise<HTMLElement> {
    await click(element, `Edit ${name}`);
    return dialogOf(element);
  }

  async function addMember(dialog: HTMLElement, name: string): Promise<void> {
    const field = await untilFound(dialog, 'combobox', 'Add a member');
    type(field, name.split(' ')[0] as string);
    (await untilFound(dialog, 'option', name)).click();
    await untilFound(dialog, 'checkbox', `${name}: Read`);
  }

  async function save(element: InboxSettings): Promise<void> {
    await click(element, /^Save (settings|again)$/);
    await untilText(element, 'The settings are saved.');
  }

  const texts = (element: Element, role: 'alert' | 'status') => findAll(element, role).map(textOf).join(' ');

  for (const as of ['agent', 'finance', 'customer'] as const)
    it(`IB-26 tells ${as === 'customer' ? 'a customer' : `the ${as} agent`} why they cannot manage inboxes, and shows none`, async () => {
      await aFinance();
      const element = await shown({ as });
      await untilFound(element, 'heading', 'Inboxes');
      await waitUntil(() => element.shadowRoot?.querySelector('.banner'), 'no reason is given');
      expect(find(element, 'button', 'Add inbox')).to.equal(undefined);
      expect(find(element, 'button', 'Save settings')).to.equal(undefined);
      expect(textOf(element)).not.to.contain('Finance');
    });

  it('IB-26 IB-25 makes an inbox with members found by name, each with rights of their own', async () => {
    const element = await shown();
    await untilText(element, 'There is no inbox yet.');
    await click(element, 'Add inbox');
    const dialog = await dialogOf(element);
    expect(find(dialog, 'checkbox', 'Retired'), 'what is not there cannot be retired').to.equal(undefined);
    type(await untilFound(dialog, 'textbox', /^Name/), 'Finance');
    await addMember(dialog, 'Otto Brandt');
    expect(boxOf(dialog, 'Otto Brandt: Read')?.checked, 'a member reads').to.equal(true);
    await tick(dialog, 'Otto Brandt: Forward');
    await addMember(dialog, 'Mara Lindqvist');
    const announced = nextEvent<CustomEvent<{ inboxId: string }>>(element, 'inbox-change');
    await click(dialog, 'Save inbox');
    await untilText(element, 'The inbox “Finance” is there.');
    const { inboxId } = (await announced).detail;
    const inbox = await storedInbox(inboxId);
    expect(inbox.name).to.equal('Finance');
    expect(inbox.opensCases).to.equal(true);
    expect(membersOf(inbox)).to.have.deep.members([
      ['person_otto', ['read', 'forward']],
      ['person_mara', ['read']],
    ]);
    await untilText(element, '2 members · 0 waiting');
  });

  it('IB-25 the rights to forward and cancel need the right to read', async () => {
    const { id } = await aFinance({ members: [{ personId: 'person_otto', rights: ['read', 'cancel'] }] });
    const element = await shown();
    const dialog = await edit(element, 'Finance');
    await tick(dialog, 'Otto Brandt: Read');
    expect(boxOf(dialog, 'Otto Brandt: Cancel')?.checked).to.equal(false);
    expect(boxOf(dialog, 'Otto Brandt: Cancel')?.disabled).to.equal(true);
    expect(boxOf(dialog, 'Otto Brandt: Forward')?.disabled).to.equal(true);
    await click(dialog, 'Save inbox');
    await untilText(element, 'The inbox “Finance” is saved.');
    expect(membersOf(await storedInbox(id))).to.deep.equal([['person_otto', []]]);
  });

  it('IB-26 renames and retires, keeps cases to themselves, and takes a member out, in one request of what changed', async () => {
    const { id } = await aFinance();
    const element = await shown();
    const dialog = await edit(element, 'Finance');
    type(await untilFound(dialog, 'textbox', /^Name/), 'Billing');
    await tick(dialog, 'Members may open the cases');
    await tick(dialog, 'Retired');
    await click(dialog, 'Remove Otto Brandt');
    await click(dialog, 'Save inbox');
    await untilText(element, 'The inbox “Billing” is saved.');
    const { name, opensCases, retired, members } = await storedInbox(id);
    expect({ name, opensCases, retired, members }).to.deep.equal({
      name: 'Billing',
      opensCases: false,
      retired: true,
      members: [],
    });
    expect(stage.writes).to.have.length(1);
    await untilText(element, /Billing Retired no members/);
  });

  it('IB-26 says at the field what is wrong with a name, keeps what is typed, and sends nothing that cannot be', async () => {
    await aFinance();
    const element = await shown();
    await click(element, 'Add inbox');
    const dialog = await dialogOf(element);
    await click(dialog, 'Save inbox');
    await untilText(dialog, 'Enter a name.');
    expect(stage.writes).to.have.length(0);
    const name = await untilFound<HTMLInputElement>(dialog, 'textbox', /^Name/);
    expect(name.getAttribute('aria-invalid')).to.equal('true');
    type(name, 'finance');
    await addMember(dialog, 'Otto Brandt');
    await click(dialog, 'Save inbox');
    await untilText(dialog, 'Another inbox has this name.');
    expect(name.value).to.equal('finance');
    expect(boxOf(dialog, 'Otto Brandt: Read')?.checked).to.equal(true);
    type(name, 'Technical');
    await click(dialog, 'Save inbox');
    await untilText(element, 'The inbox “Technical” is there.');
  });

  it('IB-26 E-CONF shows both states of an inbox that somebody else saved first, and loses neither', async () => {
    const { id } = await aFinance();
    stage.deaf = true;
    const element = await shown();
    const dialog = await edit(element, 'Finance');
    type(await untilFound(dialog, 'textbox', /^Name/), 'Refunds');
    await changeElsewhere(id, { name: 'Billing', opensCases: false });
    await click(dialog, 'Save inbox');
    await untilText(dialog, 'Both of you changed what stands below');
    expect(texts(dialog, 'alert')).to.contain('Members may open the cases');
    expect(find(dialog, 'radio', /^Keep mine: From “Finance” to “Refunds”/), 'mine is told').to.exist;
    const theirs = await untilFound(dialog, 'radio', /From “Finance” to “Billing”/);
    expect(boxOf(dialog, 'Members may open the cases')?.checked, 'what I left alone follows').to.equal(false);
    theirs.click();
    await settled();
    expect(find<HTMLInputElement>(dialog, 'textbox', /^Name/)?.value).to.equal('Billing');
    find(dialog, 'radio', /^Keep mine/)?.click();
    await settled();
    await click(dialog, 'Save inbox');
    await untilText(element, 'The inbox “Refunds” is saved.');
    const { name, opensCases } = await storedInbox(id);
    expect([name, opensCases]).to.deep.equal(['Refunds', false]);
  });

  it('asks before what is typed about an inbox is lost, and keeps it when told so', async () => {
    await aFinance();
    const element = await shown();
    const dialog = await edit(element, 'Finance');
    type(await untilFound(dialog, 'textbox', /^Name/), 'Refunds');
    await settled();
    expect(element.unsaved).to.equal(true);
    press('Escape', dialog);
    const question = await untilFound(element, 'alertdialog');
    question.querySelector<HTMLElement>('[data-keep]')?.click();
    await settled();
    expect(find<HTMLInputElement>(dialog, 'textbox', /^Name/)?.value).to.equal('Refunds');
    press('Escape', dialog);
    await click(element, /^Discard/);
    await waitUntil(() => !find(element, 'dialog'), 'the dialog stays');
    expect(stage.writes).to.have.length(0);
    expect(element.unsaved).to.equal(false);
  });

  it('IB-14 decision 2 keeps the due types: a name, whether it needs a date, retired rather than deleted', async () => {
    const element = await shown();
    await turnTo(element, 'Due types');
    const before = (await administrator().settings.get()).dueTypes;
    const [first] = before;
    await click(element, `Retire ${first?.label}`);
    await click(element, 'Add due type');
    const fresh = findAll<HTMLInputElement>(element, 'textbox', /^Name of value/).at(-1) as HTMLInputElement;
    await click(element, 'Save settings');
    await untilText(element, 'Enter a name.');
    type(fresh, 'Approve by');
    await settled();
    await tick(element, 'Approve by needs a date');
    await save(element);
    const after = (await administrator().settings.get()).dueTypes;
    expect(after[0]).to.deep.equal({ ...first, retired: true });
    expect(after.at(-1)).to.deep.equal({ id: 'approve-by', label: 'Approve by', dateRequired: true });
  });

  it('IB-11 decision 8 IB-03 decides whether something is taken first, and whether a case waits in several inboxes', async () => {
    const element = await shown();
    await turnTo(element, 'Working');
    expect(boxOf(element, 'A message has to be taken before it is completed')?.checked).to.equal(true);
    expect(boxOf(element, 'A case may be in several inboxes at once')?.checked).to.equal(false);
    await tick(element, 'A message has to be taken before it is completed');
    await tick(element, 'A case may be in several inboxes at once');
    await save(element);
    const { inboxes } = await administrator().settings.get();
    expect(inboxes).to.deep.include({ requireOwnership: false, severalAtOnce: true });
    await turnTo(element, 'Changes');
    await untilText(element, 'A case may be in several inboxes at once: Switched on.');
  });

  it('IB-03 makes a rule by type and department, says it in a sentence, and cases follow it', async () => {
    const { id } = await aFinance();
    await stage.update({ dueTypes: [{ id: 'call', label: 'Call back', dateRequired: true }] });
    const element = await shown();
    await turnTo(element, 'Rules');
    await click(element, 'Add rule');
    await click(element, 'Save settings');
    await untilText(element, 'Choose an inbox.');
    expect(stage.writes).to.have.length(0);
    await tick(element, 'Billing');
    await tick(element, 'Customer Care');
    await choose(element, /^Inbox/, id);
    await choose(element, /^Due type/, 'call');
    await click(element, 'Save settings');
    await untilText(element, 'Enter a whole number of days from 0 to 365.');
    type(await untilFound(element, 'textbox', /^Due after, in days/), '3');
    type(await untilFound(element, 'textbox', /^Message/), 'Check the invoice.');
    await untilText(element, 'Billing and Customer Care: to Finance, Call back, after 3 days');
    await save(element);
    const { inboxes } = await administrator().settings.get();
    expect(inboxes?.rules).to.deep.equal([
      {
        when: { type: ['billing'], departmentId: ['dept_care'] },
        inboxId: id,
        dueType: 'call',
        dueInDays: 3,
        message: 'Check the invoice.',
      },
    ]);
  });

  it('IB-03 moves a rule before another and removes one, and the order is what is sent', async () => {
    const finance = await aFinance();
    const technical = await administrator().inboxes.create({ name: 'Technical' });
    await stage.update({
      inboxes: {
        rules: [
          { when: {}, inboxId: finance.id },
          { when: { type: ['technical'] }, inboxId: technical.id },
        ],
      },
    });
    const element = await shown();
    await turnTo(element, 'Rules');
    await untilText(element, 'Rule 1 Every case: to Finance');
    await click(element, 'Move Rule 2 up');
    await untilText(element, /Rule 1 .*: to Technical/);
    expect(texts(element, 'status')).to.contain('Rule 2 is now 1 of 2.');
    await save(element);
    const order = async () =>
      (await administrator().settings.get()).inboxes?.rules?.map(({ inboxId }) => inboxId);
    expect(await order()).to.deep.equal([technical.id, finance.id]);
    await click(element, 'Remove Rule 1');
    await untilNoText(element, 'to Technical');
    await save(element);
    expect(await order()).to.deep.equal([finance.id]);
  });

  it('E-VAL puts the word of the server about a rule under its field, and keeps what was chosen', async () => {
    const { id, version } = await aFinance();
    const element = await shown();
    await turnTo(element, 'Rules');
    await click(element, 'Add rule');
    await choose(element, /^Inbox/, id);
    stage.deaf = true;
    // Retired while the form still offers it.
    await administrator().inboxes.update(id, { retired: true }, { version });
    await click(element, 'Save settings');
    const field = await untilFound<HTMLSelectElement>(element, 'combobox', /^Inbox/);
    await waitUntil(() => field.getAttribute('aria-invalid') === 'true', 'nothing is said at the field');
    expect(field.value).to.equal(id);
  });

  it('E-CONFIG tells of a stored rule that is passed over', async () => {
    const { id, version } = await aFinance();
    await stage.update({ inboxes: { rules: [{ when: {}, inboxId: id }] } });
    await administrator().inboxes.update(id, { retired: true }, { version });
    const element = await shown();
    await turnTo(element, 'Rules');
    await untilText(element, 'Rule 1 is passed over');
  });

  it('E-CONF shows both states of the rules that somebody else saved first', async () => {
    const { id } = await aFinance();
    stage.deaf = true;
    const element = await shown();
    await turnTo(element, 'Working');
    await tick(element, 'A message has to be taken before it is completed');
    const client = await stage.another();
    const { version } = await client.settings.get();
    await client.settings.update(
      { inboxes: { severalAtOnce: true, rules: [{ when: {}, inboxId: id }] } },
      { version },
    );
    await click(element, 'Save settings');
    await untilText(element, /Vera Holm saved the settings/);
    await untilText(element, 'A case may be in several inboxes at once and Rules');
    await click(element, 'Save again');
    await untilText(element, 'The settings are saved.');
    const { inboxes } = await administrator().settings.get();
    expect(inboxes).to.deep.include({ requireOwnership: false, severalAtOnce: true });
    expect(inboxes?.rules).to.have.length(1);
  });

  it('names every control, and is accessible in both themes and on a phone', async () => {
    await aFinance();
    for (const theme of ['light', 'dark'] as const) {
      const element = await shown({ theme, width: theme === 'dark' ? 'phone' : 'wide' });
      await untilFound(element, 'button', 'Edit Finance');
      await expectAccessible(element);
      const dialog = await edit(element, 'Finance');
      await untilFound(dialog, 'checkbox', 'Otto Brandt: Read');
      await expectAccessible(element);
      for (const control of findAll(dialog, 'button')) expect(nameOf(control)).not.to.equal('');
      expect(dialog.scrollWidth).to.be.at.most(dialog.clientWidth);
    }
  });
});
