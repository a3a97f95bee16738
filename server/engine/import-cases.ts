import type { Settings } from '../../src/contract/settings.js';
import type { Actor } from '../backend.js';
import { insertCases, type BulkCase, type BulkEntry } from './bulk-insert.js';
import { priorityRank } from './case-input.js';
import { inTransaction, now, type EngineContext, type Tx } from './context.js';
import { choiceOf, ensureChoices, ensureCustomers, ensureNamed, type Ids } from './import-names.js';
import type { ImportedCase, ImportOutcome } from './import-types.js';
import { limits } from './settings-defaults.js';
import { characters, distinct, isStorable } from '../input/text.js';
import { parseMoment } from '../input/validation.js';

/** Short transactions: neither other writers nor the events of others wait long for an import. */
const CHUNK = 500;

/** Takes over cases of another system; each once, by its external reference. */
export async function importCases(
  context: EngineContext,
  tenant: string,
  actor: Actor | null,
  batch: readonly ImportedCase[],
): Promise<ImportOutcome[]> {
  const outcomes: ImportOutcome[] = [];
  for (let start = 0; start < batch.length; start += CHUNK) {
    const chunk = batch.slice(start, start + CHUNK);
    outcomes.push(
      ...(await inTransaction(context, (tx) =>
        importChunk(tx, tenant, chunk, { by: actor?.id ?? null, at: now(context) }),
      )),
    );
  }
  return outcomes;
}

interface Deed {
  readonly by: string | null;
  readonly at: string;
}

async function importChunk(
  tx: Tx,
  tenant: string,
  chunk: readonly ImportedCase[],
  deed: Deed,
): Promise<ImportOutcome[]> {
  const problems = new Map<ImportedCase, string>();
  const sound = chunk.filter((row) => {
    const problem = problemOf(row);
    if (problem) problems.set(row, problem);
    return !problem;
  });
  const fresh = await withoutKnown(tx, tenant, sound);
  const settings = await ensureChoices(
    tx,
    tenant,
    {
      caseTypes: labels(fresh, (row) => row.type),
      contactMethods: labels(fresh, (row) => row.contactMethod),
      closureReasons: labels(fresh, (row) => row.closure?.reason),
    },
    deed,
  );
  const importable = fresh.filter((row) => {
    const problem = missingChoice(row, settings);
    if (problem) problems.set(row, problem);
    return !problem;
  });
  const organisations = await ensureNamed(
    tx,
    'organisations',
    tenant,
    labels(importable, (row) => row.organisation),
  );
  const departments = await ensureNamed(
    tx,
    'departments',
    tenant,
    labels(importable, (row) => row.department),
  );
  const customers = await ensureCustomers(
    tx,
    tenant,
    new Map(importable.map((row) => [row.customer.trim(), idIn(organisations, row.organisation)])),
  );
  const cases = importable.map((row) => toBulk(row, settings, { customers, departments }, deed));
  const created = await insertCases(tx, tenant, cases, deed.at);
  const first = new Set(importable);
  return chunk.map((row) => {
    const { externalReference } = row;
    const reason = problems.get(row);
    if (reason !== undefined) return { externalReference, outcome: 'rejected', reason };
    const isNew = first.has(row) && created.has(externalReference);
    return { externalReference, outcome: isNew ? 'created' : 'unchanged' };
  });
}

/** Leaves out what the tenant has already, and what stands twice in the batch. */
async function withoutKnown(tx: Tx, tenant: string, rows: readonly ImportedCase[]): Promise<ImportedCase[]> {
  if (rows.length === 0) return [];
  const known = await tx
    .selectFrom('cases')
    .select('external_reference')
    .where('tenant', '=', tenant)
    .where(
      'external_reference',
      'in',
      rows.map((row) => row.externalReference),
    )
    .execute();
  const seen = new Set(known.map((row) => row.external_reference));
  return rows.filter((row) => {
    if (seen.has(row.externalReference)) return false;
    seen.add(row.externalReference);
    return true;
  });
}

function labels(
  rows: readonly ImportedCase[],
  of: (row: ImportedCase) => string | null | undefined,
): Set<string> {
  return new Set(rows.map((row) => of(row)?.trim() ?? '').filter((label) => label !== ''));
}

function idIn(ids: Ids, name: string | null | undefined): string | null {
  return ids.get(name?.trim() ?? '') ?? null;
}

