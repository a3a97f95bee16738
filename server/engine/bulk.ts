import type { BulkAnswer, BulkInput, BulkResult } from '../../src/contract/bulk.js';
import type { Case, CaseSummary } from '../../src/contract/cases.js';
import { problemCodes, type Problem } from '../../src/contract/problem.js';
import type { Actor, WriteContext } from '../backend.js';
import { problemOf } from '../problem-of.js';
import { updateCase } from './case-change.js';
import { checkAssignee, checkStatusChange } from './case-input.js';
import { maskedOf, selectSummaries } from './case-record.js';
import { closeCase, reopenCase } from './case-status.js';
import { inTransaction, notFound, now, type EngineContext, type Executor } from './context.js';
import { asBackendError } from './failures.js';
import { claimKey, keepResult } from './idempotency.js';
import { withoutMasked } from './masks.js';
import type { Masked } from './policy/masks.js';
import { visibleCases } from './policy/visibility.js';
import { loadScope, requireTenant, type Scope } from './scope.js';
import { limits } from './settings-defaults.js';
import { distinct } from '../input/text.js';
import { FieldErrors } from '../input/validation.js';

/**
 * CC-42: does one thing to many cases, each by the command that does it to one, in a transaction of its own. What is
 * wrong for every case is refused at once, and then nothing is written.
 */
export async function changeCases(
  context: EngineContext,
  input: BulkInput,
  call: WriteContext,
): Promise<BulkAnswer> {
  const before = await begin(context, input, call);
  if (before) return before;
  const results: BulkResult[] = [];
  for (const target of input.cases) results.push(await changeOne(context, input, target, call));
  return inTransaction(context, async (tx) => {
    // The same call may have run twice at once; the keys of its cases let each be done only once.
    const kept = await claimKey<BulkAnswer>(tx, call, now(context));
    if (kept.replay) return stillVisible(tx, kept.result, await loadScope(tx, call.actor, now(context)));
    await keepResult(tx, call, { results });
    return { results };
  });
}

/** The answer given before under this key, as far as it may still be seen; `null` for a call to be carried out. */
function begin(context: EngineContext, input: BulkInput, call: WriteContext): Promise<BulkAnswer | null> {
  return inTransaction(context, async (tx) => {
    const at = now(context);
    const scope = await loadScope(tx, call.actor, at);
    requireTenant(scope, 'listCases');
    const kept = await claimKey<BulkAnswer>(tx, call, at);
    if (kept.replay) return stillVisible(tx, kept.result, scope);
    await check(tx, input, scope);
    return null;
  });
}

/** What was answered, as the actor may see it now: no case that is hidden since, and of the others no field that is masked. */
async function stillVisible(db: Executor, { results }: BulkAnswer, scope: Scope): Promise<BulkAnswer> {
  const { actor, settings, grants } = scope;
  const rows = await selectSummaries(db)
    .where('c.tenant', '=', actor.tenant)
    .where(
      'c.id',
      'in',
      results.map(({ id }) => id),
    )
    .where(visibleCases(actor, settings, grants, 'record'))
    .execute();
  const masks = new Map(rows.map((row) => [row.id, maskedOf(row, scope)]));
  return {
    results: results.map((result): BulkResult => {
      const { id } = result;
      const masked = masks.get(id);
      if (!masked) return { id, outcome: 'refused', problem: problemOf(notFound()) };
      if (result.outcome === 'done') return { ...result, case: withoutMasked(result.case, masked, actor) };
      return { ...result, problem: withoutMaskedCurrent(result.problem, id, masked, actor) };
    }),
  };
}

/** What a refusal holds besides: that case as it stood, or another record that tells of it. */
function withoutMaskedCurrent(
  { current, ...problem }: Problem,
  caseId: string,
  masked: Masked,
  actor: Actor,
): Problem {
  if (current === undefined) return problem;
  if (masked.size === 0) return { ...problem, current };
  const { id } = current as { readonly id?: unknown };
  return id === caseId ? { ...problem, current: withoutMasked(current as Case, masked, actor) } : problem;
}

async function changeOne(
  context: EngineContext,
  input: BulkInput,
  { id, version }: BulkInput['cases'][number],
  call: WriteContext,
): Promise<BulkResult> {
  const { actor, signal, fingerprint } = call;
  // No caller can send this key: theirs are printable.
  const idempotencyKey = `\u0001${JSON.stringify([call.idempotencyKey, id])}`;
  const own = { actor, signal, fingerprint, idempotencyKey, version };
  try {
    return { id, outcome: 'done', case: toSummary(await command(context, input, id, own)) };
  } catch (thrown) {
    const error = asBackendError(thrown);
    if (problemCodes[error.code].status >= 500) throw error;
    return { id, outcome: 'refused', problem: problemOf(error) };
  }
}

type OwnCall = WriteContext & { readonly version: string | undefined };

function command(context: EngineContext, input: BulkInput, id: string, call: OwnCall): Promise<Case> {
  const { action, addTags = [], removeTags = [], reason, note, visibility, assigneeId = null } = input;
  switch (action) {
    case 'close':
      return closeCase(context, id, { reason, note, visibility }, call);
    case 'reopen':
      return reopenCase(context, id, { reason, note, visibility }, call);
    case 'assign':
      return updateCase(context, id, { assigneeId }, call);
    case 'tag': {
      const removed = new Set(removeTags.map((tag) => tag.trim().toLowerCase()));
      const kept = (tags: readonly string[]) => tags.filter((tag) => !removed.has(tag.toLowerCase()));
      const added = addTags.map((tag) => tag.trim());
      return updateCase(context, id, ({ tags }) => ({ tags: distinct([...kept(tags), ...added]) }), call);
    }
  }
}

function toSummary(record: Case): CaseSummary {
  const { description, initialPriority, externalReference, closure, reopening, ...summary } = record;
  return summary;
}

/** What each action takes besides the cases. */
const fieldsOf: Record<BulkInput['action'], readonly (keyof BulkInput)[]> = {
  close: ['reason', 'note', 'visibility'],
  reopen: ['reason', 'note', 'visibility'],
  tag: ['addTags', 'removeTags'],
  assign: ['assigneeId'],
};

async function check(db: Executor, input: BulkInput, { actor, settings }: Scope): Promise<void> {
  const fields = new FieldErrors();
  const { action, cases, addTags = [], removeTags = [], assigneeId } = input;
  const seen = new Set<string>();
  for (const [index, { id }] of cases.entries()) {
    if (seen.has(id)) fields.add(`cases.${index}.id`, 'invalid', 'The case is named twice.');
    seen.add(id);
  }
  for (const [name, value] of Object.entries(input) as [keyof BulkInput, unknown][]) {
    const takes = name === 'action' || name === 'cases' || fieldsOf[action].includes(name);
    if (value !== undefined && !takes) fields.add(name, 'unknown_field', `To ${action} takes no such field.`);
  }
  if (action === 'close') checkStatusChange(input, settings.closureReasons, fields);
  if (action === 'reopen') checkStatusChange(input, settings.reopenReasons, fields);
  if (action === 'tag') {
    fields.tags('addTags', addTags, limits);
    fields.tags('removeTags', removeTags, { ...limits, tags: 200 });
    if (addTags.length + removeTags.length === 0)
      fields.required('addTags', 'Name a tag to add or to remove.');
  }
  if (action === 'assign') {
    if (assigneeId === undefined) fields.required('assigneeId', 'Name an agent, or null for nobody.');
    await checkAssignee(db, actor.tenant, assigneeId, fields);
  }
  fields.throwIfAny();
}
