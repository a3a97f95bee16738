import { idOfName, randomText } from './ids.js';

const LONGEST_FOLDER = 100;

/** A new key for a file: a folder of the tenant's, and a name nobody can guess. */
export function newStorageKey(tenant: string): string {
  return `${folderOf(tenant)}/file_${randomText(32)}`;
}

/** The tenant's id in small letters, digits, dashes and `=hh` for every other byte; a long one is cut and marked. */
function folderOf(tenant: string): string {
  const bytes = Array.from(new TextEncoder().encode(tenant));
  const folder = bytes.map((byte) => {
    const letter = String.fromCharCode(byte);
    return /[a-z0-9_-]/.test(letter) ? letter : `=${byte.toString(16).padStart(2, '0')}`;
  });
  const name = folder.join('');
  return name.length <= LONGEST_FOLDER ? name : idOfName(tenant, name.slice(0, LONGEST_FOLDER - 20));
}
