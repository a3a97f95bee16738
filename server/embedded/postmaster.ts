import { spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, rmSync } from 'node:fs';
import { mkdtemp, rename, rm, chown } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { embeddedTrouble } from './plain-error.js';
import type { Place } from './place.js';
import { socketFolder } from './socket-folder.js';
import { asUser } from './system-user.js';

/** A database server that runs, as its `postmaster.pid` tells. */
export interface Postmaster {
  readonly pid: number;
  readonly socketFolder: string;
  readonly port: number;
  readonly ready: boolean;
}

/** The server now running on a place; `undefined` when there is none. */
export function runningPostmaster(place: Place): Postmaster | undefined {
  let lines: string[];
  try {
    lines = readFileSync(join(place.cluster, 'postmaster.pid'), 'utf8').split('\n');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EACCES') {
      throw embeddedTrouble(
        `${place.folder} belongs to another user: start as that user, or set CASEMENT_DATA.`,
        error,
      );
    }
    return undefined;
  }
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid)) return undefined;
  return { pid, port: Number(lines[3]), socketFolder: lines[4] ?? '', ready: lines[7]?.trim() === 'ready' };
}

/** Whether a process lives, whoever it belongs to. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Removes a `postmaster.pid` whose number now belongs to some other program: after a power cut numbers come again. */
export function dropForeignPidFile(place: Place, pid: number): void {
  const { stdout } = spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  if (stdout && !stdout.includes('postgres')) rmSync(join(place.cluster, 'postmaster.pid'), { force: true });
}

/** Makes the cluster where there is none yet: whole, or not at all. */
export async function createCluster(place: Place): Promise<void> {
  if (existsSync(join(place.cluster, 'PG_VERSION'))) return;
  const unfinished = await mkdtemp(join(place.folder, 'unfinished-'));
  if (place.user) await chown(unfinished, place.user.uid, place.user.gid);
  let output = '';
  for (const ctype of ['C.UTF-8', 'en_US.UTF-8', 'C']) {
    const result = await initdb(place, unfinished, ctype);
    output = result.output;
    if (!result.ok) continue;
    await rename(unfinished, place.cluster).catch(async (error: unknown) => {
      await rm(unfinished, { recursive: true, force: true });
      // Another process was faster; its cluster is as good.
      if (!existsSync(join(place.cluster, 'PG_VERSION'))) throw error;
    });
    return;
  }
  await rm(unfinished, { recursive: true, force: true });
  throw embeddedTrouble(`initdb failed.\n${output.trim()}`);
}

function initdb(place: Place, cluster: string, ctype: string): Promise<{ ok: boolean; output: string }> {
  // The builtin collation is the same on every machine; only case and word characters ask the system.
  const args = [
    '-D',
    cluster,
    '-U',
    'casement',
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--locale=C',
    `--lc-ctype=${ctype}`,
  ];
  args.push('--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--text-search-config=simple');
  return new Promise((resolve, reject) => {
    const child = spawn(place.binaries.initdb, args, { ...asUser(place.user), cwd: place.folder });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => (output += String(chunk)));
    child.on('error', (error) =>
      reject(embeddedTrouble(`initdb cannot be started (${error.message}).`, error)),
    );
    child.on('close', (code) => resolve({ ok: code === 0, output }));
  });
}

/**
 * Starts a server on the cluster and waits until it is ready; `undefined` when another process was faster or a killed
 * one still lingers, so that the caller tries again.
 */
export async function startPostmaster(place: Place): Promise<Postmaster | undefined> {
  const log = openSync(place.log, 'w', 0o600);
  const socket = socketFolder(place);
  const child = spawn(
    place.binaries.postgres,
    ['-D', place.cluster, '-k', socket, '-c', 'listen_addresses=', '-c', 'unix_socket_permissions=0700'],
    // A process group of its own: Ctrl-C stops us first, and we stop it when nothing needs it any more.
    { ...asUser(place.user), cwd: place.folder, detached: true, stdio: ['ignore', log, log] },
  );
  closeSync(log);
  let failure: Error | undefined;
  let exited = false;
  child.on('error', (error) => (failure = error));
  child.on('exit', () => (exited = true));
  child.unref();
  for (;;) {
    if (failure) throw embeddedTrouble(`postgres cannot be started (${failure.message}).`, failure);
    const running = runningPostmaster(place);
    if (running?.ready) return running;
    if (exited) break;
    await delay(10);
  }
  const said = readFileSync(place.log, 'utf8').trim();
  if (/postmaster\.pid" already exists|pre-existing shared memory|could not lock file/i.test(said))
    return undefined;
  throw embeddedTrouble(`postgres did not start. It said:\n${said.split('\n').slice(-8).join('\n')}`);
}
