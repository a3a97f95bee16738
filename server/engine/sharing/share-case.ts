import type { GrantList, GrantsAnswer, NewGrants } from '../../../src/contract/grants.js';
import { granteeKinds } from '../../../src/contract/grants.js';
import { BackendError } from '../../backend-error.js';
import type { CallContext, WriteContext } from '../../backend.js';
import { requireRight, requireState } from '../case-change.js';
import { factsOf, findCase, lockCase, type CaseRow } from '../case-record.js';
import { inTransaction, now, type EngineContext, type Tx } from '../context.js';
import type { Deed } from '../history.js';
import { claimKey, keepResult } from '../idempotency.js';
import { noticeOf, requireDeliverable } from '../notices/at-share.js';
import { decideState } from '../policy/decide.js';
import { isPortalOpen } from '../policy/portal.js';
import { decideSharing, isSharedWithCustomers } from '../policy/sharing.js';
import { loadScope } from '../scope.js';
import { FieldErrors } from '../../input/validation.js';
import { checkGrantees, keyOf, type CheckedGrantee } from './check-grantees.js';
import { disclosureOf, strangersAmong } from './disclosure.js';
import { giveGrants } from './give-grants.js';
import {
  grantsOn,
  questionOf,
  requireSharing,
  toGrant,
  visibleGrants,
  type GrantRow,
} from './grant-record.js';
import { newHistoryStart } from './history-start.js';

/** CO-14, DE-23: who has access, as far as the actor may know, and whom they may add. */
export async function listGrants(
  context: EngineContext,
  caseId: string,
  { actor }: CallContext,
): Promise<GrantList> {
  const { db } = context;
  const at = now(context);
  const scope = await loadScope(db, actor, at);
  const row = await findCase(db, caseId, scope);
  requireRight(row, scope, 'listGrantees');
  const question = questionOf(row, scope);
  const items = await visibleGrants(db, row, question, at);
  const state = decideState(actor, 'share', factsOf(row), scope.settings);
  const verdictOn = (kind: (typeof granteeKinds)[number]) => {
    const right = decideSharing('share', kind, ...question);
    return right.allowed ? (state ?? right) : right;
  };
  return {
    items,
    next: null,
    total: items.length,
    share: Object.fromEntries(granteeKinds.map((kind) => [kind, verdictOn(kind)])),
  };
}

/** CO-01 to CO-06, CU-06, DE-01 to DE-21: gives access to several at once, or to nobody. */
export async function createGrants(
  context: EngineContext,
  caseId: string,
  input: NewGrants,
  call: WriteContext,
): Promise<GrantsAnswer> {
  return inTransaction(context, async (tx) => {
    const at = now(context);
    const key = await claimKey<GrantsAnswer>(tx, call, at);
    const { row, scope } = await lockCase(tx, caseId, call.actor, at);
    const question = questionOf(row, scope);
    requireSharing(
      'share',
      input.grantees.map(({ kind }) => kind),
      question,
    );
    if (key.replay) return key.result;
    requireState(row, scope, 'share');
    const { actor, settings } = scope;
    const before = await grantsOn(tx, row, question, at);
    // Who has it by its project alone loses it with that, and where the portal does not show projects.
    const holding = before.filter(({ lapsed, unit }) => !lapsed && unit === 'case');
    const known = new Set(holding.map((grant) => keyOf(grant.grantee_kind, grant.grantee_id)));
    const fields = new FieldErrors();
    if (input.unit === 'project') fields.add('unit', 'invalid', 'This is the address of a case.');
    const check = { actor, settings, facts: factsOf(row), known, at };
    const { wanted, ignored } = await checkGrantees(tx, 'grantees', input.grantees, check, fields);
    await requireDeliverable(tx, actor.tenant, context, input, wanted, fields);
    fields.throwIfAny();
    const strangers = await strangersAmong(tx, row, wanted, before);
    const history = input.history ?? (input.includeHistory ? 'include' : undefined);
    if (history === undefined) await requireNoHistory(tx, row, wanted, before, strangers.length > 0);

    const deed: Deed = { tenant: actor.tenant, caseId, by: actor.id, at };
    const start = history === 'none' ? await newHistoryStart(tx, row.tenant, row.id, at) : null;
    const told = wanted.map((one) => ({ ...one, ...noticeOf(one, context, settings, input.portalOnly) }));
    await giveGrants(tx, deed, row.customer_id, told, start);
    for (const { expiresAt } of wanted) if (expiresAt !== null) context.expiring?.(expiresAt);
    const after = new Map(
      (await grantsOn(tx, row, question, at)).flatMap((grant) =>
        grant.unit === 'case' ? [[keyOf(grant.grantee_kind, grant.grantee_id), grant]] : [],
      ),
    );
    const named = new Set(input.grantees.map(({ kind, id }) => keyOf(kind, id)));
    const warnings = [
      ...strangers.map((one) => warningOf(one, input, 'cross_organisation')),
      // CU-23: they will not see it.
      ...(isPortalOpen(settings)
        ? []
        : wanted
            .filter(({ kind }) => isSharedWithCustomers(kind))
            .map((one) => warningOf(one, input, 'portal_closed'))),
    ];
    const answer: GrantsAnswer = {
      items: [...named].flatMap((one) => {
        const grant = after.get(one);
        return grant ? [toGrant(grant, question)] : [];
      }),
      ignored,
      ...(warnings.length > 0 && { warnings }),
    };
    await keepResult(tx, call, answer);
    return answer;
  });
}

function warningOf(
  { kind, id }: Pick<CheckedGrantee, 'kind' | 'id'>,
  { grantees }: NewGrants,
  code: 'cross_organisation' | 'portal_closed',
) {
  const index = grantees.findIndex((one) => one.kind === kind && one.id === id);
  return { field: `grantees.${index}.id`, code };
}

/** CU-06: what was written to the customer so far is not disclosed to another one unasked. */
async function requireNoHistory(
  tx: Tx,
  row: CaseRow,
  wanted: readonly CheckedGrantee[],
  before: readonly GrantRow[],
  otherOrganisations: boolean,
): Promise<void> {
  if (!wanted.some(({ kind }) => isSharedWithCustomers(kind))) return;
  const disclosure = await disclosureOf(tx, row, before, otherOrganisations);
  if (!disclosure) return;
  const { notes: count, oldest, readers } = disclosure;
  throw new BackendError('history_disclosure_unconfirmed', {
    detail: 'Earlier public notes would become readable. Send history to include or leave them out.',
    current: { count, oldest, recipients: readers.map(({ name }) => name), otherOrganisations },
  });
}
