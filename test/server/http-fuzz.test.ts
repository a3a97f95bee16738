import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openApiDocument } from '../../server/openapi/document.js';
import type { Attachment } from '../../src/contract/attachments.js';
import type { GrantList, GrantsAnswer } from '../../src/contract/grants.js';
import { openHttpServer, type HttpServer } from '../../server/cli/http-server.js';
import type { Note } from '../../src/contract/notes.js';
import type { Project } from '../../src/contract/projects.js';
import { aTenant, createTestApp, type TestApp, type TestTenant } from '../support/app.js';
import { openTestDatabase } from '../support/database.js';
import { allRights, anEntry, anInbox } from '../support/inbox-desk.js';
import { aProject } from '../support/projects.js';
import { createJudge } from '../support/fuzz-judge.js';
import { mediaTypes, requestsFor, type Asker, type MadeUpRequest } from '../support/fuzz-requests.js';
import { soundRequests } from '../support/fuzz-sound.js';
import type { KnownValues } from '../support/fuzz-values.js';
import { sendRaw, type RawAnswer } from '../support/raw-http.js';

// CASEMENT_FUZZ_SECONDS=600 CASEMENT_FUZZ_SEED=$RANDOM npx vitest run --project server-postgres test/server/http-fuzz.test.ts
// By number and not by time: a machine that is busy sends no fewer.
const requests = 2_000;
const seconds = Number(process.env['CASEMENT_FUZZ_SECONDS'] ?? 0);
// Other requests on each engine: twice the same would find little twice.
const seed = Number(
  process.env['CASEMENT_FUZZ_SEED'] ??
    (process.env['CASEMENT_TEST_ENGINE'] === 'pglite' ? 20_250_302 : 20_250_301),
);

const path = process.env['CASEMENT_FUZZ_PATH'] ?? '';

const document = openApiDocument();
const judge = createJudge(document);
const json = [['Content-Type', 'application/json']] as const;
// Settings change what is valid: they are fuzzed in a tenant of their own.
let testApp: TestApp;
let tenant: TestTenant;
let settingsTenant: TestTenant;
let neighbour: TestTenant;
let known: KnownValues;
/** The cases of the grants. */
let grants: ReadonlyMap<string, string>;
let server: HttpServer;

beforeAll(async () => {
  // With notices, so that each operation has something to do; they go nowhere.
  const channel = { name: 'nowhere', needsAddress: false, send: () => Promise.resolve() };
  const notices = { channels: [channel], secret: 'signs the links of the fuzzed server' };
  testApp = await createTestApp(await openTestDatabase(), { heartbeatMs: 50 }, { notices });
  [tenant, settingsTenant, neighbour] = await Promise.all([
    aTenant(testApp),
    aTenant(testApp),
    aTenant(testApp),
  ]);
  const limits = { headersTimeout: 10, requestTimeout: 10, keepAlive: 5 };
  server = await openHttpServer(testApp.app.fetch, { host: '127.0.0.1', port: 0 }, limits);
  known = await knownValues();
});
afterAll(async () => {
  await server.drain(1_000);
  await testApp.dispose();
});

