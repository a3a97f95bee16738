import { sql, type RawBuilder } from 'kysely';

import type { Page } from '../../src/contract/common.js';
import type { ParsedNewView, ParsedViewChange, View, ViewQuery } from '../../src/contract/views.js';
import { BackendError } from '../backend-error.js';
import type { Actor, CallContext, GuardedContext, WriteContext } from '../backend.js';
import {
  checkFilters,
  contradictions,
  filterWarnings,
  hiddenFilters,
  type CaseFilters,
  type ViewFilters,
} from './case-filters.js';
import { personOf, toPerson } from './case-record.js';
import {
  inTransaction,
  notFound,
  now,
  toJson,
  type EngineContext,
  type Executor,
  type Tx,
} from './context.js';
import { claimKey, keepResult } from './idempotency.js';
import { newId } from './ids.js';
import { lockRow } from './lock-row.js';
import { nameOrder, pageByName } from './name-pages.js';
import { announce } from './outbox.js';
import { hasCaseRole, isAdministrator } from './policy/facts.js';
import { maskedSomewhere } from './policy/masks.js';
import { decideViewChange, seesView } from './policy/views.js';
import { loadScope, requireTenant, type Scope } from './scope.js';
import { isStorable } from '../input/text.js';
import { FieldErrors } from '../input/validation.js';

const longestName = 80;
const mostViews = 100;

/** The actor's own views and those shared with one of their roles, by name. */
export async function listViews(
  context: EngineContext,
  query: ViewQuery,
  { actor }: CallContext,
): Promise<Page<View>> {
  const { db } = context;
  const scope = await loadScope(db, actor, now(context));
  const all = db.selectFrom('views as c').where('c.tenant', '=', actor.tenant).where(visibleViews(actor));
  const total = () => all.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  return pageByName('views', query, all.select(columns()), total, (rows) =>
    rows.map((row) => toView(row, scope)),
  );
}

export async function getView(context: EngineContext, id: string, { actor }: CallContext): Promise<View> {
  const scope = await loadScope(context.db, actor, now(context));
  return toView(await findView(context.db, id, scope), scope);
}

export async function createView(
  context: EngineContext,
  input: ParsedNewView,
  call: WriteContext,
): Promise<View> {
  return inTransaction(context, async (tx) => {
    const at = now(context);
    const key = await claimKey<View>(tx, call, at);
    const { actor } = call;
    const scope = await loadScope(tx, actor, at);
    requireTenant(scope, 'saveViews');
    if (input.visibility?.kind === 'roles') requireTenant(scope, 'shareViews');
    if (key.replay) return toView(await findView(tx, key.result.id, scope), scope);
    const fields = new FieldErrors();
    const values = checkView({ ...input, visibility: input.visibility ?? { kind: 'private' } }, fields);
    await checkRoom(tx, actor, fields);
    fields.throwIfAny();
    const id = newId('view');
    await tx
      .insertInto('views')
      .values({
        tenant: actor.tenant,
        id,
        owner_id: actor.id,
        updated_at: at,
        updated_by: actor.id,
        name: values.name ?? '',
        filters: values.filters ?? toJson({}),
        sorted_by: values.sorted_by ?? null,
        columns: values.columns ?? null,
        roles: values.roles ?? null,
      })
      .execute();
    const row = await findView(tx, id, scope);
    await tell(tx, at, row);
    const view = toView(row, scope);
    await keepResult(tx, call, view);
    return view;
  });
}

export async function updateView(
  context: EngineContext,
  id: string,
  change: ParsedViewChange,
  { actor, version }: GuardedContext,
): Promise<View> {
  return inTransaction(context, async (tx) => {
    const at = now(context);
    const scope = await loadScope(tx, actor, at);
    const row = await lockView(tx, id, scope);
    requireChange(row, scope);
    const { visibility } = change;
    if (visibility?.kind === 'roles') requireTenant(scope, 'shareViews');
    if (visibility?.kind === 'private' && row.owner_id !== actor.id) {
      throw new BackendError('forbidden', {
        rule: 'views.owner',
        detail: 'Only its owner can make a view private.',
      });
    }
    requireVersion(row, scope, version);
    const fields = new FieldErrors();
    const values = checkView(change, fields);
    fields.throwIfAny();
    await tx
      .updateTable('views')
      .set({ ...values, version: row.version + 1, updated_at: at, updated_by: actor.id })
      .where('tenant', '=', actor.tenant)
      .where('id', '=', id)
      .execute();
    const changed = await findView(tx, id, scope);
    await tell(tx, at, row, changed);
    return toView(changed, scope);
  });
}

export async function deleteView(
  context: EngineContext,
  id: string,
  { actor, version }: GuardedContext,
): Promise<void> {
  return inTransaction(context, async (tx) => {
    const at = now(context);
    const scope = await loadScope(tx, actor, at);
    const row = await lockView(tx, id, scope);
    requireChange(row, scope);
    requireVersion(row, scope, version);
    await tx.deleteFrom('views').where('tenant', '=', actor.tenant).where('id', '=', id).execute();
    await tell(tx, at, row);
  });
}

function columns() {
  return [
    'c.tenant' as const,
    'c.id' as const,
    'c.version' as const,
    'c.name' as const,
    'c.filters' as const,
    'c.sorted_by' as const,
    'c.columns' as const,
    'c.roles' as const,
    'c.owner_id' as const,
    'c.updated_at' as const,
    nameOrder.as('sort'),
    personOf('c', 'owner_id').as('owner'),
    personOf('c', 'updated_by').as('updater'),
  ] as const;
}

