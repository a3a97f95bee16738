import { msg, str } from '@lit/localize';
import { html, nothing, type LitElement, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';

import type { CaseClient } from '../../src/client/client.js';
import type { ListData } from '../../src/client/live-query.js';
import type { Project, ProjectMessage } from '../../src/contract/projects.js';
import { failureText } from '../shared/failure.js';
import type { Sentence } from '../shared/field-errors.js';
import { renderTextarea } from '../shared/fields.js';
import { formatMoment } from '../shared/format.js';
import { FormSubmission } from '../shared/form-submission.js';
import { icon } from '../shared/icons.js';
import { personName } from '../shared/person.js';
import { QueryController } from '../shared/query-controller.js';
import { renderList } from '../shared/record-links.js';

/** What the messages of a project are given by the panel. */
export interface MessagesLink {
  readonly host: LitElement & {
    readonly client: CaseClient | undefined;
    readonly projectId: string | undefined;
  };
  readonly say: (sentence: Sentence) => void;
}

/** The messages to those who follow a project, and the field a new one is written in. */
export class ProjectMessages {
  readonly #link: MessagesLink;
  readonly #form: FormSubmission;
  readonly #messages: QueryController<
    ListData<ProjectMessage>,
    readonly [CaseClient | undefined, string | undefined]
  >;
  #text = '';

  constructor(link: MessagesLink) {
    const { host } = link;
    this.#link = link;
    this.#form = new FormSubmission(host);
    this.#messages = new QueryController<
      ListData<ProjectMessage>,
      readonly [CaseClient | undefined, string | undefined]
    >(
      host,
      () => [host.client, host.projectId] as const,
      (client, id) => (id ? client?.queries.projectMessages(id) : undefined),
    );
  }

  /** Something is written that is not posted. */
  get dirty(): boolean {
    return this.#text.trim() !== '';
  }

  /** Another project or person: what was written belongs to the one before. */
  reset(): void {
    this.#text = '';
    this.#form.reset();
  }

  render(project: Project): TemplateResult {
    return html`${project.permissions['post']?.allowed ? this.#renderComposer(project) : nothing}
    ${renderList(this.#messages.state, {
      none: () => msg('Nothing has been written yet.', { id: 'project.messages.none' }),
      render: (items) =>
        html`<ul class="messages">
          ${repeat(
            items,
            ({ id }) => id,
            (item) => this.#renderMessage(item),
          )}
        </ul>`,
      again: () => void this.#messages.refetch(),
      more: () => void this.#messages.fetchNext(),
    })}`;
  }

  #renderComposer(project: Project): TemplateResult {
    const { busy, errors, failure } = this.#form;
    return html`<form class="composer" novalidate @submit=${(event: Event) => this.#submit(event, project)}>
      ${renderTextarea({
        name: 'message',
        label: msg('Message to everybody who follows', { id: 'project.message' }),
        value: this.#text,
        disabled: busy,
        error: errors['text']?.(),
        onChange: (value) => {
          this.#text = value;
          this.#form.touch('text');
          this.#link.host.requestUpdate();
        },
      })}
      ${
        failure === undefined
          ? nothing
          : html`<p class="banner critical" role="alert">
              ${icon('alert')}<span class="grow">${failureText(failure)}</span>
            </p>`
      }
      <button class="button primary" type="submit" ?disabled=${busy || !this.dirty}>
        ${
          busy
            ? msg('Posting…', { id: 'project.message.posting' })
            : msg('Post message', { id: 'project.message.post' })
        }
      </button>
    </form>`;
  }

  #renderMessage({ text, by, at, delivery }: ProjectMessage): TemplateResult {
    const failed = delivery?.failed ?? [];
    return html`<li part="project-message">
      <span class="hint"><bdi>${personName(by)}</bdi> · ${formatMoment(at) ?? ''}</span>
      <p dir="auto">${text}</p>
      ${failed.map(({ person, reason }) => {
        const name = personName(person);
        return html`<p class="error">
          ${icon('alert')}<span
            >${
              reason
                ? msg(str`Did not reach ${name}: ${reason}`, { id: 'project.message.failed.reason' })
                : msg(str`Did not reach ${name}.`, { id: 'project.message.failed' })
            }</span
          >
        </p>`;
      })}
    </li>`;
  }

  async #submit(event: Event, { id }: Project): Promise<void> {
    event.preventDefault();
    const { client } = this.#link.host;
    const text = this.#text;
    if (!client || !this.dirty) return;
    const posted = await this.#form.send({
      values: [id, text],
      place: (field) => (field === 'text' ? 'text' : undefined),
      write: (idempotencyKey) => client.projects.post(id, { text }, { idempotencyKey }),
    });
    if (!posted) return;
    if (this.#text === text) this.#text = '';
    this.#link.say(() => msg('The message was posted.', { id: 'project.message.posted' }));
  }
}