/** Why a row cannot be taken over, in plain English; `null` when it can. */
function problemOf(row: ImportedCase): string | null {
  const texts = [
    row.externalReference,
    row.customer,
    row.organisation,
    row.department,
    row.subject,
    row.description,
  ];
  const more = [
    row.type,
    row.priority,
    row.contactMethod,
    row.closure?.reason,
    row.closure?.note,
    ...(row.tags ?? []),
  ];
  const created = parseMoment(row.createdAt);
  const closed = row.closure?.at == null ? created : parseMoment(row.closure.at);
  const long = (text: string | null | undefined, limit: number): boolean => characters(text ?? '') > limit;
  if ([...texts, ...more].some((text) => text != null && !isStorable(text))) {
    return 'A text holds characters that cannot be stored.';
  }
  if (row.externalReference.trim() === '') return 'The external reference is missing.';
  if (long(row.externalReference, 200)) return 'The external reference has more than 200 characters.';
  if (row.customer.trim() === '') return 'The customer is missing.';
  if ([row.customer, row.organisation, row.department].some((name) => long(name, 200))) {
    return 'A name has more than 200 characters.';
  }
  if (row.subject.trim() === '') return 'The subject is missing.';
  if (long(row.subject.trim(), limits.subject))
    return `The subject has more than ${limits.subject} characters.`;
  if (long(row.description, limits.description)) {
    return `The description has more than ${limits.description} characters.`;
  }
  if ([row.type, row.contactMethod, row.closure?.reason].some((label) => long(label, 120))) {
    return 'A type, contact method or reason has more than 120 characters.';
  }
  if ((row.tags ?? []).some((tag) => tag.trim() === '' || long(tag, limits.tag))) {
    return `A tag is empty or has more than ${limits.tag} characters.`;
  }
  if (tagsOf(row).length > limits.tags) return `There are more than ${limits.tags} tags.`;
  if (created === null) return `“${row.createdAt}” is not a date.`;
  if (row.deadline != null && !isDay(row.deadline)) return `“${row.deadline}” is not a date.`;
  if (row.status !== 'closed') return row.closure ? 'An open case has no closure.' : null;
  if (!row.closure || row.closure.reason.trim() === '') return 'A closed case needs a reason.';
  if (row.closure.note.trim() === '') return 'A closed case needs an explaining note.';
  if (long(row.closure.note, limits.noteText)) return `The note has more than ${limits.noteText} characters.`;
  if (closed === null) return `“${row.closure.at}” is not a date.`;
  return closed < created ? 'It was closed before it was created.' : null;
}

/** As by hand: trimmed, each once whatever its case. */
function tagsOf(row: ImportedCase): string[] {
  return distinct((row.tags ?? []).map((tag) => tag.trim()));
}

function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && parseMoment(text) !== null;
}

function missingChoice(row: ImportedCase, settings: Settings): string | null {
  const wanted = [
    ['type', row.type, settings.caseTypes],
    ['contact method', row.contactMethod, settings.contactMethods],
    ['closure reason', row.closure?.reason, settings.closureReasons],
  ] as const;
  for (const [noun, label, list] of wanted) {
    if (label?.trim() && !choiceOf(list, label)) return `The list has no room for the ${noun} “${label}”.`;
  }
  const { priority } = row;
  if (priority?.trim() && !choiceOf(settings.priorities, priority))
    return `There is no priority “${priority}”.`;
  return null;
}

function toBulk(
  row: ImportedCase,
  settings: Settings,
  ids: { readonly customers: Ids; readonly departments: Ids },
  { by }: Deed,
): BulkCase {
  const createdAt = parseMoment(row.createdAt) ?? row.createdAt;
  const chosen = (list: Settings['caseTypes'], label: string | null | undefined): string | null =>
    label?.trim() ? (choiceOf(list, label)?.id ?? null) : null;
  const priority = chosen(settings.priorities, row.priority);
  const entries: BulkEntry[] = [];
  if (row.status === 'closed' && row.closure) {
    entries.push({
      kind: 'closure',
      by,
      at: row.closure.at == null ? createdAt : (parseMoment(row.closure.at) ?? createdAt),
      visibility: 'internal',
      subject: null,
      reason: chosen(settings.closureReasons, row.closure.reason),
      text: row.closure.note,
    });
  }
  return {
    externalReference: row.externalReference,
    customerId: idIn(ids.customers, row.customer) ?? '',
    subject: row.subject.trim().replace(/\p{Cc}+/gu, ' '),
    description: row.description,
    type: chosen(settings.caseTypes, row.type),
    priority,
    priorityRank: priorityRank(settings, priority),
    deadline: row.deadline ?? null,
    contactMethod: chosen(settings.contactMethods, row.contactMethod),
    tags: tagsOf(row),
    requesterId: null,
    assigneeId: null,
    departmentId: idIn(ids.departments, row.department),
    createdBy: by,
    createdAt,
    entries,
  };
}
