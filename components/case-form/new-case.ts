import * as z from 'zod/mini';

import { attachmentSchema, type Attachment } from '../../src/contract/attachments.js';
import type { NewCase } from '../../src/contract/cases.js';
import { namedRefSchema, type NamedRef } from '../../src/contract/common.js';
import type { Session } from '../../src/contract/session.js';
import type { Settings } from '../../src/contract/settings.js';
import {
  caseFields,
  emptyCase,
  fieldNamed,
  parseCaseValues,
  type CaseField,
  type CaseValues,
} from '../shared/case-values.js';
import { closingInput, emptyClosing, parseClosing, type ClosingValues } from '../shared/closing-fields.js';
import { ConfigWarningEvent } from '../shared/config-warning.events.js';
import type { Attempt } from '../shared/form-submission.js';

/** What the form holds. */
export interface NewCaseDraft {
  readonly values: CaseValues;
  readonly closing: ClosingValues;
  /** The files stored so far. */
  readonly attachments: readonly Attachment[];
  /** The customer an agent picked; absent where the host or the session names one. */
  readonly customer: NamedRef | undefined;
  /** The co-workers to share it with. */
  readonly people: readonly NamedRef[];
  /** Sent already, with an answer that never came: unchanged, it goes under the same key again (E-DUP). */
  readonly attempt?: Attempt | undefined;
}

const attemptSchema = z.object({ fingerprint: z.string(), key: z.string() });

const customerFields: readonly CaseField[] = ['subject', 'type', 'contactMethod', 'description'];

/** Whether a new case may be added at all: by the verdict, and by what the backend can do (CC-25). */
export function canCreate({ permissions, capabilities }: Session): boolean {
  return capabilities.createCases && permissions.createCase?.allowed === true;
}

/** Whether it may be stored and closed in one step (CC-30). */
export function canCreateClosed({ actor, capabilities }: Session): boolean {
  return actor.kind === 'agent' && capabilities.closeCases;
}

/** The fields the actor may set: a customer describes, an agent also plans. */
export function fieldsFor({ actor, capabilities, permissions }: Session): readonly CaseField[] {
  if (actor.kind === 'customer') return customerFields;
  return caseFields.filter(
    (field) =>
      (field !== 'project' || (capabilities.projects && permissions['listProjects']?.allowed)) &&
      (field !== 'tags' || capabilities.tags) &&
      (field !== 'deadline' || capabilities.deadlines),
  );
}

/** Whether the default priority points at a value that can no longer be chosen (CC-28). */
function hasRetiredDefault({ defaultPriority, priorities }: Settings): boolean {
  return (
    defaultPriority !== null && !priorities.some(({ id, retired }) => id === defaultPriority && !retired)
  );
}

/** Tells the host of a default priority that cannot be used. */
export function retiredDefault(settings: Settings): ConfigWarningEvent | undefined {
  if (!hasRetiredDefault(settings)) return undefined;
  return new ConfigWarningEvent(
    'retired_default_priority',
    `The default priority "${settings.defaultPriority}" is retired or unknown; new cases start without one.`,
  );
}

/** Where the server's word about a field belongs; `undefined` for one that is not shown. */
export function fieldPlaces(
  fields: readonly CaseField[],
  { customer, closing }: { readonly customer: boolean; readonly closing: boolean },
): (field: string) => string | undefined {
  const shown: readonly string[] = [
    ...fields,
    'attachmentIds',
    ...(customer ? ['customerId'] : []),
    ...(closing ? ['reason', 'note', 'visibility'] : []),
  ];
  return (field) => {
    const name = fieldNamed(field.replace(/^close\./, ''));
    return name && shown.includes(name) ? name : undefined;
  };
}

/** The form as it opens: empty but for the default priority, never another value in its place (CC-28). */
export function startingDraft({ settings }: Session): NewCaseDraft {
  const priority = hasRetiredDefault(settings) ? '' : (settings.defaultPriority ?? '');
  return {
    values: { ...emptyCase, priority },
    closing: emptyClosing,
    attachments: [],
    customer: undefined,
    people: [],
  };
}

/** What was kept of an unsent form, on top of how it starts. */
export function parseNewCaseDraft(kept: unknown, start: NewCaseDraft): NewCaseDraft | undefined {
  if (!kept || typeof kept !== 'object' || !('values' in kept)) return undefined;
  return {
    values: { ...start.values, ...parseCaseValues(kept.values) },
    closing: parseClosing('closing' in kept ? kept.closing : undefined),
    attachments: parseAttachments('attachments' in kept ? kept.attachments : undefined),
    customer: parseCustomer('customer' in kept ? kept.customer : undefined),
    people: z.array(namedRefSchema).safeParse('people' in kept ? kept.people : undefined).data ?? [],
    attempt: attemptSchema.safeParse('attempt' in kept ? kept.attempt : undefined).data,
  };
}

function parseAttachments(kept: unknown): readonly Attachment[] {
  return z.array(attachmentSchema).safeParse(kept).data ?? [];
}

function parseCustomer(kept: unknown): NamedRef | undefined {
  if (!kept || typeof kept !== 'object' || !('id' in kept) || !('name' in kept)) return undefined;
  const { id, name } = kept;
  return typeof id === 'string' && typeof name === 'string' ? { id, name } : undefined;
}

/** What is sent: the fields the actor may set; an emptied priority as `null`, so that no default takes its place. */
export function newCaseInput(
  customerId: string,
  values: CaseValues,
  fields: readonly CaseField[],
  closing: ClosingValues | undefined,
): NewCase {
  const input: NewCase = { customerId };
  for (const field of fields) {
    if (field === 'tags') {
      if (values.tags.length > 0) input.tags = [...values.tags];
    } else if (field === 'links') {
      if (values.links.length > 0) input.links = [...values.links];
    } else if (field === 'project') {
      if (values.project) input.projectId = values.project.id;
    } else if (field === 'priority') input.priority = values.priority || null;
    else if (values[field] !== '') input[field] = values[field];
  }
  if (closing) input.close = closingInput(closing);
  return input;
}
