// What `node test/run.mjs` runs, and how what each runner reports is read.
import { join } from 'node:path';

/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {string[]} [notes]
 * @property {boolean} [missing] - None of the tests could run. As many are skipped as the checks of its group count.
 */

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {string[]} command - A script and its arguments.
 * @property {string} [report] - Where the runner writes its counts; without one the step is one check.
 * @property {(report: any) => Counts} [count] - Reads the counts out of the report.
 * @property {boolean} [needsBuild]
 * @property {boolean} [needsBrowser]
 * @property {string} [group] - A name for several checks that run the same tests.
 * @property {Readonly<Record<string, string>>} [env]
 * @property {boolean} [shown] - The output is worth reading when all is well, too.
 */

/**
 * @param {string} path
 * @returns {string}
 */
function bin(path) {
  return join('node_modules', path);
}

/**
 * @param {any} report
 * @returns {Counts}
 */
function countVitest(report) {
  // A file can fail without a failing test, when it does not load or a hook throws.
  const brokenFiles = report.testResults.filter(
    (/** @type {any} */ file) =>
      file.status === 'failed' &&
      !file.assertionResults.some((/** @type {any} */ test) => test.status === 'failed'),
  ).length;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/**
 * @param {any} report
 * @returns {Counts}
 */
function countPlaywright({ stats, errors, suites }) {
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
    notes: [...new Set(suites.flatMap(whySkipped))],
  };
}

/**
 * @param {any} suite
 * @returns {string[]}
 */
function whySkipped({ suites = [], specs = [] }) {
  const tests = specs.flatMap((/** @type {any} */ spec) => spec.tests);
  const annotations = tests
    .filter((/** @type {any} */ test) => test.status === 'skipped')
    .flatMap((/** @type {any} */ test) => test.annotations);
  return [
    ...annotations.flatMap((/** @type {any} */ { description }) => description ?? []),
    ...suites.flatMap(whySkipped),
  ];
}

/**
 * @param {string} project
 * @param {Partial<Step>} [more]
 * @returns {Step}
 */
function vitest(project, more) {
  const report = `test-results/${project}.json`;
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  return {
    name: project,
    command: [bin('vitest/vitest.mjs'), 'run', '--project', project, ...reporters],
    report,
    count: countVitest,
    ...more,
  };
}

/**
 * The element tests in one engine.
 *
 * @param {string} engine
 * @returns {Step}
 */
function elements(engine) {
  const name = `elements-${engine.toLowerCase()}`;
  return {
    name,
    group: 'elements',
    command: [bin('@web/test-runner/dist/bin.js')],
    report: `test-results/${name}.json`,
    count: (report) => report,
    needsBrowser: true,
    env: { CASEMENT_ENGINES: engine },
  };
}

/**
 * Each keeps about one core busy: what takes longest begins first.
 *
 * @type {Step[]}
 */
export const steps = [
  { name: 'format', command: [bin('oxfmt/bin/oxfmt'), '--check'] },
  { name: 'lint', command: [bin('eslint/bin/eslint.js'), '.'] },
  { name: 'types', command: [bin('oxlint/bin/oxlint')] },
  {
    name: 'templates',
    command: [
      bin('@jackolope/lit-analyzer/cli.mjs'),
      'components/**/*.element.ts',
      '--strict',
      '--rules.no-missing-import',
      'off',
    ],
  },
  { name: 'build', command: ['build.mjs'] },
  {
    name: 'apps',
    command: [bin('vue-tsc/bin/vue-tsc.js'), '--project', 'demo/apps/tsconfig.json'],
    needsBuild: true,
  },
  {
    ...vitest('stories', { needsBuild: true, needsBrowser: true }),
    command: [
      bin('vitest/vitest.mjs'),
      'run',
      '--config',
      '.storybook/vitest.config.ts',
      '--reporter=default',
      '--reporter=json',
      '--outputFile.json=test-results/stories.json',
    ],
  },
  vitest('server-postgres'),
  vitest('server-pglite'),
  elements('WebKit'),
  elements('Firefox'),
  elements('Chromium'),
  {
    name: 'e2e',
    command: [bin('@playwright/test/cli.js'), 'test'],
    report: 'test-results/e2e.json',
    count: countPlaywright,
    needsBuild: true,
    needsBrowser: true,
  },
  vitest('cli', { needsBuild: true, env: { CASEMENT_TEST_PROGRAM: 'dist/server/main.js' } }),
  vitest('package', { needsBuild: true, needsBrowser: true }),
  vitest('backends'),
  vitest('sdk', { needsBuild: true }),
  vitest('unit'),
  { name: 'storybook', command: ['test/storybook.mjs'], needsBuild: true, needsBrowser: true },
  { name: 'docs', command: [bin('typedoc/bin/typedoc')], needsBuild: true },
  { name: 'size', command: ['test/size.mjs'], needsBuild: true, shown: true },
];
