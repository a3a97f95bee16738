import { expect } from '@open-wc/testing';

import '../../components/case-settings/case-settings.js';
import type { CaseSettings } from '../../components/case-settings/case-settings.element.js';
import { SettingsStage, click } from './settings-support.js';
import {
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
} from './support.js';

describe('<case-settings> with others', () => {
  let stage: SettingsStage<'case-settings'>;

  beforeEach(async () => {
    stage = await SettingsStage.of('case-settings');
  });
  afterEach(disposeClients);

  const shown = (over: Partial<ProviderOptions> = {}) => stage.show('What a case is about.', over);

  const labels = (element: CaseSettings) =>
    findAll<HTMLInputElement>(element, 'textbox', /^Name of value/).map(({ value }) => value);

  async function rename(element: CaseSettings, from: string, to: string): Promise<void> {
    const input = findAll<HTMLInputElement>(element, 'textbox').find(({ value }) => value === from);
    type(input as HTMLInputElement, to);
    await element.updateComplete;
  }

  it('says who saved what while nothing is being edited, and shows it', async () => {
    const element = await shown();
    await stage.byAnother({ caseTypes: [{ id: 'billing', label: 'Money' }] });
    await untilText(element, /Vera Holm changed Case types at/);
    expect(labels(element)).to.deep.equal(['Money']);
  });

  it('says who saved while something is being edited, and brings both together when told to', async () => {
    const element = await shown();
    await rename(element, 'Billing', 'Invoices');
    await stage.byAnother({ reopenOnCustomerReply: true });
    await untilText(element, /Vera Holm changed A customer’s reply reopens a closed case at/);
    expect(labels(element)[0]).to.equal('Invoices');
    await click(element, 'Take over the new values');
    await untilText(element, 'Taken over, because you had not changed it:');
    await click(element, 'Save again');
    await untilText(element, 'The settings are saved.');
    const settings = await stage.stored();
    expect(settings.reopenOnCustomerReply).to.equal(true);
    expect(settings.caseTypes[0]).to.deep.equal({ id: 'billing', label: 'Invoices' });
  });

  it('E-CONF shows who was faster, what only they changed, and both sides of what both did', async () => {
    stage.deaf = true;
    const element = await shown();
    await rename(element, 'Billing', 'Invoices');
    const { caseTypes } = await stage.stored();
    await stage.byAnother({
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
    expect((await stage.stored()).caseTypes[0]?.id, 'nothing was overwritten').to.equal('complaint');
    await click(element, 'Save again');
    await untilText(element, 'The settings are saved.');
    const mine = await stage.stored();
    expect(mine.caseTypes[0]).to.deep.equal({ id: 'billing', label: 'Invoices' });
    expect(mine.caseTypes.at(-1), 'what they added may be on cases').to.deep.equal({
      id: 'outage',
      label: 'Outage',
    });
    expect(mine.noteSubjects).to.deep.equal([{ id: 'call', label: 'Call' }]);
  });

  it('E-CONF takes theirs where that is chosen, and mine again with what was typed since', async () => {
    stage.deaf = true;
    const element = await shown();
    await rename(element, 'Billing', 'Invoices');
    await stage.byAnother({ caseTypes: [{ id: 'billing', label: 'Money' }] });
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
    expect((await stage.stored()).caseTypes).to.deep.equal([{ id: 'billing', label: 'Money' }]);
  });

  it('E-CONF discards the edit for what is stored now', async () => {
    stage.deaf = true;
    const element = await shown();
    await rename(element, 'Billing', 'Invoices');
    await stage.byAnother({ caseTypes: [{ id: 'billing', label: 'Money' }] });
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
    await stage.byAnother({ dueSoonDays: 5 });
    const again = await shown();
    await untilText(again, 'What you typed earlier is back.');
    expect(labels(again)[0]).to.equal('Invoices');
    await untilText(again, /Vera Holm changed Due soon, in days at/);
    await click(again, 'Save settings');
    await untilText(again, /Vera Holm saved the settings at/);
    await click(again, 'Save again');
    await untilText(again, 'The settings are saved.');
    const { dueSoonDays, caseTypes } = await stage.stored();
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
      tenant: stage.tenant.tenant,
      name: 'Vera Holm',
      kind: 'agent',
      roles: ['system-administrator'],
    });
    const other = await shown({
      tenant: { ...stage.tenant, tokens: { ...stage.tenant.tokens, administrator: token } },
    });
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
    expect((await stage.stored()).caseTypes[0]?.label).to.equal('Billing');
  });

  it('lists who changed what and when, the newest first', async () => {
    const { priorities, dueTypes } = await stage.stored();
    await stage.byAnother({ priorities: [...priorities].reverse(), defaultPriority: 'low' });
    await stage.byAnother({
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
    await stage.byAnother({ dueSoonDays: 1 });
    await untilText(element, 'From “9” to “1”.');
  });
});
