import { execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { chromium } from '@playwright/test';
import type { TestProject } from 'vitest/node';

import { browserArgs, ensureBrowser } from '../../support/browser.mjs';

const root = join(import.meta.dirname, '../../..');

/** The package as others get it. */
export interface Consumer {
  /** A folder outside the checkout with the tarball installed: nothing of the checkout is within reach. */
  readonly folder: string;
  readonly tarball: string;
}

declare module 'vitest' {
  export interface ProvidedContext {
    consumer: Consumer;
    /** Where the browser that all tests share is asked. */
    browser: string;
  }
}

interface Manifest {
  readonly dependencies: Record<string, string>;
  readonly peerDependencies: Record<string, string>;
}

// What the consumers of the tests bring themselves.
const ofTheConsumer = ['react-dom', '@types/react', '@types/react-dom', '@types/node', 'csstype'];

/** Links what the package asks for and nothing else, so that an import it does not declare fails. */
async function installDependencies(folder: string): Promise<void> {
  const file = join(folder, 'node_modules/casement/package.json');
  const { dependencies, peerDependencies } = JSON.parse(await readFile(file, 'utf8')) as Manifest;
  const names = [...Object.keys(dependencies), ...Object.keys(peerDependencies), ...ofTheConsumer];
  for (const name of names) {
    const link = join(folder, 'node_modules', name);
    await mkdir(dirname(link), { recursive: true });
    await symlink(await realpath(join(root, 'node_modules', name)), link, 'junction');
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'casement-package-')));
  const pack = ['pack', '--json', '--ignore-scripts', '--loglevel=error', '--pack-destination', folder];
  const said = execFileSync('npm', pack, {
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  const [packed] = JSON.parse(said) as { readonly filename: string }[];
  if (!packed) throw new Error(`npm pack made nothing: ${said}`);
  const tarball = join(folder, packed.filename);
  execFileSync('tar', ['-xzf', packed.filename], { cwd: folder });
  await cp(join(folder, 'package'), join(folder, 'node_modules/casement'), { recursive: true });
  await rm(join(folder, 'package'), { recursive: true });
  await writeFile(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'consumer', type: 'module', private: true }),
  );
  await installDependencies(folder);
  project.provide('consumer', { folder, tarball });
  const browser = await chromium.launchServer({ executablePath: await ensureBrowser(), args: browserArgs });
  project.provide('browser', browser.wsEndpoint());
  return async () => {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  };
}
