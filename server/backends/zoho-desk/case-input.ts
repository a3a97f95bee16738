import type { CaseChange, NewCase } from '../../../src/contract/cases.js';
import type { FieldErrors } from '../../input/validation.js';
import { dueDateOf } from './case-record.js';
import type { Desk } from './desk.js';
import { htmlOf } from './texts.js';
import type { AgentViewer, Viewer } from './viewers.js';
import type { DeskContact, DeskTicket } from './wire.js';

/** What a ticket is to hold, by the names of Zoho. */
export type TicketFields = Record<string, unknown>;

type Given = Pick<CaseChange, 'subject' | 'description' | 'type' | 'priority' | 'contactMethod' | 'deadline'>;

/** What the case holds now: a choice may stay although it is retired. */
export interface Held {
  readonly type: string | null;
  readonly priority: string | null;
  readonly contactMethod: string | null;
}

/** The plain fields that were given, checked, as Zoho takes them. */
export function plainFields(
  desk: Desk,
  input: Given,
  mandatory: ReadonlySet<string>,
  fields: FieldErrors,
  held?: Held,
): TicketFields {
  const { settings, values } = desk;
  const { limits } = settings;
  const asked = (name: keyof Given) => input[name] !== undefined || (!held && mandatory.has(name));
  const needs = (name: string) => mandatory.has(name);
  const wanted: TicketFields = {};
  if (asked('subject')) wanted['subject'] = fields.line('subject', input.subject, limits.subject, true);
  if (asked('description')) {
    const text = fields.text('description', input.description, limits.description, needs('description'));
    wanted['description'] = htmlOf(text);
  }
  if (asked('type')) {
    const type = fields.choice('type', input.type, settings.caseTypes, needs('type'), held?.type);
    const value = type === null ? null : values.type.there(type);
    if (values.typeField.startsWith('cf_')) wanted['cf'] = { [values.typeField]: value };
    else wanted[values.typeField] = value;
  }
  if (asked('priority')) {
    const { priorities } = settings;
    const id = fields.choice('priority', input.priority, priorities, needs('priority'), held?.priority);
    wanted['priority'] = id === null ? null : values.priority.there(id);
  }
  if (asked('contactMethod')) {
    const { contactMethods } = settings;
    const id = fields.choice(
      'contactMethod',
      input.contactMethod,
      contactMethods,
      needs('contactMethod'),
      held?.contactMethod,
    );
    wanted['channel'] = id === null ? null : values.contactMethod.there(id);
  }
  if (asked('deadline')) {
    const day = fields.date('deadline', input.deadline);
    if (day === null && needs('deadline')) fields.required('deadline');
    wanted['dueDate'] = day === null ? null : dueDateOf(day.slice(0, 10));
  }
  return wanted;
}

const tagName = /^(?!null$)[a-zA-Z0-9_.\-+%\s\P{ASCII}]{3,50}$/u;

/** Tags as Zoho takes them: three characters at least, and few signs. */
export function checkTags(desk: Desk, given: readonly string[] | undefined, fields: FieldErrors): string[] {
  const tags = fields.tags('tags', given, desk.settings.limits);
  for (const [index, tag] of tags.entries()) {
    if (tag.length < 3 || !tagName.test(tag)) {
      fields.add(
        `tags.${index}`,
        'invalid',
        'A tag needs three characters at least, and no signs but _ . - + and %.',
      );
    }
  }
  return tags;
}

/** What Zoho has no place for is refused rather than lost. */
export function refuseUnknown(desk: Desk, input: Partial<NewCase>, fields: FieldErrors): void {
  if (input.links && input.links.length > 0)
    fields.add('links', 'unknown_field', 'Zoho Desk keeps no links of cases.');
  if (input.projectId !== undefined && input.projectId !== null)
    fields.add('projectId', 'unknown_field', 'Zoho Desk has no projects.');
  if (input.externalReference !== undefined && desk.options.fields?.externalReference === undefined)
    fields.add('externalReference', 'unknown_field', 'No field of Zoho Desk is configured for this.');
}

/** An active agent of the department, or nobody. */
export async function checkAssignee(
  desk: Desk,
  id: string | null | undefined,
  departmentId: string | undefined,
  fields: FieldErrors,
): Promise<void> {
  if (id === undefined || id === null) return;
  const agent = await desk.directory.agent(id);
  if (!agent || agent.status !== 'ACTIVE') fields.add('assigneeId', 'not_found', 'There is no such agent.');
  else if (departmentId !== undefined && !agent.associatedDepartmentIds?.includes(departmentId))
    fields.add('assigneeId', 'invalid', 'This agent does not belong to the department.');
}

/** The department of a new case: the one that was named, the agent's only one, or the configured one. */
export async function departmentOf(
  desk: Desk,
  viewer: Viewer,
  given: string | null | undefined,
  fields: FieldErrors,
): Promise<string> {
  const { defaultDepartment } = desk.options;
  if (viewer.kind === 'agent') {
    if (given !== undefined && given !== null) return checkDepartment(viewer, given, fields);
    if (defaultDepartment !== undefined && viewer.departments.has(defaultDepartment))
      return defaultDepartment;
    const [only, ...others] = viewer.departments;
    if (only !== undefined && others.length === 0) return only;
    fields.required('departmentId', 'Choose the department it is for.');
    return '';
  }
  if (defaultDepartment !== undefined) return defaultDepartment;
  const all = await desk.directory.departments();
  return (all.find(({ isDefault }) => isDefault === true) ?? all[0])?.id ?? '';
}

/** Agents put cases into departments of their own. */
function checkDepartment({ departments }: AgentViewer, id: string, fields: FieldErrors): string {
  if (!departments.has(id)) fields.add('departmentId', 'not_found', 'You have no such department.');
  return id;
}

export function heldBy(desk: Desk, ticket: DeskTicket, type: string | null): Held {
  const { values } = desk;
  return {
    type: values.type.here(type),
    priority: values.priority.here(ticket.priority),
    contactMethod: values.contactMethod.here(ticket.channel),
  };
}

/** Whether two contacts belong to one account. */
export function isSameAccount(one: DeskContact | undefined, other: DeskContact): boolean {
  const [left, right] = [one, other].map((each) => each?.accountId ?? each?.account?.id ?? null);
  return left !== null && left !== undefined && left === right;
}
