/** What `casement check` found out about a backend, one sentence in plain words. */
export interface Finding {
  /** `error`: the backend would not work; `warning`: it works, and somebody should know. */
  readonly level: 'ok' | 'warning' | 'error';
  readonly text: string;
}
