import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';

import type { ListData, QueryState } from '../../src/client/live-query.js';
import type { View } from '../../src/contract/views.js';
import { icon } from '../shared/icons.js';
import { personName } from '../shared/person.js';
import { retiredIn } from './view-state.js';

/** What can be done with views, besides choosing one. */
export type MenuAction = 'save' | 'reset' | 'create' | 'edit' | 'remove';

/** What the menu shows. */
export interface MenuView {
  readonly state: QueryState<ListData<View>>;
  readonly current: View | undefined;
  readonly changed: boolean;
  readonly mayShare: boolean;
  readonly onChoose: (view: View | undefined) => void;
  readonly onAction: (action: MenuAction) => void;
  readonly onRetry: () => void;
}

/** All views, the reader's own and those that are shared, and below them what can be done. */
export function renderViewMenu(view: MenuView): TemplateResult {
  const { state, current, onChoose, onRetry } = view;
  const items = state.data?.items ?? [];
  const shared = items.filter(({ visibility }) => visibility.kind === 'roles');
  const own = items.filter(({ visibility }) => visibility.kind === 'private');
  return html`${renderChoice({
      name: msg('All cases', { id: 'case-list.all' }),
      checked: current === undefined,
      onChoose: () => onChoose(undefined),
    })}
    ${renderGroup(msg('Only for me', { id: 'views.own' }), own, view)}
    ${renderGroup(msg('Shared', { id: 'views.shared' }), shared, view)}
    ${
      state.data
        ? nothing
        : state.status === 'failed'
          ? renderAction(
              msg('The views could not be loaded. Try again', { id: 'views.failed' }),
              onRetry,
              icon('alert'),
            )
          : html`<div class="item" role="menuitem" aria-disabled="true" tabindex="-1">
              ${msg('Loading…', { id: 'state.loading' })}
            </div>`
    }
    <div role="separator"></div>
    ${renderActions(view)}`;
}

/** Puts the focus on an item. */
export function focusItem(item: HTMLElement): void {
  item.focus({ preventScroll: false });
}

/** Puts the focus on the chosen view. */
export function focusFirstItem(menu: HTMLElement): void {
  const [first] = itemsOf(menu);
  const chosen = menu.querySelector<HTMLElement>('[aria-checked=true]') ?? first;
  if (chosen) focusItem(chosen);
}

/** Where a key leads from the item with the focus: the arrows, Home and End, and the letter a name begins with. */
export function itemForKey(
  menu: HTMLElement,
  focused: Element | null,
  { key, ctrlKey, metaKey, altKey }: KeyboardEvent,
): HTMLElement | undefined {
  const items = itemsOf(menu);
  const place = items.findIndex((item) => item === focused);
  if (key === 'ArrowDown') return items[(place + 1) % items.length];
  if (key === 'ArrowUp') return items.at(place < 0 ? -1 : place - 1);
  if (key === 'Home') return items[0];
  if (key === 'End') return items.at(-1);
  if (key.length !== 1 || key === ' ' || ctrlKey || metaKey || altKey) return undefined;
  const letter = key.toLocaleLowerCase();
  const after = [...items.slice(place + 1), ...items.slice(0, place + 1)];
  return after.find((item) => item.textContent.trim().toLocaleLowerCase().startsWith(letter));
}

function itemsOf(menu: HTMLElement): HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>('[role^=menuitem]')];
}

function renderGroup(
  label: string,
  views: readonly View[],
  { current, onChoose }: MenuView,
): TemplateResult | typeof nothing {
  if (views.length === 0) return nothing;
  return html`<div role="group" aria-label=${label}>
    <p class="label" aria-hidden="true">${label}</p>
    ${repeat(
      views,
      ({ id }) => id,
      (view) =>
        renderChoice({
          name: view.name,
          owner: view.visibility.kind === 'roles' ? personName(view.owner) : undefined,
          retired: retiredIn(view).length > 0,
          checked: view.id === current?.id,
          onChoose: () => onChoose(view),
        }),
    )}
  </div>`;
}

function renderChoice(choice: {
  readonly name: string;
  readonly owner?: string | undefined;
  readonly retired?: boolean;
  readonly checked: boolean;
  readonly onChoose: () => void;
}): TemplateResult {
  const { name, owner, retired, checked, onChoose } = choice;
  return html`<button
    class="item"
    type="button"
    role="menuitemradio"
    aria-checked=${checked ? 'true' : 'false'}
    tabindex="-1"
    @click=${onChoose}
  >
    <span class="mark">${checked ? icon('check') : nothing}</span>
    <bdi class="name">${name}</bdi>
    ${
      owner || retired
        ? html`<span class="about">
            ${owner ? html`<bdi class="hint">${msg(str`by ${owner}`, { id: 'views.owner' })}</bdi>` : nothing}
            ${
              retired
                ? html`<span class="pill caution"
                    >${msg('retired values', { id: 'views.retired.mark' })}</span
                  >`
                : nothing
            }
          </span>`
        : nothing
    }
  </button>`;
}

function renderActions({ current, changed, mayShare, onAction }: MenuView): unknown {
  const may = current?.permissions;
  const action = (name: MenuAction, text: string) => renderAction(text, () => onAction(name));
  return html`${
    current && changed
      ? html`${may?.edit.allowed ? action('save', msg('Save changes', { id: 'views.save' })) : nothing}
        ${action('reset', msg('Reset to the saved view', { id: 'views.reset' }))}`
      : nothing
  }
  ${action('create', msg('Save as a new view…', { id: 'views.create' }))}
  ${
    current && may?.edit.allowed
      ? action(
          'edit',
          mayShare ? msg('Rename or share…', { id: 'views.edit' }) : msg('Rename…', { id: 'views.rename' }),
        )
      : nothing
  }
  ${current && may?.remove.allowed ? action('remove', msg('Delete…', { id: 'views.delete' })) : nothing}`;
}

function renderAction(text: string, onClick: () => void, mark: unknown = nothing): TemplateResult {
  return html`<button class="item" type="button" role="menuitem" tabindex="-1" @click=${onClick}>
    <span class="mark">${mark}</span><span class="name">${text}</span>
  </button>`;
}
