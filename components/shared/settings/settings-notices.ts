import { msg } from '@lit/localize';
import { html, nothing } from 'lit';

import type { CaseClient } from '../../../src/client/client.js';
import type { Settings } from '../../../src/contract/settings.js';
import { failureText } from '../failure.js';
import { icon } from '../icons.js';
import type { SettingsEdit } from './settings-edit.js';
import { renderMerged, renderNewer } from './settings-merge.view.js';
import type { ToldModel } from './settings-model.js';

/** What stands above the parts: what was done, what was kept from earlier, what failed, what others saved. */
export function renderNotices<V extends object>(
  model: ToldModel<V>,
  { client, settings }: { readonly client: CaseClient; readonly settings: Settings },
  edit: Pick<
    SettingsEdit<V>,
    'notice' | 'newer' | 'merged' | 'restored' | 'submission' | 'draft' | 'base' | 'clear' | 'take' | 'choose'
  >,
): unknown {
  const { notice, newer, merged, restored, submission, draft } = edit;
  return [
    notice
      ? html`<div class="banner ${notice.tone ?? ''}" role="status">
          ${notice.tone ? icon('check') : nothing}
          <p class="grow">${notice.text()}</p>
          ${
            notice.undo
              ? html`<button class="button" type="button" data-action="undo" @click=${notice.undo}>
                  ${msg('Undo', { id: 'settings.undo' })}
                </button>`
              : nothing
          }
        </div>`
      : nothing,
    restored
      ? html`<div class="banner" role="status">
          <p class="grow">${msg('What you typed earlier is back.', { id: 'draft.restored' })}</p>
          <button class="button" type="button" @click=${() => edit.clear(client)}>
            ${msg('Discard', { id: 'draft.discard' })}
          </button>
        </div>`
      : nothing,
    submission.failure
      ? html`<div class="banner critical" role="alert">
          ${icon('alert')}
          <p class="grow">${failureText(submission.failure)}</p>
        </div>`
      : nothing,
    newer ? renderNewer(model, newer, edit.base, (state) => edit.take(state)) : nothing,
    merged
      ? renderMerged({
          model,
          merged,
          settings,
          onChoose: (field, choice) => edit.choose(field, choice),
        })
      : nothing,
    draft.kept
      ? nothing
      : html`<p class="hint">
          ${msg('This browser keeps no drafts: what you type is lost when the page closes.', {
            id: 'draft.not-kept',
          })}
        </p>`,
  ];
}
