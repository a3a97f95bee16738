import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';

import { formatBytes } from '../shared/format.js';
import { caseIcon } from '../shared/case-icons.js';
import { icon } from '../shared/icons.js';
import type { TrayItem } from './attachment-tray.js';
import type { ComposerView } from './composer-view.js';

/** The button that asks for files; where none may be added, why not. */
export function renderAttach({ rules, settings, busy, add }: ComposerView): unknown {
  if (!rules.attach)
    return rules.attachReason ? html`<span class="hint">${rules.attachReason}</span>` : nothing;
  const label = msg('Attach files', { id: 'note-composer.attach' });
  return html`<input
      class="visually-hidden"
      type="file"
      multiple
      tabindex="-1"
      aria-hidden="true"
      accept=${settings.limits.attachmentExtensions.map((ending) => `.${ending}`).join(',')}
      @change=${(event: Event) => {
        const input = event.target as HTMLInputElement;
        add([...(input.files ?? [])]);
        input.value = '';
      }}
    />
    <button
      class="button quiet icon"
      type="button"
      aria-label=${label}
      title=${label}
      ?disabled=${busy}
      @click=${(event: Event) => {
        const button = event.currentTarget as HTMLElement;
        button.parentElement?.querySelector<HTMLInputElement>('input[type="file"]')?.click();
      }}
    >
      ${caseIcon('attachment')}
    </button>`;
}

/** The files of the note, how far they have come, and why others were not taken. */
export function renderFiles(view: ComposerView): TemplateResult {
  const { items, refusals, errors } = view;
  const problems = errors.attachmentIds ? [...refusals, errors.attachmentIds] : refusals;
  return html`${
    items.length > 0
      ? html`<ul class="files" aria-label=${msg('Attached files', { id: 'note-composer.files' })}>
          ${repeat(
            items,
            ({ key }) => key,
            (item) => renderItem(item, view),
          )}
        </ul>`
      : nothing
  }
  ${
    problems.length > 0
      ? html`<div role="alert">
          ${problems.map((text) => html`<p class="error">${icon('alert')}<span>${text}</span></p>`)}
        </div>`
      : nothing
  }`;
}

function renderItem(item: TrayItem, { locale, busy, retry, remove }: ComposerView): TemplateResult {
  const { key, name, size, state, error } = item;
  const removeLabel = msg(str`Remove ${name}`, { id: 'note-composer.file.remove' });
  return html`<li class="file">
    ${caseIcon('attachment')}
    <span class="name" dir="auto">${name}</span>
    <span class="hint">${formatBytes(size, locale)}</span>
    ${
      state === 'uploading'
        ? html`<progress
            aria-label=${msg(str`Uploading ${name}`, { id: 'note-composer.file.uploading' })}
          ></progress>`
        : nothing
    }
    ${
      state === 'failed'
        ? html`<span class="error" role="alert">${error}</span>
            <button class="button quiet" type="button" @click=${() => retry(key)}>
              ${msg('Try again', { id: 'note-composer.retry' })}
            </button>`
        : nothing
    }
    <button
      class="button quiet icon"
      type="button"
      aria-label=${removeLabel}
      title=${removeLabel}
      ?disabled=${busy}
      @click=${() => remove(key)}
    >
      ${icon('close')}
    </button>
  </li>`;
}
