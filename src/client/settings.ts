import type { Page } from '../contract/common.js';
import type {
  Settings,
  SettingsChange,
  SettingsRevision,
  SettingsRevisionQuery,
} from '../contract/settings.js';
import { settingsRoutes as routes } from '../contract/settings-routes.js';
import type { CallOptions, GuardedOptions, QueryInput } from '../http/request-options.js';
import type { Transport } from '../http/transport.js';
import type { RecordCache } from './record-cache.js';

/** The tenant's lists and switches. Reached as `client.settings`. */
export class SettingsResource {
  readonly #http: Transport;
  readonly #cache: RecordCache;

  constructor(http: Transport, cache: RecordCache) {
    this.#http = http;
    this.#cache = cache;
  }

  /**
   * The lists to choose from, retired values included, and the server's limits.
   *
   * @throws {AuthenticationError} `unauthenticated`.
   *
   * @example
   * ```ts
   * const { caseTypes } = await client.settings.get();
   * ```
   */
  get(options: CallOptions = {}): Promise<Settings> {
    return this.#http.call(routes.getSettings, options);
  }

  /**
   * Changes the tenant's lists and switches; what is absent from `change` stays.
   *
   * @throws {ForbiddenError} `forbidden`: administrators only.
   * @throws {ConflictError} `version_conflict` with the settings as they stand.
   * @throws {ValidationError} `validation_failed`: every refused field at once.
   *
   * @example
   * ```ts
   * const { version } = await client.settings.get();
   * await client.settings.update({ reopenOnCustomerReply: true }, { version });
   * ```
   */
  async update(change: SettingsChange, options: GuardedOptions): Promise<Settings> {
    const settings = await this.#http.call(routes.updateSettings, { ...options, json: change });
    this.#cache.putSettings(settings);
    return settings;
  }

  /**
   * Who changed which settings and when, newest first: one page.
   *
   * @throws {ForbiddenError} `forbidden`: administrators only.
   *
   * @example
   * ```ts
   * const { items } = await client.settings.changes({ limit: 10 });
   * for (const { by, at, changes } of items) console.log(by?.name, at, changes);
   * ```
   */
  changes(
    query: QueryInput<SettingsRevisionQuery> = {},
    options: CallOptions = {},
  ): Promise<Page<SettingsRevision>> {
    return this.#http.call(routes.listSettingsChanges, { ...options, query });
  }
}
