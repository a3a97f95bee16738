import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { parse } from 'csv-parse/sync';
import { DateTime } from 'luxon';

/** The real requests shipped with the demonstration, and how they are taken over. */
export const requestsFile = fileURLToPath(
  new URL('../../../demo/import/nyc-311-requests.csv', import.meta.url),
);
export const requestsMap = fileURLToPath(new URL('../../../demo/import/nyc-311.map.json', import.meta.url));

/** One request, read by the test itself so that it can count what a filter must find. */
export interface Request {
  readonly key: string;
  readonly type: string;
  readonly subject: string;
  readonly open: boolean;
  readonly createdAt: DateTime;
}

export function readRequests(): Request[] {
  const rows: Record<string, string>[] = parse(readFileSync(requestsFile), { columns: true });
  return rows.map((row) => ({
    key: row['Unique Key'] ?? '',
    type: row['Complaint Type'] ?? '',
    subject: row['Descriptor'] ?? '',
    open: row['Status'] === 'In Progress',
    createdAt: DateTime.fromFormat(row['Created Date'] ?? '', 'M/d/yyyy H:mm', { zone: 'America/New_York' }),
  }));
}
