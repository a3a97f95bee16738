import type { CaseApp } from '../../server/middleware/env.js';
import type { GrantList, NewGrants } from '../../src/contract/grants.js';

/** What may be wrong between a page and its server. */
export type Trouble =
  | 'none'
  | 'offline'
  | 'not-live'
  | 'unavailable'
  | 'failing'
  | 'writes-lost'
  | 'signed-out';

/** How long the line takes: milliseconds, or `forever`. */
export type Latency = number | 'forever';

/** The latencies of the toolbar. */
export const latencies = { none: 0, usual: 300, slow: 2_000, forever: 'forever' } as const satisfies Record<
  string,
  Latency
>;

/** Another backend's facts about a case, given ours. */
export type Foreign = (record: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;

/** Who has access as another backend says it, given ours. */
export type ForeignGrants = (list: GrantList) => GrantList;

/** The way from a page's client to the server in the same page, with the faults a network has. */
export class Line {
  trouble: Trouble = 'none';
  latency: Latency = 0;
  /** Asks for lists in pages of so many: the same answers in fewer requests. */
  pageSize: number | undefined;
  /** What another backend says of a case, in the place of ours. */
  foreign: Foreign | undefined;
  /** What another backend says of who has a case, in the place of ours. */
  foreignGrants: ForeignGrants | undefined;
  /** Customers that no e-mail reaches, by their ids, for a server that sends e-mails; ours sends none here. */
  unreachable: readonly string[] = [];
  readonly #app: CaseApp;
  readonly #streams = new Set<AbortController>();

  constructor(app: CaseApp) {
    this.#app = app;
  }

  /** Changes how the line is. Trouble that a stream would notice ends the open ones. */
  set({ trouble = this.trouble, latency = this.latency }: { trouble?: Trouble; latency?: Latency }): void {
    this.trouble = trouble;
    this.latency = latency;
    if (!['offline', 'not-live', 'unavailable', 'failing'].includes(trouble)) return;
    for (const stream of this.#streams) stream.abort(new TypeError('network error'));
    this.#streams.clear();
  }

  /** Carries a request, unless the line is cut. */
  readonly fetch = async (request: Request): Promise<Response> => {
    await this.#pass(request.signal);
    const isStream = new URL(request.url).pathname.endsWith('/events');
    const isWrite = !['GET', 'HEAD'].includes(request.method);
    if (
      this.trouble === 'offline' ||
      (this.trouble === 'not-live' && isStream) ||
      (this.trouble === 'writes-lost' && isWrite)
    )
      throw new TypeError('Failed to fetch');
    // What a gateway says in front of a server that is down, and a server that has lost its way.
    if (this.trouble === 'unavailable') return new Response('Service Unavailable', { status: 503 });
    if (this.trouble === 'failing') return new Response('Internal Server Error', { status: 500 });
    const refusal = isWrite && request.url.endsWith('/grants') ? await this.#undelivered(request) : undefined;
    if (refusal) return refusal;
    const response = await this.#app.fetch(this.#asSent(request));
    return isStream ? this.#breakable(response) : this.#asAnswered(request, response);
  };

  /** CU-04 */
  async #undelivered(request: Request): Promise<Response | undefined> {
    if (this.unreachable.length === 0) return undefined;
    const { grantees, portalOnly } = (await request.clone().json()) as NewGrants;
    const errors = grantees.flatMap(({ id }, index) =>
      this.unreachable.includes(id)
        ? [
            {
              field: `grantees.${index}.id`,
              code: 'no_address',
              message: 'No e-mail address is known of them.',
            },
          ]
        : [],
    );
    if (portalOnly || errors.length === 0) return undefined;
    const problem = {
      type: 'about:blank',
      title: 'Some fields need attention',
      status: 422,
      code: 'validation_failed',
      errors,
    };
    return Response.json(problem, {
      status: 422,
      headers: { 'content-type': 'application/problem+json' },
    });
  }

  #asSent(request: Request): Request {
    const url = new URL(request.url);
    if (this.pageSize !== undefined && url.searchParams.has('limit'))
      url.searchParams.set('limit', String(this.pageSize));
    const sent = new Request(url, request);
    // Whoever was signed in no longer is: the server says so itself.
    if (this.trouble === 'signed-out') sent.headers.delete('authorization');
    return sent;
  }

  async #asAnswered(request: Request, response: Response): Promise<Response> {
    const { foreign, foreignGrants } = this;
    if (foreignGrants && response.ok && request.method === 'GET' && request.url.endsWith('/grants'))
      return Response.json(foreignGrants((await response.json()) as GrantList), response);
    if (!foreign || !response.ok || !isCases(request)) return response;
    const answer = (await response.json()) as Record<string, unknown>;
    const { items } = answer as { items?: Record<string, unknown>[] };
    return Response.json(items ? { ...answer, items: items.map(foreign) } : foreign(answer), response);
  }

  async #pass(signal: AbortSignal): Promise<void> {
    if (this.latency === 0) return;
    const wait = this.latency;
    await new Promise<void>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
      if (wait !== 'forever') setTimeout(resolve, wait);
    });
  }

  /** The same stream, which ends with an error when the line is cut. */
  #breakable(response: Response): Response {
    if (!response.body) return response;
    const cut = new AbortController();
    this.#streams.add(cut);
    const { readable, writable } = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>();
    response.body
      .pipeTo(writable, { signal: cut.signal })
      // The reader is told by its own end of the stream.
      .catch(() => undefined)
      .finally(() => this.#streams.delete(cut));
    return new Response(readable, response);
  }
}

function isCases({ url }: Request): boolean {
  return /\/v1\/cases(\/[^/]+)?$/.test(new URL(url).pathname);
}
