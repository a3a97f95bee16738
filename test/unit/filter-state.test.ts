import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import {
  changeFilters,
  isFiltering,
  parseFilters,
  readFilters,
  serialiseFilters,
  toCaseQuery,
  validateFilters,
  type CaseFilters,
} from '../../components/shared/filter-state.js';
import { viewDues } from '../../src/contract/views.js';

const zoneBefore = process.env['TZ'];
beforeEach(() => {
  process.env['TZ'] = 'Europe/Rome';
});
afterEach(() => {
  process.env['TZ'] = zoneBefore ?? 'UTC';
});

const everything: CaseFilters = {
  q: '100% "a&b" <c>',
  status: ['open', 'closed'],
  type: ['billing'],
  priority: ['high'],
  tag: ['vip', 'späť'],
  raisedFrom: '2026-03-01',
  raisedTo: '2026-03-29',
  deadline: 'set',
  due: 'overdue',
  dueAfter: '2026-12-01',
  dueBy: '2026-12-31',
  sort: 'number',
};

describe('filters as text', () => {
  it('CC-14 come back from their text form as they were', () => {
    expect(parseFilters(serialiseFilters(everything))).toEqual({ filters: everything, unknown: [] });
    expect(parseFilters(`?${serialiseFilters(everything)}`).filters).toEqual(everything);
  });

  it('CC-14 are no text at all when nothing is chosen', () => {
    expect(serialiseFilters({ status: [], q: '', sort: '-updated' })).toBe('');
    expect(parseFilters('')).toEqual({ filters: {}, unknown: [] });
  });

  it('CC-14 name what is no filter, and leave it out', () => {
    expect(parseFilters('colour=red&status=open&sort=luck')).toEqual({
      filters: { status: ['open'] },
      unknown: ['colour', 'sort'],
    });
    expect(readFilters({ q: 7, tag: [1], type: 'billing' })).toEqual({
      filters: { type: ['billing'] },
      unknown: ['q', 'tag'],
    });
  });

  it('keep each value once, and drop empty ones', () => {
    expect(parseFilters('tag=a&tag=a&tag=&q=').filters).toEqual({ tag: ['a'] });
  });

  it('change one by one', () => {
    expect(changeFilters(everything, { tag: [], q: undefined, sort: 'updated' })).toEqual({
      ...everything,
      tag: undefined,
      q: undefined,
      sort: 'updated',
    });
    expect(isFiltering({ sort: 'number' })).toBe(false);
    expect(isFiltering({ tag: ['a'] })).toBe(true);
  });
});

describe('filters that cannot be applied', () => {
  const fields = (filters: CaseFilters) => validateFilters(filters).map(({ field, code }) => [field, code]);

  it('CC-05 CC-06 CC-13 are told apart by field when a date is none', () => {
    expect(fields({ raisedFrom: '2026-02-30', raisedTo: 'x', dueBy: '1.1.2026' })).toEqual([
      ['raisedFrom', 'not_a_date'],
      ['raisedTo', 'not_a_date'],
      ['dueBy', 'not_a_date'],
    ]);
  });

  it('CC-07 are told when the range is empty; one day is a range', () => {
    expect(fields({ raisedFrom: '2026-03-02', raisedTo: '2026-03-01' })).toEqual([
      ['raisedTo', 'empty_range'],
    ]);
    expect(fields({ raisedFrom: '2026-03-01', raisedTo: '2026-03-01' })).toEqual([]);
  });

  it('CC-13 are told when a range of deadlines is empty or no date', () => {
    expect(fields({ dueAfter: '2026-03-02', dueBy: '2026-03-01' })).toEqual([['dueBy', 'empty_range']]);
    expect(fields({ dueAfter: '2026-03-01', dueBy: '2026-03-01' })).toEqual([]);
    expect(fields({ dueAfter: 'soon' })).toEqual([['dueAfter', 'not_a_date']]);
  });

  it('CC-09 CC-13 are told when a status or a deadline is none', () => {
    expect(fields({ status: ['open', 'lost'], deadline: 'maybe', due: 'soon' })).toEqual([
      ['deadline', 'unknown_value'],
      ['due', 'unknown_value'],
      ['status', 'unknown_value'],
    ]);
  });

  it('CC-11 are told when a search is too long, with its length', () => {
    expect(validateFilters({ q: 'x'.repeat(200) })).toEqual([]);
    expect(validateFilters({ q: 'x'.repeat(201) })).toEqual([
      { field: 'q', code: 'too_long', value: '201', limit: 200 },
    ]);
  });
});

describe('the question for the server', () => {
  it('CC-05 CC-06 covers both days whole where the reader is, across the change of the clocks', () => {
    expect(toCaseQuery({ raisedFrom: '2026-03-28', raisedTo: '2026-03-29' }, '2026-04-01')).toEqual({
      raisedAfter: '2026-03-27T23:00:00.000Z',
      raisedBefore: '2026-03-29T22:00:00.000Z',
      sort: '-updated',
    });
  });

  it('CC-13 says what day it is where the reader is when it asks for overdue cases', () => {
    const question = { overdueOn: '2026-04-01', sort: '-updated' };
    expect(toCaseQuery({ due: 'overdue' }, '2026-04-01')).toEqual(question);
    const fromBefore = parseFilters('deadline=overdue');
    expect(fromBefore).toEqual({ filters: { due: 'overdue' }, unknown: [] });
    expect(toCaseQuery(fromBefore.filters, '2026-04-01')).toEqual(question);
  });

  it('CC-13 reckons presets in days of the calendar, across the change of the clocks and the year', () => {
    const ask = (due: string, today: string) => {
      const { dueAfter, dueBy, status } = toCaseQuery({ due }, today);
      return [dueAfter, dueBy, status];
    };
    expect(ask('today', '2026-03-29')).toEqual(['2026-03-29', '2026-03-29', 'open']);
    expect(ask('next-7-days', '2026-03-28')).toEqual(['2026-03-28', '2026-04-04', 'open']);
    expect(ask('next-7-days', '2026-10-24')).toEqual(['2026-10-24', '2026-10-31', 'open']);
    expect(ask('next-7-days', '2026-12-28')).toEqual(['2026-12-28', '2027-01-04', 'open']);
  });

  it('CC-13 knows every preset that a view can keep', () => {
    for (const due of viewDues) expect(validateFilters({ due })).toEqual([]);
  });

  it('CC-13 leaves the status that was chosen, and asks for the days in both of a preset and a range', () => {
    expect(toCaseQuery({ due: 'today', status: ['closed'] }, '2026-04-01').status).toEqual(['closed']);
    const both = { due: 'next-7-days', dueAfter: '2026-03-01', dueBy: '2026-04-03' };
    expect(toCaseQuery(both, '2026-04-01')).toMatchObject({ dueAfter: '2026-04-01', dueBy: '2026-04-03' });
    expect(toCaseQuery({ dueAfter: '2026-04-02' }, '2026-04-01')).toEqual({
      dueAfter: '2026-04-02',
      sort: '-updated',
    });
  });

  it('CC-14 carries every filter', () => {
    expect(toCaseQuery(everything, '2026-04-01')).toMatchObject({
      q: '100% "a&b" <c>',
      status: ['open', 'closed'],
      type: ['billing'],
      priority: ['high'],
      tag: ['vip', 'späť'],
      deadline: 'set',
      overdueOn: '2026-04-01',
      dueAfter: '2026-12-01',
      dueBy: '2026-12-31',
      sort: 'number',
    });
  });
});
