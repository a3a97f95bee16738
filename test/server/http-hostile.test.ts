import { beforeAll, describe, expect, it, vi } from 'vitest';

import { createApp } from '../../server/app.js';
import type { CaseBackend } from '../../server/backend.js';
import { jwtAuthenticator } from '../../server/middleware/authenticate.js';
import { jsonLimit } from '../../server/middleware/read-body.js';
import type { Customer } from '../../src/contract/customers.js';
import type { Problem } from '../../src/contract/problem.js';
import { aNewCase, aTenant, Caller, testSecret, type TestApp, type TestTenant } from '../support/app.js';
import { sampleCustomers } from '../support/sample-tenant.js';
import { theApp } from '../support/shared-app.js';

let testApp: TestApp;
let tenant: TestTenant;

beforeAll(async () => {
  testApp = await theApp();
  tenant = await aTenant(testApp);
});

async function posted(path: string, body: string): Promise<{ status: number; size: number; body: Problem }> {
  const response = await tenant.agent.raw('POST', path, {
    headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
    body,
  });
  const text = await response.text();
  return { status: response.status, size: text.length, body: JSON.parse(text) as Problem };
}

describe('a hostile request', () => {
  const deep = '['.repeat(500_000) + ']'.repeat(500_000);

  it.each([
    ['a list in lists without end', deep],
    ['an unknown field that nests without end', `{"extra":${deep}}`],
    ['a known field that nests without end', `{"subject":${deep}}`],
    ['a prototype as a field', '{"__proto__":{"customerId":"x"},"customerId":"cust_aldermill"}'],
  ])('is refused for what it says: %s', async (_what, body) => {
    expect(await posted('/v1/cases', body)).toMatchObject({
      status: 422,
      body: { code: 'validation_failed' },
    });
  });

  it.each([
    ['fields', `{${Array.from({ length: 100_000 }, (_, index) => `"k${index}":1`).join(',')}}`],
    ['values', `{"customerId":"x","tags":[${Array<string>(200_000).fill('"\\u0000"').join(',')}]}`],
  ])('is answered with less than it sent, however many bad %s it has', async (_what, body) => {
    expect(body.length).toBeLessThan(jsonLimit);
    const { status, size, body: problem } = await posted('/v1/cases', body);
    expect(status).toBe(422);
    expect(problem.errors).toHaveLength(100);
    expect(size).toBeLessThan(20_000);
  });

  it('cannot hold an event stream open by asking for its headers only', async () => {
    const signals: (AbortSignal | undefined)[] = [];
    const backend: CaseBackend = {
      ...testApp.engine,
      events(position, context) {
        signals.push(context.signal);
        return testApp.engine.events(position, context);
      },
    };
    const app = createApp({ backend, authenticate: jwtAuthenticator({ secret: testSecret }) });
    const caller = new Caller((request) => app.fetch(request), tenant.agent.token);
    const response = await caller.raw('HEAD', '/v1/events');
    expect(response.status).toBe(200);
    await vi.waitFor(() => expect(signals.every((signal) => signal?.aborted)).toBe(true), 60_000);
  });

  it('cannot leave files open by asking for their headers only', async () => {
    const { body: file } = await tenant.agent.upload('a.txt', 'x'.repeat(300_000));
    const left = vi.fn();
    const backend: CaseBackend = {
      ...testApp.engine,
      async downloadAttachment(id, context) {
        const download = await testApp.engine.downloadAttachment(id, context);
        await download.content.cancel();
        return { ...download, content: new ReadableStream({ cancel: left }) };
      },
    };
    const app = createApp({ backend, authenticate: jwtAuthenticator({ secret: testSecret }) });
    const caller = new Caller((request) => app.fetch(request), tenant.agent.token);
    const response = await caller.raw('HEAD', `/v1/attachments/${file.id}/content`);
    expect(response.headers.get('content-length')).toBe('300000');
    expect(left).toHaveBeenCalledOnce();
  });

  it('does not tell a customer which external references are taken', async () => {
    await tenant.aCase({ externalReference: 'SECRET-1' });
    const answers = await Promise.all(
      ['SECRET-1', 'SECRET-2'].map((externalReference) =>
        tenant.customer.post<Problem>('/v1/cases', aNewCase({ externalReference })),
      ),
    );
    for (const { status, body } of answers) {
      expect(status).toBe(403);
      expect(body.rule).toBe('customer.external-reference');
    }
  });
});

describe('a list of long names', () => {
  it('goes on behind a name and an id as long as they can be', async () => {
    const long = '長'.repeat(200);
    const customers = [1, 2, 3].map((index) => ({ id: `${long.slice(1)}${index}`, name: long }));
    const { id, agent } = await aTenant(testApp);
    await testApp.engine.seed(id, { customers });
    const seen: string[] = [];
    let next: string | null = null;
    do {
      const query: string = next === null ? '' : `&cursor=${next}`;
      const { status, body } = await agent.get<{ items: Customer[]; next: string | null }>(
        `/v1/customers?limit=1${query}`,
      );
      expect(status).toBe(200);
      seen.push(...body.items.map((customer) => customer.id));
      next = body.next;
    } while (next !== null);
    expect(seen).toEqual(expect.arrayContaining([sampleCustomers.aldermill, ...customers.map((c) => c.id)]));
  });
});
