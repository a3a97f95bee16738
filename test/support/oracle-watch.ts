import { vi } from 'vitest';

import type { Case, CaseSummary } from '../../src/contract/cases.js';
import type { Page } from '../../src/contract/common.js';
import type { Candidate, GrantList } from '../../src/contract/grants.js';
import type { TimelineEntry } from '../../src/contract/notes.js';
import type { Tag } from '../../src/contract/tags.js';
import type { Answer, Caller } from './app.js';
import type { EventReader } from './event-reader.js';
import { masks, type Oracle, type OracleCase, type OracleNote, type Someone } from './oracle.js';
import type { OracleWorld, Played } from './oracle-world.js';

/** What each person is shown, or how they are refused: once as it should be, once as it is. */
type Sight = Record<string, unknown>;

/** Everything that differs from the oracle for anybody after a step; nothing when all is well. */
export async function differences(world: OracleWorld, played: Played): Promise<string[]> {
  const { oracle, callers } = world;
  const looked = played.of ? [played.of] : oracle.cases;
  const found = await Promise.all(
    [...callers].map(async ([name, caller]) => {
      const who = oracle.who(name);
      const [wanted, got] = [shouldSee(oracle, who, looked), await sees(world, who, caller, looked)];
      return Object.keys(wanted)
        .filter((what) => JSON.stringify(wanted[what]) !== JSON.stringify(got[what]))
        .map((what) => `${name}, ${what}: ${JSON.stringify(got[what])}, not ${JSON.stringify(wanted[what])}`);
    }),
  );
  return [...found.flat(), ...(await eventDifferences(world, played))];
}

function shouldSee(oracle: Oracle, who: Someone, looked: readonly OracleCase[]): Sight {
  const lists = oracle.cases.filter((one) => oracle.lists(who, one));
  const names = sorted(lists.map(({ name }) => name));
  const mayList = who.kind === 'customer' || oracle.worksOnCases(who);
  const unseen = mayList ? 404 : 403;
  const received = oracle.cases.filter((one) => oracle.listsAsShared(who, one));
  const shared = sorted(received.map(({ name }) => name));
  const without = (field: string) =>
    sorted(received.filter((one) => !oracle.masked(who, one).includes(field)).map(({ name }) => name));
  return {
    list: mayList ? names : 403,
    search: mayList ? { names, total: names.length } : 403,
    shared: mayList ? { names: shared, total: shared.length } : 403,
    ...(who.kind === 'agent' && {
      described: mayList ? names : 403,
      'shared, described': mayList ? without('description') : 403,
      'shared, tagged': mayList ? without('tags') : 403,
      'shared, by deadline': mayList ? without('deadline') : 403,
      'shared, masked': mayList
        ? sorted(received.map((one) => `${one.name} ${inRows(oracle.masked(who, one))}`))
        : 403,
    }),
    replies: mayList
      ? sorted(lists.map((one) => `${one.name} ${publicOf(oracle.reads(who, one)).length}`))
      : 403,
    tags: mayList
      ? sorted([...(names.length > 0 ? [`oracle ${names.length}`] : []), ...names.map((name) => `${name} 1`)])
      : 403,
    export: oracle.worksOnCases(who) ? names : 403,
    ...Object.fromEntries(
      looked.flatMap((one) => {
        const seen = oracle.sees(who, one);
        const texts = oracle.reads(who, one);
        const masked = oracle.masked(who, one);
        const knows = oracle.grants.filter(
          (grant) =>
            grant.of === one &&
            oracle.holds(grant) &&
            oracle.knowsOf(who, grant) &&
            // A co-worker is named where the requester is.
            !(grant.kind === 'person' && masked.includes('requester')),
        );
        const offered =
          who.kind === 'customer' && one.requester === who.id
            ? sorted(oracle.coworkers(who).flatMap(({ id }) => (id === one.requester ? [] : [id])))
            : 403;
        return Object.entries({
          detail: seen ? shownAs(one.name, masked) : unseen,
          timeline: seen ? sorted(texts.map(({ text }) => text)) : unseen,
          grants: seen ? sorted(knows.map(({ kind, id, level }) => `${kind} ${id} ${level}`)) : unseen,
          coworkers: seen ? offered : unseen,
        }).map(([what, value]) => [`${what} of ${one.name}`, value]);
      }),
    ),
  };
}

