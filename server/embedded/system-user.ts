import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';

import { embeddedTrouble } from './plain-error.js';

/** The operating system's user the database runs as; `undefined` where it is whoever started us. */
export interface SystemUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/**
 * PostgreSQL refuses to run as root: who it runs as then, or `undefined` when we are an ordinary user ourselves. A
 * `folder` that somebody else owns already stays theirs.
 */
export function databaseUser(folder: string): SystemUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const owner = statSync(folder, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { name: String(owner.uid), uid: owner.uid, gid: owner.gid };
  const known = findUser('casement') ?? findUser('postgres');
  if (known) return known;
  spawnSync('useradd', [
    '--system',
    '--user-group',
    '--no-create-home',
    '--shell',
    '/usr/sbin/nologin',
    'casement',
  ]);
  const user = findUser('casement') ?? findUser('nobody');
  if (!user) {
    throw embeddedTrouble(
      'you are root, PostgreSQL must not be, and no other user could be found or created.',
    );
  }
  return user;
}

/** Whether `user` can enter a folder. */
export function canEnter(folder: string, user: SystemUser | undefined): boolean {
  return runAs(user, '/bin/sh', ['-c', 'cd "$1"', 'sh', folder]);
}

/** Whether `user` can run a program. */
export function canRun(program: string, user: SystemUser | undefined): boolean {
  return runAs(user, program, ['--version']);
}

/** What to hand to `spawn` so that the program runs as `user`. */
export function asUser(user: SystemUser | undefined): { uid?: number; gid?: number } {
  return user ? { uid: user.uid, gid: user.gid } : {};
}

function runAs(user: SystemUser | undefined, program: string, args: string[]): boolean {
  return spawnSync(program, args, { ...asUser(user), cwd: '/', stdio: 'ignore' }).status === 0;
}

function findUser(name: string): SystemUser | undefined {
  const [uid, gid] = ['-u', '-g'].map((option) => {
    const { status, stdout } = spawnSync('id', [option, name], { encoding: 'utf8' });
    return status === 0 ? Number(stdout) : undefined;
  });
  return uid === undefined || gid === undefined ? undefined : { name, uid, gid };
}
