import { msg } from '@lit/localize';

import { caseFieldLabel } from '../shared/case-fields.js';
import { currentLocale } from '../shared/locale.js';
import type { PortalField } from './portal-values.js';

/** The name of what can be decided, alike wherever it is shown. */
export function portalFieldLabel(field: PortalField): string {
  switch (field) {
    case 'open':
      return msg('Customers see cases in the portal', { id: 'portal.open' });
    case 'scope':
      return msg('Which cases', { id: 'portal.scope' });
    case 'features':
      return msg('What customers may do', { id: 'portal.features' });
    case 'fields':
      return msg('Fields customers see', { id: 'portal.fields' });
    case 'departmentRoles':
      return msg('Who may share with other departments', { id: 'portal.roles' });
    case 'departmentLevel':
      return msg('Usual level of a department', { id: 'portal.level' });
    case 'departmentLevels':
      return msg('Levels a department may be given', { id: 'portal.levels' });
    case 'candidateScope':
      return msg('Who counts as a co-worker', { id: 'portal.candidates' });
    case 'allowSelfLeave':
      return msg('Co-workers may leave a case by themselves', { id: 'portal.self-leave' });
    case 'ccAllowed':
      return msg('Replies may name addresses for a copy', { id: 'portal.cc' });
    case 'organisations':
      return msg('Cases can be shared with whole organisations', { id: 'portal.organisations' });
    case 'receipts':
      return msg('Keep who has opened a case', { id: 'portal.receipts' });
    case 'receiptDays':
      return msg('Keep it for, in days', { id: 'portal.receipt-days' });
    case 'expiryReminderDays':
      return msg('Remind before access ends, in days', { id: 'portal.expiry-days' });
    case 'masks':
      return msg('Hidden fields', { id: 'portal.masks' });
    case 'told':
      return msg('Which departments are told', { id: 'portal.told' });
    case 'noticeLocale':
      return msg('Language of notices', { id: 'portal.notice-locale' });
    case 'templates':
      return msg('Own words', { id: 'portal.templates' });
    case 'webhook':
      return msg('Web address that is told as well', { id: 'portal.webhook' });
    case 'unreadable':
      return msg('What cannot be used as it is stored', { id: 'portal.problems' });
  }
}

/** What a case holds, as it can be shown or hidden. */
export function caseDetailLabel(name: string): string {
  switch (name) {
    case 'description':
    case 'type':
    case 'priority':
    case 'deadline':
    case 'contactMethod':
    case 'tags':
    case 'links':
      return caseFieldLabel(name);
    case 'customer':
      return msg('Customer', { id: 'case-form.customer' });
    case 'organisation':
      return msg('Organisation', { id: 'portal.field.organisation' });
    case 'requester':
      return msg('People of the customer', { id: 'portal.field.requester' });
    case 'assignee':
      return msg('Assignee', { id: 'case.assignee' });
    case 'department':
      return msg('Department', { id: 'case.department' });
    case 'project':
      return msg('Project', { id: 'share.field.project' });
    case 'externalReference':
      return msg('External reference', { id: 'portal.field.reference' });
    case 'closure':
      return msg('Why it was closed or reopened', { id: 'portal.field.closure' });
    case 'attachments':
      return msg('Files', { id: 'case-form.files' });
    default:
      return name;
  }
}

/** Which cases the portal shows, as a choice. */
export function scopeChoice(scope: string): string {
  switch (scope) {
    case 'own':
      return msg('Their own cases', { id: 'portal.scope.own' });
    case 'customer':
      return msg('All cases of their customer account', { id: 'portal.scope.customer' });
    case 'organisation':
      return msg('All cases of their organisation', { id: 'portal.scope.organisation' });
    case 'projects':
      return msg('All cases of the projects they follow', { id: 'portal.scope.projects' });
    default:
      return scope;
  }
}

/** The same within a sentence: "Customers see …". */
export function scopePhrase(scope: string): string {
  switch (scope) {
    case 'own':
      return msg('their own cases', { id: 'portal.scope.own.phrase' });
    case 'customer':
      return msg('all cases of their customer account', { id: 'portal.scope.customer.phrase' });
    case 'organisation':
      return msg('all cases of their organisation', { id: 'portal.scope.organisation.phrase' });
    case 'projects':
      return msg('all cases of the projects they follow', { id: 'portal.scope.projects.phrase' });
    default:
      return scope;
  }
}

/** What customers may do. */
export function featureLabel(feature: string): string {
  switch (feature) {
    case 'createCase':
      return msg('Submit cases', { id: 'portal.feature.create' });
    case 'reply':
      return msg('Reply', { id: 'portal.feature.reply' });
    case 'attach':
      return msg('Attach files', { id: 'portal.feature.attach' });
    case 'share':
      return msg('Share with co-workers', { id: 'portal.feature.share' });
    case 'listGrantees':
      return msg('See who has access', { id: 'portal.feature.grantees' });
    case 'seeReceipts':
      return msg('See who has opened a case', { id: 'portal.feature.receipts' });
    default:
      return feature;
  }
}

/** Who counts as a co-worker, the narrowest first. */
export const candidateScopes = ['customer', 'organisation', 'tenant'] as const;

export function candidateScopeLabel(scope: string): string {
  switch (scope) {
    case 'customer':
      return msg('People of the same customer account', { id: 'portal.candidates.customer' });
    case 'organisation':
      return msg('People of the same organisation', { id: 'portal.candidates.organisation' });
    case 'tenant':
      return msg('All customers, whoever they belong to', { id: 'portal.candidates.tenant' });
    default:
      return scope;
  }
}

/** What people are told of. */
export function noticeLabel(event: string): string {
  switch (event) {
    case 'share':
      return msg('A case was shared', { id: 'portal.notice.share' });
    case 'reply':
      return msg('Somebody replied', { id: 'portal.notice.reply' });
    case 'message':
      return msg('A message on a project', { id: 'portal.notice.message' });
    case 'forward':
      return msg('A case was forwarded', { id: 'portal.notice.forward' });
    case 'expiry':
      return msg('Access ends soon', { id: 'portal.notice.expiry' });
    default:
      return event;
  }
}

/** What a language is called in the reader's. */
export function languageLabel(locale: string): string {
  const names = new Intl.DisplayNames([currentLocale()], { type: 'language' });
  return names.of(locale) ?? locale;
}
