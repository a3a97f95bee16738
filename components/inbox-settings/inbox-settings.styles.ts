import { css } from 'lit';

export const styles = css`
  ul.values {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .facts {
    flex-basis: 100%;
  }
  .panel > .done {
    inline-size: 100%;
  }
  .panel > .done:empty {
    display: none;
  }
  .value .name {
    overflow-wrap: anywhere;
  }
  .tick > .hint {
    padding-inline-start: 24px;
  }
  legend {
    padding: 0;
  }

  .button.sentence {
    block-size: auto;
    min-block-size: var(--_control);
    padding-block: 4px;
    white-space: normal;
    text-align: start;
    overflow-wrap: anywhere;
  }
  .sentence .hint {
    display: block;
  }
  .editor {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_space-4);
    flex: 1 1 100%;
    padding-block: var(--_space-2) var(--_space-4);
  }

  dialog.inbox {
    inline-size: min(620px, 100vw - 24px);
    max-inline-size: none;
    max-block-size: calc(100dvh - 24px);
    border-radius: var(--_radius-card);
  }
  dialog.inbox form {
    display: flex;
    flex-direction: column;
    max-block-size: calc(100dvh - 24px);
  }
  dialog.inbox header {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--_space-2);
    flex: none;
  }
  dialog.inbox h2 {
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .inbox-body {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    align-content: start;
    gap: var(--_space-4);
    min-block-size: 0;
    padding: 0 var(--_space-5) var(--_space-4);
    overflow-y: auto;
    overscroll-behavior: contain;
  }
  .inbox-body > .notices {
    padding-inline: 0;
  }
  dialog.inbox footer {
    position: static;
    flex: none;
  }

  .matrix {
    inline-size: 100%;
    table-layout: fixed;
    border-collapse: collapse;
  }
  .matrix th {
    padding: 4px var(--_space-2) 4px 0;
    font-weight: inherit;
    text-align: start;
    overflow-wrap: anywhere;
  }
  .matrix thead th {
    color: var(--_text-muted);
    font-size: var(--_size-small);
    vertical-align: bottom;
  }
  .matrix tr {
    border-block-end: 1px solid var(--_line);
  }
  .matrix .tick-cell {
    inline-size: 5.5em;
    padding-inline: 2px;
    text-align: center;
  }
  .matrix .end-cell {
    inline-size: 40px;
    padding: 0;
    text-align: end;
  }
  .matrix .check {
    justify-content: center;
    min-inline-size: var(--_control);
  }
  .members .field {
    margin-block-start: var(--_space-3);
  }
  @media (max-width: 480px) {
    .matrix .tick-cell {
      inline-size: 4.7em;
      padding-inline: 1px;
      hyphens: auto;
    }
    .matrix .end-cell {
      inline-size: 32px;
    }
    .inbox-body {
      padding-inline: var(--_space-4);
    }
  }
`;
