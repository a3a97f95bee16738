import { formatList } from './locale.js';

/**
 * Names one after the other: "Ada Moreau, Ben Quist and Pia Moreau". Where anything runs from right to left, each name is
 * set apart, so that the list keeps the direction of its language whoever stands in it.
 */
export function formatNames(names: readonly string[]): string {
  const list = formatList(names);
  return rightToLeft.test(list) ? formatList(names.map((name) => `\u2068${name}\u2069`)) : list;
}

const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
