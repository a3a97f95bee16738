import type { Account, Author, Comment, Contact, Staff, Ticket } from './records.js';

/** A ticket on the wire. */
export function shapeOfTicket(ticket: Ticket) {
  const { no, title, text, state, severity, category, channel, accountNo, contactNo, ownerNo } = ticket;
  return {
    ticket_no: no,
    title,
    body_text: text,
    state,
    severity,
    category_code: category,
    channel,
    account_no: accountNo,
    contact_no: contactNo,
    owner_no: ownerNo,
    opened: { ...shapeOfAuthor(ticket.openedBy), on_epoch: ticket.openedOn },
    changed_on: ticket.changedOn,
    due_epoch: ticket.due,
    labels: ticket.labels,
    lock: ticket.lock,
    outcome: ticket.outcome && {
      code: ticket.outcome.code,
      ...shapeOfAuthor(ticket.outcome.by),
      on_epoch: ticket.outcome.on,
    },
    reply_count: ticket.comments.filter(({ isPrivate }) => !isPrivate).length,
  };
}

/** A comment on the wire. */
export function shapeOfComment({ no, text, isPrivate, author, writtenOn }: Comment) {
  return {
    comment_no: no,
    body_text: text,
    is_private: isPrivate,
    ...shapeOfAuthor(author),
    written_on: writtenOn,
  };
}

function shapeOfAuthor({ no, sort }: Author) {
  return { by_no: no, by_sort: sort };
}

/** An account on the wire. */
export function shapeOfAccount({ no, title, reference, firstContactNo }: Account) {
  return { account_no: no, title, reference, first_contact_no: firstContactNo };
}

/** Somebody who works here, on the wire. */
export function shapeOfStaff({ no, display, mail, left }: Staff) {
  return { staff_no: no, display_name: display, mail, has_left: left ?? false };
}

/** A person of an account, on the wire. */
export function shapeOfContact({ no, display, mail, accountNo }: Contact) {
  return { contact_no: no, display_name: display, mail, account_no: accountNo };
}
