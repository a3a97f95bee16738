import type { Session } from '../../src/contract/session.js';
import { lackingText } from '../shared/lacking.js';
import { refusalText } from '../shared/verdict.js';

/** Why the inboxes may not be managed, or `undefined` where they may. */
export function inboxesRefusal({ capabilities, permissions }: Session): string | undefined {
  if (!capabilities.inboxes || !capabilities.editSettings) return lackingText();
  for (const name of ['manageInboxes', 'editSettings'] as const) {
    const verdict = permissions[name];
    if (!verdict?.allowed) return refusalText(verdict);
  }
  return undefined;
}
