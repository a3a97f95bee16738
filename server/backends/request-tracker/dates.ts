/** Dates that were never set are those of the year 1970. */
export function instantOf(date: string): string | null {
  return date === '' || date.startsWith('1970-01-0') ? null : date;
}
