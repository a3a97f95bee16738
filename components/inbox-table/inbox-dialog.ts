import type { LitElement } from 'lit';

import type { CaseClient } from '../../src/client/client.js';
import type { Session } from '../../src/contract/session.js';
import type { InboxWork } from './inbox-work.js';

/** What a dialog of the table works with. */
export interface InboxDialogsLink {
  readonly host: LitElement;
  readonly client: () => CaseClient | undefined;
  readonly session: () => Session | undefined;
  readonly work: InboxWork;
  readonly reload: () => Promise<void>;
}

/** What stands in the dialog: one of its kinds at a time. */
export interface InboxDialog {
  /** Something typed would be lost. */
  readonly dirty: boolean;
  title(): string;
  /** What it is about, below the title. */
  about(): string;
  renderBody(): unknown;
  renderButtons(): unknown;
  submit(): Promise<void>;
  /** It is left: throws away what was typed, as far as it is not kept. */
  end(discard: boolean): void;
}

/** What each kind of dialog is given. */
export interface InboxDialogParts extends InboxDialogsLink {
  /** Closes at once. */
  readonly close: () => void;
  /** Closes, after asking where something typed would be lost. */
  readonly leave: () => void;
}
