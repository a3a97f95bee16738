import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';

import { formatList } from '../locale.js';

/** What the buttons below a form of settings are drawn from. */
export interface SettingsActions {
  /** The parts with something typed that is not saved. */
  readonly unsaved: readonly string[];
  readonly busy: boolean;
  /** Somebody else saved first: what is sent now was looked at again. */
  readonly again: boolean;
  readonly onDiscard: () => void;
}

/** Saving all of it at once, and letting go of it. */
export function renderSettingsActions({ unsaved, busy, again, onDiscard }: SettingsActions): TemplateResult {
  const names = formatList([...new Set(unsaved)]);
  return html`<div class="actions">
    <p class="hint grow">
      ${names ? msg(str`Not saved yet: ${names}`, { id: 'settings.unsaved' }) : nothing}
    </p>
    ${
      names
        ? html`<button class="button quiet" type="button" data-action="discard" @click=${onDiscard}>
            ${msg('Discard changes', { id: 'settings.discard' })}
          </button>`
        : nothing
    }
    <button class="button primary" type="submit" data-action="save" aria-busy=${busy}>
      ${
        busy
          ? msg('Saving…', { id: 'action.saving' })
          : again
            ? msg('Save again', { id: 'settings.save-again' })
            : msg('Save settings', { id: 'settings.save' })
      }
    </button>
  </div>`;
}
