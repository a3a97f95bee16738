import { expect, html } from '@open-wc/testing';

import '../../components/case-form/case-form.js';
import { expectAccessible } from './expect-accessible.js';
import {
  aLine,
  aTenant,
  errorUnder,
  fill,
  find,
  has,
  heard,
  inProvider,
  key,
  overflows,
  press,
  textOf,
  until,
  untilText,
  valueOf,
  type Line,
  type Tenant,
} from './form-support.js';
import { waitUntil } from './wait-until.js';

type CaseForm = HTMLElementTagNameMap['case-form'];

describe('<case-form>', () => {
  let tenant: Tenant;
  let agent: Line;

  beforeEach(async () => {
    tenant = await aTenant();
    agent = aLine(tenant, 'agent');
  });
  afterEach(() => agent.client.dispose());

  async function opened(line: Line = agent, theme: 'light' | 'dark' = 'light'): Promise<CaseForm> {
    const form = await inProvider<CaseForm>(
      line,
      html`<case-form customer-id=${tenant.customers.aldermill}></case-form>`,
      theme,
    );
    form.open();
    await until(form, 'form');
    return form;
  }

  function attach(form: CaseForm, ...files: readonly File[]): void {
    const transfer = new DataTransfer();
    for (const file of files) transfer.items.add(file);
    const input = find<HTMLInputElement>(form, 'input[type=file]');
    input.files = transfer.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
  }

  function complete(form: CaseForm): void {
    fill(form, 'subject', 'Router drops the line');
    fill(form, 'type', 'technical');
    fill(form, 'contactMethod', 'phone');
    fill(form, 'description', 'Every evening at eight.');
  }

  it('CC-25 opens as a modal dialog named after the customer', async () => {
    const form = await opened();
    await untilText(form, 'For Aldermill Bakery');
    expect(find(form, 'dialog').matches(':modal')).to.equal(true);
    expect(find(form, 'h2').textContent).to.contain('New customer case');
  });

  it('CC-25 shows nothing to somebody who may not add cases', async () => {
    const finance = aLine(tenant, 'finance');
    const form = await inProvider<CaseForm>(finance, html`<case-form inline></case-form>`);
    await finance.client.session.get();
    await waitUntil(() => finance.client.queries.session().getState().status === 'ready');
    await form.updateComplete;
    expect(textOf(form).trim()).to.equal('');
    form.inline = false;
    form.open();
    await waitUntil(() => !has(form, 'dialog'));
    finance.client.dispose();
  });

  it('CC-26 lets an agent pick the customer by typing when none is given', async () => {
    const form = await inProvider<CaseForm>(agent, html`<case-form></case-form>`);
    form.open();
    await until(form, '[role=combobox]');
    fill(form, 'customerId', 'quist');
    await waitUntil(() => form.shadowRoot?.querySelectorAll('[role=option]').length === 1);
    expect(find(form, '[role=option]').textContent).to.contain('Quist & Daughters');
    const combobox = find(form, '[role=combobox]');
    key(combobox, 'ArrowDown');
    await form.updateComplete;
    expect(combobox.getAttribute('aria-activedescendant')).to.equal('customers-0');
    expect(find(form, '#customers-0').getAttribute('aria-selected')).to.equal('true');
    key(combobox, 'Enter');
    await form.updateComplete;
    expect(valueOf(form, 'customerId')).to.equal('Quist & Daughters');
    expect(combobox.getAttribute('aria-expanded')).to.equal('false');
    complete(form);
    const created = heard(form, 'case-create');
    press(form, 'save');
    const { caseId } = (await created).detail;
    expect((await agent.client.cases.get(caseId)).customer?.id).to.equal(tenant.customers.quist);
  });

  it('CC-26 Escape closes the list of customers before the dialog', async () => {
    const form = await inProvider<CaseForm>(agent, html`<case-form></case-form>`);
    form.open();
    await until(form, '[role=combobox]');
    fill(form, 'customerId', 'harb');
    await untilText(form, 'Harbour Dental');
    key(find(form, '[role=combobox]'), 'Escape');
    await form.updateComplete;
    expect(find(form, '[role=listbox]').hidden).to.equal(true);
    expect(find<HTMLDialogElement>(form, 'dialog').open).to.equal(true);
  });

  it('CC-27 marks the mandatory fields of the settings and reports every missing one at once, without a request', async () => {
    const form = await opened();
    for (const name of ['subject', 'type', 'contactMethod', 'description'])
      expect(find(form, `label[for=${name}]`).textContent, name).to.contain('*');
    expect(find(form, 'label[for=deadline]').textContent).not.to.contain('*');
    expect(find(form, '.legend').textContent).to.contain('must be filled in');
    press(form, 'save');
    await until(form, '[aria-invalid=true]');
    expect(errorUnder(form, 'subject')).to.equal('Enter a subject.');
    expect(errorUnder(form, 'type')).to.equal('Choose a type.');
    expect(errorUnder(form, 'contactMethod')).to.equal('Choose a contact method.');
    expect(errorUnder(form, 'description')).to.equal('Describe the case.');
    await waitUntil(() => form.shadowRoot?.activeElement?.id === 'subject');
    expect(agent.writes).to.deep.equal([]);
  });

  it('CC-27 decision 1 takes other mandatory fields from the settings', async () => {
    const administrator = aLine(tenant, 'administrator');
    const { version } = await administrator.client.settings.get();
    await administrator.client.settings.update(
      { requiredFields: { newCase: ['deadline', 'tags'] } },
      { version },
    );
    administrator.client.dispose();
    const form = await opened();
    press(form, 'save');
    await until(form, '[aria-invalid=true]');
    expect(errorUnder(form, 'deadline')).to.equal('Enter a deadline.');
    expect(errorUnder(form, 'tags')).to.equal('Add at least one tag.');
    expect(errorUnder(form, 'subject')).to.equal('');
  });

  it('CC-28 starts with the default priority of the settings', async () => {
    const form = await opened();
    expect(valueOf(form, 'priority')).to.equal('normal');
  });

  it('CC-28 leaves the priority empty and warns when the default is retired', async () => {
    const administrator = aLine(tenant, 'administrator');
    const { version, priorities } = await administrator.client.settings.get();
    const retired = priorities.map((choice) =>
      choice.id === 'normal' ? { ...choice, retired: true } : choice,
    );
    await administrator.client.settings.update({ priorities: retired }, { version });
    administrator.client.dispose();
    const form = await inProvider<CaseForm>(
      agent,
      html`<case-form customer-id=${tenant.customers.aldermill}></case-form>`,
    );
    const warning = heard(form, 'config-warning');
    form.open();
    expect((await warning).detail.code).to.equal('retired_default_priority');
    await until(form, 'form');
    expect(valueOf(form, 'priority')).to.equal('');
    complete(form);
    const created = heard(form, 'case-create');
    press(form, 'save');
    expect((await agent.client.cases.get((await created).detail.caseId)).priority).to.equal(null);
  });

  it('CC-29 stores the case on the account, open, with everything typed', async () => {
    const form = await opened();
    complete(form);
    fill(form, 'deadline', '2031-02-03');
    const tags = find<HTMLInputElement>(form, '[name=tags]');
    fill(form, 'tags', 'router,');
    await form.updateComplete;
    tags.value = 'evening';
    key(tags, 'Enter');
    await form.updateComplete;
    const submitted = heard(form, 'case-submit');
    const created = heard(form, 'case-create');
    press(form, 'save');
    expect((await submitted).detail).to.deep.equal({ customerId: tenant.customers.aldermill });
    const { detail } = await created;
    expect(Object.keys(detail)).to.deep.equal(['caseId']);
    const stored = await agent.client.cases.get(detail.caseId);
    expect(stored).to.include({
      status: 'open',
      subject: 'Router drops the line',
      type: 'technical',
      priority: 'normal',
      contactMethod: 'phone',
      deadline: '2031-02-03',
      description: 'Every evening at eight.',
    });
    expect(stored.tags).to.deep.equal(['router', 'evening']);
    expect(stored.customer?.id).to.equal(tenant.customers.aldermill);
    expect(has(form, 'dialog')).to.equal(false);
  });

  it('CC-29 removes tags by button and by Backspace, and takes none twice', async () => {
    const form = await opened();
    fill(form, 'tags', 'one,Two,two,three,');
    await form.updateComplete;
    const chips = () =>
      [...(form.shadowRoot?.querySelectorAll('.tag') ?? [])].map((tag) => tag.textContent?.trim());
    expect(chips()).to.deep.equal(['one', 'Two', 'three']);
    find(form, '[aria-label="Remove tag Two"]').click();
    await form.updateComplete;
    key(find(form, '[name=tags]'), 'Backspace');
    await form.updateComplete;
    expect(chips()).to.deep.equal(['one']);
  });

  it('CC-29 makes one case of a double press', async () => {
    const form = await opened();
    complete(form);
    const created = heard(form, 'case-create');
    press(form, 'save');
    press(form, 'save');
    await created;
    const { items } = await agent.client.cases.list({ customerId: tenant.customers.aldermill });
    expect(items).to.have.length(1);
    expect(agent.writes).to.deep.equal(['POST /v1/cases']);
  });

  it('CC-29 keeps the values when saving fails and sends them once more on Retry', async () => {
    const form = await opened();
    complete(form);
    agent.cut = true;
    press(form, 'save');
    await until(form, '[data-action=retry]');
    expect(textOf(form)).to.contain('Nothing you typed is lost');
    expect(valueOf(form, 'subject')).to.equal('Router drops the line');
    agent.cut = false;
    const created = heard(form, 'case-create');
    press(form, 'retry');
    await created;
    const { items } = await agent.client.cases.list({ customerId: tenant.customers.aldermill });
    expect(items).to.have.length(1);
  });

  it('CC-29 puts what only the server can tell under its field', async () => {
    const form = await opened();
    complete(form);
    fill(form, 'subject', 'Two\u0007bells');
    press(form, 'save');
    await waitUntil(() => errorUnder(form, 'subject') !== '');
    expect(valueOf(form, 'description')).to.equal('Every evening at eight.');
    expect(has(form, 'dialog')).to.equal(true);
  });

  it('CC-29 sends nothing when the host cancels', async () => {
    const form = await opened();
    complete(form);
    form.addEventListener('case-submit', (event) => event.preventDefault());
    press(form, 'save');
    await form.updateComplete;
    expect(agent.writes).to.deep.equal([]);
    expect(has(form, 'dialog')).to.equal(true);
  });

  it('CC-30 decision 5 saves nothing to close without a reason and an explanation', async () => {
    const form = await opened();
    complete(form);
    press(form, 'save-and-close');
    await until(form, '.closing');
    press(form, 'save-and-close');
    await until(form, '[aria-invalid=true]');
    expect(errorUnder(form, 'reason')).to.equal('Choose why this case is closed.');
    expect(errorUnder(form, 'note')).to.equal('Explain why this case is closed.');
    expect(agent.writes).to.deep.equal([]);
    const { items } = await agent.client.cases.list({ customerId: tenant.customers.aldermill });
    expect(items).to.deep.equal([]);
  });

  it('CC-30 stores and closes in one step', async () => {
    const form = await opened();
    complete(form);
    press(form, 'save-and-close');
    await until(form, '.closing');
    fill(form, 'reason', 'resolved');
    fill(form, 'note', 'Answered on the phone.');
    const created = heard(form, 'case-create');
    press(form, 'save-and-close');
    const stored = await agent.client.cases.get((await created).detail.caseId);
    expect(stored.status).to.equal('closed');
    expect(stored.closure?.reason).to.equal('resolved');
    expect(stored.closure?.note).to.equal('Answered on the phone.');
    expect(agent.writes).to.deep.equal(['POST /v1/cases']);
  });

  it('CC-30 leaves the closure out again', async () => {
    const form = await opened();
    complete(form);
    press(form, 'save-and-close');
    await until(form, '.closing');
    fill(form, 'note', 'Answered on the phone.');
    expect(find(form, '[data-action=save]').textContent).to.contain('Save without closing');
    press(form, 'keep-open');
    await form.updateComplete;
    expect(has(form, '.closing')).to.equal(false);
    expect(form.shadowRoot?.activeElement).to.equal(find(form, '[data-action=save-and-close]'));
    press(form, 'save-and-close');
    await until(form, '.closing');
    expect(valueOf(form, 'note')).to.equal('');
  });

  it('CC-29 stores the files with the case, and refuses at once what may not be sent', async () => {
    const form = await opened();
    complete(form);
    attach(form, new File(['speed'], 'speed-test.txt'), new File(['x'], 'virus.exe'));
    await untilText(form, 'virus.exe was not added');
    const created = heard(form, 'case-create');
    press(form, 'save');
    const { detail } = await created;
    const { items } = await agent.client.cases.timeline(detail.caseId);
    const files = items.flatMap((entry) => ('attachments' in entry ? (entry.attachments ?? []) : []));
    expect(files.map(({ name }) => name)).to.deep.equal(['speed-test.txt']);
  });

  it('CC-29 asks before files are thrown away, and lets one be removed', async () => {
    const form = await opened();
    attach(form, new File(['speed'], 'speed-test.txt'));
    await until(form, '.file:not(:has(progress))');
    form.close();
    await untilText(form, 'Discard what you typed?');
    find(form, '[data-keep]').click();
    await form.updateComplete;
    find(form, '[aria-label="Remove speed-test.txt"]').click();
    await form.updateComplete;
    expect(has(form, '.file')).to.equal(false);
    await expectAccessible(form);
  });

  it('CC-29 asks before typed values are thrown away and returns the focus to the opener', async () => {
    const form = await inProvider<CaseForm>(
      agent,
      html`<case-form customer-id=${tenant.customers.aldermill}></case-form>`,
    );
    const opener = document.createElement('button');
    form.parentElement?.append(opener);
    opener.focus();
    form.open();
    await until(form, 'form');
    fill(form, 'subject', 'Half a thought');
    key(find(form, '[name=subject]'), 'Escape');
    await until(form, '[role=alertdialog]');
    await waitUntil(() => form.shadowRoot?.activeElement?.hasAttribute('data-keep'));
    find(form, '[data-keep]').click();
    await form.updateComplete;
    expect(valueOf(form, 'subject')).to.equal('Half a thought');
    press(form, 'cancel');
    await until(form, '[role=alertdialog]');
    find(form, '[role=alertdialog] .danger').click();
    await form.updateComplete;
    expect(has(form, 'dialog')).to.equal(false);
    expect(document.activeElement).to.equal(opener);
    form.open();
    await until(form, 'form');
    expect(valueOf(form, 'subject')).to.equal('');
  });

  it('CC-29 closes without a question when nothing was typed', async () => {
    const form = await opened();
    key(find(form, '[name=subject]'), 'Escape');
    await form.updateComplete;
    expect(has(form, 'dialog')).to.equal(false);
  });

  it('CC-29 brings back what was typed before a reload, with a notice and Discard', async () => {
    const first = await opened();
    fill(first, 'subject', 'Half a thought');
    const provider = first.parentElement;
    provider?.remove();
    await waitUntil(
      () => agent.client.drafts.load({ caseId: null, kind: 'case', customerId: tenant.customers.aldermill }),
      'nothing was kept',
    );
    const again = aLine(tenant, 'agent');
    const form = await opened(again);
    await untilText(form, 'What you typed earlier is back.');
    expect(valueOf(form, 'subject')).to.equal('Half a thought');
    press(form, 'discard');
    await form.updateComplete;
    expect(valueOf(form, 'subject')).to.equal('');
    again.client.dispose();
  });

  it("CC-25 takes a customer's own account and only the fields a customer may set", async () => {
    const customer = aLine(tenant, 'customer');
    const form = await inProvider<CaseForm>(customer, html`<case-form inline></case-form>`);
    await until(form, 'form');
    expect(
      ['subject', 'type', 'contactMethod', 'description'].every((name) => has(form, `[name=${name}]`)),
    ).to.equal(true);
    expect(
      ['priority', 'deadline', 'tags', 'customerId'].some((name) => has(form, `[name=${name}]`)),
    ).to.equal(false);
    expect(has(form, '[data-action=save-and-close]')).to.equal(false);
    complete(form);
    const created = heard(form, 'case-create');
    press(form, 'save');
    const stored = await customer.client.cases.get((await created).detail.caseId);
    expect(stored.customer?.id).to.equal(tenant.customers.aldermill);
    await untilText(form, `Case #${stored.number} was added.`);
    customer.client.dispose();
  });

  for (const theme of ['light', 'dark'] as const)
    it(`CC-27 is accessible with errors and a closure, ${theme}`, async () => {
      const form = await opened(agent, theme);
      await expectAccessible(form);
      press(form, 'save-and-close');
      await until(form, '.closing');
      press(form, 'save-and-close');
      await until(form, '[aria-invalid=true]');
      await expectAccessible(form);
      fill(form, 'subject', 'x');
      press(form, 'cancel');
      await until(form, '[role=alertdialog]');
      await expectAccessible(form);
    });

  it('CC-26 is accessible while a customer is picked', async () => {
    const form = await inProvider<CaseForm>(agent, html`<case-form inline></case-form>`);
    await until(form, '[role=combobox]');
    find(form, '[role=combobox]').click();
    await untilText(form, 'Harbour Dental');
    await expectAccessible(form);
  });

  it('CC-27 fits 320 px without scrolling sideways', async () => {
    const form = await inProvider<CaseForm>(
      agent,
      html`<case-form inline class="narrow" customer-id=${tenant.customers.aldermill}></case-form>`,
    );
    form.style.setProperty('inline-size', '320px');
    await until(form, 'form');
    press(form, 'save-and-close');
    await until(form, '.closing');
    fill(form, 'tags', `${'long'.repeat(12)},`);
    await form.updateComplete;
    expect(overflows(form)).to.equal(false);
  });
});
