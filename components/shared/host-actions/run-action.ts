import type { ActionContext, HostAction } from './host-types.js';

const usualTimeout = 60;

/** What became of a run: `unknown` where the host may or may not have done it. */
export type RunResult =
  | {
      readonly state: 'done';
      readonly message: string | undefined;
      readonly reference: string | undefined;
    }
  | { readonly state: 'refused'; readonly message: string }
  | { readonly state: 'unknown'; readonly message: string | undefined };

/** Has the host do the work, and waits for it no longer than it said. Never rejects. */
export async function runAction(
  action: HostAction,
  values: Readonly<Record<string, string | number | boolean>>,
  context: ActionContext & { readonly idempotencyKey: string },
): Promise<RunResult> {
  const ending = new AbortController();
  const { timeout = usualTimeout } = action;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLong = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new TooLong()), timeout * 1000);
  });
  try {
    const work = Promise.resolve().then(() => action.run(values, { ...context, signal: ending.signal }));
    const outcome = (await Promise.race([work, tooLong])) ?? {};
    if (outcome.ok === false) return { state: 'refused', message: String(outcome.message) };
    const { message, reference } = outcome;
    return { state: 'done', message: textOf(message), reference: textOf(reference) };
  } catch (error) {
    if (!(error instanceof TooLong)) console.warn(`Casement: the action "${action.id}" failed.`, error);
    const told = error instanceof Error && !(error instanceof TooLong) ? error.message : undefined;
    return { state: 'unknown', message: told || undefined };
  } finally {
    clearTimeout(timer);
    ending.abort();
  }
}

class TooLong extends Error {}

function textOf(value: unknown): string | undefined {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
  return text === '' ? undefined : text;
}
