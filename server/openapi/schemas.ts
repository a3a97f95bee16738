import * as z from 'zod/mini';

import { attachmentSchema } from '../../src/contract/attachments.js';
import { bulkAnswerSchema, bulkInputSchema, bulkResultSchema } from '../../src/contract/bulk.js';
import {
  caseLinkSchema,
  caseChangeSchema,
  caseSchema,
  caseSummarySchema,
  changedCaseSchema,
  newCaseSchema,
  statusChangeInputSchema,
  statusChangeSchema,
} from '../../src/contract/cases.js';
import { namedRefSchema, personRefSchema, verdictSchema } from '../../src/contract/common.js';
import { customerSchema } from '../../src/contract/customers.js';
import { caseEventSchema } from '../../src/contract/events.js';
import { forwardInputSchema } from '../../src/contract/forward.js';
import {
  candidateSchema,
  grantChangeSchema,
  granteeSchema,
  grantListSchema,
  grantsAnswerSchema,
  grantSchema,
  newGranteeSchema,
  newGrantsSchema,
} from '../../src/contract/grants.js';
import {
  assignEntrySchema,
  completeEntrySchema,
  forwardEntrySchema,
  inboxEntrySchema,
  newInboxEntrySchema,
} from '../../src/contract/inbox-entries.js';
import { inboxRuleInput, inboxRulesInput } from '../../src/contract/inbox-rules.js';
import {
  inboxChangeSchema,
  inboxMemberSchema,
  inboxSchema,
  newInboxSchema,
} from '../../src/contract/inboxes.js';
import {
  newNoteSchema,
  noteActionSchema,
  noteSchema,
  timelineEntrySchema,
} from '../../src/contract/notes.js';
import {
  noticeDeliverySchema,
  noticePreferenceInputSchema,
  noticePreferenceSchema,
  noticeRulesSchema,
  noticeTemplateSchema,
} from '../../src/contract/notices.js';
import { personSchema } from '../../src/contract/people.js';
import { disclosureSchema, previewInputSchema, sharePreviewSchema } from '../../src/contract/preview.js';
import { masksSchema, portalRulesSchema, settingsProblemSchema } from '../../src/contract/portal.js';
import { fieldErrorSchema, problemSchema } from '../../src/contract/problem.js';
import {
  newProjectMessageSchema,
  newProjectSchema,
  projectChangeSchema,
  projectGrantListSchema,
  projectGrantsAnswerSchema,
  projectMessageSchema,
  projectSchema,
  sharingWarningSchema,
} from '../../src/contract/projects.js';
import { receiptListSchema, receiptSchema } from '../../src/contract/receipts.js';
import { operations, type WholeRoute } from '../../src/contract/inputs.js';
import { capabilitiesSchema, sessionSchema } from '../../src/contract/session.js';
import {
  choiceSchema,
  limitsSchema,
  settingsChangeSchema,
  settingsRevisionSchema,
  settingsSchema,
  sharingSchema,
} from '../../src/contract/settings.js';
import { tagSchema } from '../../src/contract/tags.js';
import { newViewSchema, viewChangeSchema, viewSchema } from '../../src/contract/views.js';
import { schemaDescriptions, schemaExamples } from './schema-descriptions.js';
import type { JsonSchema } from './types.js';

const named: Record<string, z.ZodMiniType> = {
  AssignEntry: assignEntrySchema,
  Attachment: attachmentSchema,
  BulkAnswer: bulkAnswerSchema,
  BulkInput: bulkInputSchema,
  BulkResult: bulkResultSchema,
  Capabilities: capabilitiesSchema,
  Candidate: candidateSchema,
  Case: caseSchema,
  CaseChange: caseChangeSchema,
  CaseLink: caseLinkSchema,
  CaseEvent: caseEventSchema,
  CaseSummary: caseSummarySchema,
  ChangedCase: changedCaseSchema,
  Choice: choiceSchema,
  CompleteEntry: completeEntrySchema,
  Customer: customerSchema,
  Disclosure: disclosureSchema,
  FieldError: fieldErrorSchema,
  ForwardEntry: forwardEntrySchema,
  ForwardInput: forwardInputSchema,
  Grant: grantSchema,
  GrantChange: grantChangeSchema,
  GrantList: grantListSchema,
  Grantee: granteeSchema,
  GrantsAnswer: grantsAnswerSchema,
  Inbox: inboxSchema,
  InboxChange: inboxChangeSchema,
  InboxEntry: inboxEntrySchema,
  InboxMember: inboxMemberSchema,
  InboxRule: inboxRuleInput,
  // To agents `rules` are not told.
  InboxRules: z.partial(inboxRulesInput, { rules: true }),
  Limits: limitsSchema,
  Masks: masksSchema,
  NamedRef: namedRefSchema,
  NewCase: newCaseSchema,
  NewGrantee: newGranteeSchema,
  NewGrants: newGrantsSchema,
  NewInbox: newInboxSchema,
  NewInboxEntry: newInboxEntrySchema,
  NewNote: newNoteSchema,
  NewProject: newProjectSchema,
  NewProjectMessage: newProjectMessageSchema,
  NewView: newViewSchema,
  Note: noteSchema,
  NoteAction: noteActionSchema,
  NoticeDelivery: noticeDeliverySchema,
  NoticePreference: noticePreferenceSchema,
  NoticePreferenceInput: noticePreferenceInputSchema,
  NoticeRules: noticeRulesSchema,
  NoticeTemplate: noticeTemplateSchema,
  Person: personSchema,
  PersonRef: personRefSchema,
  PreviewInput: previewInputSchema,
  PortalRules: portalRulesSchema,
  Problem: problemSchema,
  Project: projectSchema,
  ProjectChange: projectChangeSchema,
  ProjectGrantList: projectGrantListSchema,
  ProjectGrantsAnswer: projectGrantsAnswerSchema,
  ProjectMessage: projectMessageSchema,
  Receipt: receiptSchema,
  ReceiptList: receiptListSchema,
  Session: sessionSchema,
  Settings: settingsSchema,
  SettingsChange: settingsChangeSchema,
  SettingsProblem: settingsProblemSchema,
  SettingsRevision: settingsRevisionSchema,
  SharePreview: sharePreviewSchema,
  SharingRules: sharingSchema,
  SharingWarning: sharingWarningSchema,
  StatusChange: statusChangeSchema,
  StatusChangeInput: statusChangeInputSchema,
  Tag: tagSchema,
  TimelineEntry: timelineEntrySchema,
  Verdict: verdictSchema,
  View: viewSchema,
  ViewChange: viewChangeSchema,
};

