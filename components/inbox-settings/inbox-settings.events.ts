/** An inbox was made or changed, and is stored. */
export class InboxChangeEvent extends CustomEvent<{ readonly inboxId: string }> {
  constructor(inboxId: string) {
    super('inbox-change', { detail: { inboxId }, bubbles: true, composed: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'inbox-change': InboxChangeEvent;
  }
}
