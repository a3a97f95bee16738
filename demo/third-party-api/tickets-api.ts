import { Hono, type Context } from 'hono';
import { HTTPException } from 'hono/http-exception';

import type { Author, Staff, State, Ticket, TicketData } from './records.js';
import { shapeOfAccount, shapeOfComment, shapeOfContact, shapeOfStaff, shapeOfTicket } from './shapes.js';

/** What a ticket can be told when it is made or changed. */
interface Given {
  title?: unknown;
  body_text?: unknown;
  severity?: unknown;
  category_code?: unknown;
  channel?: unknown;
  account_no?: unknown;
  contact_no?: unknown;
  owner_no?: unknown;
  due_epoch?: unknown;
  labels?: unknown;
  lock?: unknown;
}

const largestPage = 20;
const categories = ['BIL', 'TEC', 'CPL', 'ACC', 'OTH'];
const channels = ['tel', 'mail', 'web', 'post'];
const resolutions = ['fixed', 'no_reply', 'double', 'withdrawn'];
const ends: readonly State[] = ['solved', 'dropped'];

/** What the API stands on. */
export interface TicketsApiOptions {
  readonly data: TicketData;
  /** What every request must name in `X-Api-Key`. */
  readonly key: string;
  /** Seconds since the epoch. */
  readonly clock?: () => number;
}

/**
 * A ticket system as another company might have written it: numbers for ids, seconds for moments, states of its own, pages by
 * offset, private comments. It knows nothing of cases, and keeps all in memory.
 */
