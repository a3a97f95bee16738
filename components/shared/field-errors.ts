import { msg } from '@lit/localize';

import type { FieldError } from '../../src/contract/problem.js';
import { plural } from './locale.js';
import { fieldCodeText } from './localization.js';

/** A sentence that is put into words whenever it is drawn, so that it follows the locale. */
export type Sentence = () => string;

/** What is wrong, by the name of the field it stands under. */
export type FieldErrors = Readonly<Record<string, Sentence | undefined>>;

/** What to do about a mandatory field that is empty. */
export function requiredText(field: string): string {
  switch (field) {
    case 'customerId':
      return msg('Choose the customer this case is about.', { id: 'field.required.customer' });
    case 'subject':
      return msg('Enter a subject.', { id: 'field.required.subject' });
    case 'type':
      return msg('Choose a type.', { id: 'field.required.type' });
    case 'priority':
      return msg('Choose a priority.', { id: 'field.required.priority' });
    case 'contactMethod':
      return msg('Choose a contact method.', { id: 'field.required.contact-method' });
    case 'deadline':
      return msg('Enter a deadline.', { id: 'field.required.deadline' });
    case 'description':
      return msg('Describe the case.', { id: 'field.required.description' });
    case 'tags':
      return msg('Add at least one tag.', { id: 'field.required.tags' });
    default:
      return msg('Fill this in.', { id: 'field.required.other' });
  }
}

/** That a text is longer than may be sent. */
export function tooLongText(limit: number | undefined): string {
  if (limit === undefined) return msg('Shorten this.', { id: 'field.too-long.unknown' });
  return plural(
    limit,
    msg('one {Shorten this to # character.} other {Shorten this to # characters.}', { id: 'field.too-long' }),
  );
}

/** That there are more entries than may be sent. */
export function tooManyText(limit: number | undefined): string {
  if (limit === undefined) return msg('Remove some of these.', { id: 'field.too-many.unknown' });
  return plural(
    limit,
    msg('one {Keep no more than #.} other {Keep no more than #.}', { id: 'field.too-many' }),
  );
}

/** That a typed date does not exist. */
export function notADateText(): string {
  return msg('This is not a date.', { id: 'field.not-a-date' });
}

/** The server's word about one field, in the reader's language where the code is known. */
export function fieldErrorText(error: FieldError): string {
  switch (error.code) {
    case 'required':
      return requiredText(error.field.split('.')[0] ?? error.field);
    case 'too_long':
      return tooLongText(error.limit);
    case 'too_many':
      return tooManyText(error.limit);
    case 'not_a_date':
      return notADateText();
    case 'unknown_value':
    case 'retired_value':
      return msg('This can no longer be chosen. Choose another.', { id: 'field.unknown-value' });
    default:
      return fieldCodeText(error.code) ?? error.message;
  }
}
