import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import {
  addDays,
  daysBetween,
  describeDeadline,
  formatAge,
  formatBytes,
  formatDate,
  formatInstant,
  initials,
  isDate,
  localToday,
  startOfLocalDay,
} from '../../components/shared/format.js';
import { formatNames } from '../../components/shared/name-list.js';

const zones = [
  'UTC',
  'Europe/Rome',
  'America/St_Johns',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
  'Asia/Kolkata',
];
const zoneBefore = process.env['TZ'];

function inZone(zone: string): void {
  process.env['TZ'] = zone;
}

beforeEach(() => inZone('Europe/Rome'));
afterEach(() => {
  process.env['TZ'] = zoneBefore ?? 'UTC';
});

const words = (deadline: string, now: Date, closed = false) =>
  describeDeadline(deadline, { locale: 'en-GB', now, closed });

describe('a deadline in words', () => {
  it('CC-19 says how much time is left or how long it is past, with the date', () => {
    const now = new Date(2026, 10, 22, 15);
    const said = (deadline: string) => {
      const { text, date, tone } = words(deadline, now);
      return [text, date, tone];
    };
    expect(said('2026-11-20')).toEqual(['2 days overdue', '20 Nov', 'critical']);
    expect(said('2026-11-21')).toEqual(['1 day overdue', '21 Nov', 'critical']);
    expect(said('2026-11-22')).toEqual(['Due today', '22 Nov', 'caution']);
    expect(said('2026-11-23')).toEqual(['Due tomorrow', '23 Nov', 'caution']);
    expect(said('2026-11-25')).toEqual(['Due in 3 days', '25 Nov', 'caution']);
    expect(said('2026-11-26')).toEqual(['Due in 4 days', '26 Nov', 'plain']);
    expect(said('2027-01-02')).toEqual(['Due in 41 days', '2 Jan 2027', 'plain']);
    expect(said('2023-11-22')).toEqual(['1,096 days overdue', '22 Nov 2023', 'critical']);
  });

  it('is near as many days before as the settings say', () => {
    const now = new Date(2026, 10, 22, 15);
    const tones = (soonDays: number) =>
      ['2026-11-22', '2026-11-23', '2026-11-27', '2026-11-28'].map(
        (deadline) => describeDeadline(deadline, { locale: 'en-GB', now, soonDays }).tone,
      );
    expect(tones(0)).toEqual(['caution', 'plain', 'plain', 'plain']);
    expect(tones(5)).toEqual(['caution', 'caution', 'caution', 'plain']);
  });

  it('CC-19 never calls a closed case due or overdue', () => {
    const now = new Date(2026, 10, 22);
    expect(words('2026-11-20', now, true)).toEqual({ text: '20 Nov', date: '20 Nov', tone: 'plain' });
    expect(words('2026-11-22', now, true).text).toBe('22 Nov');
  });

  it('CC-19 shows a broken deadline as it is', () => {
    expect(words('soon', new Date())).toEqual({ text: 'soon', date: 'soon', tone: 'plain' });
  });

  for (const zone of zones)
    it(`CC-19 turns at the reader's own midnight in ${zone}`, () => {
      inZone(zone);
      expect(words('2026-11-22', new Date(2026, 10, 21, 23, 59, 59)).text).toBe('Due tomorrow');
      expect(words('2026-11-22', new Date(2026, 10, 22, 0, 0, 0)).text).toBe('Due today');
      expect(words('2026-11-22', new Date(2026, 10, 22, 23, 59, 59)).text).toBe('Due today');
      expect(words('2026-11-22', new Date(2026, 10, 23, 0, 0, 0)).text).toBe('1 day overdue');
    });

  it('CC-19 counts whole days across the change of the clocks', () => {
    // Rome: 29 March 2026 has 23 hours, 25 October 2026 has 25.
    expect(words('2026-03-29', new Date(2026, 2, 28, 23, 30)).text).toBe('Due tomorrow');
    expect(words('2026-03-29', new Date(2026, 2, 30, 0, 30)).text).toBe('1 day overdue');
    expect(words('2026-10-25', new Date(2026, 9, 26, 0, 30)).text).toBe('1 day overdue');
    expect(words('2026-10-26', new Date(2026, 9, 25, 0, 30)).text).toBe('Due tomorrow');
  });

  it.each([
    // The zone, the day whose clocks change, and how many hours it has.
    ['America/New_York', '2026-03-08', 23],
    ['America/New_York', '2026-11-01', 25],
    ['Pacific/Auckland', '2026-04-05', 25],
    ['Pacific/Auckland', '2026-09-27', 23],
    ['Europe/Rome', '2026-03-29', 23],
    ['Europe/Rome', '2026-10-25', 25],
    // The clocks jump over midnight: the day begins at one.
    ['America/Santiago', '2026-09-06', 23],
    // Half an hour.
    ['Australia/Lord_Howe', '2026-10-04', 23.5],
  ])('CC-19 turns at every midnight around the change of the clocks in %s on %s', (zone, changed, hours) => {
    inZone(zone);
    const start = (day: string) => Date.parse(startOfLocalDay(day));
    expect((start(addDays(changed, 1)) - start(changed)) / 3_600_000).toBe(hours);
    const expected = ['Due in 3 days', 'Due in 2 days', 'Due tomorrow', 'Due today', '1 day overdue'];
    for (const deadline of [changed, addDays(changed, 1), addDays(changed, -1)])
      expected.forEach((text, index) => {
        const day = addDays(deadline, index - 3);
        const first = start(day);
        const last = start(addDays(day, 1)) - 1;
        const said = [first, (first + last) / 2, last].map((now) => words(deadline, new Date(now)).text);
        expect(said, `${deadline} on ${day}`).toEqual([text, text, text]);
      });
  });

  it('CC-19 tells two readers of one moment each their own day', () => {
    const now = new Date('2026-11-22T11:30:00Z');
    const said = ['Pacific/Auckland', 'America/New_York', 'Europe/Rome'].map((zone) => {
      inZone(zone);
      return words('2026-11-22', now).text;
    });
    expect(said).toEqual(['1 day overdue', 'Due today', 'Due today']);
  });

  it('CC-19 counts across years and leap days', () => {
    expect(words('2027-12-31', new Date(2028, 0, 1)).text).toBe('1 day overdue');
    expect(daysBetween('2028-02-28', '2028-03-01')).toBe(2);
    expect(daysBetween('2026-02-28', '2026-03-01')).toBe(1);
  });
});

