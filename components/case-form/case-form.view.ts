import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';

import type { QueryState } from '../../src/client/live-query.js';
import type { Settings } from '../../src/contract/settings.js';
import { renderClosingFields, type ClosingValues } from '../shared/closing-fields.js';
import { draftStateText, type DraftState } from '../shared/draft.js';
import { failureText } from '../shared/failure.js';
import type { FieldErrors } from '../shared/field-errors.js';
import { icon } from '../shared/icons.js';
import { renderLines } from '../shared/lazy-part.js';

/** What stands in the place of the fields until the settings are there, or when they do not come. */
export function renderWaiting({ status, error }: QueryState<unknown>, onRetry: () => void): TemplateResult {
  if (status === 'failed')
    return html`<div class="message" role="alert">
      <p>${failureText(error)}</p>
      <button class="button" type="button" @click=${onRetry}>
        ${msg('Try again', { id: 'action.retry' })}
      </button>
    </div>`;
  return renderLines();
}

/** What closing at once asks for, and the way back (CC-30). */
export function renderClosing(view: {
  readonly settings: Settings;
  readonly values: ClosingValues;
  readonly errors: FieldErrors;
  readonly onChange: (change: Partial<ClosingValues>) => void;
  readonly onKeepOpen: () => void;
}): TemplateResult {
  return html`<div class="closing" role="group" aria-labelledby="closing-title">
    <div class="closing-head">
      <h3 id="closing-title">${msg('Close the case at once', { id: 'case-form.closing' })}</h3>
      <button class="button quiet" type="button" data-action="keep-open" @click=${view.onKeepOpen}>
        ${msg('Keep it open', { id: 'case-form.keep-open' })}
      </button>
    </div>
    ${renderClosingFields({ ...view, kind: 'close' })}
  </div>`;
}

/** What stands above the fields: what was added, what failed, what was kept from earlier. */
export function renderNotices(view: {
  /** The number of the case just added by an inline form. */
  readonly added: number | undefined;
  readonly restored: boolean;
  readonly failure: unknown;
  readonly busy: boolean;
  /** Whether drafts are kept at all. */
  readonly kept: boolean;
  readonly onDiscard: () => void;
  /** Absent where trying again would not help. */
  readonly onRetry: (() => void) | undefined;
}): unknown {
  const { added, restored, failure, busy, kept, onDiscard, onRetry } = view;
  return [
    added === undefined
      ? nothing
      : html`<p class="banner positive" role="status">
          ${icon('check')}
          <span class="grow">${msg(str`Case #${added} was added.`, { id: 'case-form.added' })}</span>
        </p>`,
    restored
      ? html`<div class="banner" role="status">
          <p class="grow">${msg('What you typed earlier is back.', { id: 'draft.restored' })}</p>
          <button class="button" type="button" data-action="discard" @click=${onDiscard}>
            ${msg('Discard', { id: 'draft.discard' })}
          </button>
        </div>`
      : nothing,
    failure
      ? html`<div class="banner critical" role="alert">
          ${icon('alert')}
          <p class="grow">${failureText(failure)}</p>
          ${
            onRetry
              ? html`<button
                  class="button"
                  type="button"
                  data-action="retry"
                  aria-busy=${busy}
                  @click=${onRetry}
                >
                  ${msg('Retry', { id: 'action.retry.send' })}
                </button>`
              : nothing
          }
        </div>`
      : nothing,
    kept
      ? nothing
      : html`<p class="hint">
          ${msg('This browser keeps no drafts: what you type is lost when the page closes.', {
            id: 'draft.not-kept',
          })}
        </p>`,
  ];
}

/** The buttons. Once a closure is being written, storing and closing in one step is the main one (CC-29, CC-30). */
export function renderActions(view: {
  readonly closable: boolean;
  readonly closing: boolean;
  readonly busy: boolean;
  readonly draft: DraftState;
  readonly onSaveAndClose: () => void;
  /** Absent where what was kept is offered to be discarded already. */
  readonly onDiscard: (() => void) | undefined;
  /** Absent where there is nothing to leave. */
  readonly onCancel: (() => void) | undefined;
}): TemplateResult {
  const { closable, closing, busy, draft, onSaveAndClose, onDiscard, onCancel } = view;
  return html`<div class="actions">
    ${
      draft === 'changed' || draft === 'saved'
        ? html`<div class="draft">
            <span class="hint">${draftStateText(draft)}</span>
            ${
              onDiscard
                ? html`<button
                    class="button quiet"
                    type="button"
                    data-action="discard"
                    ?disabled=${busy}
                    @click=${onDiscard}
                  >
                    ${msg('Discard', { id: 'draft.discard' })}
                  </button>`
                : nothing
            }
          </div>`
        : nothing
    }
    ${
      onCancel
        ? html`<button class="button quiet" type="button" data-action="cancel" @click=${onCancel}>
            ${msg('Cancel', { id: 'action.cancel' })}
          </button>`
        : nothing
    }
    ${
      closable
        ? html`<button
            class=${closing ? 'button primary' : 'button'}
            type="button"
            data-action="save-and-close"
            aria-expanded=${closing}
            aria-busy=${busy && closing}
            @click=${onSaveAndClose}
          >
            ${msg('Save and close', { id: 'case-form.save-and-close' })}
          </button>`
        : nothing
    }
    <button
      class=${closing ? 'button' : 'button primary'}
      type="submit"
      data-action="save"
      aria-busy=${busy && !closing}
    >
      ${saveText(busy, closing)}
    </button>
  </div>`;
}

function saveText(busy: boolean, closing: boolean): string {
  if (busy) return msg('Saving…', { id: 'action.saving' });
  return closing
    ? msg('Save without closing', { id: 'case-form.save-open' })
    : msg('Save', { id: 'action.save' });
}
