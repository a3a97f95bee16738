import { afterEach, beforeAll, describe, expect, it } from 'vitest';

import type { Problem } from '../../src/contract/problem.js';
import { aTenant, type TestTenant } from '../support/app.js';
import { openServer, type OpenServer } from '../support/open-server.js';
import { theApp } from '../support/shared-app.js';

let tenant: TestTenant;
let server: OpenServer;
const lines: Record<string, unknown>[] = [];

beforeAll(async () => {
  tenant = await aTenant(await theApp());
});
afterEach(() => server.close());

const keep = (line: object) => void lines.push(line as Record<string, unknown>);

async function ask(headers: Record<string, string> = {}, path = '/v1/nothing') {
  server = await openServer({}, { logger: { info: keep, error: keep } });
  lines.length = 0;
  const answer = await server.reach(tenant.agent).get<Problem>(path, { headers });
  return { id: answer.headers.get('x-request-id'), ...answer };
}

describe('the id of a request', () => {
  it('is made where there is none, and stands in header, problem and log', async () => {
    const { id, body } = await ask();
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(body.requestId).toBe(id);
    expect(lines).toEqual([expect.objectContaining({ id, problem: 'not_found', status: 404 })]);
  });

  it('is the caller’s where that is one', async () => {
    const given = '0af7651916cd43dd.b7ad6b7169203331';
    const { id, body } = await ask({ 'x-request-id': given });
    expect([id, body.requestId, lines[0]?.['id']]).toEqual([given, given, given]);
  });

  it('stands in an answer that is no problem, too', async () => {
    const { id, status } = await ask({ 'x-request-id': 'trace-me-1' }, '/v1/session');
    expect([id, status]).toEqual(['trace-me-1', 200]);
  });

  it.each([
    'short',
    'maria.rossi@example.com',
    'a"b,c{d}e[f]',
    'x'.repeat(65),
    'two words here',
    '../../etc/passwd',
  ])('is not %s', async (given) => {
    const { id } = await ask({ 'x-request-id': given });
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
  });
});
