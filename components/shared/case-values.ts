import type { Case, CaseChange, CaseLink } from '../../src/contract/cases.js';
import type { NamedRef } from '../../src/contract/common.js';
import type { Settings } from '../../src/contract/settings.js';
import {
  notADateText,
  requiredText,
  tooLongText,
  tooManyText,
  type FieldErrors,
  type Sentence,
} from './field-errors.js';
import { isDate } from './format.js';

/** What a form holds of a case: an empty text stands for "none". */
export interface CaseValues {
  readonly subject: string;
  readonly type: string;
  readonly priority: string;
  readonly contactMethod: string;
  readonly deadline: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly project: NamedRef | null;
  readonly links: readonly CaseLink[];
}
export type CaseField = keyof CaseValues;

/** The fields in the order a form shows them. */
export const caseFields = [
  'subject',
  'type',
  'priority',
  'contactMethod',
  'deadline',
  'description',
  'tags',
  'project',
  'links',
] as const satisfies readonly CaseField[];

export const emptyCase: CaseValues = {
  subject: '',
  type: '',
  priority: '',
  contactMethod: '',
  deadline: '',
  description: '',
  tags: [],
  project: null,
  links: [],
};

/** What a stored case holds, as a form shows it. */
export function valuesOf(record: Case): CaseValues {
  return {
    subject: record.subject,
    type: record.type ?? '',
    priority: record.priority ?? '',
    contactMethod: record.contactMethod ?? '',
    deadline: record.deadline ?? '',
    description: record.description ?? '',
    tags: record.tags ?? [],
    project: record.project ?? null,
    links: record.links ?? [],
  };
}

/** The fields the reader may see of a case: a masked one is absent from the record, not empty. */
export function fieldsOf(record: Case): readonly CaseField[] {
  return caseFields.filter((field) => record[field] !== undefined);
}

/** Whether a field holds the same in both; a text area's line ends do not count as a change. */
export function sameField(field: CaseField, one: CaseValues, other: CaseValues): boolean {
  if (field === 'tags')
    return one.tags.length === other.tags.length && one.tags.every((tag, i) => tag === other.tags[i]);
  if (field === 'project') return one.project?.id === other.project?.id;
  if (field === 'links') return linksText(one.links) === linksText(other.links);
  return unixLines(one[field]) === unixLines(other[field]);
}

/** A label that is empty is none. */
function linksText(links: readonly CaseLink[]): string {
  return JSON.stringify(links.map(({ type, id, label }) => [type, id, label ?? '']));
}

function unixLines(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}

/** The field that the server's word about a part of a request is about. */
export function fieldNamed(place: string): string | undefined {
  const [name] = place.split('.');
  return name === 'projectId' ? 'project' : name;
}

/** The fields that differ. */
export function changedFields(from: CaseValues, to: CaseValues): readonly CaseField[] {
  return caseFields.filter((field) => !sameField(field, from, to));
}

/** `values` with one field as it stands in `source`. */
export function takeField(field: CaseField, source: CaseValues, values: CaseValues): CaseValues {
  return { ...values, [field]: source[field] };
}

/** What must be sent to turn `from` into `to`: the changed fields alone, emptied ones as `null`. */
export function changeBetween(from: CaseValues, to: CaseValues): CaseChange {
  const change: CaseChange = {};
  for (const field of changedFields(from, to)) {
    if (field === 'tags') change.tags = [...to.tags];
    else if (field === 'links') change.links = [...to.links];
    else if (field === 'project') change.projectId = to.project?.id ?? null;
    else if (field === 'subject' || field === 'description') change[field] = to[field];
    else change[field] = to[field] || null;
  }
  return change;
}

/** Whether a field holds nothing. */
export function isEmptyField(field: CaseField, values: CaseValues): boolean {
  if (field === 'project') return values.project === null;
  return field === 'tags' || field === 'links' ? values[field].length === 0 : values[field].trim() === '';
}

/** Everything the client can already tell is wrong with the given fields, all at once (E-VAL). */
export function checkCase(
  values: CaseValues,
  fields: readonly CaseField[],
  settings: Settings,
  required: readonly string[],
): FieldErrors {
  const errors: Record<string, Sentence> = {};
  const { limits } = settings;
  for (const field of fields)
    if (required.includes(field) && isEmptyField(field, values)) errors[field] = () => requiredText(field);
  if (fields.includes('subject') && values.subject.length > limits.subject)
    errors.subject = () => tooLongText(limits.subject);
  if (fields.includes('description') && values.description.length > limits.description)
    errors.description = () => tooLongText(limits.description);
  if (fields.includes('deadline') && values.deadline !== '' && !isDate(values.deadline))
    errors.deadline = notADateText;
  if (fields.includes('tags')) {
    if (values.tags.length > limits.tags) errors.tags = () => tooManyText(limits.tags);
    else if (values.tags.some((tag) => tag.length > limits.tag)) errors.tags = () => tooLongText(limits.tag);
  }
  return errors;
}

/** What a kept draft holds of a case; whatever does not fit is left out. */
export function parseCaseValues(draft: unknown): Partial<CaseValues> {
  if (!draft || typeof draft !== 'object') return {};
  return Object.fromEntries(Object.entries(draft).filter(([name, value]) => fits(name, value)));
}

function fits(name: string, value: unknown): boolean {
  if (!(caseFields as readonly string[]).includes(name)) return false;
  switch (name) {
    case 'links':
      return Array.isArray(value) && value.every(isLink);
    case 'tags':
      return Array.isArray(value) && value.every((tag) => typeof tag === 'string');
    case 'project':
      return value === null || isNamed(value);
    default:
      return typeof value === 'string';
  }
}

function isNamed(value: unknown): value is NamedRef {
  if (!value || typeof value !== 'object') return false;
  const { id, name } = value as Partial<Record<keyof NamedRef, unknown>>;
  return typeof id === 'string' && typeof name === 'string';
}

function isLink(value: unknown): value is CaseLink {
  if (!value || typeof value !== 'object') return false;
  const { type, id, label } = value as Partial<Record<keyof CaseLink, unknown>>;
  return typeof type === 'string' && typeof id === 'string' && ['string', 'undefined'].includes(typeof label);
}
