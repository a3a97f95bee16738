/** Something is configured so that an element had to leave it out; it works on, never with wider rights (E-CONFIG). */
export class ConfigWarningEvent extends CustomEvent<{ readonly code: string; readonly message: string }> {
  constructor(code: string, message: string) {
    super('config-warning', { detail: { code, message }, bubbles: true, composed: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'config-warning': ConfigWarningEvent;
  }
}
