import { spawn, type ChildProcess } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { signToken } from '../../server/sign-token.js';

const root = join(import.meta.dirname, '../..');

/** What a finished command left. */
export interface Finished {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A server that runs as a process of its own. */
export interface ServerProcess {
  readonly url: string;
  readonly child: ChildProcess;
  /** Milliseconds until it answered. */
  readonly startedIn: number;
  /** Waits for its end. */
  readonly ended: Promise<Finished>;
}

/** A token of an administrator, signed with the secret of a data folder that a server has used. */
export async function administratorToken(dataFolder: string, tenant = 'default'): Promise<string> {
  const secret = (await readFile(join(dataFolder, 'jwt-secret'), 'utf8')).trim();
  const claims = { sub: 'administrator', tenant, kind: 'agent', roles: ['system-administrator'] } as const;
  return signToken(claims, { secret });
}

export type Environment = Readonly<Record<string, string>>;

/** A data folder of its own, removed by `remove`. */
export async function aDataFolder(mode = 0o711): Promise<{ readonly path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'casement-cli-'));
  // As root the database runs as another user, who passes through here, or finds it closed.
  await chmod(path, mode);
  return {
    path,
    async remove() {
      const elsewhere = await readFile(join(path, 'data/database-is-elsewhere.txt'), 'utf8').catch(() => '');
      const folder = elsewhere.split('\n')[0] ?? '';
      for (const place of [join(path, 'data/postgres'), folder]) await endDatabase(join(place, 'cluster'));
      await rm(path, { recursive: true, force: true });
      if (folder.startsWith('/var/lib/casement/')) await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A killed server leaves its database running, which would write into a folder that is being removed. */
async function endDatabase(cluster: string): Promise<void> {
  const file = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '');
  const pid = Number(file.split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 0) return;
  try {
    process.kill(pid, 'SIGQUIT');
    for (;;) {
      process.kill(pid, 0);
      await delay(20);
    }
  } catch {
    // It has ended.
  }
}

/** Runs a command of the `casement` program to its end. */
export async function casement(args: readonly string[], environment: Environment = {}): Promise<Finished> {
  return endOf(start(args, environment));
}

/** Starts `casement serve` on a free port and waits until it answers. */
export async function serve(dataFolder: string, environment: Environment = {}): Promise<ServerProcess> {
  const began = performance.now();
  const child = start(['serve', '--port', '0', '--data', dataFolder], environment);
  const ended = endOf(child);
  const url = await new Promise<string>((resolve, reject) => {
    let err = '';
    child.stderr?.on('data', (chunk) => {
      err += String(chunk);
      const found = /answers at (\S+)\/v1/.exec(err)?.[1];
      if (found) resolve(found);
    });
    void ended.then(({ code }) => reject(new Error(`The server ended with ${code}: ${err}`)));
  });
  return { url, child, ended, startedIn: performance.now() - began };
}

/** The sources as they stand, unless a whole run has built them and asks for what it will ship, which starts faster. */
function program(): string[] {
  const built = process.env['CASEMENT_TEST_PROGRAM'];
  return built ? [join(root, built)] : ['--import', 'tsx', join(root, 'server/main.ts')];
}

function start(args: readonly string[], environment: Environment): ChildProcess {
  const { NODE_OPTIONS: _, DATABASE_URL: __, ...inherited } = process.env;
  return spawn(process.execPath, [...program(), ...args], {
    cwd: root,
    env: { ...inherited, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function endOf(child: ChildProcess): Promise<Finished> {
  return new Promise((resolve, reject) => {
    let out = '';
    let err = '';
    child.stdout?.on('data', (chunk) => (out += String(chunk)));
    child.stderr?.on('data', (chunk) => (err += String(chunk)));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
  });
}
