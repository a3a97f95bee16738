// Installs Request Tracker 5 where that is allowed, and runs one on loopback with a database of its own.
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { canInstallFromDebian, installFromDebian, isProgram } from '../../support/programs.mjs';

const setUp = '/usr/sbin/rt-setup-database-5';
const server = '/usr/share/request-tracker5/libexec/rt-server';
const starman = '/usr/bin/starman';
const packages = [
  'request-tracker5',
  'rt5-standalone',
  'rt5-db-postgresql',
  'starman',
  'postgresql',
  // RT asks for a mail server and for somebody to set its database up; neither is needed here.
  'msmtp-mta',
  'dbconfig-no-thanks',
];

/**
 * @typedef {object} RunningTracker
 * @property {string} url - Of its web pages; REST 2.0 is below `/REST/2.0`.
 * @property {string} folder - With its log.
 * @property {() => Promise<void>} stop - Ends both servers and removes what they kept.
 */

/**
 * Starts Request Tracker with what `seed.pl` names in it.
 *
 * @param {{ port?: number, databasePort?: number, workers?: number }} [options]
 * @returns {Promise<RunningTracker>}
 */
export async function startRequestTracker({ port = 4350, databasePort = 4351, workers = 4 } = {}) {
  await install();
  const folder = mkdtempSync(join(tmpdir(), 'casement-rt-'));
  chmodSync(folder, 0o755);
  /** @type {(() => Promise<void>)[]} */
  const stops = [];
  const stop = async () => {
    for (const end of stops.splice(0).reverse()) await end();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    stops.push(await startPostgres(folder, databasePort));
    const env = configure(folder, port, databasePort);
    fill(env);
    stops.push(await startWeb(folder, port, workers, env));
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: `http://127.0.0.1:${port}`, folder, stop };
}

async function install() {
  if ([setUp, server, starman].every(isProgram) && postgresPrograms() !== undefined) return;
  if (!canInstallFromDebian) {
    throw new Error(
      `Request Tracker is not installed here. On Debian: apt-get install ${packages.join(' ')}`,
    );
  }
  if (!(await installFromDebian(packages, 3))) throw new Error('Request Tracker could not be installed.');
}

function postgresPrograms() {
  const root = '/usr/lib/postgresql';
  try {
    const versions = readdirSync(root).sort((one, other) => Number(other) - Number(one));
    return versions
      .map((version) => join(root, version, 'bin'))
      .find((bin) => isProgram(join(bin, 'initdb')));
  } catch {
    return undefined;
  }
}

/**
 * @param {string} folder
 * @param {number} port
 */
async function startPostgres(folder, port) {
  const bin = /** @type {string} */ (postgresPrograms());
  const data = join(folder, 'database');
  mkdirSync(data);
  const as = userOf('postgres');
  if (as) chownSync(data, as.uid, as.gid);
  run(join(bin, 'initdb'), ['--pgdata', data, '--username=postgres', '--auth=trust', '--no-sync'], { as });
  const settings = [
    ...['-c', 'listen_addresses=127.0.0.1'],
    ...['-c', `port=${port}`],
    ...['-c', 'unix_socket_directories='],
    ...['-c', 'fsync=off'],
  ];
  const child = spawn(join(bin, 'postgres'), ['-D', data, ...settings], { stdio: 'ignore', cwd: '/', ...as });
  await until(() => spawnSync(join(bin, 'pg_isready'), ['-h', '127.0.0.1', '-p', String(port)]).status === 0);
  return () => end(child, 'SIGINT');
}

/**
 * @param {string} folder
 * @param {number} port
 * @param {number} databasePort
 */
function configure(folder, port, databasePort) {
  const config = join(folder, 'RT_SiteConfig.pm');
  const more = join(folder, 'RT_SiteConfig.d');
  mkdirSync(more);
  const settings = {
    rtname: 'casement.test',
    Organization: 'casement.test',
    WebDomain: '127.0.0.1',
    WebPort: String(port),
    DatabaseType: 'Pg',
    DatabaseHost: '127.0.0.1',
    DatabasePort: String(databasePort),
    DatabaseUser: 'rt',
    DatabasePassword: 'rt',
    DatabaseName: 'rt',
    MailCommand: 'testfile',
    Timezone: 'UTC',
    LogToSTDERR: 'warning',
    MaxAttachmentSize: '20000000',
  };
  const lines = Object.entries(settings).map(([name, value]) => `Set($${name}, '${value}');`);
  writeFileSync(config, `${lines.join('\n')}\nSet($LogToSyslog, undef);\n1;\n`);
  return { RT_SITE_CONFIG: config, RT_SITE_CONFIG_DIR: more };
}

/** @param {NodeJS.ProcessEnv} env */
function fill(env) {
  const dba = ['--dba', 'postgres', '--dba-password', 'none'];
  run(setUp, ['--action', 'init', ...dba], { env });
  run(setUp, ['--action', 'insert', ...dba, '--datafile', join(import.meta.dirname, 'seed.pl')], { env });
}

/**
 * @param {string} folder
 * @param {number} port
 * @param {number} workers
 * @param {NodeJS.ProcessEnv} env
 */
async function startWeb(folder, port, workers, env) {
  const log = join(folder, 'starman.log');
  writeFileSync(log, '');
  const as = userOf('www-data');
  if (as) chownSync(log, as.uid, as.gid);
  const options = ['--listen', `127.0.0.1:${port}`, '--workers', String(workers), '--error-log', log];
  const child = spawn(starman, [...options, server], {
    stdio: 'ignore',
    cwd: '/',
    env: { ...process.env, ...env },
    ...as,
  });
  const answers = async () => {
    const response = await fetch(`http://127.0.0.1:${port}/REST/2.0/rt`).catch(() => undefined);
    return response?.status === 401;
  };
  await until(answers);
  return () => end(child, 'SIGTERM');
}

/**
 * Whom to run as: root may not run a database, and should not run a web server.
 *
 * @param {string} name
 */
function userOf(name) {
  if (process.getuid?.() !== 0) return undefined;
  const [uid, gid] = ['-u', '-g'].map((flag) => Number(spawnSync('id', [flag, name]).stdout.toString()));
  return { uid: /** @type {number} */ (uid), gid: /** @type {number} */ (gid) };
}

/**
 * @param {string} program
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, as?: { uid: number, gid: number } | undefined }} options
 */
function run(program, args, { env, as }) {
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd: '/',
    env: { ...process.env, ...env },
    ...as,
  });
  if (status !== 0) throw new Error(`${program} ended with ${status}:\n${stdout}\n${stderr}`);
}

/** @param {() => boolean | Promise<boolean>} isReady */
async function until(isReady) {
  const deadline = Date.now() + 60_000;
  while (!(await isReady())) {
    if (Date.now() > deadline) throw new Error('A server of Request Tracker did not answer within a minute.');
    await delay(200);
  }
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
async function end(child, signal) {
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await ended;
}