async function knownValues(): Promise<KnownValues> {
  const foreign = await neighbour.aCase();
  const open = await Promise.all([1, 2, 3].map(() => tenant.aCase({ tags: ['refund'] })));
  const closed = await tenant.aClosedCase();
  const { body: file } = await tenant.agent.upload('bill.pdf', 'x');
  const { body: noteFile } = await tenant.agent.upload('bill.txt', 'x');
  const note: Note = await tenant.aNote(open[0]?.id ?? '', {
    visibility: 'public',
    attachmentIds: [noteFile.id],
  });
  const projects: Project[] = await Promise.all(
    ['Mill', 'Harbour'].map((name) => aProject(tenant.agent, { name })),
  );
  const { body: foreignFile } = await neighbour.agent.upload('bill.pdf', 'x');
  const { body: pages } = await tenant.agent.get<{ next: string }>('/v1/cases?limit=1');
  const views = await Promise.all(
    [1, 2, 3, 4].map((name) => tenant.agent.post<{ id: string }>('/v1/views', { name: `View ${name}` })),
  );
  const shared = await Promise.all(
    open.map(({ id }) =>
      tenant.agent.post<GrantsAnswer>(`/v1/cases/${id}/grants`, {
        grantees: [{ kind: 'customer', id: 'cust_harbour' }],
        includeHistory: true,
      }),
    ),
  );
  grants = new Map(shared.flatMap(({ body }) => body.items.map(({ id, unitId }) => [id, unitId])));
  const files: Attachment[] = [file, noteFile, foreignFile];
  const people = ['person_mara', 'person_pia', 'person_former', 'person_nobody'];
  const customers = ['cust_aldermill', 'cust_quist', 'cust_nobody'];
  const rights = { person_mara: allRights };
  const [desk, target] = [await anInbox(tenant, 'Desk', rights), await anInbox(tenant, 'Target', rights)];
  const entries = [await anEntry(tenant, desk)];
  for (let waiting = 0; waiting < 2; waiting += 1)
    entries.push(await anEntry(tenant, desk, { customerId: 'cust_quist' }));
  const entryIds = entries.map(({ id }) => id);
  return {
    inboxesIds: [target.id, desk.id],
    inboxId: [target.id, desk.id],
    'inbox-entriesIds': entryIds,
    entryId: entryIds,
    forwardId: entryIds.slice(1, 2),
    cancelId: entryIds.slice(2),
    personId: people,
    dueType: ['no-deadline', 'call-back-by', 'nothing'],
    casesIds: [...open, closed, foreign].map(({ id }) => id),
    closedId: [closed.id],
    closingId: open.slice(2).map(({ id }) => id),
    attachmentsIds: files.map(({ id }) => id),
    grantsIds: [...grants.keys()],
    retryId: [...grants.keys()].slice(1, 2),
    kind: ['person', 'department', 'customer', 'organisation', 'agent'],
    caseId: open.map(({ id }) => id),
    level: ['view', 'collaborate', 'full', 'restricted'],
    viewsIds: views.map(({ body }) => body.id),
    notesIds: [note.id],
    projectsIds: projects.map(({ id }) => id),
    projectId: projects.map(({ id }) => id),
    organisationsIds: ['org_aldermill', 'org_nowhere'],
    to: ['person_tomas', 'person_pia', 'nobody@example.com'],
    peopleIds: people,
    customersIds: customers,
    customerId: customers,
    requesterId: people,
    assigneeId: people,
    departmentId: ['dept_care', 'dept_network', 'dept_nowhere'],
    attachmentId: files.map(({ id }) => id),
    type: ['billing', 'technical', 'nothing'],
    priority: ['high', 'low', 'nothing'],
    contactMethod: ['phone', 'e-mail', 'nothing'],
    reason: ['resolved', 'duplicate', 'not-solved', 'new-information'],
    subject: ['follow-up', 'Charged twice', 'information'],
    note: ['Returned the debit.'],
    text: ['Asked the bank desk.'],
    description: ['Two debits.'],
    tag: ['refund', '=1+1'],
    name: ['bill.pdf', 'photo.png', '../../x.txt', 'a\r\nb.txt'],
    cursor: [pages.next],
    q: ['charged', 'debit twice'],
  };
}

function tokenOf(asker: Asker, of: TestTenant): string | undefined {
  if (asker === 'nobody') return undefined;
  return asker === 'stranger' ? `${of.agent.token.slice(0, -4)}AAAA` : of[asker].token;
}

async function send(
  request: MadeUpRequest,
  type: readonly (readonly [string, string])[],
): Promise<RawAnswer> {
  const { operationId, method, path, id, query, as, headers, body } = request;
  const token = tokenOf(as, operationId === 'updateSettings' ? settingsTenant : tenant);
  const version = request.version === 'current' ? await currentVersion(request) : request.version;
  return sendRaw(server.port, {
    method,
    target: `${path.replace('{id}', id)}${query === '' ? '' : `?${query}`}`,
    headers: [
      ...(token === undefined ? [] : [['Authorization', `Bearer ${token}`] as const]),
      ...(version === undefined ? [] : [['If-Match', version] as const]),
      ...(body === undefined ? [] : type),
      ...headers,
    ],
    body,
  });
}

