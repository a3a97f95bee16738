import type { Case } from '../../src/contract/cases.js';
import type { Grant, GrantsAnswer } from '../../src/contract/grants.js';
import type { SharePreview } from '../../src/contract/preview.js';
import type { Project } from '../../src/contract/projects.js';
import type { Settings } from '../../src/contract/settings.js';
import { aClosure, aNewCase, aReopening, type Answer } from './app.js';
import type { Doing, OracleHands } from './oracle-hands.js';
import type { Step } from './oracle-steps.js';
import type { Given, Grantee, OracleCase, OracleGrant, OracleNote } from './oracle-words.js';

type StepOf<Does extends Step['do']> = Extract<Step, { do: Does }>;

const notThere: Answer = { status: 404, headers: new Headers(), body: null };

/** What came of asking, in the oracle's words. */
export function outcomeOf(answer: Answer | undefined): 'done' | 'hidden' | 'refused' {
  if (!answer || answer.status < 300) return 'done';
  if (answer.status === 404) return 'hidden';
  if ([403, 409, 410, 422].includes(answer.status)) return 'refused';
  throw new Error(`${answer.status}: ${JSON.stringify(answer.body)}`);
}

export async function create(hands: OracleHands, by: string, wanted: readonly Grantee[]): Promise<Doing> {
  const { oracle, word, hidden, records } = hands;
  const who = oracle.who(by);
  const place = oracle.cases.length;
  const name = `c${hands.next()}`;
  const customer = (who.kind === 'customer' ? who.customer : null) ?? 'cust_aldermill';
  const made: OracleCase = {
    unit: 'case',
    name,
    requester: who.kind === 'customer' ? who.id : 'person_pia',
    customer,
    department: null,
    assignee: null,
    project: null,
    open: true,
    // In another order than that of their making.
    deadline: `2130-${String(12 - (place % 12)).padStart(2, '0')}-01`,
    notes: [],
  };
  const grants = oracle.grants.length;
  const shareWith = dedupe(wanted);
  const expected = oracle.create(who, made, shareWith);
  const body = aNewCase({
    customerId: customer,
    subject: `${word} ${name}`,
    description: `${hidden} at first`,
    deadline: made.deadline,
    tags: ['oracle', name],
    shareWith,
  });
  // Elsewhere they have their own cases: what is here is not touched by them.
  if (who.tenant === 'elsewhere') return { expected, answer: notThere };
  const answer = await hands.as(by).post<Case>('/v1/cases', body);
  if (answer.status < 300) records.set(made, answer.body);
  if (answer.status < 300 && shareWith.length > 0) {
    await learnGrants(hands, made, oracle.grants.slice(grants));
  }
  return { answer, expected, of: expected === 'done' ? made : undefined };
}

async function learnGrants(hands: OracleHands, of: OracleCase, given: readonly OracleGrant[]): Promise<void> {
  const { body } = await hands.as('iris').get<{ items: Grant[] }>(`${hands.path(of)}/grants`);
  for (const grant of given) {
    const found = body.items.find(({ grantee }) => grantee.kind === grant.kind && grantee.id === grant.id);
    if (found) hands.grants.set(grant, found);
  }
}

export async function doToGrant(
  hands: OracleHands,
  step: StepOf<'revoke' | 'change level' | 'change end'>,
): Promise<Doing> {
  const { oracle } = hands;
  const grant = oracle.grants[step.grant % Math.max(oracle.grants.length, 1)];
  if (!grant) return { expected: 'same' };
  const by = hands.doer(step.by, grant.of, grant.kind, step.do === 'change level');
  const who = oracle.who(by);
  const caller = hands.as(by);
  const known = hands.grants.get(grant) ?? { id: 'grant_unknown', version: '1' };
  const path = `/v1/grants/${known.id}`;
  const internal = grant.kind === 'department';
  const about = grant.of.unit === 'case' ? { of: grant.of } : { project: grant.of };
  if (step.do === 'revoke') {
    const expected = oracle.revoke(who, grant);
    return { answer: await caller.delete(path), expected, internal, ...about };
  }
  const until = step.do === 'change end' ? hands.momentIn(step.minutes) : null;
  const body = step.do === 'change level' ? { level: step.level } : { expiresAt: inWords(until) };
  const expected =
    step.do === 'change level'
      ? oracle.changeLevel(who, grant, step.level)
      : oracle.changeEnd(who, grant, until);
  const answer = await caller.patch<Grant>(path, body, { version: known.version });
  if (answer.status === 200) hands.grants.set(grant, answer.body);
  return { answer, expected, internal, ...about };
}

