import { msg, str } from '@lit/localize';
import { html, nothing, type LitElement, type TemplateResult } from 'lit';

import type { CaseClient } from '../../src/client/client.js';
import type { Inbox, InboxChange } from '../../src/contract/inboxes.js';
import type { FieldError } from '../../src/contract/problem.js';
import type { Settings } from '../../src/contract/settings.js';
import { fieldErrorText, tooLongText, type FieldErrors } from '../shared/field-errors.js';
import { renderInput, renderLegend } from '../shared/fields.js';
import { icon } from '../shared/icons.js';
import { Modal } from '../shared/modal.js';
import { renderSwitch } from '../shared/settings/checks.js';
import { SettingsEdit } from '../shared/settings/settings-edit.js';
import type { SettingsModel } from '../shared/settings/settings-model.js';
import { renderNotices } from '../shared/settings/settings-notices.js';
import type { RecordStore } from '../shared/settings/settings-store.js';
import {
  inboxChangeBetween,
  inboxFields,
  inboxValuesOf,
  newInbox,
  parseInboxValues,
  readInbox,
  type InboxValues,
} from './inbox-values.js';
import { inboxFieldLabel, inboxSentences } from './inbox-words.js';
import { MemberEditor, memberError } from './member-editor.js';

const nameLimit = 120;

/** What the dialog is about. */
export interface InboxDialogLink {
  readonly host: LitElement;
  readonly client: () => CaseClient | undefined;
  /** The inbox is stored; `made` when there was none before. */
  readonly saved: (inbox: Inbox, made: boolean) => void;
}

/** One inbox in a dialog of its own: its name, its members, whether they may open the cases (IB-25, IB-26). */
export class InboxDialog {
  readonly #link: InboxDialogLink;
  readonly #modal: Modal;
  readonly #members: MemberEditor;
  #edit: SettingsEdit<InboxValues, Inbox, InboxChange> | undefined;
  #id = '';
  #name = '';

  constructor(link: InboxDialogLink) {
    const { host, client } = link;
    this.#link = link;
    this.#members = new MemberEditor(host, client);
    this.#modal = new Modal(host, {
      dirty: () => this.unsaved,
      discard: () => {
        const from = client();
        if (from) this.#edit?.clear(from);
      },
      closed: () => this.#end(),
    });
  }

  /** Something typed would be lost. */
  get unsaved(): boolean {
    return (this.#edit?.changed.length ?? 0) > 0 || (this.#edit !== undefined && this.#members.dirty);
  }

  /** Opens on an inbox, or on one to be made. */
  open(client: CaseClient, inbox: Inbox = newInbox): void {
    this.#end();
    const { id, name } = inbox;
    this.#id = id;
    this.#name = name;
    this.#edit = new SettingsEdit(modelOf(id), storeOf(id), this.#link.host, this.#link.client, inbox);
    void this.#edit.restore(client);
    this.#modal.show();
  }

  /** Takes up the inbox as it is now. Called on each update. */
  follow(client: CaseClient, inboxes: readonly Inbox[] | undefined): void {
    const inbox = this.#id && inboxes?.find(({ id }) => id === this.#id);
    if (inbox) this.#edit?.follow(client, inbox);
  }

  render(client: CaseClient, settings: Settings): TemplateResult | typeof nothing {
    const edit = this.#edit;
    const modal = this.#modal;
    if (!modal.isOpen || !edit) return nothing;
    const { busy } = edit.submission;
    const title = this.#id
      ? msg(str`Inbox “${this.#name}”`, { id: 'inbox-settings.edit.title' })
      : msg('New inbox', { id: 'inbox-settings.new.title' });
    return html`<dialog
      class="inbox"
      part="inbox-dialog"
      aria-label=${title}
      @keydown=${modal.onKeydown}
      @cancel=${modal.onCancel}
      @close=${modal.onClose}
      @pointerdown=${modal.onPointerdown}
      @click=${modal.onClick}
    >
      <form
        novalidate
        @submit=${(event: Event) => {
          event.preventDefault();
          void this.#save(client);
        }}
        @keydown=${(event: KeyboardEvent) => this.#onKeydown(event, client)}
      >
        <header ?inert=${modal.asking}>
          <h2>${title}</h2>
          <button
            class="button quiet icon"
            type="button"
            aria-label=${msg('Close', { id: 'action.close' })}
            @click=${() => modal.requestClose()}
          >
            ${icon('close')}
          </button>
        </header>
        <div class="inbox-body" ?inert=${modal.asking}>
          <div class="notices">
            ${renderNotices({ ...modelOf(this.#id), additions: () => false }, { client, settings }, edit)}
          </div>
          ${renderLegend()} ${this.#renderFields(edit)}
        </div>
        <footer>
          ${
            modal.asking
              ? modal.renderQuestion()
              : html`<div class="actions">
                  <button class="button" type="button" @click=${() => modal.requestClose()}>
                    ${msg('Cancel', { id: 'action.cancel' })}
                  </button>
                  <button class="button primary" type="submit" aria-busy=${busy ? 'true' : 'false'}>
                    ${
                      busy
                        ? msg('Saving…', { id: 'action.saving' })
                        : msg('Save inbox', { id: 'inbox-settings.save' })
                    }
                  </button>
                </div>`
          }
        </footer>
      </form>
    </dialog>`;
  }

  #renderFields(edit: SettingsEdit<InboxValues, Inbox, InboxChange>): TemplateResult {
    const { values, submission } = edit;
    const { errors } = submission;
    const onChange = (change: Partial<InboxValues>, ...touched: string[]) => {
      edit.edit(change, ...touched);
      this.#link.host.requestUpdate();
    };
    return html`${renderInput({
      name: 'name',
      label: inboxFieldLabel('name'),
      required: true,
      value: values.name,
      error: errors['name']?.(),
      onChange: (name) => onChange({ name }),
    })}
    ${renderSwitch({
      name: 'opensCases',
      label: inboxFieldLabel('opensCases'),
      hint: msg('Otherwise they have the message and the customer alone.', {
        id: 'inbox-settings.opens-cases.hint',
      }),
      error: errors['opensCases']?.(),
      checked: values.opensCases,
      onChange: (opensCases) => onChange({ opensCases }),
    })}
    ${
      this.#id
        ? renderSwitch({
            name: 'retired',
            label: inboxFieldLabel('retired'),
            hint: msg('Nothing more is put into it. What waits there can still be worked.', {
              id: 'inbox-settings.retired.hint',
            }),
            error: errors['retired']?.(),
            checked: values.retired,
            onChange: (retired) => onChange({ retired }),
          })
        : nothing
    }
    ${this.#members.render({
      members: values.members,
      errors,
      onChange: (members, touched) => onChange({ members }, ...(touched ? [touched] : [])),
    })}`;
  }

  #onKeydown(event: KeyboardEvent, client: CaseClient): void {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || this.#modal.asking) return;
    event.preventDefault();
    void this.#save(client);
  }

  async #save(client: CaseClient): Promise<void> {
    const edit = this.#edit;
    if (!edit || edit.submission.busy) return;
    const made = this.#id === '';
    const saved = await edit.save(client);
    if (!saved || this.#edit !== edit) return;
    this.#modal.close();
    this.#link.saved(saved, made);
  }

  #end(): void {
    this.#edit?.end();
    this.#edit = undefined;
    this.#members.clear();
  }
}

