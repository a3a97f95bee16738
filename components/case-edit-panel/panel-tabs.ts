import { html, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';

import { icon } from '../shared/icons.js';
import type { SectionName } from './panel-section.js';

/** One tab; a refused one stays reachable by keyboard and says why (CC-34). */
export interface Tab {
  readonly name: SectionName;
  readonly label: string;
  readonly refusal: string | undefined;
}

/** The tabs of the panel, moved through with the arrow keys. */
export function renderTabs(
  label: string,
  tabs: readonly Tab[],
  selected: SectionName | undefined,
  onSelect: (name: SectionName) => void,
): TemplateResult {
  // One sentence for all that it is true of.
  const reasons = [...new Set(tabs.flatMap(({ refusal }) => refusal ?? []))];
  const reachable = selected ?? tabs[0]?.name;
  const onKey = (event: KeyboardEvent) => {
    const list = event.currentTarget as HTMLElement;
    const buttons = [...list.querySelectorAll<HTMLElement>('[role=tab]')];
    const at = buttons.indexOf(event.target as HTMLElement);
    const forward = getComputedStyle(list).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const back = forward === 'ArrowRight' ? 'ArrowLeft' : 'ArrowRight';
    const count = buttons.length;
    const targets: Readonly<Record<string, number>> = {
      [forward]: (at + 1) % count,
      [back]: (at - 1 + count) % count,
      Home: 0,
      End: count - 1,
    };
    const to = targets[event.key];
    const tab = to === undefined ? undefined : tabs[to];
    if (to === undefined || !tab) return;
    event.preventDefault();
    buttons[to]?.focus();
    if (!tab.refusal) onSelect(tab.name);
  };
  return html`<div class="tabs" role="tablist" aria-label=${label} @keydown=${onKey}>
      ${tabs.map(
        ({ name, label: text, refusal }) =>
          html`<button
            class="tab"
            type="button"
            role="tab"
            id="tab-${name}"
            aria-selected=${name === selected}
            aria-controls=${ifDefined(name === selected ? 'section' : undefined)}
            aria-disabled=${ifDefined(refusal ? 'true' : undefined)}
            aria-describedby=${ifDefined(refusal && `refusal-${reasons.indexOf(refusal)}`)}
            tabindex=${name === reachable ? 0 : -1}
            @click=${() => refusal || onSelect(name)}
          >
            ${refusal ? icon('lock') : nothing}${text}
          </button>`,
      )}
    </div>
    ${reasons.map((reason, index) => {
      const names = tabs.filter(({ refusal }) => refusal === reason).map(({ label: text }) => text);
      return html`<p class="hint refusal" id="refusal-${index}">
        <strong>${names.join(', ')}:</strong> ${reason}
      </p>`;
    })}`;
}
