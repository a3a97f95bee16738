import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path/posix';

import {
  checkPackage,
  createPackageFromTarballData,
  type Package,
  type Problem,
} from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { expect, inject, it } from 'vitest';

const { tarball } = inject('consumer');

/** The tarball, whose folders are looked up and not sought among all files, as happens thousands of times. */
async function readPackage(): Promise<Package> {
  const packed = createPackageFromTarballData(new Uint8Array(await readFile(tarball)));
  const folders = new Set<string>();
  for (const file of packed.listFiles())
    for (let folder = dirname(file); !folders.has(folder); folder = dirname(folder)) folders.add(folder);
  packed.directoryExists = (path) => folders.has(path.replace(/(?<=.)\/+$/, ''));
  return packed;
}

it('leaves publint nothing to say', async () => {
  const file = await readFile(tarball);
  const data = file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength);
  const { messages, pkg = {} } = await publint({ pack: { tarball: data }, strict: true });
  expect(messages.map((message) => formatMessage(message, pkg, { color: false }))).toEqual([]);
});

it('gives every way of resolving modules in ESM the right types', async () => {
  const { types, ...analysis } = { problems: [], ...(await checkPackage(await readPackage())) };
  expect(types).toEqual({ kind: 'included' });
  // The old ways of resolving know no exports, and CommonJS cannot require what is a module.
  const problems: readonly Problem[] = analysis.problems;
  expect(
    problems.filter((problem) => {
      const kind = 'resolutionKind' in problem ? problem.resolutionKind : undefined;
      return kind !== 'node10' && kind !== 'node16-cjs';
    }),
  ).toEqual([]);
}, 180_000);
