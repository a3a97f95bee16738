import { expect } from '@open-wc/testing';

import type { CaseList } from '../../components/case-list/case-list.element.js';
import { setCaseLocale } from '../../components/shared/localization.js';
import { aList } from './case-list-support.js';
import { speakEnglish } from './localization-support.js';
import { aCase, aTenant, closed, disposeClients, findAll, untilText } from './support.js';
import { waitUntil } from './wait-until.js';

const usual = undefined;
const few = 'subject status updated';
const six = 'subject type priority deadline assignee updated';
const seven = 'number subject type priority deadline tags updated';
const eight = 'number subject status priority deadline tags assignee updated';
const all = 'number subject customer status type priority deadline tags assignee updated';

/** Long words of German, where there are many. */
const cases = () => [
  aCase({
    subject: 'Netzwerkverbindungsunterbrechung am Gewerbestandort Donauufer',
    tags: ['Rückerstattungsanforderung'],
    deadline: '2025-03-01',
    type: 'technical',
  }),
  aCase({ subject: 'Router drops the line every evening at eight', entries: closed, priority: 'high' }),
];

const scroller = (list: CaseList) => list.shadowRoot?.querySelector('.scroll') as HTMLElement;
const room = (list: CaseList) => {
  const { scrollWidth, clientWidth } = scroller(list);
  return clientWidth - scrollWidth;
};
const isTable = (list: CaseList) => findAll(list, 'columnheader').length > 0;

describe('<case-list> between phone and desk', () => {
  afterEach(async () => {
    disposeClients();
    await speakEnglish();
  });

  for (const dir of ['ltr', 'rtl'] as const)
    for (const [name, columns, table] of [
      ['its usual columns', usual, 736],
      ['six columns', six, 832],
      ['few columns', few, 560],
      ['seven columns', seven, 1000],
      ['eight columns', eight, 1160],
      ['every column', all, 1320],
    ] as const)
      it(`is a table with ${name} from ${table} px on, and cards below, with room for the subject, ${dir}`, async () => {
        await setCaseLocale('de');
        const { list, provider } = await aList(await aTenant(cases()));
        const frame = provider.parentElement as HTMLElement;
        provider.dir = dir;
        list.columns = columns;
        await untilText(list, 'Netzwerkverbindung');
        for (const width of [360, 480, 600, 740, 800, 1000, table - 1, table, 1280, 1440]) {
          frame.style.inlineSize = `${width}px`;
          await waitUntil(() => list.offsetWidth === width);
          expect(isTable(list), `${width} px`).to.equal(width >= table);
          expect(room(list), `nothing scrolls sideways at ${width} px`).to.be.at.least(0);
          const subject = list.shadowRoot?.querySelector<HTMLElement>('td.case');
          expect(subject?.offsetWidth, `the subject at ${width} px`).to.be.at.least(200);
        }
      });
});
