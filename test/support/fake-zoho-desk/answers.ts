import {
  statusTypes,
  type DeskAgent,
  type DeskComment,
  type DeskContact,
  type DeskDepartment,
  type DeskFile,
  type DeskTicket,
  type DeskWorld,
} from './world.js';

const home = 'https://desk.example.com';

export function assigneeOf(world: DeskWorld, id: string | null) {
  const agent = id === null ? undefined : world.agents.get(id);
  if (!agent) return null;
  const { firstName, lastName, emailId: email } = agent;
  return { id: agent.id, firstName, lastName, email, photoURL: null };
}

export function contactOf(world: DeskWorld, id: string) {
  const contact = world.contacts.get(id) as DeskContact;
  const account = contact.accountId === null ? undefined : world.accounts.get(contact.accountId);
  return {
    id: contact.id,
    firstName: contact.firstName,
    lastName: contact.lastName,
    email: contact.email,
    phone: null,
    mobile: null,
    type: null,
    account: account ? { id: account.id, accountName: account.accountName, website: null } : null,
  };
}

export function departmentRef(world: DeskWorld, id: string) {
  return { id, name: world.departments.get(id)?.name ?? '' };
}

function accountIdOf(world: DeskWorld, { contactId }: DeskTicket) {
  return world.contacts.get(contactId)?.accountId ?? null;
}

/** `listviewJson`: no description, no modification time, no shares. */
export function listRow(world: DeskWorld, ticket: DeskTicket, include: ReadonlySet<string>) {
  return {
    id: ticket.id,
    ticketNumber: String(ticket.ticketNumber),
    subject: ticket.subject,
    status: ticket.status,
    statusType: statusTypes[ticket.status] ?? 'Open',
    priority: ticket.priority,
    channel: ticket.channel,
    channelCode: null,
    category: ticket.category,
    subCategory: null,
    dueDate: ticket.dueDate,
    responseDueDate: null,
    departmentId: ticket.departmentId,
    contactId: ticket.contactId,
    accountId: accountIdOf(world, ticket),
    assigneeId: ticket.assigneeId,
    teamId: null,
    productId: null,
    layoutId: '1892000000000001',
    language: 'English',
    phone: null,
    email: world.contacts.get(ticket.contactId)?.email ?? null,
    createdTime: ticket.createdTime,
    closedTime: ticket.closedTime,
    customerResponseTime: ticket.createdTime,
    onholdTime: null,
    lockedTime: null,
    threadCount: '1',
    commentCount: String(ticket.comments.length),
    lastThread: null,
    sentiment: null,
    relationshipType: null,
    isSpam: ticket.isSpam,
    isArchived: false,
    source: systemSource,
    webUrl: `${home}/tickets/${ticket.id}`,
    ...(include.has('contacts') && {
      contact: { ...contactOf(world, ticket.contactId), isSpam: false },
    }),
    ...(include.has('assignee') && { assignee: assigneeOf(world, ticket.assigneeId) }),
    ...(include.has('departments') && { department: departmentRef(world, ticket.departmentId) }),
  };
}

const systemSource = { appName: null, extId: null, permalink: null, type: 'SYSTEM', appPhotoURL: null };

function sharesOf(world: DeskWorld, ticket: DeskTicket) {
  return ticket.sharedDepartments.map(({ id, type }) => ({ ...departmentRef(world, id), type }));
}

