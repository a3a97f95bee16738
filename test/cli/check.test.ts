import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { exportJWK, generateKeyPair } from 'jose';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';

import { isGuessable } from '../../server/cli/check/tokens.js';
import { command } from '../support/casement-command.js';
import { aDataFolder, casement, type Environment } from '../support/casement-program.js';

let folder: Awaited<ReturnType<typeof aDataFolder>>;
let data: string;
let web: Server | undefined;

beforeAll(async () => {
  folder = await aDataFolder();
  data = join(folder.path, 'data');
});
afterAll(() => folder.remove());
afterEach(() => {
  web?.close();
  web?.closeAllConnections();
  web = undefined;
});

const check = (environment: Environment = {}, run = command) =>
  run(['check', '--data', data], { DATABASE_URL: inject('databaseUrl'), ...environment });

async function pageOf(status: number, body: unknown, headers: Record<string, string> = {}): Promise<string> {
  web = createServer((_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => web?.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(web.address() as AddressInfo).port}/keys`;
}

/** A database of the test's own on the server of the tests. */
async function aDatabase(statements: readonly string[]): Promise<string> {
  const name = `check_${crypto.randomUUID().replaceAll('-', '')}`;
  await run(inject('databaseUrl'), [`create database ${name}`]);
  const url = inject('databaseUrl').replace(/\/casement(\?|$)/, `/${name}$1`);
  await run(
    url,
    statements.map((statement) => statement.replaceAll('DATABASE', name)),
  );
  return url;
}

async function run(url: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

describe('casement check', { timeout: 120_000 }, () => {
  it('says in a table that all is well, and changes nothing', async () => {
    const { code, out } = await check({ DATABASE_URL: await aDatabase([]) }, casement);
    for (const row of [
      /^ {2}OK +Configuration +2 settings in the environment$/m,
      /^ {2}OK +Database +PostgreSQL \d+\.\d+, answers in \d+ ms$/m,
      /^ {2}OK +Migrations +\d+ to do at the next start: 0001-tables,/m,
      /^ {2}OK +Clock +agrees with the database$/m,
      /^ {2}OK +Tokens +HS256 with the data folder's own secret$/m,
      /^ {2}OK +Attachments +\S+attachments$/m,
      /^ {2}OK +Origins +no other origin may call$/m,
    ]) {
      expect(out).toMatch(row);
    }
    expect(out).toContain('The server can be started.');
    expect(code).toBe(0);
  });

  it('looks at the embedded database too', async () => {
    const { code, out } = await check({ DATABASE_URL: '' });
    expect(out).toMatch(/OK +Database +embedded PostgreSQL 18/);
    expect(code).toBe(0);
  });

  it('says when the database cannot be reached or refuses, and never its password', async () => {
    const away = await check({ DATABASE_URL: 'postgres://me:hunter2@127.0.0.1:1/x' });
    expect(away.out).toMatch(/WRONG +Database +DATABASE_URL cannot be used: .*ECONNREFUSED/);
    expect(away.out).toContain('To be mended first: 1.');
    expect(away.code).toBe(1);
    expect(away.out + away.err).not.toContain('hunter2');
    const missing = await check({ DATABASE_URL: inject('databaseUrl').replace('/casement', '/absent') });
    expect(missing.out).toMatch(/WRONG +Database +.*"absent" does not exist/);
    expect(missing.code).toBe(1);
  });

  it('says when the user of the database may not do its work', async () => {
    const role = `poor_${crypto.randomUUID().slice(0, 8)}`;
    const url = await aDatabase([
      `create role ${role} login`,
      'create table cases (id text)',
      `grant usage on schema public to ${role}`,
    ]);
    const { code, out } = await check({ DATABASE_URL: url.replace('casement@', `${role}@`) });
    expect(out).toMatch(/WRONG +Rights +This user may not read and write cases\./);
    expect(out).toMatch(/WRONG +Migrations +Tables must be made, and this user may make none in public\./);
    expect(code).toBe(1);
  });

  it('reads the keys of tokens', async () => {
    const { publicKey } = await generateKeyPair('ES256');
    const key = await exportJWK(publicKey);
    const good = await check({ CASEMENT_JWKS_URL: await pageOf(200, { keys: [key] }) });
    expect(good.out).toMatch(/OK +Tokens +1 keys at CASEMENT_JWKS_URL/);
    expect(good.code).toBe(0);
  });

  it.each([
    ['no key that can be used', 200, { keys: [{ kty: 'oct', k: 'AAAA' }] }, /None of the 1 keys/],
    ['no key set', 200, { hello: 1 }, /answers no JSON Web Key Set/],
    ['an error', 500, {}, /answers 500/],
  ])('says when their address has %s', async (_what, status, body, words) => {
    const { code, out } = await check({ CASEMENT_JWKS_URL: await pageOf(status, body) });
    expect(out).toMatch(words);
    expect(code).toBe(1);
  });

  it('says when the clock is apart', async () => {
    const { publicKey } = await generateKeyPair('ES256');
    const url = await pageOf(
      200,
      { keys: [await exportJWK(publicKey)] },
      { date: 'Sat, 01 Jan 2000 00:00:00 GMT' },
    );
    const { out } = await check({ CASEMENT_JWKS_URL: url });
    expect(out).toMatch(/LOOK +Clock +\d+ seconds apart/);
  });

  it('says what is set so that it cannot work or is not safe', async () => {
    const { code, out } = await check({
      HOST: '0.0.0.0',
      CASEMENT_REQUIRE_TLS: 'true',
      CASEMENT_ALLOWED_ORIGINS: 'http://crm.example.com,https://ok.example.com',
      CASEMENT_JWT_SECRET: 'abcabcabcabcabcabcabcabcabcabcabcabc',
      CASEMENT_ALLOWED_ORIGIN: 'x',
    });
    expect(out).toMatch(/WRONG +TLS +CASEMENT_REQUIRE_TLS refuses everything/);
    expect(out).toMatch(/LOOK +Metrics +Anybody may read/);
    expect(out).toMatch(/LOOK +Origins +Pages without TLS .*http:\/\/crm\.example\.com$/m);
    expect(out).toMatch(/LOOK +Tokens +CASEMENT_JWT_SECRET repeats itself/);
    expect(out).toContain('CASEMENT_ALLOWED_ORIGIN is not a setting. Did you mean CASEMENT_ALLOWED_ORIGINS?');
    expect(out).not.toContain('abcabc');
    expect(code).toBe(1);
  });

  it('says when attachments cannot be kept', async () => {
    const blocked = join(folder.path, 'blocked');
    await writeFile(join(folder.path, 'blocked'), 'a file where the folder should be');
    const { code, out } = await command(['check', '--data', blocked], {
      DATABASE_URL: inject('databaseUrl'),
      CASEMENT_JWT_SECRET: 'Zk3v9QyT7pLw2XsN8bRf4HgJ6mCd1EuA',
    });
    expect(out).toMatch(/WRONG +Attachments/);
    expect(code).toBe(1);
  });

  it('says when others may read a file with secrets', async () => {
    const file = join(folder.path, 'open.json');
    await writeFile(file, JSON.stringify({ metricsToken: 'Zk3v9QyT7pLw2XsN8bRf4HgJ6mCd1EuA' }));
    await chmod(file, 0o644);
    expect((await check({ CASEMENT_CONFIG: file })).out).toContain(`chmod 600 ${file}`);
    await chmod(file, 0o600);
    expect((await check({ CASEMENT_CONFIG: file })).out).not.toContain('chmod');
  });

  it('names the mistakes of the configuration in the same table', async () => {
    const { code, out } = await check({ PORT: 'http', HOST: 'a b' });
    expect(out).toMatch(/WRONG +Configuration +PORT must be a port number, 0 to 65535\. It is "http"\./);
    expect(out).toMatch(/WRONG +Configuration +HOST must be/);
    expect(code).toBe(1);
  });
});

describe('a secret', () => {
  it.each([
    ['a'.repeat(40), true],
    ['abcabcabcabcabcabcabcabcabcabcabcabc', true],
    ['my-very-long-secret-password-for-casement', true],
    ['0123401234012340123401234012340123401234', true],
    ['Zk3v9QyT7pLw2XsN8bRf4HgJ6mCd1EuA', false],
    ['b7f1c2d9e04a4e0f9a3c5d6b7f1e2c3d4a5b6c7d8e9f0a1b', false],
  ])('%s can be guessed: %s', (secret, guessable) => {
    expect(isGuessable(secret)).toBe(guessable);
  });
});
