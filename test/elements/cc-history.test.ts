import { expect, html } from '@open-wc/testing';

import '../../components/case-edit-panel/case-edit-panel.js';
import type { Case } from '../../src/contract/cases.js';
import type { TimelineEntry } from '../../src/contract/notes.js';
import { aDetail, answering, detailOf, firstCaseId, manyNotes } from './case-detail-support.js';
import { aList, subjects } from './case-list-support.js';
import {
  aCase,
  aProvider,
  aTenant,
  closed,
  closeElsewhere,
  disposeClients,
  everything,
  find,
  findAll,
  press,
  settled,
  textOf,
  type,
  untilFound,
  untilText,
} from './support.js';
import { waitUntil } from './wait-until.js';

describe('what stays of a case', () => {
  afterEach(disposeClients);

  it('CC-24 one note without author and time stands among the whole ones', async () => {
    const { detail } = await detailOf(
      { entries: manyNotes.slice(0, 3) },
      {
        fetch: answering<{ items: TimelineEntry[] }>(/\/timeline$/, (page) => ({
          ...page,
          items: page.items.map((entry) =>
            entry.text === 'Entry number 2.' ? { ...entry, by: null, at: null } : entry,
          ),
        })),
      },
    );
    await untilText(detail, 'Entry number 3.');
    const cards = everything(detail)
      .filter((element) => element.matches('[data-entry]'))
      .map(textOf)
      .filter((text) => text.includes('Entry number'));
    expect(cards).to.have.length(3);
    expect(cards[0]).to.match(/Mara Lindqvist.*11 Feb 2025.*Entry number 1\./);
    expect(cards[1]).to.match(/former user.*unknown date.*Entry number 2\./);
    expect(cards[2]).to.match(/Mara Lindqvist.*11 Feb 2025.*Entry number 3\./);
  });

  it('CC-42 CC-46 reason and explanation of closing and of reopening, the earlier closure too', async () => {
    const { detail, tenant, caseId } = await detailOf({ entries: closed });
    await untilText(detail, 'Closed: Resolved');
    const { cases } = tenant.clientFor('otherAgent');
    const { version } = await cases.get(caseId);
    await cases.reopen(caseId, { reason: 'not-solved', note: 'Charged again.' }, { version });
    await untilText(detail, /OPEN.*Reopened: Not solved Tomás Reyes.*Charged again\./);
    expect(textOf(detail)).not.to.contain('Closed: Resolved');
    const history = detail.shadowRoot?.querySelector('case-timeline') as Element;
    await untilText(
      history,
      /Closed.*Resolved.*Refunded and told so\..*Reopened.*Not solved.*Charged again\./,
    );
  });

  it('CC-38 names the person and the minute of the closure that was faster', async () => {
    const tenant = await aTenant([aCase()]);
    const caseId = await firstCaseId(tenant);
    const deaf = (request: Request) =>
      new URL(request.url).pathname === '/v1/events'
        ? Promise.reject(new TypeError('Failed to fetch'))
        : fetch(request);
    const provider = await aProvider({ tenant, fetch: deaf }, html`<case-edit-panel></case-edit-panel>`);
    const panel = provider.querySelector('case-edit-panel') as HTMLElementTagNameMap['case-edit-panel'];
    panel.open({ caseId, section: 'status' });
    type(await untilFound(panel, 'combobox', /^Closure reason/), 'resolved');
    type(find(panel, 'textbox', /^Explain the closure/) as HTMLElement, 'Mine.');
    const { closure } = await closeElsewhere(tenant, caseId);
    find(panel, 'button', 'Close case')?.click();
    const minute = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' }).format(
      new Date(closure?.at ?? ''),
    );
    await untilText(panel, `Iris Vahl closed this case at ${minute}.`);
    await untilFound(panel, 'combobox', /^Reopen reason/);
    const { cases } = tenant.clientFor('administrator');
    expect((await cases.get(caseId)).closure?.note, 'theirs stands').to.equal('Done.');
    expect((await cases.timeline(caseId)).items.map(({ kind }) => kind)).to.deep.equal([
      'closure',
      'creation',
    ]);
  });

  it('CC-10 decision 3 the priority that is filtered by is the present one; the first is kept', async () => {
    const tenant = await aTenant([
      aCase({ subject: 'Lowered', priority: 'high' }),
      aCase({ subject: 'High still', priority: 'high' }),
    ]);
    const caseId = await firstCaseId(tenant);
    const { cases } = tenant.clientFor('otherAgent');
    const { list } = await aList(tenant, { filters: 'priority=high' });
    await untilText(list, '2 of 2 cases');
    await cases.update(caseId, { priority: 'low' }, { version: (await cases.get(caseId)).version });
    await waitUntil(() => subjects(list).join() === 'High still');
    list.filterState = 'priority=low';
    await waitUntil(() => subjects(list).join() === 'Lowered');
    expect((await cases.get(caseId)).initialPriority).to.equal('high');

    const { detail } = await aDetail({ tenant, caseId });
    await untilText(detail, /set the priority to Low|from High to Low/);
  });
});

