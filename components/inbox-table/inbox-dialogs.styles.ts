import { css } from 'lit';

/** The dialog that forwards, assigns, or shows the notes of a case. */
export const styles = css`
  dialog {
    inline-size: min(680px, calc(100vw - 32px));
    max-inline-size: none;
    max-block-size: min(860px, calc(100dvh - 48px));
    border-radius: var(--_radius-card);
  }
  dialog[open] {
    display: flex;
    animation: dialog-in var(--_motion) ease-out;
  }
  @keyframes dialog-in {
    from {
      transform: translateY(12px);
    }
  }
  dialog form {
    display: flex;
    flex-direction: column;
    flex: 1;
    min-inline-size: 0;
    min-block-size: 0;
  }
  dialog header {
    display: flex;
    align-items: start;
    gap: var(--_space-3);
    padding: var(--_space-4) var(--_space-5) var(--_space-3);
  }
  dialog header div {
    flex: 1;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  dialog .body {
    display: grid;
    align-content: start;
    gap: var(--_space-4);
    min-block-size: min(240px, 40dvh);
    padding: var(--_space-2) var(--_space-5) var(--_space-5);
    overflow-y: auto;
    overscroll-behavior: contain;
  }
  dialog .fields {
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 17em), 1fr));
  }
  dialog footer {
    padding: var(--_space-3) var(--_space-5);
    border-block-start: 1px solid var(--_line);
  }
  dialog .buttons {
    display: flex;
    flex-wrap: wrap;
    justify-content: end;
    align-items: center;
    gap: var(--_space-2);
  }
  dialog .kept {
    margin-inline-end: auto;
  }
  dialog .banner p,
  dialog .banner {
    margin: 0;
  }
  @media (max-width: 640px) {
    dialog {
      inline-size: 100vw;
      block-size: 100dvh;
      max-block-size: none;
      margin: 0;
      border-radius: 0;
    }
    dialog .body {
      flex: 1;
    }
    dialog header,
    dialog .body,
    dialog footer {
      padding-inline: var(--_space-4);
    }
  }
`;
