import type { InboxEntry, NewInboxEntry } from '../../../src/contract/inbox-entries.js';
import { BackendError } from '../../backend-error.js';
import type { Actor, WriteContext } from '../../backend.js';
import { requireRight, requireState } from '../case-change.js';
import { lockCase, type CaseRow } from '../case-record.js';
import { inTransaction, now, type EngineContext, type Tx } from '../context.js';
import { claimKey, keepResult } from '../idempotency.js';
import { decideCustomerRecord } from '../policy/tenant.js';
import { loadScope, type Scope } from '../scope.js';
import { isStorable } from '../../input/text.js';
import { FieldErrors } from '../../input/validation.js';
import { replayedEntry } from './entry-gone.js';
import { requireInboxRole, toEntry } from './entry-record.js';
import { checkHandOver } from './hand-over.js';
import { insertEntry, requireRoom } from './insert-entry.js';

/** IB-03, IB-27: puts a case, or a customer alone, into an inbox. */
export async function putEntry(
  context: EngineContext,
  input: NewInboxEntry,
  call: WriteContext,
): Promise<InboxEntry> {
  return inTransaction(context, async (tx) => {
    const at = now(context);
    const { actor } = call;
    const key = await claimKey<InboxEntry>(tx, call, at);
    if (key.replay) return replayedEntry(tx, key.result, actor, at);
    requireInboxRole({ actor });
    const fields = new FieldErrors();
    const { record, scope } = await lockSubject(tx, input, actor, at, fields);
    const handOver = await checkHandOver(
      tx,
      input,
      { tenant: actor.tenant, settings: scope.settings, at, messageNeeded: false },
      fields,
    );
    fields.throwIfAny();
    if (record) await requireRoom(tx, record.id, handOver.inbox.id, scope, at);
    const subject = record
      ? { caseId: record.id, customerId: record.customer_id }
      : { caseId: null, customerId: input.customerId ?? null };
    const about = { ...subject, tenant: actor.tenant, by: actor.id, at };
    const result = toEntry(await insertEntry(tx, about, handOver, scope), scope, at);
    await keepResult(tx, call, result);
    return result;
  });
}

/** The case or customer it is about: one of the two, and one the actor may see. */
async function lockSubject(
  tx: Tx,
  { caseId, customerId }: NewInboxEntry,
  actor: Actor,
  at: string,
  fields: FieldErrors,
): Promise<{ readonly record: CaseRow | null; readonly scope: Scope }> {
  if (caseId !== undefined && customerId !== undefined)
    fields.add('customerId', 'invalid', 'Name a case or a customer, not both.');
  if (caseId === undefined && customerId === undefined)
    fields.required('caseId', 'Name a case or a customer.');
  if (caseId !== undefined) {
    const found = await lockCase(tx, caseId, actor, at).catch((error: unknown) => {
      if (!(error instanceof BackendError)) throw error;
      fields.add('caseId', 'not_found', 'There is no such case.');
      return null;
    });
    if (found) {
      requireRight(found.row, found.scope, 'putInInbox');
      requireState(found.row, found.scope, 'putInInbox');
      return { record: found.row, scope: found.scope };
    }
  }
  const scope = await loadScope(tx, actor, at);
  if (caseId === undefined && customerId !== undefined) {
    if (!(await isCustomer(tx, customerId, scope)))
      fields.add('customerId', 'not_found', 'There is no such customer.');
  }
  return { record: null, scope };
}

async function isCustomer(tx: Tx, id: string, { actor, settings }: Scope): Promise<boolean> {
  if (!isStorable(id) || !decideCustomerRecord(actor, id, settings).view.allowed) return false;
  const found = await tx
    .selectFrom('customers')
    .select('id')
    .where('tenant', '=', actor.tenant)
    .where('id', '=', id)
    .executeTakeFirst();
  return found !== undefined;
}