/** The schemas of the contract by name, and a way to refer to each. */
export interface SchemaCatalogue {
  readonly components: Record<string, JsonSchema>;
  refOf(schema: z.ZodMiniType): JsonSchema;
}

/** Turns the contract's schemas into named components. Pages are named after what they hold. */
export function schemaCatalogue(): SchemaCatalogue {
  const registry = z.registry<{ id: string }>();
  const names = new Map<z.ZodMiniType, string>();
  const register = (id: string, schema: z.ZodMiniType) => {
    registry.add(schema, { id });
    names.set(schema, id);
  };
  for (const [id, schema] of Object.entries(named)) register(id, schema);
  for (const [routeId, route] of Object.entries(operations) as [string, WholeRoute][]) {
    if (route.answer && !names.has(route.answer)) register(pageName(routeId), route.answer);
  }
  const { schemas } = z.toJSONSchema(registry, { io: 'input', uri: referenceTo, unrepresentable: 'any' });
  return {
    components: Object.fromEntries(
      Object.entries(schemas).map(([id, schema]) => [
        id,
        inWords(id, whole(id, cleaned(schema) as JsonSchema)),
      ]),
    ),
    refOf(schema) {
      const id = names.get(schema);
      if (id === undefined) throw new Error('A schema of the route table has no name in the catalogue.');
      return { $ref: referenceTo(id) };
    },
  };
}

const links = { type: 'array', items: { $ref: referenceTo('CaseLink') } };
const action = { $ref: referenceTo('NoteAction') };

/** What pages do not check, and so need not load the schema of, by the component it stands in. */
const unchecked: Record<string, Record<string, JsonSchema>> = {
  Case: { links },
  CaseSummary: { links },
  ChangedCase: { links },
  Note: { action },
  TimelineEntry: { action },
  Settings: {
    portal: { $ref: referenceTo('PortalRules') },
    problems: { type: 'array', items: { $ref: referenceTo('SettingsProblem') } },
    notices: { $ref: referenceTo('NoticeRules') },
    inboxes: { $ref: referenceTo('InboxRules') },
  },
  SharingRules: {
    masks: { $ref: referenceTo('Masks') },
    departmentLevels: { type: 'object', additionalProperties: { type: 'array', items: { type: 'string' } } },
  },
};

function whole(id: string, schema: JsonSchema): JsonSchema {
  const properties = schema['properties'] as Record<string, JsonSchema> | undefined;
  return id in unchecked ? { ...schema, properties: { ...properties, ...unchecked[id] } } : schema;
}

function inWords(id: string, schema: JsonSchema): JsonSchema {
  return {
    description: schemaDescriptions[id] ?? 'One page of a list.',
    ...schema,
    ...(id in schemaExamples && { examples: [schemaExamples[id]] }),
  };
}

/** The parameters of a query: name, whether required, schema. Repeated ones are arrays. */
export function queryParameters(
  schema: z.ZodMiniType,
): { name: string; required: boolean; schema: JsonSchema }[] {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' });
  return Object.entries(properties).map(([name, property]) => ({
    name,
    required: required.includes(name),
    schema: cleaned(property) as JsonSchema,
  }));
}

function referenceTo(id: string): string {
  return `#/components/schemas/${id}`;
}

function pageName(routeId: string): string {
  const pages: Record<string, string> = {
    listPeople: 'PersonPage',
    listTimeline: 'TimelinePage',
    listInboxes: 'InboxPage',
    listInboxEntries: 'InboxEntryPage',
    listSettingsChanges: 'SettingsRevisionPage',
  };
  return pages[routeId] ?? `${routeId.replace(/^list/, '').replace(/s$/, '')}Page`;
}

/** Without what only repeats the format of a date, and without dialect marks inside the document. */
function cleaned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(cleaned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, part]) => !isNoise(key, part, value))
      .map(([key, part]) => [key, cleaned(part)]),
  );
}

function isNoise(key: string, part: unknown, owner: object): boolean {
  if (['$schema', '$id', '~standard'].includes(key)) return true;
  return key === 'pattern' && 'format' in owner && typeof part === 'string';
}
