import { Hono, type Context } from 'hono';

import { attachmentField, reference, ticketField, transactionField, wholeTicket } from './answers.js';
import { hasRight, mayTicket, seesTransaction } from './rights.js';
import {
  addUser,
  createState,
  findQueue,
  findUser,
  textOf,
  type FakeTicket,
  type FakeUser,
  type State,
} from './state.js';
import { readQuery, WrongQuery } from './ticket-sql.js';
import {
  attach,
  createTicket,
  hasWideName,
  mail,
  openByReply,
  own,
  record,
  setStatus,
  updateTicket,
  type Json,
} from './writing.js';

interface Env {
  Variables: { user: FakeUser };
  Bindings: { readonly cookies?: PageCookies | undefined };
}
type Call = Context<Env>;

/** What a page that has the fake in it hands over beside a request, as no page may send or read a cookie by itself. */
export interface PageCookies {
  readonly sent: string | undefined;
  set(cookie: string): void;
}

/** A Request Tracker in memory. */
export interface FakeRequestTracker {
  fetch(request: Request, cookies?: PageCookies): Promise<Response>;
  /** Ends all sessions, as a restart with sessions in memory does. */
  endSessions(): void;
}

/**
 * Answers as Request Tracker 5.0.3 does (the calls and their answers were taken from a live one): sentences in place of
 * refusals, pages that leave out what the reader may not see, a new date for nothing, sessions by cookie.
 */
export function createFakeRequestTracker(clock: () => number = Date.now): FakeRequestTracker {
  const state = createState(clock);
  const app = new Hono<Env>();
  mountLogin(app, state);
  const rest = new Hono<Env>();
  rest.use(async (context, next) => {
    const cookie = context.env.cookies ? context.env.cookies.sent : context.req.header('cookie');
    const session = /RT_SID_rt\.test\.80=(\w+)/.exec(cookie ?? '')?.[1];
    const user = findUser(state, state.sessions.get(session ?? '') ?? '');
    if (!user) {
      if (cookie === undefined) return context.json({ message: 'Unauthorized' }, 401);
      return context.text('Login required', 302, { location: '/' });
    }
    context.set('user', user);
    // Only reading needs no type of content.
    const isJson = context.req.header('content-type')?.startsWith('application/json');
    if (!['GET', 'HEAD'].includes(context.req.method) && !isJson) return context.body(null, 415);
    await next();
  });
  mountPeople(rest, state);
  mountTickets(rest, state);
  mountHistory(rest, state);
  app.route('/REST/2.0', rest);
  app.notFound((context) => context.json({ message: 'Not Found' }, 404));
  return {
    fetch: async (request, cookies) => app.fetch(request, { cookies }),
    endSessions: () => state.sessions.clear(),
  };
}

function mountLogin(app: Hono<Env>, state: State): void {
  app.post('/NoAuth/Login.html', async (context) => {
    const { user: name, pass } = await context.req.parseBody();
    const session = crypto.randomUUID().replaceAll('-', '');
    const user = state.users.get(textOf(name));
    // A wrong password has a session, too: nobody's.
    if (user && user.Password !== '' && user.Password === pass) state.sessions.set(session, user.Name);
    const cookie = `RT_SID_rt.test.80=${session}; path=/; HttpOnly`;
    context.env.cookies?.set(cookie);
    context.header('set-cookie', cookie);
    return context.html('<!DOCTYPE html><title>RT</title>');
  });
}

function forbidden(context: Call) {
  return context.json({ message: 'Forbidden' }, 403);
}

function notFound(context: Call) {
  return context.json({ message: 'Not Found' }, 404);
}

/** A page of what there is: what the reader may not see is left out of the page, not of the count of its places. */
function page<T>(
  context: Call,
  all: readonly T[],
  told: (item: T) => object | undefined,
  isCounted: boolean,
): Response {
  const perPage = Math.min(100, Number(context.req.query('per_page')) || 20);
  const number = Number(context.req.query('page')) || 1;
  const items = all.slice((number - 1) * perPage, number * perPage).flatMap((item) => told(item) ?? []);
  return context.json({
    items,
    count: items.length,
    page: number,
    per_page: perPage,
    total: isCounted ? all.length : null,
    pages: isCounted ? Math.ceil(all.length / perPage) : null,
  });
}

