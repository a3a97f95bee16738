import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';

import { describedBy, renderField, type FieldView } from './fields.js';
import { icon } from './icons.js';

/** Tags as chips: Enter or a comma adds what is typed, Backspace in the empty field removes the last. */
export function renderTagInput(
  view: FieldView & {
    readonly tags: readonly string[];
    readonly onChange: (tags: readonly string[]) => void;
  },
): TemplateResult {
  const { name, tags, disabled, required, error, onChange } = view;
  const add = (input: HTMLInputElement) => {
    const typed = input.value;
    input.value = '';
    const next = addTags(tags, typed);
    if (next.length !== tags.length) onChange(next);
  };
  const remove = (tag: string, button: Element) => {
    const input = button.closest('.tags')?.querySelector('input');
    onChange(tags.filter((candidate) => candidate !== tag));
    input?.focus();
  };
  const onKey = (event: KeyboardEvent) => {
    const input = event.target as HTMLInputElement;
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      add(input);
    } else if (event.key === 'Backspace' && input.value === '' && tags.length > 0) {
      onChange(tags.slice(0, -1));
    }
  };
  const onInput = (event: InputEvent) => {
    const input = event.target as HTMLInputElement;
    if (!event.isComposing && input.value.includes(',')) add(input);
  };
  return renderField(
    view,
    html`<div class="input tags" aria-disabled=${ifDefined(disabled ? 'true' : undefined)}>
      ${
        tags.length > 0
          ? html`<ul aria-label=${msg('Chosen tags', { id: 'tags.chosen' })}>
              ${tags.map(
                (tag) =>
                  html`<li class="tag">
                    <span dir="auto">${tag}</span>
                    <button
                      type="button"
                      aria-label=${msg(str`Remove tag ${tag}`, { id: 'tags.remove' })}
                      ?disabled=${disabled}
                      @click=${(event: Event) => remove(tag, event.currentTarget as Element)}
                    >
                      ${icon('close')}
                    </button>
                  </li>`,
              )}
            </ul>`
          : nothing
      }
      <input
        id=${name}
        name=${name}
        dir="auto"
        autocomplete="off"
        enterkeyhint="done"
        aria-required=${ifDefined(required ? 'true' : undefined)}
        aria-invalid=${ifDefined(error ? 'true' : undefined)}
        aria-describedby=${ifDefined(describedBy(view))}
        ?disabled=${disabled}
        @keydown=${onKey}
        @input=${onInput}
        @change=${(event: Event) => add(event.target as HTMLInputElement)}
      />
    </div>`,
  );
}

/** The tags with what was typed added: trimmed, split at commas, none twice whatever its case. */
export function addTags(tags: readonly string[], typed: string): readonly string[] {
  const next = [...tags];
  for (const part of typed.split(',')) {
    const tag = part.trim();
    if (tag && !next.some((known) => known.toLowerCase() === tag.toLowerCase())) next.push(tag);
  }
  return next;
}
