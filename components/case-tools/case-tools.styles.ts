import { css } from 'lit';

export const styles = css`
  /* The buttons and notices take their places in the toolbar around them. */
  :host {
    display: contents;
  }
  :host([hidden]) {
    display: none;
  }

  .views,
  .export {
    min-inline-size: 0;
    max-inline-size: 100%;
  }
  .views .words {
    max-inline-size: 220px;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .views[aria-expanded='true'] {
    background: var(--_surface-sunken);
    color: var(--_text);
  }

  .menu {
    position: fixed;
    inline-size: max-content;
    min-inline-size: 230px;
    max-inline-size: min(360px, 100vw - 16px);
    max-block-size: min(480px, 100vh - 16px);
    margin: 0;
    padding: 6px;
    overflow: auto;
    border: 1px solid var(--_line);
    border-radius: var(--_radius-card);
    background: var(--_surface-raised);
    color: var(--_text);
    box-shadow: var(--_shadow);
  }
  .menu [role='group'],
  .menu [role='separator'] {
    margin-block-start: 6px;
    padding-block-start: 6px;
    border-block-start: 1px solid var(--_line);
  }
  .menu .label {
    margin: 0;
    padding: 2px 8px 4px;
    color: var(--_text-muted);
  }
  .item {
    display: grid;
    grid-template-columns: 16px 1fr;
    align-items: center;
    gap: 0 8px;
    inline-size: 100%;
    min-block-size: var(--_control);
    padding: 5px 8px;
    border: 0;
    border-radius: var(--_radius);
    background: none;
    text-align: start;
    cursor: pointer;
  }
  .item:is(:hover, :focus) {
    background: var(--_accent-soft);
  }
  .item:focus-visible {
    outline-offset: -2px;
  }
  .item .mark {
    display: grid;
    color: var(--_accent);
  }
  .item .name {
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .item .about {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px 8px;
    grid-column: 2;
  }
  .item[aria-checked='true'] .name {
    font-weight: 600;
  }

  .lines {
    display: grid;
    gap: 8px;
    padding: 8px;
  }
  .lines .skeleton {
    block-size: 16px;
  }

  .banner {
    flex: 1 1 100%;
    order: 3;
    box-sizing: border-box;
  }
  dialog .banner {
    order: 0;
  }
  .banner .button:not(.danger) {
    color: var(--_text);
  }

  dialog {
    inline-size: min(480px, 100vw - 32px);
    max-inline-size: none;
    max-block-size: min(720px, 100dvh - 32px);
    border-radius: var(--_radius-card);
  }
  dialog[open] {
    display: flex;
  }
  form {
    display: flex;
    flex: 1;
    flex-direction: column;
    min-inline-size: 0;
    min-block-size: 0;
  }
  header {
    display: flex;
    align-items: start;
    gap: var(--_space-3);
    padding: var(--_space-4) var(--_space-5) var(--_space-2);
  }
  h2 {
    flex: 1;
    min-inline-size: 0;
    margin: 0;
    font-size: var(--_size-large);
    overflow-wrap: anywhere;
  }
  .body {
    display: grid;
    gap: var(--_space-4);
    min-block-size: 0;
    padding: var(--_space-2) var(--_space-5) var(--_space-4);
    overflow-y: auto;
  }
  .body > p {
    margin: 0;
  }
  fieldset {
    display: grid;
    gap: 2px;
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  fieldset:focus {
    outline: none;
  }
  legend {
    padding: 0;
    font-size: var(--_size-small);
    font-weight: 600;
  }
  .tick {
    display: flex;
    align-items: center;
    gap: 8px;
    min-block-size: var(--_control);
    cursor: pointer;
    overflow-wrap: anywhere;
  }
  .tick input {
    flex: none;
    inline-size: 16px;
    block-size: 16px;
    margin: 0;
    accent-color: var(--_accent);
  }
  .required {
    color: var(--_critical);
  }
  footer {
    padding: var(--_space-3) var(--_space-5);
    border-block-start: 1px solid var(--_line);
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    justify-content: end;
    gap: var(--_space-2);
  }

  .visually-hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  /* The box asked is the list around this element. */
  @container (inline-size < 800px) {
    .views .words {
      max-inline-size: 150px;
    }
    .export {
      inline-size: var(--_control);
      padding: 0;
    }
    .export .words {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
  }
  @container (inline-size < 560px) {
    .button.views {
      flex: 1 1 130px;
      order: 1;
      justify-content: start;
      border-color: var(--_line-strong);
      background: var(--_surface);
    }
    .views .words {
      flex: 1;
      max-inline-size: none;
      text-align: start;
    }
    .item {
      min-block-size: 40px;
    }
  }
  @media (forced-colors: active) {
    .item:is(:hover, :focus) {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`;
