import { BackendError } from '../../backend-error.js';
import { createVendorClient, jsonOf, type VendorRequest, pauseFor } from '../vendor-client.js';
import { createAccessToken } from './access-token.js';
import { refusalOf, vendor } from './desk-errors.js';
import type { ZohoDeskOptions } from './options.js';
import { createSlots } from './slots.js';

/** Parameters of a query; what is `undefined` is left out. */
export type DeskQuery = Readonly<Record<string, string | number | boolean | undefined>>;

/** Speaks to Zoho Desk as the gateway's own agent. */
export interface DeskClient {
  /** The JSON that was read; `null` for 204, which is how Zoho tells of an empty list. */
  read(path: string, query?: DeskQuery, signal?: AbortSignal): Promise<unknown>;
  /** The answer itself, for bytes. */
  open(path: string, signal?: AbortSignal): Promise<Response>;
  /** Writes; `null` where the answer has no body. */
  write(method: 'POST' | 'PATCH', path: string, sent: Sent, signal?: AbortSignal): Promise<unknown>;
}

/** What a write sends. */
export interface Sent {
  readonly json?: unknown;
  readonly form?: FormData;
  readonly query?: DeskQuery;
}

// As long as somebody who looks at a page may be kept waiting.
const longestRestSeconds = 10;
const tries = 3;

/**
 * A client that renews its access, before it ends and once more when it is refused; that has no more calls under way than
 * the plan allows; and that rests as long as Zoho asks for. A write that was refused with 429 has not happened, so it is
 * tried again; one that was lost is not.
 */
export function createDeskClient(options: ZohoDeskOptions): DeskClient {
  const { baseUrl, orgId, fetch, pause = pauseFor } = options;
  const send = createVendorClient({ baseUrl, name: vendor, fetch, retries: 0 });
  const token = createAccessToken(options);
  const slots = createSlots(options.concurrency ?? 5);
  let restUntil = 0;

  async function attempt(request: VendorRequest): Promise<Response> {
    const rest = restUntil - Date.now();
    if (rest > 0) await pause(rest, request.signal);
    let access = await token.get();
    let answer = await send(withAccess(request, access));
    if (answer.status !== 401) return answer;
    await answer.body?.cancel();
    access = await token.replace(access);
    answer = await send(withAccess(request, access));
    return answer;
  }

  function withAccess(request: VendorRequest, access: string): VendorRequest {
    const query = new URLSearchParams(request.query);
    query.set('orgId', orgId);
    const headers = { ...request.headers, authorization: `Zoho-oauthtoken ${access}`, orgId };
    return { ...request, query, headers };
  }

  async function insist(request: VendorRequest): Promise<Response> {
    const isRead = (request.method ?? 'GET') === 'GET';
    for (let tried = 1; ; tried += 1) {
      try {
        const answer = await slots.run(() => attempt(request));
        if (answer.ok) return answer;
        throw await refusalOf(answer);
      } catch (error) {
        if (!(error instanceof BackendError)) throw error;
        const seconds = error.options.retryAfter ?? 0.25 * 2 ** tried;
        const isLimit = error.code === 'rate_limited';
        const mayHelp = isLimit || (isRead && error.code === 'unavailable' && isPassing(error));
        if (!mayHelp || tried >= tries || seconds > longestRestSeconds) throw error;
        if (isLimit) restUntil = Math.max(restUntil, Date.now() + seconds * 1000);
        await pause(seconds * 1000, request.signal);
      }
    }
  }

  return {
    async read(path, query, signal) {
      const answer = await insist({ path, query: parameters(query), signal });
      return answer.status === 204 ? null : jsonOf(answer, vendor);
    },
    open: (path, signal) =>
      insist({ path, headers: { accept: '*/*', 'accept-encoding': 'identity' }, signal }),
    async write(method, path, { json, form, query }, signal) {
      const answer = await insist({
        method,
        path,
        query: parameters(query),
        signal,
        ...(form ? { body: form } : { json: json ?? {} }),
      });
      // Some writes answer 200 without a body.
      const text = await answer.text();
      return text === '' ? null : jsonOf(new Response(text), vendor);
    },
  };
}

/** A refusal of the gateway itself does not pass by waiting. */
function isPassing({ message }: BackendError): boolean {
  return !message.includes('gateway');
}

function parameters(query: DeskQuery = {}): URLSearchParams {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  return new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
}
