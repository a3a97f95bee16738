import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';

import type { SharePreview } from '../../src/contract/preview.js';
import { caseIcon } from '../shared/case-icons.js';
import { renderSelect } from '../shared/fields.js';
import { formatMoment } from '../shared/format.js';
import { icon } from '../shared/icons.js';
import { formatList, plural } from '../shared/locale.js';
import { formatNames } from '../shared/name-list.js';
import { fieldLabel } from './field-labels.js';
import type { Disclosure } from './history.js';
import type { Decision, Preview } from './preview.js';
import { keyOf } from './share-unit.js';
import { sharingFailure } from './share-words.js';

/** What somebody will see, with the question about the earlier notes. */
export function renderPreview(preview: Preview, busy: boolean): TemplateResult | typeof nothing {
  if (!preview.isOpen) return nothing;
  const { of, chosen, shown, failure, disclosure } = preview;
  const name = of?.candidate.name;
  return html`<aside
    id="preview"
    part="preview"
    aria-labelledby="preview-title"
    @keydown=${preview.onKeydown}
  >
    <header>
      <h3 id="preview-title" tabindex="-1">
        ${caseIcon('eye')}
        <span
          >${
            name === undefined
              ? msg('Earlier replies', { id: 'share.preview.history' })
              : msg(str`What ${name} will see`, { id: 'share.preview.title' })
          }</span
        >
      </h3>
      <button
        class="button quiet icon"
        type="button"
        aria-label=${msg('Close the preview', { id: 'share.preview.close' })}
        @click=${preview.close}
      >
        ${icon('close')}
      </button>
    </header>
    ${
      chosen.length > 1 && of
        ? renderSelect({
            name: 'preview-of',
            label: msg('See it as', { id: 'share.preview.as' }),
            value: keyOf(of.candidate),
            options: chosen.map(({ candidate }) => ({ value: keyOf(candidate), label: candidate.name })),
            onChange: (key) => preview.look(key),
          })
        : nothing
    }
    ${disclosure ? renderDisclosure(disclosure, preview) : nothing}
    ${!disclosure && shown?.warnings.includes('cross_organisation') ? renderCross() : nothing}
    ${
      failure
        ? html`<p class="error" role="alert">${icon('alert')}<span>${sharingFailure(failure)}</span></p>`
        : shown
          ? renderShown(shown)
          : nothing
    }
    <button
      class="button primary"
      type="button"
      data-action="confirm-share"
      aria-busy=${busy}
      @click=${() => void preview.confirm()}
    >
      ${
        preview.decision === 'stop'
          ? msg('Do not share', { id: 'share.history.stop' })
          : msg('Confirm and share', { id: 'share.preview.confirm' })
      }
    </button>
  </aside>`;
}

/** How many replies, since when and who has them; what is to become of them (CU-06, CU-07). */
function renderDisclosure(disclosure: Disclosure, preview: Preview): TemplateResult {
  const { count, oldest, readers, otherOrganisations } = disclosure;
  const since = formatMoment(oldest);
  const choices: readonly [Decision, string][] = [
    ['include', msg('Include them', { id: 'share.history.include' })],
    ['none', msg('Start a new conversation', { id: 'share.history.none' })],
    ['stop', msg('Do not share', { id: 'share.history.stop' })],
  ];
  return html`<fieldset
    class="history"
    aria-describedby="history-text ${preview.missing ? 'history-error' : ''}"
  >
    <legend>
      ${plural(
        count,
        msg('one {# earlier reply could be read} other {# earlier replies could be read}', {
          id: 'share.history.count',
        }),
      )}
    </legend>
    <p id="history-text">
      ${since ? msg(str`The oldest is from ${since}.`, { id: 'share.history.oldest' }) : nothing}
      ${
        readers.length > 0
          ? msg(str`They went to ${formatNames(readers)}.`, { id: 'share.history.readers' })
          : nothing
      }
    </p>
    ${otherOrganisations ? renderCross() : nothing}
    ${choices.map(
      ([value, label]) =>
        html`<label class="choice"
          ><input
            type="radio"
            name="history"
            value=${value}
            .checked=${live(preview.decision === value)}
            @change=${() => preview.decide(value)}
          />${label}</label
        >`,
    )}
    ${
      preview.missing
        ? html`<p class="error" id="history-error" role="alert">
            ${icon('alert')}<span
              >${msg('Choose what becomes of the earlier replies.', { id: 'share.history.required' })}</span
            >
          </p>`
        : nothing
    }
  </fieldset>`;
}

/** CU-07 */
function renderCross(): TemplateResult {
  return html`<p class="warning">
    ${icon('alert')}<span
      >${msg('This shares with another organisation than those who have it so far.', {
        id: 'share.history.cross',
      })}</span
    >
  </p>`;
}

/** What everybody looks for, before the replies and files; what else a case holds comes after them. */
const first: readonly string[] = ['number', 'subject', 'status', 'description'];

/** Whether there is anything to see: an empty field discloses nothing. */
function isFilled(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== null && value !== undefined && value !== '';
}

/** What is visible and what is hidden, as the server would show it. */
function renderShown({ case: shown, visible, hidden, timeline }: SharePreview): TemplateResult {
  const filled = visible.fields.filter((field) => isFilled(Reflect.get(shown, field)));
  const seen = [
    ...filled.filter((field) => first.includes(field)).map(fieldLabel),
    visible.notes > 0 &&
      plural(visible.notes, msg('one {# reply} other {# replies}', { id: 'share.preview.replies' })),
    visible.files > 0 &&
      plural(visible.files, msg('one {# file} other {# files}', { id: 'share.preview.files' })),
    ...filled.filter((field) => !first.includes(field)).map(fieldLabel),
  ].filter((item) => item !== false);
  const unseen = [
    hidden.internalNotes > 0 &&
      plural(
        hidden.internalNotes,
        msg('one {# internal note} other {# internal notes}', { id: 'share.preview.internal' }),
      ),
    ...hidden.fields.map(fieldLabel),
  ].filter((item) => item !== false);
  const notes = timeline.flatMap((entry) =>
    'text' in entry && typeof entry.text === 'string' ? [entry.text] : [],
  );
  return html`<dl>
      <dt>${msg('Visible', { id: 'share.preview.visible' })}</dt>
      <dd>${formatList(seen)}</dd>
      <dt>${msg('Hidden', { id: 'share.preview.hidden' })}</dt>
      <dd class="hint">
        ${unseen.length > 0 ? formatList(unseen) : msg('Nothing', { id: 'share.preview.nothing' })}
      </dd>
    </dl>
    ${
      notes.length > 0
        ? html`<details>
            <summary>${msg('Read what they will read', { id: 'share.preview.read' })}</summary>
            <ul class="texts">
              ${notes.map((text) => html`<li dir="auto">${text}</li>`)}
            </ul>
          </details>`
        : nothing
    }`;
}
