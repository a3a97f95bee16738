import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { DOMParser } from '@xmldom/xmldom';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import { createApp } from '../../server/app.js';
import { allCases } from '../../server/cli/conformance/all-cases.js';
import { openPostgres } from '../../server/engine/sql/postgres.js';
import { jwtAuthenticator } from '../../server/middleware/authenticate.js';
import { createTestApp, listen, testSecret, type TestApp } from '../support/app.js';
import { breakages, brokenBackend } from '../support/broken-backend.js';
import { askersOf } from '../support/conformance.js';
import { command } from '../support/casement-command.js';
import { aDataFolder, casement } from '../support/casement-program.js';

let good: TestApp;
let folder: Awaited<ReturnType<typeof aDataFolder>>;

beforeAll(async () => {
  good = await createTestApp(openPostgres(inject('databaseUrl')));
  folder = await aDataFolder();
});
afterAll(async () => {
  await good.dispose();
  await folder.remove();
});

/** A server on a port of its own, with a command that prints the tokens of a tenant made for it. */
async function aServer(breakage?: string) {
  const how = breakages[breakage ?? '']?.how;
  const backend = how ? brokenBackend(good.engine, how) : good.engine;
  const listening = await listen(
    createApp({ backend, authenticate: jwtAuthenticator({ secret: testSecret }) }),
  );
  const askers = await askersOf(good);
  const tokens = Object.fromEntries(Object.entries(askers).map(([role, { token }]) => [role, token]));
  const script = join(folder.path, `${crypto.randomUUID()}.mjs`);
  await writeFile(script, `console.log(${JSON.stringify(tokens)}[process.argv[2]] ?? process.exit(3));\n`);
  const { url } = listening;
  const asked = ['--base-url', url, '--token-command', `"${process.execPath}" "${script}"`];
  return {
    url,
    close: () => listening.close(),
    administrator: askers.administrator,
    tokens,
    /** By the program itself, as people do. */
    askByProgram: (args: readonly string[]) => casement(['conformance', ...asked, ...args]),
    ask: (args: readonly string[]) => command(['conformance', ...asked, ...args]),
  };
}

/** The elements of a name in an XML text, which has to be well-formed. */
function elementsOf(xml: string, name: string) {
  const mistakes: string[] = [];
  const note = (message: string) => void mistakes.push(message);
  const document = new DOMParser({
    errorHandler: { warning: note, error: note, fatalError: note },
  }).parseFromString(xml, 'text/xml');
  expect(mistakes).toEqual([]);
  return Array.from(document.getElementsByTagName(name));
}

