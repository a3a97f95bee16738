import type { CaseQuery } from '../../src/contract/cases.js';
import type { MaskableField } from '../../src/contract/portal.js';
import type { Choice, Settings } from '../../src/contract/settings.js';
import type { Executor } from './context.js';
import type { Masked } from './policy/masks.js';
import type { Scope } from './scope.js';
import { defaultSettings, limits } from './settings-defaults.js';
import { linkOf } from './links.js';
import { isStorable } from '../input/text.js';
import { parseMoment, type FieldErrors } from '../input/validation.js';

/** What a list can be narrowed by. */
export type CaseFilters = Omit<CaseQuery, 'cursor' | 'limit' | 'count' | 'sort'>;

/** What a view keeps of that, with what is reckoned where its reader is. */
export type ViewFilters = CaseFilters & { readonly due?: string | undefined };

/** The filters whose values are of the settings' lists. */
const listed = [
  ['type', 'caseTypes'],
  ['priority', 'priorities'],
] as const;

/** What cannot be, whatever the lists hold: dates that are none, empty ranges, texts that stand nowhere. */
export function checkFilters(query: CaseFilters, fields: FieldErrors, prefix = ''): void {
  for (const field of ['raisedAfter', 'raisedBefore', 'dueBy', 'dueAfter', 'overdueOn'] as const) {
    fields.date(prefix + field, query[field]);
  }
  const [after, before] = [query.raisedAfter, query.raisedBefore].map((moment) =>
    moment === undefined ? null : parseMoment(moment),
  );
  if (after && before && before < after) {
    fields.add(`${prefix}raisedBefore`, 'empty_range', 'The end lies before the beginning.');
  }
  if (query.dueAfter !== undefined && query.dueBy !== undefined && query.dueBy < query.dueAfter) {
    fields.add(`${prefix}dueBy`, 'empty_range', 'The end lies before the beginning.');
  }
  for (const tag of query.tag ?? [])
    if (!isStorable(tag)) fields.add(`${prefix}tag`, 'invalid', 'Not a tag.');
  for (const link of query.link ?? [])
    if (!linkOf(link)) fields.add(`${prefix}link`, 'invalid', 'Write the type and the id: invoice:INV-1.');
  // A list of a customer that cannot be is not there (CC-04); a view that names one is mistaken.
  const texts = [
    'q',
    'assigneeId',
    'projectId',
    ...(prefix === '' ? [] : (['customerId'] as const)),
  ] as const;
  for (const field of texts) {
    if (!isStorable(query[field] ?? ''))
      fields.add(prefix + field, 'invalid', 'The text holds characters that stand nowhere.');
  }
  fields.text(`${prefix}q`, query.q, limits.search, false);
}

/** A value that the lists never held cannot be meant. One that was retired or removed still finds its cases (CC-08). */
export async function checkListed(
  db: Executor,
  query: CaseFilters,
  { actor, settings }: Scope,
  fields: FieldErrors,
): Promise<void> {
  for (const [field, list] of listed) {
    const unknown = query[field]?.filter((id) => !settings[list].some((choice) => choice.id === id)) ?? [];
    if (unknown.length === 0) continue;
    const former = await formerChoices(db, actor.tenant, list);
    if (unknown.some((id) => !former.has(id)))
      fields.add(field, 'unknown_value', 'There is no such value in the list.');
  }
}

/** What of the filters can no longer be chosen. */
export function filterWarnings(filters: CaseFilters, settings: Settings) {
  return listed.flatMap(([field, list]) =>
    (filters[field] ?? []).flatMap((value) => {
      const choice = settings[list].find(({ id }) => id === value);
      if (choice && !choice.retired) return [];
      return [{ code: choice ? 'retired_value' : 'unknown_value', field, value }];
    }),
  );
}

/** DE-29: the conditions of a view that its others rule out, whatever cases there are. A view with any finds nothing. */
export function contradictions({ status, deadline, due, dueBy, dueAfter, overdueOn }: ViewFilters) {
  const found: { code: string; field: string; value: string }[] = [];
  const add = (field: string, value: string) => found.push({ code: 'contradictory', field, value });
  // Nothing is overdue any more once it is closed.
  const onlyClosed = status !== undefined && status.length > 0 && !status.includes('open');
  if (onlyClosed && due === 'overdue') add('due', due);
  if (onlyClosed && overdueOn !== undefined) add('overdueOn', overdueOn);
  if (deadline === 'none') {
    const dated = { due, dueBy, dueAfter, overdueOn };
    for (const [field, value] of Object.entries(dated)) if (value !== undefined) add(field, value);
  }
  return found.filter(({ field }, index) => found.findIndex((one) => one.field === field) === index);
}

const fieldsOf: Readonly<Record<string, MaskableField>> = {
  customerId: 'customer',
  projectId: 'project',
  type: 'type',
  priority: 'priority',
  tag: 'tags',
  assigneeId: 'assignee',
  link: 'links',
  deadline: 'deadline',
  due: 'deadline',
  dueBy: 'deadline',
  dueAfter: 'deadline',
  overdueOn: 'deadline',
};

/** DE-30: the conditions that speak of what is kept from a reader. */
export function hiddenFilters(filters: ViewFilters, masked: Masked): string[] {
  return Object.keys(filters).filter((name) => {
    const field = fieldsOf[name];
    return field !== undefined && masked.has(field);
  });
}

/** The ids a list has ever held. */
async function formerChoices(
  db: Executor,
  tenant: string,
  list: 'caseTypes' | 'priorities',
): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('settings_history')
    .select('change')
    .where('tenant', '=', tenant)
    .execute();
  const lists = rows.map(({ change }) => (change[list] ?? []) as readonly Choice[]);
  return new Set([defaultSettings[list], ...lists].flat().map(({ id }) => id));
}
