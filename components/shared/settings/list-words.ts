import { msg } from '@lit/localize';

import type { ListName } from './list-values.js';

/** The name of a list, alike wherever it is shown. */
export function listLabel(list: ListName): string {
  switch (list) {
    case 'caseTypes':
      return msg('Case types', { id: 'settings.case-types' });
    case 'priorities':
      return msg('Priorities', { id: 'settings.priorities' });
    case 'contactMethods':
      return msg('Contact methods', { id: 'settings.contact-methods' });
    case 'closureReasons':
      return msg('Closure reasons', { id: 'settings.closure-reasons' });
    case 'reopenReasons':
      return msg('Reopen reasons', { id: 'settings.reopen-reasons' });
    case 'noteSubjects':
      return msg('Note subjects', { id: 'settings.note-subjects' });
    case 'dueTypes':
      return msg('Due types', { id: 'settings.due-types' });
    case 'automations':
      return msg('Automations', { id: 'settings.automations' });
  }
}

/** What a list is for. */
export function listHint(list: ListName): string {
  switch (list) {
    case 'caseTypes':
      return msg('What a case is about.', { id: 'settings.case-types.hint' });
    case 'priorities':
      return msg('The highest stands first: lists of cases are sorted by this order.', {
        id: 'settings.priorities.hint',
      });
    case 'contactMethods':
      return msg('How a customer got in touch.', { id: 'settings.contact-methods.hint' });
    case 'closureReasons':
      return msg('Why a case is closed.', { id: 'settings.closure-reasons.hint' });
    case 'reopenReasons':
      return msg('Why a closed case is opened again.', { id: 'settings.reopen-reasons.hint' });
    case 'noteSubjects':
      return msg('What a note is about.', { id: 'settings.note-subjects.hint' });
    case 'dueTypes':
      return msg('What is due by a date when a message is forwarded.', { id: 'settings.due-types.hint' });
    case 'automations':
      return msg(
        'What writes to customers by itself in your other systems. It is not run here: whoever shares a project is told that those who follow it get these messages too.',
        { id: 'settings.automations.hint' },
      );
  }
}

/** What the button says that adds a value. */
export function addLabel(list: ListName): string {
  switch (list) {
    case 'caseTypes':
      return msg('Add case type', { id: 'settings.case-types.add' });
    case 'priorities':
      return msg('Add priority', { id: 'settings.priorities.add' });
    case 'contactMethods':
      return msg('Add contact method', { id: 'settings.contact-methods.add' });
    case 'closureReasons':
      return msg('Add closure reason', { id: 'settings.closure-reasons.add' });
    case 'reopenReasons':
      return msg('Add reopen reason', { id: 'settings.reopen-reasons.add' });
    case 'noteSubjects':
      return msg('Add note subject', { id: 'settings.note-subjects.add' });
    case 'dueTypes':
      return msg('Add due type', { id: 'settings.due-types.add' });
    case 'automations':
      return msg('Add automation', { id: 'settings.automations.add' });
  }
}
