import type { CaseSummary } from '../../src/contract/cases.js';
import type { Page } from '../../src/contract/common.js';
import type { Project, ProjectGrantList, ProjectMessage } from '../../src/contract/projects.js';
import type { Caller } from './app.js';
import { lookAt, nameOf, sorted, type Look } from './oracle-look.js';
import type { OracleProject, Someone } from './oracle-words.js';
import type { OracleWorld } from './oracle-world.js';

/** What somebody is shown of projects, or how they are refused. */
export function projectLooks(
  world: OracleWorld,
  who: Someone,
  caller: Caller,
  looked: readonly OracleProject[],
): Look[] {
  const { oracle } = world;
  const mayList = who.kind === 'customer' || oracle.worksOnCases(who);
  const seen = oracle.projects.filter((one) => oracle.seesProject(who, one));
  return [
    lookAt<Page<Project>>(
      caller,
      'projects',
      mayList ? sorted(seen.map(({ name }) => name)) : 403,
      '/v1/projects?limit=100',
      ({ items }) => sorted(items.map(({ name }) => name)),
    ),
    ...looked.flatMap((one) => oneLooks(world, who, caller, one)),
  ];
}

function oneLooks(world: OracleWorld, who: Someone, caller: Caller, one: OracleProject): Look[] {
  const { oracle } = world;
  const path = world.projectPath(one);
  const mayList = who.kind === 'customer' || oracle.worksOnCases(who);
  const seen = (value: unknown, unseen = 404) =>
    oracle.seesProject(who, one) ? value : mayList ? unseen : 403;
  const followers = oracle.grants.filter((grant) => grant.of === one && oracle.inForce(grant));
  const items = oracle.cases.filter((item) => item.project === one && oracle.lists(who, item));
  return [
    lookAt<Project>(caller, `detail of ${one.name}`, seen(one.name), path, ({ name }) => name),
    lookAt<Page<ProjectMessage>>(
      caller,
      `messages of ${one.name}`,
      seen(sorted(oracle.readsMessages(who, one).map(({ text }) => text))),
      `${path}/messages?limit=100`,
      (page) => sorted(page.items.map(({ text }) => text)),
    ),
    lookAt<ProjectGrantList>(
      caller,
      `followers of ${one.name}`,
      seen(
        who.kind === 'customer'
          ? 403
          : sorted(followers.map(({ kind, id, level }) => `${kind} ${id} ${level}`)),
      ),
      `${path}/grants`,
      (list) => sorted(list.items.map(({ grantee, level }) => `${grantee.kind} ${grantee.id} ${level}`)),
    ),
    // A list of what is in a project one may not see cannot be meant.
    lookAt<Page<CaseSummary>>(
      caller,
      `cases of ${one.name}`,
      seen(sorted(items.map(({ name }) => name)), 422),
      `/v1/cases?limit=100&projectId=${world.projectIds.get(one) ?? ''}`,
      (page) => sorted(page.items.map(nameOf)),
    ),
  ];
}
