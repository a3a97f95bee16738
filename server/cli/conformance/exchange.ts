import type * as z from 'zod/mini';

import {
  problemCodes,
  problemSchema,
  type Problem,
  type ProblemCode,
} from '../../../src/contract/problem.js';
import { routes, type Route, type RouteId } from '../../../src/contract/routes.js';
import { Broken } from './failure.js';

/** One request and what came of it. */
export interface Exchange {
  readonly routeId: RouteId;
  /** As people read it: `PATCH /v1/cases/7 {"subject":"…"}`. */
  readonly asked: string;
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly text: string;
  /** `undefined` where the body is no JSON. */
  readonly json: unknown;
}

/** What an operation answers, parsed. */
export type AnswerOf<I extends RouteId> = (typeof routes)[I] extends { answer: infer S extends z.ZodMiniType }
  ? z.infer<S>
  : undefined;

/** A refused field, as the contract has it. */
export interface WantedField {
  readonly field: string;
  /** Any code where absent. */
  readonly code?: string;
}

const longest = 600;

/** What came, short enough to be read. */
export function cameOf({ status, headers, bytes, text }: Exchange): string {
  const type = headers.get('content-type')?.split(';')[0] ?? 'no media type';
  if (!/json|text|^no /.test(type)) return `${status} ${type} (${bytes.length} bytes)`;
  const body = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return `${status} ${type} ${body}`.trim();
}

/** Fails with what was asked and what came. */
export function broken(exchange: Exchange, says: string): Broken {
  return new Broken(says, exchange.asked, cameOf(exchange));
}

/** Fails unless `kept`. */
export function demand(kept: boolean, exchange: Exchange, says: string): asserts kept {
  if (!kept) throw broken(exchange, says);
}

/** The answer of an operation that has to succeed, parsed by its schema. */
export function answerOf<I extends RouteId>(routeId: I, exchange: Exchange): AnswerOf<I> {
  const route: Route = routes[routeId];
  const { status, json } = exchange;
  demand(status === route.status, exchange, `This is answered with ${route.status}.`);
  if (route.answer === undefined) return undefined as AnswerOf<I>;
  demand(mediaTypeOf(exchange) === 'application/json', exchange, 'The answer is application/json.');
  const parsed = route.answer.safeParse(json);
  demand(parsed.success, exchange, `The answer fits its schema: ${issuesOf(parsed.error)}.`);
  return parsed.data as AnswerOf<I>;
}

/** The problem of an operation that has to be refused, with one of `codes` and these fields. */
export function problemOf(
  exchange: Exchange,
  codes: readonly ProblemCode[],
  fields: readonly WantedField[] = [],
): Problem {
  const problem = validProblem(exchange);
  const wanted = codes.map((code) => `${problemCodes[code].status} ${code}`).join(' or ');
  demand((codes as readonly string[]).includes(problem.code), exchange, `This is refused with ${wanted}.`);
  for (const { field, code } of fields) {
    const found = problem.errors?.some(
      (error) => error.field === field && (code === undefined || error.code === code),
    );
    const named = `"${field}"${code === undefined ? '' : ` with ${code}`}`;
    demand(found === true, exchange, `"errors" names ${named}.`);
  }
  return problem;
}

/** A refusal as every refusal has to be (RFC 9457), whatever it refused. */
export function validProblem(exchange: Exchange): Problem {
  const { status, json } = exchange;
  demand(status >= 400, exchange, 'This is refused.');
  demand(
    mediaTypeOf(exchange) === 'application/problem+json',
    exchange,
    'A refusal is problem details, application/problem+json.',
  );
  const parsed = problemSchema.safeParse(json);
  demand(parsed.success, exchange, `Problem details fit their schema: ${issuesOf(parsed.error)}.`);
  const problem = parsed.data;
  demand(problem.status === status, exchange, '"status" of a problem is that of the answer.');
  demand(Object.hasOwn(problemCodes, problem.code), exchange, '"code" is one that the contract knows.');
  const known = problemCodes[problem.code as ProblemCode];
  demand(known.status === status, exchange, `${problem.code} is answered with ${known.status}.`);
  return problem;
}

function mediaTypeOf({ headers }: Exchange): string {
  return headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
}

function issuesOf(error: z.core.$ZodError | undefined): string {
  const [first, ...rest] = error?.issues ?? [];
  const where = first?.path.map(String).join('.') || 'the whole';
  return `${where}: ${first?.message ?? 'unreadable'}${rest.length > 0 ? ` (and ${rest.length} more)` : ''}`;
}