export function createTicketsApi({
  data,
  key,
  clock = () => Math.floor(Date.now() / 1000),
}: TicketsApiOptions): Hono {
  const app = new Hono();
  let nextComment = Math.max(0, ...data.tickets.flatMap(({ comments }) => comments.map(({ no }) => no))) + 1;

  app.use('/v2/*', async (context: Context, next) => {
    if (context.req.header('x-api-key') !== key) return problem(context, 401, 'bad_key');
    if (!actorOf(context, data)) return problem(context, 403, 'nobody');
    return next();
  });
  app.onError((error, context) => {
    if (error instanceof HTTPException) return problem(context, error.status as 400, error.message);
    return problem(context, 500, 'trouble');
  });

  const acting = (context: Context): Author & { readonly staff?: Staff } => {
    const found = actorOf(context, data);
    if (!found) throw new HTTPException(403, { message: 'nobody' });
    return found;
  };
  const isSeenBy = ({ sort, no, staff }: ReturnType<typeof acting>, ticket: Ticket) => {
    if (sort === 'staff') return staff?.trainee !== true || ticket.ownerNo === no;
    return data.contacts.some((contact) => contact.no === no && contact.accountNo === ticket.accountNo);
  };
  const ticketOf = (context: Context): Ticket => {
    const ticket = data.tickets.find(({ no }) => no === Number(context.req.param('no')));
    if (!ticket || !isSeenBy(acting(context), ticket))
      throw new HTTPException(404, { message: 'no_such_ticket' });
    return ticket;
  };

  app.get('/v2/whoami', (context) => {
    const { sort, no } = acting(context);
    const { display } =
      (sort === 'staff' ? data.staff : data.contacts).find((login) => login.no === no) ?? {};
    return context.json({ who: { login_no: no, login_sort: sort, display_name: display } });
  });

  app.get('/v2/tickets', (context) => {
    const who = acting(context);
    const filters = context.req.query();
    const found = data.tickets
      .filter((ticket) => isSeenBy(who, ticket) && isAskedFor(ticket, filters))
      .sort(orderOf(filters['sort']));
    return context.json(pageOf(context, found.map(shapeOfTicket)));
  });

  app.get('/v2/tickets/:no', (context) => context.json({ ticket: shapeOfTicket(ticketOf(context)) }));

  app.post('/v2/tickets', async (context) => {
    const who = acting(context);
    const given = ticketIn(await bodyOf(context));
    const wrong = wrongIn(given, data, true);
    if (wrong.length > 0) return problem(context, 400, 'invalid', wrong);
    const now = clock();
    const ticket: Ticket = {
      no: Math.max(0, ...data.tickets.map(({ no }) => no)) + 1,
      title: '',
      text: '',
      state: 'new',
      severity: 3,
      category: 'OTH',
      channel: null,
      accountNo: 0,
      contactNo: null,
      ownerNo: null,
      openedBy: { sort: who.sort, no: who.no },
      openedOn: now,
      changedOn: now,
      due: null,
      labels: [],
      lock: 1,
      outcome: null,
      comments: [],
    };
    put(ticket, given);
    if (!isSeenBy(who, ticket) && who.sort === 'contact') return problem(context, 403, 'not_your_account');
    data.tickets.push(ticket);
    return context.json({ created: { ticket_no: ticket.no } }, 201);
  });

  app.patch('/v2/tickets/:no', async (context) => {
    const who = acting(context);
    const ticket = ticketOf(context);
    const given = ticketIn(await bodyOf(context));
    if (who.sort === 'contact') return problem(context, 403, 'staff_only');
    if (given.lock !== undefined && given.lock !== ticket.lock) return problem(context, 409, 'stale_lock');
    if (ends.includes(ticket.state)) return problem(context, 409, 'ended');
    const wrong = wrongIn(given, data, false);
    if (wrong.length > 0) return problem(context, 400, 'invalid', wrong);
    // Passed over without a word: a trainee hands no ticket on.
    if (who.staff?.trainee === true) delete given.owner_no;
    put(ticket, given);
    touch(ticket, clock());
    return context.json({ ticket: shapeOfTicket(ticket) });
  });

  app.post('/v2/tickets/:no/resolve', async (context) => {
    const { sort, no } = acting(context);
    const ticket = ticketOf(context);
    const body = (await bodyOf(context)) as { resolution?: unknown; lock?: unknown };
    if (sort === 'contact') return problem(context, 403, 'staff_only');
    if (ends.includes(ticket.state)) return problem(context, 409, 'ended');
    if (body.lock !== undefined && body.lock !== ticket.lock) return problem(context, 409, 'stale_lock');
    if (!resolutions.includes(body.resolution as string))
      return problem(context, 400, 'invalid', ['resolution']);
    const now = clock();
    ticket.state = body.resolution === 'fixed' ? 'solved' : 'dropped';
    ticket.outcome = { code: body.resolution as string, by: { sort, no }, on: now };
    touch(ticket, now);
    return context.body(null, 204);
  });

  app.post('/v2/tickets/:no/reopen', async (context) => {
    const ticket = ticketOf(context);
    if (acting(context).sort === 'contact') return problem(context, 403, 'staff_only');
    if (!ends.includes(ticket.state)) return problem(context, 409, 'not_ended');
    ticket.state = 'in_work';
    ticket.outcome = null;
    touch(ticket, clock());
    return context.body(null, 204);
  });

  app.get('/v2/tickets/:no/comments', (context) => {
    const { sort } = acting(context);
    const comments = ticketOf(context).comments.filter(({ isPrivate }) => sort === 'staff' || !isPrivate);
    return context.json(pageOf(context, comments.map(shapeOfComment)));
  });

  app.post('/v2/tickets/:no/comments', async (context) => {
    const { sort, no } = acting(context);
    const ticket = ticketOf(context);
    const { body_text, is_private } = (await bodyOf(context)) as {
      body_text?: unknown;
      is_private?: unknown;
    };
    if (typeof body_text !== 'string' || body_text === '')
      return problem(context, 400, 'invalid', ['body_text']);
    const now = clock();
    const comment = {
      no: nextComment,
      text: body_text,
      isPrivate: sort === 'staff' && is_private === true,
      author: { sort, no },
      writtenOn: now,
    };
    nextComment += 1;
    ticket.comments.push(comment);
    ticket.changedOn = now;
    return context.json({ comment: shapeOfComment(comment) }, 201);
  });

  const staffOnly = (context: Context): void => {
    if (acting(context).sort !== 'staff') throw new HTTPException(403, { message: 'staff_only' });
  };
  const named = <T extends { readonly no: number }>(list: readonly T[], context: Context): T => {
    const found = list.find(({ no }) => no === Number(context.req.param('no')));
    if (!found) throw new HTTPException(404, { message: 'nobody' });
    return found;
  };
  app.get('/v2/staff', (context) => {
    staffOnly(context);
    return context.json(pageOf(context, data.staff.map(shapeOfStaff)));
  });
  app.get('/v2/staff/:no', (context) => context.json(shapeOfStaff(named(data.staff, context))));
  app.get('/v2/contacts', (context) => {
    staffOnly(context);
    return context.json(pageOf(context, data.contacts.map(shapeOfContact)));
  });
  app.get('/v2/contacts/:no', (context) => {
    const { sort, no } = acting(context);
    const found = named(data.contacts, context);
    if (sort === 'contact' && found.accountNo !== data.contacts.find((each) => each.no === no)?.accountNo) {
      throw new HTTPException(404, { message: 'nobody' });
    }
    return context.json(shapeOfContact(found));
  });
  app.get('/v2/accounts', (context) => {
    staffOnly(context);
    const words = (context.req.query('find') ?? '').toLowerCase();
    const found = data.accounts.filter(({ title, reference }) =>
      `${title} ${reference}`.toLowerCase().includes(words),
    );
    return context.json(pageOf(context, found.map(shapeOfAccount)));
  });
  app.get('/v2/accounts/:no', (context) => {
    const { sort, no } = acting(context);
    const found = named(data.accounts, context);
    const own = data.contacts.find((contact) => contact.no === no)?.accountNo;
    if (sort === 'contact' && own !== found.no) throw new HTTPException(404, { message: 'nobody' });
    return context.json(shapeOfAccount(found));
  });
  return app;
}

/** Who acts, as `X-Acting-For` says: `staff:MAIL` or `contact:MAIL`. */
function actorOf(context: Context, data: TicketData): (Author & { readonly staff?: Staff }) | undefined {
  const [sort, mail = ''] = (context.req.header('x-acting-for') ?? '').split(/:(.*)/);
  if (sort === 'staff') {
    const staff = data.staff.find((each) => each.mail === mail && !each.left);
    return staff && { sort, no: staff.no, staff };
  }
  const contact = sort === 'contact' ? data.contacts.find((each) => each.mail === mail) : undefined;
  return contact && { sort: 'contact', no: contact.no };
}