/** `ticketResponse`, as POST and PATCH answer. */
export function ticketAnswer(world: DeskWorld, ticket: DeskTicket) {
  return {
    id: ticket.id,
    ticketNumber: String(ticket.ticketNumber),
    subject: ticket.subject,
    description: ticket.description,
    status: ticket.status,
    statusType: statusTypes[ticket.status] ?? 'Open',
    priority: ticket.priority,
    classification: ticket.classification,
    category: ticket.category,
    subCategory: null,
    channel: ticket.channel,
    channelCode: null,
    channelRelatedInfo: null,
    dueDate: ticket.dueDate,
    responseDueDate: null,
    departmentId: ticket.departmentId,
    contactId: ticket.contactId,
    accountId: accountIdOf(world, ticket),
    assigneeId: ticket.assigneeId,
    teamId: null,
    productId: null,
    slaId: null,
    language: 'English',
    phone: null,
    email: world.contacts.get(ticket.contactId)?.email ?? null,
    createdTime: ticket.createdTime,
    modifiedTime: ticket.modifiedTime,
    modifiedBy: ticket.modifiedBy,
    closedTime: ticket.closedTime,
    customerResponseTime: ticket.createdTime,
    onholdTime: null,
    lockedTime: null,
    resolution: null,
    cf: { ...ticket.cf },
    customFields: {},
    threadCount: '1',
    commentCount: String(ticket.comments.length),
    attachmentCount: String(ticket.attachments.length),
    taskCount: '0',
    approvalCount: '0',
    timeEntryCount: '0',
    secondaryContacts: [],
    entitySkills: [],
    sharedDepartments: sharesOf(world, ticket),
    isSpam: ticket.isSpam,
    isTrashed: ticket.isTrashed,
    isDeleted: false,
    isArchived: false,
    isEscalated: false,
    isOverDue: false,
    isResponseOverdue: false,
    source: systemSource,
    layoutId: '1892000000000001',
    layoutDetails: { id: '1892000000000001', layoutName: 'Default Ticket Layout' },
    webUrl: `${home}/tickets/${ticket.id}`,
  };
}

/** `ticket_detail_response`, with what `include` names. */
export function ticketDetail(world: DeskWorld, ticket: DeskTicket, include: ReadonlySet<string>) {
  return {
    ...ticketAnswer(world, ticket),
    sentiment: null,
    isFollowing: ticket.followers.includes(world.serviceId),
    createdBy: ticket.createdBy,
    tagCount: String(ticket.tags.length),
    followerCount: String(ticket.followers.length),
    ...(include.has('contacts') && {
      contact: { ...contactOf(world, ticket.contactId), isSpam: false },
    }),
    ...(include.has('assignee') && { assignee: assigneeOf(world, ticket.assigneeId) }),
    ...(include.has('departments') && { department: departmentRef(world, ticket.departmentId) }),
  };
}

/** `searchTicketResponseFields`: whole, but without tags. */
export function searchRow(world: DeskWorld, ticket: DeskTicket) {
  const { sharedDepartments, ...answer } = ticketAnswer(world, ticket);
  const agent = ticket.assigneeId === null ? undefined : world.agents.get(ticket.assigneeId);
  const {
    approvalCount: _a,
    attachmentCount: _b,
    taskCount: _c,
    timeEntryCount: _d,
    isTrashed: _e,
    isDeleted: _f,
    isResponseOverdue: _g,
    source: _h,
    layoutDetails: _i,
    channelCode: _j,
    channelRelatedInfo: _k,
    ...row
  } = answer;
  return {
    ...row,
    sharedDepartments,
    isRead: true,
    childTicketCount: '0',
    createdBy: ticket.createdBy,
    contact: contactOf(world, ticket.contactId),
    department: departmentRef(world, ticket.departmentId),
    assignee: agent
      ? {
          id: agent.id,
          firstName: agent.firstName,
          lastName: agent.lastName,
          emailId: agent.emailId,
          photoURL: null,
          zuid: '1',
        }
      : null,
    team: null,
    product: null,
    lastThread: null,
  };
}

function attachmentRef({ id, name, bytes }: DeskFile, href: string) {
  return { id, name, size: String(bytes.length), href, previewurl: null };
}

