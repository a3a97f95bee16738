/** What is wrong, in words for the person who started the program: it is printed without a stack. */
export class PlainError extends Error {
  override readonly name = 'PlainError';
}

/** A reason why the embedded database cannot be used, with the way around it. */
export function embeddedTrouble(reason: string, cause?: unknown): PlainError {
  return new PlainError(
    `The embedded PostgreSQL cannot be used: ${reason}\n` +
      'To do without it, set DATABASE_URL to a PostgreSQL you run (postgres://user:password@host/database).',
    { cause },
  );
}
