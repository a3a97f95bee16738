import type * as z from 'zod/mini';

import type { CallOptions, GuardedOptions, WriteOptions } from './request-options.js';

/** The parameters of a query: arrays are repeated, `undefined` is left out. */
export type QueryParameters = Readonly<Record<string, unknown>>;

/** What a read may carry. */
export interface ReadParts extends CallOptions {
  readonly query?: QueryParameters | undefined;
}

/** What a command may carry: a JSON body, or the bytes of a file. */
export interface PostParts extends WriteOptions, Partial<GuardedOptions> {
  readonly json?: unknown;
  readonly body?: Blob;
  readonly query?: QueryParameters;
}

/** What a change carries. */
export interface PatchParts extends GuardedOptions {
  readonly json: unknown;
}

/**
 * The way to the server: token, retries, time limits, errors.
 *
 * Every method rejects with a `CaseError`, or with `AbortError` when its call was cancelled.
 */
export interface Transport {
  get<T>(path: string, schema: z.ZodMiniType<T>, parts: ReadParts): Promise<T>;
  post<T>(path: string, schema: z.ZodMiniType<T>, parts: PostParts): Promise<T>;
  patch<T>(path: string, schema: z.ZodMiniType<T>, parts: PatchParts): Promise<T>;
  download(path: string, parts: ReadParts): Promise<Blob>;
  /** An answer that is read as it comes: no time limit, no repetition. */
  stream(path: string, headers: Record<string, string>, signal: AbortSignal): Promise<Response>;
}
