import { expect } from '@open-wc/testing';

import type { CaseList } from '../../components/case-list/case-list.element.js';
import { addDays, formatDate, localToday } from '../../components/shared/format.js';
import { setCaseLocale } from '../../components/shared/localization.js';
import { aList, listening, openFilter, subjects } from './case-list-support.js';
import { speakEnglish } from './localization-support.js';
import {
  aCase,
  aTenant,
  closed,
  deepFocus,
  disposeClients,
  textOf,
  type,
  untilFound,
  untilText,
} from './support.js';
import { waitUntil } from './wait-until.js';

const inDays = (days: number) => addDays(localToday(), days);

const deadlines = () => [
  aCase({ subject: 'Yesterday', deadline: inDays(-1) }),
  aCase({ subject: 'Yesterday and closed', deadline: inDays(-1), entries: closed }),
  aCase({ subject: 'Today', deadline: inDays(0) }),
  aCase({ subject: 'Today and closed', deadline: inDays(0), entries: closed }),
  aCase({ subject: 'In a week', deadline: inDays(7) }),
  aCase({ subject: 'In eight days', deadline: inDays(8) }),
  aCase({ subject: 'Without' }),
];

async function choose(list: CaseList, choice: string | RegExp): Promise<HTMLElement> {
  const panel = await openFilter(list, 'Deadline');
  (await untilFound(panel, 'radio', choice)).click();
  return panel;
}

async function apply(panel: HTMLElement): Promise<void> {
  (await untilFound(panel, 'button', 'Apply')).click();
}

/** What was asked of the server last. */
const lastAsked = (asked: readonly URL[]) =>
  asked.filter((url) => url.searchParams.get('limit') !== '1').at(-1)?.searchParams;

