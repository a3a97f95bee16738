import { expect, html } from '@open-wc/testing';

import '../../components/case-edit-panel/case-edit-panel.js';
import '../../components/case-form/case-form.js';
import { registerLinkType } from '../../components/shared/host-actions/registry.js';
import type { LinkType } from '../../components/shared/host-actions/host-types.js';
import type { CaseLink } from '../../src/contract/cases.js';
import { aDetail, firstCaseId } from './case-detail-support.js';
import { expectAccessible } from './expect-accessible.js';
import {
  aCase,
  aProvider,
  aTenant,
  deepFocus,
  disposeClients,
  find,
  nameOf,
  press,
  settled,
  textOf,
  type,
  untilFound,
  untilNoText,
  untilText,
  type ProviderOptions,
  type TestTenant,
} from './support.js';
import { waitUntil } from './wait-until.js';

const invoice = { type: 'invoice', id: 'INV-2031' };
const payment = { type: 'payment', id: 'p-17', label: 'Card, 12 May' };
const invoices: LinkType = { type: 'invoice', label: 'Invoice' };
const payments: LinkType = { type: 'payment', label: 'Payment' };

/** What is wrong with a field, as it is told to whoever stands in it. */
function errorOf(field: HTMLElement): string {
  const root = field.getRootNode() as ShadowRoot;
  const ids = (field.getAttribute('aria-describedby') ?? '').split(' ').filter((id) => id.endsWith('-error'));
  return ids.map((id) => textOf(root.getElementById(id) as Element)).join(' ');
}

async function untilError(field: HTMLElement, text: string): Promise<void> {
  await waitUntil(() => errorOf(field).includes(text), `It never said “${text}”.`);
  expect(field.getAttribute('aria-invalid')).to.equal('true');
}

const idField = (root: Element) => untilFound(root, 'textbox', 'Number or id');
const linkButton = (root: Element) => untilFound(root, 'button', 'Link');
const chooseType = async (root: Element, value: string) => {
  const select = await untilFound<HTMLSelectElement>(root, 'combobox', 'Type of link');
  select.value = value;
  select.dispatchEvent(new Event('change'));
};

