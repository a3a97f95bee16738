import { css } from 'lit';

/** The objects of the host that a case is linked to. */
export const linkStyles = css`
  .links {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 12px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .links li {
    display: inline-flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 6px;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .links a {
    color: var(--_accent);
  }
  .links img {
    flex: none;
    inline-size: 16px;
    block-size: 16px;
  }
  .links .type {
    color: var(--_text-muted);
    font-size: var(--_size-small);
  }
`;
