import { msg, str } from '@lit/localize';
import { html, nothing, svg, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';

import type { FieldErrors } from '../field-errors.js';
import { drawIcon, icon } from '../icons.js';
import { formatNumber } from '../locale.js';
import { listLimit, valueError } from './list-checks.js';
import { plainValue, type ListName, type ListValue } from './list-values.js';
import { addLabel, listHint, listLabel } from './list-words.js';
import type { Deed } from './settings-page.js';

/** The controls of a value that the focus may go to. */
type ValueControl = 'label' | 'up' | 'down' | 'retire';

/** What the editor of one list is given. */
export interface ListView {
  readonly list: ListName;
  readonly values: readonly ListValue[];
  /** The ids that are stored: cases may name them, so that they can be retired and not removed. */
  readonly stored: ReadonlySet<string>;
  readonly errors: FieldErrors;
  /** Given what changes alone: several values may change before the next drawing, as when a browser fills them in. */
  readonly onChange: (change: (values: readonly ListValue[]) => readonly ListValue[], deed: Deed) => void;
}

const upShape = svg`<path d="M8 13V3.5M3.5 8 8 3.5 12.5 8"/>`;
const downShape = svg`<path d="M8 3v9.5M3.5 8 8 12.5 12.5 8"/>`;

/** Edits one list: names, order, what is retired. */
export function renderListEditor(view: ListView): TemplateResult {
  const { list, values } = view;
  const allRetired = values.length > 0 && values.every(({ retired }) => retired);
  return html`<p class="hint">${listHint(list)}</p>
    ${
      values.length === 0
        ? html`<p class="none">${msg('This list is empty.', { id: 'settings.list.empty' })}</p>`
        : html`<ol class="values" aria-label=${listLabel(list)}>
            ${repeat(
              values,
              ({ id }) => id,
              (value, index) => renderRow(view, value, index),
            )}
          </ol>`
    }
    ${
      allRetired
        ? html`<p class="banner caution">
            ${icon('alert')}
            <span class="grow"
              >${msg('Every value is retired: there is nothing to choose from.', {
                id: 'settings.list.all-retired',
              })}</span
            >
          </p>`
        : nothing
    }
    ${
      values.length < listLimit
        ? html`<button class="button" type="button" data-action="add" @click=${() => add(view)}>
            ${icon('add')} ${addLabel(list)}
          </button>`
        : html`<p class="hint">
            ${msg(str`A list holds no more than ${formatNumber(listLimit)} values.`, {
              id: 'settings.list.full',
            })}
          </p>`
    }
    <p class="hint">
      ${msg(
        'A value that is stored is never deleted, for cases may name it: retire it, and it stays readable there but can no longer be chosen.',
        { id: 'settings.list.why-retire' },
      )}
    </p>`;
}

function renderRow(view: ListView, value: ListValue, index: number): TemplateResult {
  const { list, values, stored, errors } = view;
  const { id, label, retired = false, dateRequired } = value;
  const name = `${list}-${index}`;
  const error = errors[valueError(list, id)]?.();
  const shown = nameOf(value);
  const described = [error && `${name}-error`, retired && `${name}-retired`].filter(Boolean).join(' ');
  const canRemove = !stored.has(id);
  return html`<li class=${retired ? 'value retired' : 'value'} data-id=${id}>
    <div class="name">
      <label class="visually-hidden" for=${name}
        >${msg(str`Name of value ${formatNumber(index + 1)}`, { id: 'settings.value.name' })}</label
      >
      <input
        class="input"
        id=${name}
        name=${name}
        data-control="label"
        type="text"
        dir="auto"
        autocomplete="off"
        aria-required="true"
        aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
        aria-invalid=${ifDefined(error ? 'true' : undefined)}
        aria-describedby=${ifDefined(described || undefined)}
        .value=${live(label)}
        @input=${(event: Event) => rename(view, id, (event.target as HTMLInputElement).value)}
        @keydown=${(event: KeyboardEvent) => onKey(view, value, index, event)}
      />
      ${
        retired
          ? html`<span class="pill" id="${name}-retired"
              >${msg('Retired', { id: 'settings.value.retired' })}</span
            >`
          : nothing
      }
      ${error ? html`<p class="error" id="${name}-error">${icon('alert')}<span>${error}</span></p>` : nothing}
    </div>
    <div class="tools">
      ${
        dateRequired === undefined
          ? nothing
          : html`<label class="check">
              <input
                type="checkbox"
                .checked=${live(dateRequired)}
                aria-label=${msg(str`${shown} needs a date`, { id: 'settings.value.date-of' })}
                @change=${(event: Event) =>
                  replace(view, id, { dateRequired: (event.target as HTMLInputElement).checked }, {})}
              />
              ${msg('Needs a date', { id: 'settings.value.date' })}
            </label>`
      }
      <button
        class="button quiet icon"
        type="button"
        data-control="up"
        aria-label=${msg(str`Move ${shown} up`, { id: 'settings.value.up' })}
        aria-disabled=${ifDefined(index === 0 ? 'true' : undefined)}
        @click=${() => move(view, value, index, -1, 'up')}
      >
        ${drawIcon(upShape)}
      </button>
      <button
        class="button quiet icon"
        type="button"
        data-control="down"
        aria-label=${msg(str`Move ${shown} down`, { id: 'settings.value.down' })}
        aria-disabled=${ifDefined(index === values.length - 1 ? 'true' : undefined)}
        @click=${() => move(view, value, index, 1, 'down')}
      >
        ${drawIcon(downShape)}
      </button>
      <button
        class="button quiet end"
        type="button"
        data-control="retire"
        aria-label=${canRemove ? removeName(shown) : retireName(shown, retired)}
        @click=${() => (canRemove ? remove(view, value, index) : retire(view, value))}
      >
        ${
          canRemove
            ? msg('Remove', { id: 'settings.value.remove' })
            : retired
              ? msg('Bring back', { id: 'settings.value.restore' })
              : msg('Retire', { id: 'settings.value.retire' })
        }
      </button>
    </div>
  </li>`;
}

/** The list for whoever may only read it. */
export function renderListReadOnly(list: ListName, values: readonly ListValue[]): TemplateResult {
  return html`<p class="hint">${listHint(list)}</p>
    ${
      values.length === 0
        ? html`<p class="none">${msg('This list is empty.', { id: 'settings.list.empty' })}</p>`
        : html`<ol class="values read" aria-label=${listLabel(list)}>
            ${values.map(
              ({ label, retired, dateRequired }) =>
                html`<li class="value">
                  <span dir="auto">${label}</span>
                  ${
                    retired
                      ? html`<span class="pill">${msg('Retired', { id: 'settings.value.retired' })}</span>`
                      : nothing
                  }
                  ${
                    dateRequired
                      ? html`<span class="pill">${msg('Needs a date', { id: 'settings.value.date' })}</span>`
                      : nothing
                  }
                </li>`,
            )}
          </ol>`
    }`;
}

function removeName(shown: string): string {
  return msg(str`Remove ${shown}`, { id: 'settings.value.remove-of' });
}

function retireName(shown: string, retired: boolean): string {
  return retired
    ? msg(str`Bring back ${shown}`, { id: 'settings.value.restore-of' })
    : msg(str`Retire ${shown}`, { id: 'settings.value.retire-of' });
}

function nameOf({ label }: ListValue): string {
  return label.trim() || msg('the new value', { id: 'settings.value.unnamed' });
}

/** A new value at the end; what it is called is typed next. */
function add({ list, onChange }: ListView): void {
  const id = crypto.randomUUID();
  const value: ListValue = { id, label: '', ...(list === 'dueTypes' && { dateRequired: false }) };
  onChange((values) => [...values, value], { focus: { id, control: 'label' } });
}

function remove({ list, values, onChange }: ListView, value: ListValue, index: number): void {
  const next = values[index + 1] ?? values[index - 1];
  onChange((known) => known.filter(({ id }) => id !== value.id), {
    said: msg(str`${nameOf(value)} was removed.`, { id: 'settings.said.removed' }),
    focus: { id: next?.id, control: 'label' },
    touched: valueError(list, value.id),
  });
}

function retire(view: ListView, value: ListValue): void {
  const { id, retired } = value;
  const shown = nameOf(value);
  const said = retired
    ? msg(str`${shown} can be chosen again.`, { id: 'settings.said.restored' })
    : msg(str`${shown} is retired. Old cases keep it.`, { id: 'settings.said.retired' });
  replace(view, id, { retired: !retired }, { said });
}

function move(
  { values, onChange }: ListView,
  value: ListValue,
  index: number,
  by: number,
  control: ValueControl,
): void {
  const to = index + by;
  if (to < 0 || to >= values.length) return;
  const place = formatNumber(to + 1);
  const count = formatNumber(values.length);
  onChange(
    (known) => {
      const moved = known.filter(({ id }) => id === value.id);
      const others = known.filter(({ id }) => id !== value.id);
      return [...others.slice(0, to), ...moved, ...others.slice(to)];
    },
    {
      said: msg(str`${nameOf(value)} is now ${place} of ${count}.`, { id: 'settings.said.moved' }),
      focus: { id: value.id, control },
    },
  );
}

function rename(view: ListView, id: string, label: string): void {
  replace(view, id, { label }, { touched: valueError(view.list, id) });
}

function replace({ onChange }: ListView, id: string, change: Partial<ListValue>, deed: Deed): void {
  onChange(
    (values) => values.map((value) => (value.id === id ? plainValue({ ...value, ...change }) : value)),
    deed,
  );
}

/** Alt with an arrow moves the value; Enter goes on to the next one, and adds one after the last. */
function onKey(view: ListView, value: ListValue, index: number, event: KeyboardEvent): void {
  if (event.isComposing || event.ctrlKey || event.metaKey) return;
  const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
  if (event.altKey && step !== 0) {
    event.preventDefault();
    move(view, value, index, step, 'label');
  } else if (event.key === 'Enter') {
    event.preventDefault();
    const next = view.values[index + 1];
    if (next) view.onChange((values) => values, { focus: { id: next.id, control: 'label' } });
    else if (value.label.trim() && view.values.length < listLimit) add(view);
  }
}
