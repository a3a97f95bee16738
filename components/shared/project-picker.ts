import { msg, str } from '@lit/localize';
import { html, nothing, type LitElement, type TemplateResult } from 'lit';

import type { CaseClient } from '../../src/client/client.js';
import type { NamedRef } from '../../src/contract/common.js';
import type { Project } from '../../src/contract/projects.js';
import { addStyles } from './add-styles.js';
import type { FieldErrors } from './field-errors.js';
import type { FieldView } from './fields.js';
import { icon } from './icons.js';
import { RecordPicker } from './record-picker.js';
import { tagInput } from './tag-input.styles.js';

const shown = 10;

/** How a field for a project is drawn. */
export interface ProjectView extends FieldView {
  readonly project: NamedRef | null;
  readonly onChange: (project: NamedRef | null) => void;
}

/** The project of a case, as a chip that can be taken off, with a combobox over those the actor may see. */
export class ProjectPicker {
  readonly #host: LitElement;
  readonly #picker: RecordPicker<Project>;
  #view: ProjectView | undefined;

  constructor(host: LitElement, client: () => CaseClient | undefined) {
    this.#host = host;
    this.#picker = new RecordPicker<Project>({
      host,
      client,
      name: 'project',
      list: 'projects',
      // What was picked stands before the field, which stays free for another.
      several: true,
      search: (from, term) => from.queries.projects({ limit: shown, ...(term && { q: term }) }),
      keyOf: ({ id }) => id,
      onPick: (project) => {
        if (project) this.#view?.onChange({ id: project.id, name: project.name });
        this.#host.requestUpdate();
      },
    });
    addStyles(host, tagInput);
  }

  /** Something is typed that is no project yet. */
  get pending(): boolean {
    return this.#picker.text.trim() !== '';
  }

  /** What keeps the form from being sent: a name that is no project's. One that was typed whole is taken. */
  get errors(): FieldErrors {
    this.#picker.settle();
    const text = this.#picker.text.trim();
    if (text === '') return {};
    return {
      project: () =>
        msg(str`No project is called “${text}”. Choose one from the list, or empty the field.`, {
          id: 'project.pick.unknown',
        }),
    };
  }

  /** Empties what is typed. */
  reset(): void {
    this.#picker.show(undefined);
  }

  render(view: ProjectView): TemplateResult {
    this.#view = view;
    const { project } = view;
    return this.#picker.render({
      ...view,
      hint: msg('Whoever follows the project sees its cases.', { id: 'project.pick.hint' }),
      placeholder: project
        ? msg('Type to choose another', { id: 'project.pick.another' })
        : msg('Type a name', { id: 'bulk.assignee.placeholder' }),
      listLabel: msg('Projects', { id: 'project.title' }),
      none: msg('No project matches.', { id: 'project.pick.none' }),
      renderRecord: ({ name }) => html`<span class="name" dir="auto">${name}</span>`,
      // An empty one, too: with another shape around it the field would be another, and lose the focus.
      chips: html`${project ? this.#renderChip(project) : nothing}`,
      onBackspace: () => this.#take(null),
    });
  }

  #renderChip({ name }: NamedRef): TemplateResult {
    return html`<ul aria-label=${msg('Chosen', { id: 'share.chosen.list' })}>
      <li class="tag">
        <span dir="auto">${name}</span>
        <button
          type="button"
          aria-label=${msg(str`Take the case out of ${name}`, { id: 'project.pick.remove' })}
          @click=${() => {
            this.#take(null);
            this.#host.renderRoot.querySelector<HTMLElement>('#project')?.focus();
          }}
        >
          ${icon('close')}
        </button>
      </li>
    </ul>`;
  }

  #take(project: NamedRef | null): void {
    if (this.#view?.project !== project) this.#view?.onChange(project);
  }
}
