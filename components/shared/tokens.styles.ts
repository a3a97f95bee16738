import { css } from 'lit';

/**
 * The design tokens. A host sets the public `--case-*` properties anywhere above; both colour schemes at once with
 * `light-dark()`. Inside, elements use the private `--_*` names alone.
 *
 * @cssprop --case-accent - The colour of links, of what is chosen and of the first button.
 * @cssprop --case-on-accent - The colour of text on the accent.
 * @cssprop --case-accent-soft - The surface of what is chosen or pointed at.
 * @cssprop --case-surface - The surface elements stand on.
 * @cssprop --case-surface-sunken - The surface of what lies lower: bars and disabled fields.
 * @cssprop --case-surface-raised - The surface of what lies higher: dialogs, panels and menus.
 * @cssprop --case-text - The colour of text.
 * @cssprop --case-text-muted - The colour of text that matters less.
 * @cssprop --case-line - The colour of lines between things.
 * @cssprop --case-line-strong - The colour of the borders of fields and buttons.
 * @cssprop --case-positive - The colour of what went well and of open cases.
 * @cssprop --case-positive-soft - The surface of what went well.
 * @cssprop --case-caution - The colour of what asks for attention.
 * @cssprop --case-caution-soft - The surface of what asks for attention.
 * @cssprop --case-critical - The colour of errors and of what is overdue.
 * @cssprop --case-critical-soft - The surface of errors.
 * @cssprop --case-internal - The surface of internal notes.
 * @cssprop --case-internal-line - The line around internal notes.
 * @cssprop --case-shadow - The shadow below what is raised.
 * @cssprop --case-radius - How round fields, buttons and pills are.
 * @cssprop --case-radius-card - How round cards, panels and dialogs are.
 * @cssprop --case-control-size - The height of fields and buttons; 40px unless set where the pointer is a finger.
 * @cssprop --case-motion - How long a movement takes; next to nothing for readers who want less of it.
 * @cssprop --case-font - The font; the one around the element unless set.
 * @cssprop --case-font-size - The size of text, by which all other sizes go.
 */
export const tokens = css`
  :host {
    --_accent: var(--case-accent, light-dark(#1f5fbf, #7fb2ff));
    --_on-accent: var(--case-on-accent, light-dark(#ffffff, #0c1526));
    --_accent-soft: var(--case-accent-soft, light-dark(#e8f0fc, #1a2a44));
    --_surface: var(--case-surface, light-dark(#ffffff, #15181d));
    --_surface-sunken: var(--case-surface-sunken, light-dark(#f6f7f9, #0f1216));
    --_surface-raised: var(--case-surface-raised, light-dark(#ffffff, #1c2027));
    --_text: var(--case-text, light-dark(#1a1f27, #e7eaee));
    --_text-muted: var(--case-text-muted, light-dark(#5a6472, #9aa5b3));
    --_line: var(--case-line, light-dark(#e2e6eb, #2b313a));
    --_line-strong: var(--case-line-strong, light-dark(#c5ccd5, #414a56));
    --_positive: var(--case-positive, light-dark(#0f7a47, #5fd39a));
    --_positive-soft: var(--case-positive-soft, light-dark(#e5f6ed, #12291f));
    --_caution: var(--case-caution, light-dark(#8a5a00, #f2c05c));
    --_caution-soft: var(--case-caution-soft, light-dark(#fff6df, #2b2310));
    --_critical: var(--case-critical, light-dark(#b3261e, #ff8a80));
    --_critical-soft: var(--case-critical-soft, light-dark(#fdebe9, #331715));
    --_internal: var(--case-internal, light-dark(#fffaf0, #241f14));
    --_internal-line: var(--case-internal-line, light-dark(#f0d9a8, #54431c));
    --_shadow: var(--case-shadow, 0 8px 28px light-dark(rgb(20 30 50 / 18%), rgb(0 0 0 / 60%)));

    --_radius: var(--case-radius, 6px);
    --_radius-card: var(--case-radius-card, 10px);
    --_control: var(--case-control-size, 32px);
    --_space-1: 4px;
    --_space-2: 8px;
    --_space-3: 12px;
    --_space-4: 16px;
    --_space-5: 24px;

    --_size-small: 0.893em;
    --_size-large: 1.143em;
    --_size-title: 1.286em;
    --_motion: var(--case-motion, 160ms);

    color: var(--_text);
    font-family: var(--case-font, inherit);
    font-size: var(--case-font-size, 0.875rem);
    line-height: 1.45;
    font-variant-numeric: tabular-nums;
    text-align: start;
    -webkit-font-smoothing: antialiased;
  }

  :host([hidden]) {
    display: none;
  }

  @media (pointer: coarse) {
    :host {
      --_control: var(--case-control-size, 40px);
    }
  }

  @media (prefers-reduced-motion: reduce) {
    :host {
      --_motion: 0.01ms;
    }
  }

  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }

  .visually-hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
    border: 0;
    padding: 0;
  }
`;
