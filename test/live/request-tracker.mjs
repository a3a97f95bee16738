// Runs the tests of the Request Tracker adapter, and the conformance kit, on a real Request Tracker on this machine.
//   node test/live/request-tracker.mjs            everything
//   node test/live/request-tracker.mjs notes      only test/backends/request-tracker-notes.test.ts
//   node test/live/request-tracker.mjs serve      only starts it, until Ctrl-C
// It installs Debian's packages first where it may. It is no part of `npm test`: a request there costs what ten cost the fake.
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { startRequestTracker } from './request-tracker/start.mjs';

const root = join(import.meta.dirname, '../..');

/**
 * @param {string} url
 * @param {string[]} args
 * @returns {Promise<boolean>} Whether every test passed.
 */
function vitest(url, args) {
  const program = join(root, 'node_modules/vitest/vitest.mjs');
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [program, 'run', '--no-file-parallelism', ...args], {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, CASEMENT_TEST_RT: url },
    });
    child.on('close', (code) => resolve(code === 0));
  });
}

/** @param {readonly string[]} names */
async function main(names) {
  const begun = performance.now();
  const tracker = await startRequestTracker();
  const seconds = () => ((performance.now() - begun) / 1000).toFixed(0);
  console.log(
    `Request Tracker answers at ${tracker.url} after ${seconds()} s; its log is in ${tracker.folder}.`,
  );
  const stopped = new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, resolve);
  });
  try {
    if (names.includes('serve')) {
      await stopped;
      return true;
    }
    const files = readdirSync(join(root, 'test/backends')).filter(
      (name) =>
        name.startsWith('request-tracker') &&
        (names.length === 0 || names.some((wanted) => name.includes(wanted))),
    );
    const outcomes = [];
    if (files.length > 0) {
      const paths = files.map((name) => `test/backends/${name}`);
      outcomes.push(
        await vitest(tracker.url, ['--project', 'backends', '--testTimeout', '600000', ...paths]),
      );
    }
    if (names.length === 0 || names.includes('conformance')) {
      outcomes.push(await vitest(tracker.url, ['--config', 'test/live/vitest.config.ts']));
    }
    console.log(`All of it took ${seconds()} s.`);
    return outcomes.length > 0 && outcomes.every(Boolean);
  } finally {
    await tracker.stop();
  }
}

process.exitCode = (await main(process.argv.slice(2))) ? 0 : 1;