function fieldsOf(context: Call, field: (name: string, subfields: readonly string[]) => unknown) {
  const names = (context.req.query('fields') ?? '').split(',').filter(Boolean);
  return Object.fromEntries(
    names.map((name) => [name, field(name, (context.req.query(`fields[${name}]`) ?? '').split(','))]),
  );
}

function mountPeople(rest: Hono<Env>, state: State): void {
  rest.get('/rt', (context) => context.json({ Version: '5.0.3' }));
  rest.post('/user', async (context) => {
    if (context.get('user').Name !== 'root') return forbidden(context);
    const given: Json = await context.req.json();
    const text = (name: string) => textOf(given[name]);
    addUser(state, {
      Name: text('Name'),
      RealName: text('RealName'),
      EmailAddress: text('EmailAddress'),
      Password: text('Password'),
      Privileged: given['Privileged'] === 1,
    });
    return context.json(reference('user', text('Name')), 201);
  });
  rest.get('/user/:name', (context) => {
    const me = context.get('user');
    const user = state.users.get(context.req.param('name')) ?? findNumbered(state, context.req.param('name'));
    if (!me.Privileged && user?.Name !== me.Name) return forbidden(context);
    if (!user) return notFound(context);
    const { Name, RealName, EmailAddress } = user;
    const known = { Name, RealName, EmailAddress, Privileged: user.Privileged ? 1 : 0, _hyperlinks: [] };
    return context.json(
      user.Name === me.Name || me.Name === 'root' ? { ...known, id: user.id, Disabled: '0' } : known,
    );
  });
  rest.post('/users', async (context) => {
    if (!context.get('user').Privileged) return forbidden(context);
    const conditions = await context.req.json<{ field: string; operator?: string; value: string }[]>();
    const found = [...state.users.values()].filter((user) =>
      conditions.every(({ field, operator = '=', value }) => {
        const held = user[field as 'Name' | 'RealName' | 'EmailAddress'].toLowerCase();
        if (operator === 'LIKE') return held.includes(value.toLowerCase());
        return (held === value.toLowerCase()) === (operator === '=');
      }),
    );
    return page(
      context,
      found,
      (user) => ({
        ...reference('user', user.Name),
        ...fieldsOf(context, (name) => user[name as 'Name' | 'RealName' | 'EmailAddress']),
      }),
      true,
    );
  });
  rest.get('/queues/all', (context) => {
    const user = context.get('user').Name;
    return page(
      context,
      state.queues,
      (queue) =>
        hasRight(state, user, 'SeeQueue', queue)
          ? { ...reference('queue', queue.id), ...fieldsOf(context, () => queue.Name) }
          : undefined,
      false,
    );
  });
  rest.get('/queue/:name', (context) => {
    const queue = findQueue(state, context.req.param('name'));
    if (!queue || !hasRight(state, context.get('user').Name, 'SeeQueue', queue)) return forbidden(context);
    return context.json({ id: queue.id, Name: queue.Name });
  });
  rest.post('/groups', (context) => {
    const told = (group: { id: number; Name: string }) =>
      context.get('user').Privileged
        ? { ...reference('group', group.id), ...fieldsOf(context, () => group.Name) }
        : undefined;
    return page(context, state.groups, told, context.get('user').Privileged);
  });
  rest.get('/group/:id', (context) => {
    if (!context.get('user').Privileged) return forbidden(context);
    const group = state.groups.find(({ id }) => String(id) === context.req.param('id'));
    if (!group) return notFound(context);
    const Members = group.members.map((name) => reference('user', name));
    return context.json({ id: group.id, Name: group.Name, Members, Disabled: '0' });
  });
  rest.put('/group/:id/members', async (context) => {
    if (context.get('user').Name !== 'root') return forbidden(context);
    const group = state.groups.find(({ id }) => String(id) === context.req.param('id'));
    if (!group) return notFound(context);
    const ids = await context.req.json<string[]>();
    return context.json(
      ids.map((id) => {
        const user = findUser(state, id);
        if (!user) return `Couldn't find that principal`;
        if (group.members.includes(user.Name)) return 'Group already has member';
        group.members.push(user.Name);
        return `Member added: ${user.Name}`;
      }),
    );
  });
}

