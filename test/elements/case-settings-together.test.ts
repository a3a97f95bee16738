import { expect, html } from '@open-wc/testing';

import '../../components/case-settings/case-settings.js';
import type { CaseSettings } from '../../components/case-settings/case-settings.element.js';
import type { SettingsChange } from '../../src/contract/settings.js';
import {
  aClient,
  aProvider,
  aTenant,
  aToken,
  deepFocus,
  disposeClients,
  find,
  findAll,
  nextEvent,
  settled,
  textOf,
  type,
  untilFound,
  untilNoText,
  untilText,
  type ProviderOptions,
  type TestTenant,
} from './support.js';

describe('<case-settings> with others', () => {
  let tenant: TestTenant;
  /** While set, nothing is heard of others: the form learns of them only by saving. */
  let deaf: boolean;

  beforeEach(async () => {
    tenant = await aTenant();
    deaf = false;
  });
  afterEach(disposeClients);

  async function shown(over: Partial<ProviderOptions> = {}): Promise<CaseSettings> {
    const provider = await aProvider(
      {
        tenant,
        as: 'administrator',
        width: 'wide',
        fetch: (request) =>
          deaf && new URL(request.url).pathname === '/v1/events'
            ? Promise.reject(new TypeError('Failed to fetch'))
            : fetch(request),
        ...over,
      },
      html`<case-settings></case-settings>`,
    );
    await untilText(provider, 'What a case is about.');
    return provider.querySelector('case-settings') as CaseSettings;
  }

  const stored = () => tenant.clientFor('administrator').settings.get();

  /** Another administrator, in another browser. */
  async function byAnother(change: SettingsChange): Promise<void> {
    const token = await aToken({
      sub: 'person_vera',
      tenant: tenant.tenant,
      name: 'Vera Holm',
      kind: 'agent',
      roles: ['system-administrator'],
    });
    const client = aClient(token);
    const { version } = await client.settings.get();
    await client.settings.update(change, { version });
  }

  const labels = (element: CaseSettings) =>
    findAll<HTMLInputElement>(element, 'textbox', /^Name of value/).map(({ value }) => value);

  async function rename(element: CaseSettings, from: string, to: string): Promise<void> {
    const input = findAll<HTMLInputElement>(element, 'textbox').find(({ value }) => value === from);
    type(input as HTMLInputElement, to);
    await element.updateComplete;
  }

  async function click(element: CaseSettings, name: string | RegExp): Promise<void> {
    (await untilFound(element, 'button', name)).click();
    await element.updateComplete;
  }

  it('says who saved what while nothing is being edited, and shows it', async () => {
    const element = await shown();
    await byAnother({ caseTypes: [{ id: 'billing', label: 'Money' }] });
    await untilText(element, /Vera Holm changed Case types at/);
    expect(labels(element)).to.deep.equal(['Money']);
  });

  it('says who saved while something is being edited, and brings both together when told to', async () => {
    const element = await shown();
    await rename(element, 'Billing', 'Invoices');
    await byAnother({ reopenOnCustomerReply: true });
    await untilText(element, /Vera Holm changed A customer’s reply reopens a closed case at/);
    expect(labels(element)[0]).to.equal('Invoices');
    await click(element, 'Take over the new values');
    await untilText(element, 'Taken over, because you had not changed it:');
    await click(element, 'Save again');
    await untilText(element, 'The settings are saved.');
    const settings = await stored();
    expect(settings.reopenOnCustomerReply).to.equal(true);
    expect(settings.caseTypes[0]).to.deep.equal({ id: 'billing', label: 'Invoices' });
  });

  it('E-CONF shows who was faster, what only they changed, and both sides of what both did', async () => {
    deaf = true;
    const element = await shown();
    await rename(element, 'Billing', 'Invoices');
    const { caseTypes } = await stored();
    await byAnother({
      caseTypes: [...caseTypes.slice(1), { id: 'outage', label: 'Outage' }, ...caseTypes.slice(0, 1)],
      noteSubjects: [{ id: 'call', label: 'Call' }],
    });
    await click(element, 'Save settings');
    await untilText(element, /Vera Holm saved the settings at/);
    await settled();
    expect(textOf(deepFocus())).to.contain('Vera Holm saved the settings');
    const said = textOf(element);
    expect(said).to.contain('Taken over, because you had not changed it: Note subjects');
    expect(said).to.match(/Keep mine: Renamed “Billing” to “Invoices”. Added “Outage”./);
    expect(said).to.match(/Take over from Vera Holm: Added “Outage”. New order:/);
    expect((await stored()).caseTypes[0]?.id, 'nothing was overwritten').to.equal('complaint');
    await click(element, 'Save again');
    await untilText(element, 'The settings are saved.');
    const mine = await stored();
    expect(mine.caseTypes[0]).to.deep.equal({ id: 'billing', label: 'Invoices' });
    expect(mine.caseTypes.at(-1), 'what they added may be on cases').to.deep.equal({
      id: 'outage',
      label: 'Outage',
    });
    expect(mine.noteSubjects).to.deep.equal([{ id: 'call', label: 'Call' }]);
  });

  it('E-CONF takes theirs where that is chosen, and mine again with what was typed since', async () => {
    deaf = true;
    const element = await shown();
    await rename(element, 'Billing', 'Invoices');
    await byAnother({ caseTypes: [{ id: 'billing', label: 'Money' }] });
    await click(element, 'Save settings');
    await untilText(element, /Vera Holm saved the settings at/);
    await rename(element, 'Invoices', 'Bills');
    find(element, 'radio', /^Take over from Vera Holm/)?.click();
    await element.updateComplete;
    expect(labels(element)).to.deep.equal(['Money']);
    find(element, 'radio', /^Keep mine/)?.click();
    await element.updateComplete;
    expect(labels(element)[0]).to.equal('Bills');
    find(element, 'radio', /^Take over from Vera Holm/)?.click();
    await element.updateComplete;
    await click(element, 'Save again');
    await untilText(element, 'there is nothing to save');
    expect((await stored()).caseTypes).to.deep.equal([{ id: 'billing', label: 'Money' }]);
  });

  it('E-CONF discards the edit for what is stored now', async () => {
    deaf = true;
    const element = await shown();
    await rename(element, 'Billing', 'Invoices');
    await byAnother({ caseTypes: [{ id: 'billing', label: 'Money' }] });
    await click(element, 'Save settings');
    await untilText(element, /Vera Holm saved the settings at/);
    await click(element, 'Discard changes');
    await untilNoText(element, 'Vera Holm saved the settings');
    expect(labels(element)).to.deep.equal(['Money']);
  });

  it('brings back after a reload what was not saved, on top of what was saved since', async () => {
    const element = await shown();
    await rename(element, 'Billing', 'Invoices');
    const frame = element.parentElement?.parentElement as HTMLElement;
    frame.remove();
    await byAnother({ dueSoonDays: 5 });
    const again = await shown();
    await untilText(again, 'What you typed earlier is back.');
    expect(labels(again)[0]).to.equal('Invoices');
    await untilText(again, /Vera Holm changed Due soon, in days at/);
    await click(again, 'Save settings');
    await untilText(again, /Vera Holm saved the settings at/);
    await click(again, 'Save again');
    await untilText(again, 'The settings are saved.');
    const { dueSoonDays, caseTypes } = await stored();
    expect([dueSoonDays, caseTypes[0]?.label]).to.deep.equal([5, 'Invoices']);
    (again.parentElement?.parentElement as HTMLElement).remove();
    const third = await shown();
    await settled();
    expect(textOf(third)).not.to.contain('What you typed earlier is back.');
  });

  it('never shows one administrator what another has typed', async () => {
    const element = await shown();
    await rename(element, 'Billing', 'Invoices');
    (element.parentElement?.parentElement as HTMLElement).remove();
    const token = await aToken({
      sub: 'person_vera',
      tenant: tenant.tenant,
      name: 'Vera Holm',
      kind: 'agent',
      roles: ['system-administrator'],
    });
    const other = await shown({ tenant: { ...tenant, tokens: { ...tenant.tokens, administrator: token } } });
    await settled();
    expect(labels(other)[0]).to.equal('Billing');
    const mine = await shown();
    await untilText(mine, 'What you typed earlier is back.');
  });

  it('keeps what is typed when the connection is lost', async () => {
    const element = await shown({
      fetch: (request) =>
        request.method === 'PATCH' ? Promise.reject(new TypeError('Failed to fetch')) : fetch(request),
    });
    await rename(element, 'Billing', 'Invoices');
    await click(element, 'Save settings');
    await untilText(element, 'There is no connection. Nothing you typed is lost.');
    expect(labels(element)[0]).to.equal('Invoices');
  });

  it('can be stopped by the page before anything is sent', async () => {
    const element = await shown();
    await rename(element, 'Billing', 'Invoices');
    const asked = nextEvent<CustomEvent<{ fields: readonly string[] }>>(element, 'settings-save');
    element.addEventListener('settings-save', (event) => event.preventDefault());
    await click(element, 'Save settings');
    expect((await asked).detail.fields).to.deep.equal(['caseTypes']);
    await settled();
    expect((await stored()).caseTypes[0]?.label).to.equal('Billing');
  });

  it('lists who changed what and when, the newest first', async () => {
    const { priorities, dueTypes } = await stored();
    await byAnother({ priorities: [...priorities].reverse(), defaultPriority: 'low' });
    await byAnother({
      dueTypes: dueTypes.map((each) => ({ ...each, dateRequired: true, retired: each.id === 'resolve-by' })),
      requiredFields: { newCase: ['subject', 'tags'] },
      reopenOnCustomerReply: true,
      dueSoonDays: 9,
    });
    const element = await shown();
    (await untilFound(element, 'tab', 'Changes')).click();
    await untilText(element, 'Vera Holm');
    const said = textOf(element);
    expect(said).to.match(/Priorities: New order: Low, Normal,? and High\./);
    expect(said).to.contain('Priority of a new case: From “Normal” to “Low”.');
    expect(said).to.contain('Retired “Resolve by”.');
    expect(said).to.contain('“No deadline” needs a date.');
    expect(said).to.contain('Mandatory now: Tags.');
    expect(said).to.match(/No longer mandatory: Type, Contact method,? and Description\./);
    expect(said).to.contain('A customer’s reply reopens a closed case: Switched on.');
    expect(said).to.contain('Due soon, in days: From “3” to “9”.');
    expect(said.indexOf('Switched on')).to.be.lessThan(said.indexOf('New order'));
    await byAnother({ dueSoonDays: 1 });
    await untilText(element, 'From “9” to “1”.');
  });
});
