import type * as z from 'zod/mini';

import { didYouMean } from '../cli/did-you-mean.js';
import type { JsonDocument, JsonPath } from './json-lines.js';

type Issue = z.core.$ZodIssue;

/** What a document is called in messages, and where in it the checked part stands. */
export interface Origin {
  readonly name: string;
  readonly document: JsonDocument;
  readonly at: JsonPath;
}

/** What a schema found wrong, a sentence each with the line to look at. No value is quoted: some are secrets. */
export function mistakesOf(
  issues: readonly Issue[],
  origin: Origin,
  known: readonly string[] = [],
): string[] {
  return issues.flatMap((issue) => sentencesOf(issue, origin, known));
}

/** One mistake at a place of the document. */
export function mistakeAt(origin: Origin, path: JsonPath, words: string, ofName = true): string {
  const line = origin.document.lineOf([...origin.at, ...path], ofName);
  return `${origin.name}, line ${line}: ${words}`;
}

function sentencesOf(issue: Issue, origin: Origin, known: readonly string[]): string[] {
  const path = issue.path.filter((part): part is string | number => typeof part !== 'symbol');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const others = known.filter((name) => name !== key);
      const meant = didYouMean(key, others);
      const advice = meant === undefined ? '' : ` Did you mean "${meant}"?`;
      return mistakeAt(origin, [...path, key], `${pathWords([...path, key])} is not known here.${advice}`);
    });
  }
  if (issue.code === 'invalid_union') {
    const [nearest] = [...issue.errors].sort((a, b) => depth(b) - depth(a) || a.length - b.length);
    if (nearest && depth(nearest) > 0) {
      const within = nearest.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }));
      return within.flatMap((inner) => sentencesOf(inner, origin, known));
    }
  }
  return [mistakeAt(origin, path, `${pathWords(path)} ${wordsOf(issue, valueAt(origin, path))}`)];
}

function depth(issues: readonly Issue[]): number {
  return Math.max(0, ...issues.map(({ path }) => path.length));
}

function wordsOf(issue: Issue, value: unknown): string {
  if (value === undefined) return 'is missing.';
  // Without a language zod says only this; a schema of ours that says more is right.
  if (issue.message !== 'Invalid input' && issue.message !== '') return sentence(issue.message);
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${kinds[issue.expected] ?? issue.expected}.`;
    case 'invalid_value':
      return `must be ${listed(issue.values.map((each) => JSON.stringify(each)))}.`;
    case 'too_small':
      return `must be ${issue.origin === 'string' || issue.origin === 'array' ? 'longer' : 'larger'}: ${String(issue.minimum)} at least.`;
    case 'too_big':
      return `must be ${issue.origin === 'string' || issue.origin === 'array' ? 'shorter' : 'smaller'}: ${String(issue.maximum)} at most.`;
    default:
      return 'is not as it should be.';
  }
}

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object in braces',
  record: 'an object in braces',
  array: 'a list in brackets',
};

function sentence(words: string): string {
  return /[.!?]$/.test(words) ? words : `${words}.`;
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

function pathWords(path: JsonPath): string {
  return path.length === 0 ? 'The configuration' : `"${path.join('.')}"`;
}

function valueAt({ document, at }: Origin, path: JsonPath): unknown {
  let value = document.value;
  for (const part of [...at, ...path]) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Record<string | number, unknown>)[part];
  }
  return value;
}
