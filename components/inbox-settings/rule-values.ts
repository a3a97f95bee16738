import type { InboxRule } from '../../src/contract/inbox-rules.js';
import type { Settings, SettingsChange } from '../../src/contract/settings.js';
import {
  isListOfValues,
  plainValue,
  withLastingIds,
  type ListValue,
} from '../shared/settings/list-values.js';
import { changedFields } from '../shared/settings/settings-model.js';

export const ruleConditions = ['type', 'priority', 'departmentId'] as const;
/** What a rule may ask of a case. */
export type RuleCondition = (typeof ruleConditions)[number];

/** A rule as the form holds it. `id` tells it from the others here alone: on the wire only the order does. */
export interface RuleValue extends Readonly<Record<RuleCondition, readonly string[]>> {
  readonly id: string;
  readonly inboxId: string;
  readonly dueType: string;
  /** As it was typed. */
  readonly dueInDays: string;
  readonly message: string;
}

/** What the form holds of the settings. */
export interface RulesValues {
  readonly dueTypes: readonly ListValue[];
  readonly requireOwnership: boolean;
  readonly severalAtOnce: boolean;
  readonly rules: readonly RuleValue[];
}

export type RulesField = keyof RulesValues;

export const rulesFields: readonly RulesField[] = ['dueTypes', 'requireOwnership', 'severalAtOnce', 'rules'];

/** How many rules there may be. */
export const rulesLimit = 100;

/** The settings as the form holds them. */
export function valuesOf({ dueTypes, inboxes }: Pick<Settings, 'dueTypes' | 'inboxes'>): RulesValues {
  return {
    dueTypes: dueTypes.map(plainValue),
    requireOwnership: inboxes?.requireOwnership ?? true,
    severalAtOnce: inboxes?.severalAtOnce ?? false,
    rules: (inboxes?.rules ?? []).map(ruleValue),
  };
}

function ruleValue({ when, inboxId, dueType, dueInDays, message }: InboxRule, index: number): RuleValue {
  return {
    id: `rule-${index}`,
    type: when.type ?? [],
    priority: when.priority ?? [],
    departmentId: when.departmentId ?? [],
    inboxId,
    dueType: dueType ?? '',
    dueInDays: typeof dueInDays === 'number' ? String(dueInDays) : '',
    message: message ?? '',
  };
}

/** A rule that asks nothing and leads nowhere yet. */
export function newRule(): RuleValue {
  return {
    id: crypto.randomUUID(),
    type: [],
    priority: [],
    departmentId: [],
    inboxId: '',
    dueType: '',
    dueInDays: '',
    message: '',
  };
}

/** What is sent: the fields that changed. */
export function changeBetween(base: RulesValues, values: RulesValues): SettingsChange {
  const dueTypes = withLastingIds(base.dueTypes, values.dueTypes);
  const lasting = new Map(values.dueTypes.map(({ id }, index) => [id, dueTypes[index]?.id ?? id]));
  const changed = changedFields<RulesValues>({ fields: rulesFields }, base, { ...values, dueTypes });
  const has = (field: RulesField) => changed.includes(field);
  const inboxes = {
    ...(has('requireOwnership') && { requireOwnership: values.requireOwnership }),
    ...(has('severalAtOnce') && { severalAtOnce: values.severalAtOnce }),
    ...(has('rules') && { rules: values.rules.map((rule) => wireRule(rule, lasting)) }),
  };
  return {
    ...(has('dueTypes') && {
      dueTypes: dueTypes.map((value) => ({ ...value, dateRequired: value.dateRequired === true })),
    }),
    ...(Object.keys(inboxes).length > 0 && { inboxes }),
  };
}

function wireRule(rule: RuleValue, lasting: ReadonlyMap<string, string>): InboxRule {
  const days = rule.dueInDays.trim();
  const message = rule.message.trim();
  return {
    when: Object.fromEntries(
      ruleConditions.filter((name) => rule[name].length > 0).map((name) => [name, [...rule[name]]]),
    ),
    inboxId: rule.inboxId,
    ...(rule.dueType && { dueType: lasting.get(rule.dueType) ?? rule.dueType }),
    ...(days && { dueInDays: Number(days) }),
    ...(message && { message }),
  };
}

/** What was kept of the form, or `undefined` when it is not of its shape. */
export function parseValues(kept: unknown): RulesValues | undefined {
  if (!kept || typeof kept !== 'object') return undefined;
  const { dueTypes, requireOwnership, severalAtOnce, rules } = kept as Partial<Record<RulesField, unknown>>;
  const whole =
    isListOfValues(dueTypes) &&
    typeof requireOwnership === 'boolean' &&
    typeof severalAtOnce === 'boolean' &&
    Array.isArray(rules) &&
    rules.every(isRule);
  return whole ? { dueTypes, requireOwnership, severalAtOnce, rules } : undefined;
}

function isRule(value: unknown): value is RuleValue {
  if (!value || typeof value !== 'object') return false;
  const rule = value as Partial<Record<keyof RuleValue, unknown>>;
  return (
    ruleConditions.every((name) => Array.isArray(rule[name])) &&
    (['id', 'inboxId', 'dueType', 'dueInDays', 'message'] as const).every(
      (name) => typeof rule[name] === 'string',
    )
  );
}
