import { roles, type FakeQueue, type FakeTicket, type FakeTransaction, type State } from './state.js';

const work = [
  'SeeQueue',
  'CreateTicket',
  'ShowTicket',
  'ShowTicketComments',
  'ReplyToTicket',
  'CommentOnTicket',
  'ModifyTicket',
  'OwnTicket',
  'TakeTicket',
  'StealTicket',
  'ReassignTicket',
];
const readAlong = ['ShowTicket', 'SeeQueue'];
const ofRoles: Readonly<Record<string, readonly string[]>> = {
  Requestor: [...readAlong, 'ReplyToTicket'],
  Cc: readAlong,
  AdminCc: [...readAlong, 'ShowTicketComments', 'ReplyToTicket', 'CommentOnTicket', 'ModifyTicket'],
};

/** What the groups of the seed were given on each queue. */
function ofGroup(group: string, queue: string): readonly string[] {
  if (group === 'Support') return queue === 'engineering' ? ['SeeQueue', 'CreateTicket'] : work;
  return group === 'Engineering' && queue === 'engineering' ? work : [];
}

/** Whether a user has a right on a queue, or on a ticket by a role of theirs. */
export function hasRight(
  state: State,
  user: string,
  right: string,
  queue: FakeQueue,
  ticket?: FakeTicket,
): boolean {
  if (user === 'root' || user === 'RT_System') return true;
  if (right === 'CreateTicket' && queue.Name === 'support') return true;
  const groups = state.groups.filter(({ members }) => members.includes(user));
  if (groups.some(({ Name }) => ofGroup(Name, queue.Name).includes(right))) return true;
  if (!ticket) return false;
  const own = new Set<string | number>([user, ...groups.map(({ id }) => id)]);
  return roles.some(
    (role) => ofRoles[role]?.includes(right) && ticket.watchers[role].some((watcher) => own.has(watcher)),
  );
}

export function mayTicket(state: State, user: string, right: string, ticket: FakeTicket): boolean {
  const queue = state.queues.find(({ id }) => id === ticket.queue);
  return queue !== undefined && hasRight(state, user, right, queue, ticket);
}

/** Mails that left are shown to nobody here, comments to who has the right. */
export function seesTransaction(state: State, user: string, { Type, ticket: id }: FakeTransaction): boolean {
  const ticket = state.tickets.get(id);
  if (!ticket || !mayTicket(state, user, 'ShowTicket', ticket)) return false;
  if (Type === 'EmailRecord' || Type === 'CommentEmailRecord') return user === 'root';
  return Type !== 'Comment' || mayTicket(state, user, 'ShowTicketComments', ticket);
}
