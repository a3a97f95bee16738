import { expect, html } from '@open-wc/testing';

import '../../components/case-form/case-form.js';
import '../../components/case-list/case-list.js';
import type { CaseForm } from '../../components/case-form/case-form.element.js';
import type { CaseList } from '../../components/case-list/case-list.element.js';
import { aDetail } from './case-detail-support.js';
import { aComposer, addFiles, submitButton, textField, write } from './note-composer-support.js';
import { aSharedTenant, leo, network, share } from './sharing-support.js';
import {
  aProvider,
  aTenant,
  deepFocus,
  disposeClients,
  find,
  settled,
  textOf,
  type,
  untilFound,
  untilNoText,
  untilText,
  type TestTenant,
} from './support.js';
import { waitUntil } from './wait-until.js';

const notesOf = async (tenant: TestTenant, caseId: string) =>
  (await tenant.clientFor('administrator').notes.list(caseId)).items;

describe('a co-worker answers', () => {
  afterEach(disposeClients);

  async function leosComposer() {
    const { tenant, caseId } = await aSharedTenant();
    await share(tenant, caseId, 'customer', leo);
    return aComposer({ tenant, caseId, as: 'colleague' });
  }

  it('CO-21 CO-24 by typing and one press, however often it comes; nothing but spaces is not sent', async () => {
    const { tenant, caseId, composer } = await leosComposer();
    await write(composer, '   ');
    expect(submitButton(composer).getAttribute('aria-disabled')).to.equal('true');
    await write(composer, 'It is the left oven.');
    submitButton(composer).click();
    submitButton(composer).click();
    await untilText(composer, 'Reply sent.');
    await settled();
    expect(await notesOf(tenant, caseId)).to.have.length(1);
  });

  it('CO-22 CO-23 with a file; what is not taken is refused before it is sent, and the text stays', async () => {
    const { tenant, caseId, composer } = await leosComposer();
    await write(composer, 'See the picture.');
    await addFiles(composer, new File(['x'], 'run.exe'));
    await untilText(composer, /not accepted|not taken/);
    expect(textField(composer).value).to.equal('See the picture.');
    await addFiles(composer, new File(['x'], 'oven.png', { type: 'image/png' }));
    await untilText(composer, 'oven.png');
    submitButton(composer).click();
    await untilText(composer, 'Reply sent.');
    const [note] = await notesOf(tenant, caseId);
    expect(note?.by?.name).to.equal('Leo Aske');
    expect(note?.attachments.map(({ name }) => name)).to.deep.equal(['oven.png']);
  });

  it('CO-26 a copy by address is refused, with the way to the list of who is in', async () => {
    const { tenant, caseId } = await aSharedTenant();
    await share(tenant, caseId, 'customer', leo);
    const { detail } = await aDetail({ tenant, caseId, as: 'customer' });
    type(await untilFound(detail, 'textbox', 'Your reply'), 'Cc: boss@aldermill.example\nHello.');
    (await untilFound(detail, 'button', 'Send reply')).click();
    await untilText(detail, 'Nobody gets a copy by address here.');
    expect(await notesOf(tenant, caseId)).to.deep.equal([]);
    (await untilFound(detail, 'button', 'See who has access')).click();
    await untilFound(detail, 'dialog', /^Share case/);
  });

  it('CO-26 where the settings allow it, such a line is a line like another', async () => {
    const { tenant, caseId } = await aSharedTenant();
    const { settings } = tenant.clientFor('administrator');
    await settings.update({ sharing: { ccAllowed: true } }, await settings.get());
    const { composer } = await aComposer({ tenant, caseId, as: 'customer' });
    await write(composer, 'Cc: boss@aldermill.example');
    submitButton(composer).click();
    await untilText(composer, 'Reply sent.');
  });
});

