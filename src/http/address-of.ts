/**
 * The address of a route's path, relative to the base. The id is encoded, so that it can never name another route.
 *
 * @example
 * ```ts
 * addressOf('/v1/cases/{id}/notes', caseId);
 * ```
 */
export function addressOf(path: string, id = ''): string {
  const value = encodeURIComponent(id);
  // A URL drops dot segments, encoded or not, and an empty one names the list: no record has such an id.
  return path.slice(1).replace('{id}', () => (/^\.{0,2}$/.test(value) ? `%00${value}` : value));
}