function isAskedFor(ticket: Ticket, filters: Record<string, string>): boolean {
  const { account, state_in, category, owner, find, opened_from, opened_until } = filters;
  if (account !== undefined && ticket.accountNo !== Number(account)) return false;
  if (state_in !== undefined && !state_in.split(',').includes(ticket.state)) return false;
  if (category !== undefined && !category.split(',').includes(ticket.category)) return false;
  if (owner !== undefined && ticket.ownerNo !== Number(owner)) return false;
  if (opened_from !== undefined && ticket.openedOn < Number(opened_from)) return false;
  if (opened_until !== undefined && ticket.openedOn >= Number(opened_until)) return false;
  const text = `${ticket.title} ${ticket.text}`.toLowerCase();
  return (find ?? '')
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function orderOf(sort = 'ticket_no'): (one: Ticket, other: Ticket) => number {
  const [down, name] = sort.startsWith('-') ? [-1, sort.slice(1)] : [1, sort];
  const keyOf = ({ no, openedOn, changedOn }: Ticket) => {
    if (name === 'changed_on') return changedOn;
    return name === 'opened' ? openedOn : no;
  };
  return (one, other) => down * (keyOf(one) - keyOf(other) || one.no - other.no);
}

function pageOf<T>(context: Context, all: readonly T[]) {
  const offset = Math.max(0, Number(context.req.query('offset') ?? 0) || 0);
  const limit = Math.min(largestPage, Math.max(1, Number(context.req.query('limit') ?? 10) || 10));
  return { results: all.slice(offset, offset + limit), paging: { offset, limit, total_rows: all.length } };
}

async function bodyOf(context: Context): Promise<unknown> {
  return context.req.json<unknown>().catch(() => {
    throw new HTTPException(400, { message: 'no_json' });
  });
}

function ticketIn(body: unknown): Given {
  const ticket = (body as { ticket?: unknown } | null)?.ticket;
  if (typeof ticket !== 'object' || ticket === null) throw new HTTPException(400, { message: 'no_ticket' });
  return { ...ticket };
}

/** The attributes that cannot be as they are given. */
function wrongIn(given: Given, data: TicketData, isNew: boolean): string[] {
  const one = (name: keyof Given, isGood: (value: unknown) => boolean, mandatory = false) =>
    (given[name] === undefined ? mandatory && isNew : !isGood(given[name])) ? [name] : [];
  const isText = (most: number) => (value: unknown) =>
    typeof value === 'string' && value.trim() !== '' && value.length <= most;
  const maybe = (isGood: (value: unknown) => boolean) => (value: unknown) => value === null || isGood(value);
  return [
    ...one('title', isText(80), true),
    ...one('body_text', (value) => typeof value === 'string'),
    ...one('severity', (value) => [1, 2, 3].includes(value as number)),
    ...one('category_code', (value) => categories.includes(value as string), true),
    ...one(
      'channel',
      maybe((value) => channels.includes(value as string)),
    ),
    ...one('account_no', (value) => data.accounts.some(({ no }) => no === value), true),
    ...one(
      'contact_no',
      maybe((value) => data.contacts.some(({ no }) => no === value)),
    ),
    ...one(
      'owner_no',
      maybe((value) => data.staff.some(({ no, left }) => no === value && !left)),
    ),
    ...one('due_epoch', maybe(Number.isSafeInteger)),
    ...one('labels', (value) => Array.isArray(value) && value.every((label) => typeof label === 'string')),
  ];
}

function put(ticket: Ticket, given: Given): void {
  if (given.title !== undefined) ticket.title = given.title as string;
  if (given.body_text !== undefined) ticket.text = given.body_text as string;
  if (given.severity !== undefined) ticket.severity = given.severity as number;
  if (given.category_code !== undefined) ticket.category = given.category_code as string;
  if (given.channel !== undefined) ticket.channel = given.channel as string | null;
  if (given.account_no !== undefined) ticket.accountNo = given.account_no as number;
  if (given.contact_no !== undefined) ticket.contactNo = given.contact_no as number | null;
  if (given.owner_no !== undefined) ticket.ownerNo = given.owner_no as number | null;
  if (given.due_epoch !== undefined) ticket.due = given.due_epoch as number | null;
  if (given.labels !== undefined) ticket.labels = given.labels as string[];
}

function touch(ticket: Ticket, now: number): void {
  ticket.lock += 1;
  ticket.changedOn = now;
  if (ticket.state === 'new') ticket.state = 'in_work';
}

function problem(
  context: Context,
  status: 400 | 401 | 403 | 404 | 409 | 500,
  code: string,
  wrong: string[] = [],
) {
  const attributes = wrong.map((attribute) => ({ attribute, why: 'not_acceptable' }));
  return context.json({ problem: { code, ...(attributes.length > 0 && { attributes }) } }, status);
}
