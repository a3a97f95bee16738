import { expect, fixture, html } from '@open-wc/testing';

import '../../components/case-detail/case-detail.js';
import '../../components/case-edit-panel/case-edit-panel.js';
import '../../components/case-form/case-form.js';
import '../../components/case-list/case-list.js';
import type { CaseProvider } from '../../components/case-provider/case-provider.element.js';
import type { ChoiceList } from '../../src/contract/settings.js';
import { aFrame, firstCaseId } from './case-detail-support.js';
import { expectAccessible } from './expect-accessible.js';
import { aComposer, notesOf, submitButton, textField, write } from './note-composer-support.js';
import {
  type TestTenant,
  aCase,
  aProvider,
  aTenant,
  closeElsewhere,
  deepFocus,
  disposeClients,
  everything,
  find,
  findAll,
  nextEvent,
  textOf,
  type,
  untilFound,
  untilNoText,
  untilText,
} from './support.js';
import { waitUntil } from './wait-until.js';

type Answer = (request: Request) => Promise<Response>;

/** Hears nothing of what others do, so that it learns of it from the server's refusal alone. */
const deaf: Answer = (request) =>
  new URL(request.url).pathname === '/v1/events'
    ? Promise.reject(new TypeError('Failed to fetch'))
    : fetch(request);

/** A server that answers every write with a problem. */
function refusing(problem: {
  readonly status: number;
  readonly code: string;
  readonly limit?: number;
}): Answer {
  return (request) => {
    if (request.method === 'GET') return fetch(request);
    const type = `urn:casement:problem:${problem.code}`;
    // Longer than anybody waits: the caller is told at once.
    const headers = { 'content-type': 'application/problem+json', 'retry-after': '120' };
    return Promise.resolve(
      Response.json({ type, title: 'Refused', ...problem }, { status: problem.status, headers }),
    );
  };
}

async function retire(tenant: TestTenant, list: ChoiceList, id: string): Promise<void> {
  const { settings } = tenant.clientFor('administrator');
  const { version, [list]: values } = await settings.get();
  const change = values.map((choice) => (choice.id === id ? { ...choice, retired: true } : choice));
  await settings.update({ [list]: change }, { version });
}

async function aPanel(section: 'note' | 'status' | 'edit', fetch: Answer, tenant?: TestTenant) {
  const used = tenant ?? (await aTenant([aCase()]));
  const caseId = await firstCaseId(used);
  const provider = await aProvider({ tenant: used, fetch }, html`<case-edit-panel></case-edit-panel>`);
  const panel = provider.querySelector('case-edit-panel') as HTMLElementTagNameMap['case-edit-panel'];
  panel.open({ caseId, section });
  await untilFound(panel, 'tab', 'Note');
  return { panel, tenant: used, caseId };
}

async function aForm(fetch: Answer, tenant: TestTenant) {
  const provider = await aProvider(
    { tenant, fetch },
    html`<case-form customer-id=${tenant.customers.aldermill}></case-form>`,
  );
  const form = provider.querySelector('case-form') as HTMLElementTagNameMap['case-form'];
  form.open();
  type(await untilFound(form, 'textbox', /^Subject/), 'Router drops the line');
  type(await untilFound(form, 'textbox', /^Description/), 'Every evening at eight.');
  type(await untilFound(form, 'combobox', /^Type/), 'technical');
  type(await untilFound(form, 'combobox', /^Contact method/), 'phone');
  return form;
}

/** What stands under a field, as `aria-describedby` links it. */
function errorUnder(field: Element): string {
  const root = field.getRootNode() as ShadowRoot;
  const ids = (field.getAttribute('aria-describedby') ?? '').split(' ');
  const error = ids.map((id) => root.getElementById(id)).find((element) => element?.matches('.error'));
  return error ? textOf(error) : '';
}