function publicOf(notes: readonly OracleNote[]) {
  return notes.filter(({ visibility }) => visibility === 'public');
}

const maskable = [...new Set(Object.values(masks).flat())].sort();

/** What of a case is absent, and what its reader is told is. */
function shownAs(name: string, absent: readonly string[], told = absent) {
  return { name, absent: sorted(absent), told: sorted(told) };
}

/** A row of a list has no description at any time. */
function inRows(masked: readonly string[]): string {
  return sorted(masked.filter((field) => field !== 'description')).join(' ');
}

function absentIn(record: object): string[] {
  return maskable.filter((field) => !(field in record));
}

async function sees(
  world: OracleWorld,
  who: Someone,
  caller: Caller,
  looked: readonly OracleCase[],
): Promise<Sight> {
  const { word, hidden } = world;
  const pages = 'limit=100&count=true';
  const withMe = `/v1/cases?${pages}&shared=with-me`;
  const asked =
    who.kind === 'agent'
      ? await Promise.all(
          [
            `/v1/cases?${pages}&q=${hidden}`,
            `${withMe}&q=${hidden}`,
            `${withMe}&tag=oracle`,
            `${withMe}&dueBy=2130-12-31`,
          ].map((path) => caller.get<Page<CaseSummary>>(path)),
        )
      : [];
  const names = asked.map((answer) => told(answer, ({ items }) => sorted(items.map(nameOf))));
  const [list, search, shared, tags, file, ...details] = await Promise.all([
    caller.get<Page<CaseSummary>>('/v1/cases?limit=100'),
    caller.get<Page<CaseSummary>>(`/v1/cases?${pages}&q=${word}`),
    caller.get<Page<CaseSummary>>(withMe),
    caller.get<Page<Tag>>('/v1/tags?limit=100'),
    caller.get<string>(`/v1/cases/export?q=${word}`),
    ...looked.map((one) => seesCase(world.path(one), one, who, caller)),
  ]);
  return {
    list: told(list, ({ items }) => sorted(items.map(nameOf))),
    search: ofPage(search),
    shared: ofPage(shared),
    ...(who.kind === 'agent' && {
      described: names[0],
      'shared, described': names[1],
      'shared, tagged': names[2],
      'shared, by deadline': names[3],
      'shared, masked': told(shared, ({ items }) =>
        sorted(items.map((one) => `${nameOf(one)} ${inRows(absentIn(one))}`)),
      ),
    }),
    replies: told(list, ({ items }) => sorted(items.map((one) => `${nameOf(one)} ${one.replyCount}`))),
    tags: told(tags, ({ items }) => sorted(items.map(({ tag, count }) => `${tag} ${count}`))),
    export: told(file, (text) =>
      sorted([...text.matchAll(new RegExp(`${word} (c\\d+)`, 'g'))].map(([, name]) => name ?? '')),
    ),
    ...Object.assign({}, ...details),
  } as Sight;
}

