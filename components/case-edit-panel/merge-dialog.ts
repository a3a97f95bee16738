import { msg, str } from '@lit/localize';
import { html, nothing, type LitElement, type TemplateResult } from 'lit';

import type { Settings } from '../../src/contract/settings.js';
import { caseFieldLabel } from '../shared/case-fields.js';
import { sameField, type CaseField, type CaseValues } from '../shared/case-values.js';
import { changeMoveText } from '../shared/change-words.js';
import { icon } from '../shared/icons.js';
import { formatList } from '../shared/locale.js';
import {
  compare,
  conflictsOf,
  merge,
  type Choices,
  type FieldChange,
  type NewerState,
  type Side,
} from './merge.js';
import { renderMergeTable } from './merge-view.js';

/** What the dialog tells the edit it was opened from. */
export interface MergeOptions {
  readonly host: LitElement;
  /** Everything is chosen: the edit goes on as `values`, on top of `newer`, and is saved. */
  readonly onSave: (values: CaseValues, newer: NewerState) => void;
}

interface Opened {
  readonly base: CaseValues;
  readonly mine: CaseValues;
  readonly newer: NewerState;
}

/**
 * Two people edited one case: shows each changed field as it was, as the other left it and as it stands here, and asks
 * about those that each changed differently (CC-50). Nothing is chosen for anybody, and leaving it changes nothing.
 */
export class MergeDialog {
  readonly #host: LitElement;
  readonly #options: MergeOptions;
  #opened: Opened | undefined;
  #choices: Choices = {};
  #asked = false;
  #movedAgain = false;

  constructor(options: MergeOptions) {
    this.#host = options.host;
    this.#options = options;
  }

  get isOpen(): boolean {
    return this.#opened !== undefined;
  }

