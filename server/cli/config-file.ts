import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { ConfigError, type ConfigFile, type Environment } from './config.js';

/** The file that is looked for when none is named. */
export const usualConfigFile = 'casement.config.json';

/**
 * Reads the file that `CASEMENT_CONFIG` or `--config` names, or `casement.config.json` of the current folder.
 *
 * @throws {ConfigError} when a file that was named is not there, or one does not hold a JSON object.
 */
export function readConfigFile(environment: Environment): ConfigFile | undefined {
  const named = environment['CASEMENT_CONFIG'];
  const path = named === undefined || named === '' ? usualConfigFile : named;
  let text: string;
  try {
    text = readFileSync(resolve(path), 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' && !named) return undefined;
    throw new ConfigError([`${path} cannot be read (${code ?? 'no reason given'}).`]);
  }
  const content = parse(text.replace(/^\uFEFF/, ''), path);
  return { path, content, text };
}

// What a parser says about broken JSON quotes it, and the file may hold secrets: where it broke is enough.
function parse(text: string, path: string): Record<string, unknown> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    const position = /position (\d+)/.exec((error as Error).message)?.[1];
    const line = position === undefined ? undefined : text.slice(0, Number(position)).split('\n').length;
    throw new ConfigError([`${path} is not JSON${line === undefined ? '' : `: look at line ${line}`}.`]);
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new ConfigError([`${path} must hold one JSON object, such as { "port": 4180 }.`]);
  }
  return parsed as Record<string, unknown>;
}