export async function doToCase(hands: OracleHands, step: Extract<Step, { of: number }>): Promise<Doing> {
  const { oracle, word } = hands;
  const of = oracle.cases[step.of % oracle.cases.length];
  if (!of) throw new Error('There is no case.');
  const path = hands.path(of);
  const kind = step.do === 'share' ? step.to.kind : 'customer';
  const by = hands.doer(step.by, of, kind, step.do === 'change requester');
  const who = oracle.who(by);
  const caller = hands.as(by);
  const { body: now } = await hands.as('iris').get<Case>(path);
  const guard = { version: now.version };
  const text = `${word} says ${hands.next()}.`;
  const note: OracleNote = { visibility: 'visibility' in step ? step.visibility : 'public', text, place: 0 };
  const internal = note.visibility === 'internal';
  const change = (body: Record<string, unknown>) => caller.patch(path, body, guard);
  switch (step.do) {
    case 'share':
      return shareCase(hands, step, by, of);
    case 'move': {
      const answer = await change({ departmentId: step.department });
      return { answer, expected: oracle.move(who, of, step.department), of };
    }
    case 'put': {
      const count = oracle.projects.length;
      const into = step.into === null || count === 0 ? null : (oracle.projects[step.into % count] ?? null);
      const answer = await change({ projectId: into && hands.projectIds.get(into) });
      return { answer, expected: oracle.put(who, of, into), of };
    }
    case 'assign': {
      const assignee = step.assignee && `person_${step.assignee}`;
      const answer = await change({ assigneeId: assignee });
      return { answer, expected: oracle.assign(who, of, assignee), of };
    }
    case 'edit': {
      const answer = await change({ description: `${hands.hidden} ${text}` });
      return { answer, expected: oracle.edit(who, of), of };
    }
    case 'change requester': {
      const answer = await change({ requesterId: step.to });
      return { answer, expected: oracle.changeRequester(who, of, step.to), of };
    }
    case 'close':
    case 'reopen': {
      const said = { ...(step.do === 'close' ? aClosure() : aReopening()), note: text };
      const answer = await caller.post(`${path}/${step.do}`, { ...said, visibility: note.visibility }, guard);
      return { answer, expected: oracle.setStatus(who, of, step.do === 'reopen', note), of, by };
    }
    case 'note': {
      const subject = who.kind === 'agent' ? 'follow-up' : undefined;
      const answer = await caller.post(`${path}/notes`, { visibility: note.visibility, text, subject });
      return { answer, expected: oracle.addNote(who, of, note), of, by, internal };
    }
    case 'wish': {
      const answer = await caller.send('PUT', `${path}/notices`, { body: { replies: step.replies } });
      const expected = oracle.wish(who, of, step.replies);
      // Nobody else is told what somebody wants.
      return { answer, expected: expected === 'done' ? 'same' : expected, of };
    }
  }
}

async function shareCase(
  hands: OracleHands,
  step: StepOf<'share'>,
  by: string,
  of: OracleCase,
): Promise<Doing> {
  const { to } = step;
  const { body, how } = sharing(hands, step);
  const preview = await hands.as(by).post<SharePreview>('/v1/grants/preview', {
    caseId: hands.records.get(of)?.id,
    ...to,
    ...(step.level !== null && { level: step.level }),
    ...(step.history !== null && { history: step.history }),
  });
  const answer = await hands.as(by).post<GrantsAnswer>(`${hands.path(of)}/grants`, body);
  const expected = hands.oracle.share(hands.oracle.who(by), of, to, how);
  if (expected === 'done') learnGrant(hands, answer.body);
  return { answer, expected, of, by, preview, internal: to.kind === 'department' };
}

function sharing(hands: OracleHands, { to, level, minutes, history }: StepOf<'share' | 'share project'>) {
  const until = hands.momentIn(minutes);
  const how: Given = { level: level ?? undefined, until, history };
  const body = {
    grantees: [{ ...to, ...(level !== null && { level }), expiresAt: inWords(until) }],
    ...(history !== null && { history }),
  };
  return { body, how };
}

/** The grant that has just been given. */
function learnGrant({ oracle, grants }: OracleHands, answer: Partial<GrantsAnswer>): void {
  const [given] = answer.items ?? [];
  const grant = oracle.grants.at(-1);
  if (grant && given) grants.set(grant, given);
}

export async function doToProject(
  hands: OracleHands,
  step: StepOf<'create project' | 'share project' | 'message'>,
): Promise<Doing> {
  const { oracle, word } = hands;
  if (step.do === 'create project') return createProject(hands, step);
  const project = oracle.projects[step.project % Math.max(oracle.projects.length, 1)];
  if (!project) return { expected: 'same' };
  const by = hands.doer(step.by, project);
  const who = oracle.who(by);
  const path = hands.projectPath(project);
  if (step.do === 'message') {
    const text = `${word} writes ${hands.next()}.`;
    const answer = await hands.as(by).post(`${path}/messages`, { text });
    return { answer, expected: oracle.postMessage(who, project, text), project, by };
  }
  const { body, how } = sharing(hands, step);
  const answer = await hands.as(by).post<GrantsAnswer>(`${path}/grants`, body);
  const expected = oracle.shareProject(who, project, step.to, how);
  if (expected === 'done') learnGrant(hands, answer.body);
  return { answer, expected, project, by };
}

async function createProject(
  hands: OracleHands,
  { by, department }: StepOf<'create project'>,
): Promise<Doing> {
  const { oracle, projectIds } = hands;
  const who = oracle.who(by);
  const name = `p${hands.next()}`;
  // Elsewhere they are refused as customers are here.
  const answer = await hands.as(by).post<Project>('/v1/projects', { name, departmentId: department });
  const expected = oracle.createProject(who, name, department);
  const project = oracle.projects.at(-1);
  if (expected !== 'done' || !project) return { answer, expected };
  projectIds.set(project, answer.body.id);
  return { answer, expected, project };
}

/** CU-20 */
export async function show(hands: OracleHands, { by: wanted, shown }: StepOf<'show'>): Promise<Doing> {
  const { oracle } = hands;
  const by = wanted === 'the right one' ? 'iris' : wanted;
  const { body } = await hands.as(by).get<Settings>('/v1/settings');
  const scope = ['own', ...new Set(shown)];
  const answer = await hands.as(by).patch('/v1/settings', { portal: { scope } }, body);
  return { answer, expected: oracle.showInPortal(oracle.who(by), new Set(shown)) };
}

function inWords(moment: number | null): string | null {
  return moment === null ? null : new Date(moment).toISOString();
}

function dedupe(all: readonly Grantee[]): Grantee[] {
  return [...new Map(all.map((one) => [`${one.kind} ${one.id}`, one])).values()];
}
