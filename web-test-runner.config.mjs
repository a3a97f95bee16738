import { existsSync, statSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { getRequestListener } from '@hono/node-server';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import { register } from 'tsx/esm/api';

import { browserArgs, ensureBrowser } from './test/support/browser.mjs';

const root = import.meta.dirname;
const appFile = join(root, 'test/support/wtr-app.ts');

/** @typedef {{ fetch(request: Request): Response | Promise<Response>, dispose(): Promise<void> }} TestApp */

/** @type {Promise<TestApp> | undefined} */
let app;

/** The real app, with a database behind it, started by the first request that needs it. */
function theApp() {
  app ??= (async () => {
    register();
    const { createTestApp } = await import(pathToFileURL(appFile).href);
    return createTestApp();
  })();
  return app;
}

/** @param {string} path */
function isOurs(path) {
  if (path.startsWith('/v1/')) return true;
  // The tests themselves are served from /test/ too, and win.
  return path.startsWith('/test/') && !statSync(join(root, path), { throwIfNoEntry: false });
}

/** @type {import('@web/test-runner').Middleware} */
async function answerFromTheApp(ctx, next) {
  if (!isOurs(ctx.path)) return next();
  const { fetch } = await theApp();
  // The app writes to the response itself, so that an event stream is not held back.
  ctx.respond = false;
  await getRequestListener(fetch, { overrideGlobalObjects: false })(ctx.req, ctx.res);
}

/** @type {import('@web/test-runner').TestRunnerPlugin} */
const appPlugin = {
  name: 'casement-app',
  // A mistake in the app's set-up is told once and at once, not by every test in turn.
  async serverStart() {
    if (existsSync(appFile)) await theApp();
  },
  async serverStop() {
    await (await app)?.dispose();
  },
};

/**
 * @param {import('@web/test-runner').TestSuiteResult | undefined} suite
 * @returns {import('@web/test-runner').TestResult[]}
 */
function testsOf(suite) {
  return suite ? [...suite.tests, ...suite.suites.flatMap(testsOf)] : [];
}

/**
 * Writes the counts for the summary of all checks.
 *
 * @returns {import('@web/test-runner').Reporter}
 */
function countingReporter() {
  return {
    async stop({ sessions }) {
      const tests = sessions.flatMap((session) => testsOf(session.testResults));
      const failed = tests.filter((test) => !test.passed && !test.skipped).length;
      // A file can fail without a failing test, when it does not load or an error escapes it.
      const brokenFiles = sessions.filter(
        (session) =>
          !session.passed && !testsOf(session.testResults).some((test) => !test.passed && !test.skipped),
      ).length;
      const counts = {
        passed: tests.filter((test) => test.passed && !test.skipped).length,
        failed: failed + brokenFiles,
        skipped: tests.filter((test) => test.skipped).length,
      };
      await mkdir(join(root, 'test-results'), { recursive: true });
      await writeFile(join(root, 'test-results/elements.json'), JSON.stringify(counts));
    },
  };
}

export default /** @type {import('@web/test-runner').TestRunnerConfig} */ ({
  rootDir: root,
  files: 'test/elements/**/*.test.ts',
  nodeResolve: true,
  concurrency: 1,
  browsers: [
    chromeLauncher({
      // Two at once lose tests to pages that the browser has paused.
      concurrency: 1,
      launchOptions: {
        executablePath: await ensureBrowser(),
        args: browserArgs,
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
    }),
  ],
  browserStartTimeout: 60_000,
  testsStartTimeout: 60_000,
  testsFinishTimeout: 300_000,
  testFramework: { config: { ui: 'bdd', timeout: 10_000 } },
  middleware: [answerFromTheApp],
  plugins: [appPlugin, esbuildPlugin({ ts: true, target: 'es2022', tsconfig: join(root, 'tsconfig.json') })],
  filterBrowserLogs: ({ args }) => !String(args[0]).startsWith('Lit is in dev mode'),
  reporters: [defaultReporter({ reportTestProgress: false }), countingReporter()],
});
