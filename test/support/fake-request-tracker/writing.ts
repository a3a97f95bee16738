import { hasRight, mayTicket } from './rights.js';
import {
  addUser,
  findQueue,
  findUser,
  roles,
  textOf,
  type FakeTicket,
  type FakeTransaction,
  type Role,
  type State,
  type Watcher,
} from './state.js';

export type Json = Readonly<Record<string, unknown>>;

export function record(
  state: State,
  ticket: FakeTicket,
  by: string,
  Type: string,
  [Field, OldValue, NewValue]: readonly [string, string, string] = ['', '', ''],
  Data = '',
): FakeTransaction {
  const created = state.now();
  const line = {
    id: state.next.transaction++,
    ticket: ticket.id,
    Type,
    Field,
    OldValue,
    NewValue,
    Creator: by,
    created,
    Data,
  };
  state.transactions.push(line);
  ticket.updated = created;
  ticket.updatedBy = by;
  return line;
}

/** Names of files are bytes to Request Tracker: a letter that is none brings it down. */
export function hasWideName(json: Json): boolean {
  const files = (json['Attachments'] ?? []) as { FileName: string }[];
  return files.some(({ FileName }) => /[^\0-\xff]/.test(FileName));
}

/** The text and the files of a message: one part alone, or a container with its parts. */
export function attach(state: State, transaction: FakeTransaction, json: Json): void {
  const files = (json['Attachments'] ?? []) as { FileName: string; FileType: string; FileContent: string }[];
  const add = (Filename: string, ContentType: string, content: Uint8Array<ArrayBuffer>) =>
    state.attachments.push({
      id: state.next.attachment++,
      transaction: transaction.id,
      Filename,
      ContentType,
      content,
    });
  if (files.length > 0) add('', 'multipart/mixed', new Uint8Array());
  const text = new TextEncoder().encode(textOf(json['Content']));
  add('', textOf(json['ContentType'], 'text/plain'), text);
  for (const { FileName, FileType, FileContent } of files) {
    const octets = Uint8Array.from(FileName, (letter) => letter.charCodeAt(0));
    add(
      new TextDecoder().decode(octets),
      FileType,
      Uint8Array.from(atob(FileContent), (letter) => letter.charCodeAt(0)),
    );
  }
}

function watcherOf(state: State, given: unknown): Watcher | undefined {
  const text = String(given);
  const group = state.groups.find(({ id }) => String(id) === text);
  if (group) return group.id;
  const user = findUser(state, text);
  if (user) return user.Name;
  if (!text.includes('@')) return undefined;
  return addUser(state, { Name: text, RealName: '', EmailAddress: text, Password: '', Privileged: false })
    .Name;
}

function nameOf(state: State, who: Watcher): string {
  return typeof who === 'string' ? who : (state.groups.find(({ id }) => id === who)?.Name ?? '');
}

function principal(state: State, who: Watcher): string {
  return String(typeof who === 'string' ? findUser(state, who)?.id : who);
}

/** A ticket with all its fields, files and watchers; a sentence where the queue takes none of theirs. */
export function createTicket(state: State, user: string, json: Json): FakeTicket | string {
  const queue = findQueue(state, String(json['Queue']));
  if (!queue || !hasRight(state, user, 'CreateTicket', queue)) {
    return `No permission to create tickets in the queue '${String(json['Queue'])}'`;
  }
  const at = state.now();
  const ticket: FakeTicket = {
    id: state.next.ticket++,
    subject: textOf(json['Subject']),
    status: 'new',
    priority: Number(json['Priority'] ?? 0),
    queue: queue.id,
    owner: findUser(state, textOf(json['Owner'], 'Nobody'))?.Name ?? 'Nobody',
    creator: user,
    created: at,
    updated: at,
    updatedBy: user,
    due: dueOf(json['Due']),
    resolved: null,
    watchers: { Requestor: [], Cc: [], AdminCc: [] },
    fields: new Map(),
  };
  for (const role of roles) {
    const given = json[role];
    const list = given === undefined ? [] : Array.isArray(given) ? given : [given];
    ticket.watchers[role].push(...list.flatMap((each) => watcherOf(state, each) ?? []));
  }
  for (const [name, value] of Object.entries((json['CustomFields'] ?? {}) as Json)) {
    const field = state.fields.find((each) => each.name === name);
    if (field) ticket.fields.set(field.id, valuesOf(value));
  }
  state.tickets.set(ticket.id, ticket);
  const line = record(state, ticket, user, 'Create');
  if (json['Content'] !== undefined) attach(state, line, json);
  mail(state, ticket, 'EmailRecord');
  return ticket;
}

