import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { PlainError } from '../embedded/plain-error.js';
import type { Config } from './config.js';

/** The secret tokens are signed with: the configured one, or the data folder's own, made when first needed. */
export function tokenSecret(config: Config): string {
  if (config.jwtSecret !== undefined) return config.jwtSecret;
  if (config.jwksUrl !== undefined) {
    throw new PlainError(
      'Tokens are checked by the keys at CASEMENT_JWKS_URL: only who holds those keys can sign.',
    );
  }
  const file = join(config.dataFolder, 'jwt-secret');
  try {
    return readSecret(file) ?? createSecret(config.dataFolder, file);
  } catch (error) {
    throw new PlainError(`The secret in ${file} cannot be used (${(error as Error).message}).`, {
      cause: error,
    });
  }
}

function readSecret(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function createSecret(folder: string, file: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 });
  try {
    // A link appears whole and never replaces: of two that start at once, both read the first one's secret.
    linkSync(unfinished, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(unfinished, { force: true });
  }
  return readFileSync(file, 'utf8').trim();
}
