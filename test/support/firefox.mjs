// Finds a Firefox for the element tests, and installs one where that is allowed.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

import { chromeLauncher, puppeteerCore } from '@web/test-runner-chrome';

import { canInstallFromDebian, installFromDebian, isProgram, onPath } from './programs.mjs';

const packages = ['firefox-esr'];

/** The first that lets WebDriver BiDi choose language and time zone. */
const oldest = 145;

/** @param {NodeJS.ProcessEnv} env */
function usualPlaces(env) {
  return [
    '/Applications/Firefox.app/Contents/MacOS/firefox',
    ...[env['PROGRAMFILES'], env['PROGRAMFILES(X86)']].flatMap((folder) =>
      folder ? [join(folder, 'Mozilla Firefox/firefox.exe')] : [],
    ),
  ];
}

/** @param {string} file */
function versionOf(file) {
  const { stdout } = spawnSync(file, ['--version'], { encoding: 'utf8', timeout: 20_000 });
  return Number(/Firefox (\d+)/.exec(stdout ?? '')?.[1] ?? 0);
}

/** @param {NodeJS.ProcessEnv} env */
function findFirefox(env) {
  const chosen = env['CASEMENT_FIREFOX'];
  if (chosen && !isProgram(chosen))
    throw new Error(`CASEMENT_FIREFOX is ${chosen}, which is not a program that can be run.`);
  const candidates = chosen
    ? [chosen]
    : [...onPath(['firefox', 'firefox-esr', 'firefox.exe'], env), ...usualPlaces(env)].filter(isProgram);
  const found = candidates.map((path) => ({ path, version: versionOf(path) }));
  return { path: found.find(({ version }) => version >= oldest)?.path, tooOld: found[0]?.version };
}

/** What Debian would have to give. */
export function missingForFirefox() {
  return findFirefox(process.env).path ? [] : packages;
}

/**
 * A Firefox that can be driven, or why there is none.
 *
 * @returns {Promise<{ path: string } | { reason: string }>}
 */
export async function ensureFirefox(env = process.env) {
  let { path, tooOld } = findFirefox(env);
  if (!path && canInstallFromDebian) {
    console.log(`browser: no Firefox found; installing the Debian package ${packages.join()}`);
    await installFromDebian(packages, 2);
    ({ path, tooOld } = findFirefox(env));
  }
  if (path) return { path };
  if (tooOld) return { reason: `Firefox ${tooOld} is here, and ${oldest} is the oldest that can be driven` };
  return {
    reason: canInstallFromDebian
      ? 'the Debian package firefox-esr could not be installed'
      : 'no Firefox is installed; install one, or set CASEMENT_FIREFOX to its program',
  };
}

/** @param {string} path */
export function firefoxLauncher(path) {
  return chromeLauncher({
    concurrency: 1,
    puppeteer: puppeteerCore,
    launchOptions: {
      browser: 'firefox',
      executablePath: path,
      // Nobody here listens to every request, and no test looks at the frames of an animation.
      networkEnabled: false,
      extraPrefsFirefox: {
        'ui.prefersReducedMotion': 1,
        'browser.cache.disk.enable': false,
        'dom.ipc.processPrelaunch.enabled': false,
      },
    },
    async createPage({ context }) {
      const page = await context.newPage();
      await page.emulateLocale('en-GB');
      await page.emulateTimezone('Europe/Rome');
      return page;
    },
  });
}