describe('casement conformance', { timeout: 300_000 }, () => {
  it('asks a server over the network, says in a table what it keeps, and ends with 0', async () => {
    const server = await aServer();
    const junit = join(folder.path, 'good.xml');
    const { code, out, err } = await server.askByProgram(['--junit', junit]);
    expect(err).toBe('');
    const failed = out.split('\n').filter((line) => line.includes('FAILED'));
    expect(failed).toEqual([]);
    expect(code).toBe(0);
    for (const { id } of allCases) expect(out).toMatch(new RegExp(`^  (PASSED|SKIPPED) +${id} `, 'm'));
    expect(out).toMatch(/^ {2}SKIPPED +totals\.undeclared .*\("totals" is declared\)$/m);
    expect(out).toMatch(new RegExp(`^${allCases.length - 1} passed, 0 failed, 1 skipped in [\\d.]+ s$`, 'm'));

    const xml = await readFile(junit, 'utf8');
    expect(elementsOf(xml, 'testcase')).toHaveLength(allCases.length);
    expect(elementsOf(xml, 'skipped')).toHaveLength(1);
    expect(elementsOf(xml, 'failure')).toHaveLength(0);
    // Whoever sweeps up afterwards finds everything closed.
    const mark = /has (\w+) in its subject/.exec(out)?.[1] ?? '';
    const { body } = await server.administrator.get<{ total: number }>(
      `/v1/cases?q=${mark}&status=open&count=true`,
    );
    expect(body.total).toBe(0);
    await server.close();
  });

  it('says of what is broken what was asked, what came and what the contract says, and ends with 1', async () => {
    const server = await aServer('makes HTML of what is written');
    const junit = join(folder.path, 'broken.xml');
    const { code, out } = await server.ask(['--only', 'notes', '--only', 'reads.getCase', '--junit', junit]);
    expect(code).toBe(1);
    expect(out).toMatch(
      /^ {2}FAILED +notes\.create .*\n +asked +as agent: POST \/v1\/cases\/\S+\/notes \{.*\n +came +201 application\/json \{.*\n +contract +The text is "Two lines/m,
    );
    expect(out).toMatch(/^ {2}PASSED +reads\.getCase /m);
    expect(out).not.toContain('idempotency');
    const [failure, ...others] = elementsOf(await readFile(junit, 'utf8'), 'failure');
    expect(others).toEqual([]);
    expect(failure?.getAttribute('message')).toContain('The text is "Two lines <i>as text</i>');
    expect(failure?.textContent).toContain('asked: as agent: POST');
    await server.close();
  });

  it('never prints a token', async () => {
    const server = await aServer('answers 500 for what is not there');
    const junit = join(folder.path, 'tokens.xml');
    const { out, err } = await server.ask(['--only', 'errors,leaks.read', '--junit', junit]);
    expect(out).toContain('FAILED');
    const everything = out + err + (await readFile(junit, 'utf8'));
    for (const token of Object.values(server.tokens)) expect(everything).not.toContain(token);
    await server.close();
  });

  it('takes tokens from the environment, and leaves out whom it is told to', async () => {
    const server = await aServer();
    const { code, out, err } = await command(
      [
        ...['conformance', '--base-url', `${server.url}/v1/`, '--only', 'session,leaks,inboxes.race'],
        ...['--without', 'customer,other-customer,administrator,co-worker,other-department'],
      ],
      { CONFORMANCE_TOKEN_AGENT: server.tokens['agent'] ?? '' },
    );
    expect(err).toBe('');
    expect(code).toBe(0);
    expect(out).toMatch(/^ {2}PASSED +session\.agent /m);
    expect(out).toMatch(/^ {2}SKIPPED +leaks\.read .*\(--without customer\)$/m);
    expect(out).toMatch(/^ {2}SKIPPED +inboxes\.race .*\(--without administrator\)$/m);
    await server.close();
  });

  it('names its cases', async () => {
    const { code, out } = await command(['conformance', '--list', '--only', 'versions']);
    expect(code).toBe(0);
    expect(out.trim().split('\n')).toHaveLength(4);
    expect(out).toMatch(/^ {2}versions\.stale +A change of what has moved is refused/m);
  });

  it('says what is missing or mistyped, and a server that does not answer fails', async () => {
    const { url, close } = await aServer();
    await close();
    const here = ['--base-url', url];
    for (const [args, words] of [
      [[], 'Say which server: --base-url URL'],
      [['--base-url', 'nowhere'], '--base-url takes an http or https address, not nowhere.'],
      [here, 'No token of the agent: say --token-command CMD, set CONFORMANCE_TOKEN_AGENT'],
      [[...here, '--token-command', 'exit 4 #'], 'The token command failed for agent: it ended with 4'],
      [[...here, '--without', 'agent'], '--without agent: nothing can be asked without an agent.'],
      [['--only', 'pagging'], 'no case and no group is called pagging. Did you mean paging?'],
    ] as const) {
      const { code, err } = await command(['conformance', ...args]);
      expect(code, args.join(' ')).toBe(1);
      expect(err).toContain(words);
      expect(err).not.toContain('    at ');
    }
    const tokens = ['--token-command', 'echo token-of', '--only', 'session.agent'];
    const several = await command(['conformance', ...here, ...tokens]);
    expect(several.err).toContain('The token command has to print one token and nothing else');
    const environment = { CONFORMANCE_TOKEN_AGENT: 'token' };
    const alone = [
      '--without',
      'administrator,customer,other-customer,co-worker,other-department',
      '--only',
      'session.agent',
    ];
    const { code, out } = await command(['conformance', ...here, ...alone], environment);
    expect(code).toBe(1);
    expect(out).toMatch(
      /FAILED +session\.agent .*\n +asked +as agent: GET \/v1\/session\n +came +.*ECONNREFUSED/,
    );
  });
});
