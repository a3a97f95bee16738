import { css } from 'lit';

export const styles = css`
  :host {
    display: block;
    container: share-manager / inline-size;
  }
  section {
    min-inline-size: 0;
  }
  h2,
  h3 {
    margin: 0;
    line-height: 1.3;
    overflow-wrap: anywhere;
  }
  h2 {
    font-size: var(--_size-title);
  }
  :is(h2, #preview-title) {
    display: flex;
    align-items: center;
    gap: var(--_space-2);
  }
  :is(h2, #preview-title):focus {
    outline: none;
  }
  .top {
    padding-block-end: var(--_space-3);
    padding-inline-end: var(--_share-close, 0);
  }
  .top h2 {
    min-block-size: var(--_control);
  }
  .notices:not(:empty) > .banner {
    margin-block-end: var(--_space-3);
  }
  .lines {
    display: grid;
    gap: var(--_space-4);
    padding-block: var(--_space-4);
  }
  .lines .skeleton {
    block-size: 34px;
  }
  .layout {
    display: grid;
    gap: var(--_space-5);
    align-items: start;
  }
  .main {
    display: grid;
    gap: var(--_space-4);
    min-inline-size: 0;
  }
  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .adding,
  .edit {
    display: grid;
    gap: var(--_space-3);
  }
  .tags .tag {
    border-radius: 4px;
  }
  /* An empty field knows no direction of its own. */
  .tags input:placeholder-shown {
    direction: inherit;
  }
  .name-errors,
  .refusals {
    display: grid;
    gap: var(--_space-1);
  }
  .refusals .hint {
    display: flex;
    gap: 6px;
    align-items: start;
  }
  .refusals svg {
    margin-block-start: 2px;
  }
  .portal-only .hint {
    margin: 0;
    padding-inline-start: calc(13px + var(--_space-2));
  }
  .portal-only input {
    flex: none;
    inline-size: 13px;
    margin: 0;
  }
  .lines-of {
    border-block-start: 1px solid var(--_line);
  }
  .line {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space-2) var(--_space-3);
    align-items: center;
    padding-block: var(--_space-2);
    border-block-end: 1px solid var(--_line);
  }
  .line .grow {
    flex: 1 1 10em;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .line .field {
    flex: 0 1 11em;
  }
  .line .field > label {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .foot {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space-3);
    align-items: end;
    justify-content: space-between;
  }
  .expiry {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space-2);
    flex: 1 1 11em;
    min-inline-size: 0;
  }
  .expiry .field {
    flex: 0 1 11em;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space-2);
    justify-content: end;
    margin-inline-start: auto;
  }

  .group h3 {
    color: var(--_text-muted);
    font-size: 0.82em;
    font-weight: 600;
    letter-spacing: 0.05em;
    text-transform: uppercase;
  }
  .grant {
    display: grid;
    grid-template-columns: 28px minmax(0, 1fr) auto auto;
    gap: 2px var(--_space-3);
    align-items: center;
    padding-block: var(--_space-3);
    border-block-end: 1px solid var(--_line);
  }
  .avatar {
    display: grid;
    place-items: center;
    inline-size: 28px;
    block-size: 28px;
    border-radius: 50%;
    background: var(--_accent-soft);
    color: var(--_accent);
    font-size: 0.75em;
    font-weight: 700;
  }
  .avatar.department {
    background: var(--_caution-soft);
    color: var(--_caution);
  }
  .avatar.person {
    background: var(--_positive-soft);
    color: var(--_positive);
  }
  .avatar:is(.department, .organisation) {
    border-radius: var(--_radius);
  }
  .who {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--_space-2);
    align-items: baseline;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .controls {
    display: flex;
    align-items: center;
  }
  .locked {
    display: grid;
    place-items: center;
    inline-size: var(--_control);
    block-size: var(--_control);
    color: var(--_text-muted);
  }
  .about {
    grid-column: 2 / -1;
    overflow-wrap: anywhere;
  }
  .about .soon {
    color: var(--_caution);
    font-weight: 600;
  }
  .about .viewed svg {
    vertical-align: -3px;
  }
  .link {
    min-block-size: 24px;
    padding: 0;
    border: 0;
    background: none;
    color: var(--_accent);
    text-decoration: underline;
    cursor: pointer;
  }
  .grant > :is(.edit, .question) {
    grid-column: 1 / -1;
    margin-block-start: var(--_space-2);
  }
  .question {
    flex-wrap: wrap;
    justify-content: end;
  }
  .question .grow {
    flex: 1 1 16em;
  }
  .edit {
    padding: var(--_space-3);
    border-radius: var(--_radius);
    background: var(--_surface-sunken);
  }
  @container share-manager (min-width: 421px) {
    .edit {
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
      align-items: start;
    }
    .edit > :is(.actions, .hint) {
      grid-column: 1 / -1;
    }
  }
  .edit p.hint {
    display: flex;
    gap: 6px;
  }

  #preview {
    display: grid;
    gap: var(--_space-3);
    padding: var(--_space-4);
    border: 1px solid var(--_line);
    border-radius: var(--_radius-card);
    background: var(--_surface-raised);
    min-inline-size: 0;
  }
  #preview header {
    display: flex;
    gap: var(--_space-2);
    align-items: center;
    justify-content: space-between;
  }
  #preview h3 {
    font-size: var(--_size-large);
  }
  .history {
    display: grid;
    gap: var(--_space-2);
    margin: 0;
    padding: var(--_space-3) var(--_space-4);
    border: 1px solid var(--_caution);
    border-radius: var(--_radius);
    background: var(--_caution-soft);
    min-inline-size: 0;
  }
  .history legend {
    float: inline-start;
    inline-size: 100%;
    padding: 0;
    font-weight: 600;
  }
  .history legend + * {
    clear: both;
  }
  .history p {
    margin: 0;
    overflow-wrap: anywhere;
  }
  .warning {
    margin: 0;
    color: var(--_caution);
    display: flex;
    gap: 6px;
    font-weight: 600;
  }
  .choice {
    display: flex;
    gap: var(--_space-2);
    align-items: center;
    min-block-size: max(24px, calc(var(--_control) - 8px));
    cursor: pointer;
  }
  .choice input {
    margin-block: 0;
    accent-color: var(--_accent);
  }
  dl {
    display: grid;
    gap: 2px;
    margin: 0;
  }
  dt {
    font-size: var(--_size-small);
    font-weight: 600;
  }
  dd {
    margin: 0 0 var(--_space-2);
    font-size: var(--_size-small);
    overflow-wrap: anywhere;
  }
  summary {
    min-block-size: 24px;
    border-radius: var(--_radius);
    color: var(--_accent);
    cursor: pointer;
  }
  .texts {
    display: grid;
    gap: var(--_space-2);
    max-block-size: 16em;
    margin-block-start: var(--_space-2);
    overflow-y: auto;
  }
  .texts li {
    padding: var(--_space-2) var(--_space-3);
    border-radius: var(--_radius);
    background: var(--_surface-sunken);
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }

  @container share-manager (min-width: 800px) {
    .layout:has(#preview) {
      grid-template-columns: minmax(0, 1.3fr) minmax(0, 1fr);
    }
    #preview {
      grid-column: 2;
    }
    .layout:has(#preview) .main {
      grid-area: 1 / 1;
    }
  }
  @container share-manager (max-width: 420px) {
    .grant {
      grid-template-columns: 28px minmax(0, 1fr) auto;
    }
    .grant .pill {
      grid-row: 2;
      grid-column: 2 / -1;
      justify-self: start;
    }
    .actions {
      inline-size: 100%;
    }
    .actions .button {
      flex: 1;
    }
  }
`;