describe('days', () => {
  it('CC-05 knows dates that exist', () => {
    expect(isDate('2028-02-29')).toBe(true);
    for (const text of ['2026-02-29', '2026-13-01', '2026-1-1', '26-01-01', 'today', '', '2026-11-22T00:00'])
      expect(isDate(text), text).toBe(false);
  });

  it('CC-05 CC-06 starts a day at midnight where the reader is, summer and winter', () => {
    expect(startOfLocalDay('2026-07-01')).toBe('2026-06-30T22:00:00.000Z');
    expect(startOfLocalDay('2026-12-01')).toBe('2026-11-30T23:00:00.000Z');
    inZone('America/St_Johns');
    expect(startOfLocalDay('2026-12-01')).toBe('2026-12-01T03:30:00.000Z');
  });

  it('CC-05 CC-06 starts the day at its first moment where the clocks skip midnight', () => {
    inZone('America/Santiago');
    const start = new Date(startOfLocalDay('2026-09-06'));
    expect(start.getDate()).toBe(6);
    expect(new Date(start.getTime() - 1).getDate()).toBe(5);
  });

  it('adds days across months, years and changes of the clocks', () => {
    expect(addDays('2026-03-28', 1)).toBe('2026-03-29');
    expect(addDays('2026-03-29', 1)).toBe('2026-03-30');
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(addDays('2026-03-01', -1)).toBe('2026-02-28');
  });

  it('knows which day it is where the reader is', () => {
    const now = new Date('2026-11-22T11:30:00Z');
    inZone('Pacific/Kiritimati');
    expect(localToday(now)).toBe('2026-11-23');
    inZone('Pacific/Pago_Pago');
    expect(localToday(now)).toBe('2026-11-22');
  });

  it('never shifts a calendar date by the time zone', () => {
    for (const zone of zones) {
      inZone(zone);
      expect(formatDate('2026-11-28', 'en-GB', new Date(2026, 5, 1)), zone).toBe('28 Nov');
    }
  });
});

describe('moments', () => {
  it('says how long ago in the shortest words', () => {
    const now = new Date('2026-11-22T12:00:00Z');
    const age = (instant: string) => formatAge(instant, 'en-GB', now);
    expect(age('2026-11-22T11:59:30Z')).toBe('now');
    expect(age('2026-11-22T11:56:00Z')).toMatch(/^4 min/);
    expect(age('2026-11-22T11:00:00Z')).toMatch(/^1 hr? ?\.? ?ago$/);
    expect(age('2026-11-21T20:00:00Z')).toBe('yesterday');
    expect(age('2026-11-17T10:00:00Z')).toBe('17 Nov');
    expect(age('2025-11-17T10:00:00Z')).toBe('17 Nov 2025');
  });

  it('CC-22 says that a broken moment is unknown', () => {
    expect(formatAge('yesterday-ish', 'en-GB')).toBe('unknown date');
    expect(formatAge(null, 'en-GB')).toBe('unknown date');
    expect(formatInstant('yesterday-ish', 'en-GB')).toBeUndefined();
  });

  it('CC-22 shows a moment in the reader’s time zone', () => {
    expect(formatInstant('2026-11-19T09:42:00Z', 'en-GB')).toContain('10:42');
    inZone('Asia/Kolkata');
    expect(formatInstant('2026-11-19T09:42:00Z', 'en-GB')).toContain('15:12');
  });
});

describe('sizes and names', () => {
  it('says sizes as people read them', () => {
    expect(formatBytes(999, 'en-GB')).toBe('999 byte');
    expect(formatBytes(84_000, 'en-GB')).toBe('84 kB');
    expect(formatBytes(1_500_000, 'en-GB')).toBe('1.5 MB');
  });

  it('takes the initials of any name', () => {
    expect(initials('Marta Ferri')).toBe('MF');
    expect(initials('Paolo')).toBe('P');
    expect(initials('  ')).toBe('');
    expect(initials('Ana María de la Cruz')).toBe('AC');
  });
});

describe('names one after the other', () => {
  it('are set apart from each other where one runs from right to left, and stand plainly elsewhere', () => {
    expect(formatNames(['Ada Moreau', 'Pia Moreau'])).toBe('Ada Moreau and Pia Moreau');
    expect(formatNames(['د. ليلى منصور', 'Pia Moreau'])).toBe(
      '\u2068د. ليلى منصور\u2069 and \u2068Pia Moreau\u2069',
    );
  });
});
