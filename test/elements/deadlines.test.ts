import { expect } from '@open-wc/testing';

import '../../components/case-detail/case-detail.js';
import { setCaseLocale } from '../../components/shared/localization.js';
import { addDays, formatDate, localToday } from '../../components/shared/format.js';
import { detailOf } from './case-detail-support.js';
import { aList, aWidget } from './case-list-support.js';
import { speakEnglish } from './localization-support.js';
import { aCase, aTenant, closed, disposeClients, everything, textOf, untilText } from './support.js';
import { waitUntil } from './wait-until.js';

// Counted from the reader's own today, whatever the zone of this machine is.
const inDays = (days: number) => addDays(localToday(), days);

const expected = [
  { deadline: inDays(-2), text: '2 days overdue', tone: 'critical' },
  { deadline: inDays(0), text: 'Due today', tone: 'caution' },
  { deadline: inDays(1), text: 'Due tomorrow', tone: 'caution' },
  { deadline: inDays(3), text: 'Due in 3 days', tone: 'caution' },
  { deadline: inDays(20), text: 'Due in 20 days', tone: 'plain' },
];

/** What is shown as a deadline: its words, its day and what stands beside it. */
function deadlinesOf(root: Element) {
  return everything(root)
    .filter((element) => element instanceof HTMLTimeElement && !element.dateTime.includes('T'))
    .map((element) => ({
      deadline: element.getAttribute('datetime'),
      text: textOf(element),
      title: element.getAttribute('title'),
      tone: ['critical', 'caution', 'plain'].find((tone) => element.classList.contains(tone)),
    }))
    .sort((one, other) => String(one.deadline).localeCompare(String(other.deadline)));
}

const withTitles = expected.map((row) => ({ ...row, title: formatDate(row.deadline) }));

describe('deadlines', () => {
  afterEach(async () => {
    disposeClients();
    await speakEnglish();
  });

  it('CC-19 say in the list how much time is left, with the date as the title', async () => {
    const { list } = await aList(await aTenant(expected.map(({ deadline }) => aCase({ deadline }))));
    await untilText(list, 'Due in 20 days');
    expect(deadlinesOf(list)).to.deep.equal(withTitles);
    await setCaseLocale('de');
    await untilText(list, 'In 20 Tagen fällig');
    expect(deadlinesOf(list).map(({ text }) => text)).to.deep.equal([
      '2 Tage überfällig',
      'Heute fällig',
      'Morgen fällig',
      'In 3 Tagen fällig',
      'In 20 Tagen fällig',
    ]);
  });

  it('CC-19 say the same in the widget', async () => {
    const { list } = await aWidget(await aTenant(expected.map(({ deadline }) => aCase({ deadline }))));
    await untilText(list, 'Due in 20 days');
    expect(deadlinesOf(list)).to.deep.equal(withTitles);
  });

  for (const { deadline, text, tone } of expected)
    it(`CC-19 say the date and the time left in the detail: ${text}`, async () => {
      const { detail } = await detailOf({ deadline });
      const said = `${formatDate(deadline)} · ${text}`;
      expect(deadlinesOf(detail)).to.deep.equal([{ deadline, text: said, title: null, tone }]);
    });

  it('CC-19 are a date and nothing more on a closed case', async () => {
    const over = { deadline: inDays(-2), entries: closed };
    const plain = { deadline: over.deadline, text: formatDate(over.deadline), title: null, tone: 'plain' };
    const { detail } = await detailOf(over);
    expect(deadlinesOf(detail)).to.deep.equal([plain]);
    const { list } = await aList(await aTenant([aCase(over)]));
    await untilText(list, plain.text);
    expect(deadlinesOf(list)).to.deep.equal([plain]);
  });

  it('are near as many days before as the settings say', async () => {
    const tenant = await aTenant(expected.map(({ deadline }) => aCase({ deadline })));
    const client = tenant.clientFor('administrator');
    const { settings } = await client.session.get();
    await client.settings.update({ dueSoonDays: 20 }, { version: settings.version });
    const { list } = await aList(tenant);
    const tones = () => deadlinesOf(list).map(({ tone }) => tone);
    // The cases may be there before the settings.
    await waitUntil(() => tones().at(-1) === 'caution', 'the last is near');
    expect(tones()).to.deep.equal(['critical', 'caution', 'caution', 'caution', 'caution']);
  });
});
