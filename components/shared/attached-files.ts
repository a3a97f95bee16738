import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';

import type { Settings } from '../../src/contract/settings.js';
import { formatBytes } from './format.js';
import { caseIcon } from './case-icons.js';
import { icon } from './icons.js';
import type { TrayItem } from './attachment-tray.js';
import type { FieldErrors, Sentence } from './field-errors.js';

/** Files being attached, and what may be done with them. */
export interface AttachedFilesView {
  readonly rules: { readonly attach: boolean; readonly attachReason?: string | undefined };
  readonly settings: Settings;
  readonly errors: FieldErrors;
  readonly busy: boolean;
  readonly items: readonly TrayItem[];
  readonly refusals: readonly Sentence[];
  readonly add: (files: readonly File[]) => void;
  readonly retry: (key: string) => void;
  readonly remove: (key: string) => void;
}

/** The button that asks for files, in words where there is room; where none may be added, why not. */
export function renderAttach({ rules, settings, busy, add }: AttachedFilesView, inWords = false): unknown {
  if (!rules.attach)
    return rules.attachReason ? html`<span class="hint">${rules.attachReason}</span>` : nothing;
  const label = msg('Attach files', { id: 'files.attach' });
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
      class=${inWords ? 'button' : 'button quiet icon'}
      type="button"
      aria-label=${inWords ? nothing : label}
      title=${inWords ? nothing : label}
      ?disabled=${busy}
      @click=${(event: Event) => {
        const button = event.currentTarget as HTMLElement;
        button.parentElement?.querySelector<HTMLInputElement>('input[type="file"]')?.click();
      }}
    >
      ${caseIcon('attachment')}${inWords ? label : nothing}
    </button>`;
}

/** The files, how far they have come, and why others were not taken. */
export function renderFiles(view: AttachedFilesView): TemplateResult {
  const { items, refusals, errors } = view;
  const problems = errors.attachmentIds ? [...refusals, errors.attachmentIds] : refusals;
  return html`${
    items.length > 0
      ? html`<ul class="files" aria-label=${msg('Attached files', { id: 'files' })}>
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
          ${problems.map((text) => html`<p class="error">${icon('alert')}<span>${text()}</span></p>`)}
        </div>`
      : nothing
  }`;
}

function renderItem(item: TrayItem, { busy, retry, remove }: AttachedFilesView): TemplateResult {
  const { key, name, size, state, error } = item;
  const removeLabel = msg(str`Remove ${name}`, { id: 'files.remove' });
  return html`<li class="file">
    ${caseIcon('attachment')}
    <span class="name" dir="auto">${name}</span>
    <span class="hint">${formatBytes(size)}</span>
    ${
      state === 'uploading'
        ? html`<progress aria-label=${msg(str`Uploading ${name}`, { id: 'files.uploading' })}></progress>`
        : nothing
    }
    ${
      state === 'failed'
        ? html`<span class="error" role="alert">${error?.()}</span>
            <button class="button quiet" type="button" @click=${() => retry(key)}>
              ${msg('Try again', { id: 'files.retry' })}
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

/** That what was written waits for files that failed. */
export function unsentFilesText(): string {
  return msg('Some files have not arrived. Try them again, or remove them.', { id: 'files.unsent' });
}
