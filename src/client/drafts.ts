/** What a draft is of: one per actor, kind, case and customer. */
export interface DraftKey {
  /** The case it is on; `null` for a new one. */
  readonly caseId: string | null;
  readonly kind: 'note' | 'reply' | 'case' | 'edit' | 'close' | 'reopen';
  /** Of a new case: the customer it is for. */
  readonly customerId?: string | undefined;
}

/** Unsent input that survives a reload, kept for the signed-in actor alone. Reached as `client.drafts`. */
export interface DraftStore {
  /** What was saved, or `undefined`; after 30 days it is gone. The caller checks its shape. */
  load(key: DraftKey): Promise<unknown>;
  /** Keeps `value`, anything that can be cloned. Rejects when the browser has no room: nothing is dropped silently. */
  save(key: DraftKey, value: unknown): Promise<void>;
  discard(key: DraftKey): Promise<void>;
}
