/** PostgreSQL's type numbers for the values the engine reads. */
export const OID = {
  int8: 20,
  date: 1082,
  timestamptz: 1184,
  json: 114,
  jsonb: 3802,
  textArray: 1009,
} as const;

/** `2026-02-03 04:05:06.789+00` as RFC 3339 in UTC; what is no instant (infinity) stays as it came. */
export function parseInstant(text: string): string {
  // Instants are most of what a list reads, and in this notation without exception.
  if (text.length <= 26 && text[4] === '-' && text.endsWith('+00'))
    return `${text.slice(0, 10)}T${text.slice(11, 19)}${(text.slice(19, -3) || '.').padEnd(4, '0')}Z`;
  const iso = text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00');
  const time = Date.parse(iso);
  return Number.isNaN(time) ? text : new Date(time).toISOString();
}

/** `text[]` in PostgreSQL's own notation. */
export function parseTextArray(text: string): (string | null)[] {
  const values: (string | null)[] = [];
  const pattern = /"((?:[^"\\]|\\.)*)"|([^,{}"]+)/gs;
  for (const [, quoted, bare] of text.matchAll(pattern)) {
    if (quoted !== undefined) values.push(quoted.replace(/\\(.)/gs, '$1'));
    else values.push(bare === 'NULL' ? null : (bare ?? null));
  }
  return values;
}

/** One set for both drivers, so that a row means the same wherever the engine runs. */
export const parsers: Record<number, (text: string) => unknown> = {
  [OID.int8]: Number,
  [OID.date]: (text) => text,
  [OID.timestamptz]: parseInstant,
  [OID.json]: (text) => JSON.parse(text) as unknown,
  [OID.jsonb]: (text) => JSON.parse(text) as unknown,
  [OID.textArray]: parseTextArray,
};

/**
 * Run on each new connection: the parsers read these notations. The rest is for the questions of lists and search, which
 * are many and short: compiling one takes longer than it saves, and with less memory the index of the words forgets which
 * cases of a page it meant and has them all read.
 */
export const CONNECTION_SETTINGS = `select set_config('TimeZone', 'UTC', false), set_config('DateStyle', 'ISO, YMD', false),
  set_config('jit', 'off', false),
  set_config('work_mem', greatest(pg_size_bytes(current_setting('work_mem')) / 1024, 32768) || 'kB', false)`;
