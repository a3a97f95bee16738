// Serves the element tests in a few bundles: apart, each page would ask for some four hundred modules, in every engine.
import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

import { build } from 'esbuild';

/**
 * Answers for test files and for what they share, bundled at the first request. A module is still there once in a page.
 *
 * @param {string} root
 * @param {string} folder - Where the tests are, below the root.
 * @returns {NonNullable<import('@web/test-runner').TestRunnerConfig['middleware']>[number]}
 */
export function bundledTests(root, folder) {
  /** @type {Promise<Map<string, Uint8Array>> | undefined} */
  let bundles;
  return async (ctx, next) => {
    if (!ctx.path.startsWith(`/${folder}/`)) return next();
    const body = (await (bundles ??= bundle(root, folder))).get(ctx.path.replace(/\.ts$/, '.js'));
    if (!body) return next();
    ctx.type = ctx.path.endsWith('.map') ? 'json' : 'js';
    // The name of what is shared has a hash of its content.
    if (ctx.path.includes('/shared-')) ctx.set('cache-control', 'max-age=86400, immutable');
    ctx.body = Buffer.from(body);
  };
}

/**
 * @param {string} root
 * @param {string} folder
 */
async function bundle(root, folder) {
  const files = await readdir(join(root, folder), { recursive: true });
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: files.filter((file) => file.endsWith('.test.ts')).map((file) => join(root, folder, file)),
    outbase: root,
    outdir: root,
    chunkNames: `${folder}/shared-[hash]`,
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    // Lit's build for those who write pages, which warns.
    conditions: ['development'],
    sourcemap: 'linked',
    // A test imports an element for what the import does, also where the package promises bundlers that it does nothing.
    ignoreAnnotations: true,
    logLevel: 'error',
    write: false,
  });
  return new Map(
    outputFiles.map(({ path, contents }) => [`/${relative(root, path).replaceAll(sep, '/')}`, contents]),
  );
}
