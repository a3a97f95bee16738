import type { ReactiveController, ReactiveControllerHost } from 'lit';

import type { DraftKey, DraftStore } from '../../src/client/drafts.js';

const pause = 500;

/** What becomes of what is typed. */
export type DraftState = 'empty' | 'changed' | 'saved' | 'failed';

/** Where a draft is kept. Two places with equal parts are the same. */
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
  #place: DraftPlace | undefined;
  #pending: { value: T | undefined } | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #touched = false;
  #state: DraftState = 'empty';

  /** `restore` shows what is stored, `undefined` for nothing, and says whether there was anything to show. */
  constructor(host: ReactiveControllerHost, restore: (value: unknown) => boolean) {
    this.#host = host;
    this.#restore = restore;
    host.addController(this);
  }

  get state(): DraftState {
    return this.#state;
  }

  /** Moves to another place, saving what is unsaved in the old one; answers whether it moved. */
  follow(place: DraftPlace | undefined): boolean {
    const last = this.#place;
    if (place && last && samePlace(place, last)) return false;
    if (!place && !last) return false;
    if (place?.actorId === last?.actorId) this.flush();
    else if (last) this.#drop();
    this.#place = place;
    this.#touched = false;
    this.#setState('empty');
    if (place) void this.#load(place);
    return last !== undefined;
  }

  /** Takes note of a change; `undefined` means that nothing is left to keep. */
  change(value: T | undefined): void {
    this.#touched = true;
    this.#pending = { value };
    this.#setState(value === undefined ? 'empty' : 'changed');
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), pause);
  }

  /** Something is being added that is not to be kept yet: what was kept before must no longer replace it. */
  touch(): void {
    this.#touched = true;
  }

  /** Saves at once what is not saved yet. */
  readonly flush = (): void => {
    const { value } = this.#pending ?? {};
    const place = this.#place;
    const unsaved = this.#pending !== undefined;
    this.#drop();
    if (!place || !unsaved) return;
    void this.#write(place, value);
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

  #drop(): void {
    clearTimeout(this.#timer);
    this.#pending = undefined;
  }

  async #load(place: DraftPlace): Promise<void> {
    const value = await place.store.load(place.key).catch(() => undefined);
    if (this.#place !== place || this.#touched) return;
    this.#setState(this.#restore(value) ? 'saved' : 'empty');
  }

  async #write(place: DraftPlace, value: T | undefined): Promise<void> {
    const state = await (
      value === undefined ? place.store.discard(place.key) : place.store.save(place.key, value)
    ).then(
      () => (value === undefined ? 'empty' : 'saved'),
      () => 'failed' as const,
    );
    if (this.#place === place && this.#pending === undefined) this.#setState(state);
  }

  #setState(state: DraftState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#host.requestUpdate();
  }
}

function samePlace(one: DraftPlace, other: DraftPlace): boolean {
  return (
    one.store === other.store &&
    one.actorId === other.actorId &&
    one.key.caseId === other.key.caseId &&
    one.key.kind === other.key.kind
  );
}
