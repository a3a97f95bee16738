import type { CaseClient } from '../../src/client/client.js';
import type { ListData } from '../../src/client/live-query.js';
import type { InboxEntry } from '../../src/contract/inbox-entries.js';
import type { Inbox } from '../../src/contract/inboxes.js';
import type { Session } from '../../src/contract/session.js';
import { isForbiddenError } from '../../src/errors.js';
import { localToday } from '../shared/format.js';
import { QueryController } from '../shared/query-controller.js';
import type { InboxTable } from './inbox-table.element.js';
import { mine, toEntryQuery } from './inbox-table.filters.js';

const pageSize = 50;

type EntryQuery = Parameters<CaseClient['queries']['inboxEntries']>[0];

/** What the table reads: who asks, the inboxes, and the entries of the one that shows. */
export class InboxReading {
  readonly #host: InboxTable;
  readonly session;
  readonly inboxes;
  readonly entries;
  #query: EntryQuery;
  #key = '';

  constructor(host: InboxTable) {
    this.#host = host;
    const client = () => host.client;
    this.session = new QueryController<Session, readonly [CaseClient | undefined]>(
      host,
      () => [client()] as const,
      (from) => from?.queries.session(),
    );
    this.inboxes = new QueryController<ListData<Inbox>, readonly [CaseClient | undefined, boolean]>(
      host,
      () => [client(), this.session.data !== undefined && !this.refused] as const,
      (from, works) => (works ? from?.queries.inboxes({ limit: 100 }) : undefined),
    );
    this.entries = new QueryController<
      ListData<InboxEntry>,
      readonly [CaseClient | undefined, EntryQuery | undefined]
    >(
      host,
      () => [client(), this.#ask()] as const,
      (from, query) => query && from?.queries.inboxEntries(query),
    );
  }

  /** Names the entries asked for: another key is another list. */
  get key(): string {
    return this.#key;
  }

  /** The id of who reads. */
  get actorId(): string {
    return this.session.data?.actor.id ?? '';
  }

  /** How many open entries the reader owns. */
  get count(): number | undefined {
    return this.inboxes.data?.items.reduce((sum, { mine: own = 0 }) => sum + own, 0);
  }

  /** The reader's role works no inboxes (IB-01). */
  get refused(): boolean {
    const session = this.session.data;
    if (session) return !session.capabilities.inboxes || session.permissions['listInboxes']?.allowed !== true;
    return isForbiddenError(this.inboxes.state.error);
  }

  /** The inbox whose entries show: the one asked for, where it is the reader's, else the first that may be read. */
  get chosen(): string | undefined {
    const inboxes = this.inboxes.data?.items ?? [];
    const { inbox } = this.#host.filters;
    if (inbox === mine || inboxes.some(({ id }) => id === inbox)) return inbox;
    return (inboxes.find(({ permissions }) => permissions['read']?.allowed) ?? inboxes[0])?.id;
  }

  /** After a failure the next page comes only when it is asked for. */
  get mayGrow(): boolean {
    const { fetchingNext, error } = this.entries.state;
    return !fetchingNext && !error;
  }

  /** Whether the reader may forward what is in an inbox at all: without the right there is no arrow (IB-12). */
  mayForward(inboxId: string): boolean {
    const inbox = this.inboxes.data?.items.find(({ id }) => id === inboxId);
    return inbox?.permissions['forward']?.allowed ?? false;
  }

  async reload(): Promise<void> {
    await Promise.all([this.session.refetch(), this.inboxes.refetch(), this.entries.refetch()]);
  }

  #ask(): EntryQuery | undefined {
    const { chosen } = this;
    const inbox = this.inboxes.data?.items.find(({ id }) => id === chosen);
    if (chosen === undefined || (inbox && !inbox.permissions['read']?.allowed)) return undefined;
    const query = {
      ...toEntryQuery({ ...this.#host.filters, inbox: chosen }, localToday()),
      sort: 'due' as const,
      limit: pageSize,
      count: true,
    };
    const key = JSON.stringify(query);
    if (key !== this.#key) {
      this.#key = key;
      this.#query = query;
    }
    return this.#query;
  }
}
