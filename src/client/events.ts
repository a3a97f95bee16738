import type { CaseEvent } from '../contract/events.js';

/** How the event stream stands: `offline` also while nobody listens and where the backend sends no events. */
export type EventStreamState = 'connecting' | 'live' | 'offline';

/** What happens to the cases the actor may see, as it happens. Reached as `client.events`. */
export interface EventsResource {
  /**
   * Calls `listener` with every event: ids and a kind only, to be read through the resources.
   *
   * Opens the client's one stream unless it is open; it resumes where it was after a lost connection.
   *
   * @returns The function that ends it.
   *
   * @example
   * ```ts
   * const stop = client.events.subscribe(({ kind, caseId }) => console.log(kind, caseId));
   * ```
   */
  subscribe(listener: (event: CaseEvent) => void): () => void;
  getState(): EventStreamState;
  /** Calls `listener` whenever the state changes; opens no stream. Answers the function that ends it. */
  subscribeState(listener: (state: EventStreamState) => void): () => void;
}
