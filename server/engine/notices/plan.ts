import { sql, type RawBuilder } from 'kysely';

import type { NoticeEvent } from '../../../src/contract/notices.js';
import type { Tx } from '../context.js';
import type { OutboxRow } from '../events/outbox-reader.js';
import { projectRecipients } from '../projects/recipients.js';
import { readSettings } from '../settings.js';
import { agentsOf, anyOf, peopleOfGrantees, these, whoWants } from './audience.js';
import type { NoticeChannel } from './channel.js';
import { settleGrants } from './grant-state.js';
import { noticeRules, tellsDepartment } from './rules.js';

/** What planning needs besides the database. */
export interface Planning {
  readonly channels: readonly NoticeChannel[];
  readonly at: string;
}

/** A share that may be told of. */
interface SharedRow {
  readonly id: string;
  readonly unit_id: string;
  readonly grantee_kind: string;
  readonly grantee_id: string;
  readonly given_by: string | null;
  readonly given_at: string;
}

// CO-10: who was told of a case a moment ago is not told again because it was taken away and given back meanwhile.
const SAME_SHARE_SECONDS = 60;

/** What planning asks of an event. */
export type PlannedEvent = Pick<OutboxRow, 'tenant' | 'kind' | 'case_id' | 'note_id' | 'internal'>;

const toldKinds: ReadonlySet<string> = new Set([
  'case.shared',
  'note.created',
  'case.forwarded',
  'case.access-expiring',
  'project.message',
]);

/** Whether anybody is ever told of such an event. */
export function tells({ kind, internal }: PlannedEvent): boolean {
  return toldKinds.has(kind) && !(kind === 'note.created' && internal);
}

/** Writes down whom an event is to be told to, each once whatever happens; tells about which grants something changed. */
export async function planRow(tx: Tx, row: PlannedEvent, planning: Planning): Promise<readonly string[]> {
  const { tenant, kind, case_id: caseId, note_id: noteId } = row;
  if (!tells(row)) return [];
  if (kind === 'case.shared' && caseId !== null) return planShares(tx, tenant, caseId, planning);
  if (kind === 'note.created' && caseId !== null && noteId !== null) {
    await planReply(tx, tenant, caseId, noteId, planning);
  }
  if (kind === 'case.forwarded' && caseId !== null && noteId !== null) {
    await planForward(tx, tenant, caseId, noteId, planning);
  }
  if (kind === 'case.access-expiring' && caseId !== null) await planExpiry(tx, tenant, caseId, planning);
  if (kind === 'project.message' && noteId !== null) await planMessage(tx, tenant, noteId, planning);
  return [];
}

/** The condition on `grants as g` that leaves the shares of a case that are to be told and are not planned yet. */
export function untoldShares(tenant: string, caseId: string): RawBuilder<boolean> {
  return sql<boolean>`(g.tenant = ${tenant} and g.unit = 'case' and g.unit_id = ${caseId} and g.notified = 'pending'
    and g.revoked_at is null and not exists (select from notices n
      where n.tenant = g.tenant and n.grant_id = g.id and n.event = 'share'))`;
}

/** CO-10, DE-31, DE-32: whoever the case was shared with and is to be told. Gives the grants that came to an end at once. */
async function planShares(
  tx: Tx,
  tenant: string,
  caseId: string,
  planning: Planning,
): Promise<readonly string[]> {
  const grants = await tx
    .selectFrom('grants as g')
    .select(['g.id', 'g.unit_id', 'g.grantee_kind', 'g.grantee_id', 'g.given_by', 'g.given_at'])
    .where(untoldShares(tenant, caseId))
    .execute();
  for (const grant of grants) await planShare(tx, tenant, grant, planning);
  return settleGrants(
    tx,
    tenant,
    grants.map(({ id }) => id),
  );
}

