import { css } from 'lit';

/** What both shapes share. */
export const styles = css`
  :host {
    display: block;
    container: case-list / inline-size;
    background: var(--_surface);
  }
  :host(:not([compact])) {
    min-block-size: 0;
  }

  section {
    position: relative;
    display: flex;
    flex-direction: column;
    block-size: 100%;
    min-block-size: 0;
  }

  .grow {
    flex: 1;
  }
  h2 {
    margin: 0;
    font-size: 1.072em;
    font-weight: 600;
  }
  .meta {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px 0;
    color: var(--_text-muted);
    font-size: var(--_size-small);
    min-inline-size: 0;
  }
  .meta > :not(:first-child):not(.pill, .facts)::before {
    content: '\\00a0\\00b7\\00a0';
  }
  .meta > .pill:not(:first-child) {
    margin-inline-start: 8px;
  }
  .banner {
    margin: var(--_space-3);
  }
  .banner .button:not(.quiet) {
    color: var(--_text);
  }
  .fresh {
    animation: fresh 2.4s ease-out;
  }
  @keyframes fresh {
    from,
    30% {
      background-color: var(--_accent-soft);
    }
  }

  .skeletons:not(.compact)::before {
    content: '';
    display: block;
    block-size: calc(var(--_control) + 9px);
    border-block-end: 1px solid var(--_line);
  }
  .skeleton-row {
    display: flex;
    align-items: center;
    gap: 24px;
    padding: 13px 16px;
    border-block-end: 1px solid var(--_line);
  }
  .skeleton-row > div {
    flex: 1;
    display: grid;
    gap: 8px;
    min-inline-size: 0;
  }
  .skeleton {
    block-size: 12px;
  }
  .skeleton.narrow {
    inline-size: 34%;
    block-size: 10px;
  }
  .skeleton.wide {
    inline-size: 72%;
  }
  .skeleton.w1 {
    inline-size: 54%;
  }
  .skeleton.w2 {
    inline-size: 84%;
  }
  .skeleton.cell {
    flex: none;
    inline-size: 64px;
  }

  @container case-list (inline-size < 768px) {
    .skeletons::before,
    .skeleton.cell {
      display: none;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .fresh {
      animation: none;
      background-color: var(--_accent-soft);
    }
  }
  @media (forced-colors: active) {
    tr.current td:first-child,
    .row.current {
      border-inline-start: 4px solid Highlight;
    }
    .fresh {
      outline: 1px dashed Highlight;
      outline-offset: -1px;
    }
  }
`;
