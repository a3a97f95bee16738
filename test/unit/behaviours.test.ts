import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { namedBehaviours } from '../support/named-behaviours.js';

/**
 * What the product promises, by id, each proved on two sides: through the element in a browser, as a person sees it, and
 * through HTTP, as a caller does. A family that is finished joins with a line; one that is not is not promised yet.
 */
const families: Readonly<Record<string, readonly string[]>> = {
  'Customer cases': numbered('CC', 51),
  'Sharing with co-workers': numbered('CO', 27),
  'Sharing between departments': numbered('DE', 36),
  'Sharing with customers': numbered('CU', 27),
  Inboxes: numbered('IB', 29),
  Errors: ['E-VAL', 'E-FORB', 'E-404', 'E-CONF', 'E-GONE', 'E-DUP', 'E-CONFIG', 'E-LIMIT'],
  Decisions: Array.from({ length: 9 }, (_, index) => `decision ${index + 1}`),
};

type Side = 'element' | 'http';

/** What has one side only, and why. */
const exceptions: Readonly<Record<Side, Readonly<Record<string, string>>>> = {
  element: {
    'DE-32': 'Whom a message goes to is seen in their mailboxes, not in a page.',
  },
  http: {
    'CO-17': 'Wide and narrow windows ask the same server the same.',
    'DE-18': 'Where the icon stands is of the page; what it asks and is refused is DE-17.',
    'CC-33':
      'One panel, Escape and the focus are of the page. What its sections may do is CC-31, CC-32 and CC-39.',
    'IB-05': 'Which columns there are is of the page.',
    'IB-06': 'The message comes with the entry; what opens it is of the page.',
    'IB-19': 'Cancel sends no request, so no caller sees anything.',
    'IB-21': 'The page around opens the customer.',
    'IB-24': 'What is asked before a text is dropped is of the page.',
    'CC-51': 'Clear sends no request, so no caller sees anything.',
    'E-GONE': 'No route of customer cases ends a record.',
    'E-CONFIG': 'An element that is set up wrongly has nobody to ask.',
  },
};

const folders: Readonly<Record<Side, readonly string[]>> = {
  element: ['elements', 'e2e'],
  http: ['server'],
};

function numbered(family: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${family}-${String(index + 1).padStart(2, '0')}`);
}

const named: Readonly<Record<Side, ReadonlySet<string>>> = { element: read('element'), http: read('http') };

function read(side: Side): Set<string> {
  const files = folders[side].flatMap((folder) => {
    const path = join(import.meta.dirname, '..', folder);
    return (
      readdirSync(path)
        .filter((name) => /\.(test|spec)\.ts$/.test(name))
        // Those ask the engine itself, which no caller can.
        .filter((name) => side === 'element' || !name.startsWith('engine-'))
        .map((name) => join(path, name))
    );
  });
  return new Set(files.flatMap((file) => [...namedBehaviours(readFileSync(file, 'utf8'))]));
}

describe.each(Object.entries(families))('%s', (_, ids) => {
  it.each(['element', 'http'] as const)('are each named by a test on the side of the %s', (side) => {
    expect(ids.filter((id) => !named[side].has(id) && exceptions[side][id] === undefined)).toEqual([]);
  });
});

describe('an exception', () => {
  it.each(['element', 'http'] as const)(
    'of the side of the %s is of something promised and still needed',
    (side) => {
      const promised = new Set(Object.values(families).flat());
      const stale = Object.keys(exceptions[side]).filter((id) => !promised.has(id) || named[side].has(id));
      expect(stale).toEqual([]);
    },
  );
});

describe('a test', () => {
  it('names no behaviour of a finished family that there is not', () => {
    const promised = new Set(Object.values(families).flat());
    const finished = new Set([...promised].map((id) => id.split('-')[0]));
    const unknown = [...named.element, ...named.http].filter(
      (id) => finished.has(id.split('-')[0]) && !promised.has(id),
    );
    expect(unknown).toEqual([]);
  });
});

describe('the names of tests', () => {
  it.each([
    ['of a test', `it('CC-01 is so', () => {});`],
    [
      'of a group, a step and a table',
      `describe('CC-01', () => { test.step('CC-02', f); it.each([['CC-03']])('%s', f); });`,
    ],
    ['made in a loop', 'for (const row of [["CC-01"]]) it(`${row} is so`, () => {});'],
    ['in a template', 'it(`CC-01 ${x} and CC-02`, f);'],
  ])('count %s', (_, source) => {
    expect(namedBehaviours(source)).toContain('CC-01');
    for (const id of source.match(/CC-\d\d/g) ?? []) expect(namedBehaviours(source)).toContain(id);
  });

  it.each([
    ['a comment', `// CC-01\nit('is so', f);`],
    ['the inside of a test', `it('is so', () => { expect('CC-01'); });`],
    ['a test that is skipped', `it.skip('CC-01', f); describe.skip('CC-01', f); test.fixme('CC-01', f);`],
    ['what is inside of one', `describe.skip('it', () => { it('CC-01', f); });`],
    ['a loop whose name does not use it', `for (const row of ['CC-01']) it('is so', f);`],
  ])('do not count %s', (_, source) => {
    expect([...namedBehaviours(source)]).toEqual([]);
  });
});
