import { createHash } from 'node:crypto';
import {
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

import { copyOfBinaries, installedBinaries, type Binaries } from './binaries.js';
import { embeddedTrouble } from './plain-error.js';
import { canEnter, canRun, databaseUser, type SystemUser } from './system-user.js';

/** Where a database lives and who runs it. */
export interface Place {
  /** Holds the cluster and its log; open to `user` alone. */
  readonly folder: string;
  readonly cluster: string;
  readonly log: string;
  readonly user: SystemUser | undefined;
  readonly binaries: Binaries;
}

const shared = '/var/lib/casement';
const pointer = 'database-is-elsewhere.txt';

/**
 * Decides where the database of a data folder lives: inside it, as a rule.
 *
 * As root the database needs another user, who may be kept out of the data folder by a private parent. Then it lives
 * under /var/lib/casement with a copy of the programs, and a text file in the data folder says so.
 *
 * @param notice - Told where the database is when it is not in the data folder.
 */
export async function placeOf(dataFolder: string, notice: (text: string) => void): Promise<Place> {
  mkdirSync(dataFolder, { recursive: true, mode: 0o711 });
  const home = realpathSync(dataFolder);
  // Whoever the database belongs to goes on running it.
  const user = databaseUser(settledFolder(home) ?? join(home, 'postgres'));
  const folder = chooseFolder(home, user, notice);
  createPrivate(folder, user);
  const installed = await installedBinaries();
  return {
    folder,
    cluster: join(folder, 'cluster'),
    log: join(folder, 'postgres.log'),
    user,
    binaries: canRun(installed.initdb, user) ? installed : await reachableCopy(installed, user),
  };
}

/** Where the sign in a data folder points; `undefined` where there is none. */
function settledFolder(home: string): string | undefined {
  const sign = join(home, pointer);
  if (!existsSync(sign)) return undefined;
  const elsewhere = readFileSync(sign, 'utf8').split('\n')[0] ?? '';
  if (new RegExp(`^${shared}/[0-9a-f]{12}$`).test(elsewhere)) return elsewhere;
  throw embeddedTrouble(`${sign} should name a folder in ${shared} on its first line, and does not.`);
}

function chooseFolder(home: string, user: SystemUser | undefined, notice: (text: string) => void): string {
  const inside = join(home, 'postgres');
  const settled = settledFolder(home);
  if (settled !== undefined) {
    if (!existsSync(settled))
      notice(`The database that was at ${settled} is gone. An empty one is made there.`);
    return settled;
  }
  if (canEnter(home, user)) return inside;
  if (existsSync(join(inside, 'cluster'))) {
    throw embeddedTrouble(
      `its data is in ${inside}, which the user "${user?.name}" can no longer enter. Let others pass through the folders above it (chmod o+x).`,
    );
  }
  if (!user) throw embeddedTrouble(`${home} cannot be entered. Choose another folder with CASEMENT_DATA.`);
  const elsewhere = join(shared, createHash('sha256').update(home).digest('hex').slice(0, 12));
  const why = `${home} is closed to the user "${user.name}", as whom PostgreSQL runs because you are root.`;
  writeFileSync(join(home, pointer), `${elsewhere}\n\nThe database is kept there: ${why}\n`);
  notice(`The database is kept in ${elsewhere}: ${why}`);
  return elsewhere;
}

function createPrivate(folder: string, user: SystemUser | undefined): void {
  try {
    if (folder.startsWith(`${shared}/`)) mkdirSync(shared, { recursive: true, mode: 0o755 });
    const isNew = mkdirSync(folder, { recursive: true, mode: 0o700 }) !== undefined;
    if (isNew && user) chownSync(folder, user.uid, user.gid);
  } catch (cause) {
    throw embeddedTrouble(`${folder} cannot be made (${(cause as Error).message}).`, cause);
  }
  const { uid } = statSync(folder);
  if (uid !== (user?.uid ?? process.getuid?.())) {
    throw embeddedTrouble(`${folder} belongs to another user: start as that user, or set CASEMENT_DATA.`);
  }
}

async function reachableCopy(installed: Binaries, user: SystemUser | undefined): Promise<Binaries> {
  const copy = user && (await copyOfBinaries(installed, shared));
  if (copy && canRun(copy.initdb, user)) return copy;
  throw embeddedTrouble(
    `${installed.initdb} does not run on this machine${user ? ` as the user "${user.name}"` : ''}. Its libraries may be missing.`,
  );
}
