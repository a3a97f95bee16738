import { expect, html } from '@open-wc/testing';

import '../../components/case-edit-panel/case-edit-panel.js';
import '../../components/case-form/case-form.js';
import type { Project } from '../../src/contract/projects.js';
import { aChangedCase, aDetail, factOf, firstCaseId, type Options } from './case-detail-support.js';
import { expectAccessible } from './expect-accessible.js';
import { network, share } from './sharing-support.js';
import {
  aCase,
  aProvider,
  aTenant,
  deepFocus,
  disposeClients,
  find,
  findAll,
  nextEvent,
  press,
  textOf,
  type,
  untilFound,
  untilNoText,
  untilText,
  type TestTenant,
} from './support.js';
import { waitUntil } from './wait-until.js';

describe('the project of a case', () => {
  let tenant: TestTenant;
  let caseId: string;
  let mill: Project;
  let school: Project;

  beforeEach(async () => {
    tenant = await aTenant([aCase({ departmentId: 'dept_care' })]);
    caseId = await firstCaseId(tenant);
    const { projects } = tenant.clientFor('administrator');
    mill = await projects.create({ name: 'Fibre for the mill' });
    school = await projects.create({ name: 'Fibre for the school' });
    await projects.create({ name: 'New offices' });
  });
  afterEach(disposeClients);

  const stored = async () => (await tenant.clientFor('administrator').cases.get(caseId)).project;

  async function moveElsewhere(projectId: string | null): Promise<void> {
    const { cases } = tenant.clientFor('administrator');
    const { version } = await cases.get(caseId);
    await cases.update(caseId, { projectId }, { version });
  }

  async function opened(options: Options = {}) {
    const { detail } = await aDetail({ tenant, caseId, as: 'agent', ...options });
    (await untilFound(detail, 'button', 'Edit case')).click();
    const panel = await untilFound(detail, 'dialog', /./);
    (await untilFound(panel, 'tab', 'Edit case')).click();
    await untilFound(panel, 'button', 'Save case');
    return { detail, panel };
  }

  const field = (root: Element) => untilFound<HTMLInputElement>(root, 'combobox', 'Project');
  const save = async (panel: Element) => (await untilFound(panel, 'button', 'Save case')).click();

  async function choose(root: Element, typed: string, name: string): Promise<void> {
    const input = await field(root);
    input.focus();
    type(input, typed);
    await untilFound(root, 'option', name);
    // Those that do not match are offered no longer.
    await waitUntil(() => findAll(root, 'option', /./).every((option) => textOf(option).includes('Fibre')));
    press('ArrowDown', input);
    press('Enter', input);
    await untilFound(root, 'button', `Take the case out of ${name}`);
    expect(deepFocus().id, 'the focus stays in the field').to.equal('project');
  }

  it('CU-19 CC-48 is found by type-ahead and put in, shown in the detail and told in the history', async () => {
    const { detail, panel } = await opened();
    expect(factOf(detail, 'Project'), 'it is in none yet').to.equal(undefined);
    await choose(panel, 'fib', 'Fibre for the mill');
    await untilText(panel, 'Whoever follows the project sees its cases.');
    expect((await field(panel)).value, 'free for another').to.equal('');
    await expectAccessible(detail);
    await save(panel);
    await untilText(detail, 'Case saved.');
    expect(await stored()).to.deep.equal({ id: mill.id, name: mill.name });
    await waitUntil(() => factOf(detail, 'Project') === mill.name, 'the detail does not say it');
    await untilText(detail, 'Mara Lindqvist put the case into the project Fibre for the mill');
  });

  it('CU-19 is changed by choosing another, and left by the key and the button of its chip', async () => {
    await moveElsewhere(mill.id);
    const { detail, panel } = await opened();
    await untilFound(panel, 'button', 'Take the case out of Fibre for the mill');
    await choose(panel, 'fibre for the s', 'Fibre for the school');
    expect(find(panel, 'button', 'Take the case out of Fibre for the mill')).to.equal(undefined);
    await save(panel);
    await untilText(detail, 'Case saved.');
    expect((await stored())?.id).to.equal(school.id);

    (await untilFound(detail, 'button', 'Edit case')).click();
    const again = await untilFound(detail, 'dialog', /./);
    (await untilFound(again, 'tab', 'Edit case')).click();
    (await untilFound(again, 'button', 'Take the case out of Fibre for the school')).click();
    await waitUntil(() => find(again, 'button', /^Take the case out/) === undefined, 'the chip stays');
    expect(deepFocus().id, 'the focus stays in the field').to.equal('project');
    await choose(again, 'fibre for the s', 'Fibre for the school');
    press('Backspace', await field(again));
    await waitUntil(() => find(again, 'button', /^Take the case out/) === undefined, 'the chip stays');
    await save(again);
    await untilText(detail, 'Mara Lindqvist took the case out of its project');
    expect(await stored()).to.equal(null);
    expect(factOf(detail, 'Project')).to.equal(undefined);
  });

  it('says under the field that no project is called so, keeps what was typed and sends nothing', async () => {
    const writes: string[] = [];
    const { panel } = await opened({
      fetch: (request) => {
        if (request.method === 'PATCH') writes.push(request.url);
        return fetch(request);
      },
    });
    const input = await field(panel);
    input.focus();
    type(input, 'Tunnel');
    await untilText(panel, 'No project matches.');
    await save(panel);
    await untilText(panel, 'No project is called “Tunnel”. Choose one from the list, or empty the field.');
    expect(input.getAttribute('aria-invalid')).to.equal('true');
    await waitUntil(() => deepFocus() === input, 'the focus is elsewhere');
    expect(input.value).to.equal('Tunnel');
    expect(writes).to.deep.equal([]);
  });

  it('CC-50 is merged like any field where somebody else moved the case meanwhile', async () => {
    const { detail, panel } = await opened();
    await choose(panel, 'fib', 'Fibre for the mill');
    await moveElsewhere(school.id);
    await untilText(panel, 'You are changing Project too.');
    (await untilFound(panel, 'button', 'Compare and choose')).click();
    await untilText(detail, 'Fibre for the school');
    (await untilFound<HTMLInputElement>(detail, 'radio', 'Keep mine')).click();
    findAll(detail, 'button', 'Save case').at(-1)?.click();
    await untilText(detail, 'Case saved.');
    expect((await stored())?.id).to.equal(mill.id);
  });

  it('DE-14 is shown to a department that received the case at the full level, and not theirs to change', async () => {
    await moveElsewhere(mill.id);
    const { settings } = tenant.clientFor('administrator');
    const { version } = await settings.get();
    await settings.update({ sharing: { departmentRoles: ['customer-service'] } }, { version });
    await share(tenant, caseId, 'agent', { ...network, level: 'full' });
    const { detail, panel } = await opened({ as: 'technician' });
    expect(factOf(detail, 'Project')).to.equal(mill.name);
    await untilFound(panel, 'textbox', /^Subject/);
    expect(find(panel, 'combobox', 'Project')).to.equal(undefined);
  });

  it('DE-12 is absent from the form, and named as hidden in the detail, where it is masked', async () => {
    await moveElsewhere(mill.id);
    const { detail, panel } = await opened({
      fetch: aChangedCase({ project: undefined, masked: ['project'] }),
    });
    expect(factOf(detail, 'Project')).to.equal('Hidden at your level');
    await untilFound(panel, 'textbox', /^Subject/);
    expect(find(panel, 'combobox', 'Project')).to.equal(undefined);
  });

  it('CC-27 is chosen with a new case by agents, kept with the draft, and never asked of customers', async () => {
    const form = async (as: 'agent' | 'customer') => {
      const provider = await aProvider(
        { tenant, as, width: 'wide' },
        html`<case-form inline customer-id="cust_aldermill"></case-form>`,
      );
      return provider.querySelector('case-form') as HTMLElement;
    };
    const element = await form('agent');
    type(await untilFound(element, 'textbox', /^Subject/), 'Trench across the yard');
    type(await untilFound(element, 'textbox', /^Description/), 'It is in the way of the lorries.');
    for (const [name, value] of [
      [/^Type/, 'billing'],
      [/^Contact method/, 'phone'],
    ] as const) {
      const select = await untilFound<HTMLSelectElement>(element, 'combobox', name);
      select.value = value;
      select.dispatchEvent(new Event('change'));
    }
    await choose(element, 'fib', 'Fibre for the mill');
    const created = nextEvent<CustomEvent<{ caseId: string }>>(element, 'case-create');
    (await untilFound(element, 'button', 'Save')).click();
    caseId = (await created).detail.caseId;
    expect((await stored())?.id).to.equal(mill.id);
    await untilText(element, /Case #\d+ was added/);
    await waitUntil(() => find(element, 'button', /^Take the case out/) === undefined, 'it begins anew');

    const theirs = await form('customer');
    await untilFound(theirs, 'textbox', /^Subject/);
    expect(find(theirs, 'combobox', 'Project')).to.equal(undefined);
    await untilNoText(theirs, 'Project');
  });
});
