import type { Case } from '../contract/cases.js';
import type { Settings } from '../contract/settings.js';

/** What a resource tells the cache after a write, so that everybody who shows the record sees it at once. */
export interface RecordCache {
  /** The case as the server stored it: replaces it everywhere, renews its history and all lists. */
  putCase(record: Case): void;
  /** Something on the cases changed that their records do not tell: renews them, their histories and all lists. */
  touchCases(...ids: string[]): void;
  /** Who has access to some case or project changed, or a project itself: renews that, and what follows from it. */
  touchGrants(): void;
  /** The actor's views changed, or inboxes or what waits in them: renews all of it. */
  touch(kind: 'inbox' | 'views'): void;
  putSettings(settings: Settings): void;
}
