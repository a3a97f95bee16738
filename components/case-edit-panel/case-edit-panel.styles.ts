import { css } from 'lit';

export const styles = css`
  :host {
    display: contents;
  }

  dialog {
    inline-size: min(860px, 100vw - 32px);
    max-inline-size: none;
    max-block-size: min(820px, 100dvh - 40px);
    margin-block: auto 0;
    border-start-start-radius: 16px;
    border-start-end-radius: 16px;
  }
  dialog[open] {
    display: flex;
    animation: panel-rise calc(var(--_motion) * 1.5) cubic-bezier(0.2, 0.8, 0.3, 1);
  }
  @keyframes panel-rise {
    from {
      transform: translateY(100%);
    }
  }
  @media (prefers-reduced-motion: reduce) {
    dialog[open] {
      animation: none;
    }
  }

  form,
  .state {
    display: flex;
    flex-direction: column;
    flex: 1;
    min-inline-size: 0;
    min-block-size: 0;
  }
  .grab {
    flex: none;
    inline-size: 40px;
    block-size: 4px;
    margin: 12px auto 0;
    border-radius: 999px;
    background: var(--_line-strong);
  }
  header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 8px;
    padding: 12px 22px 0;
  }
  h2 {
    margin: 0;
    font-size: 1.25em;
    line-height: 1.3;
  }
  h2:focus-visible {
    outline: none;
  }
  header .button {
    margin-inline-start: auto;
  }
  header .subject {
    flex: 1 0 100%;
    margin: 0;
    overflow: hidden;
    color: var(--_text-muted);
    font-size: var(--_size-small);
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .tabs {
    display: flex;
    flex-wrap: wrap;
    margin: var(--_space-2) 22px 0;
    border-block-end: 1px solid var(--_line);
  }
  .tab {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-block-size: calc(var(--_control) + 10px);
    margin-block-end: -1px;
    padding: 4px 14px;
    border: 0;
    border-block-end: 2px solid transparent;
    background: none;
    color: var(--_text-muted);
    font-weight: 600;
    cursor: pointer;
  }
  .tab:hover {
    color: var(--_text);
  }
  .tab[aria-selected='true'] {
    border-block-end-color: var(--_accent);
    color: var(--_accent);
  }
  .tab[aria-disabled='true'] {
    opacity: 0.6;
    cursor: not-allowed;
  }
  .refusal {
    margin: 6px 22px 0;
    overflow-wrap: anywhere;
  }

  .body {
    display: grid;
    align-content: start;
    gap: var(--_space-3);
    min-block-size: 0;
    padding: var(--_space-4) 22px;
    overflow-y: auto;
    overscroll-behavior: contain;
  }
  [role='tabpanel'] {
    display: grid;
    gap: var(--_space-3);
    min-inline-size: 0;
  }
  footer {
    padding: var(--_space-2) 22px 22px;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    justify-content: end;
    gap: var(--_space-2);
  }
  .actions .draft {
    align-self: center;
    margin-inline-end: auto;
  }
  .actions .primary {
    white-space: normal;
  }

  .lines {
    display: grid;
    gap: var(--_space-4);
    padding: var(--_space-5) 22px 40px;
  }
  .lines .skeleton {
    block-size: 34px;
  }

  @media (max-width: 640px) {
    dialog {
      inline-size: 100vw;
      max-block-size: calc(100dvh - 12px);
    }
    header,
    .body,
    footer {
      padding-inline: var(--_space-4);
    }
    .tabs,
    .refusal {
      margin-inline: var(--_space-4);
    }
    .tab {
      padding-inline: 10px;
    }
    footer {
      padding-block-end: max(var(--_space-4), env(safe-area-inset-bottom));
    }
  }
  @media (forced-colors: active) {
    .tab {
      border-block-end-color: Canvas;
    }
    .tab[aria-selected='true'] {
      border-block-end-color: Highlight;
    }
  }
`;
