import type { CaseQuery, CaseChange, NewCase, StatusChangeInput } from '../../../src/contract/cases.js';
import type { NamedRef } from '../../../src/contract/common.js';
import type { NewNote, NoteQuery, TimelineQuery } from '../../../src/contract/notes.js';
import type { Capabilities } from '../../../src/contract/session.js';
import type { Settings } from '../../../src/contract/settings.js';
import type { CallContext, CaseBackend, GuardedContext, Upload, WriteContext } from '../../backend.js';
import { requireTenant } from '../identities.js';
import { ForeignBackend } from '../foreign-backend.js';
import { listCases } from './case-list.js';
import { caseOf, readTicket } from './case-record.js';
import { changeStatus } from './case-status.js';
import { createCase, updateCase } from './case-write.js';
import { createDesk, readerOf, type Desk } from './desk.js';
import { getEntry, listEntries } from './entries.js';
import {
  assignEntry,
  completeEntry,
  createEntry,
  forwardEntry,
  releaseEntry,
  takeEntry,
} from './entry-writes.js';
import { downloadAttachment, getAttachment } from './files.js';
import { createGrants, listCandidates, listGrants, revokeGrant, updateGrant } from './grants.js';
import { getInbox, listInboxes, listInboxTargets } from './inboxes.js';
import { shareLevels } from './levels.js';
import { knownCustomer } from './names.js';
import { createNote } from './notes.js';
import type { RequestTrackerSetup } from './options.js';
import { getCustomer, getPerson, listCustomers, listPeople } from './people.js';
import { listNotes, listTimeline } from './timeline.js';
import { vendor } from './tracker.js';

/**
 * Cases kept in a Request Tracker 5: everybody acts there as the user they are, with the rights that user has. Its operations
 * throw `BackendError` alone: `unavailable` where Request Tracker cannot be reached, `forbidden` for somebody without an account there.
 *
 * @param setup - As `backend` stands in `casement.config.json`, without `kind`; `requestTrackerOptionsSchema` checks what comes
 *   from outside. `accountOf` finds the passwords where they are in a vault.
 *
 * @example
 * ```ts
 * const backend = createRequestTrackerBackend({
 *   baseUrl: 'https://rt.example',
 *   queue: 'support',
 *   accounts: {},
 *   accountOf: async (email) => ({ user: email, password: await vault.passwordOf(email) }),
 * });
 * const app = createApp({ backend, authenticate: jwtAuthenticator({ secret }) });
 * ```
 */
export function createRequestTrackerBackend(setup: RequestTrackerSetup): CaseBackend {
  return new RequestTrackerBackend(setup);
}

class RequestTrackerBackend extends ForeignBackend {
  protected readonly vendor = vendor;
  readonly #desk: Desk;

  constructor(setup: RequestTrackerSetup) {
    super();
    this.#desk = createDesk(setup);
  }

