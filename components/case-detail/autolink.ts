import { html, type TemplateResult } from 'lit';

const address = /https?:\/\/[^\s<>"“”«»]+/gi;
const closing: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/**
 * A plain text with its web addresses as links, made of text nodes alone: markup in it stays text (CC-23).
 *
 * Punctuation after an address is not part of it; a closing bracket is when the address opened one.
 */
export function autolink(text: string): (string | TemplateResult)[] {
  const parts: (string | TemplateResult)[] = [];
  let end = 0;
  for (const match of text.matchAll(address)) {
    const link = withoutTrailingPunctuation(match[0]);
    if (!isWebAddress(link)) continue;
    if (match.index > end) parts.push(text.slice(end, match.index));
    parts.push(html`<a href=${link} target="_blank" rel="noopener noreferrer nofollow">${link}</a>`);
    end = match.index + link.length;
  }
  if (end < text.length) parts.push(text.slice(end));
  return parts;
}

function withoutTrailingPunctuation(candidate: string): string {
  let link = candidate;
  for (;;) {
    const last = link.at(-1) ?? '';
    const opening = closing[last];
    const unbalanced = opening !== undefined && link.split(opening).length < link.split(last).length;
    if (!unbalanced && !/[.,;:!?'’*_]/.test(last)) return link;
    link = link.slice(0, -1);
  }
}

function isWebAddress(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url !== undefined && /^https?:$/.test(url.protocol) && url.hostname !== '';
}
