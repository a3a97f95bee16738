import { PlainError } from '../embedded/plain-error.js';
import { ConfigError, unknownVariables, type Environment } from './config.js';
import { commandHelp, help, type CommandName } from './help.js';
import { createLogger } from './log.js';
import { common, configured, parse, say, tenantOf } from './options.js';
import { startServer } from './serve.js';
import { untilTold } from './signals.js';
import { developmentToken } from './token.js';

// EX_CONFIG of sysexits.h: trying again without a change is no use.
const wrongConfiguration = 78;

/** Runs one command of the `casement` program and says with which code it ends. */
export async function runCommand(argv: readonly string[], environment: Environment): Promise<number> {
  const [command, ...rest] = argv;
  try {
    switch (command) {
      case 'serve':
        return await serve(rest, environment);
      case 'check':
        return await (await import('./check/command.js')).checkCommand(rest, environment);
      case 'import':
        return await (await import('./import/command.js')).importCommand(rest, environment);
      case 'bounce':
        return await (await import('./bounce.js')).bounceCommand(rest, environment);
      case 'token':
        return await token(rest, environment);
      case 'conformance':
        return await (await import('./conformance/command.js')).conformanceCommand(rest, environment);
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
    return error instanceof ConfigError ? wrongConfiguration : 1;
  }
}

async function serve(argv: readonly string[], environment: Environment): Promise<number> {
  const { values } = parse(argv, { ...common, port: { type: 'string' }, host: { type: 'string' } });
  if (values.help) return printHelp('serve');
  const config = configured(environment, {
    PORT: values.port,
    HOST: values.host,
    CASEMENT_DATA: values.data,
    CASEMENT_CONFIG: values.config,
  });
  for (const words of unknownVariables(environment)) say(words);
  const server = await startServer({ ...config, logger: createLogger(config.logLevel), notice: say });
  say(`Casement answers at ${server.url}/v1 (its contract: ${server.url}/v1/openapi.json).`);
  say(`Its data is in ${server.where}. Its metrics are at ${server.metricsUrl}.`);
  await untilTold();
  say('Stopping. Once more stops it at once.');
  await server.stop();
  return 0;
}

async function token(argv: readonly string[], environment: Environment): Promise<number> {
  const { values } = parse(argv, {
    ...common,
    roles: { type: 'string' },
    as: { type: 'string' },
    email: { type: 'string' },
    customer: { type: 'string' },
    tenant: { type: 'string' },
    expires: { type: 'string' },
  });
  if (values.help) return printHelp('token');
  if (values.roles === undefined && values.as === undefined && values.email === undefined) {
    throw new PlainError('Say whose token: --roles ROLE[,ROLE] or --as PERSON');
  }
  const expiresIn = values.expires ?? '12h';
  if (!/^[1-9]\d{0,4}[smhd]$/.test(expiresIn))
    throw new PlainError('--expires takes a span such as 30m, 12h or 7d.');
  const config = configured(environment, {
    CASEMENT_DATA: values.data,
    CASEMENT_CONFIG: values.config,
  });
  const roles = (values.roles ?? '').split(',').map((role) => role.trim());
  const request = {
    tenant: tenantOf(values.tenant),
    roles: roles.filter((role) => role !== ''),
    as: values.as,
    email: values.email,
    customer: values.customer,
    expiresIn,
  };
  console.log(await developmentToken(config, request));
  return 0;
}

function printHelp(command: CommandName): number {
  console.log(commandHelp(command));
  return 0;
}
