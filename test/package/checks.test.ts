import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { expect, inject, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const { folder, tarball } = inject('consumer');

interface Problem {
  readonly kind: string;
  readonly resolutionKind?: string;
}

it('leaves publint nothing to say', async () => {
  const file = await readFile(tarball);
  const data = file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength);
  const { messages, pkg = {} } = await publint({ pack: { tarball: data }, strict: true });
  expect(messages.map((message) => formatMessage(message, pkg, { color: false }))).toEqual([]);
});

it('gives every way of resolving modules in ESM the right types', async () => {
  const attw = join(root, 'node_modules/@arethetypeswrong/cli/dist/index.js');
  const options = ['--profile', 'esm-only', '--format', 'json'];
  const { stdout } = await promisify(execFile)(process.execPath, [attw, tarball, ...options], {
    cwd: folder,
    maxBuffer: 64 * 1024 * 1024,
  });
  const { analysis } = JSON.parse(stdout) as { analysis: { problems: readonly Problem[] } };
  // The old ways of resolving know no exports, and CommonJS cannot require what is a module.
  const problems = analysis.problems.filter(
    ({ resolutionKind }) => resolutionKind !== 'node10' && resolutionKind !== 'node16-cjs',
  );
  expect(problems).toEqual([]);
}, 180_000);
