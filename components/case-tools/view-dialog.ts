import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { live } from 'lit/directives/live.js';

import type { NewView, View } from '../../src/contract/views.js';
import { isConflictError, isNotFoundError, isValidationError } from '../../src/errors.js';
import { failureText } from '../shared/failure.js';
import type { Sentence } from '../shared/field-errors.js';
import { renderInput } from '../shared/fields.js';
import { FormSubmission } from '../shared/form-submission.js';
import { icon } from '../shared/icons.js';
import { plural } from '../shared/locale.js';
import { Modal } from '../shared/modal.js';
import { roleLabel, rolesToOffer } from '../shared/roles.js';
import type { ViewsLink } from './views-body.js';

type Task = { readonly kind: 'create' } | { readonly kind: 'edit' | 'remove'; readonly view: View };

interface Typed {
  readonly name: string;
  readonly shared: boolean;
  readonly roles: readonly string[];
}

const empty: Typed = { name: '', shared: false, roles: [] };

/** The dialogs in which a view is kept, renamed, shared and removed. What is typed stays until it is saved or discarded. */
export class ViewDialog {
  readonly #link: ViewsLink;
  readonly #modal: Modal;
  readonly #submission: FormSubmission;
  #task: Task | undefined;
  #typed = empty;
  #start = empty;
  #gone = false;
  // How many views one person may keep, once there are so many.
  #most: number | undefined;

