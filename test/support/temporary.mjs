// The temporary folders of the tests: one for each run, and what killed runs have left.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, chmodSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const day = 24 * 60 * 60_000;
const ours = /^casement-(run|test|engine|cli|e2e|files|folder|config|package|s3|webkit)-\w{6}$/;

/** A folder for everything that a run puts aside. */
export function makeTemporary() {
  const folder = mkdtempSync(join(tmpdir(), 'casement-run-'));
  // As root the databases of tests run as another user, who passes through here.
  chmodSync(folder, 0o711);
  return folder;
}

/**
 * Ends the databases that killed servers have left in a folder, and removes it.
 *
 * @param {string} folder
 */
export async function removeTemporary(folder) {
  /** @type {string[]} */
  const elsewhere = [];
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    if (entry.name === 'postmaster.pid') await endDatabase(file);
    if (entry.name === 'database-is-elsewhere.txt')
      elsewhere.push(readFileSync(file, 'utf8').split('\n')[0] ?? '');
  }
  // A database that was not let into the folder.
  for (const place of elsewhere.filter((path) => /^\/var\/lib\/casement\/[0-9a-f]{12}$/.test(path))) {
    await endDatabase(join(place, 'cluster/postmaster.pid'));
    rmSync(place, { recursive: true, force: true });
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** @param {string} pidFile */
async function endDatabase(pidFile) {
  try {
    const pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10);
    const { stdout } = spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
    // After a restart of the machine the number may be somebody else's.
    if (!stdout.includes('postgres')) return;
    process.kill(pid, 'SIGQUIT');
    for (const deadline = Date.now() + 10_000; Date.now() < deadline; await sleep(20)) process.kill(pid, 0);
  } catch {
    // It has ended.
  }
}

/** Removes what runs that were killed more than a day ago have left. */
export async function sweepTemporary(now = Date.now()) {
  for (const name of readdirSync(tmpdir()).filter((found) => ours.test(found))) {
    const folder = join(tmpdir(), basename(name));
    try {
      if (now - statSync(folder).mtimeMs > day) await removeTemporary(folder);
    } catch {
      // Another run is faster, or it belongs to another user.
    }
  }
}
