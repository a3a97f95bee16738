import { html, nothing, type LitElement, type TemplateResult } from 'lit';

import type { CaseClient } from '../../../src/client/client.js';
import type { Case } from '../../../src/contract/cases.js';
import type { InboxEntry } from '../../../src/contract/inbox-entries.js';
import type { Session } from '../../../src/contract/session.js';
import type { Sentence } from '../field-errors.js';
import type * as Actions from './host-actions.js';
import { renderOffered } from './offered-action.js';
import { HostController, hostOf } from './registry.js';
import { wantWords } from '../want-words.js';

/** What the buttons at an entry are given by their element. */
export interface EntryActionsLink {
  readonly host: LitElement;
  readonly client: () => CaseClient | undefined;
  readonly session: () => Session | undefined;
  readonly say: (text: Sentence) => void;
}

/** The actions of the host at an entry of an inbox. The case is read when its entry shows them for the first time. */
export class EntryActions {
  readonly #link: EntryActionsLink;
  #cases = new Map<string, Case | undefined>();
  /** By case, what was read last: the buttons stay while it is read anew. */
  #latest = new Map<string, Case>();
  #actions: typeof Actions | undefined;
  #person: string | undefined;

  constructor(link: EntryActionsLink) {
    this.#link = link;
    new HostController(link.host);
  }

  /** Buttons, once it is known which. Without a case there is nowhere to write what became of it. */
  render(entry: InboxEntry): TemplateResult | typeof nothing {
    const { host, client, session, say } = this.#link;
    const [from, who] = [client(), session()];
    if (!from || !who || !entry.case || !hostOf(host).actions?.length) return nothing;
    if (this.#person !== who.actor.id) {
      this.#cases = new Map();
      this.#latest = new Map();
    }
    this.#person = who.actor.id;
    // Whose the entry is decides what may be done with its case.
    const key = `${entry.case.id} ${entry.version}`;
    if (!this.#cases.has(key)) void this.#read(from, entry.case.id, key);
    const record = this.#cases.get(key) ?? this.#latest.get(entry.case.id);
    if (!record || !this.#actions) return nothing;
    // As everywhere: what waits, where the actor may end it. What is somebody else's is none of theirs.
    const ends = entry.owner?.id === who.actor.id || entry.permissions['complete']?.allowed;
    const place = { host, client: from, session: who, record, entry: ends ? entry : undefined, say };
    return html`${this.#actions.actionsFor(place).map((action) => renderOffered(action, entry.id))}`;
  }

  async #read(client: CaseClient, caseId: string, key: string): Promise<void> {
    // Asked for once; what cannot be read offers nothing.
    this.#cases.set(key, undefined);
    try {
      const [actions, record] = await Promise.all([
        import('./host-actions.js'),
        client.cases.get(caseId),
        wantWords('inboxes'),
      ]);
      this.#actions = actions;
      this.#cases.set(key, record);
      this.#latest.set(caseId, record);
    } catch (error) {
      this.#latest.delete(caseId);
      console.warn('Casement: the actions of a message could not be offered.', error);
    }
    this.#link.host.requestUpdate();
  }
}
