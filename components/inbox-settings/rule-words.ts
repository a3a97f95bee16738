import { msg, str } from '@lit/localize';

import type { Settings } from '../../src/contract/settings.js';
import { formatList, formatNumber, plural } from '../shared/locale.js';
import { listChanges } from '../shared/settings/list-changes.js';
import { listLabel } from '../shared/settings/list-words.js';
import { changedFields } from '../shared/settings/settings-model.js';
import {
  ruleConditions,
  rulesFields,
  valuesOf,
  type RuleCondition,
  type RulesField,
  type RulesValues,
  type RuleValue,
} from './rule-values.js';

/** What ids are called. */
export interface Names {
  readonly inbox: (id: string) => string;
  readonly department: (id: string) => string;
}

/** The name of a field, alike wherever it is shown. */
export function rulesFieldLabel(field: RulesField): string {
  switch (field) {
    case 'dueTypes':
      return listLabel('dueTypes');
    case 'requireOwnership':
      return msg('A message has to be taken before it is completed', { id: 'inbox-settings.ownership' });
    case 'severalAtOnce':
      return msg('A case may be in several inboxes at once', { id: 'inbox-settings.several' });
    case 'rules':
      return msg('Rules', { id: 'inbox-settings.rules' });
  }
}

/** What a condition of a rule is called. */
export function conditionLabel(condition: RuleCondition): string {
  switch (condition) {
    case 'type':
      return msg('Type', { id: 'case.type' });
    case 'priority':
      return msg('Priority', { id: 'case.priority' });
    case 'departmentId':
      return msg('Department', { id: 'case.department' });
  }
}

/** What a value of a condition is called. */
export function conditionValue(
  condition: RuleCondition,
  id: string,
  { caseTypes, priorities }: Pick<Settings, 'caseTypes' | 'priorities'>,
  names: Names,
): string {
  if (condition === 'departmentId') return names.department(id);
  const list = condition === 'type' ? caseTypes : priorities;
  return list.find((value) => value.id === id)?.label ?? id;
}

/** A rule as one sentence: "Billing or Contract, High → Finance (call back within 3 days)". */
export function ruleSentence(rule: RuleValue, settings: Settings | undefined, names: Names): string {
  const conditions = ruleConditions.flatMap((condition) => {
    const values = rule[condition].map((id) =>
      settings ? conditionValue(condition, id, settings, names) : id,
    );
    return values.length > 0 ? [values.join(' / ')] : [];
  });
  const when =
    conditions.length > 0 ? formatList(conditions) : msg('Every case', { id: 'inbox-settings.rule.every' });
  const inbox = rule.inboxId
    ? names.inbox(rule.inboxId)
    : msg('no inbox yet', { id: 'inbox-settings.rule.nowhere' });
  const due = dueText(rule, settings);
  return due
    ? msg(str`${when}: to ${inbox}, ${due}`, { id: 'inbox-settings.rule.sentence.due' })
    : msg(str`${when}: to ${inbox}`, { id: 'inbox-settings.rule.sentence' });
}

function dueText({ dueType, dueInDays }: RuleValue, settings: Settings | undefined): string {
  if (!dueType) return '';
  const label = settings?.dueTypes.find(({ id }) => id === dueType)?.label ?? dueType;
  const days = Number(dueInDays);
  if (!dueInDays.trim() || !Number.isInteger(days)) return label;
  return `${label}, ${plural(
    days,
    msg('one {after # day} other {after # days}', { id: 'inbox-settings.rule.days' }),
  )}`;
}

/** The name of a part of the wire that is edited here. */
export function toldLabel(field: string): string | undefined {
  if (field === 'dueTypes') return listLabel('dueTypes');
  return field === 'inboxes' ? msg('Inboxes', { id: 'inbox-settings.title' }) : undefined;
}

/** What became of a field, a sentence each; `inboxes` is all of it on the wire. */
export function rulesSentences(
  field: string,
  from: unknown,
  to: unknown,
  settings: Settings | undefined,
  names: Names,
): readonly string[] {
  switch (field) {
    case 'dueTypes':
      return listChanges(from, to);
    case 'inboxes':
      return wireSentences(from, to, settings, names);
    case 'rules':
      return ruleSentences(from as RulesValues['rules'], to as RulesValues['rules'], settings, names);
    default:
      return [
        to === true
          ? msg('Switched on.', { id: 'settings.change.on' })
          : msg('Switched off.', { id: 'settings.change.off' }),
      ];
  }
}

function wireSentences(
  from: unknown,
  to: unknown,
  settings: Settings | undefined,
  names: Names,
): readonly string[] {
  if (!settings) return [];
  try {
    const [before, after] = [from, to].map((inboxes) =>
      valuesOf({ dueTypes: [], inboxes: (inboxes ?? undefined) as Settings['inboxes'] }),
    ) as [RulesValues, RulesValues];
    return changedFields<RulesValues>({ fields: rulesFields }, before, after).map(
      (field) =>
        `${rulesFieldLabel(field)}: ${rulesSentences(field, before[field], after[field], settings, names).join(' ')}`,
    );
  } catch {
    // Of a shape that only an older or newer server knows: that it changed is told all the same.
    return [];
  }
}

function ruleSentences(
  from: readonly RuleValue[],
  to: readonly RuleValue[],
  settings: Settings | undefined,
  names: Names,
): readonly string[] {
  const sentence = (rule: RuleValue) => ruleSentence(rule, settings, names);
  const before = new Set(from.map(bare));
  const after = new Set(to.map(bare));
  const added = to.filter((rule) => !before.has(bare(rule)));
  const removed = from.filter((rule) => !after.has(bare(rule)));
  const kept = (rules: readonly RuleValue[], others: ReadonlySet<string>) =>
    rules.map(bare).filter((rule) => others.has(rule));
  const moved = kept(from, after).join('\n') !== kept(to, before).join('\n');
  return [
    ...added.map((rule) => {
      const text = sentence(rule);
      return msg(str`Added “${text}”.`, { id: 'settings.change.added' });
    }),
    ...removed.map((rule) => {
      const text = sentence(rule);
      return msg(str`Removed “${text}”.`, { id: 'settings.change.removed' });
    }),
    ...(moved ? [msg('The order has changed.', { id: 'inbox-settings.change.order' })] : []),
  ];
}

/** A rule without what tells it apart in the form. */
function bare({ id: _, ...rule }: RuleValue): string {
  return JSON.stringify(rule);
}

/** "Rule 2 of 5". */
export function ruleName(index: number): string {
  const place = formatNumber(index + 1);
  return msg(str`Rule ${place}`, { id: 'inbox-settings.rule.name' });
}
