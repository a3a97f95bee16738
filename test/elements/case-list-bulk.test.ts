import { expect } from '@open-wc/testing';

import type { BulkDoneEvent, BulkSubmitEvent } from '../../components/index.js';
import type { CaseList } from '../../components/case-list/case-list.element.js';
import {
  aLine,
  boxes,
  boxOf,
  click,
  countOf,
  picked,
  said,
  select,
  untilCount,
  cut,
  untilWritten,
} from './case-list-bulk-support.js';
import { aList } from './case-list-support.js';
import { expectAccessible } from './expect-accessible.js';
import {
  type TestTenant,
  aCase,
  aTenant,
  closeElsewhere,
  closed,
  deepFocus,
  disposeClients,
  find,
  findAll,
  nextEvent,
  press,
  settled,
  textOf,
  type,
  untilFound,
  untilText,
} from './support.js';
import { waitUntil } from './wait-until.js';

describe('what can be done to many cases in <case-list>', function () {
  // Many writes, in three engines at once.
  this.timeout(40_000);

  let tenant: TestTenant;
  let line: ReturnType<typeof aLine>;
  let list: CaseList;
  beforeEach(() => {
    line = aLine();
  });
  afterEach(disposeClients);

  const five = ['North', 'South', 'East', 'West', 'Centre'];

  async function aListOf(
    cases: Parameters<typeof aTenant>[0],
    options: Parameters<typeof aList>[1] = {},
  ): Promise<void> {
    tenant = await aTenant(cases);
    ({ list } = await aList(tenant, {
      as: 'agent',
      width: 'wide',
      filters: 'sort=number',
      fetch: line.fetch,
      ...options,
    }));
    await waitUntil(() => boxes(list).length > 0, 'rows to select');
  }

  const openCases = () => five.map((subject) => aCase({ subject }));

  async function open(action: string): Promise<HTMLElement> {
    const button = await untilFound(list, 'button', action);
    button.focus();
    button.click();
    return untilFound(list, 'dialog');
  }

  const titleOf = (dialog: HTMLElement) => textOf(dialog.querySelector('h2') ?? dialog);
  const send = (dialog: HTMLElement) =>
    dialog.querySelector<HTMLElement>('button[type=submit].primary')?.click();
  const errorsOf = (dialog: HTMLElement) => [...dialog.querySelectorAll('.error')].map(textOf);

  function fill(dialog: HTMLElement, values: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(values)) {
      const field = dialog.querySelector<HTMLElement>(`[name=${name}]`);
      expect(field, name).to.exist;
      type(field as HTMLElement, value);
    }
  }

  const storedCases = async () => {
    const { items } = await tenant.clientFor('administrator').cases.list({ limit: 100, sort: 'number' });
    return items;
  };
  const idOf = async (subject: string) =>
    (await storedCases()).find((item) => item.subject === subject)?.id ?? '';
  const untilClosed = () => waitUntil(() => findAll(list, 'dialog').length === 0, 'the dialog closes');

  it('CC-42 closes what is selected, for one reason and note, and says how many', async () => {
    await aListOf(openCases());
    await select(list, 'North', 'East', 'West');
    const submit = nextEvent<BulkSubmitEvent>(list, 'bulk-submit');
    const done = nextEvent<BulkDoneEvent>(list, 'bulk-done');
    const dialog = await open('Close…');
    expect(titleOf(dialog)).to.equal('Close 3 cases');
    await waitUntil(
      () => (deepFocus() as HTMLSelectElement).name === 'reason',
      'the first field has the focus',
    );
    fill(dialog, { reason: 'resolved', note: 'The mast is repaired.' });
    send(dialog);
    await untilClosed();
    await untilText(list, '3 cases closed.');
    expect(said(list)).to.equal('3 cases closed.');
    await untilCount(list, '5 cases');

    const stored = await storedCases();
    expect(stored.map(({ status }) => status)).to.deep.equal(['closed', 'open', 'closed', 'closed', 'open']);
    const { closure } = await tenant.clientFor('agent').cases.get(stored[0]?.id ?? '');
    expect([closure?.reason, closure?.note]).to.deep.equal(['resolved', 'The mast is repaired.']);
    const ids = [0, 2, 3].map((place) => stored[place]?.id);
    expect((await submit).detail).to.deep.equal({ action: 'close', caseIds: ids });
    expect((await done).detail).to.deep.equal({ action: 'close', caseIds: ids, refusedIds: [] });
    await waitUntil(() => deepFocus() !== document.body, 'the focus stays in the list');
    expect(list.shadowRoot?.activeElement).to.exist;
  });

  it('CC-40 CC-41 CC-42 asks for reason and note of many as of one, and sends nothing without', async () => {
    await aListOf(openCases());
    await select(list, 'North', 'South');
    const dialog = await open('Close…');
    send(dialog);
    await waitUntil(() => errorsOf(dialog).length === 2, 'both are asked for');
    expect(errorsOf(dialog)).to.deep.equal([
      'Choose why this case is closed.',
      'Explain why this case is closed.',
    ]);
    await waitUntil(() => (deepFocus() as HTMLSelectElement).name === 'reason', 'the first bad field');
    fill(dialog, { reason: 'resolved', note: '   ' });
    send(dialog);
    await waitUntil(() => (deepFocus() as HTMLTextAreaElement).name === 'note', 'the note is missing still');
    expect(line.calls).to.deep.equal([]);
    expect((await storedCases()).every(({ status }) => status === 'open')).to.equal(true);
  });

  it('CC-44 CC-45 CC-46 reopens many, for a reason and with a note', async () => {
    await aListOf(five.map((subject) => aCase({ subject, entries: closed })));
    await select(list, 'North', 'South');
    const dialog = await open('Reopen…');
    send(dialog);
    await waitUntil(() => errorsOf(dialog).length === 2);
    fill(dialog, { reason: 'not-solved', note: 'Down again.' });
    send(dialog);
    await untilText(list, '2 cases reopened.');
    expect((await storedCases()).filter(({ status }) => status === 'open').length).to.equal(2);
  });

  it('puts the server’s word about a field under the field, and keeps what was typed', async () => {
    await aListOf(openCases());
    await select(list, 'North', 'South');
    const dialog = await open('Close…');
    fill(dialog, { reason: 'resolved', note: 'Repaired.' });
    line.meet = () =>
      Promise.resolve(
        Response.json(
          {
            type: 'about:blank',
            title: 'Some fields need attention',
            status: 422,
            code: 'validation_failed',
            errors: [{ field: 'reason', code: 'retired_value', message: 'Retired.' }],
          },
          { status: 422, headers: { 'content-type': 'application/problem+json' } },
        ),
      );
    send(dialog);
    await waitUntil(() => errorsOf(dialog).length === 1);
    expect(errorsOf(dialog)).to.deep.equal(['This can no longer be chosen. Choose another.']);
    expect((dialog.querySelector('[name=note]') as HTMLTextAreaElement).value).to.equal('Repaired.');
    await waitUntil(() => (deepFocus() as HTMLSelectElement).name === 'reason');
  });

  it('CC-38 CC-42 tells which were refused and why, with a way to each, and keeps them selected', async () => {
    await aListOf(openCases());
    await select(list, ...five);
    const dialog = await open('Close…');
    fill(dialog, { reason: 'resolved', note: 'The mast is repaired.' });
    const taken = await idOf('East');
    await closeElsewhere(tenant, taken);
    await untilText(dialog, '4 of 5 selected cases allow this.');
    const done = nextEvent<BulkDoneEvent>(list, 'bulk-done');
    send(dialog);
    await waitUntil(() => titleOf(dialog) === '4 closed, 1 refused', 'the outcome');
    expect((await done).detail.refusedIds).to.deep.equal([taken]);
    await waitUntil(() => deepFocus() === dialog.querySelector('h2'), 'the outcome is read out');
    const refusal = dialog.querySelector('li') as HTMLElement;
    expect(textOf(refusal)).to.match(/^#\d+ East Iris Vahl closed this case at /);
    await expectAccessible(list);

    (await untilFound(dialog, 'button', 'Keep 1 selected')).click();
    await untilClosed();
    await untilCount(list, '1 of 5 selected');
    expect(picked(list)).to.deep.equal(['East']);
  });

  it('opens a refused case from the outcome', async () => {
    await aListOf(openCases());
    await select(list, 'North', 'East');
    const dialog = await open('Close…');
    fill(dialog, { reason: 'resolved', note: 'Repaired.' });
    const taken = await idOf('East');
    await closeElsewhere(tenant, taken);
    send(dialog);
    const chosen = nextEvent<CustomEvent<{ caseId: string }>>(list, 'case-select');
    (await untilFound(dialog, 'button', /East$/)).click();
    expect((await chosen).detail.caseId).to.equal(taken);
    await untilClosed();
  });

  it('CC-50 refuses a case that moved since it was read, and goes through on the next try', async () => {
    await aListOf(openCases());
    await select(list, 'North', 'East');
    const dialog = await open('Assign…');
    const field = await untilFound(dialog, 'combobox', 'Assignee');
    type(field, 'Tom');
    const option = await untilFound(dialog, 'option', /Tomás/);
    click(option);
    await waitUntil(() => (field as HTMLInputElement).value === 'Tomás Reyes');
    // The case moves while the call is on its way.
    line.meet = async (call, pass) => {
      if (call === 1) {
        const { cases } = tenant.clientFor('administrator');
        const { id, version } = await cases.get(await idOf('East'));
        await cases.update(id, { priority: 'high' }, { version });
      }
      return pass();
    };
    send(dialog);
    await waitUntil(() => titleOf(dialog) === '1 assigned, 1 refused', 'the outcome');
    expect(textOf(dialog.querySelector('.why') ?? dialog)).to.match(/^Iris Vahl changed this case at/);
    // The row follows, and with it what is sent.
    const before = line.calls[0]?.body.cases.find(
      ({ id }) => id !== line.calls[0]?.body.cases[0]?.id,
    )?.version;
    await waitUntil(
      async () => (await tenant.clientFor('agent').cases.get(await idOf('East'))).version !== before,
    );
    (await untilFound(dialog, 'button', 'Try again')).click();
    await waitUntil(() => titleOf(dialog) === 'Assign 1 case');
    await waitUntil(() => (dialog.querySelector('input') as HTMLInputElement).value === 'Tomás Reyes');
    await waitUntil(async () => {
      if (findAll(list, 'dialog').length === 0) return true;
      if (titleOf(dialog) === 'Assign 1 case') send(dialog);
      else find(dialog, 'button', 'Try again')?.click();
      await settled();
      return false;
    }, 'assigned with what was picked');
    expect((await storedCases()).filter(({ assignee }) => assignee?.id === 'person_tomas').length).to.equal(
      2,
    );
  });

  it('assigns to nobody, and asks for somebody or nobody', async () => {
    await aListOf(five.map((subject) => aCase({ subject, assigneeId: 'person_tomas' })));
    await select(list, 'North', 'South');
    const dialog = await open('Assign…');
    send(dialog);
    await waitUntil(() => errorsOf(dialog).length === 1);
    expect(errorsOf(dialog)).to.deep.equal(['Choose an agent, or nobody.']);
    const field = await untilFound<HTMLInputElement>(dialog, 'combobox', 'Assignee');
    await waitUntil(() => deepFocus() === field);
    press('ArrowDown');
    press('ArrowDown');
    await waitUntil(
      () => textOf(dialog.querySelector('[aria-selected=true]') ?? dialog) === 'Mara Lindqvist (you)',
    );
    press('ArrowUp');
    await waitUntil(() => textOf(dialog.querySelector('[aria-selected=true]') ?? dialog) === 'Nobody');
    press('Enter');
    await waitUntil(() => field.value === 'Nobody');
    expect(findAll(list, 'dialog').length, 'Enter only picks').to.equal(1);
    send(dialog);
    await untilText(list, '2 cases assigned.');
    expect((await storedCases()).map(({ assignee }) => assignee?.id)).to.deep.equal([
      undefined,
      undefined,
      'person_tomas',
      'person_tomas',
      'person_tomas',
    ]);
  });

  it('adds tags and takes tags away, whatever else a case has', async () => {
    await aListOf([
      aCase({ subject: 'North', tags: ['storm', 'mast'] }),
      aCase({ subject: 'South', tags: ['storm'] }),
      aCase({ subject: 'East' }),
    ]);
    await select(list, 'North', 'South', 'East');
    const dialog = await open('Tag…');
    send(dialog);
    await waitUntil(() => errorsOf(dialog).length === 1);
    expect(errorsOf(dialog)).to.deep.equal(['Add or remove at least one tag.']);
    fill(dialog, { addTags: 'repaired' });
    (await untilFound(dialog, 'checkbox', /^storm/)).click();
    send(dialog);
    await untilWritten(list, '3 cases tagged.');
    expect((await storedCases()).map(({ tags }) => tags)).to.deep.equal([
      ['mast', 'repaired'],
      ['repaired'],
      ['repaired'],
    ]);
    expect(line.calls[0]?.body.cases.every(({ version }) => version === undefined)).to.equal(true);
  });

  it('E-DUP makes one call of a double press', async () => {
    await aListOf(openCases());
    await select(list, 'North', 'South');
    const dialog = await open('Close…');
    fill(dialog, { reason: 'resolved', note: 'Repaired.' });
    send(dialog);
    send(dialog);
    press('Enter', dialog.querySelector('[name=note]') as HTMLElement);
    await untilWritten(list, '2 cases closed.');
    await settled();
    expect(line.calls.length).to.equal(1);
  });

  it('E-DUP keeps what was typed when the line breaks, and goes on under the same key', async () => {
    await aListOf(openCases());
    await select(list, 'North', 'South');
    const dialog = await open('Close…');
    fill(dialog, { reason: 'resolved', note: 'Repaired.' });
    let broken = true;
    // The server has done it, but its answer is lost.
    line.meet = async (_call, pass) => {
      const answer = await pass();
      return broken ? cut() : answer;
    };
    send(dialog);
    await untilWritten(dialog, 'There is no connection. Nothing you typed is lost.');
    expect((dialog.querySelector('[name=note]') as HTMLTextAreaElement).value).to.equal('Repaired.');
    await waitUntil(() => textOf(list).includes('Closed'), 'the rows follow the server');
    broken = false;
    (await untilFound(dialog, 'button', 'Retry')).click();
    await untilWritten(list, '2 cases closed.');
    expect(new Set(line.calls.map(({ key }) => key)).size).to.equal(1);
    const agent = tenant.clientFor('agent');
    const { items } = await agent.cases.timeline(await idOf('North'));
    expect(items.filter(({ kind }) => kind === 'closure').length).to.equal(1);
  });

  it('CC-42 shows how far it is with more than one call, and what is done when a later one fails', async () => {
    await aListOf(Array.from({ length: 52 }, (_, index) => aCase({ subject: `Case ${index}` })));
    (await untilFound(list, 'checkbox', /^Select all/)).click();
    (await untilFound(list, 'button', 'Select all 52')).click();
    await untilCount(list, '52 of 52 selected');
    const dialog = await open('Close…');
    fill(dialog, { reason: 'resolved', note: 'Storm over.' });
    let broken = true;
    const seen: string[] = [];
    line.meet = async (_call, pass) => {
      const { cases } = line.calls.at(-1)?.body ?? { cases: [] };
      if (cases.length === 50) return pass();
      seen.push(textOf(dialog.querySelector('.progress') ?? dialog));
      return broken ? cut() : pass();
    };
    send(dialog);
    await untilWritten(dialog, '50 closed. There is no connection.');
    expect(seen[0]).to.equal('50 of 52 answered');
    expect(titleOf(dialog)).to.equal('Close 2 cases');
    broken = false;
    const done = nextEvent<BulkDoneEvent>(list, 'bulk-done');
    (await untilFound(dialog, 'button', 'Retry')).click();
    await untilWritten(list, '52 cases closed.');
    expect((await done).detail.caseIds.length).to.equal(52);
    const first = line.calls.filter(({ body }) => body.cases.length === 50);
    const second = line.calls.filter(({ body }) => body.cases.length === 2);
    expect(first.length, 'what was answered is not asked again').to.equal(1);
    expect(new Set(second.map(({ key }) => key)).size).to.equal(1);
    expect(first[0]?.key).not.to.equal(second[0]?.key);
  });

  it('lets go of what is known to be done when one gives up after a failure', async () => {
    await aListOf(Array.from({ length: 52 }, (_, index) => aCase({ subject: `Case ${index}` })));
    (await untilFound(list, 'checkbox', /^Select all/)).click();
    (await untilFound(list, 'button', 'Select all 52')).click();
    await untilCount(list, '52 of 52 selected');
    const dialog = await open('Close…');
    fill(dialog, { reason: 'resolved', note: 'Storm over.' });
    line.meet = (_call, pass) => (line.calls.at(-1)?.body.cases.length === 50 ? pass() : cut());
    send(dialog);
    await untilWritten(dialog, '50 closed. There is no connection.');
    const done = nextEvent<BulkDoneEvent>(list, 'bulk-done');
    (await untilFound(dialog, 'button', 'Cancel')).click();
    (await untilFound(dialog, 'button', 'Discard')).click();
    await untilCount(list, '2 of 52 selected');
    expect((await done).detail.caseIds.length).to.equal(50);
  });

  it('stops between two calls when asked to, and says what was not sent', async () => {
    await aListOf(Array.from({ length: 52 }, (_, index) => aCase({ subject: `Case ${index}` })));
    (await untilFound(list, 'checkbox', /^Select all/)).click();
    (await untilFound(list, 'button', 'Select all 52')).click();
    await untilCount(list, '52 of 52 selected');
    const dialog = await open('Close…');
    fill(dialog, { reason: 'resolved', note: 'Storm over.' });
    line.meet = async (_call, pass) => {
      (await untilFound(dialog, 'button', 'Stop')).click();
      return pass();
    };
    send(dialog);
    await waitUntil(() => titleOf(dialog) === '50 closed, 2 not sent');
    (await untilFound(dialog, 'button', 'Done')).click();
    await untilCount(list, '52 cases');
    expect(line.calls.length).to.equal(1);
  });

  it('sends nothing when the page cancels', async () => {
    await aListOf(openCases());
    await select(list, 'North');
    list.addEventListener('bulk-submit', (event) => event.preventDefault(), { once: true });
    const dialog = await open('Close…');
    expect(titleOf(dialog)).to.equal('Close 1 case');
    fill(dialog, { reason: 'resolved', note: 'Repaired.' });
    send(dialog);
    await settled();
    expect(countOf(list)).to.equal('1 of 5 selected');
    type(dialog.querySelector('[name=note]') as HTMLElement, 'Not cancelled.');
    send(dialog);
    await untilText(list, '1 case closed.');
    expect(line.calls.map(({ body }) => body.note)).to.deep.equal(['Not cancelled.']);
  });

  it('asks before what was typed is thrown away, and gives the focus back', async () => {
    await aListOf(openCases());
    await select(list, 'North');
    const dialog = await open('Close…');
    fill(dialog, { note: 'Half a note' });
    press('Escape');
    await untilText(dialog, 'Discard what you typed?');
    (await untilFound(dialog, 'button', 'Keep editing')).click();
    await waitUntil(() => !textOf(dialog).includes('Discard what you typed?'));
    expect((dialog.querySelector('[name=note]') as HTMLTextAreaElement).value).to.equal('Half a note');
    press('Escape', dialog.querySelector('[name=note]') as HTMLElement);
    (await untilFound(dialog, 'button', 'Discard')).click();
    await untilClosed();
    await waitUntil(() => textOf(deepFocus()) === 'Close…', 'back at the button');
    const again = await open('Close…');
    expect((again.querySelector('[name=note]') as HTMLTextAreaElement).value).to.equal('');
  });

  it('closes with its person', async () => {
    await aListOf(openCases());
    await select(list, 'North');
    const dialog = await open('Close…');
    fill(dialog, { note: 'Of the first person' });
    const provider = list.closest('case-provider');
    if (provider) provider.client = tenant.clientFor('administrator');
    await untilClosed();
    await untilCount(list, '5 cases');
    expect(textOf(list)).not.to.include('Of the first person');
  });

  for (const [action, theme] of [
    ['Close…', 'light'],
    ['Reopen…', 'dark'],
    ['Tag…', 'light'],
    ['Assign…', 'dark'],
  ] as const)
    it(`is accessible: ${action} ${theme}`, async () => {
      await aListOf(
        [aCase({ subject: 'North', tags: ['storm'] }), aCase({ subject: 'South', entries: closed })],
        {
          theme,
        },
      );
      await select(list, 'North', 'South');
      const dialog = await open(action);
      send(dialog);
      await waitUntil(() => errorsOf(dialog).length > 0);
      await expectAccessible(list);
    });

  it('fits a phone', async () => {
    await aListOf(openCases(), { width: 'phone' });
    await select(list, 'North', 'South');
    for (const button of findAll(list.shadowRoot?.querySelector('.bulk') ?? list, 'button'))
      expect(button.getBoundingClientRect().right).to.be.at.most(list.getBoundingClientRect().right + 0.5);
    expect(list.scrollWidth).to.be.at.most(list.clientWidth);
    await boxOf(list, 'North');
  });
});
