import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';

import { jwtAuthenticator, type JwtOptions } from '../../server/middleware/authenticate.js';
import { BackendError } from '../../server/backend-error.js';
import { aTenant, testSecret, tokenFor } from '../support/app.js';
import { theApp } from '../support/shared-app.js';

const claims = { sub: 'person_mara', tenant: 'acme', kind: 'agent' } as const;
const key = new TextEncoder().encode(testSecret);

function sign(
  payload: Record<string, unknown>,
  { alg = 'HS256', expires = '5m' }: { alg?: string; expires?: string | null } = {},
) {
  const token = new SignJWT(payload).setProtectedHeader({ alg });
  if (expires !== null) token.setExpirationTime(expires);
  return token.sign(key);
}

function requestWith(authorization?: string): Request {
  return new Request('http://test.local/v1/session', { headers: authorization ? { authorization } : {} });
}

async function refusal(authorization: string | undefined, options: JwtOptions = {}): Promise<unknown> {
  const authenticate = jwtAuthenticator({ secret: testSecret }, options);
  return authenticate(requestWith(authorization)).catch((error: unknown) =>
    error instanceof BackendError ? error.code : error,
  );
}

describe('a token', () => {
  it('names the actor, and grants nothing it leaves out', async () => {
    const actor = await jwtAuthenticator({ secret: testSecret })(requestWith(`Bearer ${await sign(claims)}`));
    expect(actor).toEqual({
      id: 'person_mara',
      tenant: 'acme',
      kind: 'agent',
      name: 'person_mara',
      email: null,
      roles: [],
      departments: [],
      inboxes: [],
      locale: null,
      customer: null,
      organisation: null,
      expiresAt: expect.any(Number) as number,
    });
  });

  it.each([
    ['of an unknown kind', { kind: 'robot' }],
    ['without a kind', { kind: undefined }],
    ['without a tenant', { tenant: undefined }],
    ['with an empty tenant', { tenant: '' }],
    ['without a subject', { sub: undefined }],
    ['with a number for a subject', { sub: 7 }],
    ['with one role for a list', { roles: 'system-administrator' }],
    ['with a number among the roles', { roles: [7] }],
    ['with an object for a department', { departments: [{ id: 'd' }] }],
    ['with a list for a customer', { customer: ['c'] }],
    ['with a name beyond all length', { name: 'x'.repeat(201) }],
    ['with roles beyond all number', { roles: Array.from({ length: 101 }, String) }],
    ['with NUL in a claim', { tenant: 'a\u0000b' }],
  ])('%s is refused', async (_what, change) => {
    expect(await refusal(`Bearer ${await sign({ ...claims, ...change })}`)).toBe('unauthenticated');
  });

  it.each([
    ['missing', undefined],
    ['not a token', 'Bearer not-a-token'],
    ['three empty parts', 'Bearer ..'],
    ['not a bearer', 'Basic bWFyYTpwdw=='],
    ['beyond all length', `Bearer ${'a'.repeat(20_000)}`],
    ['of strange characters', 'Bearer {"alg":"none"}'],
  ])('that is %s is refused', async (_what, authorization) => {
    expect(await refusal(authorization)).toBe('unauthenticated');
  });

  it('is refused when expired, without expiry, forged, unsigned or of another algorithm', async () => {
    expect(await refusal(`Bearer ${await sign(claims, { expires: '-1m' })}`)).toBe('unauthenticated');
    expect(await refusal(`Bearer ${await sign(claims, { expires: null })}`)).toBe('unauthenticated');
    expect(await refusal(`Bearer ${await sign(claims, { alg: 'HS512' })}`)).toBe('unauthenticated');
    expect(await refusal(`Bearer ${new UnsecuredJWT(claims).setExpirationTime('5m').encode()}`)).toBe(
      'unauthenticated',
    );
    const [header, , signature] = (await sign(claims)).split('.');
    const forged = btoa(JSON.stringify({ ...claims, tenant: 'other', exp: 9e9 })).replaceAll('=', '');
    expect(await refusal(`Bearer ${header}.${forged}.${signature}`)).toBe('unauthenticated');
  });

  it('must name the issuer and audience that are asked for', async () => {
    const options = { issuer: 'https://crm.example', audience: 'casement' };
    expect(await refusal(`Bearer ${await sign(claims)}`, options)).toBe('unauthenticated');
    const right = await sign({ ...claims, iss: 'https://crm.example', aud: 'casement' });
    expect(await refusal(`Bearer ${right}`, options)).toMatchObject({ id: 'person_mara' });
  });

  it('is taken from the header alone', async () => {
    const { app } = await theApp();
    const token = await tokenFor({ ...claims, roles: ['system-administrator'] });
    const response = await app.request(`/v1/session?access_token=${token}&token=${token}`, {
      headers: { cookie: `token=${token}` },
    });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toContain('Bearer');
    expect(await response.json()).toMatchObject({ code: 'unauthenticated', status: 401 });
  });

  it('says who acts, whatever the body says', async () => {
    const tenant = await aTenant(await theApp());
    const created = await tenant.aCase();
    const forged = await tenant.agent.post(`/v1/cases/${created.id}/notes`, {
      visibility: 'internal',
      subject: 'follow-up',
      text: 'x',
      by: { id: 'person_iris' },
    });
    expect(forged).toMatchObject({ status: 201, body: { by: { id: 'person_mara' } } });
    expect(created.createdBy?.id).toBe('person_mara');
  });
});