describe('E-VAL a value that leaves its list while it is used', () => {
  afterEach(disposeClients);
  const gone = 'This can no longer be chosen. Choose another.';

  it('CC-35 the subject of a note in the composer', async () => {
    const { composer, tenant, caseId } = await aComposer({ fetch: deaf });
    await write(composer, 'Called back.');
    await retire(tenant, 'noteSubjects', 'follow-up');
    submitButton(composer).click();
    await untilText(composer, gone);
    const subject = find(composer, 'combobox', /Subject/) as HTMLElement;
    expect(errorUnder(subject)).to.equal(gone);
    await waitUntil(() => deepFocus() === subject);
    expect(textField(composer).value).to.equal('Called back.');
    expect(await notesOf(tenant, caseId)).to.deep.equal([]);
  });

  it('CC-35 the subject of a note in the panel', async () => {
    const { panel, tenant, caseId } = await aPanel('note', deaf);
    const text = await untilFound<HTMLTextAreaElement>(panel, 'textbox', /^Note for colleagues/);
    type(text, 'Called back.');
    const subject = find(panel, 'combobox', /^Note subject/) as HTMLElement;
    type(subject, 'follow-up');
    await retire(tenant, 'noteSubjects', 'follow-up');
    find(panel, 'button', 'Add internal note')?.click();
    await waitUntil(() => errorUnder(subject) === gone);
    await waitUntil(() => deepFocus() === subject);
    expect(text.value).to.equal('Called back.');
    expect(await notesOf(tenant, caseId)).to.deep.equal([]);
  });

  for (const [row, list, id, label, button, status] of [
    ['CC-40', 'closureReasons', 'resolved', /^Closure reason/, 'Close case', 'open'],
    ['CC-44', 'reopenReasons', 'not-solved', /^Reopen reason/, 'Reopen case', 'closed'],
  ] as const)
    it(`${row} the reason in the panel: the case stays ${status}`, async () => {
      const tenant = await aTenant([aCase()]);
      const caseId = await firstCaseId(tenant);
      if (status === 'closed') await closeElsewhere(tenant, caseId);
      const { panel } = await aPanel('status', deaf, tenant);
      const reason = await untilFound(panel, 'combobox', label);
      type(reason, id);
      const note = find(panel, 'textbox', /^Explain/) as HTMLTextAreaElement;
      type(note, 'All said.');
      await retire(tenant, list, id);
      find(panel, 'button', button)?.click();
      await waitUntil(() => errorUnder(reason) === gone);
      await waitUntil(() => deepFocus() === reason);
      expect(note.value).to.equal('All said.');
      expect((await tenant.clientFor('administrator').cases.get(caseId)).status).to.equal(status);
    });

  it('CC-30 the reason of Save and close: nothing is saved', async () => {
    const tenant = await aTenant();
    const form = await aForm(deaf, tenant);
    find(form, 'button', 'Save and close')?.click();
    const reason = await untilFound(form, 'combobox', /^Closure reason/);
    type(reason, 'resolved');
    type(find(form, 'textbox', /^Explain the closure/) as HTMLElement, 'Answered.');
    await retire(tenant, 'closureReasons', 'resolved');
    find(form, 'button', /^Save and close/)?.click();
    await waitUntil(() => errorUnder(reason) === gone);
    expect((await tenant.clientFor('administrator').cases.list()).items).to.deep.equal([]);
  });

  for (const [row, section, list, id, label, message] of [
    ['CC-35', 'note', 'noteSubjects', 'follow-up', /^Note subject/, 'Choose what this note is about.'],
    ['CC-40', 'status', 'closureReasons', 'resolved', /^Closure reason/, 'Choose why this case is closed.'],
  ] as const)
    it(`${row} is asked for without a request where the panel has heard of it`, async () => {
      const writes: string[] = [];
      const { panel, tenant } = await aPanel(section, (request) => {
        if (request.method !== 'GET') writes.push(request.url);
        return fetch(request);
      });
      const field = await untilFound<HTMLSelectElement>(panel, 'combobox', label);
      type(field, id);
      type(find(panel, 'textbox', /^(Note for|Explain)/) as HTMLElement, 'All said.');
      await retire(tenant, list, id);
      await waitUntil(() => ![...field.options].some(({ value }) => value === id), 'it is still offered');
      find(panel, 'button', section === 'note' ? 'Add internal note' : 'Close case')?.click();
      await waitUntil(() => errorUnder(field) === message);
      expect(writes).to.deep.equal([]);
    });

  for (const [row, section, field, text, message] of [
    ['CC-36', 'note', /^Note for colleagues/, ' \n\t ', 'Write the note.'],
    ['CC-41', 'status', /^Explain the closure/, ' \n\t ', 'Explain why this case is closed.'],
  ] as const)
    it(`${row} a text of blanks alone is none, in the panel`, async () => {
      const writes: string[] = [];
      const { panel } = await aPanel(section, (request) => {
        if (request.method !== 'GET') writes.push(request.url);
        return fetch(request);
      });
      const box = await untilFound(panel, 'textbox', field);
      type(box, text);
      type(
        find(panel, 'combobox', /(subject|reason)/) as HTMLElement,
        section === 'note' ? 'follow-up' : 'resolved',
      );
      find(panel, 'button', section === 'note' ? 'Add internal note' : 'Close case')?.click();
      await waitUntil(() => errorUnder(box) === message);
      await waitUntil(() => deepFocus() === box);
      expect(writes).to.deep.equal([]);
    });

  it('CC-45 CC-46 an explanation of blanks leaves the case closed', async () => {
    const tenant = await aTenant([aCase()]);
    const caseId = await firstCaseId(tenant);
    await closeElsewhere(tenant, caseId);
    const { panel } = await aPanel('status', (request) => fetch(request), tenant);
    type(await untilFound(panel, 'combobox', /^Reopen reason/), 'not-solved');
    const note = find(panel, 'textbox', /^Explain the reopening/) as HTMLElement;
    type(note, '   ');
    find(panel, 'button', 'Reopen case')?.click();
    await waitUntil(() => errorUnder(note) === 'Explain why this case is reopened.');
    const { cases } = tenant.clientFor('administrator');
    expect((await cases.get(caseId)).status).to.equal('closed');
    expect((await cases.timeline(caseId)).items.map(({ kind }) => kind)).to.deep.equal([
      'closure',
      'creation',
    ]);
  });
});

