import { css } from 'lit';

export const styles = css`
  :host {
    display: grid;
    grid-template-rows: auto minmax(0, 1fr);
    min-block-size: 0;
  }

  .filter {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    padding: 0 18px 10px;
  }
  .chip {
    min-block-size: 28px;
    padding: 1px 11px;
    border-radius: 999px;
    font-size: var(--_size-small);
  }
  .chip[aria-pressed='true'] {
    border-color: var(--_accent);
    background: var(--_accent-soft);
    color: var(--_accent);
    font-weight: 600;
  }
  .nothing {
    padding-block: 8px;
  }

  .scroll {
    grid-row: 2;
    position: relative;
    min-block-size: 0;
    overflow: auto;
    overflow-anchor: none;
    overscroll-behavior: contain;
  }
  .scroll:focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: -2px;
  }
  .content {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 12px;
    padding: 4px 18px 0;
  }
  .end {
    block-size: 44px;
  }

  .entries {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 12px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .card {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 6px;
    padding: 11px 13px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius-card);
    background: var(--_surface);
  }
  .card.internal {
    border-color: var(--_internal-line);
    background: var(--_internal);
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 8px;
  }
  .head strong {
    min-inline-size: 0;
    overflow-wrap: anywhere;
    font-weight: 600;
  }
  .avatar {
    display: inline-grid;
    place-items: center;
    flex: none;
    inline-size: 24px;
    block-size: 24px;
    border-radius: 50%;
    font-size: 0.715em;
    font-weight: 700;
  }
  .avatar.positive {
    background: var(--_positive-soft);
    color: var(--_positive);
  }
  .avatar.caution {
    background: var(--_caution-soft);
    color: var(--_caution);
  }
  .avatar.accent {
    background: var(--_accent-soft);
    color: var(--_accent);
  }
  time {
    unicode-bidi: isolate;
  }
  .subject {
    margin: 0;
    font-size: var(--_size-small);
    font-weight: 600;
    color: var(--_text-muted);
    overflow-wrap: anywhere;
  }
  .text {
    margin: 0;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
    line-height: 1.5;
  }

  .line {
    display: flex;
    align-items: start;
    gap: 8px;
    margin: 0;
    padding-inline: 6px;
    color: var(--_text-muted);
    font-size: var(--_size-small);
    overflow-wrap: anywhere;
  }
  .line + .line {
    margin-block-start: 6px;
  }
  .line > span {
    min-inline-size: 0;
  }
  .line svg {
    margin-block-start: 1px;
  }

  .attachments {
    display: grid;
    justify-items: start;
    gap: 2px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .attachment {
    display: inline-flex;
    align-items: center;
    gap: 8px;
    min-block-size: 28px;
    margin-inline: -6px;
    padding: 2px 6px;
    border: 0;
    border-radius: var(--_radius);
    background: none;
    color: var(--_text-muted);
    font-size: var(--_size-small);
    text-align: start;
    overflow-wrap: anywhere;
    cursor: pointer;
  }
  .attachment:hover {
    background: var(--_surface-sunken);
    color: var(--_text);
    text-decoration: underline;
  }
  .attachment[aria-busy='true'] {
    cursor: progress;
  }

  .earlier {
    justify-self: center;
  }
  .content > .skeleton {
    block-size: 92px;
    border-radius: var(--_radius-card);
  }

  .fresh .card {
    border-color: var(--_accent);
    box-shadow: 0 0 0 2px var(--_accent-soft);
  }
  .fresh .line {
    color: var(--_accent);
  }
  .card,
  .line {
    transition:
      border-color 600ms,
      box-shadow 600ms,
      color 600ms;
  }
  @media (prefers-reduced-motion: reduce) {
    .card,
    .line {
      transition: none;
    }
  }

  .float {
    position: sticky;
    inset-block-end: 10px;
    display: grid;
    justify-items: center;
    block-size: 0;
    align-items: end;
    pointer-events: none;
  }
  .float .button {
    border-radius: 999px;
    box-shadow: var(--_shadow);
    pointer-events: auto;
  }

  @media (pointer: coarse) {
    .attachment {
      min-block-size: 40px;
    }
  }

  @container (max-width: 480px) {
    .scroll {
      overflow: visible;
    }
    .content {
      padding-inline: 12px;
    }
    .end {
      scroll-margin-block-end: 140px;
    }
  }

  @media (forced-colors: active) {
    .fresh .card {
      outline: 2px solid Highlight;
    }
    .avatar {
      border: 1px solid currentcolor;
    }
  }
`;
