import { sql } from 'kysely';

import type { AttachmentStore } from '../attachments/store.js';
import type { Actor, CallContext, CaseBackend } from '../backend.js';
import { createActorMemory } from './actors.js';
import { downloadAttachment, getAttachment, uploadAttachment } from './attachments.js';
import { changeCases } from './bulk.js';
import { updateCase } from './case-change.js';
import { createCase } from './case-create.js';
import { listCases } from './case-list.js';
import { readCase } from './case-record.js';
import { closeCase, reopenCase } from './case-status.js';
import { now, type EngineContext } from './context.js';
import { getCustomer, listCustomers } from './customers.js';
import { createFeed } from './events/feed.js';
import type { OutboxLag } from './events/outbox-reader.js';
import { asBackendError } from './failures.js';
import { importCases } from './import-cases.js';
import type { ImportedCase, ImportOutcome, SeedData } from './import-types.js';
import { assignEntry } from './inboxes/assign-entry.js';
import { cancelEntry } from './inboxes/cancel-entry.js';
import { completeEntry } from './inboxes/complete-entry.js';
import { getInboxEntry, listInboxEntries } from './inboxes/entries-list.js';
import { forwardEntry } from './inboxes/forward-entry.js';
import { createInbox, getInbox, listInboxes, listInboxTargets, updateInbox } from './inboxes/inboxes.js';
import { putEntry } from './inboxes/put-entry.js';
import { releaseEntry } from './inboxes/release-entry.js';
import { takeEntry } from './inboxes/take-entry.js';
import { undoEntry } from './inboxes/undo-entry.js';
import { cleanHourly } from './maintenance.js';
import { migrate } from './migrations/migrate.js';
import { createNote, listNotes, listTimeline } from './notes.js';
import { bounceNotice, type Bounce } from './notices/bounce.js';
import { getNoticeDelivery } from './notices/delivery.js';
import { endNotices, readNoticeLink } from './notices/link.js';
import type { NoticesOptions } from './notices/options.js';
import { getNotices, setNotices } from './notices/preferences.js';
import { retryNotice } from './notices/retry.js';
import { startNoticeWorker, type NoticeLag, type NoticeWorker } from './notices/worker.js';
import { createNotifier } from './notifier.js';
import { getPerson, listPeople } from './people.js';
import { createProjectMessage, listProjectMessages } from './projects/messages.js';
import {
  createProjectGrants,
  listProjectGrants,
  revokeProjectGrant,
  unitOfGrant,
  updateProjectGrant,
} from './projects/project-grants.js';
import {
  createProject,
  getProject,
  listProjects,
  listSharedProjects,
  updateProject,
} from './projects/projects.js';
import { createScopeMemory } from './scope-memory.js';
import { seed } from './seed.js';
import { engineCapabilities, getSession } from './session.js';
import { getSettings, updateSettings } from './settings.js';
import { listSettingsChanges } from './settings-history.js';
import type { Database } from './sql/database.js';
import { listCandidates } from './sharing/candidates.js';
import { revokeGrant, updateGrant } from './sharing/change-grant.js';
import { createExpiryTimer } from './sharing/expiry-timer.js';
import { forwardCase } from './sharing/forward.js';
import { previewGrant } from './sharing/preview.js';
import { listReceipts, recordReceipt } from './sharing/receipts.js';
import { createGrants, listGrants } from './sharing/share-case.js';
import { listTags } from './tags.js';
import { createView, deleteView, getView, listViews, updateView } from './views.js';

/** How events are delivered and kept. */
export interface EventsOptions {
  /** Milliseconds between looks at the outbox without a wake-up; 5,000 unless told. */
  readonly pollEvery?: number;
  /** Events one slow reader may leave unread before it is told to read everything again; 1,000 unless told. */
  readonly bufferLimit?: number;
  /** Hours an event is kept for readers that come back; 24 unless told. */
  readonly keepHours?: number;
}

/** What `createEngine` takes. The engine owns `database` from then on: `dispose()` closes it. */
export interface EngineOptions {
  readonly database: Database;
  readonly attachments: AttachmentStore;
  /** Bytes all files of a tenant may have together; no limit unless told. What would make more is `too_large`. */
  readonly attachmentQuota?: number | undefined;
  /** What time it is; that of this machine unless given. */
  readonly clock?: () => Date;
  readonly events?: EventsOptions;
  /** Who is told what happens, and how; nobody unless told. The engine closes the channels. */
  readonly notices?: NoticesOptions | undefined;
  /** Told about trouble in the background (a lost connection, a failed clean-up); nothing else is logged. */
  readonly onError?: (error: unknown) => void;
}

