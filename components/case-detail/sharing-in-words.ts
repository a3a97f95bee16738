import { msg, str } from '@lit/localize';

import type { FieldChange } from '../../src/contract/notes.js';

/** Who was given access, lost it, has it otherwise, or was looked at with, as sentences. */
export function sharingInWords(kind: string, changes: readonly FieldChange[], who: string): string[] {
  return changes.map(({ from, to }) => {
    const name = nameOf(to) ?? nameOf(from) ?? '?';
    if (kind === 'access-preview')
      return msg(str`${who} looked at what ${name} would see`, { id: 'change.sharing.preview' });
    if (kind === 'forward') return msg(str`${who} forwarded the case to ${name}`, { id: 'change.forward' });
    if (!from) return msg(str`${who} shared the case with ${name}`, { id: 'change.sharing.given' });
    if (!to) return msg(str`${who} ended the access of ${name}`, { id: 'change.sharing.ended' });
    return msg(str`${who} changed the access of ${name}`, { id: 'change.sharing.changed' });
  });
}

function nameOf(access: unknown): string | undefined {
  if (!access || typeof access !== 'object' || !('name' in access)) return undefined;
  return typeof access.name === 'string' ? access.name : undefined;
}
