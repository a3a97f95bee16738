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
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 10em), 1fr));
    align-items: start;
    gap: 8px;
  }
  /* In line with the fields, whose labels stand above them. */
  .add-link > .button {
    justify-self: start;
    margin-block-start: calc(1lh + 4px);
  }
`;
