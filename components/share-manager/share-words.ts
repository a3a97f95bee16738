import { msg, str } from '@lit/localize';

import type { Verdict } from '../../src/contract/common.js';
import type { FieldError } from '../../src/contract/problem.js';
import { isConflictError, isForbiddenError, isGoneError } from '../../src/errors.js';
import { failureText } from '../shared/failure.js';
import { fieldErrorText } from '../shared/field-errors.js';
import { formatMoment } from '../shared/format.js';
import { plural } from '../shared/locale.js';
import { refusalText } from '../shared/verdict.js';

/** The kinds of grantee in the order they are shown. */
export const kindOrder = ['department', 'person', 'customer', 'organisation'] as const;

/** What a group of grantees is called by a `reader`: to a customer the people are their own co-workers. */
export function groupLabel(kind: string, reader: string): string {
  switch (kind) {
    case 'department':
      return msg('Departments', { id: 'share.group.departments' });
    case 'person':
      return reader === 'customer'
        ? msg('Co-workers', { id: 'share.group.coworkers' })
        : msg('Co-workers of the customer', { id: 'share.group.people' });
    case 'customer':
      return msg('Customers', { id: 'share.group.customers' });
    case 'organisation':
      return msg('Organisations', { id: 'share.group.organisations' });
    default:
      return msg('Others', { id: 'share.group.others' });
  }
}

/** What one grantee is. */
export function kindLabel(kind: string): string {
  switch (kind) {
    case 'department':
      return msg('Department', { id: 'share.kind.department' });
    case 'person':
      return msg('Co-worker', { id: 'share.kind.person' });
    case 'customer':
      return msg('Customer', { id: 'share.kind.customer' });
    case 'organisation':
      return msg('Organisation', { id: 'share.kind.organisation' });
    default:
      return kind;
  }
}

/** What a level leaves out; nothing where its name says it all. */
export function levelLimits(level: string): string | undefined {
  switch (level) {
    case 'full':
      return msg('cannot change status or assignee', { id: 'share.limits.full' });
    case 'restricted':
      return msg('cannot answer the customer or edit', { id: 'share.limits.restricted' });
    case 'read-only':
      return msg('can only add private comments', { id: 'share.limits.read-only' });
    default:
      return undefined;
  }
}

/** How many people an organisation has, and that it counts who belongs to it at the moment (CU-12). */
export function headCount(people: number): string {
  return plural(people, msg('one {# person} other {# people}', { id: 'share.people' }));
}

/** That who joins an organisation gains access, and who leaves loses it. */
export function liveMembership(): string {
  return msg('Whoever joins gets access, whoever leaves loses it.', { id: 'share.membership.live' });
}

/** Why sharing is refused; `requester` is who submitted the case. */
export function sharingRefusal(verdict: Verdict, requester?: string): string {
  switch (verdict.rule) {
    case 'only_submitter_may_share':
      return requester
        ? msg(str`Only ${requester}, who submitted this case, can add or remove co-workers.`, {
            id: 'share.refusal.submitter.name',
          })
        : msg('Only the person who submitted this case can add or remove co-workers.', {
            id: 'share.refusal.submitter',
          });
    case 'coworkers.one-level':
      return msg('Co-workers have one level only.', { id: 'share.refusal.one-level' });
    case 'child_cannot_reshare':
      return msg('Your department received this case and cannot share it on.', {
        id: 'share.refusal.child.share',
      });
    case 'child_cannot_unshare':
      return msg('Your department received this case and cannot end a share.', {
        id: 'share.refusal.child.unshare',
      });
    case 'child_cannot_change_level':
      return msg('Your department received this case and cannot change levels.', {
        id: 'share.refusal.child.level',
      });
    case 'departments.agents-only':
    case 'customers.agents-only':
      return msg('Only agents can share this further.', { id: 'share.refusal.agents' });
    case 'departments.none':
      return msg('The case belongs to no department that could share it.', {
        id: 'share.refusal.no-department',
      });
    case 'only_owning_department_may_share':
      return msg('Only the department the case belongs to can share it with others.', {
        id: 'share.refusal.owner',
      });
    case 'departments.off':
      return msg('Sharing with departments is not switched on.', { id: 'share.refusal.departments-off' });
    case 'departments.permission':
      return msg('Your role may not share cases with other departments.', {
        id: 'share.refusal.departments-role',
      });
    case 'customers.edit':
      return msg('Only agents who can edit this can share it with customers.', {
        id: 'share.refusal.customers',
      });
    case 'organisations.off':
      return msg('Sharing with organisations is not switched on.', {
        id: 'share.refusal.organisations-off',
      });
    case 'sharing.administrator':
      return msg('Only a system administrator can change what customers may do.', {
        id: 'share.refusal.administrator',
      });
    case 'sharing.project':
      return msg('The whole project is shared: change it there.', { id: 'share.refusal.project' });
    default:
      return refusalText(verdict);
  }
}

/** Why a change of `name` failed, and what became of it. */
export function grantFailure(error: unknown, name: string, requester?: string): string {
  if (isGoneError(error)) {
    const who = error.by?.name;
    const when = formatMoment(error.at);
    return who && when
      ? msg(str`${who} removed ${name} already, ${when}.`, { id: 'share.gone.by' })
      : msg(str`${name} had no access any more.`, { id: 'share.gone' });
  }
  if (isConflictError(error) && error.code === 'version_conflict') {
    const who = error.by?.name;
    return who
      ? msg(str`${who} changed ${name} meanwhile. Look at it again.`, { id: 'share.conflict.by' })
      : msg(str`Somebody changed ${name} meanwhile. Look at it again.`, { id: 'share.conflict' });
  }
  return sharingFailure(error, requester);
}

/** Why sharing failed. */
export function sharingFailure(error: unknown, requester?: string): string {
  if (isConflictError(error) && error.code === 'case_closed')
    return msg('This case is closed. Reopen it first.', { id: 'refusal.case-closed' });
  if (isForbiddenError(error) && error.rule)
    return sharingRefusal({ allowed: false, rule: error.rule, reason: error.message }, requester);
  return failureText(error);
}

/** What is wrong with one who was to be added. */
export function granteeErrorText(error: FieldError): string {
  switch (error.code) {
    case 'principal_out_of_scope':
      return msg('This is no co-worker of yours.', { id: 'share.error.out-of-scope' });
    case 'self_share':
      return msg('The case is theirs already.', { id: 'share.error.self' });
    case 'already_shared':
      return msg('Has access already: change the level instead.', { id: 'share.error.already' });
    case 'no_address':
      return msg('No e-mail reaches them. Share in the portal only, or leave them out.', {
        id: 'share.error.no-address',
      });
    case 'duplicate':
      return msg('Named twice.', { id: 'share.error.duplicate' });
    case 'in_the_past':
      return msg('Choose today or a later day.', { id: 'share.expiry.past' });
    case 'not_found':
      return msg('This is not there any more. Choose another.', { id: 'share.error.not-found' });
    default:
      return fieldErrorText(error);
  }
}
