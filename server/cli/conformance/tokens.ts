import { exec } from 'node:child_process';
import { promisify } from 'node:util';

import { PlainError } from '../../embedded/plain-error.js';
import type { Environment } from '../config.js';
import type { Role, TokenOf } from './roles.js';

const run = promisify(exec);

/** The environment variable that holds the token of somebody. */
export function variableOf(role: Role): string {
  return `CONFORMANCE_TOKEN_${role.toUpperCase().replace('-', '_')}`;
}

/** Tokens from a command that is called with who is needed, or from the environment. */
export function tokenSource(command: string | undefined, environment: Environment): TokenOf {
  return async function tokenOf(role) {
    const given = environment[variableOf(role)];
    if (given !== undefined && given !== '') return given.trim();
    if (command === undefined) {
      throw new PlainError(
        `No token of the ${role}: say --token-command CMD, set ${variableOf(role)}, or leave them out with --without ${role}.`,
      );
    }
    const { stdout } = await run(`${command} ${role}`).catch((error: { stderr?: string; code?: number }) => {
      const words = error.stderr?.trim() || `it ended with ${error.code}`;
      throw new PlainError(`The token command failed for ${role}: ${words}`);
    });
    const token = stdout.trim();
    if (/^[\x21-\x7e]+$/.test(token)) return token;
    throw new PlainError(`The token command has to print one token and nothing else, for ${role} too.`);
  };
}