function findNumbered(state: State, given: string): FakeUser | undefined {
  return /^\d+$/.test(given) ? findUser(state, given) : undefined;
}

/** The newest line of a ticket that the reader sees. */
function etagOf(state: State, user: string, { id }: FakeTicket): string {
  const line = state.transactions.findLast(
    (each) => each.ticket === id && seesTransaction(state, user, each),
  );
  return `"${line?.id}"`;
}

function mountTickets(rest: Hono<Env>, state: State): void {
  rest.get('/tickets', (context) => {
    const user = context.get('user').Name;
    let matches: (ticket: FakeTicket) => boolean;
    try {
      matches = readQuery(state, context.req.query('query') ?? '', user);
    } catch (error) {
      if (!(error instanceof WrongQuery)) throw error;
      return context.json({ message: error.message }, 400);
    }
    const found = [...state.tickets.values()].filter(
      (ticket) => mayTicket(state, user, 'ShowTicket', ticket) && matches(ticket),
    );
    const orders = context.req.queries('order') ?? [];
    const columns = context.req.queries('orderby') ?? [];
    found.sort((one, other) => {
      for (const [index, column] of columns.entries()) {
        const difference = sortValue(one, column) - sortValue(other, column);
        if (difference !== 0) return orders[index] === 'DESC' ? -difference : difference;
      }
      return 0;
    });
    return page(
      context,
      found,
      (ticket) => ({
        ...reference('ticket', ticket.id),
        ...fieldsOf(context, (name, subfields) => ticketField(state, user, ticket, name, subfields)),
      }),
      true,
    );
  });

  rest.post('/ticket', async (context) => {
    const ticket = createTicket(state, context.get('user').Name, await context.req.json());
    if (typeof ticket === 'string') return context.json({ message: ticket }, 403);
    return context.json(reference('ticket', ticket.id), 201);
  });

  rest.get('/ticket/:id{\\d+}', (context) => {
    const user = context.get('user').Name;
    const ticket = state.tickets.get(Number(context.req.param('id')));
    if (!ticket) return notFound(context);
    if (!mayTicket(state, user, 'ShowTicket', ticket)) return forbidden(context);
    context.header('etag', etagOf(state, user, ticket));
    return context.json(wholeTicket(state, user, ticket));
  });

  rest.put('/ticket/:id{\\d+}/:action{take|untake|steal}', (context) =>
    change(context, context.req.param('action')),
  );
  rest.put('/ticket/:id{\\d+}', (context) => change(context));

  async function change(context: Call, action?: string): Promise<Response> {
    const user = context.get('user').Name;
    const ticket = state.tickets.get(Number(context.req.param('id')));
    if (!ticket) return notFound(context);
    if (!mayTicket(state, user, 'ShowTicket', ticket)) return forbidden(context);
    const wanted = context.req.header('if-match');
    if (wanted !== undefined && wanted !== etagOf(state, user, ticket)) {
      return context.json({ message: 'Precondition Failed' }, 412);
    }
    const json: Json = await context.req.json();
    // A group by its name brings the server down.
    const watchers = [json['Cc'], json['AdminCc']].flat().map(String);
    if (watchers.some((name) => state.groups.some(({ Name }) => Name === name)))
      return context.body(null, 500);
    const done = action === undefined ? [] : [own(state, user, ticket, action)];
    return context.json([...done, ...updateTicket(state, user, ticket, json)]);
  }

  rest.post('/ticket/:id{\\d+}/:kind{correspond|comment}', async (context) => {
    const user = context.get('user').Name;
    const ticket = state.tickets.get(Number(context.req.param('id')));
    const isPublic = context.req.param('kind') === 'correspond';
    const right = isPublic ? 'ReplyToTicket' : 'CommentOnTicket';
    if (!ticket || !mayTicket(state, user, right, ticket))
      return context.json({ message: 'Permission Denied' }, 400);
    const json: Json = await context.req.json();
    if (hasWideName(json)) return context.body(null, 500);
    if (json['ContentType'] === undefined) {
      return context.json({ message: 'ContentType is a required field for application/json' }, 400);
    }
    const subject = textOf(json['Subject'], 'No Subject');
    attach(state, record(state, ticket, user, isPublic ? 'Correspond' : 'Comment', undefined, subject), json);
    mail(state, ticket, isPublic ? 'EmailRecord' : 'CommentEmailRecord');
    if (isPublic) openByReply(state, ticket);
    const more = updateTicket(state, user, ticket, { CustomFields: json['CustomFields'] });
    const status =
      json['Status'] === undefined ? [] : [setStatus(state, user, ticket, textOf(json['Status']))];
    return context.json([isPublic ? 'Correspondence added' : 'Comments added', ...more, ...status], 201);
  });
}

