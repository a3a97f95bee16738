import { css } from 'lit';

export const styles = css`
  :host {
    display: block;
    container-type: inline-size;
  }

  .composer {
    display: grid;
    gap: 10px;
    padding: 12px 14px;
    background: var(--_surface);
    transition: background-color var(--_motion);
  }
  .composer.internal {
    background: var(--_internal);
  }
  .composer.dropping {
    outline: 2px dashed var(--_accent);
    outline-offset: -6px;
  }

  .top {
    display: flex;
    flex-wrap: wrap;
    align-items: start;
    gap: 4px 12px;
  }
  .top .aside {
    justify-content: end;
  }
  .choice {
    display: grid;
    gap: 4px;
    min-inline-size: 0;
  }
  .audience {
    display: inline-flex;
    flex-wrap: wrap;
    justify-self: start;
    margin: 0;
    padding: 0;
    border: 1px solid var(--_line-strong);
    border-radius: var(--_radius);
    overflow: clip;
  }
  .segment {
    position: relative;
    display: inline-flex;
    flex: 1 0 auto;
    align-items: center;
    justify-content: center;
    gap: 6px;
    min-block-size: calc(var(--_control) - 2px);
    padding: 3px 12px;
    background: var(--_surface);
    color: var(--_text-muted);
    cursor: pointer;
  }
  .segment input {
    position: absolute;
    inset: 0;
    margin: 0;
    opacity: 0;
    cursor: inherit;
  }
  .segment:hover {
    color: var(--_text);
  }
  .segment:has(:checked) {
    background: var(--_accent-soft);
    color: var(--_accent);
    font-weight: 600;
  }
  .internal .segment:has(:checked) {
    background: var(--_caution-soft);
    color: var(--_caution);
  }
  .segment:has(:disabled) {
    opacity: 0.55;
    cursor: not-allowed;
  }
  .segment:has(:focus-visible) {
    outline: 2px solid var(--_accent);
    outline-offset: -3px;
  }

  .grow-box {
    display: grid;
  }
  .grow-box::after,
  .grow-box > textarea.input {
    grid-area: 1 / 1;
    min-block-size: calc(var(--_control) + 2px);
    max-block-size: 40vh;
  }
  .begun .grow-box > textarea.input {
    min-block-size: 60px;
  }
  .grow-box::after {
    content: attr(data-text) ' ';
    visibility: hidden;
    padding: 8px 10px;
    border: 1px solid transparent;
    white-space: pre-wrap;
    overflow: hidden;
    overflow-wrap: anywhere;
    line-height: 1.5;
  }
  .grow-box > textarea.input {
    resize: none;
  }

  .foot {
    display: flex;
    flex-wrap: wrap;
    align-items: end;
    gap: 8px 10px;
  }
  .foot > .field {
    flex: 0 1 190px;
    position: relative;
  }
  /* Seen, the choice names itself; heard, it needs the label. */
  .foot > .field > label {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .aside {
    display: flex;
    flex: 1 1 auto;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 6px;
    min-block-size: var(--_control);
  }
  .aside .button:not(.icon) {
    padding-inline: 6px;
  }
  .aside:empty {
    display: none;
  }
  .submit {
    margin-inline-start: auto;
    min-inline-size: 0;
    max-inline-size: 100%;
    white-space: normal;
    overflow-wrap: anywhere;
  }
  .done {
    display: inline-flex;
    align-items: center;
    gap: 5px;
    color: var(--_positive);
  }

  .notice {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 10px;
    margin: 0;
    padding: 12px 14px;
    color: var(--_text-muted);
  }
  .notice p {
    margin: 0;
  }
  .notice .grow {
    flex: 1 1 12em;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }

  .waiting {
    display: grid;
    gap: 10px;
    padding: 12px 14px;
  }
  .waiting .line {
    inline-size: 40%;
    block-size: 28px;
  }
  .waiting .box {
    block-size: 40px;
  }

  @container (max-width: 420px) {
    .choice {
      flex: 1 1 100%;
    }
    .audience {
      justify-self: stretch;
    }
    .segment {
      gap: 4px;
      padding-inline: 4px;
      font-size: var(--_size-small);
    }
    .foot > .field {
      flex: 1 1 100%;
    }
  }

  @media (forced-colors: active) {
    .segment:has(:checked) {
      background: Highlight;
      color: HighlightText;
      forced-color-adjust: none;
    }
  }
`;
