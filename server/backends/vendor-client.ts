import { BackendError } from '../backend-error.js';

/** How a vendor is reached. */
export interface VendorClientOptions {
  /** What every path is appended to, such as `https://desk.example/api/v1`. */
  readonly baseUrl: string;
  /** What the vendor is called in errors. */
  readonly name: string;
  /** What carries the requests; the platform's own unless told. */
  readonly fetch?: typeof fetch | undefined;
  /** Milliseconds until an answer is given up; 20,000 unless told. */
  readonly timeoutMs?: number | undefined;
  /** How often a read is tried again; twice unless told. Writes never are: they may have happened. */
  readonly retries?: number | undefined;
  /** Waits between tries. */
  readonly pause?: ((ms: number, signal: AbortSignal | undefined) => Promise<void>) | undefined;
}

/** One request to a vendor. */
export interface VendorRequest {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | undefined;
  /** Below the base address, with its own `/`. */
  readonly path: string;
  readonly query?: URLSearchParams | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as it is, in place of JSON. */
  readonly body?: BodyInit | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Whether a write may be sent again, because doing it twice is doing it once. */
  readonly repeatable?: boolean | undefined;
}

/** Speaks to a vendor: what comes back is an answer of the vendor's, of whatever status below 500 but 429. */
export type VendorClient = (request: VendorRequest) => Promise<Response>;

/** Seconds between tries are what the vendor asks for, but no more than this: the caller waits meanwhile. */
const longestWait = 10;

/**
 * A client of a vendor's HTTP interface, with a time limit on every try and further tries for what only reads.
 *
 * Throws `unavailable` when the vendor cannot be reached, is too slow or answers 5xx, and `rate_limited` for a 429. No error
 * carries an address or a header: both may hold secrets.
 */
export function createVendorClient(options: VendorClientOptions): VendorClient {
  const { baseUrl, name, timeoutMs = 20_000, retries = 2, pause = pauseFor } = options;
  const base = baseUrl.replace(/\/+$/, '');
  const send = options.fetch ?? fetch;

  async function attempt(request: VendorRequest): Promise<Response> {
    const { method = 'GET', path, query, json, signal } = request;
    const headers = new Headers(request.headers);
    if (!headers.has('accept')) headers.set('accept', 'application/json');
    if (json !== undefined) headers.set('content-type', 'application/json');
    const body = json === undefined ? request.body : JSON.stringify(json);
    const question = query?.size ? `?${query.toString()}` : '';
    const limit = AbortSignal.timeout(timeoutMs);
    try {
      return await send(`${base}${path}${question}`, {
        method,
        headers,
        redirect: 'manual',
        signal: signal ? AbortSignal.any([signal, limit]) : limit,
        ...(body !== undefined && { body }),
      });
    } catch {
      signal?.throwIfAborted();
      const detail = limit.aborted ? `${name} did not answer in time.` : `${name} cannot be reached.`;
      throw new BackendError('unavailable', { detail });
    }
  }

  return async (request) => {
    const { method = 'GET', repeatable = method === 'GET', signal } = request;
    for (let tried = 0; ; tried += 1) {
      const last = !repeatable || tried >= retries;
      let refusal: BackendError;
      try {
        const answer = await attempt(request);
        if (answer.status < 500 && answer.status !== 429) return answer;
        await answer.body?.cancel();
        refusal = refusalOf(answer, name);
      } catch (error) {
        if (!(error instanceof BackendError)) throw error;
        refusal = error;
      }
      const seconds = refusal.options.retryAfter ?? 0.25 * 2 ** tried;
      if (last || seconds > longestWait) throw refusal;
      await pause(seconds * 1000, signal);
    }
  };
}

function refusalOf(answer: Response, name: string): BackendError {
  const retryAfter = secondsOf(answer.headers.get('retry-after'));
  const wait = retryAfter === undefined ? {} : { retryAfter };
  if (answer.status === 429)
    return new BackendError('rate_limited', {
      detail: `${name} takes no more requests for the moment.`,
      limitName: 'backend',
      ...wait,
    });
  return new BackendError('unavailable', { detail: `${name} answered with ${answer.status}.`, ...wait });
}

function secondsOf(header: string | null): number | undefined {
  if (header === null || header.trim() === '') return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds);
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, Math.ceil((at - Date.now()) / 1000));
}

/** Waits, unless the caller leaves first: rejects then with the reason of the signal. */
export function pauseFor(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = () => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', leave);
      resolve();
    }, ms);
    if (signal?.aborted) leave();
    else signal?.addEventListener('abort', leave, { once: true });
  });
}

/**
 * The JSON of an answer.
 *
 * @throws {BackendError} `unavailable` when it is none.
 */
export async function jsonOf(answer: Response, name: string): Promise<unknown> {
  try {
    return (await answer.json()) as unknown;
  } catch (error) {
    throw new BackendError('unavailable', {
      detail: `${name} answered with something that is not JSON.`,
      cause: error,
    });
  }
}