describe('CC-51 Clear', () => {
  afterEach(disposeClients);

  const stored = {
    subject: 'Charged twice in October',
    type: 'billing',
    priority: 'normal',
    contactMethod: 'phone',
    deadline: '2030-05-04',
    description: 'Two debits of the same amount.',
  };

  async function anEdit() {
    const tenant = await aTenant([aCase({ deadline: '2030-05-04', tags: ['refund', 'october'] })]);
    const caseId = await firstCaseId(tenant);
    const asked: string[] = [];
    const provider = await aProvider(
      {
        tenant,
        fetch: (request) => {
          asked.push(`${request.method} ${new URL(request.url).pathname}`);
          return fetch(request);
        },
      },
      html`<case-edit-panel></case-edit-panel>`,
    );
    const panel = provider.querySelector('case-edit-panel') as HTMLElementTagNameMap['case-edit-panel'];
    panel.open({ caseId, section: 'edit' });
    await untilFound(panel, 'textbox', /^Subject/);
    // What the panel asks besides may still be under way.
    await waitUntil(() => asked.includes('GET /v1/inbox-entries'));
    const control = (name: string) => panel.shadowRoot?.querySelector(`[name=${name}]`) as HTMLInputElement;
    const values = () => Object.fromEntries(Object.keys(stored).map((name) => [name, control(name).value]));
    const tags = () =>
      [...(panel.shadowRoot?.querySelectorAll('.tag') ?? [])].map((tag) => textOf(tag).trim());
    const change = async () => {
      type(control('subject'), 'Something else');
      type(control('type'), 'technical');
      type(control('priority'), '');
      type(control('contactMethod'), 'letter');
      type(control('deadline'), '');
      type(control('description'), '');
      type(control('tags'), 'extra,');
      await panel.updateComplete;
      press('Backspace', control('tags'));
      press('Backspace', control('tags'));
      await panel.updateComplete;
    };
    return { tenant, caseId, panel, asked, values, tags, change };
  }

  it('sends no request at all, puts back every field, tags and dates too, and leaves nothing unsaved', async () => {
    const { panel, asked, values, tags, change } = await anEdit();
    await change();
    expect(values()).not.to.deep.equal(stored);
    expect(tags()).not.to.deep.equal(['refund', 'october']);
    await settled();
    const before = asked.length;
    find(panel, 'button', 'Clear')?.click();
    await panel.updateComplete;
    expect(values()).to.deep.equal(stored);
    expect(tags()).to.deep.equal(['refund', 'october']);
    await settled();
    expect(asked.slice(before)).to.deep.equal([]);
    press('Escape', find(panel, 'textbox', /^Subject/));
    await panel.updateComplete;
    expect(findAll(panel, 'dialog'), 'it closes without a question').to.deep.equal([]);
  });

  it('takes every field of the newer state when the record moved meanwhile, and announces it', async () => {
    const { tenant, caseId, panel, asked, values, tags, change } = await anEdit();
    await change();
    const { cases } = tenant.clientFor('otherAgent');
    const { version } = await cases.get(caseId);
    const newer: Case = await cases.update(
      caseId,
      { subject: 'Theirs', deadline: '2031-02-03', tags: ['theirs'], priority: 'high' },
      { version },
    );
    await untilText(panel, 'Compare and choose');
    await untilText(panel, 'Tomás Reyes changed');
    await settled();
    const before = asked.length;
    find(panel, 'button', 'Clear')?.click();
    const said = await untilFound(panel, 'status');
    await untilText(said, 'The case was changed meanwhile: this is its newer state.');
    expect(values()).to.deep.equal({
      ...stored,
      subject: 'Theirs',
      deadline: '2031-02-03',
      priority: 'high',
    });
    expect(tags()).to.deep.equal(newer.tags);
    expect(asked.slice(before)).to.deep.equal([]);
  });
});