/** Our own case system behind the port, with what only its operator may do. */
export interface Engine extends CaseBackend {
  /**
   * Takes over cases of another system, each once by its external reference; safe beside a running server. Customers,
   * organisations, departments, types and closure reasons that are missing are made. `actor` is named in the history.
   */
  importCases(tenant: string, actor: Actor | null, batch: readonly ImportedCase[]): Promise<ImportOutcome[]>;
  /** Loads sample data; what is there already stays as it is. */
  seed(tenant: string, data: SeedData): Promise<void>;
  /** CU-17: a message has come back after it had been handed over. Gives whether it was one of ours; repeated, nothing changes. */
  bounceNotice(bounce: Bounce): Promise<boolean>;
  /** Whether the database answers; throws `unavailable` when it does not. */
  ping(): Promise<void>;
  /** Events that wait to be handed out by this process, and for how long the oldest has. */
  outboxLag(): Promise<OutboxLag>;
  /** Messages that wait to be sent by any process, and for how long the oldest has been due. */
  noticeLag(): Promise<NoticeLag>;
}

/** Brings the database to the current schema and starts the engine on it. */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  const { database, attachments, clock = () => new Date(), events = {} } = options;
  const onError = options.onError ?? (() => undefined);
  const keepHours = events.keepHours ?? 24;
  const { db } = database;
  await migrate(db);

  const feed = createFeed({
    database,
    clock,
    pollEvery: events.pollEvery ?? 5_000,
    bufferLimit: events.bufferLimit ?? 1_000,
    keepHours,
    onError,
  });
  const notifier = createNotifier(db, onError);
  let worker: NoticeWorker | undefined;
  const wake = (): void => {
    feed.wake();
    worker?.wake();
    notifier.notify();
  };
  const { attachmentQuota, notices } = options;
  const context: EngineContext = {
    db,
    attachments,
    attachmentQuota,
    notices,
    clock,
    wake,
    expiring: (moment) => expiry.expect(moment),
  };
  const remember = createActorMemory(context);
  const askByScope = createScopeMemory();
  const stopCleaning = cleanHourly(context, keepHours, onError);
  const expiry = createExpiryTimer(context, events.pollEvery ?? 5_000, onError);
  if (notices) worker = await startNoticeWorker(context, notices, onError);
  let disposing: Promise<void> | undefined;

  /** Whoever acts is written down first; whatever goes wrong leaves as a `BackendError`. */
  async function as<T>({ actor }: CallContext, run: () => Promise<T>): Promise<T> {
    try {
      await remember(actor);
      return await run();
    } catch (error) {
      throw asBackendError(error);
    }
  }

  async function operate<T>(run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (error) {
      throw asBackendError(error);
    }
  }

  return {
    capabilities: () => Promise.resolve(engineCapabilities),
    getSession: (call) => as(call, () => getSession(context, call)),

    listCases: (query, call) =>
      as(call, () => {
        const at = now(context);
        return askByScope(db, call.actor, at, (scope) => listCases(db, query, scope, at));
      }),
    getCase: (id, call) =>
      as(call, () => {
        const at = now(context);
        return askByScope(db, call.actor, at, (scope) => readCase(db, id, scope, at));
      }),
    createCase: (input, call) => as(call, () => createCase(context, input, call)),
    updateCase: (id, change, call) => as(call, () => updateCase(context, id, change, call)),
    closeCase: (id, input, call) => as(call, () => closeCase(context, id, input, call)),
    reopenCase: (id, input, call) => as(call, () => reopenCase(context, id, input, call)),
    changeCases: (input, call) => as(call, () => changeCases(context, input, call)),

    listNotes: (id, query, call) => as(call, () => listNotes(context, id, query, call)),
    createNote: (id, input, call) => as(call, () => createNote(context, id, input, call)),
    listTimeline: (id, query, call) => as(call, () => listTimeline(context, id, query, call)),

    listGrants: (id, call) => as(call, () => listGrants(context, id, call)),
    createGrants: (id, input, call) => as(call, () => createGrants(context, id, input, call)),
    updateGrant: (id, change, call) =>
      as(call, async () => {
        const unit = await unitOfGrant(db, call.actor.tenant, id);
        return (unit === 'project' ? updateProjectGrant : updateGrant)(context, id, change, call);
      }),
    revokeGrant: (id, call) =>
      as(call, async () => {
        const unit = await unitOfGrant(db, call.actor.tenant, id);
        await (unit === 'project' ? revokeProjectGrant : revokeGrant)(context, id, call);
      }),
    listCandidates: (query, call) => as(call, () => listCandidates(context, query, call)),
    previewGrant: (input, call) => as(call, () => previewGrant(context, input, call)),
    listReceipts: (id, call) => as(call, () => listReceipts(context, id, call)),
    recordReceipt: (id, call) => as(call, () => recordReceipt(context, id, call)),
    forwardCase: (id, input, call) => as(call, () => forwardCase(context, id, input, call)),

    listProjects: (query, call) => as(call, () => listProjects(context, query, call)),
    getProject: (id, call) => as(call, () => getProject(context, id, call)),
    createProject: (input, call) => as(call, () => createProject(context, input, call)),
    updateProject: (id, change, call) => as(call, () => updateProject(context, id, change, call)),
    listProjectGrants: (id, call) => as(call, () => listProjectGrants(context, id, call)),
    createProjectGrants: (id, input, call) => as(call, () => createProjectGrants(context, id, input, call)),
    listProjectMessages: (id, query, call) => as(call, () => listProjectMessages(context, id, query, call)),
    createProjectMessage: (id, input, call) => as(call, () => createProjectMessage(context, id, input, call)),
    listSharedProjects: (grantee, query, call) =>
      as(call, () => listSharedProjects(context, grantee, query, call)),

    listInboxes: (query, call) => as(call, () => listInboxes(context, query, call)),
    getInbox: (id, call) => as(call, () => getInbox(context, id, call)),
    createInbox: (input, call) => as(call, () => createInbox(context, input, call)),
    updateInbox: (id, change, call) => as(call, () => updateInbox(context, id, change, call)),
    listInboxTargets: (query, call) => as(call, () => listInboxTargets(context, query, call)),
    listInboxEntries: (query, call) => as(call, () => listInboxEntries(context, query, call)),
    getInboxEntry: (id, call) => as(call, () => getInboxEntry(context, id, call)),
    createInboxEntry: (input, call) => as(call, () => putEntry(context, input, call)),
    takeInboxEntry: (id, call) => as(call, () => takeEntry(context, id, call)),
    releaseInboxEntry: (id, call) => as(call, () => releaseEntry(context, id, call)),
    assignInboxEntry: (id, input, call) => as(call, () => assignEntry(context, id, input, call)),
    completeInboxEntry: (id, input, call) => as(call, () => completeEntry(context, id, input, call)),
    cancelInboxEntry: (id, call) => as(call, () => cancelEntry(context, id, call)),
    forwardInboxEntry: (id, input, call) => as(call, () => forwardEntry(context, id, input, call)),
    undoInboxEntry: (id, call) => as(call, () => undoEntry(context, id, call)),

    getNotices: (id, call) => as(call, () => getNotices(context, id, call)),
    setNotices: (id, input, call) => as(call, () => setNotices(context, id, input, call)),
    getNoticeDelivery: (id, call) => as(call, () => getNoticeDelivery(context, id, call)),
    retryNotice: (id, call) => as(call, () => retryNotice(context, id, call)),
    readNoticeLink: (token) => operate(() => readNoticeLink(context, token)),
    endNotices: (token) => operate(() => endNotices(context, token)),

    listTags: (query, call) => as(call, () => listTags(context, query, call)),

    uploadAttachment: (upload, call) => as(call, () => uploadAttachment(context, upload, call)),
    getAttachment: (id, call) => as(call, () => getAttachment(context, id, call)),
    downloadAttachment: (id, call) => as(call, () => downloadAttachment(context, id, call)),

    listPeople: (query, call) => as(call, () => listPeople(context, query, call)),
    getPerson: (id, call) => as(call, () => getPerson(context, id, call)),
    listCustomers: (query, call) => as(call, () => listCustomers(context, query, call)),
    getCustomer: (id, call) => as(call, () => getCustomer(context, id, call)),

    getSettings: (call) => as(call, () => getSettings(context, call)),
    updateSettings: (change, call) => as(call, () => updateSettings(context, change, call)),
    listSettingsChanges: (query, call) => as(call, () => listSettingsChanges(context, query, call)),

    listViews: (query, call) => as(call, () => listViews(context, query, call)),
    getView: (id, call) => as(call, () => getView(context, id, call)),
    createView: (input, call) => as(call, () => createView(context, input, call)),
    updateView: (id, change, call) => as(call, () => updateView(context, id, change, call)),
    deleteView: (id, call) => as(call, () => deleteView(context, id, call)),

    events: (position, { actor, signal = new AbortController().signal }) =>
      operate(() => feed.subscribe(position, actor, signal)),
    eventPosition: () => operate(() => feed.position()),

    importCases: (tenant, actor, batch) =>
      operate(async () => {
        if (actor) await remember(actor);
        return importCases(context, tenant, actor, batch);
      }),
    seed: (tenant, data) => operate(() => seed(context, tenant, data)),
    ping: () =>
      operate(async () => {
        await sql`select 1`.execute(db);
      }),
    bounceNotice: (bounce) => operate(() => bounceNotice(context, bounce)),
    outboxLag: () => operate(() => feed.lag()),
    noticeLag: () => operate(() => worker?.lag() ?? Promise.resolve({ waiting: 0, seconds: 0 })),
    dispose: () => (disposing ??= close()),
  };

  async function close(): Promise<void> {
    await stopCleaning();
    await expiry.stop();
    await worker?.dispose();
    await feed.dispose();
    await notifier.settle();
    await database.dispose();
  }
}
