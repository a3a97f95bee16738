import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, describe, expect, it } from 'vitest';

import { plural } from '../../components/shared/locale.js';
import { messages as arabic } from '../../components/shared/locales/ar.js';
import { messages as english } from '../../components/shared/locales/en.js';
import { messages as pseudo } from '../../components/shared/locales/en-XA.js';
import { messages as italian } from '../../components/shared/locales/it.js';
import { compare, extract, localize } from '../../tools/localize.mjs';

// Inside the project, so that the types of lit-localize are found.
const scratch: string[] = [];

function source(...lines: string[]): string {
  const folder = mkdtempSync(join(import.meta.dirname, '../../node_modules/.cache-words-'));
  scratch.push(folder);
  const file = join(folder, 'words.ts');
  writeFileSync(file, [`import { msg, str } from '@lit/localize';`, ...lines].join('\n'));
  return file;
}

afterEach(() => {
  for (const folder of scratch.splice(0)) rmSync(folder, { recursive: true });
});

describe('the words of the elements', () => {
  it('have an id, one text each, and are complete in every catalogue', async () => {
    const { problems, count } = await localize(true);
    expect(problems).toEqual([]);
    expect(count).toBeGreaterThan(300);
  }, 60_000);

  it('are refused without an id', () => {
    expect(extract([source(`msg('Hello');`)]).problems).toEqual(['words.ts: a msg() has no id.']);
  });

  it('are refused when one id has two texts', () => {
    const { problems } = extract([source(`msg('Hello', { id: 'a' });`, `msg('Hullo', { id: 'a' });`)]);
    expect(problems.join()).toContain('ID a was defined in 2 places');
  });

  it('number what is filled in, the same in every form', () => {
    const file = source(
      `export const words = (who: string, when: string) => [`,
      `  msg(str\`\${who} wrote \${when} \${who}\`, { id: 'a' }),`,
      `  msg(str\`one {\${who} has #} other {\${who} have #}\`, { id: 'b' }),`,
      `];`,
    );
    expect(extract([file])).toEqual({
      messages: { a: '{0} wrote {1} {0}', b: 'one {{0} has #} other {{0} have #}' },
      problems: [],
    });
  });
});

describe('a catalogue', () => {
  const words = { hello: 'Hello {0}', count: 'one {# reply} other {# replies}' };

  it.each([
    ['lacks a string', { count: 'one {#} other {#}' }, 'en: "hello" is missing.'],
    ['has one too many', { ...words, bye: 'Bye' }, 'en: "bye" is not used anywhere.'],
    ['loses a placeholder', { ...words, hello: 'Hello' }, 'en: "hello" must hold {0}.'],
    ['has another placeholder', { ...words, hello: 'Hello {1}' }, 'en: "hello" must hold {0}.'],
    [
      'loses the number',
      { ...words, count: 'one {a reply} other {replies}' },
      'en: "count" must hold # in "other".',
    ],
    ['lacks a form', { ...words, count: 'other {# replies}' }, 'en: "count" lacks the form "one".'],
    ['is empty', { ...words, hello: ' ' }, 'en: "hello" must hold {0}.'],
  ])('is refused when it %s', (_, catalogue, problem) => {
    expect(compare('en', words, catalogue)).toEqual([problem]);
  });

  it('needs all six forms in Arabic', () => {
    expect(compare('ar', words, words).map((problem) => /"(\w+)"\.$/.exec(problem)?.[1])).toEqual(
      expect.arrayContaining(['zero', 'two', 'few', 'many']),
    );
  });

  it('translates, but for words that are the same in both languages', () => {
    const same = (['it', 'ar'] as const).map((locale) =>
      Object.entries(locale === 'it' ? italian : arabic).flatMap(([id, text]) =>
        text === english[id as keyof typeof english] ? [id] : [],
      ),
    );
    expect(same[0]).toEqual(['case-timeline.other', 'filters.tag']);
    expect(same[1]).toEqual([]);
  });
});

describe('counted phrases', () => {
  it.each([
    [0, 'لا طلبات'],
    [1, 'طلب واحد'],
    [2, 'طلبان'],
    [3, '3 طلبات'],
    [11, '11 طلبًا'],
    [100, '100 طلب'],
  ])('say %i in Arabic', (count, words) => {
    expect(plural(count, arabic['case-list.count'], 'ar')).toBe(words);
  });

  it.each([
    [1, '1 risposta'],
    [3, '3 risposte'],
    [1_000_000, '1.000.000 di risposte'],
  ])('say %i in Italian', (count, words) => {
    expect(plural(count, italian['case-list.replies'], 'it')).toBe(words);
  });

  it('falls back to the form for all others', () => {
    expect(plural(1, 'other {# replies}', 'en')).toBe('1 replies');
  });
});

describe('the pseudo-locale', () => {
  it('is longer, accented and in brackets, and keeps what is filled in', () => {
    expect(pseudo['case-list.due']).toMatch(/^\[Ðûé \{0\}~+\]$/);
    expect(pseudo['case-list.replies']).toMatch(/^one \{\[# .+~+\]\} other \{\[# .+~+\]\}$/);
    expect(compare('en', english, pseudo)).toEqual([]);
    const length = (messages: object) => Object.values(messages).join('').length;
    expect(length(pseudo) / length(english)).toBeGreaterThan(1.3);
  });
});
