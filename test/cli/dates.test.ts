import { describe, expect, it } from 'vitest';

import { isZone, toCalendarDate, toInstant } from '../../server/cli/import/dates.js';

const newYork = { format: 'M/d/yyyy H:mm', zone: 'America/New_York' };

describe('a date of a file', () => {
  it.each([
    ['in winter', '2/14/2025 9:05', '2025-02-14T14:05:00Z'],
    ['in summer', '3/14/2025 1:20', '2025-03-14T05:20:00Z'],
    ['just before clocks go forward', '3/9/2025 1:59', '2025-03-09T06:59:00Z'],
    ['just after', '3/9/2025 3:00', '2025-03-09T07:00:00Z'],
    ['that clocks skipped', '3/9/2025 2:30', '2025-03-09T07:30:00Z'],
    ['that came twice', '11/2/2025 1:30', '2025-11-02T05:30:00Z'],
    ['after both', '11/2/2025 2:00', '2025-11-02T07:00:00Z'],
  ])('%s is the right instant', (_when, text, instant) => {
    expect(toInstant(text, newYork)).toBe(instant);
  });

  it.each(['13/1/2025 9:00', '2/30/2025 9:00', '2025-02-14', '', 'soon', '2/14/2025 25:00'])(
    'is no date when it says %j',
    (text) => {
      expect(toInstant(text, newYork)).toBeUndefined();
    },
  );

  it('is a calendar date where its own clock stood', () => {
    expect(toCalendarDate('2/14/2025 23:59', newYork)).toBe('2025-02-14');
    expect([isZone('Europe/Vienna'), isZone('Mars/Olympus')]).toEqual([true, false]);
  });
});
