import { mayTicket } from './rights.js';
import {
  findUser,
  roles,
  type FakeAttachment,
  type FakeTicket,
  type FakeTransaction,
  type State,
  type Watcher,
} from './state.js';

const base = 'http://rt.test/REST/2.0';

export function reference(type: string, id: string | number) {
  return { type, id: String(id), _url: `${base}/${type}/${id}` };
}

/** Dates that were never set are those of the year 1970. */
export function date(at: number | null): string {
  return `${new Date(at ?? 0).toISOString().slice(0, 19)}Z`;
}

function person(state: State, name: string, subfields: readonly string[] = []) {
  const user = findUser(state, name);
  const held: Readonly<Record<string, string>> = {
    Name: user?.Name ?? '',
    RealName: user?.RealName ?? '',
    EmailAddress: user?.EmailAddress ?? '',
  };
  return {
    ...reference('user', name),
    ...Object.fromEntries(subfields.map((each) => [each, held[each] ?? ''])),
  };
}

export function watcher(state: State, who: Watcher, subfields: readonly string[] = []) {
  if (typeof who === 'string') return person(state, who, subfields);
  const Name = state.groups.find(({ id }) => id === who)?.Name ?? '';
  return { ...reference('group', who), ...(subfields.includes('Name') && { Name }) };
}

function customFields(state: State, { fields }: FakeTicket) {
  return state.fields.map(({ id, name }) => ({
    ...reference('customfield', id),
    name,
    values: fields.get(id) ?? [],
  }));
}

const transitions: Readonly<Record<string, readonly string[]>> = {
  new: ['open', 'resolved', 'rejected'],
  open: ['stalled', 'resolved', 'rejected'],
  stalled: ['open'],
  resolved: ['open'],
  rejected: ['open'],
};

export function links(state: State, user: string, ticket: FakeTicket) {
  const url = `${base}/ticket/${ticket.id}`;
  const may = (right: string) => mayTicket(state, user, right, ticket);
  return [
    { ref: 'self', type: 'ticket', id: ticket.id, _url: url },
    { ref: 'history', _url: `${url}/history` },
    ...(may('ReplyToTicket') ? [{ ref: 'correspond', _url: `${url}/correspond` }] : []),
    ...(may('CommentOnTicket') ? [{ ref: 'comment', _url: `${url}/comment` }] : []),
    ...(may('ModifyTicket')
      ? (transitions[ticket.status] ?? []).map((to) => ({
          ref: 'lifecycle',
          from: ticket.status,
          to,
          _url: url,
        }))
      : []),
  ];
}

/** One field of a ticket as a list tells it; an empty text for what there is not. */
export function ticketField(
  state: State,
  user: string,
  ticket: FakeTicket,
  field: string,
  subfields: readonly string[],
): unknown {
  switch (field) {
    case 'Queue': {
      const Name = state.queues.find(({ id }) => id === ticket.queue)?.Name ?? '';
      return { ...reference('queue', ticket.queue), ...(subfields.includes('Name') && { Name }) };
    }
    case 'Owner':
      return person(state, ticket.owner, subfields);
    case 'Creator':
      return person(state, ticket.creator, subfields);
    case 'LastUpdatedBy':
      return person(state, ticket.updatedBy, subfields);
    case 'Requestor':
    case 'Cc':
    case 'AdminCc':
      return ticket.watchers[field].map((each) => watcher(state, each, subfields));
    case 'Subject':
      return ticket.subject;
    case 'Status':
      return ticket.status;
    case 'Priority':
      return String(ticket.priority);
    case 'Created':
      return date(ticket.created);
    case 'LastUpdated':
      return date(ticket.updated);
    case 'Due':
      return date(ticket.due);
    case 'Resolved':
      return date(ticket.resolved);
    case 'CustomFields':
      return customFields(state, ticket);
    case '_hyperlinks':
      return links(state, user, ticket);
    default:
      return '';
  }
}

const wholeFields = [
  'Queue',
  'Owner',
  'Creator',
  'LastUpdatedBy',
  ...roles,
  'Subject',
  'Status',
  'Priority',
  'Created',
  'LastUpdated',
  'Due',
  'Resolved',
  'CustomFields',
  '_hyperlinks',
];

export function wholeTicket(state: State, user: string, ticket: FakeTicket) {
  return {
    id: ticket.id,
    Type: 'ticket',
    ...Object.fromEntries(wholeFields.map((field) => [field, ticketField(state, user, ticket, field, [])])),
  };
}

export function transactionField(
  state: State,
  transaction: FakeTransaction,
  field: string,
  subfields: readonly string[],
): unknown {
  if (field === 'Creator') return person(state, transaction.Creator, subfields);
  if (field === 'Created') return date(transaction.created);
  return transaction[field as 'Type' | 'Field' | 'OldValue' | 'NewValue' | 'Data'] ?? '';
}

export function attachmentField(attachment: FakeAttachment, field: string): unknown {
  switch (field) {
    case 'ContentLength':
      return String(attachment.content.byteLength);
    case 'TransactionId':
      return String(attachment.transaction);
    // Of a file in a list this is of no use: only texts come through whole.
    case 'Content':
      return new TextDecoder().decode(attachment.content);
    default:
      return attachment[field as 'Filename' | 'ContentType'] ?? '';
  }
}
