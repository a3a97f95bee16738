import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { getRequestListener } from '@hono/node-server';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { register } from 'tsx/esm/api';

import { bundledTests } from './test/support/bundled-tests.mjs';
import { countingReporter, endWithoutEngine } from './test/support/element-counts.mjs';
import { ensureEngines } from './test/support/engines.mjs';

const root = import.meta.dirname;
const tests = 'test/elements';
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

const chosen = process.env['CASEMENT_ENGINES'];
const engines = await ensureEngines(chosen);
const report = join(root, 'test-results', chosen ? `elements-${chosen.toLowerCase()}.json` : 'elements.json');
await endWithoutEngine(report, engines);

export default /** @type {import('@web/test-runner').TestRunnerConfig} */ ({
  rootDir: root,
  files: `${tests}/**/*.test.ts`,
  nodeResolve: true,
  concurrency: 1,
  // The engines at once: each of them waits for answers most of the time.
  concurrentBrowsers: 3,
  browsers: engines.flatMap((engine) => ('launcher' in engine ? [engine.launcher] : [])),
  browserStartTimeout: 180_000,
  testsStartTimeout: 180_000,
  testsFinishTimeout: 300_000,
  testFramework: { config: { ui: 'bdd', timeout: 60_000 } },
  // Who watches wants what changed, as it is.
  middleware: [...(process.argv.includes('--watch') ? [] : [bundledTests(root, tests)]), answerFromTheApp],
  plugins: [appPlugin, esbuildPlugin({ ts: true, target: 'es2022', tsconfig: join(root, 'tsconfig.json') })],
  filterBrowserLogs: ({ args }) => !String(args[0]).startsWith('Lit is in dev mode'),
  reporters: [defaultReporter({ reportTestProgress: false }), countingReporter(report, engines)],
});
