import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { BackendMistakes, chooseBackend, type ForeignChoice } from '../backends/open-backend.js';
import type { SecretSources } from '../backends/secrets.js';
import { ConfigError, type Environment, type ForeignConfig } from './config.js';

/**
 * The foreign backend that the configuration chooses.
 *
 * @throws {ConfigError} naming everything that is wrong with how it is configured.
 */
export async function chooseForeign(config: ForeignConfig, send?: typeof fetch): Promise<ForeignChoice> {
  const { kind, file, path } = config;
  const source =
    file?.text === undefined
      ? { kind, name: path, text: readText(path), at: [] }
      : { kind, name: path, text: file.text, at: ['backend'] };
  try {
    return await chooseBackend(source, { secrets: secretsOf(config.environment), fetch: send });
  } catch (error) {
    if (error instanceof BackendMistakes) throw new ConfigError(error.mistakes);
    throw error;
  }
}

function readText(path: string): string {
  try {
    return readFileSync(resolve(path), 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ConfigError([`${path} cannot be read (${code ?? 'no reason given'}).`]);
  }
}

function secretsOf(environment: Environment): SecretSources {
  return {
    env: (name) => environment[name],
    file(path) {
      try {
        return readFileSync(resolve(path), 'utf8');
      } catch {
        return undefined;
      }
    },
  };
}

const patience = 2_000;
const believed = 5_000;

/**
 * Says whether a foreign backend can be reached, and asks it at most every five seconds: whoever watches this server would
 * otherwise be one more load on it. Any answer but a failure of its own will do, since nobody is signed in here.
 */
export function reachable(address: string, send: typeof fetch = fetch): () => Promise<boolean> {
  let asked: { readonly at: number; readonly answer: Promise<boolean> } | undefined;
  return () => {
    if (!asked || Date.now() - asked.at > believed) asked = { at: Date.now(), answer: ask(address, send) };
    return asked.answer;
  };
}

async function ask(address: string, send: typeof fetch): Promise<boolean> {
  try {
    const answer = await send(address, {
      method: 'GET',
      redirect: 'manual',
      signal: AbortSignal.timeout(patience),
    });
    await answer.body?.cancel();
    return answer.status < 500;
  } catch {
    return false;
  }
}