  constructor(link: ViewsLink) {
    this.#link = link;
    this.#submission = new FormSubmission(link.host);
    this.#modal = new Modal(link.host, {
      dirty: () =>
        this.#task?.kind !== 'remove' && JSON.stringify(this.#typed) !== JSON.stringify(this.#start),
      discard: () => undefined,
      closed: () => (this.#task = undefined),
    });
  }

  /** Asks for the name of a new view of the list as it stands. */
  create(): void {
    this.#open({ kind: 'create' }, empty);
  }

  /** Renames a view, and says for whom it is. */
  edit(view: View): void {
    const { name, visibility } = view;
    const shared = visibility.kind === 'roles';
    this.#open({ kind: 'edit', view }, { name, shared, roles: shared ? visibility.roles : [] });
  }

  /** Asks before a view is removed. */
  remove(view: View): void {
    this.#open({ kind: 'remove', view }, empty);
  }

  render(): TemplateResult | typeof nothing {
    const task = this.#task;
    if (!task || !this.#modal.isOpen) return nothing;
    return html`<dialog
      class="view"
      role=${task.kind === 'remove' ? 'alertdialog' : 'dialog'}
      aria-labelledby="view-title"
      aria-describedby=${task.kind === 'remove' ? 'view-text' : nothing}
      @keydown=${this.#modal.onKeydown}
      @cancel=${this.#modal.onCancel}
      @close=${this.#modal.onClose}
      @pointerdown=${this.#modal.onPointerdown}
      @click=${this.#modal.onClick}
    >
      <form novalidate @submit=${this.#onSubmit}>
        <header role="presentation" ?inert=${this.#modal.asking}>
          <h2 id="view-title" dir="auto">${titleText(task)}</h2>
          <button
            class="button quiet icon"
            type="button"
            aria-label=${msg('Close', { id: 'action.close' })}
            @click=${this.#leave}
          >
            ${icon('close')}
          </button>
        </header>
        <div class="body" ?inert=${this.#modal.asking}>
          ${this.#renderTrouble(task)}
          ${task.kind === 'remove' ? this.#renderQuestion(task.view) : this.#renderFields(task)}
        </div>
        <footer role="presentation">
          ${this.#modal.asking ? this.#modal.renderQuestion() : this.#renderActions(task)}
        </footer>
      </form>
    </dialog>`;
  }

  #renderQuestion({ visibility }: View): TemplateResult {
    return html`<p id="view-text">
      ${
        visibility.kind === 'roles'
          ? msg('It goes for everybody it is shared with. No case is touched.', { id: 'views.delete.shared' })
          : msg('No case is touched.', { id: 'views.delete.own' })
      }
    </p>`;
  }

  #renderFields(task: Task): TemplateResult {
    const { errors } = this.#submission;
    return html`${renderInput({
      name: 'view-name',
      label: msg('Name', { id: 'views.name' }),
      value: this.#typed.name,
      required: true,
      error: errors['view-name'] && this.#most !== undefined ? fullText(this.#most) : errors['view-name']?.(),
      hint:
        task.kind === 'create'
          ? msg('Keeps the filters, the order and the columns as they are now.', { id: 'views.create.hint' })
          : undefined,
      onChange: (name) => this.#type({ name }, 'view-name'),
    })}
    ${this.#mayShare ? this.#renderVisibility(task) : nothing}`;
  }

  #renderVisibility(task: Task): TemplateResult {
    const { shared, roles } = this.#typed;
    const error = this.#submission.errors['view-roles']?.();
    const session = this.#link.session();
    const mine = task.kind !== 'edit' || task.view.owner?.id === session?.actor.id;
    const option = (value: boolean, text: string, disabled = false) =>
      html`<label class="tick">
        <input
          type="radio"
          name="view-shared"
          .checked=${live(shared === value)}
          ?disabled=${disabled}
          @change=${() => this.#type({ shared: value }, 'view-roles')}
        />
        ${text}
      </label>`;
    return html`<fieldset>
        <legend>${msg('Who sees it', { id: 'views.visibility' })}</legend>
        ${option(false, msg('Only me', { id: 'views.visibility.private' }), !mine)}
        ${option(true, msg('Everybody with one of these roles', { id: 'views.visibility.roles' }))}
        ${mine ? nothing : html`<p class="hint">${msg('Only its owner can make it private.', { id: 'views.visibility.owner' })}</p>`}
      </fieldset>
      ${
        shared
          ? html`<fieldset
              class="roles"
              aria-invalid=${ifDefined(error ? 'true' : undefined)}
              aria-describedby=${ifDefined(error ? 'view-roles-error' : undefined)}
              tabindex="-1"
            >
              <legend>${msg('Roles', { id: 'views.roles' })}</legend>
              ${rolesToOffer(session?.actor.roles ?? [], this.#start.roles).map(
                (role) =>
                  html`<label class="tick">
                    <input
                      type="checkbox"
                      name="view-role"
                      value=${role}
                      .checked=${live(roles.includes(role))}
                      @change=${(event: Event) => this.#tick(role, (event.target as HTMLInputElement).checked)}
                    />
                    <bdi>${roleLabel(role)}</bdi>
                  </label>`,
              )}
              ${
                error
                  ? html`<p class="error" id="view-roles-error">${icon('alert')}<span>${error}</span></p>`
                  : nothing
              }
            </fieldset>`
          : nothing
      }`;
  }

  /** Why it was not done: nothing of what was typed is lost by it. */
  #renderTrouble(task: Task): TemplateResult | typeof nothing {
    const { failure } = this.#submission;
    const text = this.#gone
      ? msg('This view was removed meanwhile. You can save it as a new one.', { id: 'views.gone' })
      : !failure
        ? undefined
        : isConflictError(failure)
          ? conflictText(task, failureText(failure))
          : failureText(failure);
    if (text === undefined) return nothing;
    return html`<p
      class="banner ${this.#gone || isConflictError(failure) ? 'caution' : 'critical'}"
      role="alert"
    >
      ${icon('alert')}<span class="grow" dir="auto">${text}</span>
    </p>`;
  }

  #renderActions({ kind }: Task): TemplateResult {
    const { busy } = this.#submission;
    return html`<div class="actions">
      <button class="button" type="button" ?autofocus=${kind === 'remove'} @click=${this.#leave}>
        ${msg('Cancel', { id: 'action.cancel' })}
      </button>
      <button
        class="button ${kind === 'remove' ? 'danger' : 'primary'}"
        type="submit"
        aria-busy=${busy ? 'true' : 'false'}
      >
        ${
          kind === 'remove'
            ? msg('Delete view', { id: 'views.delete.confirm' })
            : busy
              ? msg('Saving…', { id: 'action.saving' })
              : msg('Save view', { id: 'views.create.confirm' })
        }
      </button>
    </div>`;
  }

  readonly #onSubmit = (event: Event): void => {
    event.preventDefault();
    if (this.#task?.kind === 'remove') void this.#delete(this.#task.view);
    else if (this.#task) void this.#save(this.#task);
  };

  readonly #leave = (): void => this.#modal.requestClose();

  async #save(task: Task): Promise<void> {
    const client = this.#link.client();
    const name = this.#typed.name.trim();
    const { shared, roles } = this.#typed;
    if (!client || this.#submission.busy) return;
    const errors: Record<string, Sentence> = {
      ...(!name && { 'view-name': () => msg('Enter a name.', { id: 'views.name.required' }) }),
      ...(shared &&
        roles.length === 0 && {
          'view-roles': () => msg('Choose at least one role.', { id: 'views.roles.required' }),
        }),
    };
    this.#most = undefined;
    if (!this.#submission.accept(errors)) return;
    const visibility: NewView['visibility'] = shared
      ? { kind: 'roles', roles: [...roles] }
      : { kind: 'private' };
    const input: NewView = { name, ...(this.#mayShare && { visibility }) };
    const saved = await this.#submission.send({
      values: [input, task.kind === 'edit' ? task.view.version : this.#link.present()],
      place: (field) =>
        field === 'name' ? 'view-name' : field.startsWith('visibility') ? 'view-roles' : undefined,
      write: (idempotencyKey) =>
        task.kind === 'edit'
          ? client.views.update(task.view.id, input, { version: task.view.version })
          : client.views
              .create({ ...input, ...this.#link.present() }, { idempotencyKey })
              .catch((error: unknown) => {
                this.#most = mostViews(error);
                throw error;
              }),
    });
    if (!saved) {
      this.#meet(task);
      return;
    }
    this.#modal.close();
    this.#link.followed.written(saved);
  }

  async #delete(view: View): Promise<void> {
    const client = this.#link.client();
    if (!client || this.#submission.busy) return;
    const removed = await this.#submission.send({
      values: [view.id, view.version],
      place: () => undefined,
      write: async () => {
        await client.views.delete(view.id, { version: view.version }).catch((error: unknown) => {
          // Somebody was faster.
          if (!isNotFoundError(error)) throw error;
        });
        return true;
      },
    });
    if (!removed) {
      this.#meet({ kind: 'remove', view });
      return;
    }
    this.#modal.close();
    if (this.#link.followed.view?.id === view.id) this.#link.followed.removed();
  }

  /** Takes up what the refusal tells: the view as it stands now, or that it is gone. */
  #meet(task: Task): void {
    const { failure } = this.#submission;
    if (task.kind === 'create') return;
    if (isConflictError(failure)) {
      const newer = failure.current as View | undefined;
      if (newer) this.#task = { ...task, view: newer };
    } else if (isNotFoundError(failure)) {
      this.#gone = true;
      this.#task = { kind: 'create' };
    }
    this.#link.host.requestUpdate();
  }

  #open(task: Task, typed: Typed): void {
    this.#task = task;
    this.#typed = typed;
    this.#start = typed;
    this.#gone = false;
    this.#submission.reset();
    this.#modal.show();
    void this.#link.host.updateComplete.then(() => {
      const dialog = this.#link.host.renderRoot.querySelector('dialog');
      dialog?.querySelector<HTMLElement>(task.kind === 'remove' ? '[autofocus]' : '#view-name')?.focus();
    });
  }

  #tick(role: string, checked: boolean): void {
    const others = this.#typed.roles.filter((other) => other !== role);
    this.#type({ roles: checked ? [...others, role] : others }, 'view-roles');
  }

  #type(change: Partial<Typed>, field: string): void {
    this.#typed = { ...this.#typed, ...change };
    this.#submission.touch(field);
    this.#link.host.requestUpdate();
  }

  get #mayShare(): boolean {
    return this.#link.session()?.permissions['shareViews']?.allowed === true;
  }
}

/** The limit that was met, where that is what was refused. */
function mostViews(error: unknown): number | undefined {
  const refused = isValidationError(error) ? error.errors : [];
  return refused.find(({ code }) => code === 'too_many')?.limit;
}

function fullText(most: number): string {
  return plural(
    most,
    msg(
      'one {You have # view, and no room for more. Delete it first.} other {You have # views, and no room for more. Delete one you no longer need.}',
      { id: 'views.full' },
    ),
  );
}

function titleText(task: Task): string {
  if (task.kind === 'create') return msg('Save as a new view', { id: 'views.create.title' });
  if (task.kind === 'edit') return msg('Edit the view', { id: 'views.edit.title' });
  return msg(str`Delete the view “${task.view.name}”?`, { id: 'views.delete.title' });
}

/** Who was faster, and what pressing the button once more does. */
function conflictText(task: Task, who: string): string {
  if (task.kind === 'remove')
    return `${who} ${msg('Delete it all the same?', { id: 'views.conflict.delete' })}`;
  const name = task.kind === 'edit' ? task.view.name : '';
  return `${who} ${msg(str`It is called “${name}” now. Saving again puts yours in its place.`, { id: 'views.conflict.edit' })}`;
}
