import { stat } from 'node:fs/promises';

import { PlainError } from '../../embedded/plain-error.js';
import type { Engine } from '../../engine/engine.js';
import type { ImportedCase } from '../../engine/import-types.js';
import { convert } from './convert.js';
import { checkColumns, type ImportMap } from './map.js';
import type { Progress } from './progress.js';
import type { RejectReport } from './report.js';
import { readRecords, type CsvRecord } from './rows.js';

/** What became of the rows of a file. */
export interface ImportCounts {
  readonly created: number;
  readonly unchanged: number;
  readonly rejected: number;
}

/** What an import needs. */
export interface ImportOptions {
  readonly file: string;
  readonly map: ImportMap;
  readonly tenant: string;
  readonly engine: Pick<Engine, 'importCases'>;
  readonly report: RejectReport;
  readonly progress: Progress;
}

const batchSize = 500;

interface Pending {
  readonly line: number;
  readonly imported: ImportedCase;
}

/**
 * Imports the rows of a file, each once by its external reference: to go on after an interruption, run it again.
 * Rows that cannot be taken go to the report; the others go in.
 *
 * @throws {PlainError} when the file cannot be read or does not fit the map; nothing was imported then.
 */
export async function importFile(options: ImportOptions): Promise<ImportCounts> {
  const { file, map, report, progress } = options;
  const counts = { created: 0, unchanged: 0, rejected: 0 };
  let batch: Pending[] = [];
  let columns: readonly string[] | undefined;
  let rows = 0;

  async function reject(line: number, reference: string, reason: string): Promise<void> {
    counts.rejected += 1;
    await report.add(line, reference, reason);
  }

  async function flush(): Promise<void> {
    const sent = batch;
    batch = [];
    if (sent.length === 0) return;
    const cases = sent.map(({ imported }) => imported);
    const outcomes = await options.engine.importCases(options.tenant, null, cases);
    for (const [index, { outcome, reason, externalReference }] of outcomes.entries()) {
      if (outcome === 'rejected')
        await reject(sent[index]?.line ?? 0, externalReference, reason ?? 'refused');
      else counts[outcome] += 1;
    }
  }

  await checkFile(file);
  for await (const record of readRecords(file, map.delimiter ?? ',')) {
    if (!columns) {
      columns = record.values.map((column) => column.trim());
      checkColumns(map, columns);
      continue;
    }
    rows += 1;
    const problem = problemOf(record, columns);
    if (problem !== undefined) {
      await reject(record.line, '', problem);
    } else {
      const converted = convert(
        Object.fromEntries(columns.map((name, at) => [name, record.values[at] ?? ''])),
        map,
      );
      if ('imported' in converted) batch.push({ line: record.line, imported: converted.imported });
      else await reject(record.line, converted.reference, converted.reasons.join('; '));
    }
    if (batch.length >= batchSize) await flush();
    progress.update(record.bytes, rows);
  }
  if (!columns) throw new PlainError(`${file} is empty: its first line must name the columns.`);
  await flush();
  return counts;
}

function problemOf({ problem, values }: CsvRecord, columns: readonly string[]): string | undefined {
  if (problem !== undefined) return problem;
  if (values.length !== columns.length) return `${values.length} columns instead of ${columns.length}`;
  return values.some((value) => value.includes('\uFFFD')) ? 'not in UTF-8' : undefined;
}

async function checkFile(file: string): Promise<void> {
  const found = await stat(file).catch((error: Error) => {
    throw new PlainError(`${file} cannot be read: ${error.message}.`, { cause: error });
  });
  if (!found.isFile()) throw new PlainError(`${file} is not a file.`);
}
