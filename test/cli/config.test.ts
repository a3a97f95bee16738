import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { ConfigError, readConfig, unknownVariables, type Environment } from '../../server/cli/config.js';
import { readConfigFile } from '../../server/cli/config-file.js';
import { help } from '../../server/cli/help.js';
import type { Setting } from '../../server/cli/setting-kinds.js';
import { settings } from '../../server/cli/settings.js';
import { command } from '../support/casement-command.js';
import { casement } from '../support/casement-program.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'casement-config-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function aFile(content: unknown): Promise<string> {
  const path = join(folder, `${crypto.randomUUID()}.json`);
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

function mistakesOf(environment: Environment, content?: Record<string, unknown>): readonly string[] {
  try {
    readConfig(environment, content && { path: 'casement.config.json', content });
  } catch (error) {
    if (error instanceof ConfigError) return error.mistakes;
    throw error;
  }
  return [];
}

describe('the configuration', () => {
  it('takes the environment before the file, and the file before what is usual', () => {
    const content = { port: 5000, host: '0.0.0.0', allowedOrigins: ['https://a.example'], requireTls: true };
    const config = readConfig({ PORT: '6000', HOST: '' }, { path: 'x', content });
    expect(config).toMatchObject({ port: 6000, host: '0.0.0.0', requireTls: true, limitReads: 1200 });
    expect(config.allowedOrigins).toEqual(['https://a.example']);
  });

  it('names every mistake at once, what was given and what is allowed', () => {
    const mistakes = mistakesOf(
      { PORT: '70000', CASEMENT_TRUST_PROXY: '10.0.0.0/33', CASEMENT_LOG_LEVEL: 'loud' },
      { requireTls: 'yes', limitReads: -1, host: { a: 1 }, prot: 1, CASEMENT_ISSUER: 'x' },
    );
    expect(mistakes).toEqual([
      '"prot" in casement.config.json is not a setting. Did you mean "port"?',
      '"CASEMENT_ISSUER" in casement.config.json is not a setting. Did you mean "issuer"?',
      'PORT must be a port number, 0 to 65535. It is "70000".',
      '"host" in casement.config.json must be a text, a number, true or false, or a list of texts.',
      expect.stringMatching(
        /^CASEMENT_TRUST_PROXY must be the number of proxies .* It is "10\.0\.0\.0\/33"\.$/,
      ),
      '"requireTls" in casement.config.json must be true or false. It is "yes".',
      '"limitReads" in casement.config.json must be a number of requests a minute (0: no limit), 0 to 1000000. It is "-1".',
      'CASEMENT_LOG_LEVEL must be info, error or silent. It is "loud".',
    ]);
  });

  it('never shows a secret', () => {
    const mistakes = mistakesOf({
      DATABASE_URL: 'mysql://me:hunter2@db/x',
      CASEMENT_JWT_SECRET: 'hunter2',
      CASEMENT_METRICS_TOKEN: 'hunter2',
      CASEMENT_S3_SECRET_ACCESS_KEY: 'hunter2',
    });
    expect(mistakes).toHaveLength(4);
    expect(mistakes.join('\n')).not.toContain('hunter2');
    expect(mistakes[1]).toContain('it has 7 characters');
  });

  it('says what excludes or needs what', () => {
    const both = { CASEMENT_JWT_SECRET: 'x'.repeat(32), CASEMENT_JWKS_URL: 'https://a.example/keys' };
    expect(mistakesOf(both)).toEqual([expect.stringContaining('exclude each other')]);
    expect(mistakesOf({ CASEMENT_METRICS_PORT: '4180' })).toEqual([expect.stringContaining('another port')]);
    expect(mistakesOf({ CASEMENT_S3_ENDPOINT: 'http://s3.local' })).toEqual([
      expect.stringContaining('CASEMENT_S3_BUCKET'),
    ]);
  });

  it.each(['*', 'https://a.example/', 'https://a.example/path', 'a.example', 'null', 'ftp://a.example'])(
    'does not take %s for an origin',
    (origin) => {
      expect(mistakesOf({ CASEMENT_ALLOWED_ORIGINS: origin })).toHaveLength(1);
    },
  );

  it('tells mistyped variables from those of others', () => {
    expect(
      unknownVariables({
        CASEMENT_ALOWED_ORIGINS: 'x',
        CASEMENT_COLOUR_OF_THE_SKY: 'x',
        DATABASE_URI: 'x',
        CASEMENT_SERVICE_HOST: '10.0.0.1',
        CASEMENT_PORT_4180_TCP: 'tcp://10.0.0.1:4180',
        CASEMENT_DATA: 'x',
        HOME: '/root',
      }),
    ).toEqual([
      'CASEMENT_ALOWED_ORIGINS is not a setting. Did you mean CASEMENT_ALLOWED_ORIGINS?',
      'CASEMENT_COLOUR_OF_THE_SKY is not a setting.',
      'DATABASE_URI is not a setting. Did you mean DATABASE_URL?',
    ]);
  });

  it('says where a file is broken without quoting it', async () => {
    const path = await aFile('{\n  "port": 4180,\n  "jwtSecret": "hunter2" "host"\n}');
    const read = () => readConfigFile({ CASEMENT_CONFIG: path });
    expect(read).toThrow(`${path} is not JSON`);
    expect(read).not.toThrow('hunter2');
    expect(() => readConfigFile({ CASEMENT_CONFIG: join(folder, 'absent.json') })).toThrow('ENOENT');
  });
});

describe('casement', { timeout: 180_000 }, () => {
  it('reads the file that --config names, and ends with 78 when something in it is wrong', async () => {
    const path = await aFile({ port: 'many', limitRead: 3 });
    const { code, err } = await casement(['serve', '--config', path]);
    expect(code).toBe(78);
    expect(err).toContain(`"port" in ${path} must be a port number, 0 to 65535. It is "many".`);
    expect(err).toContain('Did you mean "limitReads"?');
    expect(err).not.toContain('    at ');
  });

  it.each(['serve', 'check', 'import', 'token'])('%s --help names every setting', async (name) => {
    const { code, out } = await command([name, '--help']);
    expect(code).toBe(0);
    expect(out).toContain(`casement ${name} `);
    for (const { env } of Object.values(settings) as Setting[]) expect(out).toContain(env);
  });
});

describe('docs/operations.md', () => {
  it('has every setting as it is', async () => {
    const page = await readFile(join(import.meta.dirname, '../../docs/operations.md'), 'utf8');
    const rows = page.split('\n').filter((line) => line.startsWith('| `'));
    for (const [name, setting] of Object.entries(settings) as [string, Setting][]) {
      const row = rows.find((line) => line.includes(`\`${name}\``)) ?? '';
      for (const part of [`\`${setting.env}\``, setting.means, setting.unless ?? setting.fallback ?? ''])
        expect(row).toContain(part);
    }
  });
});

describe('the help', () => {
  it('tells what a setting is when nobody sets it, truly', () => {
    const usual = readConfig({});
    for (const [name, setting] of Object.entries(settings) as [keyof typeof settings, Setting][]) {
      expect(help).toContain(`${setting.env}, `);
      expect(help).toContain(setting.means);
      if (setting.fallback === undefined) expect(usual[name]).toBeUndefined();
      else expect(setting.schema.safeParse(setting.fallback).success).toBe(true);
      if (setting.option) expect(help).toContain(setting.option);
    }
  });
});
