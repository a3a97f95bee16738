import { createReadStream } from 'node:fs';

import { parse, type CsvError, type Info } from 'csv-parse';

import { PlainError } from '../../embedded/plain-error.js';

/** One record of a CSV file, or why it could not be read as one. */
export interface CsvRecord {
  /** The line it begins on; the heading is on line 1. */
  readonly line: number;
  readonly values: readonly string[];
  readonly problem?: string;
  /** Bytes of the file read so far. */
  readonly bytes: number;
}

const longestRecord = 1024 * 1024;

/** The records of a CSV file, one after the other, the heading first. Empty lines are passed over. */
export async function* readRecords(file: string, delimiter: string): AsyncGenerator<CsvRecord> {
  const problems: CsvRecord[] = [];
  const parser = parse({
    bom: true,
    delimiter,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: longestRecord,
    on_skip: (error) => void (error && problems.push(skipped(error))),
  });
  const source = createReadStream(file);
  source.on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  let line = 1;
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: Info }>) {
      yield* problems.splice(0);
      yield { line, values: record, bytes: info.bytes };
      line = info.lines + 1;
    }
    yield* problems.splice(0);
  } catch (error) {
    throw new PlainError(`${file} cannot be read: ${(error as Error).message}.`, { cause: error });
  } finally {
    source.destroy();
    parser.destroy();
  }
}

function skipped(error: CsvError): CsvRecord {
  const { lines, bytes } = error as CsvError & { lines?: number; bytes?: number };
  return {
    line: lines ?? 0,
    values: [],
    problem: 'not readable as CSV: a quote is open or misplaced',
    bytes: bytes ?? 0,
  };
}
