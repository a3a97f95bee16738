import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';

import { Caller, testSecret, tokenFor } from '../support/app.js';
import { command } from '../support/casement-command.js';
import { aDataFolder, serve, type ServerProcess } from '../support/casement-program.js';
import { startS3Server, type S3Server } from '../support/s3-server.js';

let folder: Awaited<ReturnType<typeof aDataFolder>>;
let bucket: S3Server;
let server: ServerProcess | undefined;

beforeEach(async () => {
  folder = await aDataFolder();
  bucket = await startS3Server();
});

afterEach(async () => {
  server?.child.kill('SIGTERM');
  await server?.ended;
  server = undefined;
  await bucket.close();
  await folder.remove();
});

function environment(): Record<string, string> {
  return {
    DATABASE_URL: inject('databaseUrl'),
    CASEMENT_JWT_SECRET: testSecret,
    CASEMENT_S3_BUCKET: bucket.options.bucket,
    CASEMENT_S3_ENDPOINT: bucket.options.endpoint ?? '',
    CASEMENT_S3_PREFIX: 'cases/',
  };
}

const ownKeys = { CASEMENT_S3_ACCESS_KEY_ID: 'S3RVER', CASEMENT_S3_SECRET_ACCESS_KEY: 'S3RVER' };

// Programs are started here: on a busy machine that takes its time.
describe('the server with a bucket', { timeout: 120_000 }, () => {
  it.each([
    ['settings of its own', ownKeys],
    ['the client’s own chain', { AWS_ACCESS_KEY_ID: 'S3RVER', AWS_SECRET_ACCESS_KEY: 'S3RVER' }],
  ])('keeps attachments there, with keys from %s', async (_whence, keys) => {
    server = await serve(folder.path, { ...environment(), ...keys });
    const { url } = server;
    const token = await tokenFor({
      sub: 'person_ana',
      kind: 'agent',
      tenant: `tenant_${crypto.randomUUID()}`,
      roles: ['customer-service'],
    });
    const agent = new Caller(
      (asked) => fetch(new URL(asked.url.replace('http://test.local', url)), asked),
      token,
    );
    const { status, body } = await agent.upload('letter.txt', 'Dear Pia');
    expect(status).toBe(201);
    expect(await (await agent.raw('GET', `/v1/attachments/${body.id}/content`)).text()).toBe('Dear Pia');
    expect(await bucket.content()).toEqual([
      expect.stringMatching(/^cases\/tenant_[\w-]+\/file_[a-z0-9]{32}$/),
    ]);
  });

  it('does not start without it, and says why', async () => {
    const settings = { ...environment(), ...ownKeys, CASEMENT_S3_BUCKET: 'another' };
    const { code, err } = await command(['serve', '--port', '0', '--data', folder.path], settings);
    expect(code).toBe(1);
    expect(err).toContain(
      `The bucket "another" is not there (${bucket.options.endpoint}). Make it, or name another.`,
    );
    expect(err).not.toContain('at ');
    const checked = await command(['check', '--data', folder.path], settings);
    expect(checked.code).toBe(1);
    expect(checked.out + checked.err).toContain('The bucket "another" is not there');
  });

  it('says that nobody answers where the bucket should be', async () => {
    const settings = { ...environment(), ...ownKeys, CASEMENT_S3_ENDPOINT: 'http://127.0.0.1:1' };
    const { code, err } = await command(['serve', '--port', '0', '--data', folder.path], settings);
    expect(code).toBe(1);
    expect(err).toContain('cannot be reached at http://127.0.0.1:1 (ECONNREFUSED)');
  });
});
