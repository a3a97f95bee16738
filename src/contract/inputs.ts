import type * as z from 'zod/mini';

import { uploadQuerySchema } from './attachments.js';
import { bulkInputSchema } from './bulk.js';
import { caseChangeSchema, caseQuerySchema, newCaseSchema, statusChangeInputSchema } from './cases.js';
import { customerQuerySchema } from './customers.js';
import { caseExportQuerySchema } from './export.js';
import { forwardInputSchema } from './forward.js';
import { candidateQuerySchema, grantChangeSchema, newGrantsSchema } from './grants.js';
import {
  assignEntrySchema,
  completeEntrySchema,
  forwardEntrySchema,
  inboxEntryQuerySchema,
  newInboxEntrySchema,
} from './inbox-entries.js';
import { inboxChangeSchema, inboxQuerySchema, inboxTargetQuerySchema, newInboxSchema } from './inboxes.js';
import { newNoteSchema, noteQuerySchema, timelineQuerySchema } from './notes.js';
import { noticePreferenceInputSchema } from './notices.js';
import { personQuerySchema } from './people.js';
import { previewInputSchema } from './preview.js';
import {
  newProjectMessageSchema,
  newProjectSchema,
  projectChangeSchema,
  projectMessageQuerySchema,
  projectQuerySchema,
} from './projects.js';
import { routes, type Route, type RouteId } from './routes.js';
import { settingsChangeSchema, settingsRevisionQuerySchema } from './settings.js';
import { tagQuerySchema } from './tags.js';
import { newViewSchema, viewChangeSchema, viewQuerySchema } from './views.js';

/** What an operation takes besides its path. */
export interface RouteInput {
  readonly query?: z.ZodMiniType;
  readonly body?: z.ZodMiniType;
}

/** The queries and bodies of the routes. */
export const inputs = {
  listCases: { query: caseQuerySchema },
  createCase: { body: newCaseSchema },
  changeCases: { body: bulkInputSchema },
  exportCases: { query: caseExportQuerySchema },
  updateCase: { body: caseChangeSchema },
  closeCase: { body: statusChangeInputSchema },
  reopenCase: { body: statusChangeInputSchema },
  listNotes: { query: noteQuerySchema },
  createNote: { body: newNoteSchema },
  listTimeline: { query: timelineQuerySchema },
  createGrants: { body: newGrantsSchema },
  listCandidates: { query: candidateQuerySchema },
  previewGrant: { body: previewInputSchema },
  updateGrant: { body: grantChangeSchema },
  forwardCase: { body: forwardInputSchema },
  setNotices: { body: noticePreferenceInputSchema },
  listProjects: { query: projectQuerySchema },
  createProject: { body: newProjectSchema },
  updateProject: { body: projectChangeSchema },
  createProjectGrants: { body: newGrantsSchema },
  listProjectMessages: { query: projectMessageQuerySchema },
  createProjectMessage: { body: newProjectMessageSchema },
  listCustomerProjects: { query: projectQuerySchema },
  listOrganisationProjects: { query: projectQuerySchema },
  listInboxes: { query: inboxQuerySchema },
  createInbox: { body: newInboxSchema },
  updateInbox: { body: inboxChangeSchema },
  listInboxTargets: { query: inboxTargetQuerySchema },
  listInboxEntries: { query: inboxEntryQuerySchema },
  createInboxEntry: { body: newInboxEntrySchema },
  assignInboxEntry: { body: assignEntrySchema },
  completeInboxEntry: { body: completeEntrySchema },
  forwardInboxEntry: { body: forwardEntrySchema },
  listTags: { query: tagQuerySchema },
  uploadAttachment: { query: uploadQuerySchema },
  listPeople: { query: personQuerySchema },
  listCustomers: { query: customerQuerySchema },
  updateSettings: { body: settingsChangeSchema },
  listSettingsChanges: { query: settingsRevisionQuerySchema },
  listViews: { query: viewQuerySchema },
  createView: { body: newViewSchema },
  updateView: { body: viewChangeSchema },
} as const satisfies Partial<Record<RouteId, RouteInput>>;

type Inputs = typeof inputs;

/** Routes with what they take: all that who answers needs. */
export type Operations = {
  readonly [I in RouteId]: (typeof routes)[I] & (I extends keyof Inputs ? Inputs[I] : unknown);
};

/** One route with what it takes. */
export type WholeRoute = Route & RouteInput;

/** Every operation of the contract. */
export const operations = Object.fromEntries(
  Object.entries(routes).map(([id, route]) => [
    id,
    { ...route, ...(inputs as Partial<Record<string, RouteInput>>)[id] },
  ]),
) as unknown as Operations;
