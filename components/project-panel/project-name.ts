import { msg } from '@lit/localize';
import { html, nothing, type LitElement, type TemplateResult } from 'lit';

import type { CaseClient } from '../../src/client/client.js';
import type { Project } from '../../src/contract/projects.js';
import { failureText } from '../shared/failure.js';
import { renderInput } from '../shared/fields.js';
import { FormSubmission } from '../shared/form-submission.js';
import { icon } from '../shared/icons.js';

/** The form that names a project: one that is there, or a new one. */
export class ProjectName {
  readonly #host: LitElement;
  readonly #client: () => CaseClient | undefined;
  readonly #done: (project: Project, isNew: boolean) => void;
  readonly #form: FormSubmission;
  #of: Project | 'new' | undefined;
  #name = '';

  constructor(
    host: LitElement,
    client: () => CaseClient | undefined,
    done: (project: Project, isNew: boolean) => void,
  ) {
    this.#host = host;
    this.#client = client;
    this.#done = done;
    this.#form = new FormSubmission(host);
  }

  get isOpen(): boolean {
    return this.#of !== undefined;
  }

  get dirty(): boolean {
    return this.#of === 'new'
      ? this.#name.trim() !== ''
      : this.#of !== undefined && this.#name !== this.#of.name;
  }

  open(of: Project | 'new'): void {
    this.#of = of;
    this.#name = of === 'new' ? '' : of.name;
    this.#form.reset();
    void this.#host.updateComplete.then(() =>
      this.#host.renderRoot.querySelector<HTMLElement>('#project-name')?.focus(),
    );
  }

  close(): void {
    this.#of = undefined;
    this.#host.requestUpdate();
  }

  /** The form goes, and the focus with it would: it stays with the choice of the project. */
  #leave(): void {
    this.close();
    void this.#host.updateComplete.then(() =>
      this.#host.renderRoot.querySelector<HTMLElement>('.selector')?.focus(),
    );
  }

  render(): unknown {
    if (this.#of === undefined) return nothing;
    const { busy, errors, failure } = this.#form;
    return html`<form class="naming" novalidate @submit=${this.#submit}>
      ${renderInput({
        name: 'project-name',
        label:
          this.#of === 'new'
            ? msg('Name of the new project', { id: 'project.name.new' })
            : msg('Name of the project', { id: 'project.name' }),
        required: true,
        value: this.#name,
        disabled: busy,
        error: errors['name']?.(),
        onChange: (value) => {
          this.#name = value;
          this.#form.touch('name');
          this.#host.requestUpdate();
        },
      })}
      <button class="button primary" type="submit" ?disabled=${busy}>
        ${msg('Save', { id: 'action.save' })}
      </button>
      <button class="button" type="button" @click=${() => this.#leave()}>
        ${msg('Cancel', { id: 'action.cancel' })}
      </button>
      ${failure === undefined ? nothing : renderFailure(failure)}
    </form>`;
  }

  readonly #submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const client = this.#client();
    const of = this.#of;
    if (!client || of === undefined) return;
    const name = this.#name;
    const project = await this.#form.send({
      values: [of === 'new' ? null : of.id, name],
      // `project-name` carries what is wrong with it.
      place: (field) => (field === 'name' ? 'name' : undefined),
      write: (idempotencyKey) =>
        of === 'new'
          ? client.projects.create({ name }, { idempotencyKey })
          : client.projects.update(of.id, { name }, of),
    });
    if (!project) return;
    this.#leave();
    this.#done(project, of === 'new');
  };
}

function renderFailure(failure: unknown): TemplateResult {
  return html`<p class="banner critical" role="alert">
    ${icon('alert')}<span class="grow">${failureText(failure)}</span>
  </p>`;
}