async function seesCase(path: string, one: OracleCase, who: Someone, caller: Caller): Promise<Sight> {
  const id = path.slice('/v1/cases/'.length);
  const [detail, timeline, grants, offered] = await Promise.all([
    caller.get<Case>(path),
    caller.get<Page<TimelineEntry>>(`${path}/timeline?limit=100`),
    caller.get<GrantList>(`${path}/grants`),
    caller.get<Page<Candidate>>(`/v1/grants/candidates?kind=person&limit=100&caseId=${id}`),
  ]);
  const lines = told(timeline, ({ items }) => {
    const departments = items.filter(({ kind }) => kind === 'department-sharing');
    if (who.kind === 'customer' && departments.length > 0) return departments;
    return sorted(items.flatMap(({ text }) => (text === undefined ? [] : [text])));
  });
  return {
    [`detail of ${one.name}`]: told(detail, (record) =>
      shownAs(nameOf(record), absentIn(record), record.masked ?? []),
    ),
    [`timeline of ${one.name}`]: lines,
    [`grants of ${one.name}`]: told(grants, ({ items }) =>
      sorted(items.map(({ grantee, level }) => `${grantee.kind} ${grantee.id} ${level}`)),
    ),
    [`coworkers of ${one.name}`]: told(offered, ({ items }) => sorted(items.map((found) => found.id))),
  };
}

/** Every event so far was for whom it went to, and whoever sees what a step has changed was told. */
async function eventDifferences(world: OracleWorld, played: Played): Promise<string[]> {
  const { oracle, readers, records } = world;
  const { of, outcome, at, before, internal } = played;
  await world.settle();
  const missing = () =>
    [...readers].flatMap(([name, reader]) => {
      if (!of || outcome !== 'done') return [];
      const who = oracle.who(name);
      const told = reader.events.filter(
        ({ event }) => event.at === at && event.caseId === records.get(of)?.id,
      );
      const gone = told.some(({ event }) => event.kind === 'case.hidden');
      if (!oracle.sees(who, of))
        return before.get(name)?.has(of) && !gone ? [`${name} was not told that ${of.name} is hidden`] : [];
      if (internal && who.kind === 'customer') return [];
      return told.length === 0 ? [`${name} was told nothing of ${of.name}`] : [];
    });
  await vi
    .waitFor(() => missing().length === 0 || Promise.reject(new Error('missing')), {
      timeout: 5_000,
      interval: 5,
    })
    .catch(() => undefined);
  const wrong = [...readers].flatMap(([name, reader]) => wrongEvents(world, name, reader));
  return [...missing(), ...wrong];
}

/** What came since the last look and was not for them, as things stood when it happened or when they joined. */
function wrongEvents(
  { oracle, moments, records, judged }: OracleWorld,
  name: string,
  reader: EventReader,
): string[] {
  const from = judged.get(reader) ?? { events: 0, since: moments.length - 1 };
  judged.set(reader, { ...from, events: reader.events.length });
  const who = oracle.who(name);
  const caseOf = new Map([...records].map(([one, { id }]) => [id, one]));
  return reader.events.slice(from.events).flatMap(({ event }) => {
    if (event.kind === 'stream.reset') return [`${name} had to start over`];
    const one = caseOf.get(event.caseId ?? '');
    if (!one) return [];
    const index = moments.findIndex(({ at }) => at === event.at);
    // What ends by itself has a moment of its own.
    const moment = moments[Math.max(index < 0 ? moments.length - 1 : index, from.since)];
    const visible = moment?.after.get(name)?.has(one) ?? false;
    const agentsOnly = index >= 0 && moments[index]?.internal === true && who.kind === 'customer';
    const fits = event.kind === 'case.hidden' ? !visible : visible && !agentsOnly;
    return fits ? [] : [`${name} was told ${event.kind} of ${one.name}`];
  });
}

function told<T>({ status, body }: Answer<T>, read: (body: T) => unknown): unknown {
  return status === 200 ? read(body) : status;
}

function ofPage(answer: Answer<Page<CaseSummary>>): unknown {
  return told(answer, ({ items, total }) => ({ names: sorted(items.map(nameOf)), total }));
}

function nameOf({ subject }: Pick<CaseSummary, 'subject'>): string {
  return subject.split(' ').at(-1) ?? '';
}

function sorted(values: readonly string[]): string[] {
  return [...values].sort();
}
