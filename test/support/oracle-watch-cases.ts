import type { Case } from '../../src/contract/cases.js';
import type { Page } from '../../src/contract/common.js';
import type { Candidate, GrantList } from '../../src/contract/grants.js';
import type { TimelineEntry } from '../../src/contract/notes.js';
import type { Caller } from './app.js';
import { lookAt, nameOf, sorted, type Look } from './oracle-look.js';
import { absentIn } from './oracle-watch-lists.js';
import type { OracleCase, Someone } from './oracle-words.js';
import type { OracleWorld } from './oracle-world.js';

/** What somebody is shown of one case at its address, or how they are refused. */
export function caseLooks(world: OracleWorld, who: Someone, caller: Caller, one: OracleCase): Look[] {
  const { oracle, records } = world;
  const path = world.path(one);
  const unseen = who.kind === 'customer' || oracle.worksOnCases(who) ? 404 : 403;
  const seen = (value: unknown) => (oracle.sees(who, one) ? value : unseen);
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
  return [
    lookAt<Case>(caller, `detail of ${one.name}`, seen(shownAs(one.name, masked)), path, (record) =>
      shownAs(nameOf(record), absentIn(record), record.masked ?? []),
    ),
    lookAt<Page<TimelineEntry>>(
      caller,
      `timeline of ${one.name}`,
      seen(sorted(oracle.reads(who, one).map(({ text }) => text))),
      `${path}/timeline?limit=100`,
      ({ items }) => {
        const departments = items.filter(({ kind }) => kind === 'department-sharing');
        if (who.kind === 'customer' && departments.length > 0) return departments;
        return sorted(items.flatMap(({ text }) => (text === undefined ? [] : [text])));
      },
    ),
    // CO-14: whoever counts is named.
    lookAt<GrantList>(
      caller,
      `grants of ${one.name}`,
      seen(sorted(knows.map(({ kind, id, level }) => `${kind} ${id} ${level}`))),
      `${path}/grants`,
      ({ items, total }) =>
        total === items.length
          ? sorted(items.map(({ grantee, level }) => `${grantee.kind} ${grantee.id} ${level}`))
          : `${total} in all`,
    ),
    lookAt<Page<Candidate>>(
      caller,
      `coworkers of ${one.name}`,
      seen(offered),
      `/v1/grants/candidates?kind=person&limit=100&caseId=${records.get(one)?.id ?? 'case_unknown'}`,
      ({ items }) => sorted(items.map((found) => found.id)),
    ),
  ];
}

/** What of a case is absent, and what its reader is told is. */
function shownAs(name: string, absent: readonly string[], told = absent) {
  return { name, absent: sorted(absent), told: sorted(told) };
}
