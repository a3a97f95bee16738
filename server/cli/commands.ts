import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs, type ParseArgsConfig } from 'node:util';

import { PlainError } from '../embedded/plain-error.js';
import { readConfig, type Config, type Environment } from './config.js';
import { openEngine } from './database.js';
import { help } from './help.js';
import { importFile } from './import/import.js';
import { readMap } from './import/map.js';
import { createProgress } from './import/progress.js';
import { createReport } from './import/report.js';
import { createLogger, startServer } from './serve.js';
import { untilTold } from './signals.js';
import { developmentToken } from './token.js';

/** Runs one command of the `casement` program and says with which code it ends. */
export async function runCommand(argv: readonly string[], environment: Environment): Promise<number> {
  const [command, ...rest] = argv;
  try {
    switch (command) {
      case 'serve':
        return await serve(rest, environment);
      case 'import':
        return await importCommand(rest, environment);
      case 'token':
        return await token(rest, environment);
      case undefined:
      case 'help':
      case '--help':
      case '-h':
        console.log(help);
        return command === undefined ? 1 : 0;
      default:
        throw new PlainError(`There is no command "${command}". "casement --help" lists them.`);
    }
  } catch (error) {
    console.error(error instanceof PlainError ? error.message : error);
    return 1;
  }
}

const common = { data: { type: 'string' }, help: { type: 'boolean', short: 'h' } } as const;

async function serve(argv: readonly string[], environment: Environment): Promise<number> {
  const { values } = parse(argv, { ...common, port: { type: 'string' }, host: { type: 'string' } });
  if (values.help) return printHelp();
  const config = configured(environment, {
    PORT: values.port,
    HOST: values.host,
    CASEMENT_DATA: values.data,
  });
  const server = await startServer({ ...config, logger: createLogger(), notice: say });
  say(`Casement answers at ${server.url}/v1 (its contract: ${server.url}/v1/openapi.json).`);
  say(`Its data is in ${server.where}.`);
  await untilTold();
  await server.stop();
  return 0;
}

async function importCommand(argv: readonly string[], environment: Environment): Promise<number> {
  const { values, positionals } = parse(argv, {
    ...common,
    map: { type: 'string' },
    tenant: { type: 'string' },
    report: { type: 'string' },
  });
  if (values.help) return printHelp();
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0)
    throw new PlainError('Name one file: casement import FILE.csv --map MAP.json');
  if (values.map === undefined) throw new PlainError('Say what the columns mean: --map MAP.json');
  const config = configured(environment, { CASEMENT_DATA: values.data });
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

async function token(argv: readonly string[], environment: Environment): Promise<number> {
  const { values } = parse(argv, {
    ...common,
    roles: { type: 'string' },
    as: { type: 'string' },
    tenant: { type: 'string' },
    expires: { type: 'string' },
  });
  if (values.help) return printHelp();
  if (values.roles === undefined && values.as === undefined) {
    throw new PlainError('Say whose token: --roles ROLE[,ROLE] or --as PERSON');
  }
  const expiresIn = values.expires ?? '12h';
  if (!/^[1-9]\d{0,4}[smhd]$/.test(expiresIn))
    throw new PlainError('--expires takes a span such as 30m, 12h or 7d.');
  const config = configured(environment, { CASEMENT_DATA: values.data });
  const roles = (values.roles ?? '').split(',').map((role) => role.trim());
  const request = {
    tenant: tenantOf(values.tenant),
    roles: roles.filter((role) => role !== ''),
    as: values.as,
    expiresIn,
  };
  console.log(await developmentToken(config, request));
  return 0;
}

function parse<T extends NonNullable<ParseArgsConfig['options']>>(argv: readonly string[], options: T) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new PlainError(`${(error as Error).message} ("casement --help" lists the options.)`, {
      cause: error,
    });
  }
}

function configured(environment: Environment, options: Environment): Config {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return readConfig({ ...environment, ...Object.fromEntries(given) });
}

function tenantOf(tenant = 'default'): string {
  if (!/^[\w.-]{1,100}$/.test(tenant))
    throw new PlainError('--tenant takes letters, digits, dots, dashes and underscores.');
  return tenant;
}

function printHelp(): number {
  console.log(help);
  return 0;
}

function say(text: string): void {
  console.error(text);
}
