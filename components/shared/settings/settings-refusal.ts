import type { Session } from '../../../src/contract/session.js';
import { lackingText } from '../lacking.js';
import { refusalText } from '../verdict.js';

/** Why the settings may not be changed, or `undefined` where they may. */
export function refusalOf({ capabilities, permissions }: Session): string | undefined {
  if (!capabilities.editSettings) return lackingText();
  const verdict = permissions['editSettings'];
  return verdict?.allowed ? undefined : refusalText(verdict);
}