describe('a customer shares while submitting a case', () => {
  afterEach(disposeClients);

  async function aForm(fetch?: (request: Request) => Promise<Response>) {
    const tenant = await aTenant();
    const provider = await aProvider(
      { tenant, as: 'customer', ...(fetch && { fetch }) },
      html`<case-form inline></case-form>`,
    );
    const form = provider.querySelector('case-form') as CaseForm;
    await untilFound(form, 'textbox', /^Subject/);
    return { tenant, form };
  }

  async function fill(form: CaseForm): Promise<void> {
    type(await untilFound(form, 'textbox', /^Subject/), 'Oven off');
    type(await untilFound(form, 'textbox', /^(Description|Case text|Describe)/), 'It went off.');
    for (const [name, value] of [
      [/^Type/, 'technical'],
      [/^Contact method/, 'phone'],
    ] as const) {
      const field = find(form, 'combobox', name);
      if (field) type(field, value);
    }
  }

  async function name(form: CaseForm, typed: string, whole: RegExp): Promise<void> {
    const field = await untilFound(form, 'combobox', /^Share with co-workers/);
    field.focus();
    type(field, typed);
    (await untilFound(form, 'option', whole)).click();
    await untilFound(form, 'button', `Do not add ${typed}`);
    expect(deepFocus().id, 'the next name can be typed at once').to.equal(field.id);
  }

  it('CO-01 CO-02 CO-04 by name, with co-workers alone on offer; a name that is nobody’s is not sent', async () => {
    const { tenant, form } = await aForm();
    await fill(form);
    const field = await untilFound(form, 'combobox', /^Share with co-workers/);
    type(field, 'Nora');
    await untilText(form, 'Nobody to choose matches.');
    (find(form, 'button', /^(Add|Send|Submit|Save)/) as HTMLElement).click();
    await untilText(form, 'Nobody to choose is called “Nora”.');
    expect((await tenant.clientFor('customer').cases.list()).items).to.deep.equal([]);
    await name(form, 'Leo Aske', /^Leo Aske/);
    (find(form, 'button', /^(Add|Send|Submit|Save)/) as HTMLElement).click();
    const leos = tenant.clientFor('colleague');
    await waitUntil(async () => (await leos.cases.list()).items.length === 1, 'not shared');
  });

  it('CO-02 one bad name refuses the whole under that name, stores nothing and keeps what was typed', async () => {
    let bad = true;
    const { tenant, form } = await aForm(async (request) => {
      if (!bad || request.method !== 'POST' || !request.url.endsWith('/v1/cases')) return fetch(request);
      // Leo leaves the organisation before the case is sent.
      const body = (await request.json()) as { shareWith: { id: string }[] };
      const shareWith = body.shareWith.map((one) => ({ ...one, id: 'person_nora' }));
      return fetch(new Request(request, { body: JSON.stringify({ ...body, shareWith }) }));
    });
    await fill(form);
    await name(form, 'Leo Aske', /^Leo Aske/);
    (find(form, 'button', /^(Add|Send|Submit|Save)/) as HTMLElement).click();
    await untilText(form, /Leo Aske: This is no co-worker of yours\./);
    expect(find<HTMLInputElement>(form, 'textbox', /^Subject/)?.value).to.equal('Oven off');
    expect((await tenant.clientFor('customer').cases.list()).items).to.deep.equal([]);
    bad = false;
    (find(form, 'button', 'Do not add Leo Aske') as HTMLElement).click();
    await untilNoText(form, 'no co-worker of yours');
  });
});

describe('the lists of what is shared', () => {
  afterEach(disposeClients);

  it('CO-08 a co-worker finds the case among their cases and under its tab, with from whom it is', async () => {
    const { tenant, caseId } = await aSharedTenant();
    await share(tenant, caseId, 'customer', leo);
    const provider = await aProvider({ tenant, as: 'colleague' }, html`<case-list></case-list>`);
    const list = provider.querySelector('case-list') as CaseList;
    await untilText(list, 'Charged twice');
    const tab = await untilFound(list, 'button', 'Shared with me');
    await untilText(list, 'Shared by Pia Moreau');
    tab.click();
    await untilText(list, '1 case');
    expect(list.filterState).to.equal('shared=with-me');
    expect(tab.getAttribute('aria-pressed')).to.equal('true');
    (await untilFound(list, 'button', 'Shared by me')).click();
    await untilNoText(list, 'Charged twice');
  });

  it('DE-22 a department finds what it received in its Shared view alone', async () => {
    const { tenant, caseId } = await aSharedTenant();
    await share(tenant, caseId, 'agent', network);
    const provider = await aProvider({ tenant, as: 'technician' }, html`<case-list></case-list>`);
    const list = provider.querySelector('case-list') as CaseList;
    const tab = await untilFound(list, 'button', 'Shared with us');
    await untilText(list, 'No cases yet');
    expect(textOf(list)).not.to.contain('Charged twice');
    tab.click();
    await untilText(list, /Charged twice.*Shared by Customer Care/);
  });
});
