import { unbroken } from '../http/answer.js';

/** What a draft is of: one per actor, kind, case and customer. */
export interface DraftKey {
  /** The case it is on, or the inbox; `null` for a new one, and for the settings. */
  readonly caseId: string | null;
  readonly kind:
    | 'note'
    | 'reply'
    | 'case'
    | 'edit'
    | 'close'
    | 'reopen'
    | 'settings'
    | 'portal'
    | 'inboxes'
    | 'inbox'
    | 'action';
  /** Of a new case: the customer it is for. */
  readonly customerId?: string | undefined;
  /** Of an action of the host: which one. */
  readonly actionId?: string | undefined;
}

/** Unsent input that survives a reload, kept for the signed-in actor alone. Reached as `client.drafts`. */
export interface DraftStore {
  /** What was saved, or `undefined`; after 30 days it is gone. The caller checks its shape. */
  load(key: DraftKey): Promise<unknown>;
  /** Keeps `value`, anything that can be cloned. Rejects when the browser has no room: nothing is dropped silently. */
  save(key: DraftKey, value: unknown): Promise<void>;
  /** Forgets what was kept under `key`. */
  discard(key: DraftKey): Promise<void>;
}

/** The store with what only the client may do. */
export interface PurgeableDrafts extends DraftStore {
  /** Deletes every draft of `owner`. */
  purge(owner: string): Promise<void>;
}

/**
 * A page that only shows cases keeps no drafts: the store is fetched when one is asked for.
 *
 * @param owner - Whose drafts these are: backend, tenant and actor in one word.
 */
export function createDrafts(owner: () => Promise<string>): PurgeableDrafts {
  let opened: Promise<PurgeableDrafts> | undefined;

  function store(): Promise<PurgeableDrafts> {
    return (opened ??= unbroken(import('./draft-store.js')).then(
      ({ openDrafts }) => openDrafts(owner),
      (error: unknown) => {
        opened = undefined;
        throw error;
      },
    ));
  }

  return {
    load: async (key) => (await store()).load(key),
    save: async (key, value) => (await store()).save(key, value),
    discard: async (key) => (await store()).discard(key),
    purge: async (of) => (await store()).purge(of),
  };
}
