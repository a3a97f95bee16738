import type { ReactiveController, ReactiveControllerHost } from 'lit';

import type { DraftKey, DraftStore } from '../../src/client/drafts.js';
import type { DraftState } from '../shared/draft.js';

const pause = 500;

/** Where a draft is kept. Two places for the same person and case are the same, through whichever client. */
export interface DraftPlace {
  readonly store: DraftStore;
  readonly key: DraftKey;
  /** Whose it is: what one person typed is never saved for another. */
  readonly actorId: string;
}

/** Keeps what is typed into an element, half a second after the last change, and brings it back later. */
export class DraftController<T> implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #restore: (value: unknown) => boolean;
  readonly #person: () => string | undefined;
  #place: DraftPlace | undefined;
  #pending: { value: T | undefined } | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #touched = false;
  #state: DraftState = 'empty';

  /**
   * @param restore - Shows what is stored, `undefined` for nothing, and says whether there was anything to show.
   * @param person - Who is known to be signed in now.
   */
  constructor(
    host: ReactiveControllerHost,
    restore: (value: unknown) => boolean,
    person: () => string | undefined,
  ) {
    this.#host = host;
    this.#restore = restore;
    this.#person = person;
    host.addController(this);
  }

  get state(): DraftState {
    return this.#state;
  }

  /**
   * Moves to another place, saving what is unsaved in the old one; answers whether it moved.
   *
   * No place is no move: while nobody knows whose the text is, or there is no client, it waits where it is.
   */
  follow(place: DraftPlace | undefined): boolean {
    const last = this.#place;
    if (!place || (last && samePlace(place, last))) {
      if (place && last && place.store !== last.store) this.#replaceStore(place);
      if (this.#timer === undefined || !place) this.flush();
      return false;
    }
    this.flush();
    this.#drop();
    this.#place = place;
    this.#touched = false;
    this.#setState('empty');
    void this.#load(place);
    return last !== undefined;
  }

  /** Takes note of a change; `undefined` means that nothing is left to keep. */
  change(value: T | undefined): void {
    this.#touched = true;
    this.#pending = { value };
    this.#setState(value === undefined ? 'empty' : 'changed');
    this.#stop();
    this.#timer = setTimeout(this.flush, pause);
  }

  /** Something is being added that is not to be kept yet: what was kept before must no longer replace it. */
  touch(): void {
    this.#touched = true;
  }

  /** Saves at once what is not saved yet. */
  readonly flush = (): void => {
    this.#stop();
    const place = this.#place;
    const pending = this.#pending;
    // The store is of whoever is signed in: between two people what is typed waits, and is not saved for the other.
    if (!place || !pending || this.#person() !== place.actorId) return;
    this.#pending = undefined;
    void this.#write(place, pending.value);
  };

  /** Reads again what is stored, for when another element has changed it. */
  reload(): void {
    // What could not be kept stands here alone.
    if (!this.#place || this.#pending || this.#state === 'failed') return;
    this.#touched = false;
    void this.#load(this.#place);
  }

  hostConnected(): void {
    addEventListener('pagehide', this.flush);
  }

  hostDisconnected(): void {
    removeEventListener('pagehide', this.flush);
    this.flush();
  }

  /** The same text, kept through another client from now on. */
  #replaceStore(place: DraftPlace): void {
    this.#place = place;
    if (!this.#touched && this.#state === 'empty') void this.#load(place);
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #drop(): void {
    this.#stop();
    this.#pending = undefined;
  }

  async #load(place: DraftPlace): Promise<void> {
    try {
      const value = await place.store.load(place.key);
      if (this.#place !== place || this.#touched) return;
      this.#setState(this.#restore(value) ? 'saved' : 'empty');
    } catch {
      // What stands in the element is all there is.
    }
  }

  async #write(place: DraftPlace, value: T | undefined): Promise<void> {
    const state = await (
      value === undefined ? place.store.discard(place.key) : place.store.save(place.key, value)
    ).then(
      () => (value === undefined ? 'empty' : 'saved'),
      () => 'failed' as const,
    );
    if (this.#place && samePlace(this.#place, place) && this.#pending === undefined) this.#setState(state);
  }

  #setState(state: DraftState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#host.requestUpdate();
  }
}

function samePlace(one: DraftPlace, other: DraftPlace): boolean {
  return (
    one.actorId === other.actorId && one.key.caseId === other.key.caseId && one.key.kind === other.key.kind
  );
}
