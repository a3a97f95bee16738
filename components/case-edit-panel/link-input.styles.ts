import { css } from 'lit';

/** The field for the objects of the host that a case is linked to. */
export const linkInputStyles = css`
  .link-field {
    display: grid;
    gap: 6px;
    min-inline-size: 0;
  }
  .link-field .label {
    font-weight: 600;
  }
  .link-field p {
    margin: 0;
  }
  .link-field .links {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 8px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .link-field li {
    display: inline-flex;
    align-items: center;
    min-inline-size: 0;
  }
  .link-field .pill {
    white-space: normal;
    overflow-wrap: anywhere;
  }
  .add-link {
    display: grid;
    grid-template-columns: minmax(7em, 1fr) minmax(8em, 2fr) auto;
    align-items: end;
    gap: 8px;
  }
  @media (max-width: 480px) {
    .add-link {
      grid-template-columns: minmax(0, 1fr);
    }
  }
`;
