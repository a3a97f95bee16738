import type { CaseSummary } from '../../src/contract/cases.js';
import type { Page } from '../../src/contract/common.js';
import type { Project, ProjectGrantList, ProjectMessage } from '../../src/contract/projects.js';
import type { Answer, Caller } from './app.js';
import type { OracleProject, Someone } from './oracle-words.js';
import type { OracleWorld } from './oracle-world.js';
import type { Oracle } from './oracle.js';

type Sight = Record<string, unknown>;

/** What somebody is to be shown of projects, or how they are refused. */
export function shouldSeeProjects(oracle: Oracle, who: Someone, looked: readonly OracleProject[]): Sight {
  const mayList = who.kind === 'customer' || oracle.worksOnCases(who);
  const unseen = mayList ? 404 : 403;
  const seen = oracle.projects.filter((one) => oracle.seesProject(who, one));
  return {
    projects: mayList ? seen.map(({ name }) => name).sort() : 403,
    ...Object.fromEntries(
      looked.flatMap((one) => {
        const isSeen = seen.includes(one);
        const followers = oracle.grants.filter((grant) => grant.of === one && oracle.inForce(grant));
        const items = oracle.cases.filter((item) => item.project === one && oracle.lists(who, item));
        return Object.entries({
          detail: isSeen ? one.name : unseen,
          messages: isSeen
            ? oracle
                .readsMessages(who, one)
                .map(({ text }) => text)
                .sort()
            : unseen,
          followers: !isSeen
            ? unseen
            : who.kind === 'customer'
              ? 403
              : followers.map(({ kind, id, level }) => `${kind} ${id} ${level}`).sort(),
          // A list of what is in a project one may not see cannot be meant.
          cases: isSeen ? items.map(({ name }) => name).sort() : mayList ? 422 : 403,
        }).map(([what, value]) => [`${what} of ${one.name}`, value]);
      }),
    ),
  };
}

/** The same, asked of the server. */
export async function seesProjects(
  world: OracleWorld,
  caller: Caller,
  looked: readonly OracleProject[],
): Promise<Sight> {
  const all = caller.get<Page<Project>>('/v1/projects?limit=100');
  const each = looked.map(async (one) => {
    const path = world.projectPath(one);
    const id = world.projectIds.get(one) ?? '';
    const [detail, messages, followers, cases] = await Promise.all([
      caller.get<Project>(path),
      caller.get<Page<ProjectMessage>>(`${path}/messages?limit=100`),
      caller.get<ProjectGrantList>(`${path}/grants`),
      caller.get<Page<CaseSummary>>(`/v1/cases?limit=100&projectId=${id}`),
    ]);
    return {
      [`detail of ${one.name}`]: told(detail, ({ name }) => name),
      [`messages of ${one.name}`]: told(messages, ({ items }) => items.map(({ text }) => text).sort()),
      [`followers of ${one.name}`]: told(followers, ({ items }) =>
        items.map(({ grantee, level }) => `${grantee.kind} ${grantee.id} ${level}`).sort(),
      ),
      [`cases of ${one.name}`]: told(cases, ({ items }) =>
        items.map(({ subject }) => subject.split(' ').at(-1) ?? '').sort(),
      ),
    };
  });
  return {
    projects: told(await all, ({ items }) => items.map(({ name }) => name).sort()),
    ...Object.assign({}, ...(await Promise.all(each))),
  } as Sight;
}

function told<T>({ status, body }: Answer<T>, read: (body: T) => unknown): unknown {
  return status === 200 ? read(body) : status;
}
