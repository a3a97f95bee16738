// Prints what each bundle costs over the wire beside its budget; fails when one costs more.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { constants, brotliCompressSync, gzipSync } from 'node:zlib';

const KiB = 1024;
const budgets = [
  { file: 'case-list.js', what: '<case-list>, provider and SDK', budget: 34 * KiB },
  { file: 'casement.js', what: 'all elements and SDK, forms when opened', budget: 60 * KiB },
  // Grows with every capability, for it holds what the others fetch when it is wanted: sharing, its preview and the
  // projects are 22 KiB of it, inboxes, links and actions of the host 26 KiB.
  { file: 'casement.all.js', what: 'the same in one file', budget: 150 * KiB },
];

const bundles = new URL('../dist/bundle/', import.meta.url);

/** @param {Buffer} code */
function brotli(code) {
  return brotliCompressSync(code, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
}

/**
 * A bundle with every file it imports at once: what a page waits for.
 *
 * @param {URL} path
 * @returns {Buffer[]}
 */
function loadedAtOnce(path) {
  const code = readFileSync(path);
  const imports = [
    ...code.toString().matchAll(/(?:^|[;}])(?:import|export)(?:[^"'();]*from)?["'](\.[^"']+)["']/gm),
  ];
  return [code, ...imports.flatMap(([, file = '']) => loadedAtOnce(new URL(file, path)))];
}

/** @param {Buffer[]} files @param {(code: Buffer) => number} measure */
function total(files, measure) {
  return files.reduce((sum, code) => sum + measure(code), 0);
}

/** @param {number} bytes */
function inKiB(bytes) {
  return `${(bytes / KiB).toFixed(1)} KiB`.padStart(9);
}

const results = budgets.map(({ file, what, budget }) => {
  const path = new URL(file, bundles);
  if (!existsSync(path)) return { file, what, budget, missing: true };
  const files = loadedAtOnce(path);
  return {
    file,
    what,
    budget,
    raw: total(files, (code) => code.length),
    gzip: total(files, (code) => gzipSync(code, { level: 9 }).length),
    brotli: total(files, brotli),
  };
});

for (const { file, what, budget, raw = 0, gzip = 0, brotli = 0, missing } of results) {
  const words = missing
    ? 'not built'
    : `brotli ${inKiB(brotli)} of ${inKiB(budget)}, gzip ${inKiB(gzip)}, minified ${inKiB(raw)}`;
  const verdict = missing ? '' : brotli > budget ? '  OVER BUDGET' : '';
  console.log(`${file.padEnd(15)} ${words}  ${what}${verdict}`);
}
// Nobody should wait long for what is fetched in the middle of the work.
const onDemandBudget = 14 * KiB;
const onDemand = ['case-list', 'casement', 'casement.all'].flatMap((name) => {
  const folder = new URL(`${name}/`, bundles);
  const files = existsSync(folder) ? readdirSync(folder).sort() : [];
  return files
    .filter((file) => file.endsWith('.js'))
    .map((file) => ({ file: `${name}/${file}`, brotli: brotli(readFileSync(new URL(file, folder))) }));
});
for (const { file, brotli } of onDemand) {
  const verdict = brotli > onDemandBudget ? '  OVER BUDGET' : '';
  console.log(
    `${''.padEnd(15)} brotli ${inKiB(brotli)} of ${inKiB(onDemandBudget)} when needed: ${file}${verdict}`,
  );
}
console.log(`sizes: ${JSON.stringify(results.map(({ what, ...numbers }) => numbers))}`);

const tooBig =
  results.some(({ budget, brotli = 0, missing }) => missing || brotli > budget) ||
  onDemand.some(({ brotli }) => brotli > onDemandBudget);
process.exitCode = tooBig ? 1 : 0;
