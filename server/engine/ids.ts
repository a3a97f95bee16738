const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz';

/** `case_01jd…`: ten letters of time, so that ids sort as they were made, and ten of chance. */
export function newId(
  noun: 'case' | 'note' | 'line' | 'file' | 'view' | 'grant' | 'project' | 'message' | 'inbox' | 'entry',
): string {
  let time = Date.now();
  let stamp = '';
  for (let place = 0; place < 10; place += 1) {
    stamp = DIGITS.charAt(time % 32) + stamp;
    time = Math.floor(time / 32);
  }
  return `${noun}_${stamp}${randomText(10)}`;
}

/** Unguessable letters and digits. */
export function randomText(length: number): string {
  const bytes = crypto.getRandomValues(new Uint8Array(length));
  return Array.from(bytes, (byte) => DIGITS.charAt(byte % 32)).join('');
}

/** An id that always comes out the same for the same name: two imports at once make one record. */
export function idOfName(name: string, slug: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(name)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  }
  return `${slug === '' ? 'x' : slug}-${hash.toString(36)}`;
}
