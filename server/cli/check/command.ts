import { ConfigError, type Config, type Environment } from '../config.js';
import { readConfigFile } from '../config-file.js';
import { commandHelp } from '../help.js';
import { common, configured, parse } from '../options.js';
import { checkDatabase } from './database.js';
import { tableOf, wrong, type Finding } from './finding.js';
import { checkForeign } from './foreign.js';
import { checkNotices } from './notices.js';
import { checkAddresses, checkAttachments, checkSources } from './surroundings.js';
import { checkTokens } from './tokens.js';

/** `casement check`: looks at everything `serve` needs, says what it found, and ends with 1 when something is wrong. */
export async function checkCommand(argv: readonly string[], environment: Environment): Promise<number> {
  const { values } = parse(argv, { ...common, port: { type: 'string' }, host: { type: 'string' } });
  if (values.help) {
    console.log(commandHelp('check'));
    return 0;
  }
  const findings = await lookAtAll(environment, {
    PORT: values.port,
    HOST: values.host,
    CASEMENT_DATA: values.data,
    CASEMENT_CONFIG: values.config,
  });
  console.log(tableOf(findings));
  const mistakes = findings.filter(({ state }) => state === 'wrong').length;
  console.log(mistakes === 0 ? '\nThe server can be started.' : `\nTo be mended first: ${mistakes}.`);
  return mistakes === 0 ? 0 : 1;
}

async function lookAtAll(environment: Environment, options: Environment): Promise<Finding[]> {
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const together = { ...environment, ...given };
  try {
    const config = configured(environment, options);
    return [
      ...checkSources(together, readConfigFile(together)),
      ...checkAddresses(config),
      ...(await checkTokens(config)),
      ...(config.foreign ? await checkForeign(config, config.foreign) : await checkOwn(config)),
    ];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.mistakes.map((mistake) => wrong('Configuration', mistake));
  }
}

/** What our own engine needs. */
async function checkOwn(config: Config): Promise<Finding[]> {
  return [...(await checkDatabase(config)), await checkAttachments(config), ...(await checkNotices(config))];
}