function sortValue(ticket: FakeTicket, column: string): number {
  switch (column) {
    case 'LastUpdated':
      return ticket.updated;
    case 'Created':
      return ticket.created;
    case 'Priority':
      return ticket.priority;
    // The database puts what has no date last.
    case 'Due':
      return ticket.due ?? Number.MAX_SAFE_INTEGER;
    default:
      return ticket.id;
  }
}

function mountHistory(rest: Hono<Env>, state: State): void {
  rest.get('/ticket/:id{\\d+}/history', (context) => {
    const user = context.get('user').Name;
    const id = Number(context.req.param('id'));
    const ticket = state.tickets.get(id);
    const isSeen = ticket !== undefined && mayTicket(state, user, 'ShowTicket', ticket);
    const lines = isSeen ? state.transactions.filter((line) => line.ticket === id) : [];
    if (context.req.query('order') === 'DESC') lines.reverse();
    return page(
      context,
      lines,
      (line) =>
        seesTransaction(state, user, line)
          ? {
              ...reference('transaction', line.id),
              ...fieldsOf(context, (name, subfields) => transactionField(state, line, name, subfields)),
            }
          : undefined,
      false,
    );
  });

  rest.get('/transaction/:id{\\d+}', (context) => {
    const line = state.transactions.find(({ id }) => String(id) === context.req.param('id'));
    if (!line) return notFound(context);
    if (!seesTransaction(state, context.get('user').Name, line)) return forbidden(context);
    return context.json({
      id: line.id,
      Type: line.Type,
      Object: reference('ticket', line.ticket),
      Data: line.Data,
    });
  });

  rest.post('/attachments', async (context) => {
    const user = context.get('user').Name;
    const conditions = await context.req.json<{ field: string; value: string }[]>();
    const wanted = (field: string) =>
      conditions.filter((each) => each.field === field).map(({ value }) => String(value));
    const ids = wanted('id');
    const lines = wanted('TransactionId');
    const found = state.attachments.filter(
      ({ id, transaction }) =>
        (ids.length === 0 || ids.includes(String(id))) &&
        (lines.length === 0 || lines.includes(String(transaction))),
    );
    return page(
      context,
      found,
      (attachment) => {
        const line = state.transactions.find(({ id }) => id === attachment.transaction);
        if (!line || !seesTransaction(state, user, line)) return undefined;
        return {
          ...reference('attachment', attachment.id),
          ...fieldsOf(context, (name) => attachmentField(attachment, name)),
        };
      },
      false,
    );
  });

  rest.get('/attachment/:id{\\d+}', (context) => {
    const attachment = state.attachments.find(({ id }) => String(id) === context.req.param('id'));
    // The real one stumbles over a number that no attachment has.
    if (!attachment) return context.json({ message: 'Internal Server Error' }, 500);
    const line = state.transactions.find(({ id }) => id === attachment.transaction);
    if (!line || !seesTransaction(state, context.get('user').Name, line)) return forbidden(context);
    const letters = Array.from(attachment.content, (byte) => String.fromCharCode(byte)).join('');
    return context.json({
      id: attachment.id,
      Filename: attachment.Filename,
      ContentType: attachment.ContentType,
      Content: `${btoa(letters)}\n`,
      TransactionId: reference('transaction', attachment.transaction),
    });
  });
}
