const UNSTORABLE = /[\0\p{Surrogate}]/u;
const WORD = /[\p{L}\p{M}\p{N}]+/gu;
const LONGEST_WORD = 200;

/** Whether the database can hold the text: no NUL, no half of a surrogate pair. */
export function isStorable(text: string): boolean {
  return !UNSTORABLE.test(text);
}

/** The text without what the database cannot hold. */
export function storable(text: string): string {
  return text.replace(new RegExp(UNSTORABLE, 'gu'), '');
}

/** Length as a reader counts it. */
export function characters(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** The distinct words of a text, as they are indexed and looked up. */
export function wordsOf(text: string): string[] {
  const words = text.normalize('NFKC').toLowerCase().match(WORD) ?? [];
  return [...new Set(words.map((word) => word.slice(0, LONGEST_WORD)))];
}

/** Each text once, as it first came: capital letters make no difference. */
export function distinct(texts: Iterable<string>): string[] {
  const found = new Map<string, string>();
  for (const text of texts) {
    const key = text.toLowerCase();
    if (!found.has(key)) found.set(key, text);
  }
  return [...found.values()];
}

/** `Follow-up call` → `follow-up-call`; empty when nothing of it can stand in an id. */
export function kebab(label: string): string {
  const words =
    label
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.join('-').slice(0, 80);
}