  override capabilities({ actor }: CallContext): Promise<Capabilities> {
    requireTenant(actor, this.#desk.setup.tenant);
    const { fields = {} } = this.#desk.setup;
    return Promise.resolve({
      // Compared by the server, and not in one step with the write.
      versions: 'checked',
      totals: true,
      search: true,
      events: false,
      internalNotes: true,
      attachments: true,
      createCases: true,
      editCases: true,
      closeCases: true,
      tags: fields.tags !== undefined,
      deadlines: true,
      editSettings: false,
      export: true,
      bulk: true,
      views: false,
      projects: false,
      inboxes: true,
      sharing: { kinds: ['department'], levels: { department: [...shareLevels] }, expiry: false },
    });
  }

  override async getSettings(context: CallContext): Promise<Settings> {
    // Nobody learns even the lists who has no account there.
    await readerOf(this.#desk, context);
    return this.#desk.settings;
  }

  protected override async namesOf(
    kind: 'department' | 'customer' | 'organisation',
    ids: readonly string[],
    context: CallContext,
  ): Promise<NamedRef[]> {
    if (kind === 'customer') {
      return ids.map((id) => ({ id, name: knownCustomer(this.#desk, id)?.name ?? id }));
    }
    const queues = kind === 'department' && ids.length > 0 ? await this.#desk.directory.queues(context) : [];
    return ids.map((id) => ({ id, name: queues.find((queue) => queue.id === id)?.name ?? id }));
  }

  override listCases(query: CaseQuery, context: CallContext) {
    return listCases(this.#desk, query, context);
  }
  override async getCase(id: string, context: CallContext) {
    const reader = await readerOf(this.#desk, context);
    return caseOf(this.#desk, reader, await readTicket(this.#desk, reader, id));
  }
  override createCase(input: NewCase, context: WriteContext) {
    return createCase(this.#desk, input, context);
  }
  override updateCase(id: string, change: CaseChange, context: GuardedContext) {
    return updateCase(this.#desk, id, change, context);
  }
  override closeCase(id: string, input: StatusChangeInput, context: WriteContext & GuardedContext) {
    return changeStatus(this.#desk, 'close', id, input, context);
  }
  override reopenCase(id: string, input: StatusChangeInput, context: WriteContext & GuardedContext) {
    return changeStatus(this.#desk, 'reopen', id, input, context);
  }

  override listNotes(caseId: string, query: NoteQuery, context: CallContext) {
    return listNotes(this.#desk, caseId, query, context);
  }
  override createNote(caseId: string, input: NewNote, context: WriteContext) {
    return createNote(this.#desk, caseId, input, context);
  }
  override listTimeline(caseId: string, query: TimelineQuery, context: CallContext) {
    return listTimeline(this.#desk, caseId, query, context);
  }

  override async uploadAttachment(upload: Upload, context: WriteContext) {
    await readerOf(this.#desk, context);
    return this.#desk.answers.once(context, () => this.#desk.uploads.keep(upload, context.actor));
  }
  override getAttachment(id: string, context: CallContext) {
    return getAttachment(this.#desk, id, context);
  }
  override downloadAttachment(id: string, context: CallContext) {
    return downloadAttachment(this.#desk, id, context);
  }

  override listGrants(...[caseId, context]: Parameters<CaseBackend['listGrants']>) {
    return listGrants(this.#desk, caseId, context);
  }
  override createGrants(...[caseId, input, context]: Parameters<CaseBackend['createGrants']>) {
    return createGrants(this.#desk, caseId, input, context);
  }
  override updateGrant(...[id, change, context]: Parameters<CaseBackend['updateGrant']>) {
    return updateGrant(this.#desk, id, change, context);
  }
  override revokeGrant(...[id, context]: Parameters<CaseBackend['revokeGrant']>) {
    return revokeGrant(this.#desk, id, context);
  }
  override listCandidates(...[query, context]: Parameters<CaseBackend['listCandidates']>) {
    return listCandidates(this.#desk, query, context);
  }

  override listInboxes(...[query, context]: Parameters<CaseBackend['listInboxes']>) {
    return listInboxes(this.#desk, query, context);
  }
  override getInbox(...[id, context]: Parameters<CaseBackend['getInbox']>) {
    return getInbox(this.#desk, id, context);
  }
  override listInboxTargets(...[query, context]: Parameters<CaseBackend['listInboxTargets']>) {
    return listInboxTargets(this.#desk, query, context);
  }
  override listInboxEntries(...[query, context]: Parameters<CaseBackend['listInboxEntries']>) {
    return listEntries(this.#desk, query, context);
  }
  override getInboxEntry(...[id, context]: Parameters<CaseBackend['getInboxEntry']>) {
    return getEntry(this.#desk, id, context);
  }
  override createInboxEntry(...[input, context]: Parameters<CaseBackend['createInboxEntry']>) {
    return createEntry(this.#desk, input, context);
  }
  override takeInboxEntry(...[id, context]: Parameters<CaseBackend['takeInboxEntry']>) {
    return takeEntry(this.#desk, id, context);
  }
  override releaseInboxEntry(...[id, context]: Parameters<CaseBackend['releaseInboxEntry']>) {
    return releaseEntry(this.#desk, id, context);
  }
  override assignInboxEntry(...[id, input, context]: Parameters<CaseBackend['assignInboxEntry']>) {
    return assignEntry(this.#desk, id, input, context);
  }
  override completeInboxEntry(...[id, input, context]: Parameters<CaseBackend['completeInboxEntry']>) {
    return completeEntry(this.#desk, id, input, context);
  }
  override forwardInboxEntry(...[id, input, context]: Parameters<CaseBackend['forwardInboxEntry']>) {
    return forwardEntry(this.#desk, id, input, context);
  }

  override listPeople(...[query, context]: Parameters<CaseBackend['listPeople']>) {
    return listPeople(this.#desk, query, context);
  }
  override getPerson(...[id, context]: Parameters<CaseBackend['getPerson']>) {
    return getPerson(this.#desk, id, context);
  }
  override listCustomers(...[query, context]: Parameters<CaseBackend['listCustomers']>) {
    return listCustomers(this.#desk, query, context);
  }
  override getCustomer(...[id, context]: Parameters<CaseBackend['getCustomer']>) {
    return getCustomer(this.#desk, id, context);
  }
}
