// Counts the element tests engine by engine, for the summary of all checks.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** @typedef {import('@web/test-runner').TestSession} Session */

/**
 * @param {import('@web/test-runner').TestSuiteResult | undefined} suite
 * @returns {import('@web/test-runner').TestResult[]}
 */
function testsOf(suite) {
  return suite ? [...suite.tests, ...suite.suites.flatMap(testsOf)] : [];
}

/** @param {readonly Session[]} sessions */
function count(sessions) {
  const tests = sessions.flatMap((session) => testsOf(session.testResults));
  const failed = tests.filter((test) => !test.passed && !test.skipped).length;
  // A file can fail without a failing test, when it does not load or an error escapes it.
  const brokenFiles = sessions.filter(
    (session) =>
      !session.passed && !testsOf(session.testResults).some((test) => !test.passed && !test.skipped),
  ).length;
  return {
    passed: tests.filter((test) => test.passed && !test.skipped).length,
    failed: failed + brokenFiles,
    skipped: tests.filter((test) => test.skipped).length,
  };
}

/**
 * The tests of an engine that is not here are skipped, as many as another engine has, and never passed.
 *
 * @param {readonly Session[]} sessions
 * @param {readonly import('./engines.mjs').Engine[]} engines
 */
function countEngines(sessions, engines) {
  const ran = engines.map((engine) => ({
    name: engine.name,
    reason: 'reason' in engine ? engine.reason : undefined,
    ...count(sessions.filter(({ browser }) => 'launcher' in engine && browser === engine.launcher)),
  }));
  const most = Math.max(...ran.map(({ passed, failed, skipped }) => passed + failed + skipped));
  const total = { passed: 0, failed: 0, skipped: 0 };
  const notes = [];
  for (const { name, reason, ...counts } of ran) {
    if (reason !== undefined) counts.skipped = most;
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped += counts.skipped;
    notes.push(
      reason === undefined
        ? `${name}: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`
        : `${name}: not here because ${reason}${most > 0 ? `; ${most} tests skipped` : ''}`,
    );
  }
  return { ...total, notes, missing: engines.every((engine) => 'reason' in engine) };
}

/**
 * @param {string} file
 * @param {readonly Session[]} sessions
 * @param {readonly import('./engines.mjs').Engine[]} engines
 */
async function tell(file, sessions, engines) {
  const counts = countEngines(sessions, engines);
  console.log(`\n${counts.notes.join('\n')}\n`);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify(counts));
}

/**
 * Ends here when none of the chosen engines can be had: nothing would run.
 *
 * @param {string} file - Where the counts go.
 * @param {readonly import('./engines.mjs').Engine[]} engines
 */
export async function endWithoutEngine(file, engines) {
  if (engines.some((engine) => 'launcher' in engine)) return;
  await tell(file, [], engines);
  process.exit(0);
}

/**
 * @param {string} file - Where the counts go.
 * @param {readonly import('./engines.mjs').Engine[]} engines
 * @returns {import('@web/test-runner').Reporter}
 */
export function countingReporter(file, engines) {
  return {
    stop: ({ sessions }) => tell(file, [...sessions], engines),
  };
}
