import { join } from 'node:path';

import { defineConfig } from '@playwright/test';

import { browserArgs, ensureBrowser } from './test/support/browser.mjs';

// The workers, which read this file again, have what was found in their environment.
if (process.env['TEST_WORKER_INDEX'] === undefined) {
  process.env['CASEMENT_BROWSER'] = await ensureBrowser();
  const firefox = await findFirefox();
  // The tests say why they are skipped.
  if ('reason' in firefox) process.env['CASEMENT_NO_FIREFOX'] = firefox.reason;
  // For the relay.
  else process.env['CASEMENT_FIREFOX'] = firefox.path;
}

async function findFirefox(): Promise<{ path: string } | { reason: string }> {
  if (process.platform === 'win32')
    return { reason: 'the relay to it is a script, which Windows does not run as a program' };
  // Loaded late: it is slow.
  const { ensureFirefox } = await import('./test/support/firefox.mjs');
  return ensureFirefox();
}

export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.spec.ts',
  globalSetup: './test/e2e/support/prepare-data.ts',
  outputDir: 'test-results/e2e',
  // A file has a demonstration of its own, so files do not meet.
  workers: 2,
  retries: 0,
  forbidOnly: true,
  timeout: 180_000,
  expect: { timeout: 30_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  use: { locale: 'en-GB', timezoneId: 'Europe/Rome', screenshot: 'only-on-failure' },
  projects: [
    {
      name: 'Chromium',
      use: {
        browserName: 'chromium',
        // What moves is drawn again and again, by the processor.
        contextOptions: { reducedMotion: 'reduce' },
        launchOptions: { executablePath: await ensureBrowser(), args: browserArgs },
      },
    },
    {
      // As it is installed, driven by WebDriver BiDi, of which the relay spares an older one what it does not know.
      name: 'Firefox',
      testMatch: '**/agent-morning.spec.ts',
      use: {
        browserName: 'firefox',
        channel: 'moz-firefox',
        // It draws one with a style in the page, which the page's policy forbids.
        screenshot: 'off',
        launchOptions: { executablePath: join(import.meta.dirname, 'test/support/firefox-relay.mjs') },
      },
    },
  ],
});
