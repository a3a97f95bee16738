/**
 * A place in a JSON value: `account.id` or `/account/id`, numbers count the entries of lists, and nothing at all is the whole
 * value. A pointer with slashes knows `~1` and `~0` (RFC 6901), for names that hold a slash.
 */
export function at(value: unknown, pointer: string): unknown {
  let found = value;
  for (const part of partsOf(pointer)) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, part)) return undefined;
    found = (found as Record<string, unknown>)[part];
  }
  return found;
}

function partsOf(pointer: string): string[] {
  if (pointer === '') return [];
  if (!pointer.startsWith('/')) return pointer.split('.');
  return pointer
    .slice(1)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** A text or number as a text; nothing for what is neither, or empty. */
export function textAt(value: unknown, pointer: string | undefined): string | undefined {
  if (pointer === undefined) return undefined;
  const found = at(value, pointer);
  if (typeof found === 'number' || typeof found === 'boolean') return String(found);
  return typeof found === 'string' && found !== '' ? found : undefined;
}
