import { msg, str } from '@lit/localize';
import { html, nothing, type LitElement, type TemplateResult } from 'lit';

import type { CaseClient } from '../../src/client/client.js';
import type { Inbox } from '../../src/contract/inboxes.js';
import { failureText } from '../shared/failure.js';
import type { Sentence } from '../shared/field-errors.js';
import { icon } from '../shared/icons.js';
import { renderLines } from '../shared/lazy-part.js';
import { plural } from '../shared/locale.js';
import type { KnownInboxes } from './known-inboxes.js';

/** The inboxes by name, and the way into each. */
export class InboxList {
  readonly #host: LitElement;
  readonly #inboxes: KnownInboxes;
  readonly #open: (client: CaseClient, inbox?: Inbox) => void;
  #done: Sentence | undefined;

  constructor(host: LitElement, inboxes: KnownInboxes, open: (client: CaseClient, inbox?: Inbox) => void) {
    this.#host = host;
    this.#inboxes = inboxes;
    this.#open = open;
  }

  /** Tells that an inbox is stored. */
  saved(name: string, made: boolean): void {
    this.#done = () =>
      made
        ? msg(str`The inbox “${name}” is there.`, { id: 'inbox-settings.said.made' })
        : msg(str`The inbox “${name}” is saved.`, { id: 'inbox-settings.said.saved' });
    this.#host.requestUpdate();
  }

  render(client: CaseClient): TemplateResult {
    return html`<p class="hint">
        ${msg('Queues of cases that wait for somebody. Only members see what waits in one.', {
          id: 'inbox-settings.inboxes.hint',
        })}
      </p>
      <div class="done" role="status">
        ${
          this.#done
            ? html`<div class="banner positive">
                ${icon('check')}
                <p class="grow">${this.#done()}</p>
              </div>`
            : nothing
        }
      </div>
      ${this.#renderItems(client)}
      <button
        class="button"
        type="button"
        data-action="add"
        aria-haspopup="dialog"
        @click=${() => this.#show(client)}
      >
        ${icon('add')} ${msg('Add inbox', { id: 'inbox-settings.inboxes.add' })}
      </button>`;
  }

  #renderItems(client: CaseClient): TemplateResult {
    const { items } = this.#inboxes;
    const { error } = this.#inboxes.state;
    if (error)
      return html`<div class="message" role="alert">
        <p>${failureText(error)}</p>
        <button class="button" type="button" @click=${() => void this.#inboxes.refetch()}>
          ${msg('Try again', { id: 'action.retry' })}
        </button>
      </div>`;
    if (!items) return renderLines();
    if (items.length === 0)
      return html`<p class="none">
        ${msg('There is no inbox yet.', { id: 'inbox-settings.inboxes.none' })}
      </p>`;
    return html`<ul class="values" aria-label=${msg('Inboxes', { id: 'inbox-settings.title' })}>
      ${items.map((inbox) => this.#renderItem(client, inbox))}
    </ul>`;
  }

  #renderItem(client: CaseClient, inbox: Inbox): TemplateResult {
    const { id, name, retired, opensCases, open = 0, members = [] } = inbox;
    const facts = [
      members.length === 0
        ? msg('no members', { id: 'inbox-settings.inbox.no-members' })
        : plural(
            members.length,
            msg('one {# member} other {# members}', { id: 'inbox-settings.inbox.members' }),
          ),
      plural(open, msg('one {# waiting} other {# waiting}', { id: 'inbox-settings.inbox.open' })),
      ...(opensCases ? [] : [msg('members do not open the cases', { id: 'inbox-settings.inbox.closed' })]),
    ];
    return html`<li class="value" data-id=${id}>
      <div class="name">
        <strong dir="auto">${name}</strong>
        ${
          retired
            ? html`<span class="pill">${msg('Retired', { id: 'inbox-settings.retired' })}</span>`
            : nothing
        }
        <span class="hint facts">${facts.join(' · ')}</span>
      </div>
      <div class="tools">
        <button
          class="button quiet end"
          type="button"
          data-control="edit"
          aria-haspopup="dialog"
          aria-label=${msg(str`Edit ${name}`, { id: 'inbox-settings.inbox.edit-of' })}
          @click=${() => this.#show(client, inbox)}
        >
          ${msg('Edit…', { id: 'inbox-settings.inbox.edit' })}
        </button>
      </div>
    </li>`;
  }

  #show(client: CaseClient, inbox?: Inbox): void {
    this.#done = undefined;
    this.#open(client, inbox);
  }
}
