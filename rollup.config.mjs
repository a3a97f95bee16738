import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import minifyLiterals from '@lit-labs/rollup-plugin-minify-html-literals';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';

const root = dirname(fileURLToPath(import.meta.url));
const dist = join(root, 'dist');
const locales = join(dist, 'components', 'shared', 'locales');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/**
 * An entry made of lines of code instead of a file.
 *
 * @param {string} name
 * @param {string[]} lines
 * @returns {import('rollup').Plugin}
 */
function virtualEntry(name, lines) {
  const id = join(dist, 'bundle', `${name}.entry.js`);
  return {
    name: 'virtual-entry',
    resolveId: (source) => (source === name ? { id, moduleSideEffects: true } : null),
    load: (source) => (source === id ? lines.join('\n') : null),
  };
}

/**
 * The modules of which something is left in the bundle.
 *
 * @param {import('rollup').OutputBundle} bundle
 */
function codeOf(bundle) {
  return Object.values(bundle)
    .flatMap((file) => (file.type === 'chunk' ? Object.entries(file.modules) : []))
    .filter(([, { renderedLength }]) => renderedLength > 0)
    .map(([id]) => id);
}

/**
 * Writes the licences of the packages inside a bundle beside it, as those licences ask.
 *
 * @returns {import('rollup').Plugin}
 */
function thirdPartyNotices() {
  return {
    name: 'third-party-notices',
    generateBundle(_options, bundle) {
      const packages = codeOf(bundle).flatMap(
        (id) => /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(id) ?? [],
      );
      const notices = [...new Set(packages)].sort().map((folder) => {
        const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
        const file = readdirSync(folder).find((entry) => /^licen[cs]e(\.|$)/i.test(entry));
        const text = file ? readFileSync(join(folder, file), 'utf8').trim() : `License: ${license}`;
        return `${name} ${version}\n\n${text}\n`;
      });
      this.emitFile({
        type: 'asset',
        fileName: 'THIRD-PARTY.txt',
        source: notices.join(`\n${'-'.repeat(80)}\n\n`),
      });
    },
  };
}

/**
 * Marks the making of a schema as free of effects, so that the schemas a page never uses are left out: what a request
 * may hold is the server's to check.
 *
 * @returns {import('rollup').Plugin}
 */
function pureSchemas() {
  const contract = join(dist, 'src', 'contract');
  return {
    name: 'pure-schemas',
    transform(code, id) {
      if (!id.startsWith(contract)) return null;
      const calls = code.replace(/(?<![\w$.])(?:z\s*\.(?:\w+\.)*\w+|pageOf|repeated)\(/g, (call, offset) =>
        code.slice(0, offset).endsWith('function ') ? call : `/* @__PURE__ */ ${call}`,
      );
      // The mark on a call does not reach what is called on its result.
      const marked = calls.replace(
        /^((?:export )?const \w+ = )(\/\* @__PURE__[^]*?);$(?=\n\S)/gm,
        '$1/* @__PURE__ */ (() => $2)();',
      );
      return { code: marked, map: null };
    },
  };
}

/**
 * Puts the reader of answers in the place of zod, which is four times as large as all of the contract. What the reader
 * does not know comes from zod, and is refused if it is still there in the end: the two do not mix.
 *
 * @returns {import('rollup').Plugin}
 */
function leanSchemas() {
  const lean = join(dist, 'src', 'http', 'lean-schemas.js');
  const id = join(dist, 'bundle', 'schemas.js');
  return {
    name: 'lean-schemas',
    resolveId: (source, importer) => (source === 'zod/mini' && importer !== id ? id : null),
    async load(source) {
      if (source !== id) return null;
      const { exports } = await this.load({ id: lean });
      return `export * from 'zod/mini';\nexport { ${exports?.join(', ')} } from ${JSON.stringify(lean)};`;
    },
    generateBundle(_options, bundle) {
      if (codeOf(bundle).some((module) => module.includes('/node_modules/zod/')))
        this.error('An answer uses more of zod than src/http/lean-schemas.ts knows.');
    },
  };
}

/**
 * One copy of the helper that TypeScript writes into every file with a decorator.
 *
 * @returns {import('rollup').Plugin}
 */
function sharedDecorate() {
  const id = join(dist, 'bundle', 'decorate.js');
  const helper = /^var __decorate = [^]*?\n};$/m;
  // What another script of the page may have put in the place of decorating, none of ours needs.
  const byOthers = /if \(typeof Reflect[^;]*;\s*else /;
  /** @type {string | undefined} */
  let text;
  return {
    name: 'shared-decorate',
    resolveId: (source) => (source === id ? id : null),
    load: (source) => (source === id ? `${text}\nexport { __decorate };` : null),
    transform(code, source) {
      if (source === id || !helper.test(code)) return null;
      text ??= helper.exec(code)?.[0].replace('(this && this.__decorate) ||', '').replace(byOthers, '');
      return { code: code.replace(helper, `import { __decorate } from ${JSON.stringify(id)};`), map: null };
    },
  };
}

/**
 * The bundles have no declarations of their own: what they export is what the modules export.
 *
 * @param {string} fileName
 * @param {string} source
 * @returns {import('rollup').Plugin}
 */
function declarations(fileName, source) {
  return {
    name: 'declarations',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName, source });
    },
  };
}

