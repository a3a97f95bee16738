import { css, type CSSResultGroup } from 'lit';

import { forms } from '../shared/forms.styles.js';

const own = css`
  .sharing {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px;
    margin-inline-start: auto;
    min-inline-size: 0;
  }
  .button.badge {
    max-inline-size: 100%;
    padding-inline: 8px;
    background: var(--_accent-soft);
    color: var(--_accent);
    font-size: var(--_size-small);
    font-weight: 600;
    white-space: normal;
    text-align: start;
    overflow-wrap: anywhere;
  }
  .people {
    overflow-wrap: anywhere;
  }
  .where {
    display: flex;
    gap: 6px;
    align-items: center;
    overflow-wrap: anywhere;
  }
  .where svg {
    flex: none;
  }

  .menu {
    min-inline-size: 220px;
    max-inline-size: calc(100vw - 16px);
    margin: 0;
    padding: 4px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius-card);
    background: var(--_surface-raised);
    color: inherit;
    box-shadow: var(--_shadow);
  }
  .menu .item {
    display: flex;
    gap: 8px;
    align-items: center;
    inline-size: 100%;
    min-block-size: calc(var(--_control) + 4px);
    padding: 4px 10px;
    border: 0;
    border-radius: var(--_radius);
    background: none;
    text-align: start;
    cursor: pointer;
  }
  .menu .item:is(:hover, :focus-visible) {
    background: var(--_accent-soft);
    outline: none;
  }
  .menu .item[aria-disabled='true'] {
    color: var(--_text-muted);
    cursor: not-allowed;
  }
  .menu .mark {
    display: grid;
    flex: none;
    inline-size: 16px;
  }
  .menu .hint {
    display: block;
  }
  @media (forced-colors: active) {
    .menu .item:focus-visible {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }

  dialog.side {
    inline-size: min(560px, 100vw - 32px);
    block-size: 100dvh;
    max-inline-size: none;
    max-block-size: none;
    margin: 0;
    margin-inline-end: auto;
  }
  dialog.side[open] {
    display: flex;
    flex-direction: column;
    animation: side-in calc(var(--_motion) * 1.5) cubic-bezier(0.2, 0.8, 0.3, 1);
  }
  @keyframes side-in {
    from {
      opacity: 0;
      transform: translateX(-24px);
    }
  }
  .side-close {
    position: absolute;
    z-index: 1;
    inset-block-start: 14px;
    inset-inline-end: 14px;
    /* What scrolls under it is not read through it. */
    background: var(--_surface-raised);
  }
  .side-body {
    flex: 1 1 auto;
    min-block-size: 0;
    overflow-y: auto;
    overscroll-behavior: contain;
  }
  .side-body.who {
    /* The heading stands on one line with the button that closes, and not under it. */
    --_share-close: calc(var(--_control) + 4px);
    padding: 14px 22px 18px;
  }
  dialog.side > .question {
    flex: none;
    border-radius: 0;
  }
  .forward {
    display: grid;
    align-content: start;
    gap: var(--_space-4);
    padding: 14px 22px 18px;
  }
  .forward textarea {
    min-block-size: 6em;
    resize: vertical;
  }
  .forward h3 {
    display: flex;
    align-items: center;
    min-block-size: var(--_control);
    padding-inline-end: 40px;
    color: var(--_text);
    font-size: 1.25em;
  }
  .forward .actions {
    display: flex;
    justify-content: end;
  }
  @media (max-width: 640px) {
    dialog.side {
      inline-size: 100vw;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    dialog.side[open] {
      animation: none;
    }
  }
`;

/** What sharing brings along into the detail of a case. */
export const sharingStyles: CSSResultGroup = [forms, own];
