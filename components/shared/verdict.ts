import { msg } from '@lit/localize';

import type { Verdict } from '../../src/contract/common.js';
import { ruleText } from './localization.js';

/** Why something may not be done, in the reader's words where the rule is known, else in the backend's. */
export function refusalText(verdict: Verdict | undefined): string {
  if (verdict?.rule === 'case.closed')
    return msg('This case is closed. Reopen it first.', { id: 'refusal.case-closed' });
  if (verdict?.rule === 'case.open') return msg('This case is open already.', { id: 'refusal.case-open' });
  return ruleText(verdict?.rule) ?? verdict?.reason ?? msg('You may not do this.', { id: 'refusal.other' });
}
