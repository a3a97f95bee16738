import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';

import type { EntryAction, InboxEntry } from '../../src/contract/inbox-entries.js';
import type { Settings } from '../../src/contract/settings.js';
import { formatAge, formatInstant, initials } from '../shared/format.js';
import { icon } from '../shared/icons.js';
import { personName } from '../shared/person.js';
import { inboxIcon } from './inbox-icons.js';
import { renderBox } from './inbox-row-box.js';
import type { InboxColumn } from './inbox-table.columns.js';
import { columnLabel, dueWords, entryRefusal, entryTitle, ownerLabel } from './inbox-words.js';

/** What can be pressed on a row. */
export type RowAct = 'message' | 'lock' | 'complete' | 'cancel' | 'forward' | 'notes' | 'open';

/** What rows need to know besides their entries. */
export interface InboxRowView {
  readonly columns: readonly InboxColumn[];
  readonly settings: Settings | undefined;
  /** The id of who reads. */
  readonly actorId: string;
  /** The row that the Tab key reaches. */
  readonly current: string | undefined;
  /** Whose message is open. */
  readonly isOpen: (id: string) => boolean;
  /** The entry that is to be given back, asked about below its row. */
  readonly asking: string | undefined;
  readonly isBusy: (id: string) => boolean;
  readonly isFresh: (entry: InboxEntry) => boolean;
  /** Whether the reader may forward what is in an inbox at all: without the right there is no arrow (IB-12). */
  readonly mayForward: (inboxId: string) => boolean;
  readonly onAct: (act: RowAct, entry: InboxEntry) => void;
  readonly onFocus: (id: string) => void;
  readonly onRelease: (entry: InboxEntry) => void;
  readonly onKeep: () => void;
  readonly onAssign: (entry: InboxEntry) => void;
  readonly onCustomer: (event: Event, customerId: string) => void;
  /** The way to a customer: an address, a press, or none (IB-21). */
  readonly customerWay: (customerId: string) => string | boolean;
  /** What the host offers about an entry, before the ways to its case and customer. */
  readonly actionsFor: (entry: InboxEntry) => unknown;
}

/** The entries as a table; a narrow one shows the same rows as cards. */
export function renderEntries(entries: readonly InboxEntry[], view: InboxRowView): TemplateResult {
  return html`<table part="table" role="table" aria-labelledby="title" aria-describedby="keys-hint">
    <caption class="visually-hidden" id="keys-hint">
      ${msg('Up and Down go from row to row. The question mark shows all keys.', { id: 'inbox-table.keys.hint' })}
    </caption>
    <thead>
      <tr role="row">
        ${view.columns.map(
          (column) => html`<th scope="col" role="columnheader" class=${column}>${columnLabel(column)}</th>`,
        )}
      </tr>
    </thead>
    <tbody>
      ${repeat(
        entries,
        ({ id }) => id,
        (entry) => renderEntry(entry, view),
      )}
    </tbody>
  </table>`;
}

function renderEntry(entry: InboxEntry, view: InboxRowView): TemplateResult {
  const { id } = entry;
  const open = view.isOpen(id) || view.asking === id;
  const classes = ['entry', open && 'opened', view.isFresh(entry) && 'fresh'].filter(Boolean).join(' ');
  return html`<tr
      role="row"
      class=${classes}
      part="item"
      data-entry=${id}
      aria-busy=${view.isBusy(id) ? 'true' : nothing}
      @focusin=${() => view.onFocus(id)}
    >
      ${view.columns.map((column) => renderCell(column, entry, view))}
    </tr>
    ${open ? renderBox(entry, view) : nothing}`;
}

function renderCell(column: InboxColumn, entry: InboxEntry, view: InboxRowView): TemplateResult {
  switch (column) {
    case 'case':
      return renderCase(entry, view);
    case 'customer':
      return html`<td role="cell" class="customer"><bdi>${entry.customer?.name}</bdi></td>`;
    case 'inbox':
      return html`<td role="cell" class="inbox"><bdi>${entry.inbox.name}</bdi></td>`;
    case 'from':
      return html`<td role="cell" class="from"><bdi>${entry.from?.name}</bdi></td>`;
    case 'sent':
      return html`<td role="cell" class="sent" title=${formatInstant(entry.sentAt) ?? nothing}>
        <bdi>${entry.sentAt ? formatAge(entry.sentAt) : ''}</bdi>
      </td>`;
    case 'due':
      return renderDue(entry, view);
    case 'owner':
      return renderOwner(entry, view);
    case 'actions':
      return renderActions(entry, view);
  }
}

