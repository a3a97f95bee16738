import { css, type CSSResultGroup } from 'lit';

import { linkStyles } from '../shared/host-actions/link-list.styles.js';

const own = css`
  .host {
    display: grid;
    gap: var(--_space-2);
    margin-block-start: 8px;
    min-inline-size: 0;
  }
  .linked {
    margin: 0;
    min-inline-size: 0;
  }
  .host-actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
  }
  .host-actions .button {
    max-inline-size: 100%;
    overflow-wrap: anywhere;
    white-space: normal;
  }
  .host-actions .button[aria-disabled='true'] {
    opacity: 0.6;
    cursor: not-allowed;
  }
  .host .banner {
    margin: 0;
  }
`;

/** What the page around brings to a case. */
export const hostStyles: CSSResultGroup = [own, linkStyles];
