import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, describe, expect, it } from 'vitest';

import { plural } from '../../components/shared/locale.js';
import { messages as arabic } from '../../components/shared/locales/ar.js';
import { messages as english } from '../../components/shared/locales/en.js';
import { messages as pseudo } from '../../components/shared/locales/en-XA.js';
import { messages as french } from '../../components/shared/locales/fr.js';
import { messages as german } from '../../components/shared/locales/de.js';
import { messages as italian } from '../../components/shared/locales/it.js';
import { messages as spanish } from '../../components/shared/locales/es.js';
import { builtInLocales } from '../../components/shared/localization.catalogues.js';
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
    const { problems, count, locales } = await localize(true);
    expect(problems).toEqual([]);
    expect(locales).toEqual(['ar', 'de', 'en-XA', 'es', 'fr', 'it']);
    expect(Object.keys(builtInLocales).sort()).toEqual([...locales].sort());
    expect(count).toBeGreaterThan(300);
  }, 180_000);

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

  it.each([
    ['ar', arabic, []],
    [
      'de',
      german,
      [
        'Live',
        'Name',
        'Organisation',
        'Status',
        'Status:',
        'Support',
        'Text',
        '{0} ({1})',
        '{0} s',
        '{0}, {1}',
        '{0}: {1}',
        '{0}: {1}, {2}.',
      ],
    ],
    ['es', spanish, ['No', 'Visible', '{0} ({1})', '{0} s', '{0}, {1}', '{0}: {1}', '{0}: {1}, {2}.']],
    [
      'fr',
      french,
      [
        'Actions',
        'Agents',
        'Description',
        'Message',
        'Messages',
        'Note',
        'Notes',
        'Organisation',
        'Organisations',
        'Type',
        'Visible',
        '{0} ({1})',
        '{0} s',
        '{0}, {1}',
      ],
    ],
    [
      'it',
      italian,
      ['In {0} · {1}', 'No', 'Tag', '{0} ({1})', '{0} s', '{0}, {1}', '{0}: {1}', '{0}: {1}, {2}.'],
    ],
  ])('translates, but for words that are the same in both languages: %s', (_, catalogue, same) => {
    const untranslated = Object.entries(catalogue).flatMap(([id, text]) =>
      text === english[id as keyof typeof english] ? [text] : [],
    );
    expect([...new Set(untranslated)].sort()).toEqual(same);
  });

  // Whoever reads is a stranger: nobody is called by the familiar form.
  it.each([
    ['German', german, ['du', 'dich', 'dir', 'dein', 'deine', 'deinen', 'deinem', 'deiner']],
    ['French', french, ['tu', 'te', 'toi', 'ton', 'ta', 'tes', 'choisis', 'écris']],
    ['Spanish', spanish, ['tú', 'tu', 'tus', 'te', 'ti', 'puedes', 'tienes', 'haz']],
  ])('speaks to a stranger, formally, in %s', (_, catalogue, familiar) => {
    const words = Object.values(catalogue).flatMap((text) => text.toLowerCase().match(/\p{L}+/gu) ?? []);
    expect(words.filter((word) => familiar.includes(word))).toEqual([]);
  });

  it('keeps the signs of French to their words', () => {
    // The colon of an address belongs to it.
    const torn = /[^\u00a0\u202f](?:[;?!»]|:(?!\/\/))|«[^\u00a0\u202f]|'/;
    expect(Object.values(french).filter((text) => torn.test(text))).toEqual([]);
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

  it.each([
    ['de', german, ['0 Antworten', '1 Antwort', '2 Antworten', '1.000.000 Antworten']],
    ['es', spanish, ['0 respuestas', '1 respuesta', '2 respuestas', '1.000.000 de respuestas']],
    ['fr', french, ['0 réponse', '1 réponse', '2 réponses', '1\u202f000\u202f000 de réponses']],
  ])('say 0, 1, 2 and a million in %s', (locale, catalogue, words) => {
    expect([0, 1, 2, 1e6].map((count) => plural(count, catalogue['case-list.replies'], locale))).toEqual(
      words,
    );
  });

  it.each([
    ['ar', arabic, ['متأخر يومين', 'يستحق خلال 3 أيام', 'يستحق خلال 11 يومًا']],
    ['de', german, ['2 Tage überfällig', 'In 3 Tagen fällig', 'In 11 Tagen fällig']],
    ['es', spanish, ['Vencido hace 2 días', 'Vence en 3 días', 'Vence en 11 días']],
    ['fr', french, ['En retard de 2 jours', 'Échéance dans 3 jours', 'Échéance dans 11 jours']],
    ['it', italian, ['In ritardo di 2 giorni', 'Scade tra 3 giorni', 'Scade tra 11 giorni']],
  ])('say how much time a deadline leaves in %s', (locale, catalogue, words) => {
    expect([
      plural(2, catalogue['deadline.overdue'], locale),
      plural(3, catalogue['deadline.in-days'], locale),
      plural(11, catalogue['deadline.in-days'], locale),
    ]).toEqual(words);
  });

  it('falls back to the form for all others', () => {
    expect(plural(1, 'other {# replies}', 'en')).toBe('1 replies');
  });
});

describe('the pseudo-locale', () => {
  it('is longer, accented and in brackets, and keeps what is filled in', () => {
    expect(pseudo['case-form.for']).toMatch(/^\[Ƒöŕ \{0\}~+\]$/);
    expect(pseudo['case-list.replies']).toMatch(/^one \{\[# .+~+\]\} other \{\[# .+~+\]\}$/);
    expect(compare('en', english, pseudo)).toEqual([]);
    const length = (messages: object) => Object.values(messages).join('').length;
    expect(length(pseudo) / length(english)).toBeGreaterThan(1.3);
  });
});
