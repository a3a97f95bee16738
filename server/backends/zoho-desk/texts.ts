import { plainTextOf } from '../plain-text.js';

const signs = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' } as const;

/** Zoho shows descriptions as HTML: what was typed is shown as it was typed. */
export function htmlOf(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(/\r\n|\r|\n/g, '<br />');
}

/** What HTML of Zoho says. What is as `htmlOf` writes it comes back letter by letter, every blank where it was. */
export function textOf(html: string | null | undefined): string {
  const given = html ?? '';
  const rest = given.replace(/<br ?\/?>/g, '').replace(/&(?:amp|lt|gt|quot);/g, '');
  if (/[<&\n]/.test(rest)) return plainTextOf(given);
  return given
    .replace(/<br ?\/?>/g, '\n')
    .replace(/&(?:amp|lt|gt|quot);/g, (sign) => signs[sign as keyof typeof signs]);
}