/** @param {import('rollup').RollupLog} warning */
function isNoise({ code, id, ids = id ? [id] : [] }) {
  // What TypeScript writes for a decorator asks for the `this` of a script.
  if (code === 'THIS_IS_UNDEFINED') return true;
  const insideZod = ids.every((path) => path.includes('/node_modules/zod/'));
  return insideZod && (code === 'CIRCULAR_DEPENDENCY' || code === 'INVALID_ANNOTATION');
}

const minify = minifyLiterals({
  include: [join(dist, 'components/**'), join(dist, 'src/**')],
  failOnError: true,
  // A shape of an icon must not swallow the next one, and a space between words must stay.
  options: { minifyOptions: { keepClosingSlash: true, conservativeCollapse: true } },
});
/** @type {Map<string, { code: string, result: unknown }>} */
const minified = new Map();

/**
 * Minifies the templates of a module once for all bundles.
 *
 * @type {import('rollup').Plugin}
 */
const minifyOnce = {
  name: 'minify-once',
  transform(code, id) {
    const known = minified.get(id);
    if (known?.code === code) return /** @type {any} */ (known.result);
    const result = /** @type {any} */ (minify).transform.call(this, code, id);
    minified.set(id, { code, result });
    return result;
  },
};

/**
 * @param {string} name
 * @param {string[]} lines
 * @param {import('rollup').OutputOptions} [more]
 * @returns {import('rollup').OutputOptions}
 */
function output(name, lines, more) {
  return {
    dir: join(dist, 'bundle'),
    entryFileNames: `${name}.js`,
    chunkFileNames: `${name}/[name].js`,
    format: 'es',
    sourcemap: true,
    ...more,
    banner: `/*! Casement ${version} | MIT | third-party notices in THIRD-PARTY.txt */`,
    plugins: [
      terser({
        module: true,
        ecma: 2022,
        compress: { passes: 3, keep_fargs: false },
        format: { comments: /^!/ },
      }),
      // Everything in the other bundles is in this one too.
      name === 'casement.all' && thirdPartyNotices(),
      declarations(`${name}.d.ts`, lines.join('\n')),
    ],
  };
}

/**
 * @param {string} name
 * @param {string[]} lines
 * @param {import('rollup').OutputOptions[]} outputs
 * @returns {import('rollup').RollupOptions}
 */
function bundle(name, lines, outputs) {
  return {
    input: name,
    // What is fetched later takes what it shares from the bundle itself: no second file at the start.
    preserveEntrySignatures: 'allow-extension',
    output: outputs,
    plugins: [
      virtualEntry(name, lines),
      leanSchemas(),
      pureSchemas(),
      sharedDecorate(),
      nodeResolve({ browser: true, exportConditions: ['production'] }),
      minifyOnce,
    ],
    onwarn(warning) {
      if (!isNoise(warning)) throw new Error(warning.message);
    },
  };
}

const everything = [`export * from '../components/index.js';`, `export * from '../src/index.js';`];
const list = [
  `export * from '../components/case-provider/case-provider.js';`,
  `export * from '../components/case-list/case-list.js';`,
  `export { addCaseLocale, setCaseLocale } from '../components/shared/localization.js';`,
];

export default [
  bundle('casement', everything, [
    output('casement', everything),
    output('casement.all', everything, {
      // One file that needs no other, but for the words of languages other than English.
      manualChunks: (id) => (id.startsWith(locales) ? null : 'casement.all'),
    }),
  ]),
  bundle('case-list', list, [
    output('case-list', list, {
      // The form comes whole when it is opened, not the frame first and then what stands in it.
      manualChunks: (id) => (id.startsWith(join(dist, 'components', 'case-form')) ? 'case-form' : null),
      onlyExplicitManualChunks: true,
    }),
  ]),
];
