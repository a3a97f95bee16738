import { inboxRuleInput, type InboxRule, type InboxRules } from '../../../src/contract/inbox-rules.js';
import type { SettingsProblem } from '../../../src/contract/portal.js';
import type { Choice, DueType } from '../../../src/contract/settings.js';
import { Problems } from '../settings-stored.js';

/** What a tenant starts with: an entry is taken before it is completed, a case is in one inbox at a time. */
export const defaultInboxRules: Required<InboxRules> = {
  requireOwnership: true,
  severalAtOnce: false,
  rules: [],
};

/** The lists of the settings that rules name values of. */
export interface RuleLists {
  readonly caseTypes: readonly Choice[];
  readonly priorities: readonly Choice[];
  readonly dueTypes: readonly DueType[];
  /** What rules name outside of the settings; not looked at where nobody asks what is wrong. */
  readonly named?: NamedByRules;
}

/** What there is of what rules name. */
export interface NamedByRules {
  /** Whether each inbox is retired. */
  readonly inboxes: ReadonlyMap<string, boolean>;
  readonly departments: ReadonlySet<string>;
}

/**
 * The rules of inboxes as stored. What is no value of its kind counts as the narrowest in its place: ownership is required, one
 * inbox at a time, and a rule that cannot be read puts nothing anywhere.
 */
export function readInboxRules(
  stored: unknown,
  lists: RuleLists,
): { readonly inboxes: Required<InboxRules>; readonly problems: readonly SettingsProblem[] } {
  const problems = new Problems();
  if (stored === undefined) return { inboxes: defaultInboxRules, problems: [] };
  const record = problems.record('inboxes', stored);
  if (!record) return { inboxes: defaultInboxRules, problems: problems.found };
  const { requireOwnership = true, severalAtOnce = false, rules = [] } = record;
  if (typeof requireOwnership !== 'boolean') problems.unlike('inboxes.requireOwnership', undefined);
  return {
    inboxes: {
      requireOwnership: requireOwnership !== false,
      severalAtOnce: problems.flag('inboxes.severalAtOnce', severalAtOnce),
      rules: readRules(rules, lists, problems),
    },
    problems: problems.found,
  };
}

function readRules(stored: unknown, lists: RuleLists, problems: Problems): InboxRule[] {
  if (!Array.isArray(stored)) {
    problems.unlike('inboxes.rules', undefined);
    return [];
  }
  return stored.flatMap((value: unknown, index) => {
    const { success, data } = inboxRuleInput.safeParse(value);
    if (!success) {
      problems.unlike(`inboxes.rules.${index}`, undefined);
      return [];
    }
    checkNames(data, `inboxes.rules.${index}`, lists, problems);
    return [data];
  });
}

/** What no longer is where a rule looks for it. The rule stays, to be seen and put right. */
function checkNames(rule: InboxRule, at: string, lists: RuleLists, problems: Problems): void {
  const { type = [], priority = [], departmentId = [] } = rule.when;
  const { caseTypes, priorities, named } = lists;
  for (const [name, values, isThere] of [
    ['type', type, (value: string) => caseTypes.some(({ id }) => id === value)],
    ['priority', priority, (value: string) => priorities.some(({ id }) => id === value)],
    ['departmentId', departmentId, (value: string) => named?.departments.has(value) ?? true],
  ] as const) {
    for (const value of values) if (!isThere(value)) problems.unlike(`${at}.when.${name}`, value);
  }
  // Retired, or not there at all.
  if (named && named.inboxes.get(rule.inboxId) !== false) problems.unlike(`${at}.inboxId`, rule.inboxId);
  if (rule.dueType == null) return;
  const dueType = usableDueType(rule.dueType, lists.dueTypes);
  if (!dueType) problems.unlike(`${at}.dueType`, rule.dueType);
  else if (dueType.dateRequired !== (rule.dueInDays != null)) problems.unlike(`${at}.dueInDays`, undefined);
}

/** A due type that may be given to an entry. */
export function usableDueType(id: string, dueTypes: readonly DueType[]): DueType | undefined {
  return dueTypes.find((dueType) => dueType.id === id && !dueType.retired);
}
