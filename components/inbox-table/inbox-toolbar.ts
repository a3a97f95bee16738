import { msg } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';

import { icon } from '../shared/icons.js';
import { formatNumber, plural } from '../shared/locale.js';
import { refusalText } from '../shared/verdict.js';
import type { Inbox } from '../../src/contract/inboxes.js';
import { inboxIcon } from './inbox-icons.js';
import { renderKeys } from './inbox-keys.js';
import { inboxDues, inboxOwners, mine, type InboxFilters } from './inbox-table.filters.js';
import { dueLabel, ownerLabel } from './inbox-words.js';

/** What the bar above the entries shows. */
export interface ToolbarView {
  readonly inboxes: readonly Inbox[];
  readonly count: number | undefined;
  readonly chosen: string | undefined;
  readonly filters: InboxFilters;
  readonly onChange: (filters: InboxFilters) => void;
  /** The list of keys is about to show, shows, or has gone. */
  readonly onKeysToggle: (event: ToggleEvent) => void;
}

/** The heading, a tab for each inbox and one for what is the reader's own, the filters, the keys. */
export function renderToolbar(view: ToolbarView): TemplateResult {
  const { inboxes } = view;
  return html`<div class="toolbar" part="toolbar">
    <slot name="heading"><h2 id="title">${msg('Inbox messages', { id: 'inbox-table.heading' })}</h2></slot>
    ${inboxes.length > 0 ? renderTabs(view) : nothing}
    <div class="filters">${inboxes.length > 0 ? renderFilters(view) : nothing}</div>
    <button
      class="button quiet icon keys"
      id="keys"
      type="button"
      popovertarget="keys-list"
      aria-label=${msg('Keys', { id: 'inbox-table.keys' })}
      title=${msg('Keys', { id: 'inbox-table.keys' })}
    >
      ${inboxIcon('help')}
    </button>
    <div
      class="keys-list"
      id="keys-list"
      part="keys"
      popover="auto"
      tabindex="-1"
      ?autofocus=${true}
      role="group"
      aria-labelledby="keys"
      @beforetoggle=${view.onKeysToggle}
      @toggle=${view.onKeysToggle}
    >
      ${renderKeys()}
    </div>
  </div>`;
}

function renderTabs({ inboxes, count, chosen, filters, onChange }: ToolbarView): TemplateResult {
  const tab = (id: string, name: string, entries: number | undefined, refusal?: string) => {
    const selected = id === chosen;
    return html`<button
      class="tab"
      part="tab"
      role="tab"
      type="button"
      data-tab=${id}
      aria-selected=${selected ? 'true' : 'false'}
      aria-controls="entries"
      tabindex=${selected ? 0 : -1}
      title=${refusal ?? nothing}
      @click=${() => onChange({ ...filters, inbox: id })}
    >
      <bdi>${name}</bdi>
      ${refusal ? icon('lock') : nothing}
      ${
        entries === undefined
          ? nothing
          : html`<span class="badge" part="count" aria-hidden="true">${formatNumber(entries)}</span
              ><span class="visually-hidden"
                >${plural(entries, msg('one {# entry} other {# entries}', { id: 'inbox-table.count' }))}</span
              >`
      }
    </button>`;
  };
  return html`<div
    class="tabs"
    role="tablist"
    aria-label=${msg('Inboxes', { id: 'inbox.field.inboxes' })}
    @keydown=${moveBetweenTabs}
  >
    ${inboxes.map(({ id, name, open, permissions }) =>
      tab(id, name, open, permissions['read']?.allowed ? undefined : refusalText(permissions['read'])),
    )}
    ${tab(mine, msg('Mine', { id: 'inbox-table.mine' }), count)}
  </div>`;
}

function renderFilters({ chosen, filters, onChange }: ToolbarView): TemplateResult {
  const due = msg('Due', { id: 'inbox-table.column.due' });
  const owner = msg('Owner', { id: 'inbox-table.filter.owner' });
  return html`${renderSelect(due, filters.due, inboxDues, dueLabel, (value) =>
    onChange(changed(filters, 'due', value)),
  )}
  ${
    chosen === mine
      ? nothing
      : renderSelect(owner, filters.owner, inboxOwners, ownerLabel, (value) =>
          onChange(changed(filters, 'owner', value)),
        )
  }`;
}

/** One filter: its name stands in the place of a value while it filters nothing. */
function renderSelect<T extends string>(
  name: string,
  value: T | undefined,
  values: readonly T[],
  label: (value: T) => string,
  onChange: (value: T | undefined) => void,
): TemplateResult {
  return html`<select
    class=${value ? 'input filter on' : 'input filter'}
    aria-label=${name}
    @change=${(event: Event) =>
      onChange(values.find((one) => one === (event.target as HTMLSelectElement).value))}
  >
    <option value="" .selected=${live(value === undefined)}>${name}</option>
    ${values.map((one) => html`<option value=${one} .selected=${live(one === value)}>${label(one)}</option>`)}
  </select>`;
}

function changed<K extends keyof InboxFilters>(filters: InboxFilters, name: K, value: InboxFilters[K]) {
  const others = Object.fromEntries(Object.entries(filters).filter(([key]) => key !== name));
  return { ...others, ...(value !== undefined && { [name]: value }) };
}

/** The arrows go from tab to tab as they are read, and choose. */
function moveBetweenTabs(event: KeyboardEvent): void {
  const tabs = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('[role=tab]')];
  const place = tabs.indexOf(event.target as HTMLElement);
  const rightward = getComputedStyle(event.currentTarget as HTMLElement).direction === 'rtl' ? -1 : 1;
  const targets: Readonly<Record<string, number>> = {
    ArrowRight: place + rightward,
    ArrowLeft: place - rightward,
    Home: 0,
    End: tabs.length - 1,
  };
  const target = targets[event.key];
  if (target === undefined || place < 0) return;
  event.preventDefault();
  const tab = tabs[(target + tabs.length) % tabs.length];
  tab?.focus();
  tab?.click();
}
