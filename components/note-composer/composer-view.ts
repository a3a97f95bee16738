import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { live } from 'lit/directives/live.js';

import type { NoteVisibility } from '../../src/contract/notes.js';
import type { Settings } from '../../src/contract/settings.js';
import { isConflictError, isForbiddenError } from '../../src/errors.js';
import { choosable } from '../shared/choices.js';
import { draftStateText, type DraftState } from '../shared/draft.js';
import { failureText } from '../shared/failure.js';
import type { FieldErrors, Sentence } from '../shared/field-errors.js';
import { counterText, renderSelect } from '../shared/fields.js';
import { renderAttach, renderFiles, unsentFilesText } from '../shared/attached-files.js';
import { UnsentFilesError, type TrayItem } from '../shared/attachment-tray.js';
import { caseIcon } from '../shared/case-icons.js';
import { icon } from '../shared/icons.js';
import { asksForCopies, tooLong } from './composer-checks.js';
import type { ComposerRules } from './composer-rules.js';
import type { NoteDraft } from './note-draft.js';

/** Everything the form of a composer shows, and what it can do. */
export interface ComposerView {
  readonly draft: NoteDraft;
  readonly rules: ComposerRules;
  readonly audience: NoteVisibility;
  /** Whom a reply reaches; nobody is named to a reader from whom the customer is kept. */
  readonly reader: string | undefined;
  readonly settings: Settings;
  readonly errors: FieldErrors;
  readonly failure: unknown;
  readonly busy: boolean;
  readonly draftState: DraftState;
  readonly items: readonly TrayItem[];
  readonly refusals: readonly Sentence[];
  readonly discarded: boolean;
  readonly result: string | undefined;
  readonly dropping: boolean;
  /** The text field has been entered: it is higher from then on, and moves nothing under a pointer by shrinking. */
  readonly begun: boolean;
  readonly closed: boolean;
  readonly begin: () => void;
  /** Shows who has access, to add somebody. */
  readonly share: () => void;
  readonly change: (change: Partial<NoteDraft>) => void;
  readonly send: () => void;
  readonly add: (files: Iterable<File>) => void;
  readonly retry: (key: string) => void;
  readonly remove: (key: string) => void;
  readonly discard: () => void;
  readonly undo: () => void;
  readonly drag: (over: boolean) => void;
}

/** What is written in: who will read it, the text, its files, and the button that says what it will do. */
export function renderForm(view: ComposerView): TemplateResult {
  const { rules, audience, dropping, begun } = view;
  const internal = audience === 'internal';
  return html`<form
    class="composer ${internal ? 'internal' : ''} ${dropping ? 'dropping' : ''} ${begun ? 'begun' : ''}"
    part="form"
    novalidate
    aria-label=${
      rules.agent
        ? msg('Add a note', { id: 'note-composer.form' })
        : msg('Reply', { id: 'note-composer.form.reply' })
    }
    @submit=${(event: SubmitEvent) => {
      event.preventDefault();
      view.send();
    }}
    @keydown=${(event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      view.send();
    }}
    @dragover=${(event: DragEvent) => {
      if (!rules.attach || !event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      view.drag(true);
    }}
    @dragleave=${(event: DragEvent) => {
      const form = event.currentTarget as HTMLElement;
      if (!(event.relatedTarget instanceof Node && form.contains(event.relatedTarget))) view.drag(false);
    }}
    @drop=${(event: DragEvent) => {
      if (!rules.attach || !event.dataTransfer?.files.length) return;
      event.preventDefault();
      view.drag(false);
      view.add(event.dataTransfer.files);
    }}
  >
    ${renderFailure(view)}
    ${
      rules.agent
        ? html`<div class="top">
            ${rules.audiences.length > 1 ? renderAudience(view) : nothing}
            <div class="aside">${renderDraftState(view)}</div>
          </div>`
        : nothing
    }
    ${renderText(view)} ${renderFiles(view)}
    <div class="foot">
      ${rules.agent ? renderSubject(view) : nothing}
      <div class="aside">${renderAttach(view)} ${rules.agent ? nothing : renderDraftState(view)}</div>
      ${renderSubmit(view)}
    </div>
  </form>`;
}

function renderFailure({ failure, closed, rules, audience, send }: ComposerView): unknown {
  if (failure === undefined) return nothing;
  // What happened to the case, or to the right to write on it, stands above the form already.
  if (closed && isConflictError(failure)) return nothing;
  // So does the reason why this audience is not reached, beside its name.
  if (isForbiddenError(failure) && (rules.state === 'refused' || rules.refusals[audience])) return nothing;
  const text = failure instanceof UnsentFilesError ? unsentFilesText() : failureText(failure);
  return html`<div class="banner critical" role="alert">
    ${icon('alert')}<span class="grow">${text}</span>
    <button class="button" type="button" @click=${send}>
      ${msg('Try again', { id: 'note-composer.retry' })}
    </button>
  </div>`;
}

