import type { Case, CaseSummary } from '../contract/cases.js';
import type { Page } from '../contract/common.js';
import type { Customer } from '../contract/customers.js';
import type { GrantList } from '../contract/grants.js';
import type { InboxEntry } from '../contract/inbox-entries.js';
import type { Inbox } from '../contract/inboxes.js';
import type { TimelineEntry } from '../contract/notes.js';
import type { Person } from '../contract/people.js';
import type { ReceiptList } from '../contract/receipts.js';
import type { Project, ProjectGrantList, ProjectMessage } from '../contract/projects.js';
import type { Session } from '../contract/session.js';
import type { Settings } from '../contract/settings.js';
import type { View } from '../contract/views.js';
import type { CallOptions } from '../http/request-options.js';
import type { Cache, Pages } from './cache.js';
import type { CaseListQuery, CasesResource, TimelineListQuery } from './cases.js';
import type { CustomerListQuery, CustomersResource } from './customers.js';
import type { LiveEvents } from './events.js';
import type { GrantsResource } from './grants.js';
import type { InboxEntriesResource, InboxEntryListQuery } from './inbox-entries.js';
import type { InboxesResource, InboxListQuery } from './inboxes.js';
import type { ListData, LiveList, LiveQuery, QueryState } from './live-query.js';
import type { PeopleResource, PersonListQuery } from './people.js';
import type { ProjectListQuery, ProjectsResource } from './projects.js';
import type { EntryState, QueryKey, Reader } from './query-store.js';
import type { ReceiptsResource } from './receipts.js';
import type { SessionResource } from './session.js';
import type { SettingsResource } from './settings.js';
import type { ViewListQuery, ViewsResource } from './views.js';

// As many as a server gives at once.
const mostInPage = 100;

/** A customer or an organisation of customers. */
export interface SharedWith {
  readonly kind: 'customer' | 'organisation';
  readonly id: string;
}

/** The live cache: what elements show. Reached as `client.queries`. */
export interface LiveQueries {
  /** Who is signed in, what they may do and what the server can do. */
  session(): LiveQuery<Session>;
  /** The lists and limits of the tenant. */
  settings(): LiveQuery<Settings>;
  /** One case, whole. */
  case(id: string): LiveQuery<Case>;
  /** The cases that match, page after page. */
  cases(query?: Omit<CaseListQuery, 'cursor'>): LiveList<CaseSummary>;
  /** The notes and changes of one case, newest first. */
  timeline(id: string, query?: Omit<TimelineListQuery, 'cursor'>): LiveList<TimelineEntry>;
  /** Who has access to one case, and whom the actor may add. */
  grants(caseId: string): LiveQuery<GrantList>;
  /** Who has opened one case, where the actor may know. */
  receipts(caseId: string): LiveQuery<ReceiptList>;
  /** One project. */
  project(id: string): LiveQuery<Project>;
  /** The projects that match, page after page; with `sharedWith`, those shared with a customer or organisation now. */
  projects(query?: Omit<ProjectListQuery, 'cursor'>, sharedWith?: SharedWith): LiveList<Project>;
  /** Who follows one project, and whom the actor may add. */
  projectGrants(id: string): LiveQuery<ProjectGrantList>;
  /** The messages of one project, newest first. */
  projectMessages(id: string): LiveList<ProjectMessage>;
  /** The inboxes the actor works, page after page. */
  inboxes(query?: Omit<InboxListQuery, 'cursor'>): LiveList<Inbox>;
  /** One inbox. */
  inbox(id: string): LiveQuery<Inbox>;
  /** The entries that match, page after page. */
  inboxEntries(query?: Omit<InboxEntryListQuery, 'cursor'>): LiveList<InboxEntry>;
  /** One entry of an inbox. */
  inboxEntry(id: string): LiveQuery<InboxEntry>;
  /** One customer. */
  customer(id: string): LiveQuery<Customer>;
  /** The customers that match, page after page. */
  customers(query?: Omit<CustomerListQuery, 'cursor'>): LiveList<Customer>;
  /** The people that match, page after page. */
  people(query?: Omit<PersonListQuery, 'cursor'>): LiveList<Person>;
  /** The views the actor sees, page after page. */
  views(query?: Omit<ViewListQuery, 'cursor'>): LiveList<View>;
}

