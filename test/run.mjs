// Runs every check and adds up what the runners themselves report.
//   node test/run.mjs             everything
//   node test/run.mjs lint e2e    only these
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

import { steps } from './checks.mjs';
import { makeTemporary, removeTemporary, sweepTemporary } from './support/temporary.mjs';

const root = join(import.meta.dirname, '..');
const minute = 60_000;
// With more than there are cores a browser that is about to open gives up waiting. Beyond six the longest ends last.
const slots = Math.min(Math.max(availableParallelism(), 2), 6);

/** @typedef {import('./checks.mjs').Counts} Counts */
/** @typedef {import('./checks.mjs').Step} Step */
/** @typedef {Counts & { name: string, seconds: number }} Result */

/** @type {Set<import('node:child_process').ChildProcess>} */
const children = new Set();

/** @param {import('node:child_process').ChildProcess} child */
function killWithDescendants({ pid }) {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // All of them have ended already.
  }
}

/** @type {Set<string>} */
const folders = new Set();

/**
 * Runs a program to its end, and leaves nothing of it in the temporary folder.
 *
 * @param {string[]} command
 * @param {Readonly<Record<string, string>>} [more] - Of its environment.
 */
async function run(command, more) {
  const folder = makeTemporary();
  folders.add(folder);
  const result = await spawned(command, { ...more, TMPDIR: folder, TMP: folder, TEMP: folder });
  await removeTemporary(folder);
  folders.delete(folder);
  return result;
}

/**
 * @param {string[]} command
 * @param {Readonly<Record<string, string>>} more
 * @returns {Promise<{ code: number | null, output: string }>}
 */
function spawned(command, more) {
  const { FORCE_COLOR: _, ...env } = process.env;
  return new Promise((resolve) => {
    const child = spawn(process.execPath, command, {
      cwd: root,
      env: { ...env, NO_COLOR: '1', ...more },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
    });
    children.add(child);
    /** @type {string[]} */
    const output = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => output.push(text));
    }
    const limit = setTimeout(() => {
      output.push('\nStopped: it took longer than 20 minutes.\n');
      killWithDescendants(child);
    }, 20 * minute);
    child.on('error', (error) => output.push(String(error)));
    // What a runner leaves behind would hold its output open, and its port.
    child.on('exit', () => killWithDescendants(child));
    child.on('close', (code) => {
      clearTimeout(limit);
      children.delete(child);
      resolve({ code, output: stripVTControlCharacters(output.join('')) });
    });
  });
}

/**
 * @param {Step} step
 * @param {number | null} code
 * @returns {Counts & { problem?: string }}
 */
function judge({ report, count }, code) {
  const failedCheck = { passed: 0, failed: 1, skipped: 0 };
  if (!report || !count) return code === 0 ? { passed: 1, failed: 0, skipped: 0 } : failedCheck;
  let counts;
  try {
    counts = count(JSON.parse(readFileSync(join(root, report), 'utf8')));
  } catch (error) {
    return { ...failedCheck, problem: `The runner left no readable report (exit code ${code}): ${error}` };
  }
  const { passed, failed, skipped, notes, missing } = counts;
  if (missing) return { passed: 0, failed: 0, skipped: 0, notes, missing };
  if (![passed, failed, skipped].every(Number.isInteger)) {
    return { ...failedCheck, problem: `The report has no counts: ${JSON.stringify(counts)}` };
  }
  if (passed + failed === 0) return { passed, failed: 1, skipped, problem: 'No test ran.' };
  if (code !== 0 && failed === 0) {
    return {
      passed,
      failed: 1,
      skipped,
      notes,
      problem: `Every test passed, yet the runner ended with ${code}.`,
    };
  }
  return { passed, failed, skipped, notes };
}

/**
 * @param {Step} step
 * @returns {Promise<Result>}
 */
async function perform(step) {
  const started = performance.now();
  if (step.report) rmSync(join(root, step.report), { force: true });
  const { code, output } = await run(step.command, step.env);
  const seconds = (performance.now() - started) / 1000;
  const { problem, ...counts } = judge(step, code);
  const result = { name: step.name, seconds, ...counts };
  console.log(row(result));
  if (counts.failed > 0 || step.shown)
    console.log(`\n${[output.trim(), problem].filter(Boolean).join('\n')}\n`);
  return result;
}

