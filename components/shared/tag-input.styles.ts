import { css } from 'lit';

/** Tags as chips in a field. */
export const tagInput = css`
  .tags {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 6px;
  }
  .tags:focus-within {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  .tags:has([aria-invalid='true']) {
    border-color: var(--_critical);
  }
  .tags ul {
    display: contents;
    list-style: none;
  }
  .tag {
    display: inline-flex;
    align-items: center;
    max-inline-size: 100%;
    padding-inline-start: 8px;
    border-radius: 999px;
    background: var(--_accent-soft);
    color: var(--_accent);
    font-size: var(--_size-small);
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .tag button {
    display: grid;
    place-items: center;
    inline-size: 24px;
    block-size: 24px;
    padding: 0;
    border: 0;
    border-radius: 999px;
    background: none;
    cursor: pointer;
  }
  .tag button svg {
    inline-size: 12px;
    block-size: 12px;
  }
  .tags input {
    flex: 1 1 6em;
    min-inline-size: 0;
    min-block-size: 24px;
    padding: 0;
    border: 0;
    background: none;
  }
  .tags input:focus-visible {
    outline: none;
  }
  .tag.over {
    background: var(--_critical-soft);
    color: var(--_critical);
  }
  .notice {
    margin-block-start: 4px;
  }

  @media (forced-colors: active) {
    .tag {
      border: 1px solid currentcolor;
    }
  }
`;
