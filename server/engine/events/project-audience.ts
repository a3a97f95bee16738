import type { Actor, PositionedEvent } from '../../backend.js';
import type { Executor } from '../context.js';
import type { ProjectAudience } from '../outbox.js';
import type { NamedGrant, PolicySettings } from '../policy/facts.js';
import { decideProject, type ProjectFacts } from '../policy/projects.js';
import { isGrantee } from '../scope.js';
import { selectLiveGrants } from './live-grants.js';
import type { OutboxRow } from './outbox-reader.js';

/** A project as it stands now, with the grants in force on it. */
interface CurrentProject {
  readonly facts: ProjectFacts;
  readonly followers: readonly NamedGrant[];
}

/** The projects that rows are about, by tenant and id. */
export interface CurrentProjects {
  find(tenant: string, id: string): CurrentProject | undefined;
}

export const noProjects: CurrentProjects = { find: () => undefined };

/** Reads the projects that rows are about, and who follows them. */
export async function loadProjects(
  db: Executor,
  rows: readonly OutboxRow[],
  now: string,
): Promise<CurrentProjects> {
  const about = rows.filter((row) => row.project !== null);
  if (about.length === 0) return noProjects;
  const tenants = [...new Set(about.map(({ tenant }) => tenant))];
  const ids = [...new Set(about.map(({ project }) => project?.id ?? ''))];
  const projects = await db
    .selectFrom('projects')
    .select(['tenant', 'id', 'department_id as departmentId'])
    .where('tenant', 'in', tenants)
    .where('id', 'in', ids)
    .execute();
  const grants = await selectLiveGrants(db, tenants, now)
    .where('unit', '=', 'project')
    .where('unit_id', 'in', ids)
    .execute();
  const found = new Map(
    projects.map((facts) => {
      const followers = grants.filter(({ tenant, unitId }) => tenant === facts.tenant && unitId === facts.id);
      return [keyOf(facts.tenant, facts.id), { facts, followers }];
    }),
  );
  return { find: (...of) => found.get(keyOf(...of)) };
}

/**
 * What an event about a project is to an actor: `shown` to who sees it now, `hidden` to who has just ceased to follow it or to
 * look after it.
 */
export function judgeProject(
  { departments, ended }: ProjectAudience,
  project: CurrentProject | undefined,
  switches: PolicySettings | undefined,
  { shown, hidden }: { readonly shown: PositionedEvent; readonly hidden: PositionedEvent },
): (actor: Actor) => PositionedEvent | null {
  if (!project || !switches) return () => null;
  const { facts, followers } = project;
  const sees = (actor: Actor, as: ProjectFacts, grants: readonly NamedGrant[]) => {
    const own = grants.filter((grant) => isGrantee(actor, grant));
    return decideProject('view', actor, as, switches, own).allowed;
  };
  return (actor) => {
    if (sees(actor, facts, followers)) return shown;
    // It has left this actor's view: the id they know, and nothing more.
    const lost = departments.some((departmentId) => sees(actor, { ...facts, departmentId }, ended));
    return lost ? hidden : null;
  };
}

function keyOf(tenant: string, id: string): string {
  return JSON.stringify([tenant, id]);
}
