import { grantLevels, type GranteeKind, type NewGrantee } from '../../../src/contract/grants.js';
import { sharingRules, type PolicySettings } from '../policy/facts.js';

/** DE-20: what somebody of this kind may be given, the widest first. The settings may allow a department less. */
export function allowedLevels(kind: GranteeKind, id: string, settings: PolicySettings): readonly string[] {
  const levels: readonly string[] = grantLevels[kind];
  const { departmentLevels = {} } = sharingRules(settings);
  if (kind !== 'department' || !Object.hasOwn(departmentLevels, id)) return levels;
  return levels.filter((level) => departmentLevels[id]?.includes(level));
}

/** The level asked for, or the usual one; `undefined` for one that they may not be given. */
export function levelOf({ kind, id, level }: NewGrantee, settings: PolicySettings): string | undefined {
  const allowed = allowedLevels(kind, id, settings);
  if (level !== undefined) return allowed.find((one) => one === level);
  if (kind !== 'department') return allowed[0];
  // DE-03; where that is not allowed, the next that gives less. An error in the settings never widens.
  const levels: readonly string[] = grantLevels.department;
  const usual = levels.indexOf(sharingRules(settings).departmentLevel);
  return usual === -1
    ? allowed.find((one) => one === levels.at(-1))
    : allowed.find((one) => levels.indexOf(one) >= usual);
}

/** What to choose instead. */
export function levelChoices(kind: GranteeKind, id: string, settings: PolicySettings): string {
  const allowed = allowedLevels(kind, id, settings);
  return allowed.length > 0
    ? `Choose one of: ${allowed.join(', ')}.`
    : 'The settings allow this department no level.';
}
