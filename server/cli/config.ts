import { resolve } from 'node:path';

import * as z from 'zod/mini';

import { PlainError } from '../embedded/plain-error.js';

/** How the server is set up: from the environment, with options of the command line on top. */
export interface Config {
  readonly port: number;
  readonly host: string;
  /** Absolute path of the data folder: database, attachments and secret. */
  readonly dataFolder: string;
  /** A PostgreSQL of the team's own; the embedded one where it is absent. */
  readonly databaseUrl?: string | undefined;
  /** The secret of the tokens; the data folder's own where neither this nor `jwksUrl` is given. */
  readonly jwtSecret?: string | undefined;
  readonly jwksUrl?: string | undefined;
  readonly issuer?: string | undefined;
  readonly audience?: string | undefined;
  readonly allowedOrigins: readonly string[];
}

/** Environment variables, or options that stand for them. */
export type Environment = Readonly<Record<string, string | undefined>>;

const filled = (schema: z.ZodMiniType<string>) =>
  z.pipe(
    z.transform((value: unknown) => (value === '' ? undefined : value)),
    z.optional(schema),
  );

const matching = (pattern: RegExp, error: string) => z.string().check(z.regex(pattern, { error }));

const isOrigin = (text: string) => URL.canParse(text) && new URL(text).origin === text;

const environmentSchema = z.object({
  PORT: filled(
    z.string().check(
      z.refine((text) => /^\d{1,5}$/.test(text) && Number(text) <= 65_535, {
        error: 'must be a port number, 0 to 65535',
      }),
    ),
  ),
  HOST: filled(matching(/^[\w.:-]+$/, 'must be a host name or an address to listen on')),
  CASEMENT_DATA: filled(z.string()),
  DATABASE_URL: filled(matching(/^postgres(ql)?:\/\/\S+$/, 'must begin with postgres:// or postgresql://')),
  CASEMENT_JWT_SECRET: filled(
    z
      .string()
      .check(z.minLength(32, { error: 'must be 32 characters or longer: shorter secrets can be guessed' })),
  ),
  CASEMENT_JWKS_URL: filled(matching(/^https?:\/\/\S+$/, 'must be an http or https address')),
  CASEMENT_ISSUER: filled(z.string()),
  CASEMENT_AUDIENCE: filled(z.string()),
  CASEMENT_ALLOWED_ORIGINS: filled(
    z.string().check(
      z.refine((text) => listOf(text).every(isOrigin), {
        error: 'must be origins such as https://crm.example.com, separated by commas and without a path',
      }),
    ),
  ),
});

/**
 * Reads the configuration.
 *
 * @throws {PlainError} naming every mistake at once.
 */
export function readConfig(environment: Environment): Config {
  const result = environmentSchema.safeParse(environment);
  const mistakes = (result.error?.issues ?? []).map((issue) => `${String(issue.path[0])} ${issue.message}.`);
  if (environment['CASEMENT_JWT_SECRET'] && environment['CASEMENT_JWKS_URL']) {
    mistakes.push('CASEMENT_JWT_SECRET and CASEMENT_JWKS_URL exclude each other: set one.');
  }
  if (!result.success || mistakes.length > 0) {
    throw new PlainError(
      `The configuration cannot be used:\n${mistakes.map((line) => `  ${line}`).join('\n')}`,
    );
  }
  const found = result.data;
  return {
    port: Number(found.PORT ?? 4180),
    host: found.HOST ?? '127.0.0.1',
    dataFolder: resolve(found.CASEMENT_DATA ?? '.casement'),
    databaseUrl: found.DATABASE_URL,
    jwtSecret: found.CASEMENT_JWT_SECRET,
    jwksUrl: found.CASEMENT_JWKS_URL,
    issuer: found.CASEMENT_ISSUER,
    audience: found.CASEMENT_AUDIENCE,
    allowedOrigins: listOf(found.CASEMENT_ALLOWED_ORIGINS ?? ''),
  };
}

function listOf(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