function renderAudience({ rules, audience, busy, change }: ComposerView): TemplateResult {
  const labels: Record<NoteVisibility, string> = {
    public: msg('Reply to customer', { id: 'note-composer.audience.public' }),
    internal: msg('Internal note', { id: 'note-composer.audience.internal' }),
  };
  return html`<div class="choice">
    <fieldset class="audience" part="audience">
      <legend class="visually-hidden">${msg('Who will read this', { id: 'note-composer.audience' })}</legend>
      ${rules.audiences.map(
        (option) =>
          html`<label class="segment">
            <input
              type="radio"
              name="audience"
              value=${option}
              .checked=${live(option === audience)}
              ?disabled=${busy || rules.refusals[option] !== undefined}
              aria-describedby=${ifDefined(rules.refusals[option] && `refused-${option}`)}
              @change=${() => change({ visibility: option })}
            />
            ${option === 'internal' ? icon('lock') : caseIcon('eye')}<span>${labels[option]}</span>
          </label>`,
      )}
    </fieldset>
    ${rules.audiences.map((option) =>
      rules.refusals[option]
        ? html`<p class="hint" id="refused-${option}">${labels[option]}: ${rules.refusals[option]}</p>`
        : nothing,
    )}
  </div>`;
}

function renderText(view: ComposerView): TemplateResult {
  const { draft, rules, audience, errors, settings, busy, change } = view;
  const limit = settings.limits.noteText;
  const error = tooLong(draft.text, limit) ?? errors.text?.();
  const near = draft.text.length > limit * 0.8;
  const described = [error && 'text-error', near && 'text-count'].filter(Boolean).join(' ');
  const label = !rules.agent
    ? msg('Your reply', { id: 'note-composer.text.reply' })
    : audience === 'internal'
      ? msg('Note for colleagues', { id: 'note-composer.text.internal' })
      : msg('Reply to the customer', { id: 'note-composer.text.public' });
  const placeholder = !rules.agent
    ? msg('Write a reply…', { id: 'note-composer.placeholder.reply' })
    : audience === 'internal'
      ? msg('Write a note for colleagues…', { id: 'note-composer.placeholder.internal' })
      : msg('Write to the customer…', { id: 'note-composer.placeholder.public' });
  return html`<div class="field">
    <label class="visually-hidden" for="text">${label}</label>
    <div class="grow-box" data-text=${draft.text}>
      <textarea
        class="input"
        id="text"
        part="text"
        name="text"
        rows="1"
        dir="auto"
        placeholder=${placeholder}
        aria-required="true"
        aria-invalid=${ifDefined(error ? 'true' : undefined)}
        aria-describedby=${ifDefined(described || undefined)}
        ?readonly=${busy}
        .value=${live(draft.text)}
        @focus=${view.begin}
        @input=${(event: Event) => change({ text: (event.target as HTMLTextAreaElement).value })}
        @paste=${(event: ClipboardEvent) => {
          const files = event.clipboardData?.files;
          if (!rules.attach || !files?.length) return;
          event.preventDefault();
          view.add(files);
        }}
      ></textarea>
    </div>
    ${error ? html`<p class="error" id="text-error">${icon('alert')}<span>${error}</span></p>` : nothing}
    ${errors.text && asksForCopies(draft.text) ? renderShareInstead(view) : nothing}
    ${near ? html`<p class="hint" id="text-count">${counterText(draft.text, limit)}</p>` : nothing}
  </div>`;
}

/** Where copies are refused: the list of who is in is the place for it (CO-26). */
function renderShareInstead({ share }: ComposerView): TemplateResult {
  return html`<button class="button instead" type="button" @click=${share}>
    ${msg('See who has access', { id: 'note-composer.share-instead' })}
  </button>`;
}

function renderSubject({ draft, settings, errors, busy, change }: ComposerView): TemplateResult {
  return renderSelect({
    name: 'subject',
    label: msg('Subject', { id: 'note-composer.subject' }),
    required: true,
    error: errors.subject?.(),
    disabled: busy,
    value: draft.subject,
    placeholder: msg('Choose a subject', { id: 'note-composer.subject.placeholder' }),
    options: choosable(settings, 'noteSubjects').map(({ id, label }) => ({ value: id, label })),
    onChange: (subject) => change({ subject }),
  });
}

function renderDraftState({ rules, draftState, discarded, result, busy, discard, undo }: ComposerView) {
  if (discarded)
    return html`<span class="hint">${result}</span>
      <button class="button quiet" type="button" @click=${undo}>
        ${msg('Undo', { id: 'note-composer.undo' })}
      </button>`;
  if (result) return html`<span class="hint done">${icon('check')}${result}</span>`;
  if (draftState === 'empty')
    return rules.agent
      ? nothing
      : html`<span class="hint">${msg('Support will see it', { id: 'note-composer.readers' })}</span>`;
  return html`<span class="hint">${draftStateText(draftState)}</span>
    <button class="button quiet" type="button" ?disabled=${busy} @click=${discard}>
      ${msg('Discard', { id: 'note-composer.discard' })}
    </button>`;
}

function renderSubmit({ rules, audience, reader, draft, busy }: ComposerView): TemplateResult {
  const label = !rules.agent
    ? msg('Send reply', { id: 'note-composer.send' })
    : audience === 'internal'
      ? msg('Add internal note', { id: 'note-composer.add' })
      : reader
        ? msg(str`Reply to ${reader}`, { id: 'note-composer.reply-to' })
        : msg('Reply to customer', { id: 'note-composer.audience.public' });
  const blank = !rules.agent && draft.text.trim() === '';
  const refused = rules.refusals[audience] !== undefined;
  return html`<button
    class="button primary submit"
    part="submit"
    type="submit"
    aria-disabled=${ifDefined(rules.state !== 'write' || refused || blank ? 'true' : undefined)}
    aria-busy=${ifDefined(busy ? 'true' : undefined)}
  >
    <span>${busy ? msg('Sending…', { id: 'note-composer.sending' }) : label}</span>
  </button>`;
}
