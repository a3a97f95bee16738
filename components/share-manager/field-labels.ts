import { msg } from '@lit/localize';

import { caseFieldLabel } from '../shared/case-fields.js';
import type { CaseField } from '../shared/case-values.js';

/** What a field of a case is called, in the middle of a list of others; one that is not known, as the backend calls it. */
export function fieldLabel(field: string): string {
  switch (field) {
    case 'status':
      return msg('Status', { id: 'case.status' });
    case 'number':
      return msg('Number', { id: 'case.number' });
    case 'customer':
      return msg('Customer', { id: 'case-form.customer' });
    case 'organisation':
      return msg('Organisation', { id: 'share.kind.organisation' });
    case 'requester':
      return msg('Requester', { id: 'share.field.requester' });
    case 'assignee':
      return msg('Assignee', { id: 'case.assignee' });
    case 'department':
      return msg('Department', { id: 'case.department' });
    case 'createdBy':
      return msg('Who added it', { id: 'share.field.created-by' });
    case 'createdAt':
      return msg('When it was added', { id: 'share.field.created-at' });
    case 'updatedAt':
      return msg('When it was changed last', { id: 'share.field.updated-at' });
    case 'initialPriority':
      return msg('First priority', { id: 'share.field.initial-priority' });
    case 'externalReference':
      return msg('External reference', { id: 'share.field.external-reference' });
    case 'closure':
      return msg('Why it was closed', { id: 'share.field.closure' });
    case 'reopening':
      return msg('Why it was reopened', { id: 'share.field.reopening' });
    case 'replyCount':
      return msg('Number of replies', { id: 'share.field.reply-count' });
    case 'links':
      return msg('Linked objects', { id: 'share.field.links' });
    case 'project':
      return msg('Project', { id: 'share.field.project' });
    default:
      return isCaseField(field) ? caseFieldLabel(field) : field;
  }
}

function isCaseField(field: string): field is CaseField {
  return caseFields.has(field);
}

const caseFields: ReadonlySet<string> = new Set<CaseField>([
  'subject',
  'type',
  'priority',
  'contactMethod',
  'deadline',
  'description',
  'tags',
  'links',
]);
