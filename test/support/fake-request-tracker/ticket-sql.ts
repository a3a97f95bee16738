import { findQueue, type FakeTicket, type State } from './state.js';

/** What Request Tracker says of a query it cannot read. */
export class WrongQuery extends Error {}

type Test = (ticket: FakeTicket) => boolean;

const token =
  /\s*(?:(AND|OR)\b|(IS NOT|IS|NOT LIKE|LIKE|!=|>=|<=|=|>|<)(?![\w])|(CF\.\{.+?\}|[\w.]+)|('(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")|([()]))/giy;

interface Token {
  readonly kind: 'join' | 'op' | 'word' | 'text' | 'paren';
  readonly text: string;
}

function tokensOf(query: string): Token[] {
  const tokens: Token[] = [];
  token.lastIndex = 0;
  while (query.slice(token.lastIndex).trim() !== '') {
    const at = token.lastIndex;
    const found = token.exec(query);
    if (!found) throw wrong('VALUE', query.slice(at));
    const kinds = ['join', 'op', 'word', 'text', 'paren'] as const;
    const index = found.slice(1).findIndex((part) => part !== undefined);
    tokens.push({ kind: kinds[index] ?? 'word', text: found[index + 1] ?? '' });
  }
  return tokens;
}

function wrong(expected: string, at: string): WrongQuery {
  return new WrongQuery(`Wrong query, expecting a ${expected} in '>${at}<--here'`);
}

/** Reads a query as the user's: `AND` binds closer than `OR`, as in SQL. */
export function readQuery(state: State, query: string, user: string): Test {
  const tokens = tokensOf(query);
  let place = 0;
  const peek = () => tokens[place];
  const isJoin = (word: string) => peek()?.kind === 'join' && peek()?.text.toUpperCase() === word;

  function any(): Test {
    const tests = [all()];
    while (isJoin('OR')) {
      place += 1;
      tests.push(all());
    }
    return (ticket) => tests.some((test) => test(ticket));
  }
  function all(): Test {
    const tests = [one()];
    while (isJoin('AND')) {
      place += 1;
      tests.push(one());
    }
    return (ticket) => tests.every((test) => test(ticket));
  }
  function one(): Test {
    const first = peek();
    place += 1;
    if (first?.kind === 'paren' && first.text === '(') {
      const test = any();
      if (peek()?.text !== ')') throw wrong('CLOSE_PAREN', peek()?.text ?? '');
      place += 1;
      return test;
    }
    if (first?.kind !== 'word') throw wrong('KEYWORD', first?.text ?? '');
    const op = tokens[place++];
    if (op?.kind !== 'op') throw wrong('OPERATOR', op?.text ?? '');
    const value = tokens[place++];
    if (value?.kind !== 'word' && value?.kind !== 'text') throw wrong('VALUE', value?.text ?? '');
    return comparison(state, user, first.text, op.text.toUpperCase(), value);
  }
  const test = any();
  if (peek()) throw wrong('AGGREG', peek()?.text ?? '');
  return test;
}

function comparison(state: State, user: string, column: string, op: string, value: Token): Test {
  const isText = value.kind === 'text';
  const text = (isText ? value.text.slice(1, -1) : value.text).replace(/\\(.)/g, '$1');
  const read = columnOf(state, column);
  if (!read)
    throw new WrongQuery(
      `Unknown field: ${column} at /usr/share/request-tracker5/lib/RT/Tickets.pm line 3187.\n`,
    );
  // Even in quotes the name of a custom field is one.
  const other = /^CF\./i.test(text) ? columnOf(state, text) : undefined;
  return (ticket) => {
    const values = read(ticket);
    const wanted = other ? String(other(ticket)[0] ?? '') : text;
    if (text === 'NULL' && !isText) return (values.length === 0) === (op === 'IS');
    const isEqual = op === '!=' ? !values.some(same) : values.some(same);
    return isEqual;

    function same(held: string | number): boolean {
      switch (op) {
        case '=':
        case '!=':
          return equal(state, column, held, wanted, user);
        case 'LIKE':
          return like(String(held), wanted);
        case 'NOT LIKE':
          return !like(String(held), wanted);
        default:
          return ordered(op, Number(held), isDate(column) ? dateOf(wanted) : Number(wanted));
      }
    }
  };
}

function isDate(column: string): boolean {
  return ['created', 'lastupdated', 'due', 'resolved'].includes(column.toLowerCase());
}

function dateOf(text: string): number {
  const whole = /\d\d:\d\d/.test(text) ? text : `${text} 00:00:00 UTC`;
  return Date.parse(whole);
}

function ordered(op: string, held: number, wanted: number): boolean {
  if (op === '>') return held > wanted;
  if (op === '>=') return held >= wanted;
  return op === '<' ? held < wanted : held <= wanted;
}

function equal(state: State, column: string, held: string | number, wanted: string, user: string): boolean {
  const name = column.toLowerCase();
  if (wanted === '__CurrentUser__') return held === user;
  if (name === 'status' && wanted === '__Active__')
    return !['resolved', 'rejected', 'deleted'].includes(String(held));
  if (name === 'queue') return findQueue(state, wanted)?.id === held;
  if (name === 'id' || name === 'priority') return Number(held) === Number(wanted);
  return String(held).toLowerCase() === wanted.toLowerCase();
}

/** As the database does it: `%` and `_` stand for others unless a backslash is before them. */
function like(held: string, wanted: string): boolean {
  let pattern = '';
  const letters = [...`%${wanted}%`];
  for (let at = 0; at < letters.length; at += 1) {
    let letter = letters[at] ?? '';
    if (letter === '%') pattern += '[\\s\\S]*';
    else if (letter === '_') pattern += '[\\s\\S]';
    else {
      if (letter === '\\') letter = letters[++at] ?? '';
      pattern += letter.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    }
  }
  return new RegExp(`^${pattern}$`, 'iu').test(held);
}

type Read = (ticket: FakeTicket) => (string | number)[];

function columnOf(state: State, column: string): Read | undefined {
  const field = /^CF\.\{(.+?)\}$/i.exec(column)?.[1];
  if (field !== undefined) {
    const found = state.fields.find(({ name }) => name === field);
    return (ticket) => (found ? (ticket.fields.get(found.id) ?? []) : []);
  }
  const people = (names: readonly ('Requestor' | 'Cc' | 'AdminCc')[]) => (ticket: FakeTicket) =>
    names.flatMap((role) => ticket.watchers[role]).filter((watcher) => typeof watcher === 'string');
  const columns: Readonly<Record<string, Read>> = {
    id: ({ id }) => [id],
    subject: ({ subject }) => [subject],
    status: ({ status }) => [status],
    priority: ({ priority }) => [priority],
    queue: ({ queue }) => [queue],
    owner: ({ owner }) => [owner],
    created: ({ created }) => [created],
    lastupdated: ({ updated }) => [updated],
    due: ({ due }) => (due === null ? [] : [due]),
    'requestor.name': people(['Requestor']),
    'cc.name': people(['Cc']),
    'watcher.name': people(['Requestor', 'Cc', 'AdminCc']),
  };
  return columns[column.toLowerCase()];
}
