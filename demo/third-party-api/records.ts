/** Somebody of the company that runs the API, or of one of its accounts. Their numbers overlap. */
export interface Login {
  readonly no: number;
  readonly display: string;
  readonly mail: string;
}

/** Who works here. A trainee sees what is theirs alone, and hands nothing on. */
export interface Staff extends Login {
  readonly trainee?: boolean;
  readonly left?: boolean;
}

/** A person of an account. */
export interface Contact extends Login {
  readonly accountNo: number;
}

/** Who is billed. */
export interface Account {
  readonly no: number;
  readonly title: string;
  readonly reference: string;
  readonly firstContactNo: number | null;
}

/** Who wrote something. */
export interface Author {
  readonly sort: 'staff' | 'contact';
  readonly no: number;
}

/** A line under a ticket. */
export interface Comment {
  readonly no: number;
  readonly text: string;
  readonly isPrivate: boolean;
  readonly author: Author;
  /** Seconds since the epoch, as all moments here. */
  readonly writtenOn: number;
}

/** The states of a ticket; the last two are ends. */
export const states = ['new', 'in_work', 'on_hold', 'solved', 'dropped'] as const;
export type State = (typeof states)[number];

/** A ticket as it is kept. */
export interface Ticket {
  readonly no: number;
  title: string;
  text: string;
  state: State;
  /** 1 is worst. */
  severity: number;
  category: string;
  channel: string | null;
  accountNo: number;
  contactNo: number | null;
  ownerNo: number | null;
  openedBy: Author;
  openedOn: number;
  changedOn: number;
  due: number | null;
  labels: string[];
  lock: number;
  outcome: { readonly code: string; readonly by: Author; readonly on: number } | null;
  readonly comments: Comment[];
}

/** Everything the API knows. */
export interface TicketData {
  readonly staff: readonly Staff[];
  readonly contacts: readonly Contact[];
  readonly accounts: readonly Account[];
  readonly tickets: Ticket[];
}
