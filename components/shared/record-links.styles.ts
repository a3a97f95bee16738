import { css } from 'lit';

/** Lists of cases and projects to choose from, and the card they stand in. */
export const recordLinks = css`
  :host {
    display: block;
    container: records / inline-size;
  }
  section {
    border: 1px solid var(--_line);
    border-radius: var(--_radius-card);
    background: var(--_surface);
  }
  header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_space-2) var(--_space-3);
    padding: var(--_space-4) var(--_space-5);
  }
  h2,
  h3 {
    margin: 0;
    font-size: var(--_size-title);
    line-height: 1.3;
    overflow-wrap: anywhere;
  }
  h3 {
    font-size: var(--_size-small);
    color: var(--_text-muted);
  }
  .grow {
    flex: 1 1 10em;
    min-inline-size: 0;
  }
  .lines {
    display: grid;
    gap: var(--_space-3);
    padding: var(--_space-4) var(--_space-5);
  }
  .lines .skeleton {
    block-size: 22px;
  }
  .records {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .records > li {
    display: flex;
    align-items: center;
    gap: var(--_space-2);
    border-block-start: 1px solid var(--_line);
  }
  .record {
    display: flex;
    flex: 1;
    align-items: center;
    gap: var(--_space-3);
    min-inline-size: 0;
    min-block-size: calc(var(--_control) + 10px);
    padding: 6px var(--_space-5);
    border: 0;
    background: none;
    text-align: start;
    cursor: pointer;
  }
  .record:hover {
    background: var(--_surface-sunken);
  }
  .record .name {
    flex: 1;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .record .number {
    color: var(--_text-muted);
    font-variant-numeric: tabular-nums;
  }
  .none,
  .lacking {
    margin: 0;
    padding: var(--_space-4) var(--_space-5);
    color: var(--_text-muted);
  }
  .more {
    padding: var(--_space-3) var(--_space-5);
    border-block-start: 1px solid var(--_line);
  }
  @container records (max-width: 420px) {
    header,
    .none,
    .lacking,
    .more,
    .lines {
      padding-inline: var(--_space-4);
    }
    .record {
      padding-inline: var(--_space-4);
      gap: var(--_space-2);
    }
  }
`;
