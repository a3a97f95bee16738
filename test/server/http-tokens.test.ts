import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { exportJWK, exportSPKI, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';

import { createApp } from '../../server/app.js';
import { openHttpServer, type HttpServer } from '../../server/cli/http-server.js';
import { jwtAuthenticator } from '../../server/middleware/authenticate.js';
import { operations, type WholeRoute } from '../../src/contract/inputs.js';
import { aTenant, testSecret, type TestTenant } from '../support/app.js';
import { problemsWith } from '../support/fuzz-judge.js';
import { injectionCorpus } from '../support/injection-corpus.js';
import { sendRaw, type RawAnswer } from '../support/raw-http.js';
import { theApp } from '../support/shared-app.js';

const issuer = 'https://crm.example';
const audience = 'casement';

let tenant: TestTenant;
let server: HttpServer;

beforeAll(async () => {
  const testApp = await theApp();
  tenant = await aTenant(testApp);
  const authenticate = jwtAuthenticator({ secret: testSecret }, { issuer, audience });
  const app = createApp({ backend: testApp.engine, authenticate });
  const limits = { headersTimeout: 10, requestTimeout: 10, keepAlive: 5 };
  server = await openHttpServer(app.fetch, { host: '127.0.0.1', port: 0 }, limits);
});
afterAll(() => server.drain(1_000));

type Claims = Readonly<Record<string, unknown>>;

const inSeconds = (seconds: number) => Math.floor(Date.now() / 1000) + seconds;

function theClaims(change: Claims = {}): Claims {
  return {
    sub: 'person_mara',
    tenant: tenant.id,
    kind: 'agent',
    roles: ['customer-service'],
    iss: issuer,
    aud: audience,
    exp: inSeconds(300),
    ...change,
  };
}

const part = (value: unknown) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

/** A token signed with HMAC by hand, so that header and claims can be anything. */
function signed(
  claims: unknown,
  header: unknown = { alg: 'HS256' },
  key: string | Uint8Array = testSecret,
  hash = 'sha256',
): string {
  const text = `${part(header)}.${part(claims)}`;
  return `${text}.${createHmac(hash, key).update(text).digest('base64url')}`;
}

const bearer = (token: string): [string, string][] => [['Authorization', `Bearer ${token}`]];

function ask(
  headers: readonly (readonly [string, string])[],
  target = '/v1/session',
  { port } = server,
): Promise<RawAnswer> {
  return sendRaw(port, { method: 'GET', target, headers });
}

/** Refused as somebody unknown, in the words of the contract, without a hint at why it nearly worked. */
function expectRefused(answer: RawAnswer, told: string): void {
  expect(answer.status).toBe(401);
  expect(problemsWith(answer)).toEqual([]);
  const { code, detail } = JSON.parse(answer.text) as { code: string; detail: string };
  expect(code).toBe('unauthenticated');
  expect(detail).toMatch(
    /^(A bearer token is needed|The token is not valid|The token has expired|The token's claims are missing or not as they should be: [a-z, ]+)\.$/,
  );
  if (told.length > 12) expect(answer.text).not.toContain(told.slice(0, 40));
  expect(answer.text).not.toContain(testSecret);
  expect(answer.text).not.toContain(tenant.id);
}

describe('a token over HTTP', () => {
  it('lets in when it is right, claims of no meaning and all', async () => {
    const odd =
      '{"__proto__":{"roles":["system-administrator"]},"constructor":{"prototype":{"kind":"agent"}},"admin":true,';
    const claims = `${odd}${JSON.stringify(theClaims({ roles: [], kind: 'customer', customer: 'cust_quist' })).slice(1)}`;
    const { status, text } = await ask(bearer(signed(claims)));
    expect(status).toBe(200);
    const { actor, permissions } = JSON.parse(text) as {
      actor: { roles: string[]; kind: string };
      permissions: Record<string, { allowed: boolean }>;
    };
    expect(actor).toMatchObject({ kind: 'customer', roles: [] });
    expect(permissions['editSettings']?.allowed).toBe(false);
    expect({}).not.toHaveProperty('roles');
  });

  const broken: [string, () => string][] = [
    ['empty', () => ''],
    ['a word', () => 'undefined'],
    ['of two parts', () => signed(theClaims()).split('.').slice(0, 2).join('.')],
    ['of five parts', () => `${signed(theClaims())}.x.y`],
    ['with an empty signature', () => `${signed(theClaims()).split('.').slice(0, 2).join('.')}.`],
    ['with half a signature', () => signed(theClaims()).slice(0, -20)],
    [
      'signed with another secret',
      () => signed(theClaims(), { alg: 'HS256' }, 'another secret that is long enough'),
    ],
    ['signed with an empty secret', () => signed(theClaims(), { alg: 'HS256' }, '')],
    ['of alg none', () => `${part({ alg: 'none' })}.${part(theClaims())}.`],
    ['of alg None', () => `${part({ alg: 'None' })}.${part(theClaims())}.`],
    ['of alg none with a signature', () => signed(theClaims(), { alg: 'none' })],
    ['of alg HS512', () => signed(theClaims(), { alg: 'HS512' }, testSecret, 'sha512')],
    ['of alg HS384', () => signed(theClaims(), { alg: 'HS384' }, testSecret, 'sha384')],
    ['of an unknown alg', () => signed(theClaims(), { alg: 'HS256; none' })],
    ['of a list of algs', () => signed(theClaims(), { alg: ['HS256', 'none'] })],
    ['without alg', () => signed(theClaims(), {})],
    ['with a header that is no object', () => signed(theClaims(), [])],
    ['with an unknown critical header', () => signed(theClaims(), { alg: 'HS256', crit: ['x'], x: 1 })],
    [
      'with a key of its own',
      () => signed(theClaims(), { alg: 'HS256', jwk: { kty: 'oct', k: part('x') } }, 'x'),
    ],
    [
      'with a key at an address of its own',
      () => signed(theClaims(), { alg: 'HS256', jku: 'http://127.0.0.1:9/' }, 'x'),
    ],
    ['with a path for a key id', () => signed(theClaims(), { alg: 'HS256', kid: '../../../dev/null' }, '')],
    ['expired', () => signed(theClaims({ exp: inSeconds(-60) }))],
    ['expired before there was time', () => signed(theClaims({ exp: -1 }))],
    ['without expiry', () => signed(theClaims({ exp: undefined }))],
    ['with a text for an expiry', () => signed(theClaims({ exp: '9999999999' }))],
    ['with no number for an expiry', () => signed(theClaims({ exp: null }))],
    [
      'with an expiry beyond numbers',
      () => signed(JSON.stringify(theClaims()).replace(/"exp":\d+/, '"exp":1e999')),
    ],
    ['not valid yet', () => signed(theClaims({ nbf: inSeconds(60) }))],
    ['with a text for nbf', () => signed(theClaims({ nbf: 'now' }))],
    ['of another issuer', () => signed(theClaims({ iss: 'https://evil.example' }))],
    ['without an issuer', () => signed(theClaims({ iss: undefined }))],
    ['for another audience', () => signed(theClaims({ aud: 'billing' }))],
    ['without an audience', () => signed(theClaims({ aud: undefined }))],
    ['without a subject', () => signed(theClaims({ sub: undefined }))],
    ['with an empty subject', () => signed(theClaims({ sub: '' }))],
    ['with an object for a subject', () => signed(theClaims({ sub: { id: 'person_iris' } }))],
    ['without a tenant', () => signed(theClaims({ tenant: undefined }))],
    ['with a null tenant', () => signed(theClaims({ tenant: null }))],
    ['with a list of tenants', () => signed(theClaims({ tenant: ['a', 'b'] }))],
    ['with NUL in its tenant', () => signed(theClaims({ tenant: 'a\u0000b' }))],
    ['with half a character in its subject', () => signed(theClaims({ sub: 'a\uD800' }))],
    ['with a line break in its name', () => signed(theClaims({ name: 'Mara\r\nSet-Cookie: x=1' }))],
    ['of an unknown kind', () => signed(theClaims({ kind: 'system-administrator' }))],
    ['of a kind in capitals', () => signed(theClaims({ kind: 'AGENT' }))],
    ['of the kind __proto__', () => signed(theClaims({ kind: '__proto__' }))],
    ['with a text for roles', () => signed(theClaims({ roles: 'system-administrator' }))],
    [
      'with an object for roles',
      () => signed(theClaims({ roles: { 0: 'system-administrator', length: 1 } })),
    ],
    ['with roles beyond number', () => signed(theClaims({ roles: Array.from({ length: 101 }, String) }))],
    ['with claims that are no object', () => signed('["person_mara"]')],
    ['with claims that are no JSON', () => signed('{"sub":')],
    ['with claims in other bytes', () => signed(Buffer.from([0xff, 0xfe, 0x00]).toString('latin1'))],
    ['huge', () => signed(theClaims({ padding: 'x'.repeat(17_000) }))],
    ['of characters no token has', () => 'a.b.c{}<script>'],
  ];

  it.each(broken)('is refused when it is %s', async (_what, make) => {
    const token = make();
    expectRefused(await ask(bearer(token)), token);
  });

  it.each(injectionCorpus.filter((text) => !/[\x00-\x08\n-\x1f\x7f]/.test(text)))(
    'is refused when it is %j',
    async (text) => {
      expectRefused(await ask(bearer(Buffer.from(text).toString('latin1'))), '<script>');
    },
  );

  it('of a shared secret is none where public keys are asked for, even signed with a public key', async () => {
    const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
    // The secret is no public key: what RS256 signs is refused here, whatever its claims.
    const right = await new SignJWT(theClaims()).setProtectedHeader({ alg: 'RS256' }).sign(privateKey);
    expectRefused(await ask(bearer(right)), right);
    const confused = signed(theClaims(), { alg: 'HS256' }, await exportSPKI(publicKey));
    expectRefused(await ask(bearer(confused)), confused);
  });

  it('is refused when its shared secret is the very public key that tokens are checked with', async () => {
    const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
    const jwk = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' };
    const published = JSON.stringify({ keys: [jwk] });
    const host = createServer((_request, response) => response.end(published));
    await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void host.close());
    const jwksUrl = `http://127.0.0.1:${(host.address() as AddressInfo).port}/jwks.json`;
    const authenticate = jwtAuthenticator({ jwksUrl }, { issuer, audience });
    const app = createApp({ backend: (await theApp()).engine, authenticate });
    const limits = { headersTimeout: 10, requestTimeout: 10, keepAlive: 5 };
    const ofKeys = await openHttpServer(app.fetch, { host: '127.0.0.1', port: 0 }, limits);
    onTestFinished(() => ofKeys.drain(1_000));

    const right = await new SignJWT(theClaims())
      .setProtectedHeader({ alg: 'RS256', kid: 'k1' })
      .sign(privateKey);
    expect((await ask(bearer(right), undefined, ofKeys)).status).toBe(200);

    const pem = await exportSPKI(publicKey);
    const der = Buffer.from(pem.replace(/-----.*-----|\s/g, ''), 'base64');
    const modulus = jwk.n ?? '';
    const secrets = [
      pem,
      `${pem}\n`,
      der,
      published,
      JSON.stringify(jwk),
      modulus,
      Buffer.from(modulus, 'base64url'),
    ];
    const hashes = { HS256: 'sha256', HS384: 'sha384', HS512: 'sha512', RS256: 'sha256', none: 'sha256' };
    for (const secret of secrets)
      for (const [alg, hash] of Object.entries(hashes))
        for (const header of [{ alg, kid: 'k1' }, { alg }]) {
          const confused = signed(theClaims(), header, secret, hash);
          expectRefused(await ask(bearer(confused), undefined, ofKeys), confused);
        }
  });

  it.each<[string, (token: string) => readonly (readonly [string, string])[]]>([
    ['in no header at all', () => []],
    ['in an empty header', () => [['Authorization', '']]],
    ['under another scheme', (token) => [['Authorization', `Basic ${token}`]]],
    ['without a scheme', (token) => [['Authorization', token]]],
    ['twice in one header', (token) => [['Authorization', `Bearer ${token}, Bearer ${token}`]]],
    [
      'behind one that is broken',
      (token) => [
        ['Authorization', 'Bearer x.y.z'],
        ['Authorization', `Bearer ${token}`],
      ],
    ],
    [
      'in front of one that is broken',
      (token) => [
        ['Authorization', `Bearer ${token}`],
        ['Authorization', 'Bearer x.y.z'],
      ],
    ],
    ['in a cookie', (token) => [['Cookie', `token=${token}; Authorization=Bearer ${token}`]]],
    ['in a header of its own', (token) => [['X-Access-Token', token]]],
    ['in the header of a proxy', (token) => [['Proxy-Authorization', `Bearer ${token}`]]],
  ])('is not looked for %s', async (_where, headers) => {
    const token = signed(theClaims());
    expectRefused(await ask(headers(token)), token);
  });

  it('is not looked for in the address', async () => {
    const token = signed(theClaims());
    expectRefused(await ask([], `/v1/session?access_token=${token}&token=${token}`), token);
  });

  it.each(Object.entries(operations) as [string, WholeRoute][])(
    'is needed for %s',
    async (_id, { method, path }) => {
      const answer = await sendRaw(server.port, { method, target: path.replace('{id}', 'x'), headers: [] });
      expectRefused(answer, '');
    },
  );
});
