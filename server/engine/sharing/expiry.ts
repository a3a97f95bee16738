import { sql } from 'kysely';

import { mostDays } from '../../../src/contract/settings.js';
import { factsOf, selectCases, type CaseRow } from '../case-record.js';
import { inTransaction, now, type EngineContext, type Tx } from '../context.js';
import { eachOf } from '../each-of.js';
import { writeLine } from '../history.js';
import { announce } from '../outbox.js';
import { sharingRules } from '../policy/facts.js';
import { tellOfItems } from '../projects/items.js';
import { selectProjects, tellOfProject } from '../projects/project-record.js';
import { storedDays } from '../sql/stored-days.js';
import { named, selectGrants, type GrantRow } from './grant-record.js';
import { accessOf, changeOf, lineKind } from './sharing-lines.js';

// So many at a time: what else waits has its turn.
const BATCH = 100;

interface DueGrant {
  readonly tenant: string;
  readonly id: string;
  readonly unit: 'case' | 'project';
  readonly unit_id: string;
}

/** Ends what has ended by itself, some of it at least, and tells whoever had it by that alone. */
export async function endExpired(context: EngineContext): Promise<void> {
  const at = now(context);
  const due: readonly DueGrant[] = await context.db
    .selectFrom('grants')
    .select(['tenant', 'id', 'unit', 'unit_id'])
    .where('revoked_at', 'is', null)
    .where(sql<boolean>`expires_at <= ${at}::timestamptz`)
    .orderBy('expires_at')
    .limit(BATCH)
    .execute();
  // One that cannot be told of keeps no other from being told.
  await eachOf(
    due.map(
      (grant) => () =>
        inTransaction(context, async (tx) => {
          await lockUnit(tx, grant);
          await endGrant(tx, grant, at);
        }),
    ),
  );
}

/** Each grant is ended once, by whichever process comes first: the update finds it in force or not at all. */
async function endGrant(tx: Tx, due: DueGrant, at: string): Promise<void> {
  const ended = await tx
    .updateTable('grants')
    .set({ revoked_at: sql<string>`expires_at` })
    .where('tenant', '=', due.tenant)
    .where('id', '=', due.id)
    .where('revoked_at', 'is', null)
    .where(sql<boolean>`expires_at <= ${at}::timestamptz`)
    .returning('revoked_at')
    .executeTakeFirst();
  if (!ended) return;
  const grant = await selectGrants(tx)
    .where('g.tenant', '=', due.tenant)
    .where('g.id', '=', due.id)
    .executeTakeFirstOrThrow();
  if (due.unit === 'project') return tellOfProjectEnd(tx, due, grant, at);
  const row = await selectCases(tx)
    .where('c.tenant', '=', due.tenant)
    .where('c.id', '=', due.unit_id)
    .executeTakeFirst();
  if (row) await tellOfCaseEnd(tx, row, grant, { at, endedAt: ended.revoked_at ?? at });
}

async function tellOfCaseEnd(
  tx: Tx,
  row: CaseRow,
  grant: GrantRow,
  { at, endedAt }: { readonly at: string; readonly endedAt: string },
): Promise<void> {
  const internal = grant.grantee_kind === 'department';
  // By nobody, at its time.
  await writeLine(
    tx,
    { tenant: row.tenant, caseId: row.id, by: null, at: endedAt },
    { kind: lineKind(internal), changes: [changeOf(grant, accessOf(grant), null)] },
  );
  const before = { ...factsOf(row), ended: [named(grant)] };
  await announce(tx, row.tenant, at, [
    { kind: 'case.unshared', caseId: row.id, customerId: row.customer_id, internal, before },
  ]);
}

async function tellOfProjectEnd(
  tx: Tx,
  { tenant, unit_id: id }: DueGrant,
  grant: GrantRow,
  at: string,
): Promise<void> {
  const row = await selectProjects(tx)
    .where('c.tenant', '=', tenant)
    .where('c.id', '=', id)
    .executeTakeFirst();
  if (!row) return;
  const ended = [named(grant)];
  await tellOfItems(tx, row, at, 'case.unshared', ended);
  await tellOfProject(tx, row, at, { ended });
}

/** In the order of every other write: what is shared first, then who has it. */
async function lockUnit(tx: Tx, { tenant, unit, unit_id: id }: DueGrant): Promise<void> {
  const table = sql.table(unit === 'case' ? 'cases' : 'projects');
  await sql`select id from ${table} where tenant = ${tenant} and id = ${id} for update`.execute(tx);
}

/**
 * Tells, some days before, that a share of a case ends by itself: once for each end it is given. Of one that was given
 * within those days nothing is told: whoever set it knows.
 */
export async function remindOfExpiry(context: EngineContext): Promise<boolean> {
  const at = now(context);
  const usual = sharingRules({}).expiryReminderDays ?? null;
  return inTransaction(context, async (tx) => {
    // Marked in the same statement that finds them: several processes remind once.
    const { rows } = await sql<{ tenant: string; unit_id: string; customer_id: string; internal: boolean }>`
      with due as (
        select g.tenant, g.id, g.unit_id, c.customer_id, g.grantee_kind = 'department' as internal
        from grants g
          join cases c on c.tenant = g.tenant and c.id = g.unit_id
          left join settings s on s.tenant = g.tenant
          cross join lateral (select s.data #> '{sharing,expiryReminderDays}' as value) asked
          cross join lateral (select ${storedDays(sql`asked.value`, usual, mostDays.expiryReminderDays)} as days) r
        where g.unit = 'case' and g.revoked_at is null and g.expires_at > ${at}::timestamptz
          and g.reminded_of is distinct from g.expires_at
          and g.expires_at - make_interval(days => r.days) <= ${at}::timestamptz
          and g.changed_at < g.expires_at - make_interval(days => r.days)
        order by g.tenant, g.id limit ${BATCH} for update of g skip locked)
      update grants g set reminded_of = g.expires_at from due
      where g.tenant = due.tenant and g.id = due.id
      returning due.tenant, due.unit_id, due.customer_id, due.internal`.execute(tx);
    for (const { tenant, unit_id: caseId, customer_id: customerId, internal } of rows) {
      await announce(tx, tenant, at, [{ kind: 'case.access-expiring', caseId, customerId, internal }]);
    }
    return rows.length === BATCH;
  });
}

/** When the next share ends by itself, in milliseconds; `undefined` when none does. */
export async function nextExpiry({ db }: EngineContext): Promise<number | undefined> {
  const row = await db
    .selectFrom('grants')
    .select('expires_at')
    .where('revoked_at', 'is', null)
    .where('expires_at', 'is not', null)
    .orderBy('expires_at')
    .limit(1)
    .executeTakeFirst();
  return row?.expires_at ? Date.parse(row.expires_at) : undefined;
}
