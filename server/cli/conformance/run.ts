import { PlainError } from '../../embedded/plain-error.js';
import { lacking, type ConformanceCase } from './conformance-case.js';
import { Broken, Skipped } from './failure.js';
import type { World } from './world.js';

/** What became of one case. */
export type Result = {
  readonly id: string;
  readonly title: string;
  readonly seconds: number;
} & (
  | { readonly outcome: 'passed' }
  | { readonly outcome: 'skipped'; readonly reason: string }
  | { readonly outcome: 'failed'; readonly asked: string; readonly came: string; readonly says: string }
);

type Outcome<T = Result> = T extends Result ? Omit<T, 'id' | 'title' | 'seconds'> : never;

/** Runs the cases one after another; `told` hears of each as it ends. */
export async function runCases(
  cases: readonly ConformanceCase[],
  world: World,
  told: (result: Result) => void = () => undefined,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const { id, title, ...one } of cases) {
    const began = performance.now();
    const outcome = await outcomeOf(one, world);
    const result: Result = { id, title, seconds: (performance.now() - began) / 1000, ...outcome };
    told(result);
    results.push(result);
  }
  return results;
}

async function outcomeOf(
  { needs = [], who = [], run }: Omit<ConformanceCase, 'id' | 'title'>,
  world: World,
): Promise<Outcome> {
  try {
    for (const role of who) world.as(role);
    const reason = needs.length === 0 ? undefined : lacking(await world.capabilities(), needs);
    if (reason !== undefined) return { outcome: 'skipped', reason };
    await run(world);
    return { outcome: 'passed' };
  } catch (error) {
    if (error instanceof Skipped) return { outcome: 'skipped', reason: error.message };
    if (error instanceof Broken)
      return { outcome: 'failed', asked: error.asked, came: error.came, says: error.says };
    // Nobody can go on without a token.
    if (error instanceof PlainError) throw error;
    const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { outcome: 'failed', asked: '', came: words, says: 'What comes can be worked with.' };
  }
}

/** The cases that are asked for by id or by the beginning of one: `paging`, `leaks.search`. */
export function chosenCases(
  cases: readonly ConformanceCase[],
  only: readonly string[],
): readonly ConformanceCase[] {
  if (only.length === 0) return cases;
  return cases.filter(({ id }) => only.some((name) => id === name || id.startsWith(`${name}.`)));
}