  open(opened: Opened): void {
    this.#opened = opened;
    this.#choices = {};
    this.#asked = false;
    this.#movedAgain = false;
    this.#host.requestUpdate();
    void this.#host.updateComplete.then(() => {
      const dialog = this.#dialog;
      if (!dialog || dialog.open) return;
      dialog.showModal();
      dialog.querySelector<HTMLElement>('h2')?.focus();
    });
  }

  /** The case moved once more while somebody chooses: what was chosen about a value that is no longer there is asked again. */
  follow(newer: NewerState): void {
    const opened = this.#opened;
    if (!opened) return;
    if (newer.version !== opened.newer.version) {
      const kept = Object.entries(this.#choices).filter(([field]) =>
        sameField(field as CaseField, opened.newer.values, newer.values),
      );
      this.#choices = Object.fromEntries(kept);
      this.#asked = false;
      this.#movedAgain = true;
    }
    this.#opened = { ...opened, newer };
    this.#host.requestUpdate();
  }

  /** Leaves everything as it was typed, and gives the focus back. */
  close(): void {
    if (!this.#opened) return;
    this.#opened = undefined;
    this.#dialog?.close();
    this.#host.requestUpdate();
  }

  render(settings: Settings): TemplateResult | typeof nothing {
    if (!this.#opened) return nothing;
    const { newer } = this.#opened;
    const changes = this.#changes;
    const conflicts = conflictsOf(changes);
    return html`<dialog
      class="merge"
      aria-labelledby="merge-title"
      aria-describedby="merge-text"
      @keydown=${this.#onKeydown}
      @cancel=${this.#onCancel}
      @close=${this.#onClose}
    >
      <div class="head">
        <h2 id="merge-title" tabindex="-1">
          ${msg('The case was changed while you edited it', { id: 'merge.title' })}
        </h2>
        <button
          class="button quiet icon"
          type="button"
          aria-label=${msg('Back to the form', { id: 'merge.back' })}
          @click=${this.#leave}
        >
          ${icon('close')}
        </button>
      </div>
      <div class="body">
        <div id="merge-text">
          <p><strong>${changeMoveText(newer)}</strong> ${summaryText(changes)}</p>
        </div>
        <p class="again" role="status">
          ${
            this.#movedAgain
              ? msg('It has just changed once more: this is the newest state.', { id: 'merge.again' })
              : nothing
          }
        </p>
        ${conflicts.length > 1 ? this.#renderAll(newer.by) : nothing}
        ${renderMergeTable({
          changes,
          choices: this.#choices,
          missing: this.#asked ? this.#missing : [],
          who: newer.by,
          settings,
          onChoose: (field, side) => this.#choose({ [field]: side }),
        })}
      </div>
      <div class="foot actions">
        <button class="button" type="button" data-action="merge-back" @click=${this.#leave}>
          ${msg('Back to the form', { id: 'merge.back' })}
        </button>
        <button class="button primary" type="button" data-action="merge-save" @click=${this.#save}>
          ${msg('Save case', { id: 'panel.edit.save' })}
        </button>
      </div>
    </dialog>`;
  }

  #renderAll(who: string | undefined): TemplateResult {
    return html`<div class="all">
      <button class="button" type="button" data-action="all-mine" @click=${() => this.#chooseAll('mine')}>
        ${msg('Keep all of mine', { id: 'merge.all.mine' })}
      </button>
      <button class="button" type="button" data-action="all-theirs" @click=${() => this.#chooseAll('theirs')}>
        ${
          who
            ? msg(str`Take over all from ${who}`, { id: 'merge.all.theirs.name' })
            : msg('Take over all of theirs', { id: 'merge.all.theirs' })
        }
      </button>
    </div>`;
  }

  readonly #save = (): void => {
    const opened = this.#opened;
    if (!opened) return;
    if (this.#missing.length > 0) {
      this.#asked = true;
      this.#host.requestUpdate();
      void this.#host.updateComplete.then(() =>
        this.#dialog?.querySelector<HTMLElement>('[aria-invalid=true] input')?.focus(),
      );
      return;
    }
    const values = merge(opened.newer.values, this.#changes, this.#choices);
    this.close();
    this.#options.onSave(values, opened.newer);
  };

  readonly #leave = (): void => this.close();

  readonly #onKeydown = (event: KeyboardEvent): void => {
    // The panel beneath has keys of its own: they are not meant here.
    event.stopPropagation();
    if (event.isComposing) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      this.close();
    } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.#save();
    }
  };

  readonly #onCancel = (event: Event): void => {
    event.preventDefault();
    this.close();
  };

  readonly #onClose = (): void => {
    if (!this.#dialog?.open) this.close();
  };

  #chooseAll(side: Side): void {
    this.#choose(Object.fromEntries(conflictsOf(this.#changes).map(({ field }) => [field, side])));
  }

  #choose(choices: Choices): void {
    this.#choices = { ...this.#choices, ...choices };
    this.#host.requestUpdate();
  }

  get #changes(): readonly FieldChange[] {
    const { base, newer, mine } = this.#opened ?? {};
    return base && newer && mine ? compare(base, newer.values, mine) : [];
  }

  get #missing(): readonly CaseField[] {
    return conflictsOf(this.#changes)
      .map(({ field }) => field)
      .filter((field) => this.#choices[field] === undefined);
  }

  get #dialog(): HTMLDialogElement | null {
    return this.#host.renderRoot.querySelector<HTMLDialogElement>('dialog.merge');
  }
}

/** What happens by itself, and what somebody must choose. */
function summaryText(changes: readonly FieldChange[]): string {
  const names = (wanted: readonly FieldChange[]) =>
    formatList(wanted.map(({ field }) => caseFieldLabel(field)));
  const conflicts = names(conflictsOf(changes));
  const taken = names(changes.filter(({ by }) => by === 'theirs'));
  return [
    conflicts
      ? msg(str`Both of you changed ${conflicts}: choose what stays.`, { id: 'merge.conflicts' })
      : msg('You changed nothing that was changed there too, so both stay.', { id: 'merge.no-conflicts' }),
    ...(taken
      ? [msg(str`Taken over, because you had not changed it: ${taken}.`, { id: 'merge.taken' })]
      : []),
  ].join(' ');
}
