// Finds a Chrome or Chromium for the tests, and installs one where none is found.
// Run by hand: node test/support/browser.mjs
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { canInstallFromDebian, installFromDebian, isProgram, isRoot, onPath, run } from './programs.mjs';

/** Chromium without windows: it opens and closes pages with less. */
const shell = 'chromium-headless-shell';

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
  const places = [...onPath([shell], env), ...usualPlaces(env), ...onPath(names, env)];
  return places.find(isBrowser) ?? (await downloadedByPlaywright());
}

function installFromPlaywright() {
  console.log('browser: none found; downloading the one Playwright offers');
  const cli = fileURLToPath(new URL('../../node_modules/@playwright/test/cli.js', import.meta.url));
  run(process.execPath, [cli, 'install', ...(isRoot ? ['--with-deps'] : []), 'chromium']);
}

/** What Debian would have to give. */
export async function missingForChromium() {
  return (await findBrowser()) ? [] : [shell];
}

/**
 * The path of a browser, installed first if need be.
 *
 * @returns {Promise<string>}
 */
export async function ensureBrowser() {
  const found = await findBrowser();
  if (found) return found;
  if (canInstallFromDebian) {
    console.log(`browser: none found; installing the Debian package ${shell}`);
    await installFromDebian([shell], 4, 10 * 60_000);
  }
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

/** Pages that Chromium prepares with each new window, for its address bar: they take more than most of ours do. */
const addressBar = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'WebUIOmniboxFullPopup'];

/** What Playwright switches off: of two flags for features the last one counts, which is ours. */
const byPlaywright = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'TcpPortRandomizationWin',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
  'msForceBrowserSignIn',
  'msEdgeUpdateLaunchServicesPreferredVersion',
];

/** Flags that keep a test browser from calling out, let it run as root, and spare it what nobody sees. */
export const browserArgs = [
  `--disable-features=${[...byPlaywright, ...addressBar].join()}`,
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
  // A test that nothing leaks collects what nobody holds.
  '--js-flags=--expose-gc',
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
