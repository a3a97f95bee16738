import { join } from 'node:path';

import { storybookTest } from '@storybook/addon-vitest/vitest-plugin';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';

import { browserArgs, ensureBrowser } from '../test/support/browser.mjs';

// Apart from the other tests: what reads the stories would slow the start of each of them.
export default defineConfig({
  root: join(import.meta.dirname, '..'),
  plugins: [storybookTest({ configDir: import.meta.dirname })],
  test: {
    name: 'stories',
    testTimeout: 90_000,
    passWithNoTests: false,
    allowOnly: false,
    // One page for all files: it starts one server, and its database takes seconds.
    isolate: false,
    fileParallelism: false,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      api: { port: 6019, strictPort: false },
      provider: playwright({
        launchOptions: { executablePath: await ensureBrowser(), args: browserArgs },
        contextOptions: { locale: 'en-GB', timezoneId: 'Europe/Rome', reducedMotion: 'reduce' },
      }),
      instances: [{ browser: 'chromium' }],
    },
  },
});
