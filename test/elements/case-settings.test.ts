import { expect } from '@open-wc/testing';

import '../../components/case-settings/case-settings.js';
import type { CaseSettings } from '../../components/case-settings/case-settings.element.js';
import { expectAccessible } from './expect-accessible.js';
import { SettingsStage, click, turnTo } from './settings-support.js';
import {
  type ProviderOptions,
  aCase,
  deepFocus,
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

describe('<case-settings>', () => {
  let stage: SettingsStage<'case-settings'>;

  beforeEach(async () => {
    stage = await SettingsStage.of('case-settings');
  });
  afterEach(disposeClients);

  const shown = (over: Partial<ProviderOptions> = {}) => stage.show('What a case is about.', over);

  const labels = (element: CaseSettings) =>
    findAll<HTMLInputElement>(element, 'textbox', /^Name of value/).map(({ value }) => value);

  const field = (element: CaseSettings, label: string) =>
    findAll<HTMLInputElement>(element, 'textbox', /^Name of value/).find(
      ({ value }) => value === label,
    ) as HTMLInputElement;

  async function addValue(element: CaseSettings, button: string, label: string): Promise<void> {
    await click(element, button);
    const added = deepFocus() as HTMLInputElement;
    expect(nameOf(added)).to.match(/^Name of value/);
    type(added, label);
    await element.updateComplete;
  }

  const errorOf = (input: HTMLInputElement) => {
    const ids = input.getAttribute('aria-describedby')?.split(' ') ?? [];
    const id = ids.find((each) => each.endsWith('-error'));
    const root = input.getRootNode() as ShadowRoot;
    return id ? textOf(root.getElementById(id) as HTMLElement) : '';
  };

  it('renames, adds, moves and retires in one guarded request', async () => {
    const element = await shown();
    type(field(element, 'Billing'), 'Invoices');
    await element.updateComplete;
    await addValue(element, 'Add case type', 'Outage at home');
    await click(element, 'Retire Content');
    await click(element, 'Move Technical up');
    await turnTo(element, 'Portal and deadlines');
    find<HTMLInputElement>(element, 'checkbox', 'A customer’s reply reopens a closed case')?.click();
    const announced = nextEvent<CustomEvent<{ version: string }>>(element, 'settings-change');
    await click(element, 'Save settings');
    const { detail } = await announced;
    await untilText(element, 'The settings are saved.');
    const settings = await stage.stored();
    expect(settings.version).to.equal(detail.version);
    expect(settings.reopenOnCustomerReply).to.equal(true);
    expect(settings.caseTypes).to.deep.equal([
      { id: 'billing', label: 'Invoices' },
      { id: 'technical', label: 'Technical' },
      { id: 'complaint', label: 'Complaint' },
      { id: 'account', label: 'Account' },
      { id: 'content', label: 'Content', retired: true },
      { id: 'question', label: 'Question' },
      { id: 'outage-at-home', label: 'Outage at home' },
    ]);
    expect(stage.writes.map(({ method }) => method)).to.deep.equal(['PATCH']);
    expect(Object.keys((await stage.writes[0]?.json()) as object).sort()).to.deep.equal([
      'caseTypes',
      'reopenOnCustomerReply',
    ]);
    expect(element.unsaved).to.equal(false);
  });

  it('CU-18 names the automations that write to customers, for whoever shares a project to be told of', async () => {
    const element = await shown();
    await turnTo(element, 'Automations');
    await untilText(element, 'What writes to customers by itself in your other systems.');
    await click(element, 'Add automation');
    await click(element, 'Save settings');
    await untilText(element, 'Enter a name.');
    expect(stage.writes, 'nothing is sent').to.have.length(0);
    const [name] = findAll<HTMLInputElement>(element, 'textbox', /^Name of value/);
    expect(name?.getAttribute('aria-invalid')).to.equal('true');
    expect(deepFocus()).to.equal(name);
    await expectAccessible(element);
    type(name as HTMLInputElement, 'Thanks after closing');
    await click(element, 'Save settings');
    await untilText(element, 'The settings are saved.');
    expect((await stage.stored()).automations).to.deep.equal([
      { id: 'thanks-after-closing', label: 'Thanks after closing' },
    ]);
    const { projects } = stage.tenant.clientFor('agent');
    const { id } = await projects.create({ name: 'Fibre for the mill' });
    expect((await projects.grants(id)).warnings).to.deep.include({
      code: 'automations',
      names: ['Thanks after closing'],
    });
  });

  it('CC-08 keeps a retired value on its cases, offers to bring it back, and never to remove it', async () => {
    await stage.tenant.seed({ cases: [aCase({ type: 'content' })] });
    const element = await shown();
    await click(element, 'Retire Content');
    expect(textOf(element)).to.contain('Content is retired. Old cases keep it.');
    expect(find(element, 'button', 'Remove Content')).to.equal(undefined);
    expect(textOf(element)).to.contain('A value that is stored is never deleted');
    await click(element, 'Save settings');
    await untilText(element, 'The settings are saved.');
    const { items } = await stage.tenant.clientFor('agent').cases.list();
    expect(items.map(({ type: caseType }) => caseType)).to.deep.equal(['content']);
    expect((await stage.stored()).caseTypes.find(({ id }) => id === 'content')).to.deep.equal({
      id: 'content',
      label: 'Content',
      retired: true,
    });
    await click(element, 'Bring back Content');
    await click(element, 'Save settings');
    await untilText(element, 'The settings are saved.');
    expect((await stage.stored()).caseTypes.find(({ id }) => id === 'content')?.retired).to.equal(undefined);
  });

  it('removes a value that was just added, and gives the focus to its neighbour', async () => {
    const element = await shown();
    await addValue(element, 'Add case type', 'Mistake');
    await click(element, 'Remove Mistake');
    expect(labels(element)).not.to.contain('Mistake');
    expect((deepFocus() as HTMLInputElement).value).to.equal('Question');
    expect(textOf(element)).to.contain('Mistake was removed.');
    await click(element, 'Save settings');
    await untilText(element, 'Nothing has been changed');
    expect(stage.writes).to.deep.equal([]);
  });

  it('orders by keyboard alone, the highest priority first, and says where a value is', async () => {
    const element = await shown();
    await turnTo(element, 'Priorities');
    const low = field(element, 'Low');
    low.focus();
    low.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'ArrowUp', altKey: true, bubbles: true, cancelable: true }),
    );
    await settled();
    expect(labels(element)).to.deep.equal(['High', 'Low', 'Normal']);
    expect((deepFocus() as HTMLInputElement).value).to.equal('Low');
    expect(textOf(element)).to.contain('Low is now 2 of 3.');
    const up = await untilFound(element, 'button', 'Move Low up');
    up.focus();
    up.click();
    await settled();
    expect(nameOf(deepFocus())).to.equal('Move Low up');
    expect(deepFocus().getAttribute('aria-disabled')).to.equal('true');
    await click(element, 'Save settings');
    await untilText(element, 'The settings are saved.');
    expect((await stage.stored()).priorities.map(({ id }) => id)).to.deep.equal(['low', 'high', 'normal']);
  });

  it('refuses empty and repeated names under their fields, before any request', async () => {
    const element = await shown();
    type(field(element, 'Account'), '  ');
    type(field(element, 'Question'), ' bILLING ');
    await element.updateComplete;
    await turnTo(element, 'Portal and deadlines');
    type(await untilFound(element, 'textbox', 'Due soon, in days *'), 'soon');
    await turnTo(element, 'Changes');
    await click(element, 'Save settings');
    await settled();
    const wrong = findAll<HTMLInputElement>(element, 'textbox').filter(
      (input) => input.getAttribute('aria-invalid') === 'true',
    );
    expect(wrong.map(errorOf)).to.deep.equal(['Enter a name.', '“Billing” is in the list already.']);
    expect(deepFocus()).to.equal(wrong[0]);
    expect(nameOf(await untilFound(element, 'tab', /^Portal/))).to.contain('needs attention');
    expect(stage.writes).to.deep.equal([]);
    type(wrong[0] as HTMLInputElement, 'Accounts');
    await element.updateComplete;
    expect(errorOf(wrong[0] as HTMLInputElement)).to.equal('');
  });

  it('puts what the server refuses under the value it is about', async () => {
    const element = await shown({
      fetch: (request) =>
        request.method === 'PATCH'
          ? fetch(new Request(request, { body: '{"caseTypes":[{"id":"billing","label":""}]}' }))
          : fetch(request),
    });
    type(field(element, 'Billing'), 'Invoices');
    await element.updateComplete;
    await click(element, 'Save settings');
    await untilFound(element, 'button', 'Save settings');
    await untilText(element, 'Fill this in.');
    expect((deepFocus() as HTMLInputElement).value).to.equal('Invoices');
    expect(errorOf(deepFocus() as HTMLInputElement)).to.equal('Fill this in.');
  });

  it('CC-27 says which fields a new case must have', async () => {
    const element = await shown();
    await turnTo(element, 'Mandatory fields');
    const boxes = findAll<HTMLInputElement>(element, 'checkbox');
    expect(boxes.filter(({ checked }) => checked).map(nameOf)).to.deep.equal([
      'Type',
      'Contact method',
      'Subject',
      'Description',
    ]);
    find(element, 'checkbox', 'Deadline')?.click();
    find(element, 'checkbox', 'Contact method')?.click();
    await click(element, 'Save settings');
    await untilText(element, 'The settings are saved.');
    expect((await stage.stored()).requiredFields.newCase).to.have.members([
      'type',
      'subject',
      'description',
      'deadline',
    ]);
  });

  it('CC-28 leaves the default empty with a warning when its priority is retired', async () => {
    const element = await shown();
    await turnTo(element, 'Priorities');
    await click(element, 'Retire Normal');
    const select = await untilFound<HTMLSelectElement>(element, 'combobox', 'Priority of a new case');
    expect(select.value).to.equal('');
    expect(textOf(element)).to.contain('“Normal”, the priority of new cases until now, is retired');
    const warned = nextEvent<CustomEvent<{ code: string }>>(element, 'config-warning');
    await click(element, 'Save settings');
    expect((await warned).detail.code).to.equal('retired_default_priority');
    await untilText(element, 'The settings are saved.');
    expect((await stage.stored()).defaultPriority).to.equal('normal');
    expect(select.value).to.equal('');
    type(select, 'id:high');
    await click(element, 'Save settings');
    await untilNoText(element, 'the priority of new cases until now');
    await untilText(element, 'The settings are saved.');
    expect((await stage.stored()).defaultPriority).to.equal('high');
  });

  it('may be the default the moment it is added', async () => {
    const element = await shown();
    await turnTo(element, 'Priorities');
    await addValue(element, 'Add priority', 'Urgent!');
    const select = await untilFound<HTMLSelectElement>(element, 'combobox', 'Priority of a new case');
    const option = [...select.options].find(({ text }) => text.trim() === 'Urgent!');
    type(select, option?.value ?? '');
    await click(element, 'Save settings');
    await untilText(element, 'The settings are saved.');
    const { defaultPriority, priorities } = await stage.stored();
    expect(defaultPriority).to.equal('urgent');
    expect(priorities.at(-1)).to.deep.equal({ id: 'urgent', label: 'Urgent!' });
  });

  it('E-FORB shows the settings to whoever may not change them, with the reason', async () => {
    const element = await shown({ as: 'agent' });
    await untilText(element, 'Only a system administrator can change the settings.');
    expect(textOf(element)).to.contain('Billing');
    expect(findAll(element, 'textbox')).to.deep.equal([]);
    expect(find(element, 'button', 'Save settings')).to.equal(undefined);
    expect(find(element, 'tab', 'Changes')).to.equal(undefined);
    await turnTo(element, 'Portal and deadlines');
    expect(textOf(element)).to.contain('The cases they submitted themselves');
    expect(findAll(element, 'checkbox')).to.deep.equal([]);
    await turnTo(element, 'Priorities');
    expect(textOf(element)).to.match(/Priority of a new case Normal/);
  });

  it('E-FORB says so when the right is lost before saving', async () => {
    const element = await shown({
      fetch: (request) => {
        const headers = new Headers(request.headers);
        if (request.method === 'PATCH') headers.set('authorization', `Bearer ${stage.tenant.tokens.agent}`);
        return fetch(new Request(request, { headers }));
      },
    });
    type(field(element, 'Billing'), 'Invoices');
    await element.updateComplete;
    await click(element, 'Save settings');
    await untilText(element, 'Only a system administrator can change the settings.');
    expect(field(element, 'Invoices')).to.exist;
    expect((await stage.stored()).caseTypes[0]?.label).to.equal('Billing');
  });

  it('discards without a request, and takes that back', async () => {
    const element = await shown();
    type(field(element, 'Billing'), 'Invoices');
    await untilText(element, 'Not saved yet: Case types');
    await click(element, 'Discard changes');
    await untilText(element, 'Your changes are discarded. Nothing was sent.');
    expect(labels(element)).to.contain('Billing');
    expect(nameOf(deepFocus())).to.equal('Undo');
    await click(element, 'Undo');
    expect(labels(element)).to.contain('Invoices');
    expect(stage.writes).to.deep.equal([]);
  });

  it('asks before Escape loses what is typed', async () => {
    const element = await shown();
    const billing = field(element, 'Billing');
    billing.focus();
    expect(press('Escape', billing).defaultPrevented, 'nothing to ask').to.equal(false);
    type(billing, 'Invoices');
    await element.updateComplete;
    expect(press('Escape', billing).defaultPrevented).to.equal(true);
    await untilText(element, 'Discard what you typed?');
    await settled();
    expect(nameOf(deepFocus())).to.equal('Keep editing');
    press('Escape');
    await untilNoText(element, 'Discard what you typed?');
    await settled();
    expect(deepFocus()).to.equal(billing);
    press('Escape', billing);
    (await untilFound(element, 'button', 'Discard')).click();
    await untilText(element, 'Your changes are discarded.');
    expect(labels(element)).to.contain('Billing');
  });

  it('asks before the page is left with something unsaved', async () => {
    const element = await shown();
    const leave = () => {
      const event = new Event('beforeunload', { cancelable: true });
      dispatchEvent(event);
      return event.defaultPrevented;
    };
    expect(leave()).to.equal(false);
    type(field(element, 'Billing'), 'Invoices');
    expect(leave()).to.equal(true);
    expect(element.unsaved).to.equal(true);
    element.remove();
    expect(leave()).to.equal(false);
  });

  it('passes its checks for accessibility with errors, in the dark', async () => {
    await stage.update({
      caseTypes: [...(await stage.stored()).caseTypes, { id: 'fax', label: 'Fax', retired: true }],
    });
    const element = await shown({ theme: 'dark' });
    type(field(element, 'Billing'), 'Complaint');
    await click(element, 'Save settings');
    await untilText(element, 'is in the list already');
    await expectAccessible(element);
  });

  it('fits into 320 pixels, where a list to choose from replaces the tabs', async () => {
    await stage.update({ caseTypes: [{ id: 'fax', label: 'Fax'.repeat(30), retired: true }] });
    const element = await shown({ width: 'phone' });
    const box = element.shadowRoot?.querySelector('section') as HTMLElement;
    expect(findAll(element, 'tab')).to.deep.equal([]);
    expect(box.scrollWidth).to.equal(box.clientWidth);
    const part = await untilFound<HTMLSelectElement>(element, 'combobox', 'Part');
    type(part, 'dueTypes');
    await untilText(element, 'Add due type');
    expect(box.scrollWidth).to.equal(box.clientWidth);
    await expectAccessible(element);
    type(part, 'changes');
    await untilText(element, 'Added “Fax');
    expect(box.scrollWidth).to.equal(box.clientWidth);
  });
});