describe('E-LIMIT', () => {
  afterEach(disposeClients);

  it('CC-36 states how large a note may be, and keeps it', async () => {
    const { composer } = await aComposer({
      fetch: refusing({ status: 413, code: 'too_large', limit: 2_000_000 }),
    });
    await write(composer, 'With too much in it.');
    submitButton(composer).click();
    const alert = await untilFound(composer, 'alert');
    expect(textOf(alert)).to.contain('no more than 2 MB may be sent');
    expect(textField(composer).value).to.equal('With too much in it.');
  });

  it('CC-50 states how often something may be sent, and keeps what was typed', async () => {
    const { panel } = await aPanel('edit', refusing({ status: 429, code: 'rate_limited', limit: 1200 }));
    const subject = await untilFound<HTMLInputElement>(panel, 'textbox', /^Subject/);
    type(subject, 'Too often');
    find(panel, 'button', 'Save case')?.click();
    const alert = await untilFound(panel, 'alert');
    expect(textOf(alert)).to.contain('no more than 1,200 times a minute');
    expect(subject.value).to.equal('Too often');
    await untilFound(panel, 'button', 'Retry');
  });
});

describe('the trouble of the server', () => {
  afterEach(disposeClients);

  for (const [status, code] of [
    [500, 'internal'],
    [503, 'unavailable'],
  ] as const)
    it(`CC-29 a new case keeps its values through a ${status}, and one Retry stores it once`, async () => {
      const tenant = await aTenant();
      let broken = true;
      const refuse = refusing({ status, code });
      const form = await aForm((request) => (broken ? refuse(request) : fetch(request)), tenant);
      find(form, 'button', 'Save')?.click();
      const retry = await untilFound(form, 'button', 'Retry');
      expect(textOf(form)).to.contain('Nothing you typed is lost');
      expect(find<HTMLInputElement>(form, 'textbox', /^Subject/)?.value).to.equal('Router drops the line');
      expect(find<HTMLSelectElement>(form, 'combobox', /^Type/)?.value).to.equal('technical');
      broken = false;
      const created = nextEvent(document, 'case-create');
      retry.click();
      await created;
      const { items } = await tenant.clientFor('administrator').cases.list();
      expect(items.map(({ subject, status: state }) => [subject, state])).to.deep.equal([
        ['Router drops the line', 'open'],
      ]);
    });
});

