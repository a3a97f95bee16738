import type * as z from 'zod/mini';

import type { Operations } from '../../src/contract/inputs.js';
import type { RouteId } from '../../src/contract/routes.js';
import type { CallContext, GuardedContext, WriteContext } from '../backend.js';
import type { ReceivedRequest } from '../middleware/received-body.js';

type Table = Operations;
type Parsed<R, K extends 'query' | 'body' | 'answer'> =
  R extends Record<K, infer S extends z.ZodMiniType> ? z.infer<S> : undefined;

/** What a handler must hand to the backend: a POST carries its key, a guarded route the version read. */
export type ContextOf<I extends RouteId> = CallContext &
  (Table[I] extends { method: 'POST' } ? WriteContext : unknown) &
  (Table[I] extends { guarded: true } ? GuardedContext : unknown);

/** One request of an operation, parsed. */
export interface Call<I extends RouteId> {
  /** The `{id}` of the path; empty where it has none. */
  readonly id: string;
  readonly query: Parsed<Table[I], 'query'>;
  readonly body: Parsed<Table[I], 'body'>;
  readonly context: ContextOf<I>;
  readonly request: ReceivedRequest;
}

/** Answers an operation: its record, or a whole response where the answer is not JSON. */
export type Handler<I extends RouteId> = (
  call: Call<I>,
) => Promise<Table[I] extends { answer: z.ZodMiniType } ? Parsed<Table[I], 'answer'> : Response>;

/** One handler for every operation of the contract. */
export type Handlers = { readonly [I in RouteId]: Handler<I> };