/** What left by mail is a line of the history, too, with a text of its own. */
export function mail(state: State, ticket: FakeTicket, type: 'EmailRecord' | 'CommentEmailRecord'): void {
  const { updated, updatedBy } = ticket;
  attach(state, record(state, ticket, 'RT_System', type), { Content: 'Greetings,\n\nthis left by mail.' });
  Object.assign(ticket, { updated, updatedBy });
}

function valuesOf(value: unknown): string[] {
  const list = Array.isArray(value) ? value.map(String) : [String(value)];
  return list.filter((each) => each !== '');
}

function dueOf(given: unknown): number | null {
  if (typeof given !== 'string') return null;
  const at = Date.parse(/Z|UTC/.test(given) ? given : `${given} UTC`);
  return Number.isNaN(at) || at < 86_400_000 ? null : at;
}

const columns = ['Owner', 'Due', 'Priority', 'Queue', 'Status', 'Subject'] as const;

/** Changes what may be changed, and says a sentence of each, the refused ones too. */
export function updateTicket(state: State, user: string, ticket: FakeTicket, json: Json): string[] {
  const sentences: string[] = [];
  const may = (right: string) => mayTicket(state, user, right, ticket);
  const isAllowed = may('ModifyTicket');
  for (const column of columns) {
    const given = json[column];
    if (given === undefined) continue;
    const told =
      column === 'Owner'
        ? setOwner(state, user, ticket, textOf(given))
        : isAllowed
          ? set(column, textOf(given))
          : 'Permission Denied';
    if (told !== undefined) sentences.push(`Ticket ${ticket.id}: ${told}`);
  }
  for (const [name, value] of Object.entries((json['CustomFields'] ?? {}) as Json)) {
    const field = state.fields.find((each) => each.name === name);
    if (!field) continue;
    if (!isAllowed) sentences.push('Permission Denied');
    else sentences.push(...setField(field.id, name, valuesOf(value)));
  }
  for (const role of roles) {
    const given = json[role];
    if (Array.isArray(given))
      sentences.push(...(isAllowed ? setWatchers(role, given) : ['Permission Denied']));
  }
  return sentences;

  function set(column: Exclude<(typeof columns)[number], 'Owner'>, given: string): string | undefined {
    switch (column) {
      case 'Subject': {
        const before = ticket.subject;
        if (before === given) return undefined;
        ticket.subject = given;
        record(state, ticket, user, 'Set', ['Subject', before, given]);
        return `Subject changed from '${before}' to '${given}'`;
      }
      case 'Priority': {
        const before = ticket.priority;
        if (before === Number(given)) return undefined;
        ticket.priority = Number(given);
        record(state, ticket, user, 'Set', ['Priority', String(before), given]);
        return `Priority changed from '${named(before)}' to '${named(Number(given))}'`;
      }
      case 'Due': {
        const before = ticket.due;
        if (given === '') return 'Due could not be set to .';
        ticket.due = dueOf(given);
        if (ticket.due === before) return undefined;
        const sql = (at: number | null) => new Date(at ?? 0).toISOString().slice(0, 19).replace('T', ' ');
        record(state, ticket, user, 'Set', ['Due', sql(before), sql(ticket.due)]);
        return 'Due changed';
      }
      case 'Status':
        return setStatus(state, user, ticket, given);
      case 'Queue': {
        const queue = findQueue(state, given);
        const before = ticket.queue;
        if (!queue) return 'That queue does not exist';
        if (queue.id === before) return undefined;
        if (!hasRight(state, user, 'CreateTicket', queue))
          return 'You may not create requests in that queue.';
        const from = findQueue(state, before)?.Name;
        ticket.queue = queue.id;
        record(state, ticket, user, 'Set', ['Queue', String(before), String(queue.id)]);
        return `Queue changed from ${from} to ${queue.Name}`;
      }
    }
  }

  function setField(id: number, name: string, values: string[]): string[] {
    const before = ticket.fields.get(id) ?? [];
    ticket.fields.set(id, values);
    const added = values.filter((value) => !before.includes(value));
    const gone = before.filter((value) => !values.includes(value));
    const isOne = state.fields.some((field) => field.id === id && !field.multiple);
    if (isOne && added[0] !== undefined && gone[0] !== undefined) {
      record(state, ticket, user, 'CustomField', [String(id), gone[0], added[0]]);
      return [`${name} ${gone[0]} changed to ${added[0]}`];
    }
    for (const value of added) record(state, ticket, user, 'CustomField', [String(id), '', value]);
    for (const value of gone) record(state, ticket, user, 'CustomField', [String(id), value, '']);
    return [
      ...added.map((value) => `${name} ${value} added`),
      ...gone.map((value) => `${name} ${value} deleted`),
    ];
  }

  function setWatchers(role: Role, given: readonly unknown[]): string[] {
    const wanted = given.flatMap((each) => watcherOf(state, each) ?? []);
    const before = [...ticket.watchers[role]];
    ticket.watchers[role].splice(0, Infinity, ...wanted);
    const added = wanted.filter((who) => !before.includes(who));
    const gone = before.filter((who) => !wanted.includes(who));
    for (const who of gone) record(state, ticket, user, 'DelWatcher', [role, principal(state, who), '']);
    for (const who of added) record(state, ticket, user, 'AddWatcher', [role, '', principal(state, who)]);
    return [
      ...gone.map((who) => `${nameOf(state, who)} is no longer ${role} for this ticket`),
      ...added.map((who) => `Added ${nameOf(state, who)} as ${role} for this ticket`),
    ];
  }
}