/** The title is the way to the case, and where the row takes the focus. */
function renderCase(entry: InboxEntry, { columns, current, onAct }: InboxRowView): TemplateResult {
  const { id, case: about, from } = entry;
  const facts = [
    about && `#${about.number}`,
    from && !columns.includes('from') && msg(str`from ${from.name}`, { id: 'inbox-table.from' }),
    !about &&
      entry.permissions['openCase']?.rule === 'inboxes.case-hidden' &&
      msg('case not shown to you', { id: 'inbox-table.case-hidden' }),
    about && about.status === 'closed' && msg('case closed', { id: 'inbox-table.case-closed' }),
  ].filter((fact) => typeof fact === 'string');
  return html`<td role="cell" class="case">
    <button
      type="button"
      class="subject"
      data-row=${id}
      tabindex=${id === current ? 0 : -1}
      dir="auto"
      @click=${() => onAct('open', entry)}
    >
      ${entryTitle(entry)}
    </button>
    ${
      facts.length > 0
        ? html`<span class="meta"
            >${facts.map((fact, at) => html`${at > 0 ? ' · ' : ''}<bdi>${fact}</bdi>`)}</span
          >`
        : nothing
    }
  </td>`;
}

function renderDue(entry: InboxEntry, { settings }: InboxRowView): TemplateResult {
  const { text, title, tone } = dueWords(entry, settings);
  return html`<td role="cell" class="due">
    <time
      class=${tone === 'plain' ? tone : `pill ${tone}`}
      datetime=${entry.dueOn ?? nothing}
      title=${title === text ? nothing : title}
      ><bdi>${text}</bdi></time
    >
  </td>`;
}

function renderOwner({ owner }: InboxEntry, { actorId }: InboxRowView): TemplateResult {
  if (!owner)
    return html`<td role="cell" class="owner"><span class="nobody">${ownerLabel('none')}</span></td>`;
  const name = personName(owner);
  const own = owner.id === actorId;
  return html`<td role="cell" class="owner">
    <span class=${own ? 'avatar own' : 'avatar'} aria-hidden="true">${initials(name)}</span>
    <bdi title=${own ? name : nothing}>${own ? ownerLabel('me') : name}</bdi>
  </td>`;
}

/** What stands on one button of a row. */
interface ActView {
  readonly label: string;
  readonly icon: unknown;
  /** Why it cannot be pressed; it stays in reach, for the reason to be read. */
  readonly refusal?: string | undefined;
  readonly strong?: boolean;
  readonly expanded?: boolean;
}

function renderActions(entry: InboxEntry, view: InboxRowView): TemplateResult {
  const { id, owner } = entry;
  const open = view.isOpen(id);
  const own = owner?.id === view.actorId;
  const refusal = (action: EntryAction) => entryRefusal(entry, action);
  const button = (act: RowAct, { label, icon: drawn, refusal: why, strong, expanded }: ActView) =>
    html`<button
      class=${strong ? 'button quiet icon strong' : 'button quiet icon'}
      type="button"
      data-act=${act}
      tabindex=${id === view.current ? 0 : -1}
      aria-label=${label}
      title=${why ?? label}
      aria-disabled=${why === undefined ? nothing : 'true'}
      aria-expanded=${expanded === undefined ? nothing : expanded ? 'true' : 'false'}
      aria-controls=${expanded === undefined ? nothing : `box-${id}`}
      @click=${() => view.onAct(act, entry)}
    >
      ${drawn}
    </button>`;
  return html`<td role="cell" class="actions">
    ${button('message', {
      label: msg('Message', { id: 'inbox.field.message' }),
      icon: inboxIcon('info'),
      strong: open,
      expanded: open,
    })}
    ${
      own
        ? button('lock', {
            label: msg('Give back', { id: 'inbox-table.release' }),
            icon: icon('lock'),
            strong: true,
            refusal: refusal('release'),
          })
        : button('lock', {
            label: msg('Take', { id: 'inbox-table.take' }),
            icon: owner ? icon('lock') : inboxIcon('unlock'),
            refusal: refusal('take'),
          })
    }
    ${button('complete', {
      label: msg('Complete', { id: 'inbox-table.complete' }),
      icon: icon('check'),
      refusal: refusal('complete'),
    })}
    ${button('cancel', {
      label: msg('Cancel entry', { id: 'inbox-table.cancel' }),
      icon: icon('close'),
      refusal: refusal('cancel'),
    })}
    ${
      view.mayForward(entry.inbox.id)
        ? button('forward', {
            label: msg('Forward', { id: 'inbox-table.forward' }),
            icon: inboxIcon('forward'),
            refusal: refusal('forward'),
          })
        : html`<span class="no-button"></span>`
    }
    ${button('notes', {
      label: msg('Maintain case', { id: 'inbox-table.notes' }),
      icon: inboxIcon('note'),
      refusal: refusal('openCase'),
    })}
  </td>`;
}