describe('E-GONE', () => {
  afterEach(disposeClients);

  it('CC-03 a case that was removed says by whom and when, and nothing else of it', async () => {
    const problem = {
      type: 'urn:casement:problem:gone',
      title: 'No longer there',
      status: 410,
      code: 'gone',
      by: { id: 'person_iris', name: 'Iris Vahl' },
      at: '2025-02-11T10:00:00Z',
    };
    const headers = { 'content-type': 'application/problem+json' };
    const { detail } = await aFrame({
      fetch: (request) =>
        /^\/v1\/cases\/[^/]+$/.test(new URL(request.url).pathname)
          ? Promise.resolve(Response.json(problem, { status: 410, headers }))
          : fetch(request),
    });
    await untilText(detail, 'This case is no longer there');
    expect(textOf(detail)).to.match(/Removed by Iris Vahl, 11 Feb 2025, 11:00\./);
    expect(textOf(detail)).not.to.match(/Charged twice|Two debits|Aldermill/);
    expect(find(detail, 'button', 'Try again'), 'it will not come back').to.equal(undefined);
  });
});

describe('E-CONFIG', () => {
  afterEach(disposeClients);

  it('a provider without a client says so to the reader and shows no case, until it has one', async () => {
    const tenant = await aTenant([aCase()]);
    const told = nextEvent<CustomEvent<{ message: string }>>(document, 'config-error');
    const provider = await fixture<CaseProvider>(html`
      <case-provider><case-list></case-list></case-provider>
    `);
    await told;
    await untilText(provider, 'Cases cannot be shown: this page is not set up for them.');
    expect(find(provider, 'alert')).to.exist;
    await expectAccessible(provider);
    expect(textOf(provider)).not.to.contain('Charged twice');
    provider.getToken = () => tenant.tokens.agent;
    await untilText(provider, 'Charged twice');
    await untilNoText(provider, 'Cases cannot be shown');
  });
});

describe('E-DUP', () => {
  afterEach(disposeClients);

  it('CC-29 CC-37 a double press ends in one message of success', async () => {
    const { composer, tenant, caseId } = await aComposer();
    await write(composer, 'Once.');
    const created: Event[] = [];
    composer.addEventListener('note-create', (event) => created.push(event));
    submitButton(composer).click();
    submitButton(composer).click();
    await untilText(composer, 'Internal note added.');
    const said = findAll(composer, 'status').map(textOf).filter(Boolean);
    expect(said).to.deep.equal(['Internal note added.']);
    expect(await notesOf(tenant, caseId)).to.have.length(1);
    expect(created).to.have.length(1);
  });
});

describe('decision 4', () => {
  afterEach(disposeClients);

  it('CC-37 CC-43 a customer’s reply reopens a closed case where the settings let it', async () => {
    const tenant = await aTenant([aCase()]);
    const caseId = await firstCaseId(tenant);
    const { settings, cases } = tenant.clientFor('administrator');
    await settings.update({ reopenOnCustomerReply: true }, { version: (await settings.get()).version });
    await closeElsewhere(tenant, caseId);
    const { composer } = await aComposer({ tenant, caseId, as: 'customer' });
    await write(composer, 'It happened again.');
    const created = nextEvent(document, 'note-create');
    submitButton(composer).click();
    await created;
    expect((await cases.get(caseId)).status).to.equal('open');
    const kinds = (await cases.timeline(caseId)).items.map(({ kind }) => kind);
    expect(kinds).to.include.members(['reopening', 'closure']);
  });
});

describe('names under a field', () => {
  afterEach(disposeClients);

  it('E-VAL every message is linked to its field, and the first wrong one has the focus', async () => {
    const tenant = await aTenant();
    const form = await aForm((request) => fetch(request), tenant);
    type(find(form, 'textbox', /^Subject/) as HTMLElement, ' ');
    type(find(form, 'combobox', /^Type/) as HTMLElement, '');
    find(form, 'button', 'Save')?.click();
    await untilText(form, 'Enter a subject.');
    const wrong = everything(form).filter((element) => element.matches('[aria-invalid=true]'));
    expect(wrong.map(errorUnder)).to.deep.equal(['Enter a subject.', 'Choose a type.']);
    await waitUntil(() => deepFocus() === wrong[0]);
    expect(find<HTMLTextAreaElement>(form, 'textbox', /^Description/)?.value).to.equal(
      'Every evening at eight.',
    );
  });
});
