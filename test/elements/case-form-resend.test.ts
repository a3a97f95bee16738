import { expect, html } from '@open-wc/testing';

import '../../components/case-form/case-form.js';
import {
  aLine,
  aTenant,
  fill,
  find,
  has,
  heard,
  inProvider,
  press,
  until,
  untilText,
  valueOf,
  type Line,
  type Tenant,
} from './form-support.js';
import { waitUntil } from './wait-until.js';

type CaseForm = HTMLElementTagNameMap['case-form'];

describe('<case-form> sent just before a reload, with an answer that never came', () => {
  let tenant: Tenant;
  let agent: Line;
  let again: Line;

  beforeEach(async () => {
    tenant = await aTenant();
    agent = aLine(tenant, 'agent');
    again = aLine(tenant, 'agent');
  });
  afterEach(() => {
    agent.client.dispose();
    again.client.dispose();
  });

  async function opened(line: Line): Promise<CaseForm> {
    const form = await inProvider<CaseForm>(
      line,
      html`<case-form customer-id=${tenant.customers.aldermill}></case-form>`,
    );
    form.open();
    await until(form, 'form');
    return form;
  }

  function complete(form: CaseForm): void {
    fill(form, 'subject', 'Router drops the line');
    fill(form, 'type', 'technical');
    fill(form, 'contactMethod', 'phone');
    fill(form, 'description', 'Every evening at eight.');
  }

  function attach(form: CaseForm, file: File): void {
    const transfer = new DataTransfer();
    transfer.items.add(file);
    const input = find<HTMLInputElement>(form, 'input[type=file]');
    input.files = transfer.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
  }

  /** Sends a case whose answer is lost, and opens the form as another page would after a reload. */
  async function reloaded(before: (form: CaseForm) => Promise<void> | void = () => {}): Promise<CaseForm> {
    const form = await opened(agent);
    complete(form);
    await before(form);
    agent.mute = true;
    press(form, 'save');
    await waitUntil(() => stored().then(({ length }) => length === 1), 'the case is stored');
    form.parentElement?.remove();
    const fresh = await opened(again);
    await untilText(fresh, 'What you typed earlier is back.');
    return fresh;
  }

  async function stored() {
    return (await again.client.cases.list({ customerId: tenant.customers.aldermill })).items;
  }

  it('CC-29 E-DUP stores one case when it is sent again as it was', async () => {
    const form = await reloaded();
    const created = heard(form, 'case-create');
    press(form, 'save');
    const { caseId } = (await created).detail;
    expect((await stored()).map(({ id }) => id)).to.deep.equal([caseId]);
    await waitUntil(() => !has(form, 'dialog'));
    form.open();
    await until(form, 'form');
    expect(valueOf(form, 'subject'), 'nothing is kept of it').to.equal('');
  });

  it('CC-29 E-DUP stores one case with its files and tags', async () => {
    const form = await reloaded(async (first) => {
      fill(first, 'tags', 'router,evening,');
      attach(first, new File(['speed'], 'speed-test.txt'));
      await until(first, '.file:not(:has(progress))');
    });
    const created = heard(form, 'case-create');
    press(form, 'save');
    const { caseId } = (await created).detail;
    expect((await stored()).map(({ id }) => id)).to.deep.equal([caseId]);
  });

  it('CC-29 stores another case when it was changed meanwhile', async () => {
    const form = await reloaded();
    fill(form, 'subject', 'Something else');
    const created = heard(form, 'case-create');
    press(form, 'save');
    await created;
    const subjects = (await stored()).map(({ subject }) => subject);
    expect(subjects).to.have.members(['Router drops the line', 'Something else']);
  });

  it('CC-29 E-DUP stores one case when it was changed and changed back', async () => {
    const form = await reloaded();
    fill(form, 'subject', 'Something else');
    fill(form, 'subject', 'Router drops the line');
    const created = heard(form, 'case-create');
    press(form, 'save');
    await created;
    expect(await stored()).to.have.length(1);
  });
});
