// Finds programs the tests need, and installs them where that is allowed.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const minute = 60_000;

export const isRoot = process.platform === 'linux' && process.getuid?.() === 0;

const isDebian =
  existsSync('/etc/os-release') && /^ID="?debian"?$/m.test(readFileSync('/etc/os-release', 'utf8'));

/** Whether this system takes packages from us without asking anybody. */
export const canInstallFromDebian = isRoot && isDebian;

/** @param {string} file */
export function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/**
 * Where programs of these names would be.
 *
 * @param {readonly string[]} names
 * @param {NodeJS.ProcessEnv} env
 * @returns {string[]}
 */
export function onPath(names, env = process.env) {
  const folders = (env['PATH'] ?? '').split(delimiter).filter(Boolean);
  return folders.flatMap((folder) => names.map((name) => join(folder, name)));
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {number} [limit] - In milliseconds; none unless told.
 * @returns {boolean} Whether it ended well.
 */
export function run(command, args, limit) {
  console.log(`browser: ${command} ${args.join(' ')}`);
  const { status, error } = spawnSync(command, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    ...(limit && { timeout: limit }),
  });
  if (error) console.error(`browser: ${error.message}`);
  return status === 0;
}

/**
 * @param {readonly string[]} packages
 * @param {number} attempts
 * @param {number} limit - For all downloads together, in milliseconds.
 * @returns {Promise<boolean>} Whether they are here now.
 */
export async function installFromDebian(packages, attempts, limit = 4 * minute) {
  const end = Date.now() + limit;
  // Zero would be no limit.
  const left = () => Math.max(end - Date.now(), 1);
  const patience = ['-o', 'DPkg::Lock::Timeout=120', '-o', 'Acquire::Retries=3'];
  const install = ['install', '--yes', '--no-install-recommends', ...patience];
  // The lock of the package lists, unlike dpkg's, is not waited for by apt itself.
  for (let attempt = 1; attempt <= attempts; attempt++) {
    run('apt-get', ['update', ...patience], left());
    // Only the download can be cut short: half-installed packages would break the next attempt.
    const downloaded = run('apt-get', [...install, '--download-only', ...packages], left());
    if (downloaded && run('apt-get', [...install, ...packages])) return true;
    console.log(`browser: apt-get failed (attempt ${attempt} of ${attempts})`);
    if (attempt === attempts || left() < 15_000) return false;
    await sleep(15_000);
  }
  return false;
}
