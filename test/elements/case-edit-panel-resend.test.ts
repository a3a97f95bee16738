import { expect, html } from '@open-wc/testing';

import '../../components/case-edit-panel/case-edit-panel.js';
import '../../components/note-composer/note-composer.js';
import type { Case } from '../../src/contract/cases.js';
import {
  aCase,
  aLine,
  aTenant,
  fill,
  find,
  has,
  heard,
  inProvider,
  until,
  untilText,
  valueOf,
  type Line,
  type Tenant,
} from './form-support.js';
import { waitUntil } from './wait-until.js';

type Panel = HTMLElementTagNameMap['case-edit-panel'];
type Composer = HTMLElementTagNameMap['note-composer'];

describe('<case-edit-panel> sent just before a reload, with an answer that never came', () => {
  let tenant: Tenant;
  let record: Case;
  let agent: Line;
  let again: Line;

  beforeEach(async () => {
    tenant = await aTenant();
    record = await aCase(tenant);
    agent = aLine(tenant, 'agent');
    again = aLine(tenant, 'agent');
  });
  afterEach(() => {
    agent.client.dispose();
    again.client.dispose();
  });

  async function panelOf(line: Line, section: 'note' | 'status'): Promise<Panel> {
    const panel = await inProvider<Panel>(line, html`<case-edit-panel></case-edit-panel>`);
    panel.open({ caseId: record.id, section });
    await until(panel, section === 'note' ? '[name=text]' : '[name=note]');
    return panel;
  }

  async function notes(): Promise<readonly string[]> {
    const { items } = await again.client.cases.timeline(record.id);
    return items.flatMap((entry) => (entry.kind === 'note' ? [entry.text ?? ''] : []));
  }

  it('CC-37 E-DUP adds one note when it is sent again as it was', async () => {
    const first = await panelOf(agent, 'note');
    fill(first, 'subject', 'follow-up');
    fill(first, 'text', 'Called back at noon.');
    agent.mute = true;
    find(first, 'footer .primary').click();
    await waitUntil(() => notes().then(({ length }) => length === 1), 'the note is stored');
    first.parentElement?.remove();
    const panel = await panelOf(again, 'note');
    await waitUntil(() => valueOf(panel, 'text') === 'Called back at noon.', 'what was typed is back');
    const changed = heard(panel, 'case-change');
    find(panel, 'footer .primary').click();
    await changed;
    expect(await notes()).to.deep.equal(['Called back at noon.']);
  });

  it('CC-37 E-DUP adds one note when it goes on in the panel after the composer', async () => {
    const composer = await inProvider<Composer>(
      agent,
      html`<note-composer case-id=${record.id}></note-composer>`,
    );
    await until(composer, 'textarea');
    const subject = find<HTMLSelectElement>(composer, 'select');
    subject.value = 'follow-up';
    subject.dispatchEvent(new Event('change', { bubbles: true }));
    const text = find<HTMLTextAreaElement>(composer, 'textarea');
    text.value = 'Called back at noon.';
    text.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    await composer.updateComplete;
    agent.mute = true;
    find(composer, 'button.primary').click();
    await waitUntil(() => notes().then(({ length }) => length === 1), 'the note is stored');
    composer.parentElement?.remove();
    const panel = await panelOf(again, 'note');
    await waitUntil(() => valueOf(panel, 'text') === 'Called back at noon.', 'what was typed is back');
    const changed = heard(panel, 'case-change');
    find(panel, 'footer .primary').click();
    await changed;
    expect(await notes()).to.deep.equal(['Called back at noon.']);
  });

  it('CC-42 closes once: the case is found closed, and what was typed to close it is not sent again', async () => {
    const first = await panelOf(agent, 'status');
    fill(first, 'reason', 'resolved');
    fill(first, 'note', 'Refunded.');
    agent.mute = true;
    find(first, 'footer .primary').click();
    await waitUntil(() => again.client.cases.get(record.id).then(({ status }) => status === 'closed'));
    first.parentElement?.remove();
    const panel = await panelOf(again, 'status');
    await untilText(panel, 'Reopen case');
    expect(valueOf(panel, 'note')).to.equal('');
    expect(has(panel, '.banner.critical')).to.equal(false);
    expect(again.writes).to.deep.equal([]);
  });
});
