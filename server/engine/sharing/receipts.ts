import { sql } from 'kysely';

import type { ReceiptList } from '../../../src/contract/receipts.js';
import { mostDays } from '../../../src/contract/settings.js';
import type { CallContext } from '../../backend.js';
import { requireRight } from '../case-change.js';
import { findCase, toPerson, type StoredPerson } from '../case-record.js';
import { now, type EngineContext, type Executor } from '../context.js';
import { sharingRules } from '../policy/facts.js';
import { loadScope } from '../scope.js';
import { storedDays } from '../sql/stored-days.js';
import { knownPeople } from './known-people.js';

const DAY = 86_400_000;

/** CO-15, CO-16: keeps that the actor opened the case; the first time stays, the last one moves. */
export async function recordReceipt(
  context: EngineContext,
  caseId: string,
  { actor }: CallContext,
): Promise<void> {
  const { db } = context;
  const at = now(context);
  const scope = await loadScope(db, actor, at);
  await findCase(db, caseId, scope);
  if (!sharingRules(scope.settings).receipts?.enabled) return;
  await sql`
    insert into receipts as r (tenant, case_id, person_id, first_at, last_at)
    values (${actor.tenant}, ${caseId}, ${actor.id}, ${at}::timestamptz, ${at}::timestamptz)
    on conflict (tenant, case_id, person_id) do update
      set first_at = least(r.first_at, excluded.first_at), last_at = greatest(r.last_at, excluded.last_at)`.execute(
    db,
  );
}

/** CO-15: who has opened the case. Customers are told of their own people, and of those they shared it with. */
export async function listReceipts(
  context: EngineContext,
  caseId: string,
  { actor }: CallContext,
): Promise<ReceiptList> {
  const { db } = context;
  const at = now(context);
  const scope = await loadScope(db, actor, at);
  const row = await findCase(db, caseId, scope);
  requireRight(row, scope, 'seeReceipts');
  const { keepDays = null } = sharingRules(scope.settings).receipts ?? {};
  const since = keepDays === null ? null : new Date(Date.parse(at) - keepDays * DAY).toISOString();
  const { rows } = await sql<{ person: StoredPerson; first_at: string; last_at: string }>`
    select json_build_object('id', p.id, 'name', p.name, 'kind', p.kind, 'former', p.former) as person,
      r.first_at, r.last_at
    from receipts r join people p on p.tenant = r.tenant and p.id = r.person_id
    where r.tenant = ${actor.tenant} and r.case_id = ${caseId} and ${knownPeople(actor, caseId)}
      and (${since}::timestamptz is null or r.last_at >= ${since}::timestamptz)
    order by r.first_at, p.id`.execute(db);
  const items = rows.flatMap(({ person, first_at, last_at }) => {
    const shown = toPerson(person);
    return shown ? [{ person: shown, firstAt: first_at, lastAt: last_at }] : [];
  });
  return { items, next: null };
}

/** Forgets what is older than each tenant wants it kept. */
export async function purgeReceipts(db: Executor, at: string): Promise<void> {
  const usual = sharingRules({}).receipts?.keepDays ?? null;
  await sql`
    delete from receipts r using (
      select t.tenant, ${storedDays(sql`kept.days`, usual, mostDays.keepDays)} as days
      from (select distinct tenant from receipts) t left join settings s on s.tenant = t.tenant
      cross join lateral (select s.data #> '{sharing,receipts,keepDays}' as days) kept) k
    where r.tenant = k.tenant and r.last_at < ${at}::timestamptz - make_interval(days => k.days)`.execute(db);
}
