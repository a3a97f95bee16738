import { sql } from 'kysely';

import type { NamedRef, Page } from '../../../src/contract/common.js';
import type {
  Inbox,
  InboxChange,
  InboxQuery,
  InboxTargetQuery,
  NewInbox,
} from '../../../src/contract/inboxes.js';
import { BackendError } from '../../backend-error.js';
import type { CallContext, GuardedContext, WriteContext } from '../../backend.js';
import { inTransaction, now, type EngineContext, type Executor, type Tx } from '../context.js';
import { claimKey, keepResult } from '../idempotency.js';
import { newId } from '../ids.js';
import { lockRow } from '../lock-row.js';
import { checkWords, nameOrder, pageByName } from '../name-pages.js';
import { announce } from '../outbox.js';
import { decideInbox } from '../policy/inboxes.js';
import { loadScope, requireTenant, type Scope } from '../scope.js';
import { requireAllowed } from '../sharing/grant-record.js';
import { FieldErrors } from '../../input/validation.js';
import { findEntry, requireInboxRole } from './entry-record.js';
import { findInbox, readInbox, selectInboxes, toInboxes, type InboxRow } from './inbox-record.js';
import { checkMembers, membersOf, writeMembers, type Member } from './members.js';
import { workedInboxes } from './worked-inboxes.js';
import { releaseAll, tellOfLostCases } from './leaving.js';

const longestName = 120;

/** IB-02: the inboxes the actor is a member of, for administrators all, by name. */
export async function listInboxes(
  { db, ...context }: EngineContext,
  query: InboxQuery,
  { actor }: CallContext,
): Promise<Page<Inbox>> {
  const scope = await loadScope(db, actor, now({ db, ...context }));
  requireInboxRole(scope);
  const shown =
    query.retired === 'true'
      ? sql<boolean>`true`
      : sql<boolean>`(not c.retired or exists (select from inbox_entries e
          where e.tenant = c.tenant and e.inbox_id = c.id and e.state = 'open'))`;
  const where = sql<boolean>`(c.tenant = ${actor.tenant}
    and ${workedInboxes(actor, sql`c.id`, 'view')} and ${shown})`;
  const total = () =>
    db
      .selectFrom('inboxes as c')
      .select((eb) => eb.fn.countAll<number>().as('total'))
      .where(where)
      .executeTakeFirstOrThrow();
  return pageByName('inboxes', query, selectInboxes(db, actor).where(where), total, (rows) =>
    toInboxes(db, rows, scope),
  );
}

export async function getInbox(context: EngineContext, id: string, { actor }: CallContext): Promise<Inbox> {
  const scope = await loadScope(context.db, actor, now(context));
  return readInbox(context.db, id, scope);
}

/** IB-13: the names of all inboxes that take entries, for who hands something over. */
export async function listInboxTargets(
  { db, ...context }: EngineContext,
  query: InboxTargetQuery,
  { actor }: CallContext,
): Promise<Page<NamedRef>> {
  const at = now({ db, ...context });
  const scope = await loadScope(db, actor, at);
  requireInboxRole(scope);
  checkWords(query);
  const from = query.entryId === undefined ? null : (await findEntry(db, query.entryId, scope, at)).inbox_id;
  const words = (query.q ?? '').trim().split(/\s+/u).filter(Boolean);
  const conditions = [
    sql<boolean>`c.tenant = ${actor.tenant}`,
    sql<boolean>`not c.retired`,
    ...(from === null ? [] : [sql<boolean>`c.id <> ${from}`]),
    ...words.map((word) => sql<boolean>`position(' ' || lower(${word}::text) in ' ' || lower(c.name)) > 0`),
  ];
  const all = db.selectFrom('inboxes as c').where(sql<boolean>`${sql.join(conditions, sql` and `)}`);
  const total = () => all.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  const rows = all.select(['c.id', 'c.name', nameOrder.as('sort')]);
  return pageByName('inbox-targets', query, rows, total, (found) =>
    found.map(({ id, name }) => ({ id, name })),
  );
}

/** IB-26: makes an inbox. */
export async function createInbox(
  context: EngineContext,
  input: NewInbox,
  call: WriteContext,
): Promise<Inbox> {
  return inTransaction(context, async (tx) => {
    const at = now(context);
    const key = await claimKey<Inbox>(tx, call, at);
    const { actor } = call;
    const scope = await loadScope(tx, actor, at);
    requireTenant(scope, 'manageInboxes');
    if (key.replay) return key.result;
    const { tenant } = actor;
    await lockNames(tx, tenant);
    const fields = new FieldErrors();
    const name = fields.line('name', input.name, longestName, true);
    await checkName(tx, tenant, name, null, fields);
    const members = await checkMembers(tx, tenant, input.members ?? [], [], fields);
    fields.throwIfAny();
    const id = newId('inbox');
    const { opensCases = true } = input;
    await tx
      .insertInto('inboxes')
      .values({ tenant, id, name, opens_cases: opensCases, changed_by: actor.id, changed_at: at })
      .execute();
    await writeMembers(tx, tenant, id, members);
    await announce(tx, tenant, at, [{ kind: 'inbox.updated', inbox: { id } }]);
    const inbox = await readInbox(tx, id, scope);
    await keepResult(tx, call, inbox);
    return inbox;
  });
}

