import { writeFile } from 'node:fs/promises';

import { PlainError } from '../../embedded/plain-error.js';
import type { Environment } from '../config.js';
import { didYouMean } from '../did-you-mean.js';
import { commandHelp } from '../help.js';
import { parse, say } from '../options.js';
import { allCases } from './all-cases.js';
import { junitOf } from './junit.js';
import { lineOf, summaryOf } from './report.js';
import { roles, type Role } from './roles.js';
import { chosenCases, runCases } from './run.js';
import { tokenSource } from './tokens.js';
import { World } from './world.js';

const usualTimeout = 30;
const usualPatience = 10;

/** `casement conformance`: asks a server from outside whether it keeps the contract, and ends with 1 when it does not. */
export async function conformanceCommand(argv: readonly string[], environment: Environment): Promise<number> {
  const { values, positionals } = parse(argv, {
    'base-url': { type: 'string' },
    'token-command': { type: 'string' },
    without: { type: 'string', multiple: true },
    customer: { type: 'string' },
    'other-customer': { type: 'string' },
    only: { type: 'string', multiple: true },
    junit: { type: 'string' },
    timeout: { type: 'string' },
    patience: { type: 'string' },
    list: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  });
  if (values.help) {
    console.log(commandHelp('conformance'));
    return 0;
  }
  if (positionals.length > 0)
    throw new PlainError(`casement conformance takes options alone, not ${positionals.join(' ')}.`);
  const cases = chosen(listed(values.only));
  const width = Math.max(...cases.map(({ id }) => id.length));
  if (values.list) {
    for (const { id, title } of cases) console.log(`  ${id.padEnd(width)}  ${title}`);
    return 0;
  }

  const baseUrl = addressOf(values['base-url']);
  const without = leftOut(listed(values.without));
  const tokenOf = tokenSource(values['token-command'], environment);
  for (const role of roles) if (!without.includes(role)) await tokenOf(role);
  const world = new World({
    wire: { baseUrl, fetch, timeout: seconds('--timeout', values.timeout, usualTimeout) },
    tokenOf,
    without,
    customer: values.customer,
    otherCustomer: values['other-customer'],
    patience: seconds('--patience', values.patience, usualPatience),
  });

  console.log(`Does ${baseUrl} keep the contract? What this run creates has ${world.mark} in its subject.\n`);
  const results = await runCases(cases, world, (result) => console.log(lineOf(result, width)));
  const open = await world.tidy();
  if (values.junit !== undefined) await write(values.junit, junitOf(results, baseUrl));
  console.log(`\n${summaryOf(results)}`);
  if (open > 0) say(`${open} of the cases of this run stay open: they could not be closed.`);
  return results.some(({ outcome }) => outcome === 'failed') ? 1 : 0;
}

function chosen(only: readonly string[]) {
  for (const name of only) {
    if (chosenCases(allCases, [name]).length > 0) continue;
    const names = allCases.flatMap(({ id }) => [id, id.split('.')[0] ?? '']);
    const meant = didYouMean(name, names);
    const words = meant === undefined ? '--list names them.' : `Did you mean ${meant}?`;
    throw new PlainError(`--only: no case and no group is called ${name}. ${words}`);
  }
  return chosenCases(allCases, only);
}

/** Values that are said several times, or separated by commas. */
function listed(values: readonly string[] = []): string[] {
  return values
    .flatMap((value) => value.split(','))
    .map((value) => value.trim())
    .filter((value) => value !== '');
}

function leftOut(names: readonly string[]): Role[] {
  return names.map((name) => {
    const role = roles.find((one) => one === name);
    if (role === undefined)
      throw new PlainError(`--without takes ${roles.slice(1).join(', ')}, not ${name}.`);
    if (role === 'agent') throw new PlainError('--without agent: nothing can be asked without an agent.');
    return role;
  });
}

function addressOf(given: string | undefined): string {
  if (given === undefined) throw new PlainError('Say which server: --base-url URL');
  const isAddress = URL.canParse(given) && /^https?:$/.test(new URL(given).protocol);
  if (!isAddress) throw new PlainError(`--base-url takes an http or https address, not ${given}.`);
  return given.replace(/\/+$/, '').replace(/\/v1$/, '');
}

/** In milliseconds. */
function seconds(option: string, given: string | undefined, usual: number): number {
  const value = Number(given ?? usual);
  if (!(value > 0 && value <= 600)) throw new PlainError(`${option} takes a number of seconds up to 600.`);
  return value * 1000;
}

async function write(file: string, text: string): Promise<void> {
  await writeFile(file, text).catch((error: Error) => {
    throw new PlainError(`${file} cannot be written: ${error.message}.`, { cause: error });
  });
}
