import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';

import type { Case } from '../../../src/contract/cases.js';
import type { InboxEntry } from '../../../src/contract/inbox-entries.js';
import type { Settings } from '../../../src/contract/settings.js';
import { renderClosingFields, type ClosingValues } from '../closing-fields.js';
import type { FieldErrors } from '../field-errors.js';
import { icon } from '../icons.js';
import { refusalText } from '../verdict.js';
import type { DoneWork } from './action-attempt.js';

/** What is done already, and waits for being written. */
export function renderDone(view: {
  readonly done: DoneWork;
  /** It could not be written yet. */
  readonly unwritten: boolean;
  /** The browser could not keep it either. */
  readonly notKept: boolean;
}): TemplateResult {
  const { done, unwritten, notKept } = view;
  const { text, reference } = done;
  return html`<div class="banner positive">
      ${icon('check')}
      <div class="grow">
        <p>
          <strong>${msg('This is done. It will not be done again.', { id: 'host-action.done' })}</strong>
          ${
            reference
              ? html`<br />${msg(str`Reference: ${reference}`, { id: 'host-action.reference' })}`
              : nothing
          }
        </p>
        <p class="text" dir="auto">${text}</p>
      </div>
    </div>
    ${
      unwritten
        ? html`<p class="banner caution">
            ${icon('alert')}<span class="grow"
              >${msg('It does not stand on the case yet: write it there now.', {
                id: 'host-action.unwritten',
              })}
              ${
                notKept
                  ? msg('This browser could not keep it: leave this window open until it is written.', {
                      id: 'host-action.not-kept',
                    })
                  : msg('Until then it is kept in this browser.', { id: 'host-action.kept' })
              }</span
            >
          </p>`
        : nothing
    }`;
}

/** What ends with an action, as far as it may. */
export interface EndingView {
  readonly entry: InboxEntry | undefined;
  readonly record: Case;
  readonly settings: Settings;
  readonly completes: boolean;
  readonly closes: boolean;
  readonly closing: ClosingValues;
  readonly errors: FieldErrors;
  readonly disabled: boolean;
  readonly onCompletes: (ticked: boolean) => void;
  readonly onCloses: (ticked: boolean) => void;
  readonly onClosing: (change: Partial<ClosingValues>) => void;
}

/** What ends with it: the entry, the case, both or neither (IB-04). */
export function renderEnding(view: EndingView): TemplateResult {
  const { entry, record, settings, completes, closes, closing, errors, disabled } = view;
  const complete = entry?.permissions['complete'];
  const close = record.permissions['close'];
  return html`<fieldset ?disabled=${disabled}>
    <legend>${msg('When it is done', { id: 'host-action.ending' })}</legend>
    ${
      entry
        ? renderTick({
            id: 'completes',
            label: msg('Complete the inbox message', { id: 'host-action.complete' }),
            ticked: completes,
            refusal: complete?.allowed ? undefined : refusalText(complete),
            onChange: view.onCompletes,
          })
        : nothing
    }
    ${renderTick({
      id: 'closes',
      label: msg('Close the case', { id: 'host-action.close' }),
      ticked: closes,
      refusal: close?.allowed ? undefined : refusalText(close),
      onChange: view.onCloses,
    })}
    ${
      closes
        ? renderClosingFields({ kind: 'close', settings, values: closing, errors, onChange: view.onClosing })
        : nothing
    }
  </fieldset>`;
}

function renderTick(view: {
  readonly id: string;
  readonly label: string;
  readonly ticked: boolean;
  readonly refusal: string | undefined;
  readonly onChange: (ticked: boolean) => void;
}): TemplateResult {
  const { id, label, ticked, refusal, onChange } = view;
  return html`<div class="tick">
    <label>
      <input
        type="checkbox"
        id=${id}
        .checked=${live(ticked && refusal === undefined)}
        ?disabled=${refusal !== undefined}
        aria-describedby=${refusal === undefined ? nothing : `${id}-hint`}
        @change=${(event: Event) => onChange((event.target as HTMLInputElement).checked)}
      />
      <span>${label}</span>
    </label>
    ${refusal === undefined ? nothing : html`<p class="hint" id="${id}-hint">${refusal}</p>`}
  </div>`;
}
