import { expect, html } from '@open-wc/testing';

import '../../components/case-edit-panel/case-edit-panel.js';
import type { Case } from '../../src/contract/cases.js';
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
  press,
  textOf,
  until,
  untilText,
  valueOf,
  type Line,
  type Tenant,
} from './form-support.js';

type CaseEditPanel = HTMLElementTagNameMap['case-edit-panel'];
type Section = NonNullable<Parameters<CaseEditPanel['open']>[0]['section']>;

describe('<case-edit-panel> Edit case', () => {
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

  it('CC-47 CC-48 opens Status instead of Edit on a closed case', async () => {
    await closed();
    const panel = await opened('edit');
    expect(selected(panel)).to.equal('tab-status');
    expect(find(panel, '#tab-edit').getAttribute('aria-disabled')).to.equal('true');
    expect(textOf(panel)).to.contain('Reopen case');
  });

  it('CC-49 marks mandatory fields and refuses to empty one, without a request', async () => {
    const panel = await opened('edit');
    expect(find(panel, 'label[for=subject]').textContent).to.contain('*');
    fill(panel, 'subject', ' ');
    fill(panel, 'type', '');
    press(panel, 'submit');
    await until(panel, '[aria-invalid=true]');
    expect(errorUnder(panel, 'subject')).to.equal('Enter a subject.');
    expect(errorUnder(panel, 'type')).to.equal('Choose a type.');
    expect(agent.writes).to.deep.equal([]);
  });

  it('CC-50 saves only what was changed', async () => {
    const panel = await opened('edit');
    fill(panel, 'priority', 'high');
    fill(panel, 'deadline', '');
    const announced = heard(panel, 'case-save');
    const changed = heard(panel, 'case-change');
    press(panel, 'submit');
    await announced;
    expect((await changed).detail).to.deep.equal({ caseId: record.id, change: 'edit' });
    expect(await stored()).to.include({ priority: 'high', deadline: null, subject: record.subject });
    const { items } = await agent.client.cases.timeline(record.id);
    const fields = items.flatMap(({ changes }) => changes?.map(({ field }) => field) ?? []);
    expect(fields).to.have.members(['priority', 'deadline']);
  });

  it('CC-50 keeps the values when saving fails and saves them on Retry', async () => {
    const panel = await opened('edit');
    fill(panel, 'subject', 'Charged three times');
    agent.cut = true;
    press(panel, 'submit');
    await until(panel, '[data-action=retry]');
    expect(valueOf(panel, 'subject')).to.equal('Charged three times');
    agent.cut = false;
    const changed = heard(panel, 'case-change');
    press(panel, 'retry');
    await changed;
    expect((await stored()).subject).to.equal('Charged three times');
  });

  it('CC-51 Clear returns every field to the stored state without a request', async () => {
    const panel = await opened('edit');
    fill(panel, 'subject', 'Something else');
    fill(panel, 'deadline', '2031-01-01');
    fill(panel, 'tags', 'extra,');
    fill(panel, 'priority', '');
    await panel.updateComplete;
    press(panel, 'clear');
    await panel.updateComplete;
    expect(valueOf(panel, 'subject')).to.equal(record.subject);
    expect(valueOf(panel, 'deadline')).to.equal('2030-05-04');
    expect(valueOf(panel, 'priority')).to.equal('normal');
    const tags = [...(panel.shadowRoot?.querySelectorAll('.tag') ?? [])].map((tag) =>
      tag.textContent?.trim(),
    );
    expect(tags).to.deep.equal(['refund', 'october']);
    expect(agent.writes).to.deep.equal([]);
    press(panel, 'cancel');
    await panel.updateComplete;
    expect(has(panel, 'dialog')).to.equal(false);
  });

  it('CC-51 Clear takes the newer state when the case moved meanwhile, and says so', async () => {
    const panel = await opened('edit');
    fill(panel, 'subject', 'Mine');
    await byAnother({ subject: 'Theirs' });
    await agent.client.queries.case(record.id).refetch();
    await until(panel, '[data-action=compare]');
    press(panel, 'clear');
    await untilText(panel, 'this is its newer state');
    expect(valueOf(panel, 'subject')).to.equal('Theirs');
    expect(agent.writes).to.deep.equal([]);
  });
});
