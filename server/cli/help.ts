import type { Setting } from './setting-kinds.js';
import { settings } from './settings.js';

const commands = {
  serve: `  casement serve [--port PORT] [--host HOST] [--data FOLDER] [--config FILE]
      Starts the server. Its address: http://localhost:4180 unless told. SIGTERM or Ctrl-C stops it: it says it is
      not ready, ends event streams, lets requests finish and closes the database; a second one ends it at once.`,
  check: `  casement check [--port PORT] [--host HOST] [--data FOLDER] [--config FILE]
      Looks at everything serve needs (configuration, database or other backend, tokens, attachments, clock) and says what
      it found. Ends with 1 when something is wrong. Changes nothing in a database of your own, nor in another backend.`,
  import: `  casement import FILE.csv --map MAP.json [--tenant TENANT] [--report FILE] [--data FOLDER] [--config FILE]
      Takes over the cases of a CSV file, each once by its external reference: run it again to go on after an
      interruption. Works beside a running server. Rows that cannot be taken go to FILE.rejected.csv.`,
  token: `  casement token --roles ROLE[,ROLE] | --as PERSON [--tenant TENANT] [--expires 12h] [--data FOLDER] [--config FILE]
      Prints a token for development: for anybody with those roles, or for a person of the database (id or name).
      With another backend: [--as ID] --email ADDRESS [--customer ACCOUNT]; an account makes it the token of a customer.`,
  bounce: `  casement bounce [FILE] [--data FOLDER] [--config FILE]
      Reads one message, from standard input unless a file is named. Where it reports that mail of ours came back (RFC 3464),
      it is shown as not delivered to who wrote it. Anything else is left alone, and no failure. For a mail server that hands over
      what comes to CASEMENT_MAIL_BOUNCES. Ends with 75 when the message should be handed over again.`,
  conformance: `  casement conformance --base-url URL --token-command CMD [--without ROLE[,ROLE]] [--only CASE[,CASE]] [--junit FILE]
      Asks a running server, ours or anybody's, whether it keeps the contract, and ends with 1 when it does not. What the
      server does not declare among its capabilities is skipped. CMD is called with who is needed and prints a token:
      "CMD agent", "CMD administrator", "CMD customer", "CMD other-customer" (a customer of another account); or set
      CONFORMANCE_TOKEN_AGENT, _ADMINISTRATOR, _CUSTOMER, _OTHER_CUSTOMER. --without leaves somebody out, and what needs them.
      --customer ID and --other-customer ID name the two accounts where the sessions do not. --only takes ids of cases or their
      groups, which --list names. --timeout 30: seconds an answer may take. --patience 10: and events and searches after it.
      Creates cases with "Conformance" in their subject, and closes them at its end: use a tenant made for it.`,
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
  // It asks over HTTP, and has nothing to do with the settings of a server here.
  if (name === 'conformance') return `${commands[name]}\n`;
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
