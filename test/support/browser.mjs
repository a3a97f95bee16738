// Finds a Chrome or Chromium for the tests, and installs one where none is found.
// Run by hand: node test/support/browser.mjs
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const isRoot = process.platform === 'linux' && process.getuid?.() === 0;

const names = [
  'google-chrome-stable',
  'google-chrome',
  'chromium',
  'chromium-browser',
  'chrome',
  'chrome.exe',
  'msedge.exe',
];

/** @param {NodeJS.ProcessEnv} env */
function usualPlaces(env) {
  const windows = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']].flatMap((folder) =>
    folder
      ? [
          join(folder, 'Google/Chrome/Application/chrome.exe'),
          join(folder, 'Chromium/Application/chrome.exe'),
        ]
      : [],
  );
  return [
    '/usr/bin/google-chrome-stable',
    '/usr/bin/google-chrome',
    '/opt/google/chrome/chrome',
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/snap/bin/chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    ...windows,
  ];
}

/** @param {string} file */
function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** @param {string} file */
function isBrowser(file) {
  if (!isProgram(file)) return false;
  // Windows would open a window for this question; elsewhere it weeds out stubs such as Ubuntu's chromium-browser.
  if (process.platform === 'win32') return true;
  const { status, stdout } = spawnSync(file, ['--version'], { encoding: 'utf8', timeout: 20_000 });
  return status === 0 && /chrom|edge/i.test(stdout);
}

async function downloadedByPlaywright() {
  // Loaded late: it is slow, and needed only where no other browser is.
  const { chromium } = await import('@playwright/test');
  return [chromium.executablePath()].find(isBrowser);
}

/**
 * The path of a browser that is already here, or undefined.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string | undefined>}
 */
export async function findBrowser(env = process.env) {
  const chosen = env['CASEMENT_BROWSER'];
  if (chosen) {
    if (isProgram(chosen)) return chosen;
    throw new Error(`CASEMENT_BROWSER is ${chosen}, which is not a program that can be run.`);
  }
  const onPath = (env['PATH'] ?? '')
    .split(delimiter)
    .filter(Boolean)
    .flatMap((folder) => names.map((name) => join(folder, name)));
  return [...usualPlaces(env), ...onPath].find(isBrowser) ?? (await downloadedByPlaywright());
}

function isDebian() {
  return existsSync('/etc/os-release') && /^ID="?debian"?$/m.test(readFileSync('/etc/os-release', 'utf8'));
}

/**
 * @param {string} command
 * @param {string[]} args
 */
function run(command, args) {
  console.log(`browser: ${command} ${args.join(' ')}`);
  const { status, error } = spawnSync(command, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (error) console.error(`browser: ${error.message}`);
  return status === 0;
}

async function installFromDebian() {
  const patience = ['-o', 'DPkg::Lock::Timeout=120', '-o', 'Acquire::Retries=3'];
  console.log('browser: none found; installing the Debian package chromium');
  // The lock of the package lists, unlike dpkg's, is not waited for by apt itself.
  for (let attempt = 1; attempt <= 4; attempt++) {
    run('apt-get', ['update', ...patience]);
    if (run('apt-get', ['install', '--yes', '--no-install-recommends', ...patience, 'chromium'])) return;
    console.log(`browser: apt-get failed (attempt ${attempt} of 4)`);
    if (attempt < 4) await sleep(15_000);
  }
}

function installFromPlaywright() {
  console.log('browser: none found; downloading the one Playwright offers');
  const cli = fileURLToPath(new URL('../../node_modules/@playwright/test/cli.js', import.meta.url));
  run(process.execPath, [cli, 'install', ...(isRoot ? ['--with-deps'] : []), 'chromium']);
}

/**
 * The path of a browser, installed first if need be.
 *
 * @returns {Promise<string>}
 */
export async function ensureBrowser() {
  const found = await findBrowser();
  if (found) return found;
  if (isRoot && isDebian()) await installFromDebian();
  let installed = await findBrowser();
  if (!installed) {
    installFromPlaywright();
    installed = await findBrowser();
  }
  if (installed) return installed;
  throw new Error(
    'No Chrome or Chromium was found and none could be installed. ' +
      'Install one, or set CASEMENT_BROWSER to the path of its program.',
  );
}

/** Flags that keep a test browser from calling out, and let it run as root. */
export const browserArgs = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
  ...(isRoot ? ['--no-sandbox'] : []),
];

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    console.log(`browser: ${await ensureBrowser()}`);
  } catch (error) {
    console.error(`browser: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
