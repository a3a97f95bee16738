import type { InboxRule } from '../../../src/contract/inbox-rules.js';
import type { Settings } from '../../../src/contract/settings.js';
import type { Tx } from '../context.js';
import { entryInTheWay, insertEntry } from './insert-entry.js';
import type { Scope } from '../scope.js';
import { usableDueType } from './rules-stored.js';

/** What rules ask of a case. */
export interface RuledCase {
  readonly type: string | null;
  readonly priority: string | null;
  readonly departmentId: string | null;
}

/**
 * Puts a case into an inbox where a rule of the settings holds for it as it is now and did not before (`before` is `null` for a
 * new case): the first such rule whose inbox and due type can be chosen. A case that waits in an inbox already stays there, unless the
 * settings allow several. The case row is locked by the caller.
 */
export async function putByRules(
  tx: Tx,
  record: { readonly caseId: string; readonly customerId: string },
  before: RuledCase | null,
  after: RuledCase,
  { actor, settings }: Scope,
  at: string,
): Promise<void> {
  const { tenant } = actor;
  const rules = (settings.inboxes?.rules ?? []).filter(
    (rule) => holds(rule, after) && !(before && holds(rule, before)) && isUsable(rule, settings),
  );
  if (rules.length === 0) return;
  const inboxes = await tx
    .selectFrom('inboxes')
    .select(['id', 'name'])
    .where('tenant', '=', tenant)
    .where('id', 'in', [...new Set(rules.map(({ inboxId }) => inboxId))])
    .where('retired', '=', false)
    .execute();
  for (const rule of rules) {
    const inbox = inboxes.find(({ id }) => id === rule.inboxId);
    if (!inbox) continue;
    if (await entryInTheWay(tx, record.caseId, inbox.id, { actor, settings })) return;
    const { dueType = null, message = '' } = rule;
    await insertEntry(
      tx,
      { ...record, tenant, by: null, at },
      { inbox, dueType, dueOn: dueOn(rule, settings, at), message: message.trim() },
      { actor },
    );
    return;
  }
}

function holds({ when }: InboxRule, { type, priority, departmentId }: RuledCase): boolean {
  const among = (wanted: readonly string[] | undefined, value: string | null): boolean =>
    wanted === undefined || wanted.length === 0 || (value !== null && wanted.includes(value));
  return among(when.type, type) && among(when.priority, priority) && among(when.departmentId, departmentId);
}

function isUsable({ dueType }: InboxRule, { dueTypes }: Settings): boolean {
  return dueType == null || usableDueType(dueType, dueTypes) !== undefined;
}

/** A date where the due type needs one, counted from today in UTC. */
function dueOn({ dueType, dueInDays }: InboxRule, { dueTypes }: Settings, at: string): string | null {
  if (dueType == null || dueInDays == null) return null;
  if (!usableDueType(dueType, dueTypes)?.dateRequired) return null;
  return new Date(Date.parse(at) + dueInDays * 86_400_000).toISOString().slice(0, 10);
}
