import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import type { AppOptions } from '../../server/app.js';
import type { CaseBackend } from '../../server/backend.js';
import { createLogger } from '../../server/cli/log.js';
import { operations, type WholeRoute } from '../../src/contract/inputs.js';
import type { Case } from '../../src/contract/cases.js';
import { aClosure, aNewCase, aNewNote, aReopening, aTenant, tokenFor, Caller } from '../support/app.js';
import { openTestDatabase } from '../support/database.js';
import { readEvents } from '../support/event-reader.js';
import { openServer, type OpenServer } from '../support/open-server.js';
import { theApp } from '../support/shared-app.js';

const mark = 'MARKED';
const person = {
  sub: `person_${mark}`,
  name: `Marketta ${mark}`,
  email: `marketta.${mark}@example.com`,
} as const;

let written: string[] = [];
let server: OpenServer;
let backend: CaseBackend;

beforeAll(async () => {
  backend = (await theApp()).engine;
});
beforeEach(() => {
  written = [];
});
afterEach(() => server.close());

const logger = () => createLogger('info', { write: (line: string) => void written.push(line) });

interface Line {
  readonly level: number;
  readonly id?: string;
  readonly route?: string | null;
  readonly msg?: string;
  readonly err?: { readonly type: string; readonly cause?: { readonly code?: string } };
}

const lines = () => written.map((line) => JSON.parse(line) as Line);

async function open(options: Partial<AppOptions> = {}): Promise<{ agent: Caller; tenant: string }> {
  const tenant = await aTenant(await theApp());
  server = await openServer({}, { logger: logger(), ...options });
  const token = await tokenFor({
    ...person,
    kind: 'agent',
    tenant: tenant.id,
    roles: ['system-administrator'],
  });
  return { agent: server.reach(new Caller(fetch, token)), tenant: tenant.id };
}

/** The same engine with one operation that fails as a database does. */
function failing(change: Partial<CaseBackend>): CaseBackend {
  return Object.assign(Object.create(backend) as CaseBackend, change);
}

function nothingMarked(agent: Caller, tenant: string): void {
  const text = written.join('');
  for (const personal of [mark, 'Marketta', 'example.com', tenant, agent.token, '127.0.0.1']) {
    expect(text).not.toContain(personal);
  }
}

