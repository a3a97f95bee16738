import type { LitElement } from 'lit';

import type { CaseClient } from '../../src/client/client.js';
import type { ListData, QueryState } from '../../src/client/live-query.js';
import type { Inbox } from '../../src/contract/inboxes.js';
import { QueryController } from '../shared/query-controller.js';

/** All inboxes of the tenant, as they are now; read only for those who manage them. */
export class KnownInboxes {
  readonly #query: QueryController<ListData<Inbox>, readonly [CaseClient | undefined]>;

  constructor(host: LitElement, client: () => CaseClient | undefined) {
    this.#query = new QueryController(
      host,
      () => [managing(client())] as const,
      (from) => from?.queries.inboxes({ retired: 'true', limit: 100 }),
    );
  }

  get state(): QueryState<ListData<Inbox>> {
    return this.#query.state;
  }

  /** By name; `undefined` until they are all there. */
  get items(): readonly Inbox[] | undefined {
    const { data } = this.#query;
    return data && !data.hasNext ? data.items : undefined;
  }

  nameOf(id: string): string {
    return this.#query.data?.items.find((inbox) => inbox.id === id)?.name ?? id;
  }

  /** Reads on where not all of them are there yet. Called on each update. */
  follow(): void {
    const { data, fetchingNext, error } = this.#query.state;
    if (data?.hasNext && !fetchingNext && !error) void this.#query.fetchNext();
  }

  refetch(): Promise<void> {
    return this.#query.refetch();
  }
}

function managing(client: CaseClient | undefined): CaseClient | undefined {
  const session = client?.queries.session().getState().data;
  return session?.permissions['manageInboxes']?.allowed ? client : undefined;
}
