import { parseArgs, type ParseArgsConfig } from 'node:util';

import { PlainError } from '../embedded/plain-error.js';
import { readConfig, type Config, type Environment } from './config.js';
import { readConfigFile } from './config-file.js';

/** Options every command takes. */
export const common = {
  data: { type: 'string' },
  config: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

type Options = NonNullable<ParseArgsConfig['options']>;
type Parsed<T extends Options> = ReturnType<
  typeof parseArgs<{ args: string[]; options: T; allowPositionals: true; strict: true }>
>;

/** Reads the options of a command; a mistyped one is told in plain words. */
export function parse<T extends Options>(argv: readonly string[], options: T): Parsed<T> {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new PlainError(`${(error as Error).message} ("casement --help" lists the options.)`, {
      cause: error,
    });
  }
}

/** The configuration: options of the command line before the environment, the environment before the file. */
export function configured(environment: Environment, options: Environment): Config {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  const together = { ...environment, ...Object.fromEntries(given) };
  return readConfig(together, readConfigFile(together));
}

/** The tenant a command works on. */
export function tenantOf(tenant = 'default'): string {
  if (!/^[\w.-]{1,100}$/.test(tenant))
    throw new PlainError('--tenant takes letters, digits, dots, dashes and underscores.');
  return tenant;
}

/** Prints what is for the person at the terminal, beside what a command answers. */
export function say(text: string): void {
  console.error(text);
}
