import { sql } from 'kysely';

import type { Case } from '../../../src/contract/cases.js';
import type { FieldChange } from '../../../src/contract/notes.js';
import type { PreviewInput, SharePreview } from '../../../src/contract/preview.js';
import type { FieldErrorCode } from '../../../src/contract/problem.js';
import { BackendError } from '../../backend-error.js';
import type { Actor, WriteContext } from '../../backend.js';
import { factsOf, findCase, maskedOf, startOf, toCase, type CaseRow } from '../case-record.js';
import { inTransaction, now, toJson, type EngineContext, type Executor, type Tx } from '../context.js';
import { writeLine } from '../history.js';
import { readTimeline } from '../notes.js';
import type { LiveGrant } from '../policy/facts.js';
import { isSharedWithCustomers } from '../policy/sharing.js';
import { loadScope, type Scope } from '../scope.js';
import { FieldErrors } from '../../input/validation.js';
import { checkGrantees, type CheckedGrantee } from './check-grantees.js';
import { disclosureOf, strangersAmong } from './disclosure.js';
import { grantsOn, historyOf, questionOf, requireSharing, type GrantRow } from './grant-record.js';
import { newHistoryStart, readableNotes } from './history-start.js';

// Whoever looks again in between looks at the same: one line is enough.
const LINE_KEPT = 10 * 60_000;

/** Shows the case through the filter that would serve somebody it could be shared with, and writes down that it did. */
export async function previewGrant(
  context: EngineContext,
  { caseId, ...input }: PreviewInput,
  { actor }: WriteContext,
): Promise<SharePreview> {
  return inTransaction(context, async (tx) => {
    const at = now(context);
    const scope = await loadScope(tx, actor, at);
    const row = await findCase(tx, caseId, scope);
    const question = questionOf(row, scope);
    requireSharing('share', [input.kind], question);
    const before = await grantsOn(tx, row, question, at);
    const own = before.find(
      (grant) => grant.grantee_kind === input.kind && grant.grantee_id === input.id && grant.unit === 'case',
    );
    const grantee = await checkGrantee(tx, row, input, own, scope, at);
    const seen = await scopeOf(tx, row, grantee, { own, history: input.history }, scope, at);

    const shown = await findSeen(tx, caseId, seen);
    const theirs = toCase(shown, seen);
    const timeline = await readTimeline(tx, shown, {}, seen);
    const counts = await countSeen(tx, shown, seen);
    const others = before.filter((grant) => grant !== own);
    const strange = await strangersAmong(tx, row, [grantee], others);
    await writeDown(tx, row, grantee, scope, at);
    return {
      case: theirs,
      timeline: timeline.items,
      visible: {
        fields: fieldsOf(theirs),
        notes: counts.notes,
        files: maskedOf(shown, seen).has('attachments') ? 0 : counts.files,
      },
      hidden: {
        fields: fieldsOf(toCase(row, scope)).filter((field) => !(field in theirs)),
        internalNotes: actor.kind === 'agent' ? counts.internal : 0,
      },
      history: isSharedWithCustomers(grantee.kind)
        ? await disclosureOf(tx, row, others, strange.length > 0)
        : null,
      warnings: strange.length > 0 ? ['cross_organisation'] : [],
    };
  });
}

/** Named as in this call, where there is one grantee and no list. */
class GranteeErrors extends FieldErrors {
  override add(field: string, ...rest: [FieldErrorCode, string, number?]): void {
    super.add(field.replace(/^\.0\./, ''), ...rest);
  }
}

async function checkGrantee(
  tx: Tx,
  row: CaseRow,
  { kind, id, level }: Omit<PreviewInput, 'caseId'>,
  own: GrantRow | undefined,
  { actor, settings }: Scope,
  at: string,
): Promise<CheckedGrantee> {
  const fields = new GranteeErrors();
  const asked = level ?? own?.level;
  const check = { actor, settings, facts: factsOf(row), known: new Set<string>(), at };
  const grantees = [{ kind, id, ...(asked !== undefined && { level: asked }) }];
  const { wanted } = await checkGrantees(tx, '', grantees, check, fields);
  fields.throwIfAny();
  const [grantee] = wanted;
  if (!grantee) throw new Error('Who was not refused is wanted.');
  return grantee;
}

