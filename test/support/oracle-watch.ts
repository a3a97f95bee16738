import type { Case, CaseSummary } from '../../src/contract/cases.js';
import type { Page } from '../../src/contract/common.js';
import type { Candidate, GrantList } from '../../src/contract/grants.js';
import type { TimelineEntry } from '../../src/contract/notes.js';
import type { Tag } from '../../src/contract/tags.js';
import type { Answer, Caller } from './app.js';
import { previewDifferences } from './oracle-preview.js';
import { seesProjects, shouldSeeProjects } from './oracle-watch-projects.js';
import { eventDifferences, noticeDifferences } from './oracle-watch-events.js';
import { masks, type OracleCase, type OracleNote, type Someone } from './oracle-words.js';
import type { OracleWorld, Played } from './oracle-world.js';

/** What each person is shown, or how they are refused: once as it should be, once as it is. */
type Sight = Record<string, unknown>;

/** Everything that differs from the oracle for anybody after a step; nothing when all is well. */
export async function differences(world: OracleWorld, played: Played): Promise<string[]> {
  const { oracle, callers } = world;
  const items = played.project && oracle.cases.filter(({ project }) => project === played.project);
  const looked = played.of ? [played.of] : (items ?? oracle.cases);
  const projects = played.of || !played.project ? oracle.projects : [played.project];
  const found = await Promise.all(
    [...callers].map(async ([name, caller]) => {
      const who = oracle.who(name);
      const [wanted, got] = [
        { ...shouldSee(world, who, looked), ...shouldSeeProjects(oracle, who, projects) },
        {
          ...(await sees(world, who, caller, looked)),
          ...(await seesProjects(world, caller, projects)),
        },
      ];
      return Object.keys(wanted)
        .filter((what) => JSON.stringify(wanted[what]) !== JSON.stringify(got[what]))
        .map((what) => `${name}, ${what}: ${JSON.stringify(got[what])}, not ${JSON.stringify(wanted[what])}`);
    }),
  );
  return [
    ...found.flat(),
    ...(await previewDifferences(world, played)),
    ...(await eventDifferences(world, played)),
    ...noticeDifferences(world, played),
  ];
}

function shouldSee(world: OracleWorld, who: Someone, looked: readonly OracleCase[]): Sight {
  const { oracle } = world;
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
      'shared, the earliest deadline first': mayList ? byDeadline(world, who, received, 1) : 403,
      'shared, the latest deadline first': mayList ? byDeadline(world, who, received, -1) : 403,
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
            (grant.of === one || (one.project !== null && grant.of === one.project)) &&
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

/** Those in which it is masked stand last, and not in the order of what they do not show. */
function byDeadline(
  { records, oracle }: OracleWorld,
  who: Someone,
  shared: readonly OracleCase[],
  way: number,
) {
  const idOf = (one: OracleCase) => records.get(one)?.id ?? '';
  const isMasked = (one: OracleCase) => oracle.masked(who, one).includes('deadline');
  const placeOf = (one: OracleCase) => `${isMasked(one) ? '' : one.deadline} ${idOf(one)}`;
  const inOrder = (some: OracleCase[]) => some.sort((a, b) => (placeOf(a) < placeOf(b) ? -way : way));
  const shown = inOrder(shared.filter((one) => !isMasked(one)));
  return [...shown, ...inOrder(shared.filter(isMasked))].map(({ name }) => name);
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
            `${withMe}&sort=deadline`,
            `${withMe}&sort=-deadline`,
          ].map((path) => caller.get<Page<CaseSummary>>(path)),
        )
      : [];
  const names = asked.map((answer) => told(answer, ({ items }) => sorted(items.map(nameOf))));
  const [earliest, latest] = asked
    .slice(-2)
    .map((answer) => told(answer, ({ items }) => items.map((one) => nameOf(one))));
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
      'shared, the earliest deadline first': earliest,
      'shared, the latest deadline first': latest,
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
    // CO-14: whoever counts is named.
    [`grants of ${one.name}`]: told(grants, ({ items, total }) =>
      total === items.length
        ? sorted(items.map(({ grantee, level }) => `${grantee.kind} ${grantee.id} ${level}`))
        : `${total} in all`,
    ),
    [`coworkers of ${one.name}`]: told(offered, ({ items }) => sorted(items.map((found) => found.id))),
  };
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
