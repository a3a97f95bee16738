/** An element cannot work as configured, or the host handed it something it does not understand (E-CONFIG). */
export class ConfigErrorEvent extends CustomEvent<{ readonly message: string }> {
  constructor(message: string) {
    super('config-error', { detail: { message }, bubbles: true, composed: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'config-error': ConfigErrorEvent;
  }
}
