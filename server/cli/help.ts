import type { Setting } from './setting-kinds.js';
import { settings } from './settings.js';

const commands = {
  serve: `  casement serve [--port PORT] [--host HOST] [--data FOLDER] [--config FILE]
      Starts the server. Its address: http://localhost:4180 unless told. SIGTERM or Ctrl-C stops it: it says it is
      not ready, ends event streams, lets requests finish and closes the database; a second one ends it at once.`,
  check: `  casement check [--port PORT] [--host HOST] [--data FOLDER] [--config FILE]
      Looks at everything serve needs (configuration, database, tokens, attachments, clock) and says what it found.
      Ends with 1 when something is wrong. Changes nothing in a database of your own.`,
  import: `  casement import FILE.csv --map MAP.json [--tenant TENANT] [--report FILE] [--data FOLDER] [--config FILE]
      Takes over the cases of a CSV file, each once by its external reference: run it again to go on after an
      interruption. Works beside a running server. Rows that cannot be taken go to FILE.rejected.csv.`,
  token: `  casement token --roles ROLE[,ROLE] | --as PERSON [--tenant TENANT] [--expires 12h] [--data FOLDER] [--config FILE]
      Prints a token for development: for anybody with those roles, or for a person of the database (id or name).`,
} as const;

/** The name of a command. */
export type CommandName = keyof typeof commands;

/** What `casement --help` prints. */
export const help = `casement: customer cases for any page

${Object.values(commands).join('\n\n')}

${settingsHelp()}
`;

/** What `casement COMMAND --help` prints. */
export function commandHelp(name: CommandName): string {
  return `${commands[name]}\n\n${settingsHelp()}\n`;
}

function settingsHelp(): string {
  const lines = (Object.entries(settings) as [string, Setting][]).map(([name, setting]) => {
    const { env, option, means, unless, fallback } = setting;
    const otherwise = unless ?? fallback;
    const names = [env, ...(option === undefined ? [] : [option]), name].join(', ');
    return `  ${names}\n      ${means}.${otherwise ? ` Unless set: ${otherwise}.` : ''}`;
  });
  return [
    'Settings are read from the options above, then from the environment, then from casement.config.json in the current',
    'folder or the file that CASEMENT_CONFIG or --config names: a JSON object with the last of the names below.',
    'Mistakes are named all at once, and end the program with 78.',
    '',
    ...lines,
  ].join('\n');
}
