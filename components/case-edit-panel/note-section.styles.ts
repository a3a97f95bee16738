import { css } from 'lit';

/** The paper a note is written on, and who may read it. */
export const noteSection = css`
  .paper {
    display: grid;
    gap: var(--_space-3);
    padding: var(--_space-3) var(--_space-4) var(--_space-4);
    border: 1px solid var(--_line);
    border-radius: var(--_radius-card);
  }
  .paper.internal {
    border-color: var(--_internal-line);
    background: var(--_internal);
  }
  fieldset {
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  legend {
    padding: 0;
    margin-block-end: 5px;
  }
  .segments {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    row-gap: 4px;
  }
  .segments label {
    position: relative;
    cursor: pointer;
  }
  .segments input {
    position: absolute;
    inset: 0;
    margin: 0;
    opacity: 0;
    cursor: pointer;
  }
  .segments span {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-block-size: var(--_control);
    padding: 2px 12px;
    border: 1px solid var(--_line-strong);
    background: var(--_surface);
    color: var(--_text-muted);
  }
  .segments label:first-of-type > span {
    border-start-start-radius: var(--_radius);
    border-end-start-radius: var(--_radius);
  }
  .segments label:last-of-type > span {
    border-start-end-radius: var(--_radius);
    border-end-end-radius: var(--_radius);
  }
  .segments label + label span {
    border-inline-start: 0;
  }
  .segments input:checked + span {
    background: var(--_accent-soft);
    color: var(--_accent);
    font-weight: 600;
  }
  .internal .segments input:checked + span {
    background: var(--_caution-soft);
    color: var(--_caution);
  }
  .segments input:focus-visible + span {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  .segments .hint {
    margin-inline-start: var(--_space-3);
  }

  @media (max-width: 640px) {
    .segments .hint {
      flex-basis: 100%;
      margin-inline-start: 0;
    }
  }
  @media (max-width: 400px) {
    .segments label {
      flex: 1 0 100%;
    }
    .segments label:is(:first-of-type, :last-of-type) > span {
      inline-size: 100%;
      border-radius: var(--_radius);
    }
    .segments label + label span {
      border-inline-start: 1px solid var(--_line-strong);
    }
  }
  @media (forced-colors: active) {
    .segments input:checked + span {
      outline: 2px solid Highlight;
      outline-offset: -3px;
    }
  }
`;
