import { msg } from '@lit/localize';
import { html, type TemplateResult } from 'lit';

import type { StatusChangeInput } from '../../src/contract/cases.js';
import type { Settings } from '../../src/contract/settings.js';
import { optionsOf } from './case-fields.js';
import { choosable } from './choices.js';
import { tooLongText, type FieldErrors, type Sentence } from './field-errors.js';
import { renderSelect, renderTextarea } from './fields.js';

/** What a form holds of a closure or a reopening. */
export interface ClosingValues {
  readonly reason: string;
  readonly visibility: 'internal' | 'public';
  readonly note: string;
}

export const emptyClosing: ClosingValues = { reason: '', visibility: 'internal', note: '' };

/** Which way the status goes; each has its own reasons and words. */
export type ClosingKind = 'close' | 'reopen';

/** Everything the client can already tell is missing (CC-40, CC-41, CC-44, CC-45). `prefix` sets field names apart. */
export function checkClosing(kind: ClosingKind, values: ClosingValues, settings: Settings): FieldErrors {
  const errors: Record<string, Sentence> = {};
  // A reason that left the list while it stood chosen shows as none.
  const known = choosable(settings, reasonsOf(kind)).some(({ id }) => id === values.reason);
  if (!known) errors.reason = () => reasonRequired(kind);
  if (!values.note.trim()) errors.note = () => noteRequired(kind);
  else if (values.note.length > settings.limits.noteText)
    errors.note = () => tooLongText(settings.limits.noteText);
  return errors;
}

/** What is sent. */
export function closingInput(values: ClosingValues): StatusChangeInput {
  return { reason: values.reason, note: values.note, visibility: values.visibility };
}

/** What a kept draft holds; whatever does not fit is left out. */
export function parseClosing(draft: unknown): ClosingValues {
  if (!draft || typeof draft !== 'object') return emptyClosing;
  const text = (name: string) => {
    const value: unknown = Reflect.get(draft, name);
    return typeof value === 'string' ? value : '';
  };
  return {
    reason: text('reason'),
    note: text('note'),
    visibility: text('visibility') === 'public' ? 'public' : 'internal',
  };
}

/** Whether anything was typed or chosen. */
export function isClosingTouched(values: ClosingValues): boolean {
  return values.reason !== '' || values.note !== '' || values.visibility !== 'internal';
}

/** Reason, who is told, and the explanation, alike for closing, reopening and "Save and close". */
export function renderClosingFields(view: {
  readonly kind: ClosingKind;
  readonly settings: Settings;
  readonly values: ClosingValues;
  readonly errors: FieldErrors;
  readonly onChange: (change: Partial<ClosingValues>) => void;
}): TemplateResult {
  const { kind, settings, values, errors, onChange } = view;
  const closing = kind === 'close';
  return html`<div class="fields two">
    ${renderSelect({
      name: 'reason',
      label: closing
        ? msg('Closure reason', { id: 'closing.reason' })
        : msg('Reopen reason', { id: 'reopening.reason' }),
      required: true,
      error: errors.reason?.(),
      value: values.reason,
      placeholder: msg('Choose a reason', { id: 'closing.reason.choose' }),
      options: optionsOf(settings, reasonsOf(kind)),
      onChange: (reason) => onChange({ reason }),
    })}
    ${renderSelect({
      name: 'visibility',
      label: msg('Tell the customer', { id: 'closing.visibility' }),
      error: errors.visibility?.(),
      value: values.visibility,
      options: [
        { value: 'internal', label: msg('Keep the note internal', { id: 'closing.internal' }) },
        {
          value: 'public',
          label: closing
            ? msg('Send the closing note as a reply', { id: 'closing.public' })
            : msg('Send the note as a reply', { id: 'reopening.public' }),
        },
      ],
      onChange: (visibility) => onChange({ visibility: visibility === 'public' ? 'public' : 'internal' }),
    })}
    ${renderTextarea({
      name: 'note',
      label: closing
        ? msg('Explain the closure', { id: 'closing.note' })
        : msg('Explain the reopening', { id: 'reopening.note' }),
      required: true,
      wide: true,
      error: errors.note?.(),
      value: values.note,
      limit: settings.limits.noteText,
      hint: msg('Shown on the case with the reason.', { id: 'closing.note.hint' }),
      onChange: (note) => onChange({ note }),
    })}
  </div>`;
}

function reasonsOf(kind: ClosingKind): 'closureReasons' | 'reopenReasons' {
  return kind === 'close' ? 'closureReasons' : 'reopenReasons';
}

function reasonRequired(kind: ClosingKind): string {
  return kind === 'close'
    ? msg('Choose why this case is closed.', { id: 'closing.reason.required' })
    : msg('Choose why this case is reopened.', { id: 'reopening.reason.required' });
}

function noteRequired(kind: ClosingKind): string {
  return kind === 'close'
    ? msg('Explain why this case is closed.', { id: 'closing.note.required' })
    : msg('Explain why this case is reopened.', { id: 'reopening.note.required' });
}
