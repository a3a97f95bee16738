import { afterEach, beforeAll, describe, expect, it } from 'vitest';

import { aTenant, type TestTenant } from '../support/app.js';
import { openServer, type OpenServer } from '../support/open-server.js';
import { theApp } from '../support/shared-app.js';

const origin = 'https://crm.example';
let tenant: TestTenant;
let server: OpenServer | undefined;

beforeAll(async () => {
  tenant = await aTenant(await theApp());
});
afterEach(async () => {
  await server?.close();
  server = undefined;
});

const preflight = (from: string, path = '/v1/cases/case_1') =>
  fetch(`${server?.url}${path}`, {
    method: 'OPTIONS',
    headers: {
      origin: from,
      'access-control-request-method': 'PATCH',
      'access-control-request-headers': 'authorization,if-match',
    },
  });

describe('a page of another origin', () => {
  it('may not call unless its origin is listed', async () => {
    server = await openServer();
    for (const answer of [
      await preflight(origin),
      await server.reach(tenant.agent).raw('GET', '/v1/session', { headers: { origin } }),
    ]) {
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
      expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
    }
  });

  it.each([
    'https://crm.example.evil.test',
    'https://evil.crm.example',
    'http://crm.example',
    'https://crm.example:8443',
    'https://CRM.example',
    'null',
    '*',
  ])('may not call from %s, which only looks like a listed one', async (stranger) => {
    server = await openServer({ CASEMENT_ALLOWED_ORIGINS: `${origin},https://shop.example` });
    const asked = await preflight(stranger);
    expect(asked.headers.get('access-control-allow-origin')).toBeNull();
    const answer = await server
      .reach(tenant.agent)
      .raw('GET', '/v1/session', { headers: { origin: stranger } });
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('asks first, and is told once for two hours what it may', async () => {
    server = await openServer({ CASEMENT_ALLOWED_ORIGINS: `${origin},https://shop.example` });
    const { status, headers } = await preflight(origin);
    expect(status).toBe(204);
    expect(headers.get('access-control-allow-origin')).toBe(origin);
    expect(headers.get('access-control-allow-methods')).toBe('GET,POST,PUT,PATCH,DELETE');
    expect(headers.get('access-control-allow-headers')?.toLowerCase().split(',')).toEqual(
      expect.arrayContaining([
        'authorization',
        'content-type',
        'idempotency-key',
        'if-match',
        'last-event-id',
      ]),
    );
    expect(headers.get('access-control-max-age')).toBe('7200');
    expect(headers.get('access-control-allow-credentials')).toBeNull();
    expect(headers.get('vary')).toContain('Origin');
  });

  it('may read what an answer says in its headers, of refusals too', async () => {
    server = await openServer({ CASEMENT_ALLOWED_ORIGINS: origin, CASEMENT_LIMIT_READS: '2' });
    const agent = server.reach(tenant.agent);
    const ask = (path: string) => agent.raw('GET', path, { headers: { origin } });
    const answers = [await ask('/v1/settings'), await ask('/v1/cases/absent'), await ask('/v1/session')];
    expect(answers.map(({ status }) => status)).toEqual([200, 404, 429]);
    const unknown = await fetch(`${server.url}/v1/session`, { headers: { origin } });
    expect(unknown.status).toBe(401);
    for (const { headers } of [...answers, unknown]) {
      expect(headers.get('access-control-allow-origin')).toBe(origin);
      expect(headers.get('vary')).toContain('Origin');
      const exposed = headers.get('access-control-expose-headers')?.split(',');
      for (const name of [
        'ETag',
        'Retry-After',
        'X-Request-Id',
        'RateLimit',
        'Content-Disposition',
        'Event-Position',
      ])
        expect(exposed).toContain(name);
    }
  });
});
