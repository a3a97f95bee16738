import type { Verdict } from '../../../src/contract/common.js';
import { BackendError } from '../../backend-error.js';
import { caseVerdicts, type Said } from '../case-verdicts.js';
import type { Desk, Reader } from './desk.js';
import { vendor } from './tracker.js';
import type { Link, TicketRow } from './wire.js';

/** What Request Tracker lets the reader do with a ticket, as far as it says: by the links it offers. */
export interface Offered {
  readonly reply: boolean;
  readonly comment: boolean;
  /** Whoever may move a ticket to another status may change its fields: both are the right to modify it. */
  readonly modify: boolean;
  /** The statuses it may be moved to. */
  readonly statuses: readonly string[];
}

export function offered(links: readonly Link[]): Offered {
  const statuses = links.filter(({ ref }) => ref === 'lifecycle').flatMap(({ to }) => to ?? []);
  return {
    reply: links.some(({ ref }) => ref === 'correspond'),
    comment: links.some(({ ref }) => ref === 'comment'),
    modify: statuses.length > 0,
    statuses,
  };
}

/** Whether a ticket is open or closed in the words of the contract; its own status where it is neither. */
export function statusOf({ statuses }: Desk, status: string): string {
  if (statuses.open.includes(status)) return 'open';
  return statuses.closed.includes(status) ? 'closed' : status;
}

/** The verdicts on a ticket. Its own rights are said by Request Tracker; that customers have fewer is said here. */
export function caseRights(desk: Desk, reader: Reader, row: TicketRow): Record<string, Verdict> {
  const may = offered(row._hyperlinks);
  const status = statusOf(desk, row.Status);
  const isAgent = reader.actor.kind === 'agent';
  const byServer = (allowed: boolean): Said =>
    allowed
      ? { rule: 'backend.right' }
      : { rule: 'backend.right', reason: `${vendor} does not let you do this.` };
  const whileOpen = (said: Said): Said => {
    if (status === 'open') return said;
    if (status === 'closed') return { rule: 'case.closed', reason: 'The case is closed.' };
    return { rule: 'case.status', reason: `Nothing is changed here while it is ${row.Status}.` };
  };
  const forAgents = (said: Said): Said =>
    isAgent ? said : { rule: 'customer.agents-only', reason: 'Only agents can do this.' };

  const reopensByReply = !isAgent && desk.settings.reopenOnCustomerReply && status === 'closed';
  const reply = reopensByReply ? byServer(may.reply) : whileOpen(byServer(may.reply));
  const edit = forAgents(whileOpen(byServer(may.modify)));
  const { inboxes } = desk.setup;
  return caseVerdicts(vendor, {
    view: { rule: 'backend.right' },
    reply,
    addInternalNote: forAgents(whileOpen(byServer(may.comment))),
    attach: isAgent && !may.reply ? whileOpen(byServer(may.comment)) : reply,
    edit,
    close: forAgents(whileOpen(byServer(may.statuses.includes(desk.statuses.close)))),
    reopen: forAgents(
      status === 'open'
        ? { rule: 'case.open', reason: 'The case is open.' }
        : byServer(may.statuses.includes(desk.statuses.reopen)),
    ),
    assign: edit,
    // Where every queue is an inbox, each ticket is in one already.
    putInInbox:
      inboxes === undefined || inboxes.includes(row.Queue?.Name ?? '')
        ? forAgents({ rule: 'inbox.already', reason: 'The case is in an inbox already.' })
        : edit,
    share: edit,
    unshare: edit,
    changeLevel: edit,
    listGrantees: forAgents({ rule: 'backend.right' }),
    export: forAgents({ rule: 'backend.right' }),
  });
}

/** @throws {BackendError} `forbidden` with the rule and words of a verdict that refuses. */
export function requireVerdict(verdict: Verdict | undefined) {
  if (verdict?.allowed === true) return;
  throw new BackendError('forbidden', {
    ...(verdict && { rule: verdict.rule }),
    ...(verdict?.reason !== undefined && { detail: verdict.reason }),
  });
}
