import { msg } from '@lit/localize';

import type { Session } from '../../../src/contract/session.js';
import { refusalText } from '../verdict.js';

/** Why the settings may not be changed, or `undefined` where they may. */
export function refusalOf({ capabilities, permissions }: Session): string | undefined {
  if (!capabilities.editSettings)
    return msg('The case backend cannot do this.', { id: 'refusal.capability' });
  const verdict = permissions['editSettings'];
  return verdict?.allowed ? undefined : refusalText(verdict);
}
