import type { Verdict } from '../../../src/contract/common.js';

export function allow(rule: string): Verdict {
  return { allowed: true, rule };
}

export function refuse(rule: string, reason: string): Verdict {
  return { allowed: false, rule, reason };
}
