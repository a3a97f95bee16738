import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { jwtAuthenticator } from '../../server/middleware/authenticate.js';
import { command } from '../support/casement-command.js';
import { aDataFolder } from '../support/casement-program.js';

let folder: Awaited<ReturnType<typeof aDataFolder>>;
let data: string;

beforeAll(async () => {
  folder = await aDataFolder();
  data = join(folder.path, 'data');
});
afterAll(() => folder.remove());

describe('casement token', { timeout: 120_000 }, () => {
  it('works on an empty data folder, and keeps the secret to itself', async () => {
    const { code, out } = await command(['token', '--roles', 'system-administrator,finance', '--data', data]);
    expect(code).toBe(0);
    const secretFile = join(data, 'jwt-secret');
    expect((await stat(secretFile)).mode & 0o777).toBe(0o600);
    const secret = (await readFile(secretFile, 'utf8')).trim();
    const request = new Request('http://test.local', { headers: { authorization: `Bearer ${out.trim()}` } });
    expect(await jwtAuthenticator({ secret })(request)).toMatchObject({
      tenant: 'default',
      kind: 'agent',
      roles: ['system-administrator', 'finance'],
    });
  });

  it('lasts as long as asked, for the tenant asked', async () => {
    const args = ['token', '--roles', 'finance', '--tenant', 'acme', '--expires', '30m', '--data', data];
    const { tenant, exp = 0, iat = 0 } = decodeJwt<{ tenant: string }>((await command(args)).out.trim());
    expect([tenant, exp - iat]).toEqual(['acme', 1800]);
  });

  it('says so when there is nobody of that name, on an empty database too', async () => {
    const { code, err } = await command(['token', '--as', 'Nobody Known', '--data', data]);
    expect(code).toBe(1);
    expect(err).toContain('Nobody in the tenant "default" has the id or name "Nobody Known".');
  });

  it('says what is missing or mistyped, without a stack', async () => {
    for (const [args, words] of [
      [['token', '--data', data], 'Say whose token'],
      [['token', '--roles', 'x', '--expires', 'soon', '--data', data], '--expires takes'],
      [['token', '--rolls', 'x'], '--rolls'],
      [['tokens'], 'There is no command "tokens"'],
    ] as const) {
      const { code, err } = await command(args);
      expect(code).toBe(1);
      expect(err).toContain(words);
      expect(err).not.toContain('    at ');
    }
  });

  it('names every mistake of the configuration at once', async () => {
    const { code, err } = await command(['serve'], {
      PORT: 'http',
      DATABASE_URL: 'mysql://x',
      CASEMENT_JWT_SECRET: 'short',
      CASEMENT_JWKS_URL: 'keys',
      CASEMENT_ALLOWED_ORIGINS: 'https://ok.example, nonsense/path',
    });
    expect(code).toBe(78);
    for (const name of [
      'PORT',
      'DATABASE_URL',
      'CASEMENT_JWT_SECRET',
      'CASEMENT_JWKS_URL',
      'CASEMENT_ALLOWED_ORIGINS',
    ]) {
      expect(err).toContain(`${name} must`);
    }
    expect(err).toContain('exclude each other');
  });

  it('is explained by --help', async () => {
    const { code, out } = await command(['--help']);
    expect(code).toBe(0);
    for (const word of ['serve', 'import', 'token', 'DATABASE_URL', 'CASEMENT_DATA'])
      expect(out).toContain(word);
  });
});
