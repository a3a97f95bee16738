import { css } from 'lit';

/** Buttons, fields, pills and messages, alike in every element. */
export const controls = css`
  button,
  input,
  select,
  textarea {
    font: inherit;
    color: inherit;
    letter-spacing: inherit;
  }

  :is(button, input, select, textarea, a, summary, [tabindex]):focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }

  a {
    color: var(--_accent);
  }

  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
    min-block-size: var(--_control);
    padding: 4px 12px;
    border: 1px solid var(--_line-strong);
    border-radius: var(--_radius);
    background: var(--_surface);
    cursor: pointer;
    white-space: nowrap;
    text-decoration: none;
    transition:
      background-color var(--_motion),
      border-color var(--_motion);
  }
  .button:hover {
    background: var(--_surface-sunken);
  }
  .button:active {
    background: var(--_accent-soft);
  }
  .button.primary {
    border-color: var(--_accent);
    background: var(--_accent);
    color: var(--_on-accent);
    font-weight: 500;
  }
  .button.primary:hover {
    background: color-mix(in srgb, var(--_accent) 88%, var(--_text));
  }
  .button.quiet {
    border-color: transparent;
    background: transparent;
    color: var(--_text-muted);
  }
  .button.quiet:hover {
    background: var(--_surface-sunken);
    color: var(--_text);
  }
  .button.icon {
    inline-size: var(--_control);
    padding: 0;
    flex: none;
  }
  .button:is(:disabled, [aria-disabled='true']) {
    opacity: 0.55;
    cursor: not-allowed;
  }
  .field {
    display: grid;
    gap: 5px;
    min-inline-size: 0;
    align-content: start;
  }
  .field > label,
  .label {
    font-size: var(--_size-small);
    font-weight: 600;
  }
  .hint {
    margin: 0;
    color: var(--_text-muted);
    font-size: var(--_size-small);
  }
  .input {
    inline-size: 100%;
    min-inline-size: 0;
    min-block-size: calc(var(--_control) + 2px);
    padding: 5px 10px;
    border: 1px solid var(--_line-strong);
    border-radius: var(--_radius);
    background: var(--_surface);
  }
  select.input {
    appearance: none;
    padding-inline-end: 28px;
    overflow: hidden;
    text-overflow: ellipsis;
    --_stroke:
      transparent calc(50% - 1.3px), currentcolor calc(50% - 0.6px) calc(50% + 0.6px),
      transparent calc(50% + 1.3px);
    background-image: linear-gradient(45deg, var(--_stroke)), linear-gradient(135deg, var(--_stroke));
    background-position:
      calc(100% - 16px) 52%,
      calc(100% - 12px) 52%;
    background-size: 5px 5px;
    background-repeat: no-repeat;
  }
  select.input:dir(rtl) {
    background-position:
      12px 52%,
      16px 52%;
  }
  /* An empty field knows no direction of its own, and would take its placeholder for left to right. */
  .input:placeholder-shown {
    direction: inherit;
  }
  .input::placeholder {
    color: var(--_text-muted);
    opacity: 1;
  }
  .input[aria-invalid='true'] {
    border-color: var(--_critical);
  }
  .error {
    display: flex;
    align-items: start;
    gap: 6px;
    margin: 0;
    color: var(--_critical);
    font-size: var(--_size-small);
  }

  .pill {
    display: inline-flex;
    align-items: center;
    gap: 5px;
    padding: 1px 8px;
    border-radius: 999px;
    background: var(--_surface-sunken);
    color: var(--_text-muted);
    font-size: var(--_size-small);
    font-weight: 600;
    white-space: nowrap;
  }
  .pill.positive {
    background: var(--_positive-soft);
    color: var(--_positive);
  }
  .pill.caution {
    background: var(--_caution-soft);
    color: var(--_caution);
  }
  .pill.critical {
    background: var(--_critical-soft);
    color: var(--_critical);
  }
  .pill.accent {
    background: var(--_accent-soft);
    color: var(--_accent);
  }
  .status-open::before,
  .status-closed::before {
    content: '';
    inline-size: 6px;
    block-size: 6px;
    border-radius: 50%;
    background: currentcolor;
  }
  .status-closed::before {
    background: none;
    border: 1.5px solid currentcolor;
  }

  .banner {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 12px;
    margin: 0;
    padding: 10px 14px;
    border-radius: var(--_radius);
    background: var(--_surface-sunken);
  }
  .banner.positive {
    background: var(--_positive-soft);
    color: var(--_positive);
  }
  .banner.caution {
    background: var(--_caution-soft);
    color: var(--_caution);
  }
  .banner.critical {
    background: var(--_critical-soft);
    color: var(--_critical);
  }
  .banner .grow {
    flex: 1 1 12em;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }

  .message {
    display: grid;
    justify-items: center;
    gap: 10px;
    padding: 40px 24px;
    text-align: center;
    color: var(--_text-muted);
  }
  .message strong {
    color: var(--_text);
    font-size: var(--_size-large);
    overflow-wrap: anywhere;
  }
  .message p {
    margin: 0;
    max-inline-size: 44ch;
    overflow-wrap: anywhere;
  }

  .skeleton {
    display: block;
    border-radius: 4px;
    background: var(--_line);
    opacity: 0;
    animation:
      skeleton-in 200ms 150ms forwards,
      skeleton-pulse 1.6s 350ms ease-in-out infinite alternate;
  }
  @keyframes skeleton-in {
    to {
      opacity: 1;
    }
  }
  @keyframes skeleton-pulse {
    from {
      opacity: 1;
    }
    to {
      opacity: 0.5;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .skeleton {
      animation: skeleton-in 1ms 150ms forwards;
    }
  }

  svg.icon {
    inline-size: 16px;
    block-size: 16px;
    flex: none;
    fill: none;
    stroke: currentcolor;
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  svg.icon.directional:dir(rtl) {
    transform: scaleX(-1);
  }

  @media (forced-colors: active) {
    .pill,
    .banner {
      border: 1px solid currentcolor;
    }
    .skeleton {
      background: GrayText;
    }
    select.input {
      appearance: auto;
      padding-inline-end: 10px;
    }
  }
`;