export function commentAnswer(world: DeskWorld, ticket: DeskTicket, comment: DeskComment) {
  const agent = world.agents.get(comment.commenterId);
  const contact = world.contacts.get(comment.commenterId);
  const { firstName = null, lastName = null } = agent ?? contact ?? {};
  return {
    id: comment.id,
    content: comment.content,
    encodedContent: comment.content,
    contentType: comment.contentType,
    isPublic: comment.isPublic,
    commentedTime: comment.commentedTime,
    modifiedTime: comment.modifiedTime,
    commenterId: comment.commenterId,
    commenter: {
      id: comment.commenterId,
      firstName,
      lastName,
      name: [firstName, lastName].filter(Boolean).join(' '),
      email: agent?.emailId ?? contact?.email ?? null,
      photoURL: null,
      roleName: agent ? agent.rolePermissionType : 'PortalUser',
      type: agent ? 'AGENT' : 'END_USER',
    },
    impersonatedUser: null,
    attachments: comment.attachments.map((file) =>
      attachmentRef(
        file,
        `${home}/api/v1/tickets/${ticket.id}/comments/${comment.id}/attachments/${file.id}/content`,
      ),
    ),
  };
}

export function fileAnswer(file: DeskFile, href: string) {
  const { creatorId, createdTime, isPublic } = file;
  return { ...attachmentRef(file, `${home}${href}`), creatorId, createdTime, isPublic };
}

export function uploadAnswer(file: DeskFile) {
  const { isPublic: _, ...answer } = fileAnswer(file, `/api/v1/uploads/${file.id}/contents`);
  return answer;
}

export function agentAnswer(agent: DeskAgent) {
  return {
    id: agent.id,
    zuid: '1',
    name: `${agent.firstName} ${agent.lastName}`.trim(),
    firstName: agent.firstName,
    lastName: agent.lastName,
    emailId: agent.emailId,
    status: agent.status,
    isConfirmed: true,
    roleId: '1892000000000011',
    profileId: '1892000000000012',
    rolePermissionType: agent.rolePermissionType,
    associatedDepartmentIds: [...agent.associatedDepartmentIds],
    associatedChatDepartmentIds: [],
    photoURL: null,
    phone: '',
    mobile: '',
    extn: '',
    aboutInfo: null,
    langCode: 'en_US',
    countryCode: 'en_US',
    timeZone: 'Europe/London',
    channelExpert: [],
  };
}

export function departmentAnswer(world: DeskWorld, department: DeskDepartment) {
  return {
    ...department,
    sanitizedName: department.name.toLowerCase(),
    nameInCustomerPortal: department.name,
    description: null,
    chatStatus: 'NOT_CREATED',
    hasLogo: false,
    isVisibleInCustomerPortal: true,
    isAssignToTeamEnabled: false,
    creatorId: world.serviceId,
    createdTime: world.now(),
  };
}

/** `listViewObject` of contacts; the account by its id alone. */
export function contactRow(world: DeskWorld, contact: DeskContact) {
  return {
    id: contact.id,
    firstName: contact.firstName,
    lastName: contact.lastName,
    email: contact.email,
    secondaryEmail: null,
    phone: null,
    mobile: null,
    type: null,
    ownerId: world.serviceId,
    accountId: contact.accountId,
    accountCount: contact.accountId === null ? '0' : '1',
    photoURL: null,
    webUrl: `${home}/contacts/${contact.id}`,
    createdTime: world.now(),
    zohoCRMContact: null,
    customerHappiness: { badPercentage: '0', okPercentage: '0', goodPercentage: '0' },
    isAnonymous: false,
    isEndUser: true,
    isSpam: false,
  };
}

/** One contact, with its account where `include` names it. */
export function contactDetail(world: DeskWorld, contact: DeskContact, include: ReadonlySet<string>) {
  const { account } = contactOf(world, contact.id);
  return {
    ...contactRow(world, contact),
    modifiedTime: world.now(),
    cf: {},
    customFields: {},
    isDeleted: false,
    isTrashed: false,
    isFollowing: false,
    ...(include.has('accounts') && { account }),
  };
}
