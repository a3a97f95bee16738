import { BackendError } from '../backend-error.js';

/** What the log keeps of an error. */
export interface DescribedError {
  readonly type: string;
  readonly code?: string | number;
  readonly message?: string;
  readonly stack?: string;
  readonly cause?: DescribedError;
}

// PostgreSQL's five-letter code.
const sqlState = /^[0-9A-Z]{5}$/;
const deepest = 5;

/**
 * An error as the log may keep it: what kind it is, where it came from and what caused it.
 *
 * What a database or a parser says about a value quotes that value, and with it people's data: of such errors the
 * message is left out, and the stack keeps its frames alone.
 */
export function describeError(error: unknown, depth = 0): DescribedError {
  if (!(error instanceof Error)) return { type: typeof error };
  const { code: found } = error as { code?: unknown };
  const code = typeof found === 'string' || typeof found === 'number' ? found : undefined;
  const stack = framesOf(error);
  const inner = error instanceof AggregateError ? (error.errors as unknown[])[0] : error.cause;
  return {
    type: error.name,
    ...(code !== undefined && { code }),
    ...(!mayQuote(error, code) && { message: error.message }),
    ...(stack !== '' && { stack }),
    ...(inner !== undefined && depth < deepest && { cause: describeError(inner, depth + 1) }),
  };
}

function mayQuote(error: Error, code: string | number | undefined): boolean {
  // A `BackendError` says in its detail what the caller did wrong.
  if (error instanceof BackendError) return true;
  if (error instanceof SyntaxError || /Zod/.test(error.name)) return true;
  return typeof code === 'string' && sqlState.test(code) && !code.startsWith('E');
}

function framesOf({ stack = '' }: Error): string {
  return stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
}
