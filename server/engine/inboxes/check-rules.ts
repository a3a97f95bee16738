import { sql } from 'kysely';

import type { InboxRule } from '../../../src/contract/inbox-rules.js';
import type { Executor, Tx } from '../context.js';
import { entryLimits } from './hand-over.js';
import type { NamedByRules, RuleLists } from './rules-stored.js';
import { isStorable } from '../../input/text.js';
import { FieldErrors } from '../../input/validation.js';

/** Refuses rules that name what there is not: everything that is wrong with them at once. */
export async function checkInboxRules(
  tx: Tx,
  tenant: string,
  rules: readonly InboxRule[],
  lists: RuleLists,
): Promise<void> {
  const fields = new FieldErrors();
  const { inboxes, departments } = await namedByRules(tx, tenant, rules);
  for (const [index, rule] of rules.entries()) {
    const at = `inboxes.rules.${index}`;
    for (const [place, id] of (rule.when.type ?? []).entries()) {
      if (!lists.caseTypes.some((choice) => choice.id === id))
        fields.add(`${at}.when.type.${place}`, 'unknown_value', 'There is no such type.');
    }
    for (const [place, id] of (rule.when.priority ?? []).entries()) {
      if (!lists.priorities.some((choice) => choice.id === id))
        fields.add(`${at}.when.priority.${place}`, 'unknown_value', 'There is no such priority.');
    }
    for (const [place, id] of (rule.when.departmentId ?? []).entries()) {
      if (!departments.has(id))
        fields.add(`${at}.when.departmentId.${place}`, 'not_found', 'There is no such department.');
    }
    const retired = inboxes.get(rule.inboxId);
    if (retired === undefined) fields.add(`${at}.inboxId`, 'not_found', 'There is no such inbox.');
    else if (retired) fields.add(`${at}.inboxId`, 'retired_value', 'This inbox takes nothing new any more.');
    checkDue(rule, at, lists, fields);
    fields.text(`${at}.message`, rule.message, entryLimits.message, false);
  }
  fields.throwIfAny();
}

function checkDue(rule: InboxRule, at: string, { dueTypes }: RuleLists, fields: FieldErrors): void {
  const id = fields.choice(`${at}.dueType`, rule.dueType, dueTypes, false);
  const dated = id !== null && dueTypes.some((dueType) => dueType.id === id && dueType.dateRequired);
  if (dated && rule.dueInDays == null) {
    fields.required(`${at}.dueInDays`, 'This due type needs a date: say in how many days.');
  }
  const known = id === null || dueTypes.some((dueType) => dueType.id === id);
  if (known && !dated && rule.dueInDays != null)
    fields.add(`${at}.dueInDays`, 'date_not_expected', 'Only a due type that needs a date takes days.');
}

/** The inboxes and departments that there are, among those that rules name. */
export async function namedByRules(
  db: Executor,
  tenant: string,
  rules: readonly InboxRule[],
): Promise<NamedByRules> {
  const among = (ids: readonly string[]) => sql<boolean>`id = any(${ids.filter(isStorable)}::text[])`;
  const departments = await db
    .selectFrom('departments')
    .select('id')
    .where('tenant', '=', tenant)
    .where(among(rules.flatMap(({ when }) => when.departmentId ?? [])))
    .execute();
  const inboxes = await db
    .selectFrom('inboxes')
    .select(['id', 'retired'])
    .where('tenant', '=', tenant)
    .where(among(rules.map(({ inboxId }) => inboxId)))
    .execute();
  return {
    departments: new Set(departments.map(({ id }) => id)),
    inboxes: new Map(inboxes.map(({ id, retired }) => [id, retired])),
  };
}
