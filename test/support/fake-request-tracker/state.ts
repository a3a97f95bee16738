/** What the fake keeps: as the seed of the live one makes it. */
export interface FakeUser {
  readonly id: number;
  readonly Name: string;
  readonly RealName: string;
  readonly EmailAddress: string;
  readonly Password: string;
  readonly Privileged: boolean;
}

export interface FakeGroup {
  readonly id: number;
  readonly Name: string;
  readonly members: string[];
}

export interface FakeQueue {
  readonly id: number;
  readonly Name: string;
}

export interface FakeField {
  readonly id: number;
  readonly name: string;
  readonly multiple: boolean;
}

/** A user by name, or a group by number. */
export type Watcher = string | number;

export interface FakeTicket {
  readonly id: number;
  subject: string;
  status: string;
  priority: number;
  queue: number;
  owner: string;
  readonly creator: string;
  readonly created: number;
  updated: number;
  updatedBy: string;
  due: number | null;
  resolved: number | null;
  readonly watchers: Record<Role, Watcher[]>;
  readonly fields: Map<number, string[]>;
}

export const roles = ['Requestor', 'Cc', 'AdminCc'] as const;
export type Role = (typeof roles)[number];

export interface FakeTransaction {
  readonly id: number;
  readonly ticket: number;
  readonly Type: string;
  readonly Field: string;
  readonly OldValue: string;
  readonly NewValue: string;
  readonly Creator: string;
  readonly created: number;
  readonly Data: string;
}

export interface FakeAttachment {
  readonly id: number;
  readonly transaction: number;
  readonly Filename: string;
  readonly ContentType: string;
  readonly content: Uint8Array<ArrayBuffer>;
}

export interface State {
  readonly users: Map<string, FakeUser>;
  readonly groups: FakeGroup[];
  readonly queues: FakeQueue[];
  readonly fields: FakeField[];
  readonly tickets: Map<number, FakeTicket>;
  readonly transactions: FakeTransaction[];
  readonly attachments: FakeAttachment[];
  readonly sessions: Map<string, string>;
  /** The next number of everything. */
  next: { principal: number; ticket: number; transaction: number; attachment: number };
  now(): number;
}

const password = 'a password that only the tests know';

/** Users, queues, groups and custom fields of the seed, and no ticket. */
export function createState(clock: () => number): State {
  const state: State = {
    users: new Map(),
    groups: [],
    queues: ['support', 'engineering', 'billing'].map((Name, index) => ({ id: index + 3, Name })),
    fields: ['Case type', 'Contact method', 'Closure reason', 'Customer', 'Tags'].map((name, index) => ({
      id: index + 2,
      name,
      multiple: name === 'Tags',
    })),
    tickets: new Map(),
    transactions: [],
    attachments: [],
    sessions: new Map(),
    next: { principal: 6, ticket: 1, transaction: 61, attachment: 1 },
    // Dates have whole seconds here.
    now: () => Math.floor(clock() / 1000) * 1000,
  };
  const add = (
    Name: string,
    RealName: string,
    EmailAddress: string,
    Privileged: boolean,
    Password = password,
  ) => addUser(state, { Name, RealName, EmailAddress, Privileged, Password });
  add('Nobody', 'Nobody in particular', '', true, '');
  add('RT_System', 'The RT System itself', '', true, '');
  add('root', 'Enoch Root', 'root@localhost', true, 'password');
  add('agent1', 'Ines Calder', 'agent1@larkwell.test', true);
  add('agent2', 'Tom Okafor', 'agent2@larkwell.test', true);
  add('engineer1', 'Mara Lindqvist', 'engineer1@larkwell.test', true);
  state.groups.push({ id: state.next.principal++, Name: 'Support', members: ['agent1', 'agent2'] });
  state.groups.push({ id: state.next.principal++, Name: 'Engineering', members: ['engineer1'] });
  return state;
}

export function addUser(state: State, user: Omit<FakeUser, 'id'>): FakeUser {
  const whole = { ...user, id: state.next.principal++ };
  state.users.set(user.Name, whole);
  return whole;
}

/** A user by name, number or address. */
export function findUser(state: State, given: string | number): FakeUser | undefined {
  const text = String(given);
  const all = [...state.users.values()];
  return (
    state.users.get(text) ??
    all.find(({ id }) => String(id) === text) ??
    (text.includes('@')
      ? all.find(({ EmailAddress }) => EmailAddress.toLowerCase() === text.toLowerCase())
      : undefined)
  );
}

export function findQueue(state: State, given: string | number): FakeQueue | undefined {
  return state.queues.find(({ id, Name }) => Name === given || String(id) === String(given));
}

/** What was sent, as a text. */
export function textOf(given: unknown, otherwise = ''): string {
  return typeof given === 'string' || typeof given === 'number' ? String(given) : otherwise;
}
