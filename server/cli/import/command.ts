import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';

import { PlainError } from '../../embedded/plain-error.js';
import type { Environment } from '../config.js';
import { openEngine } from '../database.js';
import { commandHelp } from '../help.js';
import { common, configured, parse, say, tenantOf } from '../options.js';
import { importFile } from './import.js';
import { readMap } from './map.js';
import { createProgress } from './progress.js';
import { createReport } from './report.js';

/** `casement import`. */
export async function importCommand(argv: readonly string[], environment: Environment): Promise<number> {
  const { values, positionals } = parse(argv, {
    ...common,
    map: { type: 'string' },
    tenant: { type: 'string' },
    report: { type: 'string' },
  });
  if (values.help) {
    console.log(commandHelp('import'));
    return 0;
  }
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0)
    throw new PlainError('Name one file: casement import FILE.csv --map MAP.json');
  if (values.map === undefined) throw new PlainError('Say what the columns mean: --map MAP.json');
  const config = configured(environment, {
    CASEMENT_DATA: values.data,
    CASEMENT_CONFIG: values.config,
  });
  if (config.foreign) {
    throw new PlainError('Cases are imported into our own engine alone. Take them over in the other system.');
  }
  const map = await readMap(values.map);
  const { size } = await stat(file).catch((error: Error) => {
    throw new PlainError(`${file} cannot be read: ${error.message}.`, { cause: error });
  });
  const reportFile = resolve(values.report ?? `${file.replace(/\.csv$/i, '')}.rejected.csv`);
  const report = await createReport(reportFile);
  const opened = await openEngine(config, { notice: say });
  const progress = createProgress(size, process.stderr);
  try {
    const counts = await importFile({
      file,
      map,
      tenant: tenantOf(values.tenant),
      engine: opened.engine,
      report,
      progress,
    });
    progress.stop();
    console.log(`${counts.created} created, ${counts.unchanged} unchanged, ${counts.rejected} rejected`);
    if (counts.rejected > 0) console.log(`Rejected rows are in ${reportFile}, with line and reason.`);
    return 0;
  } finally {
    progress.stop();
    await report.close();
    await opened.close();
  }
}
