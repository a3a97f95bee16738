import type { Case } from '../../../src/contract/cases.js';
import type { Note } from '../../../src/contract/notes.js';
import type { Actor } from '../../backend.js';
import { BackendError } from '../../backend-error.js';
import { readCase } from '../case-record.js';
import { now, type EngineContext, type Executor } from '../context.js';
import { listNotes } from '../notes.js';
import { hiddenFromCustomers, type Masked } from '../policy/masks.js';
import { loadScope, type Scope } from '../scope.js';

/** Somebody who may be told something. */
export interface Reader {
  readonly actor: Actor;
  /** BCP 47; `null` where nobody has said it. */
  readonly locale: string | null;
}

/**
 * A person as an actor: what their token and the imports said of them last. Of agents whose token has not been seen no role
 * is known, so that they see nothing and are told nothing (DE-32). `null` for who is not there or has left.
 */
export async function findReader(db: Executor, tenant: string, id: string): Promise<Reader | null> {
  const row = await db
    .selectFrom('people')
    .select([
      'id',
      'name',
      'kind',
      'email',
      'roles',
      'departments',
      'customer_id',
      'organisation_id',
      'locale',
    ])
    .where('tenant', '=', tenant)
    .where('id', '=', id)
    .where('former', '=', false)
    .executeTakeFirst();
  if (!row) return null;
  const { name, kind, email, locale } = row;
  const isCustomer = kind === 'customer';
  const actor: Actor = {
    id,
    tenant,
    kind,
    name,
    email,
    roles: isCustomer ? [] : (row.roles ?? []),
    departments: isCustomer ? [] : row.departments,
    inboxes: [],
    customer: isCustomer ? row.customer_id : null,
    organisation: isCustomer ? row.organisation_id : null,
  };
  return { actor, locale };
}

/** What somebody may read of a case at this moment. */
export interface Readable {
  readonly record: Case;
  readonly scope: Scope;
  /** What of it is kept from them. */
  readonly masked: Masked;
}

/**
 * The case as this actor is shown it now, by the filter of every other answer; `null` where they may not see it. What is told
 * of a case is written from this and from nothing else.
 */
export async function noticeAllowed(
  context: EngineContext,
  actor: Actor,
  caseId: string,
): Promise<Readable | null> {
  const at = now(context);
  const scope = await loadScope(context.db, actor, at);
  try {
    const { answer } = await readCase(context.db, caseId, scope, at);
    const masked = actor.kind === 'customer' ? hiddenFromCustomers(scope.settings) : new Set(answer.masked);
    return { record: answer, scope, masked: masked as Masked };
  } catch (error) {
    if (error instanceof BackendError && (error.code === 'not_found' || error.code === 'forbidden'))
      return null;
    throw error;
  }
}

/** A note as this actor may read it; `null` where they may not. */
export async function readableNote(
  context: EngineContext,
  actor: Actor,
  caseId: string,
  noteId: string,
): Promise<Note | null> {
  let cursor: string | undefined;
  do {
    // New notes come first: it is nearly always in the first page.
    const page = await listNotes(
      context,
      caseId,
      { limit: 100, ...(cursor !== undefined && { cursor }) },
      { actor },
    );
    const found = page.items.find(({ id }) => id === noteId);
    if (found) return found;
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return null;
}
