import type { Case } from '../contract/cases.js';
import type { Settings } from '../contract/settings.js';

/** What a resource tells the cache after a write, so that everybody who shows the record sees it at once. */
export interface RecordCache {
  /** The case as the server stored it: replaces it everywhere, renews its history and all lists. */
  putCase(record: Case): void;
  /** Something on the case changed that its record does not tell: renews the case, its history and all lists. */
  touchCase(id: string): void;
  putSettings(settings: Settings): void;
}
