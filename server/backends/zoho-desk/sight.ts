import type { Verdict } from '../../../src/contract/common.js';
import { BackendError } from '../../backend-error.js';
import { caseVerdicts, type Said } from '../case-verdicts.js';
import { vendor } from './desk-errors.js';
import type { Viewer } from './viewers.js';
import type { DeskComment, DeskTicket } from './wire.js';

/** How somebody sees a ticket: it is their department's, their own, or was shared with their department at a level. */
export type Access = 'owner' | 'customer' | 'full' | 'restricted' | 'read-only';

/** What our levels are called in Zoho, the widest first. */
export const shareTypes = {
  full: 'READ_WRITE',
  restricted: 'RESTRICTED_ACCESS',
  'read-only': 'READ_ONLY',
} as const;
export type ShareLevel = keyof typeof shareTypes;

export const shareLevels = Object.keys(shareTypes) as ShareLevel[];

/** The level of a share; one that is not known counts as the narrowest. */
export function levelOf(type: string | null | undefined): ShareLevel {
  return shareLevels.find((level) => shareTypes[level] === type) ?? 'read-only';
}

/**
 * What Zoho would show of a ticket if it were asked by the viewer itself. The gateway asks with an account of its own, which
 * sees more: this decides instead, over every ticket that comes from there.
 */
export function accessOf(viewer: Viewer, ticket: DeskTicket): Access | null {
  if (ticket.isTrashed) return null;
  if (viewer.kind === 'customer') {
    if (ticket.isSpam) return null;
    if (ticket.contactId === viewer.id) return 'customer';
    const accountId = ticket.accountId ?? ticket.contact?.account?.id ?? null;
    return accountId !== null && accountId === viewer.accountId ? 'customer' : null;
  }
  if (viewer.onlyOwn && ticket.assigneeId !== viewer.id) return null;
  const { departmentId } = ticket;
  if (departmentId !== null && departmentId !== undefined && viewer.departments.has(departmentId))
    return 'owner';
  const levels = (ticket.sharedDepartments ?? [])
    .filter(({ id }) => viewer.departments.has(id))
    .map(({ type }) => levelOf(type));
  return shareLevels.find((level) => levels.includes(level)) ?? null;
}

/** Internal comments are for agents. */
export function isShown(viewer: Viewer, { isPublic }: DeskComment): boolean {
  return viewer.kind === 'agent' || isPublic === true;
}

export function isClosed({ statusType, status }: DeskTicket): boolean {
  return (statusType ?? status) === 'Closed';
}

const closed = { rule: 'case.closed', reason: 'The case is closed. Reopen it first.' };
const level = {
  rule: 'grant.level',
  reason: 'The level at which your department has this case does not include this.',
};
const light = {
  rule: 'backend.light-agent',
  reason: `${vendor} lets light agents read and note internally.`,
};
const agentsOnly = { rule: 'customer.agents-only', reason: 'Only agents can do this.' };

/** What a viewer may do with a ticket they see. */
export function verdictsOf(
  viewer: Viewer,
  ticket: DeskTicket,
  access: Access,
  reopensOnReply: boolean,
): Record<string, Verdict> {
  const open = !isClosed(ticket);
  if (viewer.kind === 'customer') {
    const rule = ticket.contactId === viewer.id ? 'cases.requester' : 'cases.organisation';
    const write: Said = open || reopensOnReply ? { rule } : closed;
    return caseVerdicts(vendor, {
      view: { rule },
      reply: write,
      attach: write,
      addInternalNote: agentsOnly,
      edit: agentsOnly,
      close: agentsOnly,
      reopen: agentsOnly,
      assign: agentsOnly,
      forward: agentsOnly,
      share: agentsOnly,
      unshare: agentsOnly,
      changeLevel: agentsOnly,
      listGrantees: agentsOnly,
    });
  }
  const rule = access === 'owner' ? 'cases.department' : 'grant.department';
  const may = { rule };
  const works = access === 'owner' || access === 'full';
  const full: Said = viewer.isLight ? light : works ? may : level;
  const owner: Said = viewer.isLight ? light : access === 'owner' ? may : level;
  const note: Said = works || access === 'restricted' ? may : level;
  const whenOpen = (said: Said): Said => ('reason' in said || open ? said : closed);
  return caseVerdicts(vendor, {
    view: may,
    reply: whenOpen(full),
    addInternalNote: whenOpen(note),
    attach: whenOpen(note),
    edit: whenOpen(full),
    assign: whenOpen(owner),
    forward: whenOpen(note),
    close: whenOpen(owner),
    reopen: 'reason' in owner || !open ? owner : { rule: 'case.open', reason: 'The case is open already.' },
    share: whenOpen(owner),
    unshare: owner,
    changeLevel: owner,
    listGrantees: may,
  });
}

/** @throws {BackendError} `forbidden` with the rule that refuses, whatever the state of the case: that is told apart. */
export function requireVerdict(verdict: Verdict | undefined): void {
  if (verdict?.allowed || verdict?.rule === 'case.closed' || verdict?.rule === 'case.open') return;
  throw new BackendError('forbidden', {
    ...(verdict && { rule: verdict.rule }),
    detail: verdict?.reason ?? 'You cannot do this.',
  });
}
