import { css } from 'lit';

/** The dialogs of what is selected. */
export const dialogStyles = css`
  .bulk-dialog {
    inline-size: min(600px, calc(100vw - 32px));
    max-inline-size: none;
    max-block-size: min(760px, calc(100dvh - 48px));
    border-radius: var(--_radius-card);
    cursor: auto;
  }
  .bulk-dialog[open] {
    display: flex;
    animation: bulk-in var(--_motion) ease-out;
  }
  @keyframes bulk-in {
    from {
      transform: translateY(12px);
    }
  }
  .bulk-dialog :is(form, .outcome) {
    display: flex;
    flex-direction: column;
    flex: 1;
    min-inline-size: 0;
    min-block-size: 0;
  }
  .bulk-dialog header {
    display: flex;
    align-items: center;
    gap: var(--_space-3);
    padding: var(--_space-4) var(--_space-5) var(--_space-2);
  }
  .bulk-dialog h2 {
    flex: 1;
    font-size: var(--_size-title);
    line-height: 1.3;
    overflow-wrap: anywhere;
  }
  .bulk-dialog h2:focus-visible {
    outline: none;
  }
  .bulk-dialog .body {
    display: grid;
    align-content: start;
    gap: var(--_space-3);
    min-block-size: 0;
    padding: var(--_space-2) var(--_space-5) var(--_space-4);
    overflow-y: auto;
    overscroll-behavior: contain;
  }
  /* Room for the list of a field that opens at the end. */
  .bulk-dialog .body:has(.combobox) {
    min-block-size: 290px;
  }
  .bulk-dialog .banner {
    margin: 0;
  }
  .bulk-dialog .legend {
    margin-block-end: calc(-1 * var(--_space-2));
  }
  .bulk-dialog footer {
    padding: var(--_space-2) var(--_space-5) var(--_space-4);
  }
  .bulk-dialog .actions {
    display: flex;
    flex-wrap: wrap;
    justify-content: end;
    gap: var(--_space-2);
  }
  .bulk-dialog .progress {
    display: flex;
    align-items: center;
    gap: var(--_space-3);
    margin: 0;
    color: var(--_text-muted);
    font-size: var(--_size-small);
  }
  .bulk-dialog .progress:empty {
    display: none;
  }
  .bulk-dialog progress {
    inline-size: 140px;
    block-size: 8px;
  }

  .bulk-dialog fieldset {
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  .bulk-dialog legend {
    padding: 0;
    margin-block-end: 4px;
  }
  .ticks {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--_space-4);
    max-block-size: 220px;
    overflow-y: auto;
  }
  .tick {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-block-size: var(--_control);
    overflow-wrap: anywhere;
    cursor: pointer;
  }

  .refusals {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .refusals li {
    display: grid;
    gap: 2px;
    padding-block: 8px;
    border-block-start: 1px solid var(--_line);
  }
  .refusals .what {
    padding: 0;
    border: 0;
    background: none;
    font-weight: 600;
    text-align: start;
    overflow-wrap: anywhere;
  }
  .refusals button.what {
    min-block-size: 24px;
    color: var(--_accent);
    cursor: pointer;
  }
  .refusals button.what:hover {
    text-decoration: underline;
  }
  .refusals .why {
    color: var(--_text-muted);
    overflow-wrap: anywhere;
  }

  @media (max-width: 640px) {
    .bulk-dialog {
      inline-size: 100vw;
      max-block-size: calc(100dvh - 12px);
      margin-block-end: 0;
      border-end-start-radius: 0;
      border-end-end-radius: 0;
    }
    .bulk-dialog :is(header, .body, footer) {
      padding-inline: var(--_space-4);
    }
    .bulk-dialog footer {
      padding-block-end: max(var(--_space-4), env(safe-area-inset-bottom));
    }
  }
  @media (pointer: coarse) {
    .bulk-dialog .button,
    .refusals button.what,
    .tick {
      min-block-size: 44px;
    }
    .bulk-dialog .button.icon {
      min-inline-size: 44px;
    }
  }
`;