function modelOf(id: string): SettingsModel<InboxValues, Inbox, InboxChange> {
  return {
    draft: { caseId: id || null, kind: 'inbox' },
    fields: inboxFields,
    valuesOf: inboxValuesOf,
    parse: parseInboxValues,
    check,
    place,
    say,
    changeBetween: inboxChangeBetween,
    label: inboxFieldLabel,
    sentences: inboxSentences,
  };
}

function storeOf(id: string): RecordStore<Inbox, InboxChange> {
  return {
    write: (client, change, { version, idempotencyKey }) => {
      // An inbox to be made cannot be retired yet: the form does not ask for it.
      const { retired: _, ...made } = change;
      return id
        ? client.inboxes.update(id, change, { version })
        : client.inboxes.create(made, { idempotencyKey });
    },
    read: readInbox,
    // An inbox keeps no history of its own: who was faster comes with the refusal.
    lastMove: () => Promise.resolve({ by: undefined, at: undefined }),
    saved: () => msg('The inbox is saved.', { id: 'inbox-settings.saved' }),
  };
}

function check({ name }: InboxValues): FieldErrors {
  if (!name.trim()) return { name: nameRequired };
  return name.trim().length > nameLimit ? { name: () => tooLongText(nameLimit) } : {};
}

function place(field: string, { members }: InboxValues): string | undefined {
  const [name, index] = field.split('.');
  if (name !== 'members') return inboxFields.find((known) => known === name);
  const member = members[Number(index)];
  return member ? memberError(member.id) : 'members';
}

function say(error: FieldError): string {
  const { field, code } = error;
  if (field === 'name' && code === 'required') return nameRequired();
  if (field === 'name' && code === 'duplicate')
    return msg('Another inbox has this name.', { id: 'inbox-settings.name.duplicate' });
  if (code === 'needs_read')
    return msg('Grant the right to read as well.', { id: 'inbox-settings.needs-read' });
  if (field.startsWith('members') && code === 'not_found')
    return msg('This is no agent any more. Remove them.', { id: 'inbox-settings.member.gone' });
  return fieldErrorText(error);
}

function nameRequired(): string {
  return msg('Enter a name.', { id: 'settings.value.empty' });
}
