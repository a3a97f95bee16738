import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';

import type { InboxEntry } from '../../src/contract/inbox-entries.js';
import { formatAge } from '../shared/format.js';
import { personName } from '../shared/person.js';
import { inboxIcon } from './inbox-icons.js';
import type { InboxRowView } from './inbox-rows.js';
import { entryRefusal, entryTitle } from './inbox-words.js';

/** What opens below a row: why it is here, what can be done about it, the question whether to give it back (IB-06, IB-29). */
export function renderBox(entry: InboxEntry, view: InboxRowView): TemplateResult {
  const { id, sentBy, sentAt } = entry;
  const who = sentBy ? personName(sentBy) : undefined;
  const when = sentAt ? formatAge(sentAt) : '';
  const title = entryTitle(entry);
  return html`<tr role="row" class="box-row" part="box">
    <td role="cell" colspan=${view.columns.length}>
      <div
        class="box"
        id="box-${id}"
        data-box=${id}
        role="group"
        aria-label=${msg(str`Message about ${title}`, { id: 'inbox-table.box' })}
      >
        ${view.asking === id ? renderReleaseQuestion(entry, view) : nothing}
        ${
          view.isOpen(id)
            ? html`${
                  entry.message.trim()
                    ? html`<p class="words" dir="auto">${entry.message}</p>`
                    : html`<p class="words none">${msg('No message', { id: 'inbox-table.no-message' })}</p>`
                }
                ${
                  who
                    ? html`<p class="hint">${msg(str`${who}, ${when}`, { id: 'inbox-table.sent-by' })}</p>`
                    : nothing
                }
                <div class="ways">
                  ${view.actionsFor(entry)} ${renderOpenCase(entry, view)} ${renderCustomer(entry, view)}
                  ${renderAssign(entry, view)}
                </div>`
            : nothing
        }
      </div>
    </td>
  </tr>`;
}

function renderReleaseQuestion(entry: InboxEntry, view: InboxRowView): TemplateResult {
  const title = entryTitle(entry);
  return html`<div
    class="banner caution question"
    role="alertdialog"
    aria-labelledby="release-title"
    aria-describedby="release-text"
    @keydown=${(event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      view.onKeep();
    }}
  >
    <p class="grow">
      <strong id="release-title" dir="auto">
        ${msg(str`Give “${title}” back?`, { id: 'inbox-table.release.title' })}
      </strong>
      <span id="release-text">
        ${msg('Nobody will own it, and everybody here can take it.', { id: 'inbox-table.release.text' })}
      </span>
    </p>
    <button class="button" type="button" data-keep @click=${view.onKeep}>
      ${msg('Keep it', { id: 'inbox-table.release.keep' })}
    </button>
    <button class="button primary" type="button" data-confirm @click=${() => view.onRelease(entry)}>
      ${msg('Give back', { id: 'inbox-table.release' })}
    </button>
  </div>`;
}

function renderOpenCase(entry: InboxEntry, view: InboxRowView): TemplateResult | typeof nothing {
  if (!entry.case && entry.permissions['openCase']?.rule !== 'inboxes.case-hidden') return nothing;
  const refusal = entryRefusal(entry, 'openCase');
  return html`<button
      class="button"
      type="button"
      data-act="open"
      aria-disabled=${refusal ? 'true' : nothing}
      title=${refusal ?? nothing}
      @click=${() => view.onAct('open', entry)}
    >
      ${msg('Open case', { id: 'inbox-table.open-case' })}
    </button>
    ${refusal ? html`<span class="hint why">${refusal}</span>` : nothing}`;
}

/** A link where the host says where customers are, a button where it listens; else it says that there is no way. */
function renderCustomer(entry: InboxEntry, view: InboxRowView): TemplateResult | typeof nothing {
  if (!entry.customer) return nothing;
  const { id } = entry.customer;
  const way = view.customerWay(id);
  const onClick = (event: Event) => view.onCustomer(event, id);
  const label = html`${inboxIcon('person')} ${msg('Open customer', { id: 'inbox-table.open-customer' })}`;
  const refusal =
    entryRefusal(entry, 'openCustomer') ??
    (way === false
      ? msg('This page does not show customers.', { id: 'inbox-table.no-customers' })
      : undefined);
  if (refusal)
    return html`<button class="button" type="button" disabled title=${refusal}>${label}</button>
      <span class="hint why">${refusal}</span>`;
  return typeof way === 'string'
    ? html`<a class="button" href=${way} @click=${onClick}>${label}</a>`
    : html`<button class="button" type="button" @click=${onClick}>${label}</button>`;
}

/** For administrators; for everybody else there is nothing, since no state of the entry would change that. */
function renderAssign(entry: InboxEntry, view: InboxRowView): TemplateResult | typeof nothing {
  if (!entry.permissions['assign']?.allowed) return nothing;
  return html`<button class="button" type="button" data-act="assign" @click=${() => view.onAssign(entry)}>
    ${msg('Assign…', { id: 'inbox-table.assign' })}
  </button>`;
}
