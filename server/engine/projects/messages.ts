import { sql, type RawBuilder } from 'kysely';

import type { Page } from '../../../src/contract/common.js';
import type {
  NewProjectMessage,
  ProjectMessage,
  ProjectMessageQuery,
} from '../../../src/contract/projects.js';
import type { CallContext, WriteContext } from '../../backend.js';
import { personOf, toPerson, type StoredPerson } from '../case-record.js';
import { inTransaction, now, type EngineContext, type Executor } from '../context.js';
import { decodeCursor, encodeCursor, isInstant } from '../../input/cursor.js';
import { claimKey, keepResult } from '../idempotency.js';
import { newId } from '../ids.js';
import { decideProject } from '../policy/projects.js';
import { loadScope, type Scope } from '../scope.js';
import { limits } from '../settings-defaults.js';
import { requireAllowed } from '../sharing/grant-record.js';
import { FieldErrors } from '../../input/validation.js';
import { findProject, lockProject, projectQuestion, tellOfProject } from './project-record.js';

/** CU-16: what was written to the followers of a project, newest first. */
export async function listProjectMessages(
  context: EngineContext,
  projectId: string,
  query: ProjectMessageQuery,
  { actor }: CallContext,
): Promise<Page<ProjectMessage>> {
  const { db } = context;
  const scope = await loadScope(db, actor, now(context));
  await findProject(db, projectId, scope);
  const cursor = decodeCursor(
    'project-messages',
    query.cursor,
    ({ value, id }) => isInstant(value) && typeof id === 'number',
  );
  const limit = query.limit ?? 25;
  const readable = readableMessages(projectId, scope);
  const all = selectMessages(db).where(readable);
  const beyond = cursor
    ? all.where(sql<boolean>`(m.at, m.seq) < (${cursor.value}::timestamptz, ${cursor.id}::bigint)`)
    : all;
  const rows = await beyond
    .orderBy('m.at', 'desc')
    .orderBy('m.seq', 'desc')
    .limit(limit + 1)
    .execute();
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    items: rows.slice(0, limit).map((row) => toMessage(row, scope)),
    next: last ? encodeCursor('project-messages', { value: last.at, id: last.seq }) : null,
    ...(query.count === 'true' && { total: await countMessages(db, readable) }),
  };
}

/** CU-06: the condition on `project_messages as m` that leaves what the actor may read: from where each follower begins. */
function readableMessages(projectId: string, { actor, grants }: Scope): RawBuilder<boolean> {
  const all = sql<boolean>`(m.tenant = ${actor.tenant} and m.project_id = ${projectId})`;
  if (actor.kind === 'agent') return all;
  const starts = grants
    .filter(({ unit, unitId }) => unit === 'project' && unitId === projectId)
    .map(({ history }) => history?.from);
  if (starts.includes(undefined)) return all;
  return sql<boolean>`(${all} and m.at >= (select min(s) from unnest(${starts}::timestamptz[]) s))`;
}

async function countMessages(db: Executor, readable: RawBuilder<boolean>): Promise<number> {
  const { total } = await db
    .selectFrom('project_messages as m')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where(readable)
    .executeTakeFirstOrThrow();
  return total;
}

/** CU-16: writes to everybody who follows the project at this moment. */
export async function createProjectMessage(
  context: EngineContext,
  projectId: string,
  input: NewProjectMessage,
  call: WriteContext,
): Promise<ProjectMessage> {
  return inTransaction(context, async (tx) => {
    const at = now(context);
    const key = await claimKey<ProjectMessage>(tx, call, at);
    const { row, scope } = await lockProject(tx, projectId, call.actor, at);
    requireAllowed(decideProject('post', ...projectQuestion(row, scope)));
    if (key.replay) return key.result;
    const fields = new FieldErrors();
    const text = fields.text('text', input.text, limits.noteText, true);
    fields.throwIfAny();
    const { tenant } = row;
    const id = newId('message');
    await tx
      .insertInto('project_messages')
      .values({ tenant, id, project_id: projectId, text, by_id: call.actor.id, at })
      .execute();
    await tellOfProject(tx, row, at, { messageId: id });
    const stored = await selectMessages(tx)
      .where('m.tenant', '=', tenant)
      .where('m.id', '=', id)
      .executeTakeFirstOrThrow();
    const message = toMessage(stored, scope);
    await keepResult(tx, call, message);
    return message;
  });
}

interface FailedRow {
  readonly person: StoredPerson | null;
  readonly personId: string;
  readonly reason: string | null;
  readonly at: string | null;
}

function selectMessages(db: Executor) {
  const about = sql`from notices d where d.tenant = m.tenant and d.about_id = m.id and d.event = 'message'`;
  return db.selectFrom('project_messages as m').select([
    'm.id',
    'm.seq',
    'm.project_id',
    'm.text',
    'm.at',
    personOf('m', 'by_id').as('by'),
    sql<number>`(select count(*)::integer ${about} and d.state = 'waiting')`.as('pending'),
    sql<number>`(select count(*)::integer ${about} and d.state = 'sent')`.as('sent'),
    sql<FailedRow[]>`(select coalesce(jsonb_agg(jsonb_build_object('person', ${personOf('d', 'recipient_id')},
        'personId', d.recipient_id, 'reason', d.reason,
        'at', to_char(d.done_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by d.done_at, d.id), '[]'::jsonb)
      ${about} and d.state = 'failed')`.as('failed'),
  ]);
}

type MessageRow = Awaited<ReturnType<ReturnType<typeof selectMessages>['executeTakeFirstOrThrow']>>;

function toMessage(row: MessageRow, { actor }: Scope): ProjectMessage {
  return {
    id: row.id,
    projectId: row.project_id,
    text: row.text,
    by: toPerson(row.by),
    at: row.at,
    // Who else follows is not the followers' to know.
    ...(actor.kind === 'agent' && {
      delivery: {
        pending: row.pending,
        sent: row.sent,
        failed: row.failed.map(({ person, personId, reason, at }) => ({
          person: toPerson(person) ?? { id: personId, name: personId, kind: 'customer' as const },
          reason,
          at,
        })),
      },
    }),
  };
}
