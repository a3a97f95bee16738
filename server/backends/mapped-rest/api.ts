import type { Actor, CallContext } from '../../backend.js';
import { BackendError } from '../../backend-error.js';
import { requireTenant, unknownUser, vendorNameOf } from '../identities.js';
import { createVendorClient, jsonOf, type VendorRequest } from '../vendor-client.js';
import { isDone, namesInBody, refusalOf } from './errors.js';
import type { Call, Get, MappedRestOptions } from './options.js';
import { at } from './pointers.js';
import { fillBody, fillPath, fillQuery, fillText, placeholdersIn, type Slots } from './templates.js';

/** An answer, read. */
export interface Answer {
  readonly body: unknown;
  readonly headers: Headers;
}

/** The API as one actor sees it: each request says who that is. */
export interface Api {
  /** A read. `not_found` where the path lacks a value. */
  get(read: Pick<Get, 'path' | 'query'>, slots: Slots, query?: URLSearchParams): Promise<Answer>;
  /** A read of an address the API gave, below its own. */
  follow(address: string): Promise<Answer>;
  /** A write. */
  send(call: Call, slots: Slots, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  /** A request of any kind, whose answer is not read. */
  raw(request: VendorRequest): Promise<Response>;
}

/** Speaks for each actor with the API of a mapping. */
export type ApiFor = (context: CallContext) => Api;

/** The API of a mapping. Whoever it cannot be told of is refused before anything is sent. */
export function createApi(options: MappedRestOptions): ApiFor {
  const { name, baseUrl, errors } = options;
  const client = createVendorClient({
    baseUrl,
    name,
    fetch: options.fetch,
    timeoutMs: options.timeoutSeconds === undefined ? undefined : options.timeoutSeconds * 1000,
  });
  const base = new URL(`${baseUrl.replace(/\/+$/, '')}/`);

  return ({ actor, signal }) => {
    requireTenant(actor, options.tenant);
    const acting = actingOf(actor, options);

    async function ask(request: VendorRequest, ours: ReadonlyMap<string, string>): Promise<Response> {
      const query = new URLSearchParams(request.query);
      // Last, so that nothing a caller sends can name another actor.
      for (const [parameter, value] of Object.entries(acting.query)) query.set(parameter, value);
      const headers = { ...request.headers, ...options.headers, ...acting.headers };
      const answer = await client({ ...request, headers, query, signal });
      if (isDone(answer.status)) return answer;
      throw await refusalOf(answer, name, errors, ours);
    }

    async function read(
      request: VendorRequest,
      ours: ReadonlyMap<string, string> = new Map(),
    ): Promise<Answer> {
      const answer = await ask(request, ours);
      const empty = answer.status === 204 || answer.headers.get('content-length') === '0';
      if (request.method !== undefined && empty) return { body: undefined, headers: answer.headers };
      return { body: await jsonOf(answer, name), headers: answer.headers };
    }

    return {
      async get({ path, query = {} }, slots, more) {
        const filled = fillPath(path, slots);
        if (filled === undefined) throw new BackendError('not_found');
        const asked = fillQuery(query, slots);
        for (const [parameter, value] of more ?? []) asked.append(parameter, value);
        return read({ path: filled, query: asked });
      },
      async follow(address) {
        const target = URL.canParse(address, base.href) ? new URL(address, base) : undefined;
        // Its headers open this API, and nothing else may be sent them.
        if (target?.origin !== base.origin || !target.pathname.startsWith(base.pathname)) {
          throw new BackendError('unavailable', { detail: `${name} names a next page that is not its own.` });
        }
        return read({ path: `/${target.pathname.slice(base.pathname.length)}`, query: target.searchParams });
      },
      async send({ method = 'POST', path, query = {}, headers = {}, body }, slots, more = {}) {
        const filled = fillPath(path, slots);
        if (filled === undefined) throw new BackendError('not_found');
        const json = body === undefined ? undefined : (fillBody(body, slots) ?? {});
        const filledHeaders = { ...filledTexts(headers, slots), ...more };
        const request = { method, path: filled, query: fillQuery(query, slots), headers: filledHeaders };
        return read(json === undefined ? request : { ...request, json }, namesInBody(body));
      },
      raw: (request) => ask(request, new Map()),
    };
  };
}

interface Acts {
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
}

/** How the API is told of this actor, whole or not at all: somebody who lacks an e-mail address is nobody. */
function actingOf(actor: Actor, { actors, identities, name }: MappedRestOptions): Acts {
  const acting = actor.kind === 'agent' ? actors.agents : actors.customers;
  if (!acting) {
    throw new BackendError('forbidden', {
      rule: 'backend.unknown-user',
      detail: `${name} is not open to ${actor.kind === 'agent' ? 'agents' : 'customers'} here.`,
    });
  }
  const { headers = {}, query = {} } = acting;
  const slots: Slots = {
    id: actor.id,
    email: actor.email ?? undefined,
    customer: actor.customer ?? undefined,
    ...(placeholdersIn({ headers, query }).includes('user') && { user: vendorNameOf(actor, identities) }),
  };
  return { headers: filledTexts(headers, slots, isHeader), query: filledTexts(query, slots) };
}

function filledTexts(
  templates: Readonly<Record<string, string>>,
  slots: Slots,
  isGood: (text: string) => boolean = () => true,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(templates).map(([name, template]) => {
      const text = fillText(template, slots);
      if (text === undefined || !isGood(text)) throw unknownUser();
      return [name, text];
    }),
  );
}

/** What `fetch` takes for a header: no line breaks, and nothing beyond Latin-1. */
function isHeader(text: string): boolean {
  return /^[\t\x20-\x7e\xa0-\xff]*$/.test(text);
}

/** The record in an answer. */
export function recordIn(answer: Answer, { record }: Pick<Get, 'record'>): unknown {
  return at(answer.body, record);
}
