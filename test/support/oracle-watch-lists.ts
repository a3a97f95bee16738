import type { CaseSummary } from '../../src/contract/cases.js';
import type { Page } from '../../src/contract/common.js';
import type { Tag } from '../../src/contract/tags.js';
import type { Caller } from './app.js';
import { lookAt, nameOf, sorted, type Look } from './oracle-look.js';
import { masks, type OracleCase, type OracleNote, type Someone } from './oracle-words.js';
import type { OracleWorld } from './oracle-world.js';

type Cases = Page<CaseSummary>;

const maskable = [...new Set(Object.values(masks).flat())].sort();

/** What somebody finds in lists, in search and in files of them, or how they are refused. */
export function listLooks(world: OracleWorld, who: Someone, caller: Caller): Look[] {
  const { oracle, word, hidden } = world;
  const lists = oracle.cases.filter((one) => oracle.lists(who, one));
  const names = sorted(lists.map(({ name }) => name));
  const mayList = who.kind === 'customer' || oracle.worksOnCases(who);
  const listed = (value: unknown) => (mayList ? value : 403);
  const counted = 'limit=100&count=true';
  return [
    lookAt<Cases>(
      caller,
      'list',
      listed(sorted(lists.map((one) => `${one.name} ${publicOf(oracle.reads(who, one)).length}`))),
      '/v1/cases?limit=100',
      ({ items }) => sorted(items.map((one) => `${nameOf(one)} ${one.replyCount}`)),
    ),
    // By words that stand in the description alone: who is shown no description has no such list.
    lookAt<Cases>(
      caller,
      'search',
      listed({ names, total: names.length }),
      `/v1/cases?${counted}&q=${who.kind === 'agent' ? hidden : word}`,
      namesAndTotal,
    ),
    lookAt<Page<Tag>>(
      caller,
      'tags',
      listed(
        sorted([
          ...(names.length > 0 ? [`oracle ${names.length}`] : []),
          ...names.map((name) => `${name} 1`),
        ]),
      ),
      '/v1/tags?limit=100',
      ({ items }) => sorted(items.map(({ tag, count }) => `${tag} ${count}`)),
    ),
    lookAt<string>(
      caller,
      'export',
      oracle.worksOnCases(who) ? names : 403,
      `/v1/cases/export?q=${word}`,
      (text) => sorted([...text.matchAll(new RegExp(`${word} (c\\d+)`, 'g'))].map(([, name]) => name ?? '')),
    ),
    ...sharedLooks(world, who, caller),
  ];
}

/** What is shared with them, or with their department, which may be kept from seeing all of it. */
function sharedLooks(world: OracleWorld, who: Someone, caller: Caller): Look[] {
  const { oracle, word, hidden } = world;
  const received = oracle.cases.filter((one) => oracle.listsAsShared(who, one));
  const withMe = '/v1/cases?limit=100&count=true&shared=with-me';
  if (who.kind === 'customer') {
    const names = sorted(received.map(({ name }) => name));
    return [
      lookAt<Cases>(caller, 'shared', { names, total: names.length }, `${withMe}&q=${word}`, namesAndTotal),
    ];
  }
  const listed = (value: unknown) => (oracle.worksOnCases(who) ? value : 403);
  const without = (...fields: string[]) =>
    sorted(
      received
        .filter((one) => !fields.some((field) => oracle.masked(who, one).includes(field)))
        .map(({ name }) => name),
    );
  return [
    lookAt<Cases>(
      caller,
      'shared, the earliest deadline first',
      listed({
        rows: byDeadline(world, who, received, 1).map(
          (one) => `${one.name} ${inRows(oracle.masked(who, one))}`,
        ),
        total: received.length,
      }),
      `${withMe}&sort=deadline`,
      ({ items, total }) => ({ rows: items.map((one) => `${nameOf(one)} ${inRows(absentIn(one))}`), total }),
    ),
    {
      what: 'shared, the latest deadline first, page by page',
      wanted: listed(byDeadline(world, who, received, -1).map(({ name }) => name)),
      ask: () => pageByPage(caller, '/v1/cases?shared=with-me&sort=-deadline&limit=2'),
    },
    // No level here masks both, so that neither hides what the other would find.
    lookAt<Cases>(
      caller,
      'shared, described, by deadline',
      listed(without('description', 'deadline')),
      `${withMe}&q=${hidden}&dueBy=2130-12-31`,
      ({ items }) => sorted(items.map(nameOf)),
    ),
    lookAt<Cases>(caller, 'shared, tagged', listed(without('tags')), `${withMe}&tag=oracle`, ({ items }) =>
      sorted(items.map(nameOf)),
    ),
  ];
}

/** Every name to the end of the list, in its order; the status of what is refused. */
async function pageByPage(caller: Caller, path: string): Promise<unknown> {
  const names: string[] = [];
  let next: string | null = '';
  // A cursor that leads back would have no end.
  while (next !== null && names.length < 100) {
    const cursor: string = next === '' ? '' : `&cursor=${encodeURIComponent(next)}`;
    const answer = await caller.get<Cases>(`${path}${cursor}`);
    if (answer.status !== 200) return answer.status;
    names.push(...answer.body.items.map(nameOf));
    ({ next } = answer.body);
  }
  return names;
}

/** Those in which it is masked stand last, and not in the order of what they do not show. */
function byDeadline(
  { records, oracle }: OracleWorld,
  who: Someone,
  shared: readonly OracleCase[],
  way: number,
): OracleCase[] {
  const idOf = (one: OracleCase) => records.get(one)?.id ?? '';
  const isMasked = (one: OracleCase) => oracle.masked(who, one).includes('deadline');
  const placeOf = (one: OracleCase) => `${isMasked(one) ? '' : one.deadline} ${idOf(one)}`;
  const inOrder = (some: OracleCase[]) => some.sort((a, b) => (placeOf(a) < placeOf(b) ? -way : way));
  const shown = inOrder(shared.filter((one) => !isMasked(one)));
  return [...shown, ...inOrder(shared.filter(isMasked))];
}

function namesAndTotal({ items, total }: Cases) {
  return { names: sorted(items.map(nameOf)), total };
}

function publicOf(notes: readonly OracleNote[]) {
  return notes.filter(({ visibility }) => visibility === 'public');
}

/** A row of a list has no description at any time. */
function inRows(masked: readonly string[]): string {
  return sorted(masked.filter((field) => field !== 'description')).join(' ');
}

export function absentIn(record: object): string[] {
  return maskable.filter((field) => !(field in record));
}
