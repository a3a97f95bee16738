const words = (text: string) => text.split(/\s+/).filter(Boolean);

const ticket = words(`webUrl accountId approvalCount attachmentCount channelCode channelRelatedInfo closedTime
  commentCount createdTime customerResponseTime departmentId entitySkills id isArchived isDeleted isEscalated isOverDue
  isResponseOverdue isSpam isTrashed modifiedBy modifiedTime lockedTime onholdTime resolution responseDueDate
  secondaryContacts source statusType taskCount teamId threadCount ticketNumber timeEntryCount contactId layoutDetails
  layoutId sharedDepartments slaId`);

/** The keys the public description (zoho/zohodesk-oas, v1.0) calls required, by what it describes. */
export const described = {
  ticket,
  ticketDetail: [...ticket, ...words('sentiment isFollowing createdBy tagCount followerCount')],
  listRow:
    words(`accountId channelCode closedTime commentCount contactId createdTime customerResponseTime departmentId
    id isArchived isSpam lastThread lockedTime onholdTime relationshipType responseDueDate sentiment source status
    statusType teamId threadCount ticketNumber webUrl dueDate category layoutId subCategory`),
  searchRow:
    words(`accountId assignee assigneeId category cf channel childTicketCount classification closedTime
    commentCount contact contactId createdBy createdTime customFields customerResponseTime department departmentId
    description dueDate email entitySkills id isArchived isEscalated isOverDue isRead isSpam language lastThread layoutId
    modifiedBy modifiedTime onholdTime phone priority product productId resolution responseDueDate secondaryContacts
    sharedDepartments slaId status statusType subCategory subject team teamId threadCount ticketNumber webUrl lockedTime`),
  contact: words('account email firstName id lastName mobile phone type'),
  assignee: words('email firstName id lastName photoURL'),
  comment:
    words(`attachments commentedTime commenter commenterId content contentType encodedContent id impersonatedUser
    isPublic modifiedTime`),
  commenter: words('email firstName id lastName name photoURL roleName type'),
  upload: words('createdTime creatorId href id name previewurl size'),
  tag: words('id name tagType'),
  usedTag: words('id name tagType ticketCount'),
  follower: words('email firstName following id lastName photoURL'),
  department:
    words(`chatStatus createdTime creatorId description hasLogo id isAssignToTeamEnabled isDefault isEnabled
    isVisibleInCustomerPortal name nameInCustomerPortal sanitizedName`),
  view: words('id name viewName isCustomView isLocked deprecatedViewId'),
  event: words('actor actorInfo eventInfo eventName eventTime source'),
  fieldError: words('errorMessage errorType fieldName'),
} as const;