/** @param {Result} result */
function row({ name, passed, failed, skipped, seconds, notes = [] }) {
  const mark = failed > 0 ? '✗' : '✓';
  const numbers = [passed, failed, skipped].map((number) => String(number).padStart(9));
  const line = `${mark} ${name.padEnd(16)}${numbers.join('')}${seconds.toFixed(1).padStart(10)}`;
  return [line, ...notes.map((note) => `    ${note}`)].join('\n');
}

/**
 * Before two checks install the same, or wait for each other's lock.
 *
 * @param {Step[]} chosen
 */
async function ensureBrowsers(chosen) {
  if (!chosen.some(({ needsBrowser }) => needsBrowser)) return;
  const all = chosen.some(({ name, group }) => group === 'elements' || name === 'e2e');
  const { output } = await run([`test/support/${all ? 'engines' : 'browser'}.mjs`]);
  // What apt-get says of eighty packages is left out.
  for (const line of output.split('\n')) if (line.startsWith('browser: ')) console.log(`    ${line.trim()}`);
}

const heading = `  ${'check'.padEnd(16)}   passed   failed  skipped   seconds`;

/**
 * In order, one for each core.
 *
 * @param {Step[]} chosen
 * @returns {Promise<Result[]>}
 */
async function performAll(chosen) {
  // Beside the checks that need none: to install them takes a minute where there are none.
  const browsers = ensureBrowsers(chosen);
  /** @type {Map<Step, Promise<Result>>} */
  const running = new Map();
  /** @type {Map<Step, Result>} */
  const done = new Map();
  const free = async () => {
    await Promise.race(running.values());
  };
  for (const step of chosen) {
    const waits = () =>
      running.size >= slots || (step.needsBuild && [...running.keys()].some(({ name }) => name === 'build'));
    while (waits()) await free();
    if (step.needsBrowser) await browsers;
    const performing = perform(step).then((result) => {
      running.delete(step);
      done.set(step, result);
      return result;
    });
    running.set(step, performing);
  }
  await Promise.all(running.values());
  return chosen.flatMap((step) => {
    const result = done.get(step);
    if (!result?.missing) return result ?? [];
    const same = chosen.flatMap((other) => (other.group === step.group ? (done.get(other) ?? []) : []));
    const counts = same.map(({ passed, failed, skipped }) => passed + failed + skipped);
    return { ...result, skipped: Math.max(...counts) };
  });
}

/**
 * @param {string[]} names
 * @returns {Step[]}
 */
function choose(names) {
  if (names.length === 0) return steps;
  const asked = steps.filter(({ name, group }) => names.some((one) => one === name || one === group));
  const builds = asked.some(({ needsBuild }) => needsBuild);
  return steps.filter((step) => asked.includes(step) || (builds && step.name === 'build'));
}

/** @param {string[]} names */
async function main(names) {
  const unknown = names.filter((one) => !steps.some(({ name, group }) => one === name || one === group));
  if (unknown.length > 0) {
    console.error(
      `There is no check called ${unknown.join(', ')}. There are: ${steps.map(({ name }) => name).join(', ')}.`,
    );
    process.exitCode = 2;
    return;
  }
  const chosen = choose(names);
  await sweepTemporary();
  mkdirSync(join(root, 'test-results'), { recursive: true });

  console.log(heading);
  const results = await performAll(chosen);

  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const { passed, failed, skipped } of results) {
    total.passed += passed;
    total.failed += failed;
    total.skipped += skipped;
  }
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  console.log(['', heading, ...results.map(row), ''].join('\n'));
  console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
  process.exitCode = total.failed > 0 ? 1 : 0;
}

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => {
    children.forEach(killWithDescendants);
    void Promise.allSettled([...folders].map(removeTemporary)).then(() => process.exit(1));
  });
}

await main(process.argv.slice(2));
