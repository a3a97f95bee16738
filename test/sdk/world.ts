import { onTestFinished, vi } from 'vitest';

import { createCaseClient, type CaseClient, type LiveQuery, type QueryState } from '../../src/index.js';
import { aTenant, listen, type TestTenant } from '../support/app.js';
import type { SamplePerson } from '../support/sample-tenant.js';
import { theApp } from '../support/shared-app.js';

/** A client and what it asked: `GET /v1/cases?status=open`. */
export interface WatchedClient {
  readonly client: CaseClient;
  readonly asked: string[];
}

/** A tenant of the test's own over a real port. */
export interface World {
  readonly url: string;
  readonly tenant: TestTenant;
  /** A client for one of the sample people; ends with the test. */
  readonly clientOf: (who: SamplePerson, fetch?: (request: Request) => Promise<Response>) => WatchedClient;
}

export async function aWorld(): Promise<World> {
  const app = await theApp();
  const tenant = await aTenant(app);
  const server = await listen(app.app);
  onTestFinished(() => server.close());
  const { url } = server;
  return {
    url,
    tenant,
    clientOf: (who, fetch = (request) => globalThis.fetch(request)) => {
      const asked: string[] = [];
      const client = createCaseClient({
        baseUrl: url,
        getToken: () => tenant[who].token,
        fetch: (request) => {
          const { pathname, search } = new URL(request.url);
          if (pathname !== '/v1/events') asked.push(`${request.method} ${pathname}${search}`);
          return fetch(request);
        },
      });
      onTestFinished(() => client.dispose());
      return { client, asked };
    },
  };
}

/** Waits until `check` no longer throws; long enough for a machine that has other work. */
export function eventually(check: () => unknown): Promise<unknown> {
  return vi.waitFor(check, 60_000);
}

/** Subscribes for as long as the test runs; `states` are all it was told. */
export function watch<T>(query: LiveQuery<T>): {
  readonly state: QueryState<T>;
  readonly states: readonly QueryState<T>[];
  stop(): void;
} {
  const states: QueryState<T>[] = [];
  const stop = query.subscribe((state) => states.push(state));
  onTestFinished(stop);
  return {
    get state() {
      return query.getState();
    },
    states,
    stop,
  };
}
