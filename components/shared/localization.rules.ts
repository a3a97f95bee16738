import { msg } from '@lit/localize';

// What the server says in English. It is put into words here for the other languages only, so that a page in English
// does not load it.

/** Why the policy refuses, by the id of the rule; `undefined` for a rule of a policy of the host's own. */
export function ruleText(rule: string): string | undefined {
  switch (rule) {
    case 'cases.export':
      return msg('Only agents who work on cases can export them.', { id: 'refusal.export' });
    case 'cases.not-granted':
      return msg('You may see this case, but not do this.', { id: 'refusal.not-granted' });
    case 'cases.own-customer':
      return msg('Your account belongs to no customer.', { id: 'refusal.own-customer' });
    case 'cases.role':
      return msg('Your role does not work on cases.', { id: 'refusal.role' });
    case 'cases.visibility':
      return msg('The case is not available to you.', { id: 'refusal.visibility' });
    case 'customer.edit':
      return msg('Only agents can edit a case.', { id: 'refusal.customer.edit' });
    case 'customer.internal-notes':
      return msg('Internal notes are for agents.', { id: 'refusal.customer.internal-notes' });
    case 'customer.status':
      return msg('Only agents can change the status of a case.', { id: 'refusal.customer.status' });
    case 'customers.role':
      return msg('Only agents can list customers.', { id: 'refusal.customers' });
    case 'inboxes.administrator':
      return msg('Only a system administrator can change inboxes and assign what is in them.', {
        id: 'inbox.refusal.administrator',
      });
    case 'inboxes.cancel':
      return msg('You may not cancel what is in this inbox.', { id: 'inbox.refusal.cancel' });
    case 'inboxes.case-hidden':
      return msg('The case is not available to you.', { id: 'inbox.refusal.case-hidden' });
    case 'inboxes.ended':
      return msg('It is no longer there.', { id: 'inbox.refusal.ended' });
    case 'inboxes.forward':
      return msg('You may not forward what is in this inbox.', { id: 'inbox.refusal.forward' });
    case 'inboxes.member':
      return msg('Only members of the inbox can do this.', { id: 'inbox.refusal.member' });
    case 'inboxes.no-customer':
      return msg('No customer is known of it.', { id: 'inbox.refusal.no-customer' });
    case 'inboxes.not-owned':
      return msg('Take it first.', { id: 'inbox.refusal.not-owned' });
    case 'inboxes.owned':
      return msg('Somebody else works on it in the inbox.', { id: 'inbox.refusal.owned' });
    case 'inboxes.owner':
      return msg('Take it in the inbox first.', { id: 'inbox.refusal.owner' });
    case 'inboxes.read':
      return msg('You may not read what is in this inbox.', { id: 'inbox.refusal.read' });
    case 'inboxes.role':
      return msg('Your role does not work inboxes.', { id: 'inbox.refusal.role' });
    case 'inboxes.undo':
      return msg('You did not change it last, or too long ago.', { id: 'inbox.refusal.undo' });
    case 'inboxes.visibility':
      return msg('The inbox is not available to you.', { id: 'inbox.refusal.visibility' });
    case 'portal.attach':
      return msg('Files cannot be added here.', { id: 'refusal.portal.attach' });
    case 'portal.closed':
    case 'portal.create-case':
      return msg('Cases cannot be submitted here.', { id: 'refusal.portal' });
    case 'portal.reply':
      return msg('Cases cannot be answered here.', { id: 'refusal.portal.reply' });
    case 'portal.share':
      return msg('Cases cannot be shared here.', { id: 'refusal.portal.share' });
    case 'grant.level':
      return msg('The level at which your department has this case does not include this.', {
        id: 'refusal.grant-level',
      });
    case 'recipient_cannot_set_assignee':
      return msg('A department that received a case cannot change its assignee.', {
        id: 'refusal.recipient.assignee',
      });
    case 'recipient_cannot_set_status':
      return msg('A department that received a case cannot change its status.', {
        id: 'refusal.recipient.status',
      });
    case 'settings.administrator':
      return msg('Only a system administrator can change the settings.', { id: 'settings.refusal' });
    case 'views.owner':
      return msg('The view belongs to somebody else.', { id: 'refusal.views.owner' });
    case 'views.role':
      return msg('Only agents who work on cases can keep views.', { id: 'refusal.views' });
    case 'views.share':
      return msg('Only a system administrator can share a view, or change a shared one.', {
        id: 'refusal.views.share',
      });
    default:
      return undefined;
  }
}

/** What is wrong with a field, by the code of the contract; `undefined` for a code of a backend of the host's own. */
export function fieldCodeText(code: string): string | undefined {
  switch (code) {
    case 'invalid':
    case 'unknown_field':
      return msg('This cannot be taken. Correct it.', { id: 'field.invalid' });
    case 'empty_range':
      return msg('The last day is before the first one.', { id: 'filters.error.range' });
    case 'not_found':
      return msg('This is not there any more. Choose another.', { id: 'field.not-found' });
    case 'external_recipient':
      return msg('Cases are forwarded to agents only. Nothing was sent.', { id: 'field.external-recipient' });
    case 'blocked_type':
      return msg('This type of file is not accepted.', { id: 'files.blocked' });
    default:
      return undefined;
  }
}
