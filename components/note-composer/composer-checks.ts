import { msg } from '@lit/localize';

import type { NoteVisibility } from '../../src/contract/notes.js';
import type { Settings } from '../../src/contract/settings.js';
import { choosable } from '../shared/choices.js';
import type { FieldErrors } from '../shared/field-errors.js';
import { plural } from '../shared/locale.js';
import type { ComposerRules } from './composer-rules.js';
import type { NoteDraft } from './note-draft.js';

/** Everything the client can already tell is wrong with a note, all at once (CC-35, CC-36). */
export function checkNote(draft: NoteDraft, { agent }: ComposerRules, settings: Settings): FieldErrors {
  const limit = settings.limits.noteText;
  const blank = draft.text.trim() === '';
  const text = blank
    ? () => blankText(agent)
    : draft.text.length > limit
      ? () => tooLong(draft.text, limit) ?? ''
      : settings.sharing && !settings.sharing.ccAllowed && asksForCopies(draft.text) && copiesText;
  const known = choosable(settings, 'noteSubjects').some(({ id }) => id === draft.subject);
  return {
    ...(text && { text }),
    ...(agent &&
      !known && { subject: () => msg('Choose a subject.', { id: 'note-composer.subject.required' }) }),
  };
}

/** How far a text is over its limit, in words; `undefined` when it is not. */
export function tooLong(text: string, limit: number): string | undefined {
  if (text.length <= limit) return undefined;
  return plural(
    text.length - limit,
    msg('one {This is too long by # character.} other {This is too long by # characters.}', {
      id: 'note-composer.text.too-long',
    }),
  );
}

/** A line that would copy a message to an address, as mail programs have it. */
const copyLine = /^[ \t]*b?cc[ \t]*:[^\n]*?[^\s@]@[^\s@]+\.\w/imu;

/** Whether a message asks for copies: who reads a case is on its list alone (CO-26). */
export function asksForCopies(text: string): boolean {
  return copyLine.test(text);
}

/** Where the server's word about a field stands in the composer. */
export function fieldPlace(field: string, { agent }: ComposerRules): string | undefined {
  const name = field.split('.')[0];
  if (name === 'text' || name === 'attachmentIds') return name;
  return name === 'subject' && agent ? name : undefined;
}

/** What was done, for the one who did it. */
export function sentText(visibility: NoteVisibility): string {
  return visibility === 'internal'
    ? msg('Internal note added.', { id: 'note-composer.added' })
    : msg('Reply sent.', { id: 'note-composer.sent' });
}

function copiesText(): string {
  return msg('Nobody gets a copy by address here. Take the line out, and share the case with them instead.', {
    id: 'note-composer.copies',
  });
}

function blankText(agent: boolean): string {
  return agent
    ? msg('Write the note first.', { id: 'note-composer.text.required' })
    : msg('Write your reply first.', { id: 'note-composer.reply.required' });
}
