import { msg } from '@lit/localize';
import type { ReactiveController, ReactiveControllerHost } from 'lit';

import type { CaseClient } from '../../src/client/client.js';
import type { DraftKey } from '../../src/client/drafts.js';
import { personOf } from './person.js';

const pause = 400;
// A browser whose store does not answer must not keep anybody from sending.
const patience = 1000;

/** What becomes of what is typed: nothing is there, it waits to be kept, it is kept, it could not be. */
export type DraftState = 'empty' | 'changed' | 'saved' | 'failed';

/** The state in words; nothing to say where nothing is typed. */
export function draftStateText(state: DraftState): string | undefined {
  switch (state) {
    case 'empty':
      return undefined;
    case 'changed':
      return msg('Saving draft…', { id: 'draft.saving' });
    case 'saved':
      return msg('Draft saved', { id: 'draft.saved' });
    case 'failed':
      return msg('The draft could not be kept in this browser.', { id: 'draft.failed' });
  }
}

/**
 * Keeps what is typed into one form, so that a reload or a closed window loses nothing.
 *
 * Saved shortly after the last change and when the form leaves the page. A browser that keeps nothing must not stop the
 * writing: the text stays in the form, and `kept` says that it is nowhere else.
 */
export class Draft implements ReactiveController {
  readonly #client: () => CaseClient | undefined;
  readonly #host: ReactiveControllerHost;
  #key: DraftKey | undefined;
  #person: string | undefined;
  #pending: { readonly value: unknown } | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #state: DraftState = 'empty';
  #written: Promise<void> = Promise.resolve();

  constructor(host: ReactiveControllerHost, client: () => CaseClient | undefined) {
    this.#host = host;
    this.#client = client;
    host.addController(this);
  }

  /** What became of the last change. */
  get state(): DraftState {
    return this.#state;
  }

  /** Whether the last change could be kept. */
  get kept(): boolean {
    return this.#state !== 'failed';
  }

  /** Follows `key` from now on; answers what was kept under it. */
  async open(key: DraftKey): Promise<unknown> {
    this.flush();
    this.#drop();
    this.#key = key;
    const client = this.#client();
    this.#person = knownPerson(client);
    this.#become('empty');
    try {
      const value = await client?.drafts.load(key);
      if (this.#key !== key || this.#pending !== undefined || this.#state !== 'empty') return undefined;
      if (value !== undefined) this.#become('saved');
      return value;
    } catch {
      if (this.#key === key) this.#become('failed');
      return undefined;
    }
  }

  /** Keeps `value` in a moment. */
  save(value: unknown): void {
    if (!this.#key) return;
    this.#pending = { value };
    this.#become('changed');
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.flush, pause);
  }

  /** Keeps `value` at once, and waits until it is kept or cannot be. */
  async keep(value: unknown): Promise<void> {
    this.save(value);
    this.flush();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tooLong = new Promise<void>((resolve) => (timer = setTimeout(resolve, patience)));
    await Promise.race([this.#written, tooLong]);
    clearTimeout(timer);
  }

  /** Keeps what is waiting, now. */
  readonly flush = (): void => {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const client = this.#client();
    const pending = this.#pending;
    // The store is of whoever is signed in: between two people what is typed waits, and is not saved for the other.
    if (!client || !pending || !this.#key || knownPerson(client) !== this.#person) return;
    this.#pending = undefined;
    const key = this.#key;
    const settle = (state: DraftState) => {
      if (this.#key === key && !this.#pending && this.#state !== 'empty') this.#become(state);
    };
    this.#written = client.drafts.save(key, pending.value).then(
      () => settle('saved'),
      () => settle('failed'),
    );
  };

  /** Forgets what was kept. */
  discard(): void {
    this.#drop();
    this.#become('empty');
    if (this.#key)
      this.#client()
        ?.drafts.discard(this.#key)
        .catch(() => this.#become('failed'));
  }

  hostConnected(): void {
    addEventListener('pagehide', this.flush);
  }

  hostUpdated(): void {
    if (this.#timer === undefined) this.flush();
  }

  hostDisconnected(): void {
    removeEventListener('pagehide', this.flush);
    this.flush();
  }

  #drop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#pending = undefined;
  }

  #become(state: DraftState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#host.requestUpdate();
  }
}

function knownPerson(client: CaseClient | undefined): string | undefined {
  return personOf(client?.queries.session().getState().data);
}
