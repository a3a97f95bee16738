import { css } from 'lit';

export const styles = css`
  .selector {
    flex: 1 1 14em;
    min-inline-size: 0;
  }
  .facts {
    margin: 0;
    padding: 0 var(--_space-5) var(--_space-4);
    color: var(--_text-muted);
    overflow-wrap: anywhere;
  }
  .notices {
    display: grid;
    gap: var(--_space-2);
    padding-inline: var(--_space-5);
  }
  .notices > .banner {
    margin-block-end: var(--_space-3);
  }
  .naming {
    display: flex;
    flex-wrap: wrap;
    align-items: end;
    gap: var(--_space-2);
    padding: 0 var(--_space-5) var(--_space-4);
  }
  .naming .field {
    flex: 1 1 14em;
  }
  .tabs {
    display: flex;
    flex-wrap: wrap;
    gap: 2px var(--_space-2);
    padding-inline: var(--_space-4);
    border-block-end: 1px solid var(--_line);
  }
  .tab {
    min-block-size: calc(var(--_control) + 6px);
    padding: 4px 10px;
    border: 0;
    border-block-end: 2px solid transparent;
    background: none;
    color: var(--_text-muted);
    cursor: pointer;
  }
  .tab:hover {
    color: var(--_text);
  }
  .tab[aria-selected='true'] {
    border-color: var(--_accent);
    color: var(--_accent);
    font-weight: 600;
  }
  .records > li:first-child {
    border-block-start: 0;
  }
  .records .button {
    margin-inline-end: var(--_space-3);
  }
  .composer {
    display: grid;
    gap: var(--_space-3);
    justify-items: start;
    padding: var(--_space-4) var(--_space-5);
  }
  .composer .field,
  .composer .banner {
    inline-size: 100%;
  }
  .composer textarea {
    min-block-size: 5.5em;
    resize: vertical;
  }
  .messages {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .messages > li {
    display: grid;
    gap: var(--_space-1);
    padding: var(--_space-3) var(--_space-5);
    border-block-start: 1px solid var(--_line);
    overflow-wrap: anywhere;
  }
  .messages p {
    margin: 0;
    white-space: pre-wrap;
  }
  .panel > [project-id] {
    padding: var(--_space-4) var(--_space-5);
  }
  @container records (max-width: 420px) {
    .facts,
    .notices,
    .naming,
    .composer,
    .messages > li {
      padding-inline: var(--_space-4);
    }
  }
  @media (forced-colors: active) {
    .tab[aria-selected='true'] {
      border-color: Highlight;
    }
  }
`;
