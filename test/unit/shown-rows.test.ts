import { describe, expect, it } from 'vitest';

import { compareRows } from '../../components/shared/shown-rows.js';
import type { ListData } from '../../src/client/live-query.js';
import type { CaseSummary } from '../../src/contract/cases.js';

function rows(text: string, hasNext = false): ListData<CaseSummary> {
  const items = text.split(' ').map((entry) => {
    const [id = '', version = '1'] = entry.split('@');
    return { id, version, subject: id, replyCount: 0 } as CaseSummary;
  });
  return { items, hasNext };
}

const compared = (before: ListData<CaseSummary>, after: ListData<CaseSummary>) => {
  const { fresh, gone } = compareRows(before, after);
  return { fresh, gone: gone.map(({ id }) => id) };
};

describe('what changed in a list', () => {
  it('is nothing when the same rows come again', () => {
    expect(compared(rows('a b c'), rows('a b c'))).toEqual({ fresh: [], gone: [] });
  });

  it('is a row that is new or has another version', () => {
    expect(compared(rows('a b'), rows('n a b@2'))).toEqual({ fresh: ['n', 'b'], gone: [] });
  });

  it('is a row that has left', () => {
    expect(compared(rows('a b c'), rows('a c'))).toEqual({ fresh: [], gone: ['b'] });
  });

  it('is not the next page', () => {
    expect(compared(rows('a b', true), rows('a b c d', true))).toEqual({ fresh: [], gone: [] });
  });

  it('is not a row that a new one pushed beyond the last page', () => {
    expect(compared(rows('a b c', true), rows('n a b', true))).toEqual({ fresh: ['n'], gone: [] });
  });

  it('is not a row that came up from beyond the last page', () => {
    expect(compared(rows('a b c', true), rows('a c d', true))).toEqual({ fresh: [], gone: ['b'] });
  });
});