describe('the log', () => {
  it('has a line for every request of the contract, and no personal data', async () => {
    const { agent, tenant } = await open();
    const created = await agent.post<Case>(
      '/v1/cases',
      aNewCase({ subject: mark, description: mark, tags: [mark] }),
    );
    const { id } = created.body;
    const file = await agent.upload(`${mark}.txt`, mark);
    const note = aNewNote({ text: mark, attachmentIds: [file.body.id] });
    await agent.post(`/v1/cases/${id}/notes`, note, {
      headers: { referer: `https://x.example.com/${mark}` },
    });
    let { body } = await agent.get<Case>(`/v1/cases/${id}`);
    body = (await agent.patch<Case>(`/v1/cases/${id}`, { subject: `${mark} again` }, body)).body;
    body = (await agent.post<Case>(`/v1/cases/${id}/close`, aClosure({ note: mark }), body)).body;
    await agent.post(`/v1/cases/${id}/reopen`, aReopening({ note: mark }), body);
    const settings = await agent.get<{ version: string }>('/v1/settings');
    await agent.patch('/v1/settings', { defaultPriority: 'low' }, settings.body);
    await agent.post('/v1/cases/bulk', { action: 'tag', cases: [{ id }], addTags: [`${mark}-2`] });
    const view = await agent.post<{ id: string; version: string }>('/v1/views', {
      name: mark,
      filters: { q: mark },
      visibility: { kind: 'private' },
    });
    const viewPath = `/v1/views/${view.body.id}`;
    const renamed = await agent.patch<{ version: string }>(viewPath, { name: `${mark} again` }, view.body);
    await agent.post(`/v1/cases/${id}/grants`, { grantees: [{ kind: 'customer', id: `cust_${mark}` }] });
    await agent.patch(`/v1/grants/grant_${mark}`, { expiresAt: null }, view.body);
    await agent.delete(`/v1/grants/grant_${mark}`);
    await agent.post(`/v1/grants/grant_${mark}/notice`);
    await agent.get(`/v1/notes/note_${mark}/delivery`);
    await agent.get(`/v1/cases/${id}/notices`);
    await fetch(`${server.url}/v1/notices/unsubscribe?token=${mark}`);
    await agent.post('/v1/grants/preview', { caseId: id, kind: 'customer', id: `cust_${mark}` });
    await agent.post(`/v1/cases/${id}/receipts`, undefined);
    await agent.post(`/v1/cases/${id}/forward`, { to: `${mark}@example.com`, text: mark });
    const project = await agent.post<{ id: string; version: string }>('/v1/projects', { name: mark });
    const projectPath = `/v1/projects/${project.body.id}`;
    await agent.patch(projectPath, { name: `${mark} again` }, project.body);
    await agent.post(`${projectPath}/grants`, { grantees: [{ kind: 'customer', id: `cust_${mark}` }] });
    await agent.post(`${projectPath}/messages`, { text: mark });
    const inbox = await agent.post<{ id: string; version: string }>('/v1/inboxes', { name: mark });
    const inboxPath = `/v1/inboxes/${inbox.body.id}`;
    await agent.patch(inboxPath, { name: `${mark} again` }, inbox.body);
    const handOver = { inboxId: inbox.body.id, message: mark };
    const entry = await agent.post<{ id: string }>('/v1/inbox-entries', { ...handOver, caseId: id });
    const entryPath = `/v1/inbox-entries/${entry.body.id}`;
    await agent.post(`${entryPath}/take`);
    await agent.post(`${entryPath}/release`);
    await agent.post(`${entryPath}/assign`, { personId: person.sub });
    await agent.post(`${entryPath}/forward`, handOver);
    await agent.post(`${entryPath}/complete`);
    await agent.post(`${entryPath}/cancel`);
    await agent.post(`${entryPath}/undo`);
    const reader = await readEvents(agent);
    reader.leave();
    for (const path of [
      '/v1/session',
      `/v1/cases?q=${mark}&tag=${mark}`,
      `/v1/cases/${id}/notes?q=${mark}`,
      `/v1/cases/${id}/timeline`,
      `/v1/cases/export?q=${mark}`,
      `/v1/tags?q=${mark}`,
      `/v1/cases/${id}/grants`,
      `/v1/grants/candidates?kind=customer&caseId=${id}&q=${mark}`,
      `/v1/projects?q=${mark}`,
      projectPath,
      `${projectPath}/grants`,
      `${projectPath}/messages`,
      `/v1/customers/cust_${mark}/shared-projects`,
      `/v1/organisations/org_${mark}/shared-projects`,
      '/v1/inboxes',
      inboxPath,
      `/v1/inbox-targets?q=${mark}`,
      `/v1/inbox-entries?owner=${mark}`,
      entryPath,
      '/v1/views',
      viewPath,
      '/v1/settings/changes',
      `/v1/attachments/${file.body.id}`,
      `/v1/attachments/${file.body.id}/content`,
      `/v1/people?q=${mark}`,
      `/v1/people/${person.sub}`,
      `/v1/customers?q=${mark}`,
      `/v1/customers/cust_${mark}`,
      // And what is refused.
      `/v1/cases/case_${mark}`,
      `/v1/${mark}`,
      `/${mark}?token=${agent.token}`,
      `/v1/cases?colour=${mark}`,
    ]) {
      await agent.raw('GET', path).then((answer) => answer.text());
    }
    await agent.raw('DELETE', viewPath, { headers: { 'if-match': `"${renamed.body.version}"` } });
    await agent.raw('POST', '/v1/cases', {
      headers: { 'content-type': 'application/json', 'idempotency-key': mark },
      body: `{"subject":"${mark}`,
    });
    await fetch(`${server.url}/v1/session`, { headers: { authorization: `Bearer ${mark}`, cookie: mark } });
    nothingMarked(agent, tenant);
    const routes = new Set(lines().map(({ route }) => route));
    for (const { path } of Object.values(operations) as WholeRoute[]) expect(routes).toContain(path);
    for (const line of lines()) expect(line.id).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('says what failed in the database without what was in it', async () => {
    const database = await openTestDatabase();
    const fail = async (): Promise<never> => {
      const { sql } = await import('kysely');
      await sql`select cast(${`${mark} Marketta`} as integer)`.execute(database.db);
      throw new Error('not reached');
    };
    const { agent, tenant } = await open({ backend: failing({ listCases: fail }) });
    const answer = await agent.get(`/v1/cases?q=${mark}`);
    expect(answer.status).toBe(500);
    const failure = lines().find(({ level }) => level === 50);
    expect(failure).toMatchObject({
      id: answer.headers.get('x-request-id'),
      msg: 'request failed',
      err: { code: '22P02', stack: expect.stringContaining('    at ') as string },
    });
    nothingMarked(agent, tenant);
    await database.dispose();
  });

  it('says why an event stream failed', async () => {
    const { BackendError } = await import('../../server/backend-error.js');
    const cause = Object.assign(new Error(`could not read ${mark}`), { code: '57P01' });
    const { agent, tenant } = await open({
      backend: failing({
        events: () =>
          Promise.resolve(
            (async function* fail() {
              yield { position: '1-1', event: { kind: 'stream.reset' } };
              throw new BackendError('unavailable', { cause });
            })(),
          ),
      }),
    });
    const reader = await readEvents(agent);
    await reader.ended;
    await vi.waitFor(() => expect(lines().some(({ level }) => level === 50)).toBe(true), 60_000);
    expect(lines().find(({ level }) => level === 50)).toMatchObject({
      id: reader.response.headers.get('x-request-id'),
      msg: 'event stream failed',
      err: { type: 'BackendError', code: 'unavailable', cause: { code: '57P01' } },
    });
    nothingMarked(agent, tenant);
  });
});
