import { protocol, type PGlite } from '@electric-sql/pglite';

import { parsers } from './parsers.js';

/** What a statement answered. */
export interface Answer<T> {
  readonly rows: T[];
  readonly fields: { name: string; dataTypeID: number }[];
  readonly affectedRows: number;
}

/** Asks one statement; `inTransaction` where the caller holds the instance by `PGlite.transaction`. */
export type Ask = <T>(text: string, values: readonly unknown[], inTransaction: boolean) => Promise<Answer<T>>;

type Message = Awaited<ReturnType<PGlite['execProtocolStream']>>[number];

/** The types of a statement's values, and the name under which the database keeps it, if it does. */
interface Statement {
  readonly takes: readonly number[];
  readonly name: string | undefined;
}

const { bind, describe, execute, parse, sync } = protocol.serialize;
const { CommandCompleteMessage, DataRowMessage, ParameterDescriptionMessage, RowDescriptionMessage } =
  protocol.messages;

// As many statements as an instance keeps; those beyond are read and described each time.
const most = 500;
const withoutValues: Statement = { takes: [], name: undefined };

const asking = new WeakMap<PGlite, Ask>();

/**
 * Asks PGlite as a driver asks PostgreSQL: one message there and one back. Its own `query` takes six for each statement
 * and describes it twice, which costs as much again as most answers do. Statements with values are kept: the database reads
 * each only once, and plans it anew only while that pays.
 */
export function askerOf(pglite: PGlite): Ask {
  // The names of statements are the instance's: a second handle goes by those of the first.
  const ask = asking.get(pglite) ?? createAsker(pglite);
  asking.set(pglite, ask);
  return ask;
}

function createAsker(pglite: PGlite): Ask {
  const statements = new Map<string, Statement>();

  async function describeOnce(text: string): Promise<Statement> {
    const name = statements.size < most ? `casement_${statements.size + 1}` : undefined;
    const message = joined([parse({ text, name }), describe({ type: 'S', name }), sync()]);
    const answer = await pglite.execProtocolStream(message, { syncToFs: false });
    const description = answer.find((part) => part instanceof ParameterDescriptionMessage);
    const statement = { takes: description?.dataTypeIDs ?? [], name };
    if (name !== undefined) statements.set(text, statement);
    return statement;
  }

  async function ask<T>(
    text: string,
    values: readonly unknown[],
    inTransaction: boolean,
  ): Promise<Answer<T>> {
    const known = values.length === 0 ? withoutValues : statements.get(text);
    const { takes, name } = known ?? (await describeOnce(text));
    const message = joined([
      ...(known === withoutValues ? [parse({ text })] : []),
      bind({ statement: name, values: values.map((value, index) => written(value, takes[index])) }),
      describe({ type: 'P' }),
      execute(),
      sync(),
    ]);
    return read<T>(await pglite.execProtocolStream(message, { syncToFs: !inTransaction }));
  }

  function written(value: unknown, type: number | undefined): string | null {
    if (value === null || value === undefined) return null;
    const serialize = type === undefined ? undefined : pglite.serializers[type];
    if (serialize) return serialize(value);
    return typeof value === 'string' ? value : JSON.stringify(value);
  }

  function read<T>(answer: readonly Message[]): Answer<T> {
    let fields: Answer<T>['fields'] = [];
    let columns: { readonly name: string; readonly parse: ((text: string) => unknown) | undefined }[] = [];
    const rows: T[] = [];
    let affectedRows = 0;
    for (const part of answer) {
      if (part instanceof DataRowMessage) {
        const row: Record<string, unknown> = {};
        for (const [index, { name, parse }] of columns.entries()) {
          const text = part.fields[index] ?? null;
          row[name] = text === null || !parse ? text : parse(text);
        }
        rows.push(row as T);
      } else if (part instanceof RowDescriptionMessage) {
        fields = part.fields;
        columns = fields.map(({ name, dataTypeID }) => ({ name, parse: parserOf(dataTypeID) }));
      } else if (part instanceof CommandCompleteMessage) {
        const [, count] = /^(?:INSERT \d+|UPDATE|DELETE|MERGE) (\d+)$/.exec(part.text) ?? [];
        affectedRows = Number(count ?? 0);
      }
    }
    return { rows, fields, affectedRows };
  }

  function parserOf(type: number): ((text: string) => unknown) | undefined {
    const own = parsers[type];
    if (own) return own;
    const theirs = pglite.parsers[type];
    return theirs && ((text) => theirs(text, type) as unknown);
  }

  return async (text, values, inTransaction) => {
    if (pglite.closed) throw new Error('PGlite is closed.');
    const exclusively = () => pglite.runExclusive(() => ask<never>(text, values, inTransaction));
    return inTransaction ? exclusively() : pglite._runExclusiveTransaction(exclusively);
  };
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
