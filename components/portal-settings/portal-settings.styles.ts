import { css } from 'lit';

export const styles = css`
  h4,
  h5 {
    margin: 0;
    font-size: inherit;
    line-height: 1.3;
  }
  .options h4:not(:first-child) {
    padding-block-start: var(--_space-4);
    border-block-start: 1px solid var(--_line);
  }
  .options.wide-options {
    inline-size: min(100%, 36em);
  }
  .tick > .hint {
    padding-inline-start: 24px;
  }
  .check input {
    flex: none;
  }
  legend {
    padding: 0;
  }
  .preview {
    display: grid;
    gap: 4px;
    padding: var(--_space-3) var(--_space-4);
    border-radius: var(--_radius);
    background: var(--_surface-sunken);
    overflow-wrap: anywhere;
  }
  .preview p {
    margin: 0;
  }
  .short {
    display: grid;
    gap: var(--_space-4);
  }

  .matrix {
    inline-size: min(100%, 36em);
    table-layout: fixed;
    border-collapse: collapse;
  }
  .matrix th {
    padding: 4px var(--_space-2) 4px 0;
    font-weight: inherit;
    text-align: start;
    overflow-wrap: break-word;
    hyphens: auto;
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
    inline-size: 6.5em;
    padding-inline: 4px;
    text-align: center;
  }
  @container settings (max-width: 620px) {
    .matrix .tick-cell {
      inline-size: 5em;
      padding-inline: 1px;
    }
  }
  .matrix .check {
    justify-content: center;
    min-inline-size: var(--_control);
  }

  .templates {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .template + .template {
    border-block-start: 1px solid var(--_line);
  }
  .template .name {
    overflow-wrap: anywhere;
  }
  .editor {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_space-4);
    padding-block: var(--_space-2) var(--_space-4);
  }
  .editor textarea {
    min-block-size: 9em;
  }
  .placeholders {
    display: flex;
    flex-wrap: wrap;
    gap: 2px;
  }
  .placeholders .hint {
    flex-basis: 100%;
  }
  .placeholders .button {
    padding-inline: 6px;
    font-size: var(--_size-small);
  }
  .letters {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 16em), 1fr));
    gap: var(--_space-3);
  }
  .letter {
    min-inline-size: 0;
    padding: var(--_space-3);
    border-radius: var(--_radius);
    overflow-wrap: anywhere;
  }
  .letter h5 {
    color: var(--_text-muted);
    font-size: var(--_size-small);
    font-weight: inherit;
  }
  .letter-subject {
    margin: 4px 0 var(--_space-2);
    font-weight: 600;
  }
  .letter pre {
    margin: 0;
    font-family: ui-monospace, monospace;
    font-size: var(--_size-small);
    white-space: pre-wrap;
  }
  .letter div p {
    margin: 0 0 var(--_space-2);
  }
  .letter .link {
    color: var(--_accent);
    text-decoration: underline;
  }
  .add-template {
    inline-size: 100%;
    gap: var(--_space-3);
  }
  .add-template .button {
    justify-self: start;
  }
`;
