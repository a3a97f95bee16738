import { vi } from 'vitest';

import type { EventReader } from './event-reader.js';
import { toldBy } from './oracle-notices.js';
import type { OracleCase, OracleProject } from './oracle-words.js';
import type { OracleWorld, Played } from './oracle-world.js';

/** What a step has changed for who sees it: its case, or its project with everything in that. */
function changedBy({ oracle }: OracleWorld, { of, project, step }: Played): (OracleCase | OracleProject)[] {
  if (of) return [of];
  if (!project) return [];
  const items = step.do === 'message' ? [] : oracle.cases.filter((one) => one.project === project);
  return [project, ...items];
}

/** Every event so far was for whom it went to, and whoever sees what a step has changed was told. */
export async function eventDifferences(world: OracleWorld, played: Played): Promise<string[]> {
  const { readers, oracle } = world;
  const { outcome, at, before, after, internal } = played;
  await world.settle();
  const changed = outcome === 'done' ? changedBy(world, played) : [];
  const missing = () =>
    [...readers].flatMap(([name, reader]) =>
      changed.flatMap((one) => {
        const told = reader.events.filter(({ event }) => event.at === at && unitOf(world, event) === one);
        const gone = told.some(({ event }) => event.kind === `${one.unit}.hidden`);
        if (!after.get(name)?.has(one))
          return before.get(name)?.has(one) && !gone
            ? [`${name} was not told that ${one.name} is hidden`]
            : [];
        if (internal && oracle.who(name).kind === 'customer') return [];
        return told.length === 0 ? [`${name} was told nothing of ${one.name}`] : [];
      }),
    );
  await vi
    .waitFor(() => missing().length === 0 || Promise.reject(new Error('missing')), {
      timeout: 5_000,
      interval: 5,
    })
    .catch(() => undefined);
  const wrong = [...readers].flatMap(([name, reader]) => wrongEvents(world, name, reader));
  return [...missing(), ...wrong];
}

function unitOf({ records, projectIds }: OracleWorld, { caseId, projectId }: EventIds) {
  for (const [one, { id }] of records) if (id === caseId) return one;
  for (const [one, id] of projectIds) if (id === projectId) return one;
  return undefined;
}

interface EventIds {
  readonly caseId?: string | undefined;
  readonly projectId?: string | undefined;
}

/** What came since the last look and was not for them, as things stood when it happened or when they joined. */
function wrongEvents(world: OracleWorld, name: string, reader: EventReader): string[] {
  const { oracle, moments, judged } = world;
  const from = judged.get(reader) ?? { events: 0, since: moments.length - 1 };
  judged.set(reader, { ...from, events: reader.events.length });
  const who = oracle.who(name);
  return reader.events.slice(from.events).flatMap(({ event }) => {
    if (event.kind === 'stream.reset') return [`${name} had to start over`];
    const one = unitOf(world, event);
    if (!one) return [];
    const index = moments.findIndex(({ at }) => at === event.at);
    // What ends by itself has a moment of its own.
    const moment = moments[Math.max(index < 0 ? moments.length - 1 : index, from.since)];
    const visible = moment?.after.get(name)?.has(one) ?? false;
    const agentsOnly = index >= 0 && moments[index]?.internal === true && who.kind === 'customer';
    const fits = event.kind === `${one.unit}.hidden` ? !visible : visible && !agentsOnly;
    return fits ? [] : [`${name} was told ${event.kind} of ${one.name}`];
  });
}

/** What was sent because of a step to whom it should not have been, and what was not sent though it should. */
export function noticeDifferences(world: OracleWorld, played: Played): string[] {
  const { oracle, records, projectIds, notices, sent } = world;
  const names = new Map([
    ...[...records].map(([one, { id }]) => [id, one.name] as const),
    ...[...projectIds].map(([one, id]) => [id, one.name] as const),
  ]);
  const written = [
    ...oracle.cases.flatMap((one) => one.notes),
    ...oracle.projects.flatMap((one) => one.messages),
  ];
  const texts = [...written.map(({ text }) => text), world.hidden];
  const wanted = notices.of(played).sort();
  const got = sent.take().map((message) => toldBy(message, names, texts));
  const missing = wanted.filter((one) => !got.includes(one)).map((one) => `Not sent: ${one}`);
  const surplus = got.filter((one, index) => !wanted.includes(one) || got.indexOf(one) !== index);
  return [...missing, ...surplus.map((one) => `Sent: ${one}`)];
}
