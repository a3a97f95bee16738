import { afterEach, describe, expect, it } from 'vitest';

import type { Problem } from '../../src/contract/problem.js';
import { openServer, type OpenServer } from '../support/open-server.js';

let server: OpenServer | undefined;

afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function ask(headers: Record<string, string> = {}): Promise<{ status: number; problem: Problem }> {
  const response = await fetch(`${server?.url}/v1/session`, { headers });
  return { status: response.status, problem: (await response.json()) as Problem };
}

/** Whether two requests count as one client: the second is then refused, at one request a minute. */
async function countAsOne(one: Record<string, string>, other: Record<string, string>): Promise<boolean> {
  expect((await ask(one)).status).toBe(401);
  return (await ask(other)).status === 429;
}

const from = (list: string) => ({ 'x-forwarded-for': list });
const oneRequest = { CASEMENT_LIMIT_ADDRESS: '1' };

describe('X-Forwarded-For', () => {
  it('is believed of nobody unless told: a client that makes one up counts all the same', async () => {
    server = await openServer(oneRequest);
    expect(await countAsOne(from('198.51.100.1'), from('198.51.100.2'))).toBe(true);
  });

  it('counts for as many proxies as there are, from the server outwards', async () => {
    server = await openServer({ ...oneRequest, CASEMENT_TRUST_PROXY: '1' });
    expect(await countAsOne(from('198.51.100.1'), from('198.51.100.2'))).toBe(false);
    // What stands further left the client has made up itself.
    expect(await countAsOne(from('203.0.113.1, 198.51.100.9'), from('203.0.113.2, 198.51.100.9'))).toBe(true);
  });

  it('counts as far as the addresses of proxies are known', async () => {
    server = await openServer({ ...oneRequest, CASEMENT_TRUST_PROXY: '127.0.0.1, 10.0.0.0/8, ::1' });
    expect(await countAsOne(from('198.51.100.1, 10.1.2.3'), from('198.51.100.2, 10.1.2.3'))).toBe(false);
    expect(
      await countAsOne(from('203.0.113.1, 198.51.100.9, 10.1.2.3'), from('203.0.113.2, 198.51.100.9:4711')),
    ).toBe(true);
  });

  it('does not count where the proxy itself is not known', async () => {
    server = await openServer({ ...oneRequest, CASEMENT_TRUST_PROXY: '10.0.0.0/8' });
    expect(await countAsOne(from('198.51.100.1'), from('198.51.100.2'))).toBe(true);
  });

  it('ends where it is no address', async () => {
    server = await openServer({ ...oneRequest, CASEMENT_TRUST_PROXY: '3' });
    expect(await countAsOne(from('unknown'), from('<script>'))).toBe(true);
  });
});

describe('X-Forwarded-Proto', () => {
  const https = { 'x-forwarded-proto': 'https' };

  it('is believed of nobody unless told', async () => {
    server = await openServer({ CASEMENT_REQUIRE_TLS: 'true' });
    const { status, problem } = await ask(https);
    expect([status, problem.code]).toEqual([403, 'forbidden']);
    expect(problem.detail).toContain('https');
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  });

  it('lets in what came over TLS to a trusted proxy, and nothing else', async () => {
    server = await openServer({ CASEMENT_REQUIRE_TLS: 'true', CASEMENT_TRUST_PROXY: '1' });
    expect((await ask(https)).status).toBe(401);
    expect((await ask()).status).toBe(403);
    expect((await ask({ 'x-forwarded-proto': 'http' })).status).toBe(403);
    expect((await ask({ 'x-forwarded-proto': 'https, http' })).status).toBe(403);
  });
});
