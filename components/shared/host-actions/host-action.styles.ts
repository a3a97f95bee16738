import { css } from 'lit';

export const styles = css`
  :host {
    display: contents;
  }

  dialog {
    inline-size: min(560px, calc(100vw - 32px));
    max-inline-size: none;
    max-block-size: min(760px, calc(100dvh - 48px));
    border-radius: var(--_radius-card);
  }
  dialog[open] {
    display: flex;
    animation: rise var(--_motion) ease-out;
  }
  @keyframes rise {
    from {
      transform: translateY(12px);
    }
  }
  @media (prefers-reduced-motion: reduce) {
    dialog[open] {
      animation: none;
    }
  }
  form {
    display: flex;
    flex-direction: column;
    flex: 1;
    min-inline-size: 0;
    min-block-size: 0;
  }
  header {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: center;
    gap: 0 var(--_space-3);
    padding: var(--_space-4) var(--_space-5) var(--_space-2);
  }
  h2 {
    margin: 0;
    font-size: var(--_size-title);
    line-height: 1.3;
    overflow-wrap: anywhere;
  }
  .subject {
    grid-column: 1 / -1;
    margin: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .body {
    display: grid;
    align-content: start;
    gap: var(--_space-3);
    min-block-size: 0;
    padding: var(--_space-2) var(--_space-5) var(--_space-4);
    overflow-y: auto;
    overscroll-behavior: contain;
  }
  .body > p {
    margin: 0;
  }
  .banner {
    margin: 0;
    align-items: start;
    overflow-wrap: anywhere;
  }
  .text {
    white-space: pre-wrap;
  }
  .legend {
    margin-block-end: calc(-1 * var(--_space-2));
  }
  fieldset {
    display: grid;
    gap: var(--_space-2);
    min-inline-size: 0;
    margin: 0;
    padding: var(--_space-3) 0 0;
    border: 0;
    border-block-start: 1px solid var(--_line);
  }
  legend {
    float: inline-start;
    inline-size: 100%;
    padding: 0;
    font-weight: 600;
  }
  .tick label {
    display: flex;
    gap: 8px;
    align-items: center;
    min-block-size: var(--_control);
    font-weight: inherit;
  }
  .tick input {
    flex: none;
    inline-size: 18px;
    block-size: 18px;
    accent-color: var(--_accent);
  }
  .tick .hint,
  .tick .error {
    margin-block: 0;
    margin-inline-start: 26px;
  }
  footer {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: end;
    gap: 8px;
    padding: var(--_space-3) var(--_space-5);
    border-block-start: 1px solid var(--_line);
  }
  .state {
    flex: 1 1 12em;
    color: var(--_text-muted);
    font-size: var(--_size-small);
  }
  .question {
    margin: var(--_space-3) var(--_space-5);
  }
`;
