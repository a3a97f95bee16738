import { previewDifferences } from './oracle-preview.js';
import { caseLooks } from './oracle-watch-cases.js';
import { eventDifferences, noticeDifferences } from './oracle-watch-events.js';
import { listLooks } from './oracle-watch-lists.js';
import { projectLooks } from './oracle-watch-projects.js';
import type { OracleCase, OracleProject } from './oracle-words.js';
import type { OracleWorld, Played } from './oracle-world.js';

/**
 * Everything that differs from the oracle for anybody after a step; nothing when all is well. Everybody asks for whatever
 * should differ from what they asked for last, and for every `nth` of what should be as it was, in turn.
 */
export async function differences(world: OracleWorld, played: Played, nth: number): Promise<string[]> {
  const { oracle } = world;
  const items = played.project && oracle.cases.filter(({ project }) => project === played.project);
  const looked = played.of ? [played.of] : (items ?? oracle.cases);
  const projects = played.of || !played.project ? oracle.projects : [played.project];
  return [
    ...(await shownDifferences(world, looked, projects, nth)),
    ...(await previewDifferences(world, played)),
    ...(await eventDifferences(world, played)),
    ...noticeDifferences(world, played),
  ];
}

/** Everything that anybody is shown otherwise than the oracle says, of all there is. */
export function allDifferences(world: OracleWorld): Promise<string[]> {
  const { cases, projects } = world.oracle;
  return shownDifferences(world, cases, projects, 1);
}

/** Takes everything for right as it is now: only what is otherwise from here on has to be asked for at once. */
export function takeForRight(world: OracleWorld): void {
  const { cases, projects } = world.oracle;
  for (const { what, wanted } of looksAt(world, cases, projects)) world.shown.set(what, wanted);
}

interface NamedLook {
  readonly what: string;
  /** In JSON. */
  readonly wanted: string;
  readonly ask: () => Promise<unknown>;
}

function looksAt(
  world: OracleWorld,
  cases: readonly OracleCase[],
  projects: readonly OracleProject[],
): NamedLook[] {
  return [...world.callers].flatMap(([name, caller]) => {
    const who = world.oracle.who(name);
    return [
      ...listLooks(world, who, caller),
      ...cases.flatMap((one) => caseLooks(world, who, caller, one)),
      ...projectLooks(world, who, caller, projects),
    ].map(({ what, wanted, ask }) => ({ what: `${name}, ${what}`, wanted: JSON.stringify(wanted), ask }));
  });
}

async function shownDifferences(
  world: OracleWorld,
  cases: readonly OracleCase[],
  projects: readonly OracleProject[],
  nth: number,
): Promise<string[]> {
  const { shown, moments } = world;
  const found = await Promise.all(
    looksAt(world, cases, projects).map(async ({ what, wanted, ask }, index) => {
      if (shown.get(what) === wanted && (index + moments.length) % nth !== 0) return [];
      const got = JSON.stringify(await ask());
      shown.set(what, wanted);
      return got === wanted ? [] : [`${what}: ${got}, not ${wanted}`];
    }),
  );
  return found.flat();
}
