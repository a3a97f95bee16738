import { css } from 'lit';

/** The checkboxes, the rows that are selected, and the bar of what can be done with them. */
export const bulkStyles = css`
  td.pick {
    cursor: pointer;
    user-select: none;
  }
  .pick input {
    display: block;
    inline-size: 18px;
    block-size: 18px;
    margin: 0 auto;
    accent-color: var(--_accent);
    cursor: pointer;
  }
  /* A finger may miss the box. */
  .reach {
    display: grid;
    place-content: center;
    inline-size: 44px;
    min-block-size: var(--_control);
    cursor: pointer;
  }
  .pick.all .reach {
    block-size: 44px;
  }
  tr.picked:not(.current) {
    background: color-mix(in srgb, var(--_accent-soft) 55%, var(--_surface));
  }

  .selecting .pick.all {
    order: -1;
  }
  .toolbar.selecting {
    position: sticky;
    inset-block-start: 0;
    z-index: 2;
    background: var(--_accent-soft);
  }
  .selecting .count {
    flex: none;
    color: var(--_text);
    font-weight: 600;
  }
  .bulk {
    flex: 1;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px;
    min-inline-size: 0;
  }
  .bulk .link {
    min-block-size: 24px;
    padding: 0 6px;
    border: 0;
    background: none;
    color: var(--_accent);
    cursor: pointer;
  }
  .bulk .link:hover {
    text-decoration: underline;
  }
  .bulk .link[aria-busy='true'] {
    color: var(--_text-muted);
    cursor: progress;
  }
  .bulk .hint {
    flex: 1 0 100%;
    overflow-wrap: anywhere;
  }
  .bulk .hint:empty {
    display: none;
  }

  @container case-list (inline-size < 560px) {
    .toolbar.selecting {
      gap: 4px 6px;
    }
    .toolbar.selecting > .count {
      flex: 1;
    }
    /* Two lines: how many there are and how to be rid of them, then what can be done. */
    .bulk {
      display: contents;
    }
    .bulk .grow {
      order: 1;
      flex: 1 0 100%;
    }
    .bulk .button {
      order: 2;
      flex: 1 1 auto;
      padding-inline: 6px;
    }
    .bulk .button.icon {
      order: 0;
      flex: none;
    }
    .bulk .hint {
      order: 3;
    }
  }
  @media (pointer: coarse) {
    .bulk :is(.button, .link) {
      min-block-size: 44px;
    }
    .bulk .button.icon {
      min-inline-size: 44px;
    }
  }
  @media (forced-colors: active) {
    tr.picked td.pick {
      border-inline-start: 4px solid Highlight;
    }
    .toolbar.selecting {
      border-block-end: 2px solid Highlight;
    }
  }
`;
