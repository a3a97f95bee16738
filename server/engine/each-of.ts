/** Does each, whatever became of those before; throws at the end what went wrong. */
export async function eachOf(tasks: readonly (() => Promise<unknown>)[]): Promise<void> {
  const errors: unknown[] = [];
  for (const task of tasks) await task().catch((error: unknown) => errors.push(error));
  if (errors.length > 0) throw new AggregateError(errors, 'Some of what was to be done failed.');
}
