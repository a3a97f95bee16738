// Prints what each bundle costs over the wire beside its budget; fails when one costs more.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { constants, brotliCompressSync, gzipSync } from 'node:zlib';

const KiB = 1024;
const budgets = [
  { file: 'case-list.js', what: '<case-list>, provider and SDK', budget: 34 * KiB },
  { file: 'casement.js', what: 'all elements and SDK', budget: 60 * KiB },
];

const bundles = new URL('../dist/bundle/', import.meta.url);

/** @param {Buffer} code */
function brotli(code) {
  return brotliCompressSync(code, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
}

/** @param {number} bytes */
function inKiB(bytes) {
  return `${(bytes / KiB).toFixed(1)} KiB`.padStart(9);
}

const results = budgets.map(({ file, what, budget }) => {
  const path = new URL(file, bundles);
  if (!existsSync(path)) return { file, what, budget, missing: true };
  const code = readFileSync(path);
  return {
    file,
    what,
    budget,
    raw: code.length,
    gzip: gzipSync(code, { level: 9 }).length,
    brotli: brotli(code),
  };
});

for (const { file, what, budget, raw = 0, gzip = 0, brotli = 0, missing } of results) {
  const words = missing
    ? 'not built'
    : `brotli ${inKiB(brotli)} of ${inKiB(budget)}, gzip ${inKiB(gzip)}, minified ${inKiB(raw)}`;
  const verdict = missing ? '' : brotli > budget ? '  OVER BUDGET' : '';
  console.log(`${file.padEnd(13)} ${words}  ${what}${verdict}`);
}
const onDemand = new URL('case-list/', bundles);
for (const file of existsSync(onDemand) ? readdirSync(onDemand).sort() : []) {
  if (!file.endsWith('.js')) continue;
  const size = inKiB(brotli(readFileSync(new URL(file, onDemand))));
  console.log(`${''.padEnd(13)} brotli ${size} more when needed: ${file}`);
}
console.log(`sizes: ${JSON.stringify(results.map(({ what, ...numbers }) => numbers))}`);

const tooBig = results.some(({ budget, brotli = 0, missing }) => missing || brotli > budget);
process.exitCode = tooBig ? 1 : 0;
