import type { Case, StatusChange } from '../../../src/contract/cases.js';
import type { Page } from '../../../src/contract/common.js';
import type { NewNote, Note, NoteQuery, NoteVisibility } from '../../../src/contract/notes.js';
import type { Choice, Settings } from '../../../src/contract/settings.js';
import { BackendError } from '../../backend-error.js';
import { FieldErrors } from '../../input/validation.js';
import { settingsOf } from '../vocabulary.js';
import { recordIn } from './api.js';
import { collect, collectAll, pageOfAll, type Asked } from './collect.js';
import type { MappedRestOptions } from './options.js';
import { fillQuery, placeholdersIn } from './templates.js';
import { theirId, theirText, theirValue } from './values.js';
import type { View } from './view.js';

const mostTurned = 2_000;

/** The notes on a case that the reader may read, in either order. */
export async function listNotes(
  view: View,
  options: MappedRestOptions,
  caseId: string,
  query: NoteQuery,
): Promise<Page<Note>> {
  const { notes, ids } = options;
  const id = theirId(caseId, 'case', ids);
  if (id === undefined) throw new BackendError('not_found');
  // Whether they may see the case is ours to look at, too; and without notes there is nothing else that would say.
  if (view.actor.kind === 'customer' || !notes) await view.readCase(caseId);
  if (!notes) return { items: [], next: null };
  const asc = query.order === 'asc';
  const name = JSON.stringify(['notes', caseId, asc, view.actor.kind]);
  const asked: Asked<Note> = {
    api: view.api,
    list: notes.list,
    slots: { id },
    query: fillQuery(notes.list.query ?? {}, { id }),
    name,
    narrowed: view.actor.kind === 'customer',
    async read(record) {
      const found = await view.records.noteOf(record, caseId);
      const told = found && withSubject(found, options);
      return told?.visibility === 'internal' && view.actor.kind === 'customer' ? undefined : told;
    },
  };
  const fits = asc === (notes.order === 'oldest-first');
  if (fits && notes.list.page.style !== 'none') {
    const { items, next } = await collect(asked, query);
    return { items, next };
  }
  const all = await collectAll(asked, mostTurned);
  if (!all) {
    throw new BackendError('capability_missing', {
      detail: `${options.name} tells notes in one order alone, and these are too many to be turned around.`,
    });
  }
  return pageOfAll(name, fits ? all : all.reverse(), query);
}

/** Adds a note by the call of its kind, and answers it as the API keeps it. */
export async function createNote(
  view: View,
  options: MappedRestOptions,
  settings: Settings,
  found: Case,
  input: NewNote,
): Promise<Note> {
  const isAgent = view.actor.kind === 'agent';
  if (!isAgent && input.visibility === 'internal') {
    throw new BackendError('forbidden', {
      rule: 'customer.agents-only',
      detail: 'Internal notes are for agents.',
    });
  }
  const call = input.visibility === 'public' ? options.notes?.reply : options.notes?.comment;
  if (!call) throw new BackendError('capability_missing', { detail: `${options.name} cannot do this.` });
  if (input.visibility === 'public' && found.status === 'closed') {
    const { by, at } = found.closure ?? {};
    throw new BackendError('case_closed', { by: by ?? null, at: at ?? null, current: found });
  }
  const fields = new FieldErrors();
  const { action } = input;
  const text = fields.text('text', input.text, settings.limits.noteText, action === undefined);
  let subject: string | null = null;
  if (isAgent) {
    subject = fields.choice('subject', input.subject, settings.noteSubjects, action === undefined);
  } else if (input.subject) fields.add('subject', 'invalid', 'A reply has no subject.');
  const taken = placeholdersIn(call.body);
  const files = input.attachmentIds ?? [];
  if (files.length > 0 && !taken.includes('attachmentIds')) {
    fields.add('attachmentIds', 'unknown_field', `${options.name} takes no files with a note.`);
  }
  if (files.length > settings.limits.attachmentsPerNote) {
    fields.add('attachmentIds', 'too_many', 'Too many files.', settings.limits.attachmentsPerNote);
  }
  fields.throwIfAny();

  const label = settings.noteSubjects.find(({ id }) => id === subject)?.label;
  const told = action
    ? [`${action.label}: ${action.outcome}`, action.reference, text].filter((part) => part).join('\n')
    : text;
  // Where a subject has no place of its own, it stands before the text; a customer reads none.
  const folded = label !== undefined && !taken.includes('subject') && input.visibility === 'internal';
  return writeNote(view, options, found.id, input.visibility, folded ? `[${label}] ${told}` : told, {
    subject: subject === null ? undefined : theirValue(subject, options.notes?.fields.subject),
    attachmentIds: files.map((id) => theirId(id, 'attachment', options.ids)),
  });
}

/** Writes a text as a note. Looks at what became of it: what was to be internal must be so. */
export async function writeNote(
  view: View,
  options: MappedRestOptions,
  caseId: string,
  visibility: NoteVisibility,
  text: string,
  more: Readonly<Record<string, unknown>> = {},
): Promise<Note> {
  const call = visibility === 'public' ? options.notes?.reply : options.notes?.comment;
  if (!call) throw new BackendError('capability_missing', { detail: `${options.name} cannot do this.` });
  const id = theirId(caseId, 'case', options.ids);
  const slots = { ...more, id, text: theirText(text, options.notes?.fields.text) };
  const answer = await view.api.send(call, slots);
  const made = await view.records.noteOf(recordIn(answer, call), caseId);
  const kept = made?.text ? withSubject(made, options) : await newest(view, options, caseId, made?.id);
  if (!kept) {
    throw new BackendError('unavailable', {
      detail: `${options.name} took the note and does not show it. Look at the case before you try again.`,
    });
  }
  if (kept.visibility !== visibility) {
    throw new BackendError('unavailable', {
      detail: `${options.name} kept the note as ${kept.visibility}. Look at the case before you try again.`,
    });
  }
  return kept;
}

async function newest(
  view: View,
  options: MappedRestOptions,
  caseId: string,
  id: string | undefined,
): Promise<Note | undefined> {
  const { items } = await listNotes(view, options, caseId, { order: 'desc', limit: 20 });
  return id === undefined ? items[0] : items.find((note) => note.id === id);
}

/** The subject out of the text of an internal note that had no other place for it. */
function withSubject(note: Note, { notes, vocabulary }: MappedRestOptions): Note {
  if (notes?.fields.subject || note.visibility !== 'internal') return note;
  const [, label, text] = /^\[([^\]\n]{1,120})\] ([^]*)$/.exec(note.text) ?? [];
  const subject = settingsOf(vocabulary).noteSubjects.find((choice) => choice.label === label);
  return subject && text !== undefined ? { ...note, subject: subject.id, text } : note;
}

const words = { close: 'Closed', reopen: 'Reopened' } as const;

/** How a note says why a case was closed or reopened. */
export function explanation(action: 'close' | 'reopen', label: string, note: string): string {
  return `${words[action]}: ${label}. ${note}`;
}

/** Why a case was closed, out of the newest note that says so; for an API whose cases do not. */
export async function closureInNotes(
  view: View,
  options: MappedRestOptions,
  caseId: string,
  reasons: readonly Choice[],
): Promise<StatusChange | undefined> {
  const { items } = await listNotes(view, options, caseId, { order: 'desc', limit: 50 });
  for (const { text, by, at } of items) {
    const reason = reasons.find(({ label }) => text.startsWith(explanation('close', label, '')));
    if (reason)
      return { reason: reason.id, note: text.slice(explanation('close', reason.label, '').length), by, at };
  }
  return undefined;
}
