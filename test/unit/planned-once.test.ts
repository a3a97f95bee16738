import { describe, expect, it } from 'vitest';

import { createStatementNames, plannedOnce } from '../../server/engine/sql/planned-once.js';

describe('the names of statements that are planned once', () => {
  it('stay with their text, and are given to no other statement', () => {
    const nameOf = createStatementNames();
    const first = `select ${mark()} 1`;
    expect(nameOf(first)).toMatch(/^casement_/);
    expect(nameOf(first)).toBe(nameOf(first));
    expect(nameOf(`${mark()} select 2`)).not.toBe(nameOf(first));
    expect(nameOf('select 1')).toBeUndefined();
    expect(nameOf(`select '${'x'.repeat(60)} ${mark()}'`)).toBeUndefined();
  });

  it('are no more than a connection should keep', () => {
    const nameOf = createStatementNames();
    const names = Array.from({ length: 500 }, (_, index) => nameOf(`${mark()} select ${index}`));
    expect(new Set(names.filter(Boolean)).size).toBe(200);
    expect(nameOf(`${mark()} select 7`)).toBe(names[7]);
  });
});

function mark(): string {
  const [text] = plannedOnce.toOperationNode().sqlFragments;
  return text ?? '';
}