describe('a token that was found good before', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is refused once it has expired', async () => {
    const authenticate = jwtAuthenticator({ secret: testSecret }, { clockTolerance: 5 });
    const authorization = `Bearer ${await sign(claims, { expires: '2m' })}`;
    const { expiresAt = 0 } = await authenticate(requestWith(authorization));
    vi.useFakeTimers({ toFake: ['Date'], now: expiresAt + 4_000 });
    expect(await authenticate(requestWith(authorization))).toMatchObject({ id: 'person_mara' });
    vi.setSystemTime(expiresAt + 6_000);
    await expect(authenticate(requestWith(authorization))).rejects.toMatchObject({
      code: 'unauthenticated',
      options: { detail: 'The token has expired.' },
    });
  });

  it('lets in no other: not with another signature, not with other claims, not of another server', async () => {
    const authenticate = jwtAuthenticator({ secret: testSecret });
    const token = await sign(claims);
    const [header = '', payload = '', signature = ''] = token.split('.');
    expect(await authenticate(requestWith(`Bearer ${token}`))).toMatchObject({ tenant: 'acme' });
    const flipped = signature.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'));
    const forged = btoa(JSON.stringify({ ...claims, tenant: 'other', exp: 9e9 })).replaceAll('=', '');
    for (const other of [`${header}.${payload}.${flipped}`, `${header}.${forged}.${signature}`]) {
      await expect(authenticate(requestWith(`Bearer ${other}`))).rejects.toMatchObject({
        code: 'unauthenticated',
      });
    }
    const elsewhere = jwtAuthenticator({ secret: testSecret.split('').reverse().join('') });
    await expect(elsewhere(requestWith(`Bearer ${token}`))).rejects.toMatchObject({
      code: 'unauthenticated',
    });
    expect(await authenticate(requestWith(`Bearer ${token}`))).toMatchObject({ tenant: 'acme' });
  });
});

describe('public keys', () => {
  let server: Server;
  let jwksUrl: string;
  let keys: unknown[] = [];

  beforeAll(async () => {
    server = createServer((_request, response) => response.end(JSON.stringify({ keys })));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    jwksUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`;
  });
  afterAll(() => {
    server.close();
  });

  it.each(['RS256', 'ES256', 'EdDSA'])('check tokens signed with %s', async (alg) => {
    const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
    keys = [{ ...(await exportJWK(publicKey)), kid: alg, alg, use: 'sig' }];
    const signed = (kid: string) =>
      new SignJWT(claims).setProtectedHeader({ alg, kid }).setExpirationTime('5m').sign(privateKey);
    const authenticate = jwtAuthenticator({ jwksUrl });
    expect(await authenticate(requestWith(`Bearer ${await signed(alg)}`))).toMatchObject({
      id: 'person_mara',
    });
    const unknown = authenticate(requestWith(`Bearer ${await signed('another')}`));
    await expect(unknown).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  it('that were taken back let nobody in for more than five minutes, whoever was let in before', async () => {
    const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
    keys = [{ ...(await exportJWK(publicKey)), kid: 'old', alg: 'ES256', use: 'sig' }];
    const token = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'ES256', kid: 'old' })
      .setExpirationTime('8h')
      .sign(privateKey);
    const authenticate = jwtAuthenticator({ jwksUrl });
    expect(await authenticate(requestWith(`Bearer ${token}`))).toMatchObject({ id: 'person_mara' });
    keys = [];
    // Beyond the time for which the library keeps the keys themselves.
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 11 * 60_000 });
    await expect(
      authenticate(requestWith(`Bearer ${token}`)).finally(() => vi.useRealTimers()),
    ).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  it('do not let a shared secret in', async () => {
    const authenticate = jwtAuthenticator({ jwksUrl });
    const token = await sign(claims);
    await expect(authenticate(requestWith(`Bearer ${token}`))).rejects.toMatchObject({
      code: 'unauthenticated',
    });
  });

  it('that cannot be read are our trouble, not the token’s', async () => {
    const { privateKey } = await generateKeyPair('ES256');
    const token = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'ES256', kid: 'x' })
      .setExpirationTime('5m')
      .sign(privateKey);
    const authenticate = jwtAuthenticator({ jwksUrl: 'http://127.0.0.1:9/jwks.json' });
    await expect(authenticate(requestWith(`Bearer ${token}`))).rejects.toMatchObject({ code: 'unavailable' });
  });
});