function selectView(db: Executor, tenant: string, id: string) {
  return db
    .selectFrom('views as c')
    .select(columns())
    .where('c.tenant', '=', tenant)
    .where('c.id', '=', id)
    .executeTakeFirst();
}

type ViewRow = NonNullable<Awaited<ReturnType<typeof selectView>>>;

function factsOf({ owner_id: owner, roles }: ViewRow) {
  return { owner, roles };
}

/** The same rule as `seesView`, as a condition on `views as c`. */
function visibleViews(actor: Actor): RawBuilder<boolean> {
  if (!hasCaseRole(actor)) return sql<boolean>`false`;
  const shared = isAdministrator(actor)
    ? sql`c.roles is not null`
    : sql`c.roles && ${[...actor.roles]}::text[]`;
  return sql<boolean>`(c.owner_id = ${actor.id} or ${shared})`;
}

async function findView(db: Executor, id: string, { actor }: Scope): Promise<ViewRow> {
  const row = isStorable(id) ? await selectView(db, actor.tenant, id) : undefined;
  if (!row || !seesView(actor, factsOf(row))) throw notFound();
  return row;
}

async function lockView(tx: Tx, id: string, scope: Scope): Promise<ViewRow> {
  await lockRow(tx, 'views', scope.actor.tenant, id);
  return findView(tx, id, scope);
}

function requireChange(row: ViewRow, { actor }: Scope): void {
  const { allowed, rule, reason } = decideViewChange(actor, factsOf(row));
  if (!allowed) throw new BackendError('forbidden', { rule, detail: reason ?? '' });
}

function requireVersion(row: ViewRow, scope: Scope, version: string): void {
  if (String(row.version) === version) return;
  throw new BackendError('version_conflict', {
    by: row.updater && { id: row.updater.id, name: row.updater.name },
    at: row.updated_at,
    current: toView(row, scope),
  });
}

/** A value that the lists lack is kept, for it may have been there: the view says so when it is read. */
function checkView(input: ParsedViewChange, fields: FieldErrors) {
  const { name, filters, sort, columns: shown, visibility } = input;
  if (filters !== undefined) checkFilters(filters, fields, 'filters.');
  if (visibility?.kind === 'roles' && !visibility.roles?.length)
    fields.required('visibility.roles', 'Name a role.');
  if (visibility?.kind === 'private' && visibility.roles)
    fields.add('visibility.roles', 'invalid', 'A private view has no roles.');
  return {
    ...(name !== undefined && { name: fields.line('name', name, longestName, true) }),
    ...(filters !== undefined && { filters: toJson(filters) }),
    ...(sort !== undefined && { sorted_by: sort }),
    ...(shown !== undefined && { columns: shown }),
    ...(visibility !== undefined && { roles: visibility.roles ?? null }),
  };
}

/** One after the other for one person, so that two at once do not pass the limit together. */
async function checkRoom(tx: Tx, { tenant, id }: Actor, fields: FieldErrors): Promise<void> {
  await lockRow(tx, 'people', tenant, id);
  const { count } = await tx
    .selectFrom('views')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('tenant', '=', tenant)
    .where('owner_id', '=', id)
    .executeTakeFirstOrThrow();
  if (count >= mostViews)
    fields.add(
      'name',
      'too_many',
      `At most ${mostViews} views: remove one that is no longer needed.`,
      mostViews,
    );
}

/** Tells those who see the view, and those who saw it. */
async function tell(tx: Tx, at: string, ...rows: readonly ViewRow[]): Promise<void> {
  const [row] = rows;
  if (!row) return;
  const roles = rows.some((one) => one.roles !== null) ? rows.flatMap((one) => one.roles ?? []) : null;
  await announce(tx, row.tenant, at, [
    { kind: 'view.updated', view: { id: row.id, owner: row.owner_id, roles } },
  ]);
}

function toView(row: ViewRow, scope: Scope): View {
  const { actor, settings } = scope;
  const change = decideViewChange(actor, factsOf(row));
  const { roles } = row;
  const hidden = hiddenConditions(row, scope);
  const filters = Object.fromEntries(
    Object.entries(row.filters).filter(([name]) => !hidden.includes(name)),
  ) as ViewFilters;
  return {
    id: row.id,
    version: String(row.version),
    name: row.name,
    filters: asQuery(filters),
    ...(row.sorted_by !== null && { sort: row.sorted_by }),
    ...(row.columns !== null && { columns: row.columns }),
    visibility: roles === null ? { kind: 'private' } : { kind: 'roles', roles },
    owner: toPerson(row.owner),
    updatedAt: row.updated_at,
    permissions: { edit: change, remove: change },
    warnings: [
      ...filterWarnings(filters, settings),
      ...contradictions(filters),
      // Which field it is would tell half of it.
      ...(hidden.length > 0 ? [{ code: 'hidden_condition', field: '', value: '' }] : []),
    ],
  };
}

/** DE-30: what a view of received cases asks of fields that are kept from the reader. Its owner wrote it. */
function hiddenConditions({ filters, owner_id: owner }: ViewRow, scope: Scope): string[] {
  const { actor, settings, grants } = scope;
  if (filters.shared !== 'with-me' || owner === actor.id) return [];
  return hiddenFilters(filters, maskedSomewhere(actor, settings, grants));
}

/** As a query string has it: one value by itself, several as a list. */
function asQuery(filters: CaseFilters): View['filters'] {
  const entries = Object.entries(filters).flatMap(
    ([name, value]: [string, string | string[] | undefined]) => {
      const plain = Array.isArray(value) && value.length < 2 ? value[0] : value;
      return plain === undefined ? [] : [[name, plain] as const];
    },
  );
  return Object.fromEntries(entries);
}