describe('<case-list> filtered by deadline', () => {
  const now = Date;
  afterEach(async () => {
    globalThis.Date = now;
    disposeClients();
    await speakEnglish();
  });

  it('CC-13 finds what is overdue, due today and due in the next 7 days, of open cases', async () => {
    const { list } = await aList(await aTenant(deadlines()));
    await untilText(list, '7 cases');
    await apply(await choose(list, 'Overdue'));
    await untilText(list, '1 of 7 cases');
    expect(subjects(list)).to.deep.equal(['Yesterday']);
    expect(list.filterState).to.equal('due=overdue');
    await untilText(list, 'Deadline: Overdue');
    await apply(await choose(list, 'Due today'));
    await waitUntil(() => subjects(list).join() === 'Today');
    expect(list.filterState).to.equal('due=today');
    await untilText(list, 'Deadline: Due today');
    await apply(await choose(list, /^Due in the next 7 days/));
    await untilText(list, '2 of 7 cases');
    expect(subjects(list)).to.have.members(['Today', 'In a week']);
    expect(list.filterState).to.equal('due=next-7-days');
    await untilText(list, 'Deadline: Due in the next 7 days');
  });

  it('CC-13 says until which day the next 7 days last', async () => {
    const { list } = await aList(await aTenant());
    const panel = await openFilter(list, 'Deadline');
    expect(textOf(panel)).to.include(`Due in the next 7 days by ${formatDate(inDays(7))}`);
  });

  it('CC-13 leaves a status that was chosen as it is', async () => {
    const { list } = await aList(await aTenant(deadlines()), { filters: 'due=today&status=closed' });
    await untilText(list, '1 of 7 cases');
    expect(subjects(list)).to.deep.equal(['Today and closed']);
  });

  it('CC-13 finds the deadlines within a range of days, both ends included, and with one end open', async () => {
    const { list } = await aList(await aTenant(deadlines()));
    const panel = await choose(list, 'Within a range of days');
    type(await untilFound(panel, 'textbox', 'Due on or after'), inDays(0));
    type(await untilFound(panel, 'textbox', 'Due on or before'), inDays(7));
    await apply(panel);
    await untilText(list, '3 of 7 cases');
    expect(subjects(list)).to.have.members(['Today', 'Today and closed', 'In a week']);
    expect(list.filterState).to.equal(`dueAfter=${inDays(0)}&dueBy=${inDays(7)}`);
    await untilText(list, `Deadline: ${formatDate(inDays(0))} – ${formatDate(inDays(7))}`);
    list.filterState = `dueAfter=${inDays(8)}`;
    await waitUntil(() => subjects(list).join() === 'In eight days');
    await untilText(list, `Deadline: from ${formatDate(inDays(8))}`);
  });

  it('CC-13 refuses an empty range and half an answer under the field, and asks for nothing', async () => {
    const { asked, fetch } = listening();
    const { list } = await aList(await aTenant(deadlines()), { fetch });
    await untilText(list, '7 cases');
    const before = asked.length;
    const panel = await choose(list, 'Within a range of days');
    await untilFound(panel, 'textbox', 'Due on or after');
    await apply(panel);
    await untilText(panel, 'This is not a date.');
    expect(deepFocus().id).to.equal('dueAfter');
    type(await untilFound(panel, 'textbox', 'Due on or after'), inDays(7));
    type(await untilFound(panel, 'textbox', 'Due on or before'), inDays(0));
    await apply(panel);
    await untilText(panel, 'The last day is before the first one.');
    expect(deepFocus().id).to.equal('dueBy');
    expect(deepFocus().getAttribute('aria-describedby')).to.equal('dueBy-error');
    expect(asked.length).to.equal(before);
    expect(list.filterState).to.equal('');
  });

  it('CC-13 refuses a preset that is none, and understands the old word for overdue', async () => {
    const { list } = await aList(await aTenant(deadlines()), { filters: 'due=someday' });
    await untilText(list, '“someday” is not a value of Deadline.');
    list.filterState = 'deadline=overdue';
    await waitUntil(() => subjects(list).join() === 'Yesterday');
    expect(list.filters).to.deep.equal({ due: 'overdue' });
  });

  it('CC-13 opens on the choice in force, and goes from one to another', async () => {
    const { list } = await aList(await aTenant(deadlines()), { filters: 'due=today' });
    const panel = await choose(list, 'Has a deadline');
    await apply(panel);
    await waitUntil(() => list.filterState === 'deadline=set');
    const again = await openFilter(list, 'Deadline');
    const chosen = await untilFound<HTMLInputElement>(again, 'radio', 'Has a deadline');
    await waitUntil(() => chosen.checked && deepFocus() === chosen);
    (await untilFound(again, 'radio', 'Any')).click();
    await apply(again);
    await waitUntil(() => list.filterState === '');
  });

  it('CC-13 asks anew when a day begins, where the reader is', async () => {
    const { asked, fetch } = listening();
    const { list } = await aList(await aTenant(), { fetch, filters: 'due=today' });
    await waitUntil(() => lastAsked(asked)?.get('dueBy') === inDays(0));
    const tomorrow = inDays(1);
    // The clock of the reader goes over midnight.
    globalThis.Date = class extends now {
      constructor(...given: [] | [number]) {
        super(...((given.length > 0 ? given : [now.now() + 86_400_000]) as [number]));
      }
      static override now = () => now.now() + 86_400_000;
    } as DateConstructor;
    document.dispatchEvent(new Event('visibilitychange'));
    await waitUntil(() => lastAsked(asked)?.get('dueBy') === tomorrow);
    expect(lastAsked(asked)?.get('dueAfter')).to.equal(tomorrow);
    await untilText(list, 'Deadline: Due today');
  });

  it('CC-13 says the presets in the language of the reader', async () => {
    const { list } = await aList(await aTenant(), { filters: 'due=next-7-days' });
    await setCaseLocale('de');
    await untilText(list, 'Frist: In den nächsten 7 Tagen fällig');
  });
});
