import { msg } from '@lit/localize';

import type { CaseSort } from '../../src/contract/cases.js';
import type { Capabilities } from '../../src/contract/session.js';

/** What a column of the list can show. */
export const caseColumns = [
  'number',
  'subject',
  'customer',
  'status',
  'type',
  'priority',
  'deadline',
  'tags',
  'assignee',
  'updated',
] as const;
/** A column of the list. */
export type CaseColumn = (typeof caseColumns)[number];

const usual: readonly CaseColumn[] = ['subject', 'type', 'priority', 'deadline', 'updated'];

/** What the host asked for, and what of it is no column. */
export interface ReadColumns {
  readonly columns: readonly CaseColumn[] | undefined;
  readonly unknown: readonly string[];
}

/** Reads the names a host wrote, in its order, each once. None, and the list shows its usual ones. */
export function readColumns(text: string): ReadColumns {
  const names = [...new Set(text.split(/[\s,]+/).filter(Boolean))];
  const columns = names.filter((name): name is CaseColumn => caseColumns.some((known) => known === name));
  return {
    columns: columns.length > 0 ? columns : undefined,
    unknown: names.filter((name) => !columns.some((known) => known === name)),
  };
}

/** The columns to show: the subject is always among them, since it opens the case; what the backend lacks is not. */
export function shownColumns(
  asked: readonly CaseColumn[] | undefined,
  capabilities: Capabilities | undefined,
): readonly CaseColumn[] {
  const all = asked ?? usual;
  const opening: readonly CaseColumn[] = all.includes('subject') ? all : ['subject', ...all];
  return opening.filter(
    (name) =>
      !(name === 'deadline' && capabilities?.deadlines === false) &&
      !(name === 'tags' && capabilities?.tags === false),
  );
}

/** The two orders of a column that orders the list: at the first press, and pressed again. */
export function sortsOf(
  column: CaseColumn,
  columns: readonly CaseColumn[],
): readonly [first: CaseSort, second: CaseSort] | undefined {
  switch (column) {
    case 'number':
      return ['-number', 'number'];
    case 'subject':
      // Without a column of its own the number stands below the subject.
      return columns.includes('number') ? undefined : ['-number', 'number'];
    case 'priority':
      return ['-priority', 'priority'];
    case 'deadline':
      return ['deadline', '-deadline'];
    case 'updated':
      return ['-updated', 'updated'];
    default:
      return undefined;
  }
}

/** What a column is called. */
export function columnLabel(column: CaseColumn, columns: readonly CaseColumn[]): string {
  switch (column) {
    case 'number':
      return msg('Number', { id: 'case.number' });
    case 'subject':
      return columns.includes('number')
        ? msg('Subject', { id: 'case.subject' })
        : msg('Case', { id: 'case-list.case' });
    case 'customer':
      return msg('Customer', { id: 'case-form.customer' });
    case 'status':
      return msg('Status', { id: 'case.status' });
    case 'type':
      return msg('Type', { id: 'case.type' });
    case 'priority':
      return msg('Priority', { id: 'case.priority' });
    case 'deadline':
      return msg('Deadline', { id: 'case.deadline' });
    case 'tags':
      return msg('Tags', { id: 'case.tags' });
    case 'assignee':
      return msg('Assignee', { id: 'case.assignee' });
    case 'updated':
      return msg('Updated', { id: 'case-list.updated' });
  }
}
