import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { build } from 'esbuild';
import { expect, test } from 'vitest';

import storybook from '../../.storybook/main.js';

const root = join(import.meta.dirname, '../..');

/** What stories need of packages, by the names they import. */
async function imported(): Promise<string[]> {
  const files = await readdir(join(root, 'stories'), { recursive: true });
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [
      '.storybook/preview.ts',
      ...files.filter((file) => file.endsWith('.stories.ts')).map((file) => `stories/${file}`),
    ],
    outdir: 'nowhere',
    bundle: true,
    format: 'esm',
    splitting: true,
    packages: 'external',
    external: ['*?raw', '*?url'],
    loader: { '.css': 'empty' },
    ignoreAnnotations: true,
    metafile: true,
    write: false,
  });
  const imports = Object.values(metafile.inputs).flatMap((input) => input.imports);
  return [...new Set(imports.filter(({ external }) => external).map(({ path }) => path))];
}

test('the packages of the stories are ready before the first page asks: a page that is loaded again loses its tests', async () => {
  const { optimizeDeps } = (await storybook.viteFinal?.({}, {} as never)) ?? {};
  const ready = [...(optimizeDeps?.include ?? []), ...(optimizeDeps?.exclude ?? [])];
  // Storybook makes its own ready; the rest are files of ours.
  const needed = (await imported()).filter(
    (name) => !/^(@?storybook|<|\*|\.)/.test(name) && !name.includes('?'),
  );
  expect(needed.filter((name) => !ready.includes(name))).toEqual([]);
});