/** The scope of whoever would have the grant: what they have already, and this. */
async function scopeOf(
  tx: Tx,
  row: CaseRow,
  { kind, id, level }: CheckedGrantee,
  { own, history }: Pick<PreviewInput, 'history'> & { readonly own: GrantRow | undefined },
  { actor }: Scope,
  at: string,
): Promise<Scope> {
  const eyes = await eyesOf(tx, actor, kind, id);
  const scope = await loadScope(tx, eyes, at);
  const anew = history === 'none' && isSharedWithCustomers(kind);
  const start = anew ? await newHistoryStart(tx, row.tenant, row.id, at) : null;
  const kept = history === undefined && own ? historyOf(own) : null;
  const grant: LiveGrant = {
    unit: 'case',
    unitId: row.id,
    granteeKind: kind,
    level,
    history: start ?? kept,
  };
  const others = scope.grants.filter(
    (one) => one.unit !== 'case' || one.unitId !== row.id || one.granteeKind !== kind,
  );
  return { ...scope, grants: [...others, grant] };
}

/** The portal may show them nothing, whatever is shared with them. */
async function findSeen(tx: Tx, caseId: string, seen: Scope): Promise<CaseRow> {
  try {
    return await findCase(tx, caseId, seen);
  } catch (error) {
    if (!(error instanceof BackendError) || error.code !== 'not_found') throw error;
    throw new BackendError('forbidden', {
      rule: 'preview.nothing',
      detail: 'They would not see the case: the portal shows them none.',
    });
  }
}

/** Somebody of whom only the one thing is known that the case would be shared by. */
async function eyesOf(
  db: Executor,
  { tenant }: Actor,
  kind: CheckedGrantee['kind'],
  id: string,
): Promise<Actor> {
  const nobody = { id: '', tenant, name: '', email: null, roles: [], departments: [], inboxes: [] };
  const outside = { ...nobody, kind: 'customer', customer: null, organisation: null } as const;
  switch (kind) {
    case 'department':
      return { ...outside, kind: 'agent', roles: ['customer-service'], departments: [id] };
    case 'customer':
      return { ...outside, customer: id };
    case 'organisation':
      return { ...outside, organisation: id };
    case 'person': {
      const person = await db
        .selectFrom('people')
        .select(['name', 'customer_id', 'organisation_id'])
        .where('tenant', '=', tenant)
        .where('id', '=', id)
        .executeTakeFirst();
      const { name = '', customer_id: customer = null, organisation_id: organisation = null } = person ?? {};
      return { ...outside, id, name, customer, organisation };
    }
  }
}

async function countSeen(db: Executor, row: CaseRow, scope: Scope) {
  const readable = readableNotes(scope.actor, startOf(row, scope));
  const { rows } = await sql<{ notes: number; files: number; internal: number }>`
    select (select count(*)::integer from notes n
        where n.tenant = ${row.tenant} and n.case_id = ${row.id} and ${readable}) as notes,
      (select count(*)::integer from attachments a where a.tenant = ${row.tenant} and a.case_id = ${row.id}
        and (a.note_id is null or exists (select from notes n
          where n.tenant = a.tenant and n.id = a.note_id and ${readable}))) as files,
      (select count(*)::integer from notes n where n.tenant = ${row.tenant} and n.case_id = ${row.id}
        and n.visibility = 'internal' and not ${readable}) as internal`.execute(db);
  return rows[0] ?? { notes: 0, files: 0, internal: 0 };
}

// How the record is kept, rather than what it says.
const unshown: ReadonlySet<string> = new Set(['id', 'version', 'permissions', 'masked', 'replyCount']);

function fieldsOf(record: Case): string[] {
  return Object.entries(record).flatMap(([field, value]) =>
    unshown.has(field) || value === undefined ? [] : [field],
  );
}

async function writeDown(
  tx: Tx,
  { tenant, id: caseId }: CaseRow,
  { kind, id, name, level }: CheckedGrantee,
  { actor }: Scope,
  at: string,
): Promise<void> {
  const changes: FieldChange[] = [{ field: kind, from: null, to: { id, name, level } }];
  const since = new Date(Date.parse(at) - LINE_KEPT).toISOString();
  const written = await tx
    .selectFrom('history')
    .select('id')
    .where('tenant', '=', tenant)
    .where('case_id', '=', caseId)
    .where('kind', '=', 'access-preview')
    .where('by_id', '=', actor.id)
    .where(sql<boolean>`at >= ${since}::timestamptz and changes = ${toJson(changes)}::jsonb`)
    .executeTakeFirst();
  if (!written)
    await writeLine(tx, { tenant, caseId, by: actor.id, at }, { kind: 'access-preview', changes });
}