/** The resources that live queries read through. */
export interface Readers {
  readonly session: SessionResource;
  readonly settings: SettingsResource;
  readonly cases: CasesResource;
  readonly customers: CustomersResource;
  readonly people: PeopleResource;
  readonly views: ViewsResource;
  readonly grants: GrantsResource;
  readonly projects: ProjectsResource;
  readonly inboxes: InboxesResource;
  readonly inboxEntries: InboxEntriesResource;
  readonly receipts: ReceiptsResource;
}

/** What answers one thing by its id. */
interface One<T> {
  get(id: string, options: CallOptions): Promise<T>;
}

/** What answers a list page by page. */
interface Many<T, Q> {
  list(query: Q & { cursor: string | undefined }, options: CallOptions): Promise<Page<T>>;
}

export function createLiveQueries({ store }: Cache, events: LiveEvents, readers: Readers): LiveQueries {
  /** What a query for one thing and a query for a list have in common. */
  function follow<Raw, T>(
    key: QueryKey,
    read: Reader<Raw>,
    dataOf: (raw: Raw) => T,
    listState: (state: EntryState<Raw>) => Partial<QueryState<T>>,
  ): LiveQuery<T> {
    let seen: EntryState<Raw> | undefined;
    let current: QueryState<T> = { status: 'pending', refreshing: false };

    function getState(): QueryState<T> {
      const now = store.find<Raw>(key)?.state;
      if (now === seen) return current;
      const before = seen;
      seen = now;
      const { data, error, fetching } = now ?? {};
      const next: QueryState<T> = {
        status: data !== undefined ? 'ready' : error ? 'failed' : 'pending',
        data: data === undefined ? undefined : data === before?.data ? current.data : dataOf(data),
        error,
        refreshing: fetching === 'all' && data !== undefined,
        ...listState(now ?? {}),
      };
      const same = (Object.keys(next) as (keyof QueryState<T>)[]).every(
        (name) => next[name] === current[name],
      );
      return same ? current : (current = next);
    }

    return {
      getState,
      subscribe(listener) {
        const release = events.hold();
        let last = getState();
        const unsubscribe = store.open(key, read).subscribe(() => {
          const state = getState();
          if (state === last) return;
          last = state;
          listener(state);
        });
        return () => {
          unsubscribe();
          release();
        };
      },
      refetch: () => store.open(key, read).refetch(),
    };
  }

  function one<T>(key: QueryKey, resource: One<T>): LiveQuery<T> {
    return follow(
      key,
      (_fetching, _data, signal) => resource.get(key.at(-1) as string, { signal }),
      (data: T) => data,
      () => ({}),
    );
  }

  function list<T extends { readonly id: string }, Q extends { readonly limit?: number | undefined }>(
    of: QueryKey,
    query: Q,
    resource: Many<T, Q>,
  ): LiveList<T> {
    const wanted = normalized(query);
    const key = [...of, wanted];
    const readPages: Reader<Pages<T>> = async (fetching, known = [], signal) => {
      const page = (cursor?: string | null, limit = wanted.limit) =>
        resource.list({ ...wanted, limit, cursor: cursor ?? undefined }, { signal });
      if (fetching === 'next') {
        const cursor = known.at(-1)?.next;
        return cursor ? [...known, await page(cursor)] : known;
      }
      // Page by page, for where one begins depends on the one before; what has grown long in larger ones.
      const pages: Page<T>[] = [];
      let left = countRows(known);
      do {
        const read = await page(
          pages.at(-1)?.next,
          wanted.limit && Math.max(wanted.limit, Math.min(left, mostInPage)),
        );
        pages.push(read);
        left -= read.items.length;
      } while (hasNext(pages) && pages.length < known.length && left > 0);
      return pages;
    };
    const hasNext = (pages: Pages<T> | undefined) => pages?.at(-1)?.next != null;
    const live = follow<Pages<T>, ListData<T>>(
      key,
      readPages,
      (pages) => ({
        // A record that moved while pages were fetched may stand on two of them.
        items: [...new Map(pages.flatMap(({ items }) => items).map((item) => [item.id, item])).values()],
        total: pages[0]?.total,
        hasNext: hasNext(pages),
      }),
      ({ data, fetching }) => ({ fetchingNext: fetching === 'next', hasNext: hasNext(data) }),
    );
    return {
      ...live,
      async fetchNext() {
        const entry = store.open(key, readPages);
        const before = countRows(entry.state.data);
        // A refresh under way goes first; one that comes between cuts the page short, so ask again.
        for (let tries = 0; tries < 3 && countRows(entry.state.data) <= before; tries++) {
          if (entry.state.fetching === 'all') await entry.idle();
          if (!hasNext(entry.state.data)) return;
          await entry.fetch('next');
          if (entry.state.error) return;
        }
      },
    };
  }

  const { session, settings, cases, grants, receipts, projects } = readers;
  return {
    session: () => one(['session'], { get: (_, options) => session.get(options) }),
    settings: () => one(['settings'], { get: (_, options) => settings.get(options) }),
    case: (id) => one(['case', id], cases),
    cases: (query = {}) => list(['cases'], query, cases),
    timeline: (id, query = {}) =>
      list(['timeline', id], query, { list: (page, options) => cases.timeline(id, page, options) }),
    grants: (id) => one(['grants', id], { get: (id, options) => grants.list(id, options) }),
    receipts: (id) => one(['receipts', id], { get: (id, options) => receipts.list(id, options) }),
    project: (id) => one(['project', id], projects),
    projects: (query = {}, sharedWith) =>
      list(['project', null, sharedWith], query, {
        list: (page, options) =>
          sharedWith ? projects.sharedWith(sharedWith, page, options) : projects.list(page, options),
      }),
    projectGrants: (id) =>
      one(['project', id, 'grants'], { get: (_, options) => projects.grants(id, options) }),
    projectMessages: (id) =>
      list(
        ['project', id, 'messages'],
        {},
        { list: (page, options) => projects.messages(id, page, options) },
      ),
    inboxes: (query = {}) => list(['inbox', null], query, readers.inboxes),
    inbox: (id) => one(['inbox', id], readers.inboxes),
    inboxEntries: (query = {}) => list(['inbox', null, 'entries'], query, readers.inboxEntries),
    inboxEntry: (id) => one(['inbox', null, 'entry', id], readers.inboxEntries),
    customer: (id) => one(['customer', id], readers.customers),
    customers: (query = {}) => list(['customers'], query, readers.customers),
    people: (query = {}) => list(['people'], query, readers.people),
    views: (query = {}) => list(['views'], query, readers.views),
  };
}

function countRows(pages: Pages<unknown> = []): number {
  return pages.reduce((sum, { items }) => sum + items.length, 0);
}

/** The same question in the same words: nothing that asks for nothing, no list of one, sorted alternatives. */
function normalized<Q extends object>(query: Q): Q {
  const named = Object.entries(query).sort(([one], [other]) => (one < other ? -1 : 1));
  const entries = named.flatMap(([name, value]: [string, unknown]) => {
    const several: readonly unknown[] = Array.isArray(value) ? value : [value];
    const plain = several.length > 1 ? [...several].sort() : several[0];
    return plain === undefined || plain === '' ? [] : [[name, plain] as const];
  });
  return Object.fromEntries(entries) as Q;
}
