import { expect, html } from '@open-wc/testing';

import '../../components/case-edit-panel/case-edit-panel.js';
import type { CaseEditPanel } from '../../components/case-edit-panel/case-edit-panel.element.js';
import '../../components/case-form/case-form.js';
import type { CaseForm } from '../../components/case-form/case-form.element.js';
import '../../components/note-composer/note-composer.js';
import type { NoteComposer } from '../../components/note-composer/note-composer.element.js';
import type { CaseClient } from '../../src/client/client.js';
import { firstCaseId } from './note-composer-support.js';
import { aCase, aProvider, aTenant, disposeClients, settled, type, untilFound } from './support.js';
import { waitUntil } from './wait-until.js';

/** Takes tokens from elsewhere: everything is forgotten and read again. */
async function readAnew(client: CaseClient | undefined, token: string): Promise<void> {
  const session = client?.queries.session();
  client?.update({ getToken: () => token });
  expect(session?.getState().data).to.equal(undefined);
  await waitUntil(() => session?.getState().data);
  await settled();
}

const valueOf = async (root: Element, name: string | RegExp) =>
  (await untilFound<HTMLTextAreaElement>(root, 'textbox', name)).value;

describe('typed text', () => {
  afterEach(disposeClients);

  it('stays in <case-form> for the same person, and never shows to another', async () => {
    const tenant = await aTenant();
    const { client, firstElementChild } = await aProvider(
      { tenant },
      html`<case-form inline customer-id=${tenant.customers.aldermill}></case-form>`,
    );
    const form = firstElementChild as CaseForm;
    type(await untilFound(form, 'textbox', /^Subject/), 'Half a subject');
    await readAnew(client, tenant.tokens.agent);
    expect(await valueOf(form, /^Subject/)).to.equal('Half a subject');
    await readAnew(client, tenant.tokens.otherAgent);
    expect(await valueOf(form, /^Subject/)).to.equal('');
  });

  it('stays in <case-edit-panel> for the same person, and never shows to another', async () => {
    const tenant = await aTenant([aCase()]);
    const caseId = await firstCaseId(tenant);
    const { client, firstElementChild } = await aProvider(
      { tenant },
      html`<case-edit-panel></case-edit-panel>`,
    );
    const panel = firstElementChild as CaseEditPanel;
    panel.open({ caseId, section: 'note' });
    type(await untilFound(panel, 'textbox', /^Note for/), 'Half a note');
    await readAnew(client, tenant.tokens.agent);
    expect(await valueOf(panel, /^Note for/)).to.equal('Half a note');
    await readAnew(client, tenant.tokens.otherAgent);
    expect(await valueOf(panel, /^Note for/)).to.equal('');
    const { drafts } = tenant.clientFor('otherAgent');
    expect(await drafts.load({ caseId, kind: 'note' })).to.equal(undefined);
  });

  it('has one line in <note-composer> until it is entered, and more from then on', async () => {
    const tenant = await aTenant([aCase()]);
    const caseId = await firstCaseId(tenant);
    const { firstElementChild } = await aProvider(
      { tenant },
      html`<note-composer case-id=${caseId}></note-composer>`,
    );
    const composer = firstElementChild as NoteComposer;
    const field = await untilFound(composer, 'textbox');
    const before = field.offsetHeight;
    field.dispatchEvent(new FocusEvent('focus'));
    await composer.updateComplete;
    expect(field.offsetHeight).to.be.greaterThan(before + 10);
    field.dispatchEvent(new FocusEvent('blur'));
    await composer.updateComplete;
    expect(field.offsetHeight).to.be.greaterThan(before + 10);
  });
});
