import { css } from 'lit';

export const styles = css`
  :host {
    display: contents;
  }
  :host([inline]) {
    display: block;
  }

  dialog {
    inline-size: min(720px, calc(100vw - 32px));
    max-inline-size: none;
    max-block-size: min(860px, calc(100dvh - 48px));
    border-radius: var(--_radius-card);
  }
  dialog[open] {
    display: flex;
    animation: form-in var(--_motion) ease-out;
  }
  @keyframes form-in {
    from {
      transform: translateY(12px);
    }
  }
  section {
    border: 1px solid var(--_line);
    border-radius: var(--_radius-card);
    background: var(--_surface);
  }

  form,
  .state {
    display: flex;
    flex-direction: column;
    flex: 1;
    min-inline-size: 0;
    min-block-size: 0;
  }
  header {
    display: flex;
    align-items: start;
    gap: var(--_space-3);
    padding: var(--_space-4) var(--_space-5) var(--_space-3);
  }
  header div {
    flex: 1;
    min-inline-size: 0;
  }
  h2,
  h3 {
    margin: 0;
    font-size: var(--_size-title);
    line-height: 1.3;
    overflow-wrap: anywhere;
  }
  h3 {
    font-size: 1em;
  }
  h2:focus-visible {
    outline: none;
  }
  header .hint {
    overflow-wrap: anywhere;
  }
  .body {
    display: grid;
    align-content: start;
    gap: var(--_space-4);
    min-block-size: 0;
    padding: var(--_space-2) var(--_space-5) var(--_space-5);
    overflow-y: auto;
    overscroll-behavior: contain;
  }
  .fields {
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 17em), 1fr));
  }
  .attach,
  .closing-head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_space-1) var(--_space-3);
  }
  .closing-head {
    justify-content: space-between;
  }
  .closing-head .button {
    margin-inline: -12px;
  }
  .closing {
    display: grid;
    gap: var(--_space-3);
    padding: var(--_space-4);
    border: 1px solid var(--_line);
    border-radius: var(--_radius-card);
    background: var(--_surface-sunken);
  }
  footer {
    padding: var(--_space-3) var(--_space-5);
    border-block-start: 1px solid var(--_line);
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    justify-content: end;
    align-items: center;
    gap: var(--_space-2);
  }
  .actions .quiet {
    margin-inline-end: auto;
  }
  .lines {
    display: grid;
    gap: var(--_space-4);
    padding: var(--_space-2) var(--_space-5) var(--_space-5);
  }
  .lines .skeleton {
    block-size: 34px;
  }

  @media (max-width: 640px) {
    dialog {
      inline-size: 100vw;
      block-size: 100dvh;
      max-block-size: none;
      margin: 0;
      border-radius: 0;
    }
    header,
    .body,
    footer {
      padding-inline: var(--_space-4);
    }
  }
`;
