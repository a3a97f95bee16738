import { expect, html } from '@open-wc/testing';

import '../../components/case-edit-panel/case-edit-panel.js';
import type { Case } from '../../src/contract/cases.js';
import { expectAccessible } from './expect-accessible.js';
import {
  aCase,
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

type CaseEditPanel = HTMLElementTagNameMap['case-edit-panel'];
type Section = NonNullable<Parameters<CaseEditPanel['open']>[0]['section']>;

describe('<case-edit-panel>', () => {
  let tenant: Tenant;
  let agent: Line;
  let record: Case;

  beforeEach(async () => {
    tenant = await aTenant();
    agent = aLine(tenant, 'agent');
    record = await aCase(tenant);
  });
  afterEach(() => agent.client.dispose());

  async function opened(
    section: Section,
    line = agent,
    theme: 'light' | 'dark' = 'light',
  ): Promise<CaseEditPanel> {
    const panel = await inProvider<CaseEditPanel>(line, html`<case-edit-panel></case-edit-panel>`, theme);
    panel.open({ caseId: record.id, section });
    await until(panel, '[role=tabpanel]');
    return panel;
  }

  const selected = (panel: CaseEditPanel) => find(panel, '[role=tab][aria-selected=true]').id;
  const stored = () => agent.client.cases.get(record.id);

  async function closed(by = agent): Promise<void> {
    const { version } = await by.client.cases.get(record.id);
    await by.client.cases.close(record.id, { reason: 'resolved', note: 'Refund sent.' }, { version });
  }

  /** Somebody else changes the case. */
  async function byAnother(change: Parameters<typeof agent.client.cases.update>[1]): Promise<void> {
    const other = aLine(tenant, 'otherAgent');
    const { version } = await other.client.cases.get(record.id);
    await other.client.cases.update(record.id, change, { version });
    other.client.dispose();
  }

  it('CC-31 CC-34 opens on the note when asked for', async () => {
    const panel = await opened('note');
    expect(selected(panel)).to.equal('tab-note');
    expect(find(panel, 'h2').textContent).to.contain(`Edit case #${record.number}`);
    expect(textOf(panel)).to.contain('OPEN');
  });

  it('CC-32 CC-34 opens on editing when asked for', async () => {
    const panel = await opened('edit');
    expect(selected(panel)).to.equal('tab-edit');
    expect(valueOf(panel, 'subject')).to.equal(record.subject);
  });

  it('CC-33 moves through its sections with the arrow keys', async () => {
    const panel = await opened('note');
    find(panel, '#tab-note').focus();
    key(find(panel, '#tab-note'), 'ArrowRight');
    await panel.updateComplete;
    expect(selected(panel)).to.equal('tab-status');
    expect(panel.shadowRoot?.activeElement?.id).to.equal('tab-status');
    key(find(panel, '#tab-status'), 'End');
    await panel.updateComplete;
    expect(selected(panel)).to.equal('tab-edit');
    key(find(panel, '#tab-edit'), 'ArrowRight');
    await panel.updateComplete;
    expect(selected(panel)).to.equal('tab-note');
    expect(find(panel, '[role=tabpanel]').getAttribute('aria-labelledby')).to.equal('tab-note');
  });

  it('CC-33 Escape with unsaved text asks first, and the focus returns to the opener', async () => {
    const panel = await inProvider<CaseEditPanel>(agent, html`<case-edit-panel></case-edit-panel>`);
    const pencil = document.createElement('button');
    panel.parentElement?.append(pencil);
    pencil.focus();
    panel.open({ caseId: record.id, section: 'note' });
    await until(panel, '[name=text]');
    fill(panel, 'text', 'Called back');
    key(find(panel, '[name=text]'), 'Escape');
    await until(panel, '[role=alertdialog]');
    key(find(panel, '[data-keep]'), 'Escape');
    await waitUntil(() => !has(panel, '[role=alertdialog]'));
    expect(valueOf(panel, 'text')).to.equal('Called back');
    find(panel, 'header .icon').click();
    await until(panel, '[role=alertdialog]');
    find(panel, '[role=alertdialog] .danger').click();
    await panel.updateComplete;
    expect(has(panel, 'dialog')).to.equal(false);
    expect(document.activeElement).to.equal(pencil);
    expect(await agent.client.drafts.load({ caseId: record.id, kind: 'note' })).to.equal(undefined);
  });

  it('CC-33 closes without a question when nothing was typed', async () => {
    const panel = await opened('edit');
    key(find(panel, '[name=subject]'), 'Escape');
    await panel.updateComplete;
    expect(has(panel, 'dialog')).to.equal(false);
  });

  it('CC-33 brings back what was typed earlier, by section', async () => {
    const first = await opened('edit');
    fill(first, 'subject', 'Charged three times');
    first.parentElement?.remove();
    const panel = await opened('edit');
    await untilText(panel, 'What you typed earlier is back.');
    expect(valueOf(panel, 'subject')).to.equal('Charged three times');
    press(panel, 'discard');
    await panel.updateComplete;
    expect(valueOf(panel, 'subject')).to.equal(record.subject);
  });

  it('CC-34 disables what a closed case does not take, says why, and chooses the next allowed one', async () => {
    await closed();
    const panel = await opened('note');
    expect(selected(panel)).to.equal('tab-status');
    for (const name of ['note', 'edit']) {
      const tab = find(panel, `#tab-${name}`);
      expect(tab.getAttribute('aria-disabled')).to.equal('true');
      const reason = find(panel, `#${tab.getAttribute('aria-describedby')}`);
      expect(reason.textContent).to.contain('closed');
    }
    find(panel, '#tab-edit').click();
    await panel.updateComplete;
    expect(selected(panel)).to.equal('tab-status');
  });

  it('CC-35 CC-36 asks for subject and text at once, without a request', async () => {
    const panel = await opened('note');
    fill(panel, 'text', '   ');
    press(panel, 'submit');
    await until(panel, '[aria-invalid=true]');
    expect(errorUnder(panel, 'subject')).to.equal('Choose what this note is about.');
    expect(errorUnder(panel, 'text')).to.equal('Write the note.');
    await waitUntil(() => panel.shadowRoot?.activeElement?.id === 'subject');
    expect(agent.writes).to.deep.equal([]);
  });

  it('CC-36 counts the characters and refuses too many', async () => {
    const panel = await opened('note');
    fill(panel, 'text', 'x'.repeat(4001));
    fill(panel, 'subject', 'follow-up');
    await untilText(panel, '4,001 of 4,000 characters.');
    press(panel, 'submit');
    await until(panel, '[aria-invalid=true]');
    expect(errorUnder(panel, 'text')).to.equal('Shorten this to 4,000 characters.');
    expect(agent.writes).to.deep.equal([]);
  });

  it('CC-37 adds an internal note to the existing case by Ctrl+Enter', async () => {
    const panel = await opened('note');
    expect(find(panel, '.paper').classList.contains('internal')).to.equal(true);
    fill(panel, 'subject', 'follow-up');
    fill(panel, 'text', 'Asked the bank.');
    const submitted = heard(panel, 'note-submit');
    const changed = heard(panel, 'case-change');
    key(find(panel, '[name=text]'), 'Enter', { ctrlKey: true });
    expect((await submitted).detail).to.deep.equal({ caseId: record.id });
    expect((await changed).detail).to.deep.equal({ caseId: record.id, change: 'note' });
    const { items } = await agent.client.notes.list(record.id);
    expect(items).to.have.length(1);
    expect(items[0]).to.include({ text: 'Asked the bank.', visibility: 'internal', subject: 'follow-up' });
    expect(has(panel, 'dialog')).to.equal(false);
  });

  it('CC-37 adds a note for the customer when chosen, once for a double press', async () => {
    const panel = await opened('note');
    find<HTMLInputElement>(panel, '[name=visibility][value=public]').click();
    await untilText(panel, 'Add note for the customer');
    fill(panel, 'subject', 'answer-to-customer');
    fill(panel, 'text', 'The refund is on its way.');
    const changed = heard(panel, 'case-change');
    press(panel, 'submit');
    press(panel, 'submit');
    await changed;
    const { items } = await agent.client.notes.list(record.id);
    expect(items.map(({ visibility }) => visibility)).to.deep.equal(['public']);
  });

  it('CC-37 on a case closed meanwhile says who closed it, keeps the text and offers to reopen', async () => {
    const panel = await opened('note');
    fill(panel, 'subject', 'follow-up');
    fill(panel, 'text', 'One more thing');
    const other = aLine(tenant, 'otherAgent');
    await closed(other);
    other.client.dispose();
    press(panel, 'submit');
    await untilText(panel, 'Tomás Reyes closed this case');
    await waitUntil(() => selected(panel) === 'tab-status');
    expect(textOf(panel)).to.contain('Reopen case');
    await waitUntil(async () => {
      const kept = await agent.client.drafts.load({ caseId: record.id, kind: 'note' });
      return JSON.stringify(kept ?? null).includes('One more thing');
    });
    expect((await agent.client.notes.list(record.id)).items.map(({ text }) => text)).to.not.include(
      'One more thing',
    );
  });

  it('CC-40 CC-41 asks for reason and explanation at once, and closes nothing', async () => {
    const panel = await opened('status');
    press(panel, 'submit');
    await until(panel, '[aria-invalid=true]');
    expect(errorUnder(panel, 'reason')).to.equal('Choose why this case is closed.');
    expect(errorUnder(panel, 'note')).to.equal('Explain why this case is closed.');
    expect(agent.writes).to.deep.equal([]);
    expect((await stored()).status).to.equal('open');
  });

  it('CC-42 closes the case with the reason, once for a double press', async () => {
    const panel = await opened('status');
    fill(panel, 'reason', 'resolved');
    fill(panel, 'visibility', 'public');
    fill(panel, 'note', 'Refund sent.');
    const announced = heard(panel, 'case-close');
    const changed = heard(panel, 'case-change');
    press(panel, 'submit');
    press(panel, 'submit');
    expect((await announced).detail).to.deep.equal({ caseId: record.id });
    expect((await changed).detail.change).to.equal('close');
    expect(await stored()).to.include({ status: 'closed' });
    expect((await stored()).closure?.reason).to.equal('resolved');
    expect(agent.writes).to.deep.equal([`POST /v1/cases/${record.id}/close`]);
  });

  it('CC-42 closes nothing when the host cancels', async () => {
    const panel = await opened('status');
    panel.addEventListener('case-close', (event) => event.preventDefault());
    fill(panel, 'reason', 'resolved');
    fill(panel, 'note', 'Refund sent.');
    press(panel, 'submit');
    await panel.updateComplete;
    expect(agent.writes).to.deep.equal([]);
  });

  it('CC-38 says who closed a case that is closed already, and shows how to reopen it', async () => {
    const panel = await opened('status');
    fill(panel, 'reason', 'resolved');
    fill(panel, 'note', 'Refund sent.');
    const other = aLine(tenant, 'otherAgent');
    await closed(other);
    other.client.dispose();
    press(panel, 'submit');
    await untilText(panel, 'Tomás Reyes closed this case at');
    await untilText(panel, 'Reopen reason');
  });

  it('CC-44 CC-45 CC-46 reopens only with reason and explanation, and keeps the closure in the history', async () => {
    await closed();
    agent.writes.length = 0;
    const panel = await opened('status');
    press(panel, 'submit');
    await until(panel, '[aria-invalid=true]');
    expect(errorUnder(panel, 'reason')).to.equal('Choose why this case is reopened.');
    expect(errorUnder(panel, 'note')).to.equal('Explain why this case is reopened.');
    expect(agent.writes).to.deep.equal([]);
    fill(panel, 'reason', 'not-solved');
    fill(panel, 'note', 'Charged again.');
    const announced = heard(panel, 'case-reopen');
    const changed = heard(panel, 'case-change');
    press(panel, 'submit');
    await announced;
    expect((await changed).detail.change).to.equal('reopen');
    expect((await stored()).status).to.equal('open');
    const { items } = await agent.client.cases.timeline(record.id);
    expect(items.map(({ kind }) => kind)).to.include.members(['closure', 'reopening']);
  });

  it('CC-43 says who reopened a case that is open already', async () => {
    await closed();
    const panel = await opened('status');
    fill(panel, 'reason', 'not-solved');
    fill(panel, 'note', 'Charged again.');
    const other = aLine(tenant, 'otherAgent');
    const { version } = await other.client.cases.get(record.id);
    await other.client.cases.reopen(record.id, { reason: 'new-information', note: 'Found it.' }, { version });
    other.client.dispose();
    press(panel, 'submit');
    await untilText(panel, 'Tomás Reyes reopened this case at');
    await untilText(panel, 'Closure reason');
  });

  it('CC-35 offers a customer a reply only, without a subject', async () => {
    const customer = aLine(tenant, 'customer');
    const panel = await opened('note', customer);
    expect(has(panel, '[name=subject]')).to.equal(false);
    expect(find(panel, '#tab-edit').getAttribute('aria-disabled')).to.equal('true');
    expect(find(panel, '#tab-status').getAttribute('aria-disabled')).to.equal('true');
    fill(panel, 'text', 'Any news?');
    const changed = heard(panel, 'case-change');
    press(panel, 'submit');
    await changed;
    expect((await customer.client.notes.list(record.id)).items.map(({ text }) => text)).to.deep.equal([
      'Any news?',
    ]);
    customer.client.dispose();
  });

  it('CC-33 says that a case is not available', async () => {
    const outsider = aLine(tenant, 'outsider');
    const panel = await inProvider<CaseEditPanel>(outsider, html`<case-edit-panel></case-edit-panel>`);
    panel.open({ caseId: record.id });
    await untilText(panel, 'This is not available.');
    expect(textOf(panel)).not.to.contain(record.subject);
    await expectAccessible(panel);
    outsider.client.dispose();
  });

  for (const theme of ['light', 'dark'] as const)
    it(`CC-33 is accessible in every section, with errors and while it asks, ${theme}`, async () => {
      const panel = await opened('note', agent, theme);
      await expectAccessible(panel);
      press(panel, 'submit');
      await until(panel, '[aria-invalid=true]');
      await expectAccessible(panel);
      find(panel, '#tab-status').click();
      await panel.updateComplete;
      press(panel, 'submit');
      await until(panel, '[aria-invalid=true]');
      await expectAccessible(panel);
      find(panel, '#tab-edit').click();
      await panel.updateComplete;
      fill(panel, 'subject', 'Mine');
      await byAnother({ subject: 'Theirs' });
      press(panel, 'submit');
      await until(panel, 'dialog.merge[open]');
      press(panel, 'merge-back');
      await panel.updateComplete;
      await expectAccessible(panel);
      press(panel, 'cancel');
      await until(panel, '[role=alertdialog]');
      await expectAccessible(panel);
    });

  it('CC-34 is accessible on a closed case', async () => {
    await closed();
    const panel = await opened('edit');
    await expectAccessible(panel);
  });

  it('CC-33 fits 320 px without scrolling sideways', async () => {
    const panel = await opened('edit');
    find(panel, 'dialog').style.setProperty('inline-size', '320px');
    for (const section of ['note', 'status', 'edit']) {
      find(panel, `#tab-${section}`).click();
      await panel.updateComplete;
      expect(overflows(panel), section).to.equal(false);
    }
  });
});
