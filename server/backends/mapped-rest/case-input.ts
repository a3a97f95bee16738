import type { Case, CaseChange, NewCase, StatusChangeInput } from '../../../src/contract/cases.js';
import type { Settings } from '../../../src/contract/settings.js';
import { FieldErrors } from '../../input/validation.js';
import type { IdKind, MappedRestOptions } from './options.js';
import { placeholdersIn } from './templates.js';
import { fieldDate, theirId, theirText, theirValue } from './values.js';

type Writable = NewCase & CaseChange;

/** What a customer may say of a new case; the rest is for agents. */
const ofCustomers = new Set([
  'customerId',
  'subject',
  'description',
  'type',
  'contactMethod',
  'attachmentIds',
]);

/** The fields of the contract that a body takes. */
function takenBy(body: unknown): ReadonlySet<string> {
  return new Set(placeholdersIn(body));
}

/** What stands for the placeholders of a body that makes or changes a case, each checked. */
export function caseSlots(
  input: Readonly<Partial<Writable>>,
  body: unknown,
  settings: Settings,
  options: MappedRestOptions,
  fields: FieldErrors,
  kept?: Case,
): Record<string, unknown> {
  const map = options.cases.fields;
  const { limits } = settings;
  const taken = takenBy(body);
  const slots: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(input)) {
    const empty = value === null || (Array.isArray(value) && value.length === 0);
    if (value === undefined || (empty && !taken.has(name))) continue;
    if (!taken.has(name)) fields.add(name, 'unknown_field', `${options.name} has no place for this.`);
  }

  const choice = (name: 'type' | 'priority' | 'contactMethod', list: Settings['caseTypes']) => {
    const given = input[name];
    if (given === undefined || !taken.has(name)) return;
    const value = fields.choice(name, given, list, false, kept?.[name]);
    slots[name] = value === null ? null : theirValue(value, map[name]);
    const isListed = list.some(({ id }) => id === value);
    if (slots[name] === undefined && isListed)
      fields.add(name, 'unknown_value', `${options.name} does not know this value.`);
  };
  const reference = (name: keyof Writable, kind: IdKind) => {
    const given = input[name];
    if (given === undefined || !taken.has(name)) return;
    slots[name] = typeof given === 'string' ? theirId(given, kind, options.ids) : null;
    if (slots[name] === undefined) fields.add(name, 'not_found', 'There is nothing of this id.');
  };

  if (input.subject !== undefined)
    slots['subject'] = fields.line('subject', input.subject, limits.subject, true);
  if (input.description !== undefined) {
    const text = fields.text('description', input.description, limits.description, false);
    slots['description'] = theirText(text, map.description);
  }
  choice('type', settings.caseTypes);
  choice('priority', settings.priorities);
  choice('contactMethod', settings.contactMethods);
  if (input.deadline !== undefined && taken.has('deadline')) {
    const day = fields.date('deadline', input.deadline);
    slots['deadline'] = day === null ? null : fieldDate(day, map.deadline, 'iso');
  }
  if (input.tags !== undefined) slots['tags'] = fields.tags('tags', input.tags, limits);
  if (input.externalReference !== undefined) slots['externalReference'] = input.externalReference;
  reference('customerId', 'customer');
  reference('assigneeId', 'agent');
  reference('requesterId', 'contact');
  reference('departmentId', 'department');
  slots['attachmentIds'] = input.attachmentIds?.map((id) => theirId(id, 'attachment', options.ids));
  return slots;
}

/** What customers may not say, each named. */
export function refuseForCustomers(input: NewCase, fields: FieldErrors): void {
  for (const [name, value] of Object.entries(input)) {
    if (value !== undefined && !ofCustomers.has(name))
      fields.add(name, 'unknown_field', 'This is for agents.');
  }
}

/** What is missing of a new case: the settings say what it needs. */
export function requireFields(input: NewCase, settings: Settings, fields: FieldErrors): void {
  const needed = new Set(['subject', ...settings.requiredFields.newCase]);
  for (const name of needed) {
    const value = input[name as keyof NewCase];
    const isGiven =
      typeof value === 'string' ? value.trim() !== '' : Array.isArray(value) && value.length > 0;
    // A subject that is there is checked with its length.
    if (!isGiven && !(name === 'subject' && value !== undefined)) fields.required(name);
  }
}

/** A reason and an explanation, both told at once. */
export function statusSlots(
  input: StatusChangeInput,
  action: 'close' | 'reopen',
  settings: Settings,
  options: MappedRestOptions,
  prefix = '',
) {
  const fields = new FieldErrors();
  const reasons = action === 'close' ? settings.closureReasons : settings.reopenReasons;
  const reason = fields.choice(`${prefix}reason`, input.reason, reasons, true) ?? '';
  const note = fields.text(`${prefix}note`, input.note, settings.limits.noteText, true);
  if (input.completeEntry !== undefined) {
    fields.add(`${prefix}completeEntry`, 'unknown_field', 'There are no inboxes here.');
  }
  fields.throwIfAny();
  const { fields: map, reopenReasons = {} } = options.cases;
  const theirs =
    action === 'close' ? theirValue(reason, map.closure?.reason) : (reopenReasons[reason] ?? reason);
  const label = reasons.find(({ id }) => id === reason)?.label ?? reason;
  const visibility = input.visibility ?? 'internal';
  return {
    note,
    label,
    visibility,
    slots: { reason: theirs, reasonLabel: label, note, noteVisibility: visibility },
  };
}

/** The settings with nothing in them that the API has no place for: what nobody can keep nobody is asked for. */
export function fittingSettings(settings: Settings, { cases }: MappedRestOptions): Settings {
  const taken = takenBy([cases.create?.body, cases.update?.body]);
  const read = cases.fields;
  const has = (name: 'type' | 'priority' | 'contactMethod') => taken.has(name) || read[name] !== undefined;
  const created = takenBy(cases.create?.body);
  return {
    ...settings,
    caseTypes: has('type') ? settings.caseTypes : [],
    priorities: has('priority') ? settings.priorities : [],
    defaultPriority: created.has('priority') ? settings.defaultPriority : null,
    contactMethods: has('contactMethod') ? settings.contactMethods : [],
    requiredFields: { newCase: settings.requiredFields.newCase.filter((name) => created.has(name)) },
  };
}

/** The fields a change was to set and which did not come out so. */
export function notTaken(change: CaseChange, found: Case): string[] {
  const differs: Record<string, boolean> = {
    subject: change.subject !== undefined && change.subject.trim() !== found.subject.trim(),
    type: change.type !== undefined && change.type !== (found.type ?? null),
    priority: change.priority !== undefined && change.priority !== (found.priority ?? null),
    deadline: change.deadline !== undefined && change.deadline !== (found.deadline ?? null),
    contactMethod:
      change.contactMethod !== undefined && change.contactMethod !== (found.contactMethod ?? null),
    assigneeId: change.assigneeId !== undefined && change.assigneeId !== (found.assignee?.id ?? null),
    departmentId: change.departmentId !== undefined && change.departmentId !== (found.department?.id ?? null),
  };
  return Object.keys(differs).filter((name) => differs[name]);
}