/** Writes down whom one grant is told to. */
export async function planShare(tx: Tx, tenant: string, grant: SharedRow, planning: Planning): Promise<void> {
  const { id, unit_id: caseId, grantee_id: grantee, given_by: by } = grant;
  const isPerson = grant.grantee_kind === 'person';
  if (!isPerson && grant.grantee_kind !== 'department') return;
  if (isPerson && (await takeOver(tx, tenant, grant))) return;
  const who = isPerson ? these(grantee) : agentsOf(tenant, [grantee]);
  await insert(tx, tenant, { who, except: isPerson ? null : by }, planning, {
    event: 'share',
    unit: 'case',
    unitId: caseId,
    grantId: id,
    aboutId: null,
    by,
    key: `share:${id}`,
  });
}

/** The message about the same case that was sent to them a moment ago, or is on its way, is that of this grant too. */
async function takeOver(tx: Tx, tenant: string, grant: SharedRow): Promise<boolean> {
  const taken = await tx
    .updateTable('notices')
    .set({ grant_id: grant.id })
    .where('tenant', '=', tenant)
    .where('event', '=', 'share')
    .where('unit', '=', 'case')
    .where('unit_id', '=', grant.unit_id)
    .where('recipient_id', '=', grant.grantee_id)
    .where('state', 'in', ['waiting', 'sent'])
    .where(
      sql<boolean>`coalesce(done_at, created_at) > ${grant.given_at}::timestamptz - make_interval(secs => ${SAME_SHARE_SECONDS})`,
    )
    .where(
      sql<boolean>`exists (select from grants g where g.tenant = notices.tenant and g.id = notices.grant_id
        and g.grantee_kind = 'person')`,
    )
    .returning('id')
    .execute();
  return taken.length > 0;
}

/**
 * CO-11, CU-04: a public note goes to who submitted the case, to the people of the customers and organisations it was shared
 * with, and to whoever asked for it; to departments as their rules say. Never to its author, never to who wants none.
 */
async function planReply(
  tx: Tx,
  tenant: string,
  caseId: string,
  noteId: string,
  planning: Planning,
): Promise<void> {
  const note = await tx
    .selectFrom('notes as n')
    .innerJoin('cases as c', (join) =>
      join.onRef('c.tenant', '=', 'n.tenant').onRef('c.id', '=', 'n.case_id'),
    )
    .select(['n.by_id', 'n.visibility', 'c.requester_id', 'c.department_id'])
    .where('n.tenant', '=', tenant)
    .where('n.id', '=', noteId)
    .executeTakeFirst();
  if (note?.visibility !== 'public') return;
  const inForce = sql`g.tenant = ${tenant} and g.unit = 'case' and g.unit_id = ${caseId} and g.revoked_at is null
    and (g.expires_at is null or g.expires_at > ${planning.at}::timestamptz)`;
  const { rows: received } = await sql<{ id: string }>`
    select g.grantee_id as id from grants g where ${inForce} and g.grantee_kind = 'department'`.execute(tx);
  const rules = noticeRules(await readSettings(tx, tenant));
  const departments = [...new Set([note.department_id ?? '', ...received.map(({ id }) => id)])].filter((id) =>
    tellsDepartment(rules, id, 'onReply'),
  );
  const who = anyOf(
    these(note.requester_id),
    whoWants(true, tenant, 'case', caseId),
    peopleOfGrantees(sql`${inForce} and not g.portal_only`),
    agentsOf(tenant, departments),
  );
  await insert(tx, tenant, { who, except: note.by_id, unasked: true }, planning, {
    event: 'reply',
    unit: 'case',
    unitId: caseId,
    grantId: null,
    aboutId: noteId,
    by: note.by_id,
    key: `reply:${noteId}`,
  });
}

/** CU-16: a message about a project goes to everybody who follows it, but for its author and who wants none. */
async function planMessage(tx: Tx, tenant: string, messageId: string, planning: Planning): Promise<void> {
  const message = await tx
    .selectFrom('project_messages')
    .select(['project_id', 'by_id'])
    .where('tenant', '=', tenant)
    .where('id', '=', messageId)
    .executeTakeFirst();
  if (!message) return;
  const { project_id: projectId, by_id: by } = message;
  const who = projectRecipients(tenant, projectId, await readSettings(tx, tenant), planning.at);
  await insert(tx, tenant, { who, except: by, unasked: true }, planning, {
    event: 'message',
    unit: 'project',
    unitId: projectId,
    grantId: null,
    aboutId: messageId,
    by,
    key: `message:${messageId}`,
  });
}

