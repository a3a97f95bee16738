import type { Case, CaseAction } from '../../../src/contract/cases.js';
import type { Settings } from '../../../src/contract/settings.js';
import type { CallContext } from '../../backend.js';
import { BackendError } from '../../backend-error.js';
import { createKeptAnswers, type KeptAnswers } from '../kept-answers.js';
import { settingsOf } from '../vocabulary.js';
import { createDeskClient, type DeskClient } from './desk-client.js';
import { createDirectory, type Directory } from './directory.js';
import { createLocks, type Locks } from './locks.js';
import { createLooseFiles, type LooseFiles } from './loose-files.js';
import type { ZohoDeskOptions } from './options.js';
import { createReplyCounts, type ReplyCounts } from './reply-counts.js';
import { accessOf, isClosed, requireVerdict, verdictsOf, type Access } from './sight.js';
import { createValues, type Values } from './values.js';
import { createViewers, type Viewer, type Viewers } from './viewers.js';
import { parseOne, requireId, ticketSchema, type DeskTicket } from './wire.js';

/** All that the operations of this adapter share. */
export interface Desk {
  readonly options: ZohoDeskOptions;
  readonly client: DeskClient;
  readonly settings: Settings;
  readonly values: Values;
  readonly viewers: Viewers;
  readonly directory: Directory;
  readonly kept: KeptAnswers;
  readonly loose: LooseFiles;
  readonly replies: ReplyCounts;
  readonly locks: Locks;
}

/** Limits that are Zoho's, where ours are wider. */
const most = {
  subject: 1_000,
  description: 60_000,
  noteText: 30_000,
  tag: 50,
  attachmentBytes: 20 * 1024 * 1024,
};

export function createDesk(options: ZohoDeskOptions): Desk {
  const client = createDeskClient(options);
  const told = settingsOf(options.vocabulary);
  const limits = { ...told.limits };
  for (const [name, limit] of Object.entries(most) as [keyof typeof most, number][])
    limits[name] = Math.min(limits[name], limit);
  const settings = { ...told, limits };
  return {
    options,
    client,
    settings,
    values: createValues(options, settings),
    viewers: createViewers(client, options),
    directory: createDirectory(client),
    kept: createKeptAnswers(),
    loose: createLooseFiles(),
    replies: createReplyCounts(client, options),
    locks: createLocks(),
  };
}

/** A ticket as its viewer sees it. */
export interface Seen {
  readonly viewer: Viewer;
  readonly ticket: DeskTicket;
  readonly access: Access;
}

const include = 'contacts,assignee,departments';

export async function readTicket(desk: Desk, id: string, signal?: AbortSignal): Promise<DeskTicket> {
  return parseOne(ticketSchema, await desk.client.read(`/tickets/${requireId(id)}`, { include }, signal));
}

/** @throws {BackendError} `not_found` for what is not there and for what the viewer does not see, alike. */
export async function seeTicket(desk: Desk, id: string, context: CallContext): Promise<Seen> {
  const viewer = await desk.viewers.of(context);
  const ticket = await readTicket(desk, id, context.signal).catch((error: unknown) => {
    const isHidden = error instanceof BackendError && ['forbidden', 'validation_failed'].includes(error.code);
    throw isHidden ? new BackendError('not_found') : error;
  });
  return { viewer, ticket, access: requireAccess(viewer, ticket) };
}

export function requireAccess(viewer: Viewer, ticket: DeskTicket): Access {
  const access = accessOf(viewer, ticket);
  if (!access) throw new BackendError('not_found');
  return access;
}

/** @throws {BackendError} `forbidden` by the verdict of the action; what the state of the case forbids is `requireOpen`'s. */
export function requireRight(desk: Desk, { viewer, ticket, access }: Seen, action: CaseAction): void {
  requireVerdict(verdictsOf(viewer, ticket, access, desk.settings.reopenOnCustomerReply)[action]);
}

/** @throws {BackendError} `case_closed`, with the case as it stands. */
export async function requireOpen({ ticket }: Seen, current: () => Promise<Case>): Promise<void> {
  if (!isClosed(ticket)) return;
  const record = await current();
  const { by = null, at = null } = record.closure ?? {};
  throw new BackendError('case_closed', {
    rule: 'case.closed',
    detail: 'The case is closed. Reopen it first.',
    by: by && { id: by.id, name: by.name },
    at: at ?? ticket.closedTime ?? null,
    current: record,
  });
}
