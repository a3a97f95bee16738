import { msg } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { live } from 'lit/directives/live.js';

import { icon } from '../icons.js';

/** How one part stands. */
export interface SectionTab<S extends string> {
  readonly name: S;
  readonly label: string;
  readonly changed: boolean;
  readonly wrong: boolean;
}

/** The way to each part: tabs moved through with the arrow keys, and one list to choose from where there is no room. */
export function renderTabs<S extends string>(
  tabs: readonly SectionTab<S>[],
  selected: S,
  onSelect: (name: S) => void,
): TemplateResult {
  const label = msg('Parts of the settings', { id: 'settings.sections' });
  const onKey = (event: KeyboardEvent) => {
    const buttons = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('[role=tab]')];
    const at = buttons.indexOf(event.target as HTMLElement);
    const count = tabs.length;
    const targets: Readonly<Record<string, number>> = {
      ArrowDown: (at + 1) % count,
      ArrowUp: (at - 1 + count) % count,
      Home: 0,
      End: count - 1,
    };
    const to = targets[event.key];
    const tab = to === undefined ? undefined : tabs[to];
    if (to === undefined || !tab) return;
    event.preventDefault();
    buttons[to]?.focus();
    onSelect(tab.name);
  };
  return html`<div
      class="tabs"
      role="tablist"
      aria-orientation="vertical"
      aria-label=${label}
      @keydown=${onKey}
    >
      ${tabs.map(
        (tab) =>
          html`<button
            class="tab"
            type="button"
            role="tab"
            id="tab-${tab.name}"
            aria-selected=${tab.name === selected}
            aria-controls=${ifDefined(tab.name === selected ? 'panel' : undefined)}
            tabindex=${tab.name === selected ? 0 : -1}
            @click=${() => onSelect(tab.name)}
          >
            <span>${tab.label}</span>
            ${renderMark(tab)}
          </button>`,
      )}
    </div>
    <div class="field choose-part">
      <label for="part">${msg('Part', { id: 'settings.part' })}</label>
      <select
        class="input"
        id="part"
        @change=${(event: Event) => onSelect((event.target as HTMLSelectElement).value as S)}
      >
        ${tabs.map(
          (tab) =>
            html`<option value=${tab.name} .selected=${live(tab.name === selected)}>
              ${tab.label}${markText(tab) && ` (${markText(tab)})`}
            </option>`,
        )}
      </select>
    </div>`;
}

function markText({ wrong, changed }: SectionTab<string>): string {
  if (wrong) return msg('needs attention', { id: 'settings.mark.wrong' });
  return changed ? msg('not saved', { id: 'settings.mark.changed' }) : '';
}

function renderMark(tab: SectionTab<string>): unknown {
  const text = markText(tab);
  if (!text) return nothing;
  return html`<span class=${tab.wrong ? 'mark wrong' : 'mark'}>
    ${tab.wrong ? icon('alert') : html`<span class="dot" aria-hidden="true"></span>`}
    <span class="visually-hidden">${text}</span>
  </span>`;
}
