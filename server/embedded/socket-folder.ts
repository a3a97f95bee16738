import { createHash } from 'node:crypto';
import { chownSync, lstatSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { embeddedTrouble } from './plain-error.js';
import type { Place } from './place.js';

// The address of a Unix socket has room for 107 bytes on Linux and 103 on macOS, its end included.
const longest = 103 - '/.s.PGSQL.5432.lock'.length;

/** The private folder of the socket: the database's own, or a short one when that path is too long for a socket. */
export function socketFolder(place: Place): string {
  if (Buffer.byteLength(place.folder) <= longest) return place.folder;
  const owner = place.user?.uid ?? process.getuid?.() ?? 0;
  const short = join(
    '/tmp',
    `casement-${createHash('sha256').update(place.folder).digest('hex').slice(0, 16)}`,
  );
  try {
    mkdirSync(short, { mode: 0o700 });
    if (place.user) chownSync(short, place.user.uid, place.user.gid);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const found = lstatSync(short);
  if (!found.isDirectory() || found.uid !== owner || (found.mode & 0o077) !== 0) {
    throw embeddedTrouble(
      `${short} is needed for its socket, but is not a private folder of its user. Remove it.`,
    );
  }
  return short;
}