function named(priority: number): string {
  if (priority < 50) return 'Low';
  return priority < 100 ? 'Medium' : 'High';
}

const inactive = ['resolved', 'rejected', 'deleted'];

export function setStatus(state: State, user: string, ticket: FakeTicket, given: string): string | undefined {
  const before = ticket.status;
  if (!['new', 'open', 'stalled', ...inactive].includes(given)) {
    return `Status '${given}' isn't a valid status for this ticket.`;
  }
  if (!mayTicket(state, user, 'ModifyTicket', ticket)) return 'Permission Denied';
  if (before === given) return undefined;
  ticket.status = given;
  const line = record(state, ticket, user, 'Status', ['Status', before, given]);
  if (inactive.includes(given)) ticket.resolved = line.created;
  return `Status changed from '${before}' to '${given}'`;
}

/** A reply opens what is new, and what was closed again. */
export function openByReply(state: State, ticket: FakeTicket): void {
  if (ticket.status === 'new' || inactive.includes(ticket.status)) {
    setStatus(state, 'RT_System', ticket, 'open');
  }
}

function setOwner(state: State, user: string, ticket: FakeTicket, given: string): string | undefined {
  const to = findUser(state, given);
  if (!to) return 'That user does not exist';
  if (!mayTicket(state, user, 'ModifyTicket', ticket)) return 'Permission Denied';
  if (to.Name === ticket.owner) return undefined;
  const queue = findQueue(state, ticket.queue);
  if (to.Name !== 'Nobody' && queue && !hasRight(state, to.Name, 'OwnTicket', queue)) {
    return 'That user may not own tickets in that queue';
  }
  return changeOwner(state, user, ticket, to.Name);
}

function changeOwner(state: State, user: string, ticket: FakeTicket, to: string): string {
  const before = ticket.owner;
  ticket.owner = to;
  const values = [principal(state, before), principal(state, to)] as const;
  record(state, ticket, user, 'Set', ['Owner', ...values]);
  record(state, ticket, user, 'SetWatcher', ['Owner', ...values]);
  return `Owner changed from ${before} to ${to}`;
}

/** Taking is for one: the sentence says so to all others. Giving back is not only for the owner. */
export function own(state: State, user: string, ticket: FakeTicket, action: string): string {
  const queue = findQueue(state, ticket.queue);
  const may = queue !== undefined && hasRight(state, user, 'OwnTicket', queue);
  if (action === 'untake') {
    if (ticket.owner === 'Nobody') return 'That user already owns that ticket';
    return may ? changeOwner(state, user, ticket, 'Nobody') : 'Permission Denied';
  }
  if (!may) return 'Permission Denied';
  if (ticket.owner === user) return 'That user already owns that ticket';
  if (action === 'take' && ticket.owner !== 'Nobody') return 'You can only take tickets that are unowned';
  return changeOwner(state, user, ticket, user);
}