/** IB-25, IB-26: changes an inbox, its members and their rights. Who reads it no longer owns nothing there any more. */
export async function updateInbox(
  context: EngineContext,
  id: string,
  change: InboxChange,
  { actor, version }: GuardedContext,
): Promise<Inbox> {
  return inTransaction(context, async (tx) => {
    const at = now(context);
    const { row, scope } = await lockInbox(tx, id, { actor }, at);
    requireAllowed(decideInbox('edit', actor, row, row.rights));
    if (String(row.version) !== version) {
      throw new BackendError('version_conflict', {
        by: row.changer && { id: row.changer.id, name: row.changer.name },
        at: row.changed_at,
        current: await readInbox(tx, id, scope),
      });
    }
    const { tenant } = actor;
    const before = await membersOf(tx, tenant, id);
    const { values, members } = await checkChange(tx, row, change, before);
    const changed =
      values.name !== row.name || values.retired !== row.retired || values.opens_cases !== row.opens_cases;
    if (!changed && sameMembers(before, members)) return readInbox(tx, id, scope);
    await tx
      .updateTable('inboxes')
      .set({ ...values, version: row.version + 1, changed_by: actor.id, changed_at: at })
      .where('tenant', '=', tenant)
      .where('id', '=', id)
      .execute();
    if (!sameMembers(before, members)) await writeMembers(tx, tenant, id, members);
    const readers = readersAmong(members);
    const lost = [...readersAmong(before)].filter((personId) => !readers.has(personId));
    const closed = !values.opens_cases;
    if (row.opens_cases) await tellOfLostCases(tx, row, closed ? [...readersAmong(before)] : lost, at);
    await releaseAll(tx, row, lost, scope, at);
    const left = before.map(({ personId }) => personId).filter((person) => !isMember(members, person));
    await announce(tx, tenant, at, [
      { kind: 'inbox.updated', inbox: { id, ...(left.length > 0 && { left }) } },
    ]);
    return readInbox(tx, id, scope);
  });
}

async function checkChange(tx: Tx, row: InboxRow, change: InboxChange, before: readonly Member[]) {
  const fields = new FieldErrors();
  const name = change.name === undefined ? row.name : fields.line('name', change.name, longestName, true);
  if (name !== row.name) {
    await lockNames(tx, row.tenant);
    await checkName(tx, row.tenant, name, row.id, fields);
  }
  const members = change.members
    ? await checkMembers(tx, row.tenant, change.members, before, fields)
    : before;
  fields.throwIfAny();
  const { retired = row.retired, opensCases = row.opens_cases } = change;
  return { values: { name, retired, opens_cases: opensCases }, members };
}

/** Nobody changes the inbox, its members or what they own there until the transaction ends. */
async function lockInbox(
  tx: Tx,
  id: string,
  { actor }: CallContext,
  at: string,
): Promise<{ readonly row: InboxRow; readonly scope: Scope }> {
  const scope = await loadScope(tx, actor, at);
  await findInbox(tx, id, scope);
  await lockRow(tx, 'inboxes', actor.tenant, id);
  return { row: await findInbox(tx, id, scope), scope };
}

/** Of two who give the same name at once, the second finds it given. */
async function lockNames(tx: Tx, tenant: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`inboxes ${tenant}`}, 0))`.execute(tx);
}

async function checkName(
  db: Executor,
  tenant: string,
  name: string,
  own: string | null,
  fields: FieldErrors,
): Promise<void> {
  if (name === '') return;
  const taken = await db
    .selectFrom('inboxes as c')
    .select('c.id')
    .where('c.tenant', '=', tenant)
    .where(sql<boolean>`lower(c.name) = lower(${name})`)
    .where(sql<boolean>`c.id is distinct from ${own}`)
    .executeTakeFirst();
  if (taken) fields.add('name', 'duplicate', 'Another inbox has this name.');
}

function readersAmong(members: readonly Member[]): ReadonlySet<string> {
  return new Set(members.filter(({ rights }) => rights.includes('read')).map(({ personId }) => personId));
}

function isMember(members: readonly Member[], id: string): boolean {
  return members.some(({ personId }) => personId === id);
}

function sameMembers(one: readonly Member[], other: readonly Member[]): boolean {
  const plain = (members: readonly Member[]) =>
    members.map(({ personId, rights }) => `${personId} ${[...rights].sort().join(' ')}`).sort();
  return JSON.stringify(plain(one)) === JSON.stringify(plain(other));
}
