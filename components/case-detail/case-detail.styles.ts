import { css } from 'lit';

export const styles = css`
  :host {
    display: block;
    container-type: inline-size;
    background: var(--_surface);
  }

  .detail {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    grid-template-rows: auto auto minmax(220px, 1fr) auto;
    block-size: 100%;
    overflow: auto;
  }
  .detail > .banner {
    border-radius: 0;
  }
  .done {
    grid-row: 1;
  }
  .done .banner {
    border-radius: 0;
    padding-block: 4px;
  }
  .stale {
    grid-row: 1;
  }
  header {
    grid-row: 2;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 8px;
    padding: 14px 18px 18px;
    border-block-end: 1px solid var(--_line);
  }
  .bar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 6px;
    min-block-size: var(--_control);
  }
  .back {
    display: none;
    margin-inline-start: -8px;
  }
  :host([standalone]) .back {
    display: inline-flex;
  }
  h2 {
    margin: 0;
    font-size: var(--_size-title);
    font-weight: 700;
    line-height: 1.3;
    overflow-wrap: anywhere;
    outline-offset: 2px;
  }
  h2:focus {
    outline: none;
  }
  h2:focus-visible {
    outline: 2px solid var(--_accent);
  }
  .identity {
    overflow-wrap: anywhere;
  }

  .facts {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 132px), 1fr));
    gap: 10px 16px;
    margin: 4px 0 0;
  }
  .facts > div {
    min-inline-size: 0;
  }
  .several {
    grid-column: span 2;
  }
  dt {
    color: var(--_text-muted);
    font-size: var(--_size-small);
  }
  dd {
    margin: 0;
    overflow-wrap: anywhere;
  }
  dd .critical {
    color: var(--_critical);
    font-weight: 600;
  }
  dd .caution {
    color: var(--_caution);
    font-weight: 600;
  }
  .tags {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
  }
  .tags .pill {
    white-space: normal;
    overflow-wrap: anywhere;
  }

  .reason {
    align-items: start;
    margin-block-start: 4px;
  }
  .reason p {
    margin: 0;
  }
  .reason .text {
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .reason svg {
    margin-block-start: 2px;
  }

  .history {
    grid-row: 3;
    position: relative;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    grid-template-rows: auto minmax(0, 1fr);
    min-block-size: 0;
    background: var(--_surface-sunken);
  }
  .history-head {
    display: flex;
    align-items: center;
    gap: 4px;
    min-block-size: 40px;
    padding: 6px 18px 2px;
  }
  h3 {
    margin: 0;
    font-size: var(--_size-small);
    font-weight: 600;
    color: var(--_text-muted);
  }
  .corner {
    position: absolute;
    inset-block-end: 12px;
    inset-inline-end: 18px;
    inline-size: 40px;
    block-size: 40px;
    padding: 0;
    border-color: transparent;
    border-radius: 50%;
    background: var(--_surface-raised);
    color: var(--_accent);
    box-shadow: var(--_shadow);
  }

  .write {
    grid-row: 4;
    border-block-start: 1px solid var(--_line);
  }

  .waiting {
    padding: 20px 18px;
  }
  .waiting > div {
    display: grid;
    gap: 14px;
  }
  .pill-shape {
    inline-size: 72px;
    block-size: 22px;
    border-radius: 999px;
  }
  .waiting .title {
    inline-size: 70%;
    block-size: 22px;
  }
  .waiting .name {
    inline-size: 50%;
    block-size: 11px;
    margin-block-end: 6px;
  }
  .waiting .value {
    inline-size: 80%;
    block-size: 14px;
  }
  .waiting .card {
    block-size: 92px;
    border-radius: var(--_radius-card);
  }
  :host > .bar,
  .bar:has(+ .message) {
    padding: 10px 18px 0;
  }

  @container (max-width: 480px) {
    .back {
      display: inline-flex;
    }
    header {
      padding: 8px 14px 14px;
    }
    .facts {
      grid-template-columns: repeat(auto-fill, minmax(min(100%, 8.5em), 1fr));
      gap: 8px 12px;
    }
    .several {
      grid-column: 1 / -1;
    }
    .history-head {
      padding-inline: 14px;
    }
    /* One column under a thumb: everything scrolls together, and a customer's reply stays within reach. */
    .detail {
      grid-template-rows: auto auto minmax(min-content, 1fr) auto;
    }
    .history {
      grid-template-rows: auto minmax(0, 1fr) auto;
    }
    .corner {
      position: sticky;
      justify-self: end;
      margin: -48px 12px 12px;
    }
    .write.customer {
      position: sticky;
      z-index: 1;
      inset-block-end: 0;
    }
  }
`;
