import { isDeepStrictEqual } from 'node:util';

import type { Case } from '../../src/contract/cases.js';
import type { Page } from '../../src/contract/common.js';
import type { TimelineEntry } from '../../src/contract/notes.js';
import type { OracleWorld, Played } from './oracle-world.js';

/**
 * Everything by which a preview of a share differed from what those then saw who had the case by that share alone; nothing
 * when all is well.
 */
export async function previewDifferences(
  world: OracleWorld,
  { preview, outcome, given, before, of, at }: Played,
): Promise<string[]> {
  const { oracle, callers } = world;
  const [grant] = given;
  if (!preview || !of) return [];
  if ((preview.status === 404) !== (outcome === 'hidden')) return [`The preview answered ${preview.status}.`];
  if (outcome !== 'done' || !grant) return [];
  if (preview.status !== 200) return [`No preview of what was shared: ${JSON.stringify(preview.body)}`];
  const shown = preview.body;
  const found = await Promise.all(
    [...callers].map(async ([name, caller]) => {
      const who = oracle.who(name);
      if (!oracle.reaches(grant, who) || before.get(name)?.has(of)) return [];
      const [detail, lines] = await Promise.all([
        caller.get<Case>(world.path(of)),
        caller.get<Page<TimelineEntry>>(`${world.path(of)}/timeline`),
      ]);
      if (detail.status !== 200 || lines.status !== 200) return [`${name} sees nothing of what was shared`];
      // But for what the share itself has written.
      const theirs = lines.body.items.filter((line) => line.at !== at);
      return [
        ...differing(shown.case, detail.body).map(
          (field) => `${name} sees another ${field} than the preview`,
        ),
        ...(isDeepStrictEqual(theirs, shown.timeline.slice(0, theirs.length))
          ? []
          : [`${name} sees another history than the preview`]),
        ...(oracle.reads(who, of).length === shown.visible.notes
          ? []
          : [
              `${name} reads ${oracle.reads(who, of).length} notes, and the preview said ${shown.visible.notes}`,
            ]),
      ];
    }),
  );
  return found.flat();
}

function differing(one: object, other: object): string[] {
  const [before, after] = [new Map(Object.entries(one)), new Map(Object.entries(other))];
  return [...new Set([...before.keys(), ...after.keys()])].filter(
    (field) => !isDeepStrictEqual(before.get(field), after.get(field)),
  );
}