/** The version the record of a request has now, in quotes. */
async function currentVersion({ operationId, path, id }: MadeUpRequest): Promise<string> {
  if (path.startsWith('/v1/grants')) {
    const { body } = await tenant.agent.get<GrantList>(`/v1/cases/${grants.get(id) ?? ''}/grants`);
    return `"${body.items?.find((grant) => grant.id === id)?.version ?? ''}"`;
  }
  const { body } =
    operationId === 'updateSettings'
      ? await settingsTenant.agent.get<{ version: string }>('/v1/settings')
      : /^\/v1\/(views|projects|inboxes)/.test(path)
        ? await tenant.agent.get<{ version: string }>(path.replace('{id}', id))
        : await tenant.administrator.get<{ version: string }>(`/v1/cases/${id}`);
  return `"${body.version}"`;
}

/** Enough of a request to try it again by hand. */
function inWords({ method, path, id, query, as, version, headers, body }: MadeUpRequest): string {
  const text = body === undefined ? '' : Buffer.from(body).toString('latin1').slice(0, 2_000);
  return JSON.stringify({
    method,
    path,
    id: id.slice(0, 300),
    query: query.slice(0, 500),
    as,
    version,
    headers,
    text,
  });
}

describe('any request', () => {
  it(
    'is answered in time, by the document, without an error of ours',
    async () => {
      let sent = 0;
      const property = fc.asyncProperty(requestsFor(document, known), mediaTypes, async (request, type) => {
        sent += 1;
        const answer = await send(request, type);
        const wrong = judge.judge(request.operationId, answer);
        if (wrong.length > 0) throw new Error(`${wrong.join('; ')}\n${inWords(request)}`);
      });
      const length = seconds > 0 ? `${seconds} s` : `${requests} requests`;
      console.log(
        `Fuzz of the contract: seed ${seed}, ${length} (CASEMENT_FUZZ_SEED, CASEMENT_FUZZ_SECONDS).`,
      );
      const { failed, counterexamplePath, errorInstance } = await fc.check(property, {
        seed,
        path,
        examples: soundRequests(document, known).map((request) => [request, json]),
        ...(seconds > 0
          ? { numRuns: Number.MAX_SAFE_INTEGER, interruptAfterTimeLimit: seconds * 1000 }
          : { numRuns: requests }),
      });
      // An interruption counts as a failure without a counterexample.
      const found = failed && counterexamplePath !== null ? String(errorInstance) : '';
      expect(found, `CASEMENT_FUZZ_SEED=${seed} CASEMENT_FUZZ_PATH=${counterexamplePath}`).toBe('');
      console.log(`${sent} requests, ${judge.seen.size} kinds of answer.`);
      expect(sent).toBeGreaterThan(200);
    },
    seconds * 1000 + 300_000,
  );

  it('was of every kind: each operation succeeded and refused, and the codes of the contract came up', () => {
    const seen = [...judge.seen].map((line) => line.split(' '));
    for (const operation of Object.values(document.paths).flatMap((methods) => Object.values(methods))) {
      const answers = seen.filter(([operationId]) => operationId === operation.operationId);
      const success = Object.keys(operation.responses).find((status) => Number(status) < 300);
      expect(
        answers.map(([, status]) => status),
        operation.operationId,
      ).toContain(success);
      expect(
        answers.map(([, , code]) => code),
        operation.operationId,
      ).toContain('unauthenticated');
    }
    expect([...new Set(seen.map(([, , code]) => code))]).toEqual(
      expect.arrayContaining([
        'validation_failed',
        'malformed_request',
        'uri_too_long',
        'headers_too_large',
        'not_found',
        'forbidden',
        'version_required',
        'version_conflict',
        'case_closed',
        'case_open',
      ]),
    );
  });

  it('left everything in order', async () => {
    const { status, body } = await tenant.agent.get<{ items: unknown[] }>('/v1/cases?limit=100&count=true');
    expect(status).toBe(200);
    expect(body.items.length).toBeGreaterThan(0);
    const { body: others } = await neighbour.agent.get<{ items: unknown[] }>('/v1/cases');
    expect(others.items).toHaveLength(1);
  });
});
