/** What the fake keeps of an agent. */
export interface DeskAgent {
  id: string;
  firstName: string;
  lastName: string;
  emailId: string;
  status: 'ACTIVE' | 'DISABLED';
  rolePermissionType: 'AgentPublic' | 'AgentPersonal' | 'AgentTeamPersonal' | 'Admin' | 'Light' | 'Custom';
  associatedDepartmentIds: string[];
}

export interface DeskDepartment {
  id: string;
  name: string;
  isEnabled: boolean;
  isDefault: boolean;
}

export interface DeskAccount {
  id: string;
  accountName: string;
}

export interface DeskContact {
  id: string;
  firstName: string | null;
  lastName: string;
  email: string | null;
  accountId: string | null;
}

export interface DeskFile {
  id: string;
  name: string;
  bytes: Uint8Array<ArrayBuffer>;
  isPublic: boolean;
  creatorId: string;
  createdTime: string;
}

export interface DeskComment {
  id: string;
  content: string;
  contentType: 'html' | 'plainText';
  isPublic: boolean;
  commenterId: string;
  commentedTime: string;
  modifiedTime: string | null;
  attachments: DeskFile[];
}

export type ShareType = 'READ_ONLY' | 'READ_WRITE' | 'RESTRICTED_ACCESS';

export interface DeskEvent {
  eventName: string;
  eventTime: string;
  actorId: string;
  eventInfo: { propertyName: string; propertyType: string; propertyValue: unknown }[];
}

export interface DeskTicket {
  id: string;
  ticketNumber: number;
  subject: string;
  description: string | null;
  status: string;
  priority: string | null;
  classification: string | null;
  category: string | null;
  channel: string | null;
  dueDate: string | null;
  departmentId: string;
  contactId: string;
  assigneeId: string | null;
  createdTime: string;
  modifiedTime: string;
  closedTime: string | null;
  createdBy: string;
  modifiedBy: string;
  isSpam: boolean;
  isTrashed: boolean;
  sharedDepartments: { id: string; type: ShareType }[];
  tags: string[];
  cf: Record<string, string | null>;
  followers: string[];
  attachments: DeskFile[];
  comments: DeskComment[];
  history: DeskEvent[];
}

export const statusTypes: Readonly<Record<string, 'Open' | 'Closed' | 'On Hold'>> = {
  Open: 'Open',
  Escalated: 'Open',
  'On Hold': 'On Hold',
  Closed: 'Closed',
};

export const priorities = ['High', 'Medium', 'Low'];

/** Everything the fake knows. Ids grow, so that what came later has the larger one. */
export class DeskWorld {
  readonly orgId = '700000001';
  readonly agents = new Map<string, DeskAgent>();
  readonly departments = new Map<string, DeskDepartment>();
  readonly accounts = new Map<string, DeskAccount>();
  readonly contacts = new Map<string, DeskContact>();
  readonly tickets = new Map<string, DeskTicket>();
  readonly uploads = new Map<string, DeskFile>();
  readonly tagIds = new Map<string, string>();
  /** The agent whose token the gateway has. */
  serviceId = '';
  #last = 1_892_000_000_000_000n;
  #number = 100;
  readonly #clock: () => number;

  constructor(clock: () => number = Date.now) {
    this.#clock = clock;
  }

  nextId(): string {
    this.#last += 3n;
    return String(this.#last);
  }

  nextNumber(): number {
    this.#number += 1;
    return this.#number;
  }

  /** Zoho tells whole seconds. */
  now(): string {
    return new Date(Math.floor(this.#clock() / 1000) * 1000).toISOString();
  }

  tagId(name: string): string {
    const known = this.tagIds.get(name);
    if (known !== undefined) return known;
    const id = this.nextId();
    this.tagIds.set(name, id);
    return id;
  }

  addDepartment(name: string): DeskDepartment {
    const isDefault = this.departments.size === 0;
    const made = { id: this.nextId(), name, isEnabled: true, isDefault };
    this.departments.set(made.id, made);
    return made;
  }

  addAgent(name: string, emailId: string, departments: DeskDepartment[], more: Partial<DeskAgent> = {}) {
    const [firstName = '', lastName = ''] = name.split(' ');
    const made: DeskAgent = {
      id: this.nextId(),
      firstName,
      lastName,
      emailId,
      status: 'ACTIVE',
      rolePermissionType: 'AgentPublic',
      associatedDepartmentIds: departments.map(({ id }) => id),
      ...more,
    };
    this.agents.set(made.id, made);
    return made;
  }

  addAccount(accountName: string): DeskAccount {
    const made = { id: this.nextId(), accountName };
    this.accounts.set(made.id, made);
    return made;
  }

  addContact(name: string, email: string | null, account: DeskAccount | null = null): DeskContact {
    const [firstName = '', lastName = ''] = name.split(' ');
    const made = { id: this.nextId(), firstName, lastName, email, accountId: account?.id ?? null };
    this.contacts.set(made.id, made);
    return made;
  }

  addTicket(
    given: Pick<DeskTicket, 'subject' | 'departmentId' | 'contactId'> & Partial<DeskTicket>,
  ): DeskTicket {
    const now = this.now();
    const made: DeskTicket = {
      id: this.nextId(),
      ticketNumber: this.nextNumber(),
      description: null,
      status: 'Open',
      priority: null,
      classification: null,
      category: null,
      channel: 'Email',
      dueDate: null,
      assigneeId: null,
      createdTime: now,
      modifiedTime: now,
      closedTime: null,
      createdBy: this.serviceId,
      modifiedBy: this.serviceId,
      isSpam: false,
      isTrashed: false,
      sharedDepartments: [],
      tags: [],
      cf: {},
      followers: [],
      attachments: [],
      comments: [],
      history: [],
      ...given,
    };
    this.tickets.set(made.id, made);
    this.record(made, 'TicketCreated', [
      { propertyName: 'Subject', propertyType: 'Text', propertyValue: made.subject },
      { propertyName: 'Status', propertyType: 'Text', propertyValue: made.status },
    ]);
    return made;
  }

  addComment(ticket: DeskTicket, given: Pick<DeskComment, 'content'> & Partial<DeskComment>): DeskComment {
    const made: DeskComment = {
      id: this.nextId(),
      contentType: 'html',
      isPublic: true,
      commenterId: this.serviceId,
      commentedTime: this.now(),
      modifiedTime: null,
      attachments: [],
      ...given,
    };
    ticket.comments.push(made);
    this.record(ticket, 'CommentAdded', [], made.commenterId);
    return made;
  }

  record(
    ticket: DeskTicket,
    eventName: string,
    eventInfo: DeskEvent['eventInfo'],
    actorId: string = this.serviceId,
  ): void {
    ticket.history.push({ eventName, eventTime: this.now(), actorId, eventInfo });
  }

  touch(ticket: DeskTicket, by: string = this.serviceId): void {
    ticket.modifiedTime = this.now();
    ticket.modifiedBy = by;
  }
}
