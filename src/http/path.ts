/**
 * A path whose values are encoded, so that an id can never name another route.
 *
 * @example
 * ```ts
 * path`v1/cases/${id}/notes`;
 * ```
 */
export function path(parts: TemplateStringsArray, ...values: readonly string[]): string {
  return parts.reduce((whole, part, index) => {
    const value = encodeURIComponent(values[index - 1] ?? '');
    // A URL drops dot segments, encoded or not, and an empty one names the list: no record has such an id.
    return whole + (/^\.{0,2}$/.test(value) ? `%00${value}` : value) + part;
  });
}
