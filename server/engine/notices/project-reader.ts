import type { Actor } from '../../backend.js';
import { BackendError } from '../../backend-error.js';
import { personOf } from '../case-record.js';
import { now, type EngineContext } from '../context.js';
import { findProject } from '../projects/project-record.js';
import { loadScope } from '../scope.js';

/** A message about a project as this actor may read it now; `null` where they may not see the project (CU-16). */
export async function readableProject(
  context: EngineContext,
  actor: Actor,
  projectId: string,
  messageId: string,
) {
  const { db } = context;
  try {
    const project = await findProject(db, projectId, await loadScope(db, actor, now(context)));
    const message = await db
      .selectFrom('project_messages as m')
      .select(['m.text', personOf('m', 'by_id').as('by')])
      .where('m.tenant', '=', actor.tenant)
      .where('m.id', '=', messageId)
      .where('m.project_id', '=', projectId)
      .executeTakeFirst();
    if (!message) return null;
    return {
      by: message.by?.name ?? null,
      department: project.department_id,
      project: project.name,
      text: message.text,
    };
  } catch (error) {
    if (error instanceof BackendError && (error.code === 'not_found' || error.code === 'forbidden'))
      return null;
    throw error;
  }
}
