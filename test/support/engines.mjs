// The browser engines the element tests run in.
// Run by hand, finds or installs them: node test/support/engines.mjs
import { fileURLToPath } from 'node:url';

import { chromeLauncher, puppeteerCore } from '@web/test-runner-chrome';

import { browserArgs, ensureBrowser, missingForChromium } from './browser.mjs';
import { ensureFirefox, firefoxLauncher, missingForFirefox } from './firefox.mjs';
import { canInstallFromDebian, installFromDebian } from './programs.mjs';
import { ensureWebKit, missingForWebKit, webkitLauncher } from './webkit.mjs';

/** @typedef {import('@web/test-runner').BrowserLauncher} BrowserLauncher */
/** @typedef {{ name: string, launcher: BrowserLauncher } | { name: string, reason: string }} Engine */

async function chromium() {
  return chromeLauncher({
    // Two at once lose tests to pages that the browser has paused.
    concurrency: 1,
    puppeteer: puppeteerCore,
    launchOptions: {
      executablePath: await ensureBrowser(),
      // No test looks at the frames of an animation, and nobody here listens to every request.
      args: [...browserArgs, '--force-prefers-reduced-motion'],
      networkEnabled: false,
    },
    async createPage({ browser, context }) {
      const page = await context.newPage();
      const devtools = await page.createCDPSession();
      await devtools.send('Emulation.setLocaleOverride', { locale: 'en-GB' });
      await devtools.send('Emulation.setTimezoneOverride', { timezoneId: 'Europe/Rome' });
      await devtools.send('Emulation.setUserAgentOverride', {
        userAgent: await browser.userAgent(),
        acceptLanguage: 'en-GB',
      });
      return page;
    },
  });
}

async function firefox() {
  const found = await ensureFirefox();
  return 'reason' in found ? found : firefoxLauncher(found.path);
}

async function webkit() {
  const found = await ensureWebKit();
  return 'reason' in found ? found : webkitLauncher(found);
}

/** Chromium must be there; the others say why when they are not. */
const engines = { Chromium: chromium, Firefox: firefox, WebKit: webkit };

/**
 * Every chosen engine with what starts it, or with the reason why it cannot be had.
 *
 * @param {string | undefined} chosen - The names of the engines to run, apart by commas; all unless told.
 * @returns {Promise<Engine[]>}
 */
export async function ensureEngines(chosen) {
  const names =
    chosen
      ?.toLowerCase()
      .split(/[\s,]+/)
      .filter(Boolean) ?? [];
  const unknown = names.filter((name) => !Object.keys(engines).some((known) => known.toLowerCase() === name));
  if (unknown.length > 0)
    throw new Error(
      `There is no engine called ${unknown.join(', ')}. There are: ${Object.keys(engines).join(', ')}.`,
    );
  /** @type {Engine[]} */
  const found = [];
  // One after another: two installations would wait for the same lock.
  for (const [name, ensure] of Object.entries(engines)) {
    if (names.length > 0 && !names.includes(name.toLowerCase())) continue;
    const engine = await ensure();
    found.push('reason' in engine ? { name, ...engine } : { name, launcher: engine });
  }
  return found;
}

/** All that is missing at once: one after another, each would read the lists of packages anew. */
async function installMissing() {
  if (!canInstallFromDebian) return;
  const missing = [...(await missingForChromium()), ...missingForFirefox(), ...missingForWebKit()];
  if (missing.length > 0) await installFromDebian(missing, 1, 10 * 60_000);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await installMissing();
  for (const engine of await ensureEngines(process.env['CASEMENT_ENGINES']))
    console.log(
      `browser: ${engine.name}${'reason' in engine ? ` is not here because ${engine.reason}` : ''}`,
    );
}
