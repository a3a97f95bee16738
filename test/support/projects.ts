import type { NewGrantee } from '../../src/contract/grants.js';
import type { Problem } from '../../src/contract/problem.js';
import type { Project, ProjectGrantList, ProjectGrantsAnswer } from '../../src/contract/projects.js';
import type { Settings } from '../../src/contract/settings.js';
import type { Answer, Caller, TestTenant } from './app.js';

/** Has the portal show those who follow projects what is in them, or not. */
export async function showProjects(tenant: TestTenant, shown: boolean): Promise<void> {
  await changeSettings(tenant, { portal: { scope: shown ? ['own', 'projects'] : ['own'] } });
}

export async function changeSettings(tenant: TestTenant, change: Record<string, unknown>): Promise<void> {
  const { body } = await tenant.administrator.get<Settings>('/v1/settings');
  const answer = await tenant.administrator.patch('/v1/settings', change, body);
  if (answer.status !== 200) throw new Error(`The settings were not set: ${JSON.stringify(answer.body)}`);
}

export async function aProject(by: Caller, change: Record<string, unknown> = {}): Promise<Project> {
  const { status, body } = await by.post<Project>('/v1/projects', { name: 'Fibre for the mill', ...change });
  if (status !== 201) throw new Error(`No project: ${status} ${JSON.stringify(body)}`);
  return body;
}

export function shareProject(
  by: Caller,
  id: string,
  grantees: readonly NewGrantee[],
  more: Record<string, unknown> = {},
): Promise<Answer<ProjectGrantsAnswer & Problem>> {
  return by.post(`/v1/projects/${id}/grants`, { grantees, ...more });
}

export async function followersOf(by: Caller, id: string): Promise<ProjectGrantList> {
  const { status, body } = await by.get<ProjectGrantList>(`/v1/projects/${id}/grants`);
  if (status !== 200) throw new Error(`No followers: ${status} ${JSON.stringify(body)}`);
  return body;
}

/** Moves a case into a project, or out of every one. */
export async function move(by: Caller, caseId: string, projectId: string | null): Promise<Answer<Problem>> {
  const { body } = await by.get<{ version: string }>(`/v1/cases/${caseId}`);
  return by.patch(`/v1/cases/${caseId}`, { projectId }, body);
}