/** DE-07: an agent a case was forwarded to; whether they may see it is asked when the message leaves. */
async function planForward(
  tx: Tx,
  tenant: string,
  caseId: string,
  noteId: string,
  planning: Planning,
): Promise<void> {
  const line = await tx
    .selectFrom('history')
    .select(['by_id', 'changes'])
    .where('tenant', '=', tenant)
    .where('note_id', '=', noteId)
    .where('kind', '=', 'forward')
    .executeTakeFirst();
  const to = line?.changes?.[0]?.to as { readonly id?: unknown } | null | undefined;
  if (typeof to?.id !== 'string') return;
  await insert(tx, tenant, { who: these(to.id) }, planning, {
    event: 'forward',
    unit: 'case',
    unitId: caseId,
    grantId: null,
    aboutId: noteId,
    by: line?.by_id ?? null,
    key: `forward:${noteId}`,
  });
}

/** A share that ends by itself before long: told to who has it, and to who gave it and can renew it. */
async function planExpiry(tx: Tx, tenant: string, caseId: string, planning: Planning): Promise<void> {
  const grants = await tx
    .selectFrom('grants')
    .select(['id', 'grantee_kind', 'grantee_id', 'given_by', 'expires_at'])
    .where('tenant', '=', tenant)
    .where('unit', '=', 'case')
    .where('unit_id', '=', caseId)
    .where('revoked_at', 'is', null)
    .where(sql<boolean>`reminded_of = expires_at and expires_at > ${planning.at}::timestamptz`)
    .execute();
  const rules = noticeRules(await readSettings(tx, tenant));
  for (const { id, grantee_kind: kind, grantee_id: grantee, given_by: giver, expires_at: end } of grants) {
    const isTold = kind === 'department' && tellsDepartment(rules, grantee, 'onShare');
    const who = anyOf(
      these(giver, kind === 'person' ? grantee : null),
      agentsOf(tenant, isTold ? [grantee] : []),
    );
    await insert(tx, tenant, { who }, planning, {
      event: 'expiry',
      unit: 'case',
      unitId: caseId,
      grantId: id,
      aboutId: null,
      by: giver,
      key: `expiry:${id}:${end}`,
    });
  }
}

/** What is told. */
export interface Told {
  readonly event: NoticeEvent;
  readonly unit: 'case' | 'project';
  readonly unitId: string;
  readonly grantId: string | null;
  readonly aboutId: string | null;
  readonly by: string | null;
  /** With the person and the channel it makes the key that there is once. */
  readonly key: string;
}

/** Whom. */
export interface Audience {
  /** A query of their ids. */
  readonly who: RawBuilder<unknown>;
  /** Who did it, and is not told. */
  readonly except?: string | null;
  /** They are told without having asked: not those who have said that they want none of this case or project. */
  readonly unasked?: boolean;
}

/** One row for each person and channel, however often this is done. */
export async function insert(
  tx: Tx,
  tenant: string,
  { who, except = null, unasked = false }: Audience,
  { channels, at }: Planning,
  told: Told,
): Promise<void> {
  const unwanted = unasked
    ? sql`and p.id not in (${whoWants(false, tenant, told.unit, told.unitId)})`
    : sql``;
  for (const { name, needsAddress } of channels) {
    await sql`
      insert into notices (tenant, id, key, event, channel, unit, unit_id, grant_id, about_id, recipient_id, by_id,
        state, due_at, created_at)
      select p.tenant, 'notice_' || replace(gen_random_uuid()::text, '-', ''),
        ${told.key}::text || ':' || p.id || ':' || ${name}::text, ${told.event}, ${name}, ${told.unit}, ${told.unitId},
        ${told.grantId}, ${told.aboutId}, p.id, ${told.by}, 'waiting', ${at}::timestamptz, ${at}::timestamptz
      from people p where p.tenant = ${tenant} and p.id in (${who}) ${unwanted}
        and p.id is distinct from ${except} and not p.former
        ${needsAddress ? sql`and p.email like '%_@_%'` : sql``}
      on conflict on constraint notices_once do nothing`.execute(tx);
  }
}
