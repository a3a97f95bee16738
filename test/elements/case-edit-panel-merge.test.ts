import { expect, html, waitUntil } from '@open-wc/testing';

import '../../components/case-edit-panel/case-edit-panel.js';
import type { Case } from '../../src/contract/cases.js';
import { expectAccessible } from './expect-accessible.js';
import {
  aCase,
  aLine,
  aTenant,
  fill,
  find,
  has,
  heard,
  inProvider,
  key,
  press,
  textOf,
  until,
  untilText,
  valueOf,
  type Line,
  type Tenant,
} from './form-support.js';

type CaseEditPanel = HTMLElementTagNameMap['case-edit-panel'];

const conflictHead = 'The case was changed while you edited it';

describe('<case-edit-panel> two people edit one case', () => {
  let tenant: Tenant;
  let agent: Line;
  let other: Line;
  let record: Case;

  beforeEach(async () => {
    tenant = await aTenant();
    agent = aLine(tenant, 'agent');
    other = aLine(tenant, 'otherAgent');
    record = await aCase(tenant);
  });
  afterEach(() => {
    agent.client.dispose();
    other.client.dispose();
  });

  async function opened(theme: 'light' | 'dark' = 'light'): Promise<CaseEditPanel> {
    const panel = await inProvider<CaseEditPanel>(agent, html`<case-edit-panel></case-edit-panel>`, theme);
    panel.open({ caseId: record.id, section: 'edit' });
    await until(panel, '[role=tabpanel]');
    return panel;
  }

  const stored = () => agent.client.cases.get(record.id);

  async function byAnother(change: Parameters<typeof agent.client.cases.update>[1]): Promise<void> {
    const { version } = await other.client.cases.get(record.id);
    await other.client.cases.update(record.id, change, { version });
  }

  /** Both have changed subject and priority; only the other the type; only this one the deadline. */
  async function inConflict(theme: 'light' | 'dark' = 'light'): Promise<CaseEditPanel> {
    const panel = await opened(theme);
    fill(panel, 'priority', 'high');
    fill(panel, 'subject', 'Mine');
    fill(panel, 'deadline', '2031-01-01');
    await byAnother({ priority: 'low', subject: 'Theirs', type: 'complaint' });
    press(panel, 'submit');
    await until(panel, 'dialog.merge[open]');
    return panel;
  }

  const rows = (panel: CaseEditPanel) =>
    [...find(panel, 'dialog.merge tbody').querySelectorAll('tr')].map((row) =>
      [...row.querySelectorAll('th, td')].map((cell) =>
        (cell.querySelector('.value, .untouched, .settled, .choices') ?? cell).textContent
          ?.replace(/\s+/g, ' ')
          .trim(),
      ),
    );
  const choose = (panel: CaseEditPanel, field: string, side: 'mine' | 'theirs') =>
    find(panel, `[name=choice-${field}][value=${side}]`).click();
  const mergeSave = (panel: CaseEditPanel) => press(panel, 'merge-save');

  it('CC-50 shows each changed field as it was, theirs, mine and what stays, and overwrites nothing', async () => {
    const panel = await inConflict();
    const text = textOf(panel);
    expect(text).to.contain(conflictHead);
    expect(text).to.match(/Tomás Reyes changed this case at \d/);
    expect(text).to.contain('Both of you changed Subject and Priority: choose what stays.');
    expect(text).to.contain('Taken over, because you had not changed it: Type.');
    expect(rows(panel)).to.deep.equal([
      ['Subject', 'Charged twice in October', 'Theirs', 'Mine', 'Keep mine Take over from Tomás Reyes'],
      ['Type', 'Billing', 'Complaint', 'Not changed', 'Taken over'],
      ['Priority', 'Normal', 'Low', 'High', 'Keep mine Take over from Tomás Reyes'],
      ['Deadline', '4 May 2030', 'Not changed', '1 Jan 2031', 'Mine stays'],
    ]);
    expect(await stored()).to.include({ subject: 'Theirs', priority: 'low', deadline: '2030-05-04' });
  });

  it('CC-50 saves exactly what was chosen', async () => {
    const panel = await inConflict();
    choose(panel, 'subject', 'theirs');
    choose(panel, 'priority', 'mine');
    await panel.updateComplete;
    const changed = heard(panel, 'case-change');
    mergeSave(panel);
    await changed;
    expect(await stored()).to.include({
      subject: 'Theirs',
      priority: 'high',
      type: 'complaint',
      deadline: '2031-01-01',
    });
    const { items } = await agent.client.cases.timeline(record.id);
    const mine = items.find(({ by }) => by?.name === 'Mara Lindqvist' || by?.id === 'person_mara');
    expect(mine?.changes?.map(({ field }) => field)).to.have.members(['priority', 'deadline']);
  });

  it('CC-50 asks for every choice that is missing, without a request', async () => {
    const panel = await inConflict();
    const before = agent.writes.length;
    choose(panel, 'subject', 'mine');
    mergeSave(panel);
    await until(panel, '#merge-priority-error');
    expect(has(panel, '#merge-subject-error')).to.equal(false);
    expect(find(panel, '#merge-priority-error').textContent?.trim()).to.equal('Choose which value stays.');
    const group = find(panel, '[role=radiogroup][aria-invalid=true]');
    expect(group.getAttribute('aria-describedby')).to.equal('merge-priority-error');
    expect((panel.shadowRoot?.activeElement as HTMLInputElement).name).to.equal('choice-priority');
    expect(agent.writes.length).to.equal(before);
  });

  it('CC-50 takes one side for all at once', async () => {
    const panel = await inConflict();
    press(panel, 'all-theirs');
    await panel.updateComplete;
    expect(find<HTMLInputElement>(panel, '[name=choice-subject][value=theirs]').checked).to.equal(true);
    press(panel, 'all-mine');
    await panel.updateComplete;
    const changed = heard(panel, 'case-change');
    mergeSave(panel);
    await changed;
    expect(await stored()).to.include({ subject: 'Mine', priority: 'high', type: 'complaint' });
  });

  it('CC-50 goes back to the form with everything typed, by Escape and by button', async () => {
    const panel = await inConflict();
    expect(panel.shadowRoot?.activeElement?.id).to.equal('merge-title');
    key(find(panel, 'dialog.merge h2'), 'Escape');
    await panel.updateComplete;
    expect(has(panel, 'dialog.merge')).to.equal(false);
    expect(has(panel, '[role=alertdialog]'), 'the panel beneath was not asked to close').to.equal(false);
    for (const [name, value] of [
      ['subject', 'Mine'],
      ['priority', 'high'],
      ['deadline', '2031-01-01'],
      ['type', 'billing'],
    ] as const)
      expect(valueOf(panel, name)).to.equal(value);
    await untilText(panel, 'You are changing Subject and Priority too.');
    press(panel, 'compare');
    await until(panel, 'dialog.merge[open]');
    press(panel, 'merge-back');
    await panel.updateComplete;
    expect(valueOf(panel, 'subject')).to.equal('Mine');
    press(panel, 'submit');
    await until(panel, 'dialog.merge[open]');
    expect((await stored()).subject).to.equal('Theirs');
  });

  it('CC-50 asks again when the case moves once more before it is saved', async () => {
    const panel = await inConflict();
    press(panel, 'all-mine');
    await byAnother({ subject: 'Theirs again', contactMethod: 'e-mail' });
    mergeSave(panel);
    await until(panel, 'dialog.merge[open]');
    expect(rows(panel)[0]).to.deep.equal([
      'Subject',
      'Theirs',
      'Theirs again',
      'Mine',
      'Keep mine Take over from Tomás Reyes',
    ]);
    choose(panel, 'subject', 'mine');
    const changed = heard(panel, 'case-change');
    mergeSave(panel);
    await changed;
    expect(await stored()).to.include({
      subject: 'Mine',
      priority: 'high',
      contactMethod: 'e-mail',
      deadline: '2031-01-01',
    });
  });

  it('CC-50 follows a case that moves while somebody chooses, and asks again about what changed', async () => {
    const panel = await inConflict();
    press(panel, 'all-theirs');
    await byAnother({ subject: 'Theirs again' });
    await agent.client.queries.case(record.id).refetch();
    await untilText(panel, 'It has just changed once more: this is the newest state.');
    expect(find<HTMLInputElement>(panel, '[name=choice-priority][value=theirs]').checked).to.equal(true);
    expect(find<HTMLInputElement>(panel, '[name=choice-subject][value=theirs]').checked).to.equal(false);
    expect(rows(panel)[0]?.[2]).to.equal('Theirs again');
  });

  it('CC-50 keeps both edits of different fields, and says so before it saves', async () => {
    const panel = await opened();
    fill(panel, 'subject', 'Mine');
    await byAnother({ type: 'complaint' });
    press(panel, 'submit');
    await until(panel, 'dialog.merge[open]');
    expect(textOf(panel)).to.contain('You changed nothing that was changed there too, so both stay.');
    expect(has(panel, 'dialog.merge input')).to.equal(false);
    const changed = heard(panel, 'case-change');
    mergeSave(panel);
    await changed;
    expect(await stored()).to.include({ subject: 'Mine', type: 'complaint' });
  });

  it('CC-50 has nothing left to save when every value was taken over', async () => {
    const panel = await opened();
    fill(panel, 'subject', 'Mine');
    await byAnother({ subject: 'Theirs' });
    press(panel, 'submit');
    await until(panel, 'dialog.merge[open]');
    const before = agent.writes.length;
    choose(panel, 'subject', 'theirs');
    mergeSave(panel);
    await untilText(panel, 'You took over every value, so there is nothing left to save.');
    expect(valueOf(panel, 'subject')).to.equal('Theirs');
    expect(agent.writes.length).to.equal(before);
  });

  it('CC-50 takes over at once what changes under an edit that does not touch it, and says so', async () => {
    const panel = await opened();
    fill(panel, 'subject', 'Mine');
    await byAnother({ priority: 'high' });
    await agent.client.queries.case(record.id).refetch();
    await untilText(panel, 'Tomás Reyes changed Priority at');
    await untilText(panel, 'The form shows it; what you typed is unchanged.');
    expect(valueOf(panel, 'priority')).to.equal('high');
    expect(valueOf(panel, 'subject')).to.equal('Mine');
    const changed = heard(panel, 'case-change');
    press(panel, 'submit');
    await changed;
    expect(await stored()).to.include({ priority: 'high', subject: 'Mine' });
  });

  it('CC-50 offers to compare when the case moves live under the same field', async () => {
    const panel = await opened();
    fill(panel, 'subject', 'Mine');
    await byAnother({ subject: 'Theirs' });
    await agent.client.queries.case(record.id).refetch();
    await untilText(panel, 'Tomás Reyes changed Subject at');
    expect(valueOf(panel, 'subject')).to.equal('Mine');
    press(panel, 'compare');
    await until(panel, 'dialog.merge[open]');
    choose(panel, 'subject', 'mine');
    const changed = heard(panel, 'case-change');
    mergeSave(panel);
    await changed;
    expect((await stored()).subject).to.equal('Mine');
  });

  it('CC-50 a note of somebody else is no conflict', async () => {
    const panel = await opened();
    fill(panel, 'subject', 'Mine');
    await other.client.notes.create(record.id, {
      visibility: 'internal',
      subject: 'follow-up',
      text: 'Called.',
    });
    const changed = heard(panel, 'case-change');
    press(panel, 'submit');
    await changed;
    expect((await stored()).subject).to.equal('Mine');
  });

  it('CC-37 CC-50 a note is added while somebody else edits, for notes never conflict', async () => {
    const panel = await opened();
    find(panel, '#tab-note').click();
    await until(panel, '[name=text]');
    fill(panel, 'subject', 'follow-up');
    fill(panel, 'text', 'Called back.');
    await byAnother({ subject: 'Theirs' });
    const changed = heard(panel, 'case-change');
    press(panel, 'submit');
    await changed;
    const { items } = await agent.client.cases.timeline(record.id, { kind: 'note' });
    expect(items.map(({ text }) => text)).to.deep.equal(['Called back.']);
    expect((await stored()).subject).to.equal('Theirs');
  });

  it('CC-47 CC-50 leaves the merge when the case is closed meanwhile, and keeps what was typed', async () => {
    const panel = await inConflict();
    const { version } = await other.client.cases.get(record.id);
    await other.client.cases.close(record.id, { reason: 'resolved', note: 'Done.' }, { version });
    await agent.client.queries.case(record.id).refetch();
    await waitUntil(() => !has(panel, 'dialog.merge'));
    await untilText(panel, 'Tomás Reyes closed this case at');
    expect(find(panel, '[role=tab][aria-selected=true]').id).to.equal('tab-status');
    expect(await agent.client.drafts.load({ caseId: record.id, kind: 'edit' })).to.have.nested.property(
      'values.subject',
      'Mine',
    );
  });

  for (const theme of ['light', 'dark'] as const)
    it(`CC-50 is accessible while somebody chooses, ${theme}`, async () => {
      const panel = await inConflict(theme);
      await expectAccessible(panel);
      mergeSave(panel);
      await until(panel, '#merge-priority-error');
      await expectAccessible(panel);
    });
});