describe('the field for links', () => {
  let tenant: TestTenant;

  afterEach(disposeClients);

  describe('in the edit panel', () => {
    let caseId: string;

    async function linked(links: readonly CaseLink[] = [invoice, payment]): Promise<void> {
      tenant = await aTenant([aCase({ departmentId: 'dept_care', links })]);
      caseId = await firstCaseId(tenant);
    }
    const stored = async () => (await tenant.clientFor('administrator').cases.get(caseId)).links;

    async function opened(types: readonly LinkType[] = [invoices, payments]) {
      const { detail, provider } = await aDetail({ tenant, caseId });
      for (const one of types) registerLinkType(provider, one);
      (await untilFound(detail, 'button', 'Edit case')).click();
      const panel = await untilFound(detail, 'dialog', /./);
      const tab = await untilFound(panel, 'tab', 'Edit case');
      tab.click();
      await untilFound(panel, 'button', 'Save case');
      return { detail, panel };
    }
    const save = async (panel: Element) => (await untilFound(panel, 'button', 'Save case')).click();

    it('adds and takes off, with a line of the history', async () => {
      await linked();
      const { detail, panel } = await opened();
      type(await idField(panel), ' INV-7 ');
      (await linkButton(panel)).click();
      await untilFound(panel, 'button', 'Remove Invoice INV-7');
      (await untilFound(panel, 'button', 'Remove Payment Card, 12 May')).click();
      await settled();
      await save(panel);
      await untilText(detail, 'Case saved.');
      expect(await stored()).to.deep.equal([invoice, { type: 'invoice', id: 'INV-7' }]);
      await untilText(detail, 'Mara Lindqvist linked the case to Invoice INV-7');
      await untilText(detail, 'Mara Lindqvist removed the link to Payment Card, 12 May');
    });

    it('adds another type under a name of its own, from the keyboard, and says so', async () => {
      await linked([]);
      const { detail, panel } = await opened();
      await untilText(panel, 'Linked to nothing.');
      await chooseType(panel, 'payment');
      type(await idField(panel), 'p-18');
      const name = await untilFound(panel, 'textbox', 'Shown as');
      name.focus();
      type(name, 'Card, 3 June');
      press('Enter');
      await untilFound(panel, 'button', 'Remove Payment Card, 3 June');
      await untilText(panel, 'Linked: Payment Card, 3 June');
      await waitUntil(() => nameOf(deepFocus()) === 'Number or id', 'the focus is lost');
      expect(((await idField(panel)) as HTMLInputElement).value).to.equal('');
      await save(panel);
      await untilText(detail, 'Case saved.');
      expect(await stored()).to.deep.equal([{ type: 'payment', id: 'p-18', label: 'Card, 3 June' }]);
    });

    it('gives what is linked already another name, and does not link it twice', async () => {
      await linked([invoice]);
      const { detail, panel } = await opened();
      type(await idField(panel), invoice.id);
      (await linkButton(panel)).click();
      await untilError(await idField(panel), 'The case is linked to this already.');
      type(await untilFound(panel, 'textbox', 'Shown as'), 'May');
      await waitUntil(async () => errorOf(await idField(panel)) === '');
      (await linkButton(panel)).click();
      await untilFound(panel, 'button', 'Remove Invoice May');
      await save(panel);
      await untilText(detail, 'Case saved.');
      expect(await stored()).to.deep.equal([{ ...invoice, label: 'May' }]);
    });

    it('says at their place what is missing or too long, and keeps it', async () => {
      await linked([]);
      const { panel } = await opened();
      const id = (await idField(panel)) as HTMLInputElement;
      const name = await untilFound(panel, 'textbox', 'Shown as');
      (await linkButton(panel)).click();
      await untilError(id, 'Enter the number or id.');
      await waitUntil(() => deepFocus() === id, 'the focus is elsewhere');
      type(id, 'x'.repeat(201));
      await waitUntil(() => errorOf(id) === '');
      (await linkButton(panel)).click();
      await untilError(id, 'Shorten this to 200 characters.');
      type(id, 'INV-8');
      type(name, 'y'.repeat(201));
      await save(panel);
      await untilError(name, 'Shorten this to 200 characters.');
      await waitUntil(() => deepFocus() === name, 'the focus is elsewhere');
      expect(id.value).to.equal('INV-8');
      expect(await stored()).to.deep.equal([]);
    });

    it('links no more than may be', async () => {
      await linked(Array.from({ length: 50 }, (_, at) => ({ type: 'invoice', id: `INV-${at}` })));
      const { panel } = await opened();
      type(await idField(panel), 'INV-50');
      (await linkButton(panel)).click();
      await untilError(await idField(panel), 'Keep no more than 50.');
    });

    it('takes what is typed and not yet added when the case is saved', async () => {
      await linked([]);
      const { detail, panel } = await opened([invoices]);
      type(await idField(panel), 'INV-9');
      await settled();
      await save(panel);
      await untilText(detail, 'Case saved.');
      expect(await stored()).to.deep.equal([{ type: 'invoice', id: 'INV-9' }]);
    });

    it('lets links go where the page knows no type, and keeps the focus', async () => {
      await linked();
      const { detail, panel } = await opened([]);
      const remove = await untilFound(panel, 'button', 'Remove payment Card, 12 May');
      expect(find(panel, 'textbox', 'Number or id')).to.equal(undefined);
      remove.focus();
      remove.click();
      await untilText(panel, 'No longer linked: payment Card, 12 May');
      await waitUntil(() => nameOf(deepFocus()) === 'Linked', 'the focus is lost');
      await save(panel);
      await untilText(detail, 'Case saved.');
      expect(await stored()).to.deep.equal([invoice]);
    });

    it('is absent where there is nothing to link and nothing linked', async () => {
      await linked([]);
      const { panel } = await opened([]);
      await settled();
      expect(find(panel, 'textbox', 'Number or id')).to.equal(undefined);
      expect(textOf(panel)).not.to.contain('Linked');
    });
  });

  describe('in the form for a new case', () => {
    beforeEach(async () => {
      tenant = await aTenant();
    });

    async function aForm(
      types: readonly LinkType[] = [invoices, payments],
      options: Partial<ProviderOptions> = {},
    ) {
      const { items } = await tenant.clientFor('agent').customers.list({ q: 'Aldermill' });
      const provider = await aProvider(
        { tenant, as: 'agent', width: 'wide', ...options },
        html`<case-form inline customer-id=${items[0]?.id ?? ''}></case-form>`,
      );
      for (const one of types) registerLinkType(provider, one);
      const form = provider.querySelector('case-form') as HTMLElementTagNameMap['case-form'];
      await untilFound(form, 'textbox', /^Subject/);
      return form;
    }

    async function fillIn(form: Element): Promise<void> {
      type(await untilFound(form, 'textbox', /^Subject/), 'Charged twice');
      type(await untilFound(form, 'textbox', /^Description/), 'Two debits on the same day.');
      for (const [name, value] of [
        [/^Type \*|^Type$/, 'billing'],
        [/^Contact method/, 'phone'],
      ] as const) {
        const select = await untilFound<HTMLSelectElement>(form, 'combobox', name);
        select.value = value;
        select.dispatchEvent(new Event('change'));
      }
    }

    it('links what is added, and what is typed and not yet added', async () => {
      const form = await aForm();
      await fillIn(form);
      type(await idField(form), 'INV-7');
      (await linkButton(form)).click();
      await untilFound(form, 'button', 'Remove Invoice INV-7');
      await chooseType(form, 'payment');
      type(await idField(form), 'p-17');
      await expectAccessible(form);
      (await untilFound(form, 'button', 'Save')).click();
      await untilText(form, /Case #\d+ was added\./);
      const { items } = await tenant.clientFor('agent').cases.list({ link: ['invoice:INV-7'] });
      expect(items).to.have.length(1);
      const { links } = await tenant.clientFor('agent').cases.get(items[0]?.id ?? '');
      expect(links).to.deep.equal([
        { type: 'invoice', id: 'INV-7' },
        { type: 'payment', id: 'p-17' },
      ]);
      // The next case begins without them.
      await untilNoText(form, 'Invoice INV-7');
      expect(((await idField(form)) as HTMLInputElement).value).to.equal('');
    });

    it('keeps what is wrong with a link from being sent', async () => {
      const form = await aForm();
      await fillIn(form);
      const name = await untilFound(form, 'textbox', 'Shown as');
      type(name, 'May');
      (await untilFound(form, 'button', 'Save')).click();
      await untilError(await idField(form), 'Enter the number or id.');
      expect((await tenant.clientFor('agent').cases.list({})).items).to.be.empty;
    });

    it('is absent for customers, and where the page knows no type', async () => {
      const none = await aForm([]);
      await settled();
      expect(find(none, 'textbox', 'Number or id')).to.equal(undefined);
      const provider = await aProvider({ tenant, as: 'customer' }, html`<case-form inline></case-form>`);
      registerLinkType(provider, invoices);
      const form = provider.querySelector('case-form') as HTMLElementTagNameMap['case-form'];
      await untilFound(form, 'textbox', /^Subject/);
      await settled();
      expect(find(form, 'textbox', 'Number or id')).to.equal(undefined);
    });
  });
});
